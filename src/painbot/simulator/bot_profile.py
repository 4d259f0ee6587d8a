"""The Bot API methods about the bot itself, its chats and its files."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

from painbot.simulator.media import MAX_DOWNLOAD_BYTES
from painbot.simulator.membership import announce_membership
from painbot.simulator.request_params import Params
from painbot.simulator.telegram_errors import bad_request, forbidden
from painbot.simulator.telegram_state import TelegramState

_COMMAND_NAME = re.compile(r"^[a-z0-9_]{1,32}$")
_LOG_OUT_LASTS = timedelta(minutes=10)
MAX_COMMANDS = 100


def get_me(state: TelegramState, params: Params) -> dict[str, Any]:
    """The bot as a user."""
    return {
        **state.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(state: TelegramState, params: Params) -> bool:
    """Remember the list of commands for a scope and a language."""
    value = params.structure("commands", "commands")
    if not isinstance(value, list):
        raise bad_request("can't parse commands: expected an Array of BotCommand")
    if len(value) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands = []
    for item in value:
        name = item.get("command") if isinstance(item, dict) else None
        description = item.get("description") if isinstance(item, dict) else None
        if not isinstance(name, str) or not _COMMAND_NAME.match(name.removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not isinstance(description, str) or not 1 <= len(description) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        commands.append({"command": name.removeprefix("/"), "description": description})
    state.profile.commands[_scope(params)] = commands
    _touch_all(state)
    return True


def delete_my_commands(state: TelegramState, params: Params) -> bool:
    """Forget the list of commands for a scope and a language."""
    state.profile.commands.pop(_scope(params), None)
    _touch_all(state)
    return True


def get_my_commands(state: TelegramState, params: Params) -> list[dict[str, str]]:
    """The list of commands for a scope and a language."""
    return state.profile.commands.get(_scope(params), [])


def set_my_description(state: TelegramState, params: Params) -> bool:
    """What an empty chat with the bot shows."""
    return _set_words(state.profile.description, params, "description", 512)


def get_my_description(state: TelegramState, params: Params) -> dict[str, str]:
    """What an empty chat with the bot shows."""
    return {"description": _get_words(state.profile.description, params)}


def set_my_short_description(state: TelegramState, params: Params) -> bool:
    """What the bot's profile page shows."""
    return _set_words(state.profile.short_description, params, "short_description", 120)


def get_my_short_description(state: TelegramState, params: Params) -> dict[str, str]:
    """What the bot's profile page shows."""
    return {"short_description": _get_words(state.profile.short_description, params)}


def set_my_name(state: TelegramState, params: Params) -> bool:
    """The bot's name in a language."""
    return _set_words(state.profile.name, params, "name", 64)


def get_my_name(state: TelegramState, params: Params) -> dict[str, str]:
    """The bot's name in a language."""
    return {"name": _get_words(state.profile.name, params) or state.bot["first_name"]}


def get_chat(state: TelegramState, params: Params) -> dict[str, Any]:
    """What is known about a chat."""
    chat = state.chat_of_call(params.fields.get("chat_id"))
    return {
        **chat.to_json(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": True,
            "limited_gifts": True,
            "unique_gifts": True,
            "premium_subscription": True,
            "gifts_from_channels": True,
        },
    }


def leave_chat(state: TelegramState, params: Params) -> bool:
    """Leave a group."""
    chat = state.chat_of_call(params.fields.get("chat_id"))
    if chat.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    if chat.bot_status != "member":
        raise forbidden("bot is not a member of the group chat")
    chat.bot_status = "left"
    state.add_message(chat, state.bot, kind="service", media={"left_chat_member": state.bot})
    announce_membership(state, chat, state.bot, old="member", new="left")
    return True


def get_file(state: TelegramState, params: Params) -> dict[str, Any]:
    """Where a file can be downloaded."""
    file = state.files.get(params.text("file_id"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.data) > MAX_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.data),
        "file_path": file.path,
    }


def log_out(state: TelegramState, params: Params) -> bool:
    """Leave the cloud Bot API; for ten minutes no other call is answered."""
    state.logged_out_until = state.now() + _LOG_OUT_LASTS
    return True


def close(state: TelegramState, params: Params) -> bool:
    """Close the bot's instance before moving it; nothing to do here."""
    return True


def _scope(params: Params) -> tuple[str, str]:
    scope = params.structure("scope", "bot command scope") or {"type": "default"}
    return json.dumps(scope, sort_keys=True), params.text("language_code")


def _set_words(words: dict[str, str], params: Params, name: str, limit: int) -> bool:
    text = params.text(name)
    if len(text) > limit:
        raise bad_request(f"{name} is too long")
    words[params.text("language_code")] = text
    return True


def _get_words(words: dict[str, str], params: Params) -> str:
    return words.get(params.text("language_code")) or words.get("", "")


def _touch_all(state: TelegramState) -> None:
    for chat in state.chats.values():
        state.touch(chat)
