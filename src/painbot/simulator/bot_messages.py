"""The Bot API methods about messages: send, edit, delete, and answers to button presses.

Each function takes the state and the parameters of the call and returns the ``result`` of Telegram's answer.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from painbot.rendering.picture_file import facts_in
from painbot.simulator.entities import Entity, EntityError, find_entities, parse_html, trim, utf16_length
from painbot.simulator.media import MEDIA_KINDS, describe, media_of_call
from painbot.simulator.reply_markup import Markup, check_markup, inline_only
from painbot.simulator.request_params import Params
from painbot.simulator.telegram_errors import bad_request
from painbot.simulator.telegram_state import TelegramState
from painbot.simulator.telegram_types import CallbackAnswer, Chat, Message

MAX_TEXT_UNITS = 4096
MAX_CAPTION_UNITS = 1024
MAX_ANSWER_CHARACTERS = 200
DELETE_LIMIT = timedelta(hours=48)

CHAT_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def send_message(state: TelegramState, params: Params) -> dict[str, Any]:
    """Send a text."""
    text, entities = formatted(params, "text", "entities")
    if not text:
        raise bad_request("message text is empty")
    markup = read_markup(params)
    chat = state.chat_of_call(params.fields.get("chat_id"))
    if utf16_length(text) > MAX_TEXT_UNITS:
        raise bad_request("message is too long")
    reply_to = replied_message(state, chat, params)
    state.check_can_write(chat)
    message = state.add_message(
        chat, state.bot, text=text, entities=entities, markup=markup, reply_to=reply_to
    )
    return message.to_json()


def send_media(kind: str) -> Any:
    """The method that sends a picture, a document or an animation."""
    what = MEDIA_KINDS[kind]

    def send(state: TelegramState, params: Params) -> dict[str, Any]:
        caption, entities = formatted(params, "caption", "caption_entities")
        markup = read_markup(params)
        chat = state.chat_of_call(params.fields.get("chat_id"))
        if utf16_length(caption) > MAX_CAPTION_UNITS:
            raise bad_request("message caption is too long")
        reply_to = replied_message(state, chat, params)
        state.check_can_write(chat)
        file = media_of_call(state, what, params)
        message = state.add_message(
            chat,
            state.bot,
            kind=what,
            text=caption,
            entities=entities,
            media=describe(what, file),
            alt=facts_in(file.data).description,
            markup=markup,
            reply_to=reply_to,
        )
        return message.to_json()

    return send


def send_chat_action(state: TelegramState, params: Params) -> bool:
    """Show what the bot is doing."""
    if params.text("action") not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = state.chat_of_call(params.fields.get("chat_id"))
    state.check_can_write(chat)
    state.show_typing(chat)
    return True


def edit_message_text(state: TelegramState, params: Params) -> dict[str, Any]:
    """Replace the text of a message of the bot's own; no ``reply_markup`` takes its buttons away."""
    text, entities = formatted(params, "text", "entities")
    if not text:
        raise bad_request("message text is empty")
    markup = inline_only(read_markup(params))
    message = message_to_edit(state, params)
    if message.kind != "text":
        raise bad_request("there is no text in the message to edit")
    if utf16_length(text) > MAX_TEXT_UNITS:
        raise bad_request("message is too long")
    return _change(state, message, text, entities, markup)


def edit_message_caption(state: TelegramState, params: Params) -> dict[str, Any]:
    """Replace the caption of a picture or document of the bot's own."""
    caption, entities = formatted(params, "caption", "caption_entities")
    markup = inline_only(read_markup(params))
    message = message_to_edit(state, params)
    if message.kind not in MEDIA_KINDS.values():
        raise bad_request("there is no caption in the message to edit")
    if utf16_length(caption) > MAX_CAPTION_UNITS:
        raise bad_request("message caption is too long")
    return _change(state, message, caption, entities, markup)


def edit_message_reply_markup(state: TelegramState, params: Params) -> dict[str, Any]:
    """Replace or take away the buttons under a message of the bot's own."""
    markup = inline_only(read_markup(params))
    message = message_to_edit(state, params)
    return _change(state, message, message.text, message.entities, markup, show_as_edited=False)


def delete_message(state: TelegramState, params: Params) -> bool:
    """Delete one message, of either side, that is younger than 48 hours."""
    chat = state.chat_of_call(params.fields.get("chat_id"))
    message = state.message_in(chat, params.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    state.check_can_write(chat)
    if state.now() - message.sent_at > DELETE_LIMIT:
        raise bad_request("message can't be deleted for everyone")
    if chat.kind == "group" and not message.from_bot:
        raise bad_request("message can't be deleted")
    state.delete_message(message)
    return True


def answer_callback_query(state: TelegramState, params: Params) -> bool:
    """Stop the button's progress mark and maybe show a note."""
    text = params.text("text")
    if len(text) > MAX_ANSWER_CHARACTERS:
        raise bad_request("MESSAGE_TOO_LONG")
    press = state.press_to_answer(params.text("callback_query_id"))
    press.answer = CallbackAnswer(text, params.flag("show_alert"))
    state.touch(press.chat, press)
    return True


def formatted(params: Params, name: str, entities_name: str) -> tuple[str, list[Entity]]:
    """The plain text and the entities of a parameter, parsed and trimmed as Telegram does."""
    text = params.text(name)
    if not text:
        return "", []
    mode = params.text("parse_mode").lower()
    if mode == "html":
        try:
            text, entities = parse_html(text)
        except EntityError as error:
            raise bad_request(f"can't parse entities: {error}") from None
    elif mode:
        raise bad_request("unsupported parse_mode: the simulator reads HTML only")
    else:
        entities = _given_entities(params, entities_name, text)
    text, entities = trim(text, entities)
    return text, find_entities(text, entities)


def _given_entities(params: Params, name: str, text: str) -> list[Entity]:
    value = params.structure(name, "entities") or []
    total = utf16_length(text)
    if not isinstance(value, list):
        raise bad_request("can't parse entities: expected an Array")
    for entity in value:
        if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
            raise bad_request("can't parse entities: expected MessageEntity objects")
        offset, length = entity.get("offset"), entity.get("length")
        if not isinstance(offset, int) or not isinstance(length, int) or offset < 0 or length < 1:
            raise bad_request("can't parse entities: wrong offset or length")
        if offset + length > total:
            raise bad_request("ENTITY_BOUNDS_INVALID")
    return sorted(value, key=lambda entity: (entity["offset"], -entity["length"]))


def read_markup(params: Params) -> Markup | None:
    """The checked ``reply_markup`` of a call."""
    if "reply_markup" not in params.fields:
        return None
    return check_markup(params.structure("reply_markup", "reply keyboard markup"))


def replied_message(state: TelegramState, chat: Chat, params: Params) -> Message | None:
    """The message a call replies to."""
    if "reply_parameters" not in params.fields and "reply_to_message_id" not in params.fields:
        return None
    value = params.structure("reply_parameters", "reply parameters") or {
        "message_id": params.integer("reply_to_message_id"),
        "allow_sending_without_reply": params.flag("allow_sending_without_reply"),
    }
    if not isinstance(value, dict) or not isinstance(value.get("message_id"), int):
        raise bad_request("can't parse reply parameters JSON object")
    message = state.message_in(chat, value["message_id"])
    if message is None and not value.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return message


def message_to_edit(state: TelegramState, params: Params) -> Message:
    """The message an edit names, when the bot may change it."""
    if params.has("inline_message_id") and not params.has("chat_id"):
        raise bad_request("message to edit not found")
    chat = state.chat_of_call(params.fields.get("chat_id"))
    if not params.integer("message_id"):
        raise bad_request("message identifier is not specified")
    message = state.message_in(chat, params.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    state.check_can_write(chat)
    if not message.from_bot or message.kind == "service":
        raise bad_request("message can't be edited")
    if message.markup is not None and "inline_keyboard" not in message.markup:
        raise bad_request("message can't be edited")
    return message


def _change(
    state: TelegramState,
    message: Message,
    text: str,
    entities: list[Entity],
    markup: Markup | None,
    *,
    show_as_edited: bool = True,
) -> dict[str, Any]:
    if (message.text, message.entities, message.markup) == (text, entities, markup):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same as "
            "a current content and reply markup of the message"
        )
    state.change_message(message, text=text, entities=entities, markup=markup, show_as_edited=show_as_edited)
    return message.to_json()
