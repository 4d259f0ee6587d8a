"""A person at the other end, played by a script: types, taps buttons by their words, lives through days."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from painbot.simulator.people import People
from painbot.simulator.telegram_types import Message
from painbot.simulator.time_machine import BotControls


class NoSuchButton(LookupError):
    """The words of a tap fit no button on show; the error lists those that are."""


class Player:
    """One simulated person and the bot's clock, for scenarios and tests.

    `log` takes each line of the transcript as it happens.
    """

    def __init__(
        self,
        people: People,
        controls: BotControls,
        person_id: int,
        arrived: Callable[[], Awaitable[None]],
        log: Callable[[str], None] = lambda line: None,
    ) -> None:
        self.people = people
        self.controls = controls
        self.person_id = person_id
        self._arrived = arrived
        self._log = log
        self._seen: dict[int, int] = {}

    async def types(self, text: str) -> list[Message]:
        """Send a text or a command and return what the bot said or changed since."""
        self._log(f"> {text}")
        self.people.type_text(self.person_id, text)
        return await self.listen()

    async def taps(self, label: str, *, under: str = "", times: int = 1) -> list[Message]:
        """Press the newest button whose words are `label`, or begin with it.

        `under` is a piece of its message's text; `times` presses come before the bot can answer the first.
        """
        return await self.taps_at_once([label] * times, under=under)

    async def taps_at_once(self, labels: Sequence[str], *, under: str = "") -> list[Message]:
        """Press several buttons before the bot can answer the first."""
        for message, position, words in [self._find(label, under) for label in labels]:
            self._log(f"> [{words}]")
            self.people.press(self.person_id, message.id, position=position)
        return await self.listen()

    async def shares_location(self, latitude: float, longitude: float) -> list[Message]:
        """Share a place."""
        self._log("> (a location)")
        self.people.send_location(self.person_id, latitude, longitude)
        return await self.listen()

    async def waits(self, span: timedelta) -> list[Message]:
        """Let time pass, living through everything that is due on the way."""
        now = await self.controls.now()
        await self.controls.advance(now + span)
        local = (now + span).isoformat(timespec="minutes")
        self._log(f"--- {local}")
        return await self.listen()

    async def listen(self) -> list[Message]:
        """Wait until the bot is done and return its messages that are new or changed."""
        await self._arrived()
        await self.controls.settle()
        heard = [
            message
            for message in self.people.messages(self.person_id)
            if message.from_bot and self._seen.get(message.id) != message.version
        ]
        for message in heard:
            self._seen[message.id] = message.version
            changed = " (changed)" if message.edited_at else ""
            self._log("\n".join(f"  {line}" for line in message.text.splitlines()) + changed)
            for row in message.inline_keyboard:
                self._log("  " + " ".join(f"[{button['text']}]" for button in row))
        return heard

    def last(self) -> Message:
        """Return the newest message of the bot."""
        return [message for message in self.people.messages(self.person_id) if message.from_bot][-1]

    def buttons(self) -> list[str]:
        """Return the words of every button on show, newest message first."""
        return [
            str(button["text"])
            for message in reversed(self.people.messages(self.person_id))
            for row in message.inline_keyboard
            for button in row
        ]

    def _find(self, label: str, under: str) -> tuple[Message, tuple[int, int], str]:
        for exact in (True, False):
            for message in reversed(self.people.messages(self.person_id)):
                if under not in message.text:
                    continue
                for row_number, row in enumerate(message.inline_keyboard):
                    for column, button in enumerate(row):
                        words = str(button["text"])
                        if words == label or (not exact and words.startswith(label)):
                            return message, (row_number, column), words
        raise NoSuchButton(f"{label!r}; on show: {', '.join(self.buttons()[:20])}")


async def until_received(pending: Callable[[], int], tries: int = 2000) -> None:
    """Wait until the bot has fetched everything that waits for it at the simulated Telegram."""
    for _ in range(tries):
        if not pending():
            return
        await asyncio.sleep(0.002)
    raise TimeoutError("the bot did not fetch its updates")
