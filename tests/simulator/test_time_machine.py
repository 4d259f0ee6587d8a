"""The bot's clock in the learner's hand."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from painbot.simulator import MovableClock, Scheduled, SimulatedTelegram, TelegramState

START = datetime(2026, 3, 28, 11, 0, tzinfo=UTC)


class PlannedBot:
    """A bot with a plan and a clock, as far as the time machine sees it."""

    def __init__(self) -> None:
        self.at = START
        self.learners_zone: str | None = "Europe/Berlin"
        self.plan = [
            Scheduled(START + timedelta(hours=9), "Check-in", "You chose 21:00"),
            Scheduled(START + timedelta(hours=2), "Lesson 2", "You chose 14:00"),
        ]
        self.settled = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def now(self) -> datetime:
        return self.at

    async def zone(self, chat_id: int) -> str | None:
        return self.learners_zone

    async def scheduled(self, chat_id: int) -> Sequence[Scheduled]:
        return [item for item in self.plan if item.at > self.at]

    async def advance(self, to: datetime) -> None:
        await self.gate.wait()
        self.at = to

    async def settle(self) -> None:
        self.settled += 1


@pytest.fixture
def planned() -> PlannedBot:
    return PlannedBot()


@pytest.fixture
async def page(planned: PlannedBot) -> AsyncIterator[httpx.AsyncClient]:
    async with (
        SimulatedTelegram(TelegramState(), planned) as running,
        httpx.AsyncClient(base_url=running.page_url, verify=False) as client,
    ):
        yield client


async def test_the_page_has_the_panel(page: httpx.AsyncClient) -> None:
    text = (await page.get("/")).text
    assert 'id="time-panel"' in text
    assert "time_machine.js" in text


async def test_it_shows_local_time_and_the_plan_in_order(page: httpx.AsyncClient) -> None:
    view = (await page.get("/sim/time/1")).json()
    assert (view["local_now"], view["zone"], view["zone_known"]) == (
        "Sat 28 Mar 12:00",
        "Europe/Berlin",
        True,
    )
    assert [(i["what"], i["local_at"], i["why"]) for i in view["scheduled"]] == [
        ("Lesson 2", "Sat 28 Mar 14:00", "You chose 14:00"),
        ("Check-in", "Sat 28 Mar 21:00", "You chose 21:00"),
    ]


@pytest.mark.parametrize("zone", [None, "Nowhere/Land"])
async def test_without_a_zone_it_shows_utc(
    page: httpx.AsyncClient, planned: PlannedBot, zone: str | None
) -> None:
    planned.learners_zone = zone
    assert (await page.get("/sim/time/1")).json()["local_now"] == "Sat 28 Mar 11:00"


@pytest.mark.parametrize(
    ("step", "arrives"),
    [
        ({"next": True}, START + timedelta(hours=2)),
        ({"hours": 1}, START + timedelta(hours=1)),
        # The clocks go forward in Berlin that night: a calendar day has 23 hours.
        ({"days": 1}, START + timedelta(hours=23)),
        ({"to": "2026-03-28T13:30:00+01:00"}, START + timedelta(hours=1, minutes=30)),
    ],
)
async def test_the_clock_moves_and_the_bot_settles(
    page: httpx.AsyncClient, planned: PlannedBot, step: dict[str, object], arrives: datetime
) -> None:
    response = await page.post("/sim/time/1/advance", json=step)
    assert response.status_code == 200
    assert planned.at == arrives
    assert response.json()["now"] == arrives.isoformat()
    assert planned.settled == 2


@pytest.mark.parametrize(
    ("step", "status"),
    [
        ({"hours": -1}, 400),
        ({"days": 400}, 400),
        ({"to": "2026-03-28T11:30:00"}, 400),
        ({"to": "soon"}, 400),
        ({"hours": 10**26}, 400),
        ({"days": 10**26}, 400),
        ({"days": 3_000_000}, 400),
        ({"to": "9999-12-31T23:59:59-12:00"}, 400),
        ({"to": "0001-01-01T00:00:00+14:00"}, 400),
        ({}, 400),
    ],
)
async def test_impossible_moves_are_refused(
    page: httpx.AsyncClient, planned: PlannedBot, step: dict[str, object], status: int
) -> None:
    assert (await page.post("/sim/time/1/advance", json=step)).status_code == status
    assert planned.at == START


@pytest.mark.parametrize("person", ["9" * 26, str(2**63)])
async def test_an_id_that_nobody_has_is_refused(page: httpx.AsyncClient, person: str) -> None:
    for answer in (
        await page.get(f"/sim/time/{person}"),
        await page.post(f"/sim/time/{person}/advance", json={"hours": 1}),
    ):
        assert answer.status_code == 400
        assert "error" in answer.json()


async def test_with_nothing_planned_there_is_no_next(page: httpx.AsyncClient, planned: PlannedBot) -> None:
    planned.plan = []
    response = await page.post("/sim/time/1/advance", json={"next": True})
    assert response.status_code == 409
    assert response.json()["error"] == "nothing is scheduled for this learner"


async def test_one_move_at_a_time(page: httpx.AsyncClient, planned: PlannedBot) -> None:
    planned.gate.clear()
    first = asyncio.create_task(page.post("/sim/time/1/advance", json={"hours": 1}))
    async with asyncio.timeout(5):
        while not (await page.get("/sim/time/1")).json()["moving"]:
            pass
    assert (await page.post("/sim/time/1/advance", json={"hours": 1})).status_code == 409
    planned.gate.set()
    assert (await first).status_code == 200


async def test_other_sites_cannot_move_the_clock(page: httpx.AsyncClient, planned: PlannedBot) -> None:
    headers = {"origin": "https://evil.example"}
    assert (await page.post("/sim/time/1/advance", json={"hours": 1}, headers=headers)).status_code == 403
    assert planned.at == START


class RealClock:
    def __init__(self) -> None:
        self.at = START

    def now(self) -> datetime:
        return self.at


def test_the_movable_clock_runs_on_from_where_it_was_moved() -> None:
    real = RealClock()
    clock = MovableClock(real_now=real.now)
    assert clock.now() == START
    clock.advance(START + timedelta(days=2))
    assert clock.now() == START + timedelta(days=2)
    real.at += timedelta(seconds=5)
    assert clock.now() == START + timedelta(days=2, seconds=5)
    assert clock.offset == timedelta(days=2)


def test_the_movable_clock_never_goes_back() -> None:
    real = RealClock()
    clock = MovableClock(timedelta(hours=1), real_now=real.now)
    clock.advance(START)
    assert clock.now() == START + timedelta(hours=1)
    real.at -= timedelta(minutes=10)
    assert clock.now() == START + timedelta(hours=1)
    with pytest.raises(ValueError, match="aware"):
        clock.advance(datetime(2030, 1, 1))  # noqa: DTZ001
    with pytest.raises(ValueError, match="never in the past"):
        MovableClock(-timedelta(seconds=1))
