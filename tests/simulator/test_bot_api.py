"""What the bot sends and what comes of it, through the real client library."""

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.error import BadRequest, Forbidden

from painbot.simulator import SimulatedTelegram
from painbot.simulator.sample_files import png
from tests.simulator.conftest import HandClock


async def test_a_message_arrives_as_sent(
    bot: Bot, sim: SimulatedTelegram, clock: HandClock, ann: int
) -> None:
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])
    sent = await bot.send_message(
        ann, "<b>Hi</b> &amp; see /today", parse_mode="HTML", reply_markup=buttons, disable_notification=True
    )
    assert sent.text == "Hi & see /today"
    assert [e.type for e in sent.entities] == ["bold", "bot_command"]
    assert sent.date == clock.now()
    assert sent.reply_markup == buttons
    [shown] = sim.people.messages(ann)
    assert (shown.id, shown.from_bot) == (sent.message_id, True)
    assert shown.html.startswith("<b>Hi</b> &amp; see ")
    assert sim.people.buttons(ann, shown.id)[0][0].data == "y"


async def test_an_edit_replaces_the_text_and_keeps_what_was_said(
    bot: Bot, sim: SimulatedTelegram, clock: HandClock, ann: int
) -> None:
    sent = await bot.send_message(ann, "one")
    clock.move(minutes=1)
    edited = await bot.edit_message_text("two", ann, sent.message_id)
    assert not isinstance(edited, bool)
    assert edited.edit_date == clock.now()
    [shown] = sim.people.messages(ann)
    assert shown.text == "two"
    assert [edit.text for edit in shown.edits] == ["one"]


async def test_pictures_documents_and_animations_can_be_fetched(
    bot: Bot, sim: SimulatedTelegram, ann: int
) -> None:
    photo = await bot.send_photo(ann, png(40, 30, 9), caption="<i>c</i>", parse_mode="HTML")
    assert (photo.photo[0].width, photo.photo[0].height, photo.caption) == (40, 30, "c")
    document = await bot.send_document(ann, b"%PDF \x00\r\n--x\r\n", filename="map.pdf", caption="map")
    assert document.document is not None
    assert document.document.file_name == "map.pdf"
    file = await bot.get_file(document.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"%PDF \x00\r\n--x\r\n"
    gif = b"GIF89a" + (10).to_bytes(2, "little") * 2 + bytes(20)
    animation = await bot.send_animation(ann, gif, filename="a.gif")
    assert animation.animation is not None
    again = await bot.send_photo(ann, photo.photo[0].file_id)
    assert again.photo[0].file_id == photo.photo[0].file_id
    assert [m.kind for m in sim.people.messages(ann)] == ["photo", "document", "animation", "photo"]


async def test_a_file_id_is_good_for_its_own_kind_only(bot: Bot, ann: int) -> None:
    photo = await bot.send_photo(ann, png(4, 3, 9))
    with pytest.raises(BadRequest, match="Can't use file of type photo as animation"):
        await bot.send_animation(ann, photo.photo[0].file_id)
    with pytest.raises(BadRequest, match="Wrong file identifier"):
        await bot.send_photo(ann, "AgACAgIAAxk-unknown")


async def test_captions_can_be_edited(bot: Bot, sim: SimulatedTelegram, ann: int) -> None:
    photo = await bot.send_photo(ann, png(4, 3, 9), caption="a")
    await bot.edit_message_caption(ann, photo.message_id, caption="b")
    assert sim.people.messages(ann)[0].text == "b"
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("c", ann, photo.message_id)


async def test_typing_shows_until_the_next_message(bot: Bot, sim: SimulatedTelegram, ann: int) -> None:
    await bot.send_chat_action(ann, "typing")
    assert sim.state.chats[ann].typing_until > sim.state.monotonic()
    await bot.send_message(ann, "a")
    assert sim.state.chats[ann].typing_until == 0


async def test_a_reply_keyboard_stays_until_removed(bot: Bot, sim: SimulatedTelegram, ann: int) -> None:
    await bot.send_message(ann, "a", reply_markup=ReplyKeyboardMarkup([["Yes", "No"]]))
    shown = sim.state.chats[ann].keyboard
    assert shown is not None
    assert [b["text"] for b in shown["keyboard"][0]] == ["Yes", "No"]
    await bot.send_message(ann, "b", reply_markup=ReplyKeyboardRemove())
    assert sim.state.chats[ann].keyboard is None


async def test_commands_and_descriptions_are_remembered(bot: Bot, http: httpx.AsyncClient, ann: int) -> None:
    await bot.set_my_commands([BotCommand("help", "Help")])
    await bot.set_my_commands([BotCommand("today", "Today")], scope=BotCommandScopeAllPrivateChats())
    assert [c.command for c in await bot.get_my_commands()] == ["help"]
    chat = (await http.get(f"/sim/chats/{ann}")).json()
    assert chat["commands"] == [{"command": "today", "description": "Today"}]
    await bot.set_my_description("A course")
    await bot.set_my_short_description("Short")
    assert (await bot.get_my_description()).description == "A course"
    assert (await bot.get_my_short_description()).short_description == "Short"


async def test_the_bot_leaves_a_group_and_cannot_write_there(
    bot: Bot, sim: SimulatedTelegram, ann: int
) -> None:
    group = sim.people.add_bot_to_group(ann, "Friends")
    await bot.send_message(group, "I work in private chats only")
    assert await bot.leave_chat(group)
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(group, "a")
    with pytest.raises(BadRequest, match="Chat member status can't be changed in private chats"):
        await bot.leave_chat(ann)


async def test_get_chat_tells_who_it_is(bot: Bot, ann: int) -> None:
    chat = await bot.get_chat(ann)
    assert (chat.first_name, chat.type) == ("Ann", "private")


async def test_after_logging_out_calls_are_refused_for_ten_minutes(bot: Bot, clock: HandClock) -> None:
    assert await bot.log_out()
    with pytest.raises(BadRequest, match="Logged out"):
        await bot.get_me()
    clock.move(minutes=10)
    assert (await bot.get_me()).is_bot


@pytest.mark.parametrize("way", ["query", "form", "json", "multipart"])
async def test_parameters_come_in_every_way(
    http: httpx.AsyncClient, sim: SimulatedTelegram, ann: int, way: str
) -> None:
    path = f"/bot{sim.token}/sendmessage"
    call = {"chat_id": str(ann), "text": "ünï & so"}
    if way == "query":
        response = await http.get(path, params=call)
    elif way == "form":
        response = await http.post(path, data=call)
    elif way == "json":
        response = await http.post(path, json=call)
    else:
        response = await http.post(path, data=call, files={"ignored": ("x.txt", b"x")})
    assert response.json()["result"]["text"] == "ünï & so"


async def test_a_body_that_is_no_json_is_refused(http: httpx.AsyncClient, sim: SimulatedTelegram) -> None:
    headers = {"content-type": "application/json"}
    response = await http.post(f"/bot{sim.token}/sendMessage", content=b"{", headers=headers)
    assert response.json()["description"] == "Bad Request: can't parse JSON object"
