"""Interval jobs that call ticks. What is due lives in the database; this only says "look now"."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from painbot.services.error_place import place_of
from painbot.services.ports import Clock

Tick = Callable[[datetime], Awaitable[object]]

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


GRACE_SECONDS = 2.0
"""How long a stop waits for ticks under way; one cut off rolls back and finds the same things due again."""


class Clockwork:
    """Calls each tick at its interval, one run of a tick at a time, late runs folded into one."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ticking: dict[str, asyncio.Task[None]] = {}
        self._scheduler = AsyncIOScheduler(
            timezone="UTC",
            # The default grace is one second, after which a run is skipped; late is fine here.
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def every(self, interval: timedelta, name: str, tick: Tick) -> None:
        """Call `tick` with the time at the start and every `interval` from then on.

        A failing tick is logged and tried again.
        """

        async def begin() -> None:
            # The scheduler cancels its jobs when it stops, in the middle of a transaction as likely as not;
            # so the job only starts the tick.
            if name not in self._ticking:
                self._ticking[name] = asyncio.create_task(self._run(name, tick), name=name)

        # At once: what fell due while nobody was there has waited long enough.
        self._scheduler.add_job(
            begin, "interval", seconds=interval.total_seconds(), id=name, next_run_time=datetime.now(UTC)
        )

    async def _run(self, name: str, tick: Tick) -> None:
        try:
            await tick(self._clock.now())
        except Exception as error:
            _log.error("tick_failed", tick=name, error=place_of(error))
        finally:
            del self._ticking[name]

    def start(self) -> None:
        """Begin calling."""
        self._scheduler.start()

    async def stop(self) -> None:
        """Stop calling, and let the ticks under way end."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        if self._ticking:
            _, late = await asyncio.wait(self._ticking.values(), timeout=GRACE_SECONDS)
            for tick in late:
                tick.cancel()
            await asyncio.gather(*late, return_exceptions=True)
