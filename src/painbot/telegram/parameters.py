"""A rendered message as the parameters of a call, named as Telegram names them."""

from __future__ import annotations

from telegram.constants import ParseMode

from painbot.core.delivery import RenderedMessage
from painbot.core.ids import ChatId
from painbot.core.outgoing import ReplyKeyboard

Parameters = dict[str, object]


def text(chat_id: ChatId, rendered: RenderedMessage) -> Parameters:
    """Return the words as a message of their own."""
    return {
        "chat_id": chat_id,
        "text": rendered.html,
        **({} if rendered.is_plain else {"parse_mode": ParseMode.HTML.value}),
        "link_preview_options": {"is_disabled": True},
    }


def caption(chat_id: ChatId, rendered: RenderedMessage) -> Parameters:
    """Return the words as those under a picture."""
    return {"chat_id": chat_id, "caption": rendered.html, "parse_mode": ParseMode.HTML.value}


def markup(rendered: RenderedMessage) -> Parameters:
    """Return the message's keyboard; Telegram allows one kind a message, and buttons come first."""
    if rendered.buttons:
        return inline(rendered)
    match rendered.keyboard:
        case ReplyKeyboard.ASK_LOCATION:
            button = {"text": rendered.keyboard_label, "request_location": True}
            return {
                "reply_markup": {"keyboard": [[button]], "resize_keyboard": True, "one_time_keyboard": True}
            }
        case ReplyKeyboard.REMOVE:
            return {"reply_markup": {"remove_keyboard": True}}
        case None:
            return {}


def inline(rendered: RenderedMessage) -> Parameters:
    """Return the buttons under the message, the only keyboard that an edit may carry."""
    if not rendered.buttons:
        return {}
    rows = [[_button(label, target) for label, target in row] for row in rendered.buttons]
    return {"reply_markup": {"inline_keyboard": rows}}


def _button(label: str, target: str) -> dict[str, str]:
    kind = "url" if target.startswith("https://") else "callback_data"
    return {"text": label, kind: target}
