"""What a database says when it cannot be used, in words that name no password and no learner."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
from sqlalchemy.exc import SQLAlchemyError

from painbot.core.errors import PainbotError
from painbot.storage.engine import create_engine, driver_url, sqlite_path

UNREACHABLE = (OSError, SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError)
"""What connecting to a database, or using it, may raise."""


@contextmanager
def told_plainly(url: str, look_at: str = "PAINBOT_DATABASE_URL") -> Iterator[None]:
    """Turn a database's own errors into a PainbotError that says what to do: to look at this setting."""
    try:
        yield
    except UNREACHABLE as error:
        raise PainbotError(f"{database_fault(url, error)} Look at {look_at}.") from None


def refuse_missing(url: str) -> None:
    """Raise PainbotError where an SQLite file is not there: connecting would make an empty one."""
    path = sqlite_path(create_engine(url, pooled=False))
    if path is not None and not path.is_file():
        raise PainbotError(
            f"There is no database at {path}. Look at PAINBOT_DATABASE_URL, and at the folder you are in."
        )


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
