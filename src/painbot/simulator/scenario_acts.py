"""What the person and the world do in a scenario."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from painbot.simulator.player import Player, until_received
from painbot.simulator.scenario_file import ScenarioFailed, Words, list_of, span_of, text_of
from painbot.simulator.scenario_stage import Stage, start_over, zone_of
from painbot.simulator.telegram_types import Message


class ScenarioActs:
    """The acts of one person. Every public method is a verb; it returns what the bot said to it."""

    def __init__(self, stage: Stage, person: int, log: Callable[[str], None]) -> None:
        self._stage = stage
        self._person = person
        self._player = Player(stage.people, stage.controls, person, self._received, log)
        self._group: int | None = None

    async def _received(self) -> None:
        await until_received(lambda: len(self._stage.people.state.updates))

    async def types(self, words: Words) -> list[Message]:
        """Type a text or a command."""
        return await self._player.types(text_of(words))

    async def taps(self, words: Words) -> list[Message]:
        """Tap the newest button with these words; `{button: ..., under: ...}` names its message."""
        if isinstance(words, dict):
            return await self._player.taps(text_of(words["button"]), under=text_of(words["under"]))
        return await self._player.taps(text_of(words))

    async def taps_twice(self, words: Words) -> list[Message]:
        """Tap a button twice before the bot can answer."""
        return await self._player.taps(text_of(words), times=2)

    async def taps_all(self, words: Words) -> list[Message]:
        """Tap several buttons one after the other."""
        heard: list[Message] = []
        for label in list_of(words):
            heard += await self._player.taps(text_of(label))
        return heard

    async def taps_through(self, words: Words) -> list[Message]:
        """Tap a button for as long as the newest message has it, as when reading a lesson to its end."""
        label = text_of(words)
        heard = await self._player.taps(label)
        while any(button["text"] == label for row in self._player.last().inline_keyboard for button in row):
            heard += await self._player.taps(label)
        return heard

    async def taps_at_once(self, words: Words) -> list[Message]:
        """Tap several buttons before the bot can answer the first."""
        return await self._player.taps_at_once([text_of(label) for label in list_of(words)])

    async def shares(self, words: Words) -> list[Message]:
        """Share a location: latitude and longitude."""
        latitude, longitude = (float(text_of(number)) for number in list_of(words))
        return await self._player.shares_location(latitude, longitude)

    async def sends(self, words: Words) -> list[Message]:
        """Send a voice message, a sticker or a picture; `{picture: caption}` puts words under it."""
        people = self._stage.people
        caption = text_of(words["picture"]) if isinstance(words, dict) else ""
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
        self._stage.people.edit(self._person, own[-1].id, text_of(words))
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
        people.type_text(self._person, text_of(words), group_id=self._group)
        await self._player.listen()
        return [message for message in people.messages(self._group) if message.from_bot]

    async def advance(self, words: Words) -> list[Message]:
        """Let time pass, living through what is due on the way: `{days: 1, hours: 2}`."""
        return await self._player.waits(span_of(words))

    async def to(self, words: Words) -> list[Message]:
        """Let time pass until the person's clock shows this (`09:05`, or with a date before it)."""
        now = await self._stage.controls.now()
        zone = await zone_of(self._stage, self._person)
        day, _, clock = text_of(words).rpartition(" ")
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
        self._stage.pass_time(span_of(words))
        await self._stage.start_bot()
        return await self._player.waits(timedelta(seconds=1))

    async def restart(self, words: Words) -> list[Message]:
        """Start the bot over."""
        await start_over(self._stage)
        return await self._player.listen()

    async def consent_text_changes(self, words: Words) -> list[Message]:
        """Start the bot over with another version of the consent text."""
        await start_over(self._stage, text_of(words))
        return await self._player.listen()
