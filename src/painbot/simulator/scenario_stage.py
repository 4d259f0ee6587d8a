"""What a scenario is played against."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from painbot.core.decisions import LearnerFile
from painbot.simulator.people import People
from painbot.simulator.time_machine import BotControls


class Stage(Protocol):
    """The bot a scenario is played against, with its simulated Telegram."""

    @property
    def people(self) -> People:
        """The people at the other end."""
        ...

    @property
    def controls(self) -> BotControls:
        """The bot's clock."""
        ...

    async def stop_bot(self) -> None:
        """Stop the bot; the simulated Telegram lives on."""
        ...

    async def start_bot(self, consent_version: str | None = None) -> None:
        """Start the bot over with nothing but its database, perhaps with another consent text."""
        ...

    def pass_time(self, span: timedelta) -> None:
        """Move the clock while no bot runs."""
        ...

    async def file(self, chat_id: int) -> LearnerFile | None:
        """Return what is stored about a person."""
        ...


async def start_over(stage: Stage, consent_version: str | None = None) -> None:
    """Stop the bot and start it with nothing but its database."""
    await stage.stop_bot()
    await stage.start_bot(consent_version)


async def zone_of(stage: Stage, person: int) -> ZoneInfo:
    """Return the zone the bot knows a person to live in; UTC where it knows none."""
    return ZoneInfo(await stage.controls.zone(person) or "UTC")
