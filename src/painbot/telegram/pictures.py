"""Messages with a picture as Bot API calls: uploaded once, named by its file id from then on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import structlog
from telegram import InputFile
from telegram.error import BadRequest

from painbot.core.delivery import (
    Delivered,
    OutboxMessage,
    Outcome,
    PictureFile,
    PictureKind,
    PictureRecipe,
    Rejected,
    RenderedMessage,
)
from painbot.core.ids import MessageId
from painbot.services.ports import NextCall, PictureStore
from painbot.telegram import parameters
from painbot.telegram.bot import LeanBot
from painbot.telegram.errors import file_id_refused, outcome_of

_METHODS: Final = {PictureKind.PHOTO: "sendPhoto", PictureKind.ANIMATION: "sendAnimation"}

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class PictureCalls:
    """Sends pictures. One that cannot be sent goes out in words, so that the message is never lost."""

    def __init__(self, bot: LeanBot, store: PictureStore) -> None:
        self._bot = bot
        self._store = store

    async def send(self, message: OutboxMessage, recipe: PictureRecipe, next_call: NextCall) -> Outcome:
        """Send a message with its picture; `next_call` comes before every call but the first."""
        picture = self._store.find(recipe)
        if picture is None:
            _log.warning("picture_missing", outbox_id=message.id, picture=recipe.name)
            return await self._send_in_words(message, recipe)
        try:
            return await self._send(message, picture, with_describe(message.message), next_call)
        except Exception as error:
            outcome = outcome_of(error, None)
        if not isinstance(outcome, Rejected):
            return outcome
        _log.warning("picture_refused", outbox_id=message.id, picture=recipe.name, reason=outcome.reason)
        await next_call()
        return await self._send_in_words(message, recipe)

    async def _send(
        self, message: OutboxMessage, picture: PictureFile, rendered: RenderedMessage, next_call: NextCall
    ) -> Outcome:
        words = parameters.caption(message.chat_id, rendered) | parameters.markup(rendered)
        method, field = _METHODS[picture.kind], picture.kind.value
        file_id = await self._store.file_id(self._bot.id, picture)
        if file_id is not None:
            try:
                sent = await self._bot.call(method, {field: file_id, **words})
            except BadRequest as error:
                if not file_id_refused(error):
                    raise
            else:
                return Delivered(MessageId(sent["message_id"]))
            await self._store.refused(self._bot.id, picture, file_id)
            await next_call()
        upload = InputFile(picture.content, filename=picture.file_name)
        sent = await self._bot.call(method, {field: upload, **words})
        if given := _file_id_in(sent, picture.kind):
            await self._store.uploaded(self._bot.id, picture, given)
        return Delivered(MessageId(sent["message_id"]))

    async def _send_in_words(self, message: OutboxMessage, recipe: PictureRecipe) -> Outcome:
        rendered = in_words(message.message, recipe)
        words = parameters.text(message.chat_id, rendered) | parameters.markup(rendered)
        try:
            sent = await self._bot.call("sendMessage", words)
        except Exception as error:
            return outcome_of(error, None)
        return Delivered(MessageId(sent["message_id"]))


def with_describe(rendered: RenderedMessage) -> RenderedMessage:
    """Return a message with the button that says what its picture shows; unchanged without a picture."""
    if rendered.picture is None:
        return rendered
    return replace(rendered, buttons=(*rendered.buttons, (rendered.picture.describe,)))


def in_words(rendered: RenderedMessage, recipe: PictureRecipe) -> RenderedMessage:
    """Return a message that says in words what its picture would have shown."""
    html = f"{rendered.html}\n\n{recipe.in_words}" if rendered.html else recipe.in_words
    return replace(rendered, html=html, picture=None)


def _file_id_in(sent: dict[str, Any], kind: PictureKind) -> str | None:
    """Return the file id of what was sent; of a photo's sizes the last is the largest."""
    media = sent.get(kind.value)
    if isinstance(media, list):
        media = media[-1] if media else None
    return media.get("file_id") if isinstance(media, dict) else None
