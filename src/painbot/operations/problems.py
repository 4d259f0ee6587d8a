"""What a database says when it cannot be used, in words that name no password and no learner."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
from sqlalchemy.exc import SQLAlchemyError

from painbot.core.errors import PainbotError
from painbot.settings import Settings
from painbot.storage.engine import driver_url

UNREACHABLE = (OSError, SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError)
"""What connecting to a database, or using it, may raise."""


@contextmanager
def told_plainly(settings: Settings) -> Iterator[None]:
    """Turn a database's own errors into a PainbotError that says what to do."""
    try:
        yield
    except UNREACHABLE as error:
        raise PainbotError(database_fault(settings.database_url, error)) from None


def database_fault(url: str, error: BaseException) -> str:
    """Say in one line why the database cannot be used; the password is never part of it."""
    place = (
        driver_url(url).render_as_string(hide_password=True).replace("+aiosqlite", "").replace("+asyncpg", "")
    )
    cause = getattr(error, "orig", None) or error
    return f"The database {place} cannot be used: {_first_line(cause)}."


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__
