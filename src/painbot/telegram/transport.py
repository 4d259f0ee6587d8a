"""One outbox message as Bot API calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from telegram import Message
from telegram.constants import ParseMode
from telegram.error import TelegramError

from painbot.core.delivery import (
    Delivered,
    NotSent,
    OutboxMessage,
    Outcome,
    Rejected,
    RenderedMessage,
    Unreachable,
)
from painbot.core.ids import ChatId, MessageId, OutboxId
from painbot.core.outgoing import FileRecipe, MessageKind
from painbot.services.ports import FileMaker, NextCall, PictureStore
from painbot.telegram import parameters
from painbot.telegram.bot import LeanBot
from painbot.telegram.editing import edit
from painbot.telegram.errors import outcome_of
from painbot.telegram.pictures import PictureCalls

MAKING_ATTEMPTS = 5
"""After so many attempts, a file that still cannot be made is given up."""

UPLOADS_KEPT = 20
"""Most unfinished uploads whose documents are remembered for the next attempt."""

Document = tuple[str, bytes]
"""A file's name and its bytes."""

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass
class _Upload:
    """Documents of one message and how many of them Telegram has accepted."""

    documents: Sequence[Document]
    accepted: int = 0


class TelegramTransport:
    """Sends and edits through python-telegram-bot; every failure comes back as an outcome."""

    def __init__(self, bot: LeanBot, files: FileMaker, pictures: PictureStore) -> None:
        self._bot = bot
        self._files = files
        self._pictures = PictureCalls(bot, pictures)
        self._uploads: dict[OutboxId, _Upload] = {}

    async def send(self, message: OutboxMessage, next_call: NextCall) -> Outcome:
        """Make the calls of one message, one after another; `next_call` comes before all but the first."""
        outcome = await self._make_calls(message, next_call)
        if message.kind is MessageKind.GROUP_GOODBYE and isinstance(outcome, Delivered | Rejected):
            await next_call()
            await self._leave(message.chat_id)
        return outcome

    async def _make_calls(self, message: OutboxMessage, next_call: NextCall) -> Outcome:
        rendered = message.message
        try:
            if rendered.file is not None:
                return await self._send_documents(message, rendered.file, next_call)
            if rendered.edits is not None:
                return await edit(self._bot, message.chat_id, rendered.edits, rendered, next_call)
            if rendered.picture is not None:
                return await self._pictures.send(message, rendered.picture, next_call)
            return await self._send_text(message.chat_id, rendered)
        except Exception as error:
            # Whatever it was, the call may have been made: the outcome says so.
            return outcome_of(error, rendered.edits)

    async def acknowledge(self, callback_id: str, toast: str | None) -> None:
        """Stop a button's spinner; a press that is too old, or any other failure, is ignored."""
        try:
            await self._bot.answer_callback_query(callback_id, text=toast)
        except TelegramError as error:
            _log.debug("acknowledge_failed", error=type(error).__name__)

    async def _leave(self, chat_id: ChatId) -> None:
        """Leave a group; a failure is ignored, and so is being out of it already."""
        try:
            await self._bot.leave_chat(chat_id)
        except TelegramError as error:
            _log.info("leave_failed", error=type(error).__name__)

    async def _send_text(self, chat_id: ChatId, rendered: RenderedMessage) -> Outcome:
        sent = await self._bot.call(
            "sendMessage", parameters.text(chat_id, rendered) | parameters.markup(rendered)
        )
        return Delivered(MessageId(sent["message_id"]))

    async def _send_documents(
        self, message: OutboxMessage, recipe: FileRecipe, next_call: NextCall
    ) -> Outcome:
        upload = self._uploads.get(message.id)
        if upload is None:
            try:
                upload = _Upload(await self._files.make(message.chat_id, recipe.kind, recipe.as_of))
            except Exception as error:
                _log.error("file_not_made", outbox_id=message.id, error=type(error).__name__)
                if message.attempts + 1 >= MAKING_ATTEMPTS:
                    return Rejected("file could not be made")
                return NotSent("file could not be made")
            if len(self._uploads) >= UPLOADS_KEPT:
                del self._uploads[next(iter(self._uploads))]
            self._uploads[message.id] = upload
        outcome = await self._send_rest(message, upload, next_call)
        if isinstance(outcome, Delivered | Rejected | Unreachable):
            self._uploads.pop(message.id, None)
        return outcome

    async def _send_rest(self, message: OutboxMessage, upload: _Upload, next_call: NextCall) -> Outcome:
        """Send what Telegram has not accepted yet: the words go with the first, the buttons with the last."""
        sent: Message | None = None
        try:
            while upload.accepted < len(upload.documents):
                if sent is not None:
                    await next_call()
                name, content = upload.documents[upload.accepted]
                is_first = upload.accepted == 0
                is_last = upload.accepted == len(upload.documents) - 1
                sent = await self._bot.send_document(
                    message.chat_id,
                    content,
                    filename=name,
                    caption=message.message.html if is_first else None,
                    parse_mode=ParseMode.HTML,
                    api_kwargs=parameters.markup(message.message) if is_last else None,
                )
                upload.accepted += 1
        except TelegramError as error:
            return outcome_of(error, None)
        return Delivered(None if sent is None else MessageId(sent.message_id))
