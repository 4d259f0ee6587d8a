"""A chat written down: for people as plain text, for programs as JSON."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from painbot.simulator.people import message_view, press_view
from painbot.simulator.telegram_types import Chat, Message


def transcript_text(chat: Chat, zone: tzinfo, bot_name: str) -> str:
    """The chat in plain text, with local times, buttons, presses, edits and deletions."""
    learner = chat.person.first_name if chat.person else chat.title
    events: list[tuple[datetime, int, list[str]]] = []
    for message in chat.messages.values():
        who = bot_name if message.from_bot else learner
        events.append((message.sent_at, message.id, _lines_of(message, who, zone)))
    for press in chat.presses:
        lines = [f"[{_clock(press.pressed_at, zone)}] {learner} presses: {press.label or press.data}"]
        if press.answer is not None and press.answer.text:
            lines.append(f"    {bot_name} shows a note: {press.answer.text}")
        events.append((press.pressed_at, press.message_id, lines))
    events.sort(key=lambda event: (event[0], event[1]))
    out: list[str] = []
    day = None
    for at, _, lines in events:
        local_day = at.astimezone(zone).date()
        if local_day != day:
            day = local_day
            out.append(
                f"{'' if not out else chr(10)}--- {local_day:%A} {local_day.day} {local_day:%B %Y} ---"
            )
        out.extend(lines)
    return "\n".join(out) + "\n"


def transcript_json(chat: Chat) -> dict[str, Any]:
    """The chat as data, in the same shape as ``/sim/chats``."""
    return {
        "chat_id": chat.id,
        "messages": [message_view(message) for message in chat.messages.values()],
        "presses": [press_view(press) for press in chat.presses],
    }


def _lines_of(message: Message, who: str, zone: tzinfo) -> list[str]:
    marks = ""
    if message.edited_at is not None:
        marks += f" (edited {_clock(message.edited_at, zone)})"
    if message.deleted_at is not None:
        marks += f" (deleted {_clock(message.deleted_at, zone)})"
    text = message.text.replace("\n", "\n    ")
    lines = [f"[{_clock(message.sent_at, zone)}] {who}{marks}: {_what(message)}{text}"]
    lines.extend(
        f"    until {_clock(edit.at, zone)}: {edit.text.replace(chr(10), ' / ')}" for edit in message.edits
    )
    lines.extend("    " + " ".join(f"[{b['text']}]" for b in row) for row in message.inline_keyboard)
    return lines


def _what(message: Message) -> str:
    media = message.media
    if message.kind == "document":
        return f"(document {media['document']['file_name']}) "
    if message.kind == "sticker":
        return f"(sticker {media['sticker']['emoji']})"
    if message.kind == "location":
        return f"(location {media['location']['latitude']}, {media['location']['longitude']})"
    return {"text": "", "voice": "(voice message)", "service": "(change in the chat)"}.get(
        message.kind, f"({message.kind}) "
    )


def _clock(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%H:%M}"
