"""Scenarios: a person's days with the bot written down in YAML, played against the real bot.

A file holds scenarios one after the other, parted by `---`. Each has a name (`scenario`), an instant at
which it starts (`starts`), perhaps a part that comes first (`first`: the name of a file in `parts/` beside
it) and its `steps`. A step is one verb with its words:

    scenario: A night owl moves the quiet hours
    starts: 2026-03-02T10:00:00+00:00
    first: enrolled
    steps:
      - types: /settings
      - taps: Lesson hour
      - bot says: [When should a lesson come?]
      - stored: {lesson_time: "11:00"}

The bot loads what it knows from its database for every step. Every few steps the whole bot is started
over as well, so that a scenario also proves that a restart at that point loses nothing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

import yaml

from painbot.core.decisions import LearnerFile
from painbot.simulator.people import People
from painbot.simulator.player import Player, until_received
from painbot.simulator.telegram_types import Message
from painbot.simulator.time_machine import BotControls

Words = str | list["Words"] | dict[str, "Words"]
"""YAML read as text, lists and mappings alone: `12:30` and `no` stay what they are."""


class ScenarioFailed(AssertionError):
    """The bot did something else than the scenario says, or the scenario cannot be played."""


@dataclass(frozen=True)
class Step:
    """One verb and its words, and where it stands."""

    verb: str
    value: Words
    where: str


@dataclass(frozen=True)
class Scenario:
    """One scenario as read. `starts` is aware."""

    name: str
    starts: datetime
    first: tuple[Step, ...]
    steps: tuple[Step, ...]


def load_scenarios(path: Path) -> list[Scenario]:
    """Read a file's scenarios. Raises ScenarioFailed for what cannot be read."""
    found: list[Scenario] = []
    for node in yaml.compose_all(path.read_text("utf-8"), Loader=yaml.BaseLoader):
        document = _plain(node)
        if not isinstance(document, dict) or not isinstance(document.get("scenario"), str):
            raise ScenarioFailed(f"{path.name}:{node.start_mark.line + 1}: no scenario")
        name, first = str(document["scenario"]), document.get("first")
        starts = datetime.fromisoformat(str(document.get("starts", "2026-03-02T10:00:00+00:00")))
        part = path.parent / "parts" / f"{first}.yaml"
        before = _steps(yaml.compose(part.read_text("utf-8"), Loader=yaml.BaseLoader), part) if first else ()
        found.append(Scenario(name, starts, before, _steps(_value_of(node, "steps"), path)))
    return found


def _steps(node: yaml.Node | None, path: Path) -> tuple[Step, ...]:
    if not isinstance(node, yaml.SequenceNode):
        raise ScenarioFailed(f"{path.name}: no steps")
    steps: list[Step] = []
    for each in node.value:
        where = f"{path.name}:{each.start_mark.line + 1}"
        words = _plain(each)
        if isinstance(words, str):
            steps.append(Step(words, "", where))
        elif isinstance(words, dict) and len(words) == 1:
            steps.extend(Step(verb, value, where) for verb, value in words.items())
        else:
            raise ScenarioFailed(f"{where}: a step is one verb with its words")
    return tuple(steps)


def _value_of(node: yaml.Node, key: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for name, value in pairs if name.value == key), None)


def _plain(node: yaml.Node) -> Words:
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each) for each in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(name.value): _plain(value) for name, value in node.value}
    return str(node.value)


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


class ScenarioPlayer:
    """Plays scenarios for one person; the bot is started over before every n-th act."""

    def __init__(
        self, stage: Stage, log: Callable[[str], None] = lambda line: None, *, restart_every: int = 1
    ) -> None:
        self._stage = stage
        self._restart_every = restart_every
        self._person = stage.people.create("Learner")
        self._player = Player(stage.people, stage.controls, self._person, self._received, log)
        self._heard: list[Message] = []
        self._group: int | None = None

    async def play(self, scenario: Scenario) -> None:
        """Play a scenario to its end. Raises ScenarioFailed at the first step that goes otherwise."""
        for step in scenario.first:
            await self._do(step)
        acts = 0
        for step in scenario.steps:
            acts += step.verb in _ACTS
            if step.verb in _ACTS and acts % self._restart_every == 0:
                await self._restart()
            await self._do(step)

    async def _do(self, step: Step) -> None:
        act, check = _ACTS.get(step.verb), _CHECKS.get(step.verb)
        try:
            if act is not None:
                self._heard = await act(self, step.value)
            elif check is not None:
                await check(self, step.value)
            else:
                raise ScenarioFailed(f"no such verb: {step.verb}")
        except (AssertionError, LookupError, ValueError) as error:
            raise ScenarioFailed(f"{step.where} {step.verb}: {error}\n{self._scene()}") from error

    def _scene(self) -> str:
        return "\n".join(f"  | {line}" for message in self._heard for line in _seen(message).splitlines())

    async def _received(self) -> None:
        await until_received(lambda: len(self._stage.people.state.updates))

    async def _restart(self, consent_version: str | None = None) -> None:
        await self._stage.stop_bot()
        await self._stage.start_bot(consent_version)

    async def _zone(self) -> ZoneInfo:
        return ZoneInfo(await self._stage.controls.zone(self._person) or "UTC")

    async def _file(self) -> LearnerFile:
        file = await self._stage.file(self._person)
        if file is None:
            raise ScenarioFailed("nothing is stored about the person")
        return file

    # -- what the person and the world do

    async def types(self, words: Words) -> list[Message]:
        """Type a text or a command."""
        return await self._player.types(_text(words))

    async def taps(self, words: Words) -> list[Message]:
        """Tap the newest button with these words; `{button: ..., under: ...}` names its message."""
        if isinstance(words, dict):
            return await self._player.taps(_text(words["button"]), under=_text(words["under"]))
        return await self._player.taps(_text(words))

    async def taps_twice(self, words: Words) -> list[Message]:
        """Tap a button twice before the bot can answer."""
        return await self._player.taps(_text(words), times=2)

    async def taps_all(self, words: Words) -> list[Message]:
        """Tap several buttons one after the other."""
        heard: list[Message] = []
        for label in _list(words):
            heard += await self._player.taps(_text(label))
        return heard

    async def taps_at_once(self, words: Words) -> list[Message]:
        """Tap several buttons before the bot can answer the first."""
        return await self._player.taps_at_once([_text(label) for label in _list(words)])

    async def shares(self, words: Words) -> list[Message]:
        """Share a location: latitude and longitude."""
        latitude, longitude = (float(_text(number)) for number in _list(words))
        return await self._player.shares_location(latitude, longitude)

    async def sends(self, words: Words) -> list[Message]:
        """Send a voice message, a sticker or a picture; `{picture: caption}` puts words under it."""
        people = self._stage.people
        caption = _text(words["picture"]) if isinstance(words, dict) else ""
        match "picture" if isinstance(words, dict) else words:
            case "voice":
                people.send_voice(self._person)
            case "sticker":
                people.send_sticker(self._person)
            case "picture":
                people.send_photo(self._person, caption)
            case other:
                raise ScenarioFailed(f"cannot send {other!r}")
        return await self._player.listen()

    async def edits(self, words: Words) -> list[Message]:
        """Change the newest text of one's own."""
        own = [
            message
            for message in self._stage.people.messages(self._person)
            if not message.from_bot and message.kind == "text"
        ]
        self._stage.people.edit(self._person, own[-1].id, _text(words))
        return await self._player.listen()

    async def blocks(self, words: Words) -> list[Message]:
        """Block the bot."""
        self._stage.people.block(self._person)
        return await self._player.listen()

    async def unblocks(self, words: Words) -> list[Message]:
        """Take the bot back."""
        self._stage.people.unblock(self._person)
        return await self._player.listen()

    async def adds_to_group(self, words: Words) -> list[Message]:
        """Put the bot in a group and say something there."""
        people = self._stage.people
        self._group = people.add_bot_to_group(self._person)
        people.type_text(self._person, _text(words), group_id=self._group)
        await self._player.listen()
        return [message for message in people.messages(self._group) if message.from_bot]

    async def advance(self, words: Words) -> list[Message]:
        """Let time pass, living through what is due on the way: `{days: 1, hours: 2}`."""
        return await self._player.waits(_span(words))

    async def to(self, words: Words) -> list[Message]:
        """Let time pass until the person's clock shows this (`09:05`, or with a date before it)."""
        now = await self._stage.controls.now()
        zone = await self._zone()
        day, _, clock = _text(words).rpartition(" ")
        local = now.astimezone(zone)
        wanted = datetime.fromisoformat(f"{day or local.date().isoformat()}T{clock}").replace(tzinfo=zone)
        if not day and wanted <= local:
            wanted += timedelta(days=1)
        if wanted.astimezone(UTC) < now:
            raise ScenarioFailed(f"{words} is over: it is {local:%Y-%m-%d %H:%M}")
        return await self._player.waits(wanted.astimezone(UTC) - now)

    async def down(self, words: Words) -> list[Message]:
        """Let the bot be away for a while and come back: `{hours: 5}`."""
        await self._stage.stop_bot()
        self._stage.pass_time(_span(words))
        await self._stage.start_bot()
        return await self._player.waits(timedelta(seconds=1))

    async def restart(self, words: Words) -> list[Message]:
        """Start the bot over."""
        await self._restart()
        return await self._player.listen()

    async def consent_text_changes(self, words: Words) -> list[Message]:
        """Start the bot over with another version of the consent text."""
        await self._restart(_text(words))
        return await self._player.listen()

    # -- what must hold

    async def bot_says(self, words: Words) -> None:
        """Every one of these stands in what the bot said since the last act."""
        said = "\n".join(message.text for message in self._heard)
        for wanted in _list(words):
            if _text(wanted) not in said:
                raise ScenarioFailed(f"not said: {wanted!r}")

    async def bot_does_not_say(self, words: Words) -> None:
        """None of these stands in what the bot said since the last act."""
        said = "\n".join(message.text for message in self._heard)
        for unwanted in _list(words):
            if _text(unwanted) in said:
                raise ScenarioFailed(f"said: {unwanted!r}")

    async def bot_is_silent(self, words: Words) -> None:
        """The bot said and changed nothing since the last act."""
        if self._heard:
            raise ScenarioFailed("the bot was not silent")

    async def bot_writes_at(self, words: Words) -> None:
        """The new messages since the last act are exactly these: `Tue 09:00 words in it`."""
        zone = await self._zone()
        wrote = [message for message in self._heard if message.edited_at is None]
        wanted = [_text(line) for line in _list(words)]
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
        count = sum(message.edited_at is None for message in self._heard)
        if count != int(_text(words)):
            raise ScenarioFailed(f"{count} new messages")

    async def buttons(self, words: Words) -> None:
        """Each of these buttons stands under what the bot said since the last act."""
        shown = [str(b["text"]) for message in self._heard for row in message.inline_keyboard for b in row]
        for wanted in _list(words):
            if _text(wanted) not in shown:
                raise ScenarioFailed(f"no button {wanted!r} among {shown}")

    async def no_button(self, words: Words) -> None:
        """None of these buttons stands under what the bot said since the last act."""
        shown = [str(b["text"]) for message in self._heard for row in message.inline_keyboard for b in row]
        for unwanted in _list(words):
            if _text(unwanted) in shown:
                raise ScenarioFailed(f"there is a button {unwanted!r}")

    async def files(self, words: Words) -> None:
        """The bot sent documents whose names end so, in this order."""
        names = [
            str(m.media["document"]["file_name"])
            for m in self._heard
            if m.media is not None and "document" in m.media
        ]
        wanted = [_text(ending) for ending in _list(words)]
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
        if found != _text(words):
            raise ScenarioFailed(f"due is {found}")


def _text(words: Words) -> str:
    if not isinstance(words, str):
        raise ScenarioFailed(f"needs one text, not {words!r}")
    return words


def _list(words: Words) -> list[Words]:
    return words if isinstance(words, list) else [words]


def _span(words: Words) -> timedelta:
    if not isinstance(words, dict):
        raise ScenarioFailed("needs a length such as {days: 1}")
    return timedelta(**{unit: float(_text(number)) for unit, number in words.items()})


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


def _seen(message: Message) -> str:
    rows = [" ".join(f"[{button['text']}]" for button in row) for row in message.inline_keyboard]
    return "\n".join([message.text, *rows])


Act = Callable[[ScenarioPlayer, Words], Awaitable[list[Message]]]
Check = Callable[[ScenarioPlayer, Words], Awaitable[None]]


_ACT_METHODS: tuple[Act, ...] = (
    ScenarioPlayer.types,
    ScenarioPlayer.taps,
    ScenarioPlayer.taps_twice,
    ScenarioPlayer.taps_all,
    ScenarioPlayer.taps_at_once,
    ScenarioPlayer.shares,
    ScenarioPlayer.sends,
    ScenarioPlayer.edits,
    ScenarioPlayer.blocks,
    ScenarioPlayer.unblocks,
    ScenarioPlayer.adds_to_group,
    ScenarioPlayer.advance,
    ScenarioPlayer.to,
    ScenarioPlayer.down,
    ScenarioPlayer.restart,
    ScenarioPlayer.consent_text_changes,
)
_CHECK_METHODS: tuple[Check, ...] = (
    ScenarioPlayer.bot_says,
    ScenarioPlayer.bot_does_not_say,
    ScenarioPlayer.bot_is_silent,
    ScenarioPlayer.bot_writes_at,
    ScenarioPlayer.new_messages,
    ScenarioPlayer.buttons,
    ScenarioPlayer.no_button,
    ScenarioPlayer.files,
    ScenarioPlayer.stored,
    ScenarioPlayer.nothing_stored,
    ScenarioPlayer.next_due,
)
_ACTS: Mapping[str, Act] = {act.__name__.replace("_", " "): act for act in _ACT_METHODS}
_CHECKS: Mapping[str, Check] = {check.__name__.replace("_", " "): check for check in _CHECK_METHODS}
