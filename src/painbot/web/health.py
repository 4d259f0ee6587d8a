"""Health for whoever watches over the process: is it alive, and can it do its work?"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from painbot.services.error_place import place_of

READY_WITHIN_SECONDS = 5.0

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Readiness:
    """Whether the process can do its work, what was looked at, and whether it leads or follows."""

    ready: bool
    role: str
    """"leader" or "follower"."""

    checks: Mapping[str, str] = field(default_factory=dict)
    """What each check found, by its name, such as "database": "ok"."""


CheckReadiness = Callable[[], Awaitable[Readiness]]


class Health:
    """Answers /health/live and /health/ready."""

    def __init__(self, check: CheckReadiness) -> None:
        self._check = check

    async def live(self, request: Request) -> Response:
        """Answer 200: the event loop turns."""
        return JSONResponse({"status": "ok"})

    async def ready(self, request: Request) -> Response:
        """Answer 200 when all checks pass, else 503; both with what was found."""
        try:
            async with asyncio.timeout(READY_WITHIN_SECONDS):
                found = await self._check()
        except Exception as error:
            _log.warning("readiness_check_failed", error=place_of(error))
            return JSONResponse({"status": "unavailable"}, status_code=503)
        return JSONResponse(
            {
                "status": "ok" if found.ready else "unavailable",
                "role": found.role,
                "checks": dict(found.checks),
            },
            status_code=200 if found.ready else 503,
        )
