"""The time machine over HTTP: the bot's now, what comes next, and the ways to move on."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from painbot.simulator.json_http import body_of, friendly, integer_of, text_of
from painbot.simulator.people import CannotDoThat
from painbot.simulator.telegram_state import TelegramState
from painbot.simulator.time_machine import BotControls, Scheduled

FARTHEST_STEP = timedelta(days=100)

HIGHEST_ID = 2**52
"""Telegram's ids have at most 52 significant bits."""


class TimeMachineApi:
    """``/sim/time/{person}`` (GET) and ``/sim/time/{person}/advance`` (POST)."""

    def __init__(self, state: TelegramState, controls: BotControls | None) -> None:
        self.state = state
        self.controls = controls
        self._moving = asyncio.Lock()

    def routes(self) -> list[Route]:
        """The routes under ``/sim/time``; none of them without controls."""
        if self.controls is None:
            return []
        return [
            Route("/sim/time/{person_id:int}", friendly(self.show), methods=["GET"]),
            Route("/sim/time/{person_id:int}/advance", friendly(self.advance), methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """The bot's now in the learner's zone, and what is scheduled."""
        return JSONResponse(await self._view(_person_of(request)))

    async def advance(self, request: Request) -> Response:
        """Move on: ``{"next": true}``, ``{"hours": 1}``, ``{"days": 1}`` or ``{"to": "<aware ISO time>"}``.

        A day is a day of the learner's calendar: the wall clock shows the same time afterwards.
        """
        controls = self._controls()
        person_id = _person_of(request)
        body = await body_of(request)
        if self._moving.locked():
            raise CannotDoThat("the clock is moving already; wait until it has arrived")
        async with self._moving:
            await controls.settle()
            now = await controls.now()
            to = await self._target(body, person_id, now)
            if not timedelta(0) <= to - now <= FARTHEST_STEP:
                raise ValueError(f"the clock moves forward, at most {FARTHEST_STEP.days} days at once")
            await controls.advance(to)
            await controls.settle()
        return JSONResponse(await self._view(person_id))

    async def _target(self, body: dict[str, Any], person_id: int, now: datetime) -> datetime:
        if body.get("next"):
            coming = await self._coming(person_id)
            if not coming:
                raise CannotDoThat("nothing is scheduled for this learner")
            return max(coming[0].at, now)
        if "hours" in body:
            return now + timedelta(hours=integer_of(body, "hours"))
        if "days" in body:
            zone = await self._zone(person_id)
            local = now.astimezone(zone) + timedelta(days=integer_of(body, "days"))
            return local.astimezone(UTC)
        to = datetime.fromisoformat(text_of(body, "to"))
        if to.tzinfo is None:
            raise ValueError("to must carry a zone, such as +00:00")
        return to.astimezone(UTC)

    async def _view(self, person_id: int) -> dict[str, Any]:
        now = await self._controls().now()
        known_zone = await self._controls().zone(person_id)
        zone = await self._zone(person_id)
        return {
            "now": now.isoformat(),
            "local_now": _local(now, zone),
            "zone": zone.key,
            "zone_known": known_zone is not None,
            "moving": self._moving.locked(),
            "scheduled": [
                {
                    "at": item.at.isoformat(),
                    "local_at": _local(item.at, zone),
                    "what": item.what,
                    "why": item.why,
                }
                for item in await self._coming(person_id)
            ],
        }

    async def _coming(self, person_id: int) -> list[Scheduled]:
        return sorted(await self._controls().scheduled(person_id), key=lambda item: item.at)

    async def _zone(self, person_id: int) -> ZoneInfo:
        try:
            return ZoneInfo(await self._controls().zone(person_id) or "UTC")
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("UTC")

    def _controls(self) -> BotControls:
        if self.controls is None:
            raise CannotDoThat("this simulator has no time machine")
        return self.controls


def _person_of(request: Request) -> int:
    person_id: int = request.path_params["person_id"]
    if person_id > HIGHEST_ID:
        raise ValueError("nobody has an id that high")
    return person_id


def _local(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b %H:%M}"
