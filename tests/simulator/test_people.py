"""What people do, in-process and over HTTP, and what the bot hears of it."""

import asyncio
from typing import Any

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update

from painbot.simulator import CannotDoThat, SimulatedTelegram

BUTTONS = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Yes", callback_data="y"), InlineKeyboardButton("Page", url="https://x.org")]]
)


async def heard(bot: Bot) -> list[Update]:
    updates = await bot.get_updates()
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return list(updates)


async def test_a_command_carries_its_entity(bot: Bot, sim: SimulatedTelegram, ann: int) -> None:
    sim.people.type_text(ann, "/start now")
    [update] = await heard(bot)
    assert update.message is not None
    assert update.message.from_user is not None
    assert (update.message.from_user.id, update.message.chat.type) == (ann, "private")
    [entity] = update.message.entities
    assert (entity.type, entity.offset, entity.length) == ("bot_command", 0, 6)


async def test_a_press_needs_a_button_that_is_still_there(bot: Bot, sim: SimulatedTelegram, ann: int) -> None:
    sent = await bot.send_message(ann, "Ready?", reply_markup=BUTTONS)
    sim.people.press(ann, sent.message_id, data="y")
    sim.people.press(ann, sent.message_id, text="Yes")
    sim.people.press(ann, sent.message_id, position=(0, 0))
    queries = [u.callback_query for u in await heard(bot)]
    assert [q.data for q in queries if q] == ["y", "y", "y"]
    assert len({q.id for q in queries if q}) == 3
    with pytest.raises(CannotDoThat, match="opens a link"):
        sim.people.press(ann, sent.message_id, text="Page")
    await bot.edit_message_text("Done", ann, sent.message_id)
    with pytest.raises(CannotDoThat, match="carries no such button now"):
        sim.people.press(ann, sent.message_id, data="y")
    await bot.delete_message(ann, sent.message_id)
    with pytest.raises(CannotDoThat, match="there is no message"):
        sim.people.press(ann, sent.message_id, data="y")


async def test_edits_voice_stickers_pictures_and_places_arrive(
    bot: Bot, sim: SimulatedTelegram, ann: int
) -> None:
    text = sim.people.type_text(ann, "helo")
    sim.people.edit(ann, text.id, "hello")
    sim.people.send_voice(ann, 4)
    sim.people.send_sticker(ann, "🌱")
    sim.people.send_photo(ann, "my back")
    sim.people.send_location(ann, 52.5, 13.4)
    _, edit, voice, sticker, photo, place = await heard(bot)
    assert edit.edited_message is not None
    assert edit.edited_message.text == "hello"
    assert edit.edited_message.edit_date is not None
    assert voice.message is not None
    assert voice.message.voice is not None
    assert voice.message.voice.mime_type == "audio/ogg"
    assert sticker.message is not None
    assert sticker.message.sticker is not None
    assert sticker.message.sticker.emoji == "🌱"
    assert photo.message is not None
    assert photo.message.caption == "my back"
    assert photo.message.photo
    assert place.message is not None
    assert place.message.location is not None
    assert (place.message.location.latitude, place.message.location.longitude) == (52.5, 13.4)


async def test_blocking_and_unblocking_are_told_once(bot: Bot, sim: SimulatedTelegram, ann: int) -> None:
    sim.people.block(ann)
    sim.people.block(ann)
    with pytest.raises(CannotDoThat, match="unblock it first"):
        sim.people.type_text(ann, "hello")
    sim.people.unblock(ann)
    changes = [u.my_chat_member for u in await heard(bot)]
    assert [(c.old_chat_member.status, c.new_chat_member.status) for c in changes if c] == [
        ("member", "kicked"),
        ("kicked", "member"),
    ]


async def test_a_group_hears_of_the_bot_and_the_bot_of_the_group(
    bot: Bot, sim: SimulatedTelegram, ann: int
) -> None:
    group = sim.people.add_bot_to_group(ann, "Friends")
    sim.people.type_text(ann, "hi all", group_id=group)
    added, created, said = await heard(bot)
    assert added.my_chat_member is not None
    assert added.my_chat_member.chat.id == group < 0
    assert created.message is not None
    assert created.message.group_chat_created
    assert said.message is not None
    assert (said.message.chat.type, said.message.chat.title) == ("group", "Friends")
    sim.people.remove_bot_from_group(ann, group)
    sim.people.type_text(ann, "gone", group_id=group)
    assert len(await heard(bot)) == 1


@pytest.mark.parametrize("text", ["", "  ", "a" * 4097])
def test_texts_nobody_can_send_are_refused(sim: SimulatedTelegram, ann: int, text: str) -> None:
    with pytest.raises(CannotDoThat):
        sim.people.type_text(ann, text)


async def test_waiting_says_what_the_bot_said_instead(bot: Bot, sim: SimulatedTelegram, ann: int) -> None:
    await bot.send_message(ann, "something else")
    with pytest.raises(TimeoutError, match="something else"):
        await sim.people.wait_for(ann, "hello", timeout_seconds=0.05)


async def test_everything_is_reachable_over_http(
    bot: Bot, http: httpx.AsyncClient, sim: SimulatedTelegram
) -> None:
    async def post(path: str, **body: Any) -> dict[str, Any]:
        response = await http.post(f"/sim/people{path}", json=body)
        assert response.status_code < 300, response.text
        made: dict[str, Any] = response.json()
        return made

    person = (await post("", first_name="Bo"))["id"]
    assert (await post("", id=person, first_name="Other"))["id"] == person
    assert len((await post("", count=3, started=True))["ids"]) == 3
    people = (await http.get("/sim/people")).json()["people"]
    assert [p["first_name"] for p in people] == ["Bo", "Learner", "Learner", "Learner"]

    text = await post(f"/{person}/text", text="/start")
    await post(f"/{person}/edit", message_id=text["id"], text="/help")
    for action in ("voice", "sticker", "photo"):
        await post(f"/{person}/{action}")
    await post(f"/{person}/location", latitude=1, longitude=2.5)
    sent = await bot.send_message(person, "<b>Ready?</b>", parse_mode="HTML", reply_markup=BUTTONS)
    press = await post(f"/{person}/press", message_id=sent.message_id, data="y")
    await bot.answer_callback_query(press["id"], "Noted", show_alert=True)
    await post(f"/{person}/press", message_id=sent.message_id, position=[0, 0])
    await post(f"/{person}/block")
    await post(f"/{person}/unblock")
    group = (await post(f"/{person}/groups", title="Friends"))["id"]
    assert (await http.delete(f"/sim/people/{person}/groups/{group}")).status_code == 200
    kinds = [next(k for k in u.to_dict() if k != "update_id") for u in await heard(bot)]
    assert kinds == (
        ["message", "edited_message"]
        + ["message"] * 4
        + ["callback_query"] * 2
        + ["my_chat_member"] * 3
        + ["message", "my_chat_member"]
    )

    chat = (await http.get(f"/sim/chats/{person}")).json()
    said = next(m for m in chat["messages"] if m["id"] == sent.message_id)
    assert (said["from"], said["html"]) == ("bot", "<b>Ready?</b>")
    assert [[b["text"] for b in row] for row in said["buttons"]] == [["Yes", "Page"]]
    assert chat["presses"][0]["answer"] == {"text": "Noted", "is_alert": True}
    later = (await http.get(f"/sim/chats/{person}", params={"since": chat["version"]})).json()
    assert later["messages"] == []
    await post(f"/{person}/deactivate")


async def test_reading_a_chat_can_wait_for_a_change(bot: Bot, http: httpx.AsyncClient, ann: int) -> None:
    waiting = asyncio.create_task(http.get(f"/sim/chats/{ann}", params={"since": 0, "wait": 4}))
    await asyncio.sleep(0.1)
    await bot.send_message(ann, "a")
    view = (await asyncio.wait_for(waiting, 2)).json()
    assert [m["text"] for m in view["messages"]] == ["a"]


@pytest.mark.parametrize(
    ("path", "body", "status", "why"),
    [
        ("/1/text", {"text": "a"}, 409, "there is no chat 1"),
        ("/{ann}/text", {"text": 5}, 400, "text must be a text"),
        ("/{ann}/press", {"message_id": "x", "data": "y"}, 400, "message_id must be a whole number"),
        ("/{ann}/press", {"message_id": 1, "position": [1]}, 400, "position must be"),
        ("/{ann}/location", {"latitude": 100, "longitude": 0}, 409, "latitude runs from"),
        ("/{ann}/photo", {"data_base64": "!"}, 400, "must be base64"),
        ("/{ann}/photo", {"data_base64": "AAAA"}, 400, "IMAGE_PROCESS_FAILED"),
        ("", {"count": 0}, 400, "count must be between"),
        ("", [], 400, "must be a JSON object"),
    ],
)
async def test_impossible_actions_are_explained(
    http: httpx.AsyncClient, ann: int, path: str, body: Any, status: int, why: str
) -> None:
    response = await http.post(f"/sim/people{path.format(ann=ann)}", json=body)
    assert response.status_code == status
    assert why in response.json()["error"]
