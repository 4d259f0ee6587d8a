"""The keys an erasure ledger may have been written with, and a way to compare them unseen."""

from __future__ import annotations

import hashlib
import hmac

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from painbot.settings import Settings
from painbot.storage.tables import instance

KEY_ROW = "erasure_key"
"""Where an instance without PAINBOT_ERASURE_KEY keeps the key it made for itself."""


def key_from_settings(settings: Settings) -> bytes | None:
    """Return the operator's own key, or nothing when the instance makes one."""
    return settings.erasure_key.get_secret_value().encode() if settings.erasure_key else None


async def stored_key(connection: AsyncConnection) -> bytes | None:
    """Return the key kept in the database, or nothing when none was needed yet."""
    found = await connection.execute(select(instance.c.value).where(instance.c.key == KEY_ROW))
    value = found.scalar_one_or_none()
    return None if value is None else bytes.fromhex(value)


def key_name(key: bytes | None) -> str | None:
    """Return a name for a key that tells two keys apart and says nothing about either."""
    return None if key is None else hmac.new(key, b"painbot erasure ledger", hashlib.sha256).hexdigest()
