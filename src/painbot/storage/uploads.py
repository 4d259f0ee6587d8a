"""Telegram's names for pictures already uploaded."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from painbot.services.ports import UploadKey
from painbot.storage.statements import upsert
from painbot.storage.tables import uploads


class SqlUploads:
    """File ids over one open transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def file_id(self, key: UploadKey) -> str | None:
        """Return the file id that the bot got for this picture, if any."""
        found = await self._connection.execute(select(uploads.c.file_id).where(_is(key)))
        file_id: str | None = found.scalar_one_or_none()
        return file_id

    async def keep(self, key: UploadKey, file_id: str) -> None:
        """Remember a file id; the latest one stands."""
        row = {"bot_id": key.bot_id, "digest": key.digest, "kind": key.kind.value, "file_id": file_id}
        await upsert(self._connection, uploads, [row])

    async def drop(self, key: UploadKey, file_id: str) -> None:
        """Forget this file id; one that was remembered since stays."""
        await self._connection.execute(delete(uploads).where(_is(key), uploads.c.file_id == file_id))


def _is(key: UploadKey) -> ColumnElement[bool]:
    return and_(uploads.c.bot_id == key.bot_id, uploads.c.digest == key.digest, uploads.c.kind == key.kind)
