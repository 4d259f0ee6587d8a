"""What must hold in a scenario."""

from __future__ import annotations

from collections.abc import Sequence

from painbot.core.decisions import LearnerFile
from painbot.simulator.scenario_file import ScenarioFailed, Words, list_of, text_of
from painbot.simulator.scenario_stage import Stage, zone_of
from painbot.simulator.telegram_types import Message


class ScenarioChecks:
    """Checks of what one person was told and what is stored about them.

    Every public method is a verb; it raises ScenarioFailed where things are otherwise. `heard` is what
    the bot said since the last act.
    """

    def __init__(self, stage: Stage, person: int) -> None:
        self._stage = stage
        self._person = person
        self.heard: Sequence[Message] = ()

    async def _file(self) -> LearnerFile:
        file = await self._stage.file(self._person)
        if file is None:
            raise ScenarioFailed("nothing is stored about the person")
        return file

    def _shown(self) -> list[str]:
        return [str(b["text"]) for message in self.heard for row in message.inline_keyboard for b in row]

    async def bot_says(self, words: Words) -> None:
        """Every one of these stands in what the bot said since the last act."""
        said = "\n".join(message.text for message in self.heard)
        for wanted in list_of(words):
            if text_of(wanted) not in said:
                raise ScenarioFailed(f"not said: {wanted!r}")

    async def bot_does_not_say(self, words: Words) -> None:
        """None of these stands in what the bot said since the last act."""
        said = "\n".join(message.text for message in self.heard)
        for unwanted in list_of(words):
            if text_of(unwanted) in said:
                raise ScenarioFailed(f"said: {unwanted!r}")

    async def bot_is_silent(self, words: Words) -> None:
        """The bot said and changed nothing since the last act."""
        if self.heard:
            raise ScenarioFailed("the bot was not silent")

    async def bot_writes_at(self, words: Words) -> None:
        """The new messages since the last act are exactly these: `Tue 09:00 words in it`."""
        zone = await zone_of(self._stage, self._person)
        wrote = [message for message in self.heard if message.edited_at is None]
        wanted = [text_of(line) for line in list_of(words)]
        times = [f"{message.sent_at.astimezone(zone):%a %H:%M}" for message in wrote]
        fits = len(wrote) == len(wanted) and all(
            line.startswith(at) and line[len(at) :].strip() in message.text
            for line, at, message in zip(wanted, times, wrote, strict=True)
        )
        if not fits:
            found = [f"{at} {message.text[:40]!r}" for at, message in zip(times, wrote, strict=True)]
            raise ScenarioFailed(f"wanted {wanted}, found {found}")

    async def new_messages(self, words: Words) -> None:
        """The bot sent this many new messages since the last act."""
        count = sum(message.edited_at is None for message in self.heard)
        if count != int(text_of(words)):
            raise ScenarioFailed(f"{count} new messages")

    async def buttons(self, words: Words) -> None:
        """Each of these buttons stands under what the bot said since the last act."""
        shown = self._shown()
        for wanted in list_of(words):
            if text_of(wanted) not in shown:
                raise ScenarioFailed(f"no button {wanted!r} among {shown}")

    async def no_button(self, words: Words) -> None:
        """None of these buttons stands under what the bot said since the last act."""
        shown = self._shown()
        for unwanted in list_of(words):
            if text_of(unwanted) in shown:
                raise ScenarioFailed(f"there is a button {unwanted!r}")

    async def files(self, words: Words) -> None:
        """The bot sent documents whose names end so, in this order."""
        names = [
            str(m.media["document"]["file_name"])
            for m in self.heard
            if m.media is not None and "document" in m.media
        ]
        wanted = [text_of(ending) for ending in list_of(words)]
        if len(names) != len(wanted) or not all(map(str.endswith, names, wanted)):
            raise ScenarioFailed(f"found {names}")

    async def stored(self, words: Words) -> None:
        """What is kept about the person: fields of learner or enrollment, `answer SLOT`, `delivered`."""
        file = await self._file()
        now = await self._stage.controls.now()
        if not isinstance(words, dict):
            raise ScenarioFailed("needs names and values")
        for name, wanted in words.items():
            name = name.replace("TODAY", file.today(now).isoformat())
            found = _stored(file, name)
            if found != wanted:
                raise ScenarioFailed(f"{name} is {found!r}")

    async def nothing_stored(self, words: Words) -> None:
        """Nothing is kept about the person."""
        if await self._stage.file(self._person) is not None:
            raise ScenarioFailed("something is stored")

    async def next_due(self, words: Words) -> None:
        """What is due next and when, in the person's time: `Tue 2026-03-03 09:00 checkin`, or `nothing`."""
        file = await self._file()
        due_at, why = file.enrollment.due_at, file.enrollment.due_why
        found = "nothing" if due_at is None else f"{due_at.astimezone(file.zone):%a %Y-%m-%d %H:%M} {why}"
        if found != text_of(words):
            raise ScenarioFailed(f"due is {found}")


def _stored(file: LearnerFile, name: str) -> str:
    if name.startswith("answer "):
        answer = file.answers.get(name.removeprefix("answer "))
        return "" if answer is None else answer.value
    if name == "delivered":
        return ", ".join(file.deliveries)
    if name == "rest":
        rest = file.enrollment.rest
        return "" if rest is None else f"{rest.level} {rest.waits_for}"
    holder = file.enrollment if hasattr(file.enrollment, name) else file.learner
    value = getattr(holder, name)
    return "" if value is None else str(value)
