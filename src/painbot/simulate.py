"""Where scenarios and personas play: the real bot, a simulated Telegram, a clock that starts when asked."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from tempfile import TemporaryDirectory

from painbot.core.decisions import LearnerFile
from painbot.core.ids import ChatId
from painbot.settings import trial_settings
from painbot.simulator.people import People
from painbot.simulator.persona_player import PersonaPlayer
from painbot.simulator.personas import Persona
from painbot.simulator.player import until_received
from painbot.simulator.server import SimulatedTelegram
from painbot.simulator.telegram_types import Chat
from painbot.simulator.time_machine import BotControls, MovableClock
from painbot.simulator.transcript import transcript_text
from painbot.trial import Trial, start_trial


class TrialStage:
    """A trial as the stage of a scenario."""

    def __init__(self, trial: Trial) -> None:
        self._trial = trial

    @property
    def telegram(self) -> SimulatedTelegram:
        """The simulated Telegram, with its faults."""
        return self._trial.telegram

    @property
    def people(self) -> People:
        """The people at the other end."""
        return self._trial.telegram.people

    @property
    def controls(self) -> BotControls:
        """The bot's clock."""
        return self._trial.controls

    async def stop_bot(self) -> None:
        """Stop the bot; the simulated Telegram lives on."""
        await self._trial.stop_bot()

    async def start_bot(self, consent_version: str | None = None) -> None:
        """Start the bot over with nothing but its database, perhaps with another consent text."""
        changes = {} if consent_version is None else {"consent_version": consent_version}
        await self._trial.start_bot(**changes)

    def pass_time(self, span: timedelta) -> None:
        """Move the clock while no bot runs."""
        clock = self._trial.clock
        clock.advance(clock.now() + span)

    async def file(self, chat_id: int) -> LearnerFile | None:
        """Return what is stored about a person."""
        async with self._trial.engine.storage.begin() as uow:
            return await uow.learners.file(ChatId(chat_id), self._trial.clock.now())


@asynccontextmanager
async def stage(database_url: str, starts: datetime) -> AsyncIterator[TrialStage]:
    """Run the bot on a stage whose clock starts at an instant (aware) and runs on by itself."""
    began = time.monotonic()

    def now() -> datetime:
        return starts + timedelta(seconds=time.monotonic() - began)

    # Weeks pass in seconds here: Telegram's limit of messages a second would be most of the waiting.
    settings = trial_settings(database_url).model_copy(update={"sends_per_second": 0})
    trial = await start_trial(settings, clock=MovableClock(real_now=now))
    try:
        yield TrialStage(trial)
    finally:
        await trial.stop()


@dataclass(frozen=True)
class Life:
    """What is left of some weeks with the course: the chat, and what is stored about the person."""

    chat: Chat
    file: LearnerFile

    @property
    def transcript(self) -> str:
        """The chat in plain text, with the person's local times."""
        return transcript_text(self.chat, self.file.zone, "painbot")


async def live(persona: Persona, days: int, starts: datetime) -> Life:
    """Play a persona through this many course days."""
    with TemporaryDirectory(prefix="painbot-") as folder:
        async with stage(f"sqlite:///{folder}/simulated.db", starts) as set_up:
            people = set_up.people

            async def arrived() -> None:
                await until_received(lambda: len(people.state.updates))

            player = PersonaPlayer(persona, people, set_up.controls, arrived)
            await player.play(days)
            file = await set_up.file(player.person_id)
            if file is None:
                raise LookupError("nothing is stored about the persona who has just played")
            return Life(people.state.chats[player.person_id], file)


def lived(persona: Persona, days: int, starts: datetime) -> Life:
    """Play a persona from outside any event loop, such as in a process of its own."""
    return asyncio.run(live(persona, days, starts))
