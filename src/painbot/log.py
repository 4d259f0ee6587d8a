"""Logging: readable on a terminal, JSON for machines; never a learner's words, never the token."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any, TextIO

import structlog

FORBIDDEN_KEYS = frozenset({"text", "payload", "html", "answer", "value", "goal", "caption", "token", "url"})
TOKEN = re.compile(r"[0-9]{5,}:[A-Za-z0-9_-]{10,}")
"""What a bot token looks like; the settings take no other, so none gets past the log's sieve."""

HIDDEN = "[hidden]"

NOISY = (
    "aiohttp.access",
    "aiosqlite",
    "alembic",
    "apscheduler",
    "httpcore",
    "httpx",
    "sqlalchemy",
    "uvicorn",
)


def set_up_logging(log_format: str = "auto", level: str = "info", stream: TextIO | None = None) -> None:
    """Send every log line through one chain of processors to `stream` (standard error by default)."""
    out = stream or sys.stderr
    as_json = log_format == "json" or (log_format == "auto" and not out.isatty())
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        no_traceback_text,
        no_private_words,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=out.isatty())
    )
    structlog.configure(
        # What is too fine for the level ends here, before any work is done on it.
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    # These write request addresses (with the token in them) or rows at their ordinary levels.
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)


def no_private_words(_: Any, __: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Drop keys that could hold a learner's words or a secret, and hide anything shaped like a token."""
    for key in FORBIDDEN_KEYS & event.keys():
        del event[key]
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = TOKEN.sub(HIDDEN, value)
    return event


def no_traceback_text(_: Any, __: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Keep of an exception only its kind and place: its text may quote a message or an address."""
    info = event.pop("exc_info", None)
    error = info if isinstance(info, BaseException) else None
    if info is True:
        error = sys.exc_info()[1]
    elif isinstance(info, tuple) and len(info) == 3:
        error = info[1]
    if error is not None:
        event["error"] = type(error).__name__
        at = error.__traceback__
        while at is not None and at.tb_next is not None:
            at = at.tb_next
        if at is not None:
            event["where"] = f"{at.tb_frame.f_globals.get('__name__')}:{at.tb_lineno}"
    return event
