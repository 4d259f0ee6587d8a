"""The short text inside a button: versioned, readable by any later painbot, at most 64 bytes."""

from __future__ import annotations

from painbot.core.outgoing import Action

VERSION = "1"
SEPARATOR = "|"
MAX_BYTES = 64
"""Telegram's own limit."""


class CallbackTooLong(ValueError):
    """An action's arguments do not fit a button; shorten the ids they are made of."""


def encode(action: Action) -> str:
    """Return the button data for an action. Raises CallbackTooLong past 64 bytes."""
    parts = (VERSION, action.verb, *action.args)
    if any(SEPARATOR in part for part in parts):
        raise ValueError(f"a button's words may not hold {SEPARATOR!r}")
    data = SEPARATOR.join(parts)
    if len(data.encode()) > MAX_BYTES:
        raise CallbackTooLong(f"{data!r} is longer than {MAX_BYTES} bytes")
    return data


def decode(data: str) -> Action | None:
    """Return the action behind a button, or nothing for data this version cannot read."""
    version, *parts = data.split(SEPARATOR)
    if version != VERSION or not parts or not parts[0]:
        return None
    return Action(parts[0], tuple(parts[1:]))
