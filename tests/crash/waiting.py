"""Waiting for what has no event: a row, a message in a chat, a line in a log."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

LOOK_SECONDS = 0.02


async def until(true: Callable[[], Awaitable[object]], seconds: float) -> None:
    """Return when it is true; TimeoutError when it does not become so."""
    async with asyncio.timeout(seconds):
        while not await true():  # noqa: ASYNC110
            await asyncio.sleep(LOOK_SECONDS)
