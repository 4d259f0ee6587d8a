"""What Telegram refuses, refused in the same words; seen through the real client library."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup
from telegram.error import BadRequest, Forbidden, InvalidToken

from painbot.simulator import SimulatedTelegram
from painbot.simulator.sample_files import png
from tests.simulator.conftest import HandClock


def keyboard(data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data=data)]])


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ({"text": ""}, "Message text is empty"),
        ({"text": "  \n "}, "Message text is empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "Message text is empty"),
        ({"text": "a" * 4097}, "Message is too long"),
        ({"text": "😀" * 2049}, "Message is too long"),
        ({"text": "<b>a", "parse_mode": "HTML"}, "Can't parse entities: can't find end tag"),
        ({"text": "<p>a</p>", "parse_mode": "HTML"}, 'Can\'t parse entities: unsupported start tag "p"'),
        ({"text": "a", "parse_mode": "Nonsense"}, "Unsupported parse_mode"),
        ({"text": "a", "reply_markup": keyboard("x" * 65)}, "Button_data_invalid"),
        ({"text": "a", "reply_markup": keyboard("é" * 33)}, "Button_data_invalid"),
        ({"text": "a", "reply_to_message_id": 77}, "Message to be replied not found"),
    ],
)
async def test_wrong_texts_are_refused(bot: Bot, ann: int, arguments: dict[str, Any], why: str) -> None:
    with pytest.raises(BadRequest) as refusal:
        await bot.send_message(ann, **arguments)
    assert refusal.value.message.startswith(why)


async def test_the_longest_text_counts_after_the_tags_are_read(bot: Bot, ann: int) -> None:
    sent = await bot.send_message(ann, f"<b>{'a' * 4096}</b>", parse_mode="HTML")
    assert len(sent.text or "") == 4096


async def test_payload_of_64_bytes_is_taken(bot: Bot, ann: int) -> None:
    sent = await bot.send_message(ann, "a", reply_markup=keyboard("é" * 32))
    assert sent.reply_markup is not None


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ({"inline_keyboard": [[{"text": "x"}]]}, "Text buttons are unallowed in the inline keyboard"),
        ({"inline_keyboard": [[{"callback_data": "x"}]]}, 'Field "text" must be of type String'),
        ({"inline_keyboard": [[{"text": " ", "callback_data": "x"}]]}, "Button text must be non-empty"),
        ({"inline_keyboard": [[{"text": "x", "url": "ftp://x.y"}]]}, "Unsupported URL protocol"),
        ({"inline_keyboard": [[{"text": "x", "url": "https://x.y", "callback_data": "x"}]]}, "exactly one"),
        ({"inline_keyboard": "x"}, "must be of type Array"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "x"}] * 8] * 13}, "reply markup is too long"),
        ({"keyboard": []}, "reply keyboard must be non-empty"),
        ([], "object expected as reply markup"),
    ],
)
async def test_wrong_keyboards_are_refused(
    http: httpx.AsyncClient, sim: SimulatedTelegram, ann: int, markup: Any, why: str
) -> None:
    call = {"chat_id": ann, "text": "a", "reply_markup": markup}
    response = await http.post(f"/bot{sim.token}/sendMessage", json=call)
    assert response.status_code == 400
    assert response.json()["description"].startswith("Bad Request: ")
    assert why in response.json()["description"]


async def test_a_chat_the_bot_never_met_is_not_found(bot: Bot, sim: SimulatedTelegram) -> None:
    stranger = sim.people.create()
    for chat_id in (stranger, 42, "@nobody"):
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(chat_id, "a")


async def test_a_person_who_blocked_the_bot_is_out_of_reach(
    bot: Bot, sim: SimulatedTelegram, ann: int
) -> None:
    sim.people.block(ann)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(ann, "a")
    sim.people.unblock(ann)
    await bot.send_message(ann, "a")


async def test_a_deleted_account_is_out_of_reach(bot: Bot, sim: SimulatedTelegram, ann: int) -> None:
    sim.people.deactivate(ann)
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(ann, "a")


async def test_edits_are_checked(bot: Bot, sim: SimulatedTelegram, ann: int) -> None:
    sent = await bot.send_message(ann, "a", reply_markup=keyboard("x"))
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text("a", ann, sent.message_id, reply_markup=keyboard("x"))
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(ann, sent.message_id, reply_markup=keyboard("x"))
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("b", ann, sent.message_id + 10)
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await bot.edit_message_caption(ann, sent.message_id, caption="b")
    heard = sim.people.type_text(ann, "hello")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("b", ann, heard.id)
    asked = await bot.send_message(ann, "a", reply_markup=ReplyKeyboardMarkup([["Yes"]]))
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("b", ann, asked.message_id)


async def test_an_edit_without_markup_takes_the_buttons_away(
    bot: Bot, sim: SimulatedTelegram, ann: int
) -> None:
    sent = await bot.send_message(ann, "a", reply_markup=keyboard("x"))
    await bot.edit_message_text("b", ann, sent.message_id)
    assert sim.people.buttons(ann, sent.message_id) == []


async def test_deleting_ends_after_two_days(bot: Bot, clock: HandClock, ann: int) -> None:
    first = await bot.send_message(ann, "a")
    second = await bot.send_message(ann, "b")
    assert await bot.delete_message(ann, first.message_id)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(ann, first.message_id)
    clock.move(hours=49)
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await bot.delete_message(ann, second.message_id)


async def test_a_press_is_answered_in_time_or_not_at_all(
    bot: Bot, sim: SimulatedTelegram, clock: HandClock, ann: int
) -> None:
    sent = await bot.send_message(ann, "a", reply_markup=keyboard("x"))
    press = sim.people.press(ann, sent.message_id, data="x")
    assert await bot.answer_callback_query(press.id, "Saved")
    assert press.answer is not None
    assert press.answer.text == "Saved"
    clock.move(minutes=2)
    for unknown in (press.id, "123"):
        with pytest.raises(BadRequest, match="Query is too old and response timeout expired"):
            await bot.answer_callback_query(unknown)


async def test_a_wrong_token_is_refused(sim: SimulatedTelegram) -> None:
    stranger = Bot("1:wrong", base_url=f"{sim.base_url}/bot")
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()


@pytest.mark.parametrize(
    ("method", "arguments", "code", "why"),
    [
        ("sendNonsense", {}, 404, "Not Found"),
        ("sendMessage", {"text": "a"}, 400, "chat_id is empty"),
        ("sendChatAction", {"chat_id": 1, "action": "sleeping"}, 400, "wrong parameter action"),
        ("editMessageText", {"chat_id": 1, "text": "a"}, 400, "chat not found"),
        ("getFile", {"file_id": "x"}, 400, "wrong file_id"),
        ("setMyCommands", {"commands": [{"command": "No", "description": "x"}]}, 400, "BOT_COMMAND_INVALID"),
        ("setMyShortDescription", {"short_description": "x" * 121}, 400, "too long"),
        ("setWebhook", {"url": "http://example.org"}, 400, "HTTPS URL must be provided"),
    ],
)
async def test_other_calls_are_checked_too(
    http: httpx.AsyncClient,
    sim: SimulatedTelegram,
    method: str,
    arguments: dict[str, Any],
    code: int,
    why: str,
) -> None:
    response = await http.post(f"/bot{sim.token}/{method}", json=arguments)
    assert (response.status_code, response.json()["ok"]) == (code, False)
    assert response.json()["error_code"] == code
    assert why in response.json()["description"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (lambda: b"", "file must be non-empty"),
        (lambda: b"no picture at all", "IMAGE_PROCESS_FAILED"),
        (lambda: png(1, 60, 90), "PHOTO_INVALID_DIMENSIONS"),
    ],
)
async def test_wrong_pictures_are_refused(
    http: httpx.AsyncClient, sim: SimulatedTelegram, ann: int, data: Callable[[], bytes], why: str
) -> None:
    files = {"photo": ("photo.png", data(), "image/png")}
    response = await http.post(f"/bot{sim.token}/sendPhoto", data={"chat_id": ann}, files=files)
    assert response.status_code == 400
    assert response.json()["description"] == f"Bad Request: {why}"


async def test_a_long_caption_is_refused(bot: Bot, ann: int) -> None:
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_photo(ann, png(40, 30, 90), caption="a" * 1025)
