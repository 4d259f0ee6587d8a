"""The few errors a caller can act on."""

from __future__ import annotations


class PainbotError(Exception):
    """Something went wrong that the operator can mend; the text says how."""


class DatabaseBehind(PainbotError):
    """The database lacks migrations: run `painbot db upgrade`, then start again."""


class AlreadyRunning(PainbotError):
    """Another painbot already uses this database file: stop it first, or use PostgreSQL for two."""
