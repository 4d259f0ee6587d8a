"""Plays a persona through the course: sets up, then lives day by day, reading and answering."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from itertools import cycle
from zoneinfo import ZoneInfo

from painbot.simulator.people import People
from painbot.simulator.personas import Persona
from painbot.simulator.player import Player
from painbot.simulator.telegram_types import Message
from painbot.simulator.time_machine import BotControls

AFTER = timedelta(minutes=20)
"""How long after their hour people look at their phone."""

MOST_TAPS = 60
"""Taps on one message or lesson after which something must be wrong."""

PREFERRED = ("A bit", "No", "None of these", "Not at all", "Yes")
"""What is answered where no number is asked for, the first of these that is on show."""

ONWARD = (
    "Open the lesson",
    "Go on",
    "Today's small step",
    "One quick question",
    "Start, about two minutes",
    "Done",
)


class DeadEnd(RuntimeError):
    """The conversation went on and on, or nothing on show led further."""


class PersonaPlayer:
    """One persona in one chat."""

    def __init__(
        self,
        persona: Persona,
        people: People,
        controls: BotControls,
        arrived: Callable[[], Awaitable[None]],
    ) -> None:
        self.persona = persona
        self.person_id = people.create(persona.name.title())
        self._player = Player(people, controls, self.person_id, arrived)
        self._controls = controls
        self._numbers = cycle(persona.numbers)
        self._set_up_until = 0

    async def play(self, days: int) -> None:
        """Set up on day 0 and live this many course days."""
        await self._set_up()
        await self._go_through()
        for day in range(1, days + 1):
            if day > 1:
                await self._until(_clock(self.persona.checkin_hour), next_day=True)
                if day not in self.persona.away:
                    await self._go_through(lessons=False)
            await self._until(_clock(self.persona.lesson_hour))
            if day not in self.persona.away:
                await self._go_through(lessons=self._reads_on(day))
                for text in self.persona.types.get(day, ()):
                    await self._player.types(text)

    def _reads_on(self, day: int) -> bool:
        return self.persona.reads_only is None or day in self.persona.reads_only

    async def _set_up(self) -> None:
        persona, player = self.persona, self._player
        await player.types("/start")
        await player.taps("What will be stored")
        await player.taps("Yes, I agree")
        await player.types(persona.place)
        await player.taps(persona.place.partition(",")[0] if "I know more" in self._last().text else "Yes")
        for label in ("Yes, 18 or over", "Yes", "Yes", "None of these"):
            await player.taps(label)
        for hour in (persona.lesson_hour, persona.checkin_hour):
            await player.types(hour)
            if "Another hour" in _labels(self._last()) and "Yes" in _labels(self._last()):
                await player.taps("Yes")
            if "quiet hours" in self._last().text:
                await player.taps("Move the quiet hours")
        await (player.types(persona.goal) if persona.goal else player.taps("Skip"))
        await self._answer(self._last())
        self._set_up_until = self._last().id
        await player.taps("Open day 1")
        if persona.gentle:
            await player.types("/slower")

    def _last(self) -> Message:
        return self._player.last()

    async def _until(self, at: time, next_day: bool = False) -> None:
        now = await self._controls.now()
        zone = ZoneInfo(await self._controls.zone(self.person_id) or "UTC")
        day = now.astimezone(zone).date() + timedelta(days=int(next_day))
        wanted = datetime.combine(day, at, tzinfo=zone) + AFTER
        if wanted > now:
            await self._player.waits(wanted - now)

    async def _go_through(self, lessons: bool = True) -> None:
        """Answer what is asked, and read what waits, until nothing on show leads further."""
        done: set[tuple[int, str]] = set()
        for _ in range(MOST_TAPS):
            step = self._next_step(done, lessons)
            if step is None:
                return
            message, label = step
            done.add((message.id, label))
            await (self._answer(message) if label == "" else self._tap(message, label))
        raise DeadEnd(self._last().text)

    def _next_step(self, done: set[tuple[int, str]], lessons: bool) -> tuple[Message, str] | None:
        """Find the newest message of the bot that asks something or leads on, and was not dealt with."""
        for message in reversed(self._since_yesterday()):
            labels = _labels(message)
            onward = [label for label in ONWARD if label in labels] if lessons else []
            if self.persona.quiz_letter in labels and (message.id, self.persona.quiz_letter) not in done:
                return (message, self.persona.quiz_letter) if lessons else None
            if "Skip" in labels and (message.id, "") not in done:
                return message, ""
            for label in onward:
                if (message.id, label) not in done:
                    return message, label
        return None

    def _since_yesterday(self) -> list[Message]:
        shown = self._player.people.messages(self.person_id, after_id=self._set_up_until)
        messages = [message for message in shown if message.from_bot]
        since = messages[-1].sent_at - timedelta(hours=20)
        return [message for message in messages[-12:] if message.sent_at > since]

    async def _answer(self, message: Message) -> None:
        """Answer a message's questions one after the other until it asks nothing more."""
        for _ in range(MOST_TAPS):
            labels = _labels(message)
            if "Skip" not in labels:
                return
            if "10" in labels:
                number = str(next(self._numbers))
                if self.persona.by_typing:
                    await self._player.types(number)
                    message = self._form_like(message)
                    continue
                await self._tap(message, number)
            else:
                await self._tap(message, next((label for label in PREFERRED if label in labels), labels[0]))
        raise DeadEnd(message.text)

    def _form_like(self, message: Message) -> Message:
        """A typed answer is met with the form anew: go on in the newest one."""
        last = self._last()
        return last if last.id > message.id else message

    async def _tap(self, message: Message, label: str) -> None:
        rows = message.inline_keyboard
        place = next((r, c) for r, row in enumerate(rows) for c, b in enumerate(row) if b["text"] == label)
        self._player.people.press(self.person_id, message.id, position=place)
        await self._player.listen()


def _labels(message: Message) -> list[str]:
    return [str(button["text"]) for row in message.inline_keyboard for button in row]


def _clock(words: str) -> time:
    return time.fromisoformat(words)
