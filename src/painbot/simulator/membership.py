"""The bot's place in a chat, and the ``my_chat_member`` update that tells the bot of a change."""

from __future__ import annotations

from typing import Any

from painbot.simulator.telegram_state import TelegramState
from painbot.simulator.telegram_types import Chat


def announce_membership(
    state: TelegramState, chat: Chat, actor: dict[str, Any], *, old: str, new: str
) -> None:
    """Queue the update saying that ``actor`` changed the bot's status from ``old`` to ``new``."""
    state.updates.push(
        "my_chat_member",
        chat.id,
        {
            "chat": chat.to_json(),
            "from": actor,
            "date": int(state.now().timestamp()),
            "old_chat_member": _member(state, old),
            "new_chat_member": _member(state, new),
        },
    )
    state.touch(chat)


def _member(state: TelegramState, status: str) -> dict[str, Any]:
    member: dict[str, Any] = {"user": state.bot, "status": status}
    if status == "kicked":
        member["until_date"] = 0
    return member
