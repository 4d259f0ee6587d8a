"""Changing the words of a message already sent: its text, or what stands under its picture."""

from __future__ import annotations

from typing import Final

from telegram.error import BadRequest

from painbot.core.delivery import Delivered, EditTargetGone, Outcome, RenderedMessage
from painbot.core.ids import ChatId, MessageId
from painbot.services.ports import NextCall
from painbot.telegram import parameters
from painbot.telegram.bot import LeanBot
from painbot.telegram.errors import CAPTION_TOO_LONG, NO_CAPTION, NO_TEXT
from painbot.telegram.pictures import in_words, with_describe

_TEXT: Final = "editMessageText"
_CAPTION: Final = "editMessageCaption"
_OTHER: Final = {NO_TEXT: _CAPTION, NO_CAPTION: _TEXT}


async def edit(
    bot: LeanBot, chat_id: ChatId, edits: MessageId, rendered: RenderedMessage, next_call: NextCall
) -> Outcome:
    """Change a message; raises the library's errors.

    Whether it stands under a picture only Telegram knows for sure: a picture may have gone out in words,
    and old messages may have had none. What does not fit under a picture goes out as a new message.
    """
    method = _TEXT if rendered.picture is None else _CAPTION
    try:
        await bot.call(method, _parameters(method, chat_id, edits, rendered))
    except BadRequest as error:
        other = next((way for phrase, way in _OTHER.items() if phrase in error.message.lower()), None)
        if other is None:
            raise
    else:
        return Delivered(edits)
    await next_call()
    try:
        await bot.call(other, _parameters(other, chat_id, edits, rendered))
    except BadRequest as error:
        if any(phrase in error.message.lower() for phrase in CAPTION_TOO_LONG):
            return EditTargetGone()
        raise
    return Delivered(edits)


def _parameters(
    method: str, chat_id: ChatId, edits: MessageId, rendered: RenderedMessage
) -> parameters.Parameters:
    if method == _CAPTION:
        shown = with_describe(rendered)
        words = parameters.caption(chat_id, shown)
    else:
        shown = rendered if rendered.picture is None else in_words(rendered, rendered.picture)
        words = parameters.text(chat_id, shown)
    return {"message_id": edits, **words, **parameters.inline(shown)}
