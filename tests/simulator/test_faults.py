"""Faults on demand: each looks to the client library like the real trouble does."""

import asyncio
import time
from collections.abc import Callable

import httpx
import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TimedOut

from painbot.simulator import Fault, RateLimit, SimulatedTelegram
from painbot.simulator.sample_files import png


@pytest.mark.parametrize(
    ("fault", "error", "why"),
    [
        (lambda: Fault("throttled", retry_after=7), RetryAfter, "7"),
        (lambda: Fault("forbidden"), Forbidden, "blocked by the user"),
        (lambda: Fault("bad_request", description="PEER_ID_INVALID"), BadRequest, "Peer_id_invalid"),
        (lambda: Fault("server_error", error_code=500), NetworkError, "Bad Gateway"),
    ],
)
async def test_refusals_look_real_and_change_nothing(
    bot: Bot,
    sim: SimulatedTelegram,
    ann: int,
    fault: Callable[[], Fault],
    error: type[Exception],
    why: str,
) -> None:
    sim.faults.add(fault())
    with pytest.raises(error, match=why):
        await bot.send_message(ann, "a")
    assert sim.people.messages(ann) == []
    sim.faults.clear()
    await bot.send_message(ann, "b")


async def test_a_refused_file_id_lets_uploads_and_texts_pass(
    bot: Bot, sim: SimulatedTelegram, ann: int
) -> None:
    sim.faults.add(Fault("refused_file_id"))
    photo = await bot.send_photo(ann, png(4, 4, 1))
    await bot.send_message(ann, "a")
    with pytest.raises(BadRequest, match="Wrong file identifier"):
        await bot.send_photo(ann, photo.photo[0].file_id)
    assert [message.kind for message in sim.people.messages(ann)] == ["photo", "text"]


async def test_a_dropped_answer_follows_a_message_that_was_sent(
    bot: Bot, sim: SimulatedTelegram, ann: int
) -> None:
    sim.faults.add(Fault("drop", method="sendMessage", count=1))
    with pytest.raises(NetworkError) as trouble:
        await bot.send_message(ann, "a")
    assert not isinstance(trouble.value, BadRequest | TimedOut)
    assert [m.text for m in sim.people.messages(ann)] == ["a"]
    await bot.send_message(ann, "b")
    assert [call.outcome for call in sim.faults.calls_of("sendMessage")] == [0, 200]


@pytest.mark.parametrize(("applied", "texts"), [(None, []), (True, ["a"])])
async def test_silence_lasts_until_the_caller_gives_up(
    bot: Bot, sim: SimulatedTelegram, ann: int, applied: bool | None, texts: list[str]
) -> None:
    sim.faults.add(Fault("silence", count=1, applied=applied))
    with pytest.raises(TimedOut):
        await bot.send_message(ann, "a", read_timeout=0.2)
    assert [m.text for m in sim.people.messages(ann)] == texts


async def test_a_slow_answer_comes_late(bot: Bot, sim: SimulatedTelegram, ann: int) -> None:
    sim.faults.add(Fault("slow", delay_seconds=0.2))
    before = time.monotonic()
    await bot.send_message(ann, "a")
    assert time.monotonic() - before >= 0.2


async def test_a_fault_hits_its_method_its_chat_and_its_count(
    bot: Bot, sim: SimulatedTelegram, ann: int
) -> None:
    other = sim.people.create(started=True)
    sim.faults.add(Fault("server_error", method="sendMessage", chat_id=ann, skip=1, count=1))
    await bot.send_chat_action(ann, "typing")
    await bot.send_message(other, "a")
    await bot.send_message(ann, "passes")
    with pytest.raises(NetworkError):
        await bot.send_message(ann, "hit")
    await bot.send_message(ann, "passes again")


async def test_polling_is_spared_unless_named(bot: Bot, sim: SimulatedTelegram) -> None:
    sim.faults.add(Fault("server_error"))
    assert await bot.get_updates() == ()
    sim.faults.add(Fault("server_error", method="getUpdates"))
    with pytest.raises(NetworkError):
        await bot.get_updates()


async def test_the_call_beyond_the_limit_of_any_second_is_refused(
    bot: Bot, sim: SimulatedTelegram, ann: int
) -> None:
    sim.faults.limit(RateLimit(per_second=5))
    for number in range(5):
        await bot.send_message(ann, str(number))
    with pytest.raises(RetryAfter):
        await bot.send_message(ann, "too much")
    await bot.send_chat_action(ann, "typing")
    await asyncio.sleep(1.05)
    await bot.send_message(ann, "again")
    outcomes = [call.outcome for call in sim.faults.calls_of("sendMessage", ann)]
    assert outcomes == [200] * 5 + [429, 200]


async def test_faults_and_calls_over_http(http: httpx.AsyncClient, sim: SimulatedTelegram, ann: int) -> None:
    made = await http.post("/sim/faults", json={"kind": "throttled", "chat_id": ann, "retry_after": 3})
    assert made.status_code == 201
    call = {"chat_id": ann, "text": "hello"}
    refused = await http.post(f"/bot{sim.token}/sendMessage", json=call)
    assert refused.status_code == 429
    assert refused.json()["parameters"] == {"retry_after": 3}
    assert len((await http.get("/sim/faults")).json()["faults"]) == 1
    assert (await http.delete(f"/sim/faults/{made.json()['id']}")).status_code == 200
    assert (await http.delete("/sim/faults/99")).status_code == 404
    await http.post("/sim/faults", json={"kind": "forbidden"})
    assert (await http.delete("/sim/faults")).json() == {"faults": []}
    await http.post("/sim/rate_limit", json={"per_second": 1})
    assert (await http.post(f"/bot{sim.token}/sendMessage", json=call)).status_code == 200
    assert (await http.post(f"/bot{sim.token}/sendMessage", json=call)).status_code == 429
    await http.delete("/sim/rate_limit")
    assert (await http.post(f"/bot{sim.token}/sendMessage", json=call)).status_code == 200
    calls = (await http.get("/sim/calls", params={"method": "sendMessage"})).json()
    assert [c["outcome"] for c in calls["calls"]] == [429, 200, 429, 200]
    assert calls["calls"][0]["text"] == "hello"
    assert (await http.delete("/sim/calls")).json()["count"] == 0


@pytest.mark.parametrize("body", [{"kind": "nonsense"}, {}, {"kind": "slow", "speed": 1}])
async def test_a_wrong_fault_is_explained(http: httpx.AsyncClient, body: dict[str, object]) -> None:
    response = await http.post("/sim/faults", json=body)
    assert response.status_code == 400
    assert "kind" in response.json()["error"]
