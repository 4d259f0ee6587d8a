"""Reply markup as Telegram checks it: inline keyboards, reply keyboards, their removal, forced replies."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from painbot.simulator.telegram_errors import bad_request

MAX_CALLBACK_BYTES = 64
MAX_INLINE_BUTTONS = 100
MAX_REPLY_BUTTONS = 300

_INLINE_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_REPLY_ACTIONS = (
    "request_users",
    "request_chat",
    "request_contact",
    "request_location",
    "request_poll",
    "web_app",
)

Markup = dict[str, Any]


def check_markup(value: Any) -> Markup | None:
    """Check a ``reply_markup`` and return it cleaned of empty rows; None when there is none.

    Raises TelegramError 400 in Telegram's words.
    """
    if value is None or value == {}:
        return None
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in value:
        rows = _rows(value["inline_keyboard"], "inline keyboard", _inline_button, MAX_INLINE_BUTTONS)
        return {"inline_keyboard": rows} if rows else None
    if "keyboard" in value:
        rows = _rows(value["keyboard"], "keyboard", _reply_button, MAX_REPLY_BUTTONS)
        if not rows:
            raise bad_request("reply keyboard must be non-empty")
        return {**value, "keyboard": rows}
    if value.get("remove_keyboard"):
        return {"remove_keyboard": True}
    if value.get("force_reply"):
        return {"force_reply": True, **_placeholder(value)}
    raise bad_request("can't parse reply markup: unknown kind")


def inline_only(markup: Markup | None) -> Markup | None:
    """The markup of an edit, where Telegram takes nothing but an inline keyboard."""
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def _rows(value: Any, what: str, check: Any, limit: int) -> list[list[dict[str, Any]]]:
    if not isinstance(value, list):
        raise bad_request(f'field "{what.replace(" ", "_")}" must be of type Array')
    rows: list[list[dict[str, Any]]] = []
    for row in value:
        if not isinstance(row, list):
            raise bad_request(f'field "{what.replace(" ", "_")}" must be an Array of Arrays')
        if row:
            rows.append([check(button) for button in row])
    if sum(map(len, rows)) > limit:
        raise bad_request("reply markup is too long")
    return rows


def _inline_button(button: Any) -> dict[str, Any]:
    prefix = "can't parse inline keyboard button"
    if not isinstance(button, dict):
        raise bad_request(f"{prefix}: InlineKeyboardButton must be an Object")
    _check_text(button, prefix)
    actions = [name for name in _INLINE_ACTIONS if button.get(name) not in (None, "")]
    if not actions:
        raise bad_request(f"{prefix}: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request(f"{prefix}: exactly one of the optional fields must be used")
    if actions[0] == "callback_data":
        data = button["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= MAX_CALLBACK_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    if actions[0] == "url":
        _check_url(button["url"])
    return button


def _check_text(button: dict[str, Any], prefix: str) -> None:
    if not isinstance(button.get("text"), str):
        raise bad_request(f'{prefix}: Field "text" must be of type String')
    if not button["text"].strip():
        raise bad_request(f"{prefix}: Button text must be non-empty")


def _check_url(url: Any) -> None:
    parts = urlsplit(url) if isinstance(url, str) else None
    if parts is None or parts.scheme not in {"http", "https", "tg", ""}:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    host = parts.netloc or parts.path.partition("/")[0]
    if not host or (parts.scheme != "tg" and "." not in host):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _reply_button(button: Any) -> dict[str, Any]:
    prefix = "can't parse keyboard button"
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise bad_request(f"{prefix}: KeyboardButton must be a String or an Object")
    _check_text(button, prefix)
    if sum(1 for name in _REPLY_ACTIONS if button.get(name)) > 1:
        raise bad_request(f"{prefix}: at most one of the optional fields must be used")
    return button


def _placeholder(value: Markup) -> Markup:
    text = value.get("input_field_placeholder")
    return {"input_field_placeholder": text} if text else {}
