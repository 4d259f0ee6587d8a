"""Plays a persona through the course: sets up, then lives day by day, reading and answering."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, datetime, time, timedelta
from itertools import cycle
from zoneinfo import ZoneInfo

from painbot.core.asked import ANSWER
from painbot.simulator.people import People
from painbot.simulator.persona_screen import Key, Question, keys_of, open_question
from painbot.simulator.personas import Persona
from painbot.simulator.player import Player
from painbot.simulator.telegram_types import Message
from painbot.simulator.time_machine import BotControls

AFTER = timedelta(minutes=20)
"""How long after their hour people look at their phone."""

MOST_TAPS = 120
"""Taps on one message or in one sitting after which something must be wrong."""

PREFERRED = ("a-bit", "no", "none", "nothing", "0")
"""What is answered where a persona names no answer, the first of these that is on show."""

ONWARD = (
    "A new map, beside this one",
    "Choose what to work on",
    "My pain map",
    "Write my plan",
    "My flare plan",
    "Add a question",
    "Questions for a clinician",
    "None of these",
    "No",
    "Open the lesson",
    "Go on",
    "Today's small step",
    "One quick question",
    "Answer one question",
    "Start, about two minutes",
    "Done",
    "None for now",
    "Hold at …",
    "Quiet",
)
"""The ways on that everybody takes; what comes first is done first."""

LEVER = ("mp", "lv")
PLAN_LINE = ("fl", "skip")
PLAN_EXAMPLE = ("fl", "use")
CLINICIAN_ADD = ("cq", "add")
CLINICIAN_LIST = ("cq", "show")

EITHER_OR = frozenset({"ln", "sw", "kg", "qa"})
"""The verbs of buttons of which one is chosen, and the others are then left alone."""


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
        self._letters = cycle(persona.quiz_letters)
        self._given: dict[str, int] = {}
        self._clinician_questions = list(persona.asks_clinician)
        self._done: set[tuple[date, str]] = set()
        self._left_behind: set[int] = set()
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
                    await self._go_through(lessons=self._reads_on(day))

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
            labels = {key.label for key in keys_of(self._last())}
            if {"Another hour", "Yes"} <= labels:
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
        for _ in range(MOST_TAPS):
            today = (await self._controls.now()).date()
            if not await self._step(today, lessons):
                return
        raise DeadEnd(self._last().text)

    async def _step(self, today: date, lessons: bool) -> bool:
        """Do one thing in the newest message that asks something or leads on; False where none does."""
        for message in reversed(self._since_yesterday()):
            keys = keys_of(message)
            if message.id not in self._left_behind and open_question(keys) is not None:
                await self._answer(message)
                return True
            guess = next((key for key in keys if key.verb == ANSWER), None)
            if guess is not None and open_question(keys) is None and (today, guess.data) not in self._done:
                self._done.add((today, guess.data))
                await self._tap(message, guess)
                return True
            if not lessons:
                continue
            if await self._write(message, keys, today):
                return True
            key = self._chosen(keys, today)
            if key is not None:
                others = keys if key.verb in EITHER_OR else ()
                self._done.update((today, other.data) for other in others if other.verb == key.verb)
                self._done.add((today, key.data))
                await self._tap(message, key)
                return True
        return False

    def _chosen(self, keys: list[Key], today: date) -> Key | None:
        """Return the button to press of those that were not pressed today."""
        fresh = [key for key in keys if (today, key.data) not in self._done]
        if not self._clinician_questions:
            fresh = [key for key in fresh if not key.starts(*CLINICIAN_ADD)]
        quiz = [key for key in fresh if key.verb == "qa"]
        if quiz:
            letter = next(self._letters)
            return next((key for key in quiz if key.label == letter), quiz[0])
        for lever in self.persona.levers:
            for key in fresh:
                if key.starts(*LEVER, lever) and not key.ticked:
                    return key
        return next(
            (key for words in (*self.persona.prefers, *ONWARD) for key in fresh if _fits(key.label, words)),
            None,
        )

    async def _write(self, message: Message, keys: list[Key], today: date) -> bool:
        """Write a line of the flare plan or a question where the message asks for one."""
        line = next((key for key in keys if key.starts(*PLAN_LINE)), None)
        if line is not None and (today, line.data) not in self._done:
            self._done.add((today, line.data))
            own = self.persona.plan.get(line.args[1])
            example = next((key for key in keys if key.starts(*PLAN_EXAMPLE)), line)
            await (self._player.types(own) if own else self._tap(message, example))
            return True
        asked = len(keys) == 1 and keys[0].starts(*CLINICIAN_LIST) and message is self._last()
        if asked and self._clinician_questions:
            await self._player.types(self._clinician_questions.pop(0))
            return True
        return False

    def _since_yesterday(self) -> list[Message]:
        shown = self._player.people.messages(self.person_id, after_id=self._set_up_until)
        messages = [message for message in shown if message.from_bot]
        since = messages[-1].sent_at - timedelta(hours=20)
        return [message for message in messages[-14:] if message.sent_at > since]

    async def _answer(self, message: Message) -> None:
        """Answer a message's questions one after the other until it asks nothing more."""
        for _ in range(MOST_TAPS):
            question = open_question(keys_of(message))
            if question is None:
                return
            if question.is_scale and self.persona.by_typing:
                message = await self._type(message, str(next(self._numbers)))
                continue
            value = self._value(question)
            key = question.answers.get(value)
            if question.is_ticks and key is None:
                for name in value.split(","):
                    box = question.answers.get(name)
                    if box is not None and not box.ticked:
                        await self._tap(message, box)
                done = open_question(keys_of(message))
                key = done.answers.get("done") if done else None
            if key is not None:
                await self._tap(message, key)
            else:
                message = await self._type(message, value)
        raise DeadEnd(message.text)

    def _value(self, question: Question) -> str:
        """Return what the persona answers: what it names, a number on a scale, else something mild."""
        named = self.persona.answers.get(question.id)
        if named:
            turn = self._given.get(question.id, 0)
            self._given[question.id] = turn + 1
            value = named[min(turn, len(named) - 1)]
            if value != "same" or value in question.answers:
                return value
        if question.is_scale:
            return str(next(self._numbers))
        offered = [value for value in question.answers if value != "skip"]
        return next((value for value in PREFERRED if value in offered), offered[0])

    async def _type(self, message: Message, words: str) -> Message:
        """Type an answer and return the form as it then stands: anew and last, or where it was."""
        answers = [heard for heard in await self._player.types(words) if heard.id > message.id]
        if not answers:
            return message
        self._left_behind.add(message.id)
        return answers[0]

    async def _tap(self, message: Message, key: Key) -> None:
        self._player.people.press(self.person_id, message.id, position=key.place)
        await self._player.listen()


def _fits(label: str, words: str) -> bool:
    start = words.removesuffix("…")
    return label == words or (start != words and label.startswith(start))


def _clock(words: str) -> time:
    return time.fromisoformat(words)
