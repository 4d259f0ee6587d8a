"""The chat page over HTTP: what is served, to whom, and how changes reach it."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

import painbot.simulator
from painbot.content.loader import shipped_lessons
from painbot.simulator import SimulatedTelegram
from painbot.simulator.sample_files import png
from tests.simulator.conftest import HandClock

BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])


async def test_the_page_renders_and_everything_it_names_is_served(http: httpx.AsyncClient) -> None:
    page = await http.get("/")
    assert page.status_code == 200
    assert 'role="log"' in page.text
    assert 'aria-live="polite"' in page.text
    assert "time-panel" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    named = re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text)
    assert len(named) >= 5
    for path in named:
        assert (await http.get(path)).status_code == 200
    assert not re.findall(r'(?:src|href)="https?:', page.text)


async def test_the_bots_description_is_escaped(http: httpx.AsyncClient, bot: Bot) -> None:
    await bot.set_my_description("A <course> & more")
    assert "A &lt;course&gt; &amp; more" in (await http.get("/")).text


def test_no_text_on_the_page_is_smaller_than_16_pixels() -> None:
    for sheet in (Path(painbot.simulator.__file__).parent / "static").glob("*.css"):
        for size, unit in re.findall(r"font-size:\s*([\d.]+)(\w+)", sheet.read_text()):
            assert float(size) * (16 if unit == "rem" else 1) >= 16, sheet.name


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "[::2]"])
@pytest.mark.parametrize("path", ["/", "/sim/people", "/sim/faults", "/static/chat.js"])
async def test_other_host_names_are_refused(http: httpx.AsyncClient, host: str, path: str) -> None:
    response = await http.get(path, headers={"host": host})
    assert response.status_code == 403
    assert "on this machine only" in response.text


@pytest.mark.parametrize("host", ["localhost", "localhost:8080", "127.0.0.1", "127.0.0.1:9", "[::1]:8080"])
async def test_names_of_this_machine_are_welcome(http: httpx.AsyncClient, host: str) -> None:
    assert (await http.get("/", headers={"host": host})).status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:1"])
@pytest.mark.parametrize(("verb", "path"), [("POST", "/sim/people"), ("DELETE", "/sim/faults")])
async def test_changes_from_other_sites_are_refused(
    http: httpx.AsyncClient, sim: SimulatedTelegram, verb: str, path: str, origin: str
) -> None:
    response = await http.request(verb, path, headers={"origin": origin})
    assert response.status_code == 403
    assert "another site" in response.text
    assert sim.state.chats == {}


async def test_changes_from_the_page_itself_are_taken(
    http: httpx.AsyncClient, sim: SimulatedTelegram
) -> None:
    response = await http.post("/sim/people", json={}, headers={"origin": sim.page_url})
    assert response.status_code == 201


async def next_event(lines: Any) -> dict[str, Any]:
    async for line in lines:
        if line.startswith("data: "):
            event: dict[str, Any] = json.loads(line[6:])
            return event
    raise AssertionError("the stream ended")


async def test_changes_are_streamed_as_they_happen(http: httpx.AsyncClient, bot: Bot, ann: int) -> None:
    async with asyncio.timeout(5), http.stream("GET", f"/sim/chats/{ann}/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = stream.aiter_lines()
        assert (await next_event(lines))["messages"] == []
        sent = await bot.send_message(ann, "one", reply_markup=BUTTONS)
        first = await next_event(lines)
        assert [m["text"] for m in first["messages"]] == ["one"]
        await bot.edit_message_text("two", ann, sent.message_id)
        second = await next_event(lines)
        assert [(m["id"], m["text"], m["buttons"]) for m in second["messages"]] == [
            (sent.message_id, "two", [])
        ]
        await bot.delete_message(ann, sent.message_id)
        assert (await next_event(lines))["messages"][0]["deleted_at"]


async def test_a_stream_goes_on_where_it_was_cut(http: httpx.AsyncClient, bot: Bot, ann: int) -> None:
    await bot.send_message(ann, "one")
    version = (await http.get(f"/sim/chats/{ann}")).json()["version"]
    await bot.send_message(ann, "two")
    headers = {"last-event-id": str(version)}
    async with http.stream("GET", f"/sim/chats/{ann}/events", headers=headers) as stream:
        event = await next_event(stream.aiter_lines())
    assert [m["text"] for m in event["messages"]] == ["two"]


async def test_a_picture_that_describes_itself_is_read_out(
    http: httpx.AsyncClient, bot: Bot, ann: int
) -> None:
    dials = (shipped_lessons() / "chronic-pain/en/pictures/alarm-dials.png").read_bytes()
    await bot.send_photo(ann, dials)
    await bot.send_photo(ann, png(4, 4, 1))
    described, plain = (await http.get(f"/sim/chats/{ann}")).json()["messages"]
    assert described["alt"].startswith("Two dials side by side.")
    assert plain["alt"] == ""


async def test_pictures_are_shown_and_everything_else_is_a_download(
    http: httpx.AsyncClient, bot: Bot, ann: int
) -> None:
    photo = await bot.send_photo(ann, png(4, 4, 1))
    page = await bot.send_document(ann, b"<script>1</script>", filename='a"b.html')
    assert page.document is not None
    shown = await http.get(f"/sim/files/{photo.photo[0].file_id}")
    assert shown.headers["content-type"].startswith("image/")
    saved = await http.get(f"/sim/files/{page.document.file_id}")
    assert saved.headers["content-type"] == "application/octet-stream"
    assert saved.headers["content-disposition"] == 'attachment; filename="a_b.html"'
    assert saved.headers["x-content-type-options"] == "nosniff"
    assert (await http.get("/sim/files/unknown")).status_code == 404


async def test_the_transcript_tells_the_whole_chat(
    http: httpx.AsyncClient, bot: Bot, sim: SimulatedTelegram, clock: HandClock, ann: int
) -> None:
    sim.people.type_text(ann, "hello")
    asked = await bot.send_message(ann, "Ready?", reply_markup=BUTTONS)
    press = sim.people.press(ann, asked.message_id, data="y")
    await bot.answer_callback_query(press.id, "Noted")
    clock.move(days=1)
    await bot.edit_message_text("Good.", ann, asked.message_id, reply_markup=BUTTONS)
    sim.people.send_location(ann, 1, 2)
    gone = await bot.send_message(ann, "oops")
    await bot.delete_message(ann, gone.message_id)
    text = (await http.get(f"/sim/chats/{ann}/transcript.txt", params={"zone": "Europe/Berlin"})).text
    assert text == (
        "--- Monday 2 March 2026 ---\n"
        "[10:00] Ann: hello\n"
        "[10:00] painbot (edited 10:00): Good.\n"
        "    until 10:00: Ready?\n"
        "    [Yes]\n"
        "[10:00] Ann presses: Yes\n"
        "    painbot shows a note: Noted\n"
        "\n"
        "--- Tuesday 3 March 2026 ---\n"
        "[10:00] Ann: (location 1.0, 2.0)\n"
        "[10:00] painbot (deleted 10:00): oops\n"
    )
    data = (await http.get(f"/sim/chats/{ann}/transcript.json")).json()
    assert [m["text"] for m in data["messages"]] == ["hello", "Good.", "", "oops"]
    assert data["presses"][0]["data"] == "y"


async def test_there_is_no_time_machine_without_controls(http: httpx.AsyncClient, ann: int) -> None:
    assert (await http.get(f"/sim/time/{ann}")).status_code == 404
