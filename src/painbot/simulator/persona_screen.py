"""What a persona sees under a message: its buttons, and the question that is open."""

from __future__ import annotations

from dataclasses import dataclass

from painbot.core.asked import ANSWER, SKIPPED, TOGGLE
from painbot.rendering.callback_data import decode
from painbot.simulator.telegram_types import Message

TICK = "✓"


@dataclass(frozen=True)
class Key:
    """A button: its words, where it stands (row, column), and what it does."""

    label: str
    place: tuple[int, int]
    data: str
    verb: str
    args: tuple[str, ...]

    @property
    def ticked(self) -> bool:
        """Whether it stands for something already chosen."""
        return self.label.startswith(TICK)

    def starts(self, verb: str, *args: str) -> bool:
        """Say whether it does this, whatever else it carries."""
        return self.verb == verb and self.args[: len(args)] == args


@dataclass(frozen=True)
class Question:
    """A question that waits for an answer: its id, and the button of each answer by its value."""

    id: str
    answers: dict[str, Key]

    @property
    def is_scale(self) -> bool:
        """Whether a number from 0 to 10 is asked for."""
        return {"0", "10"} <= set(self.answers)

    @property
    def is_ticks(self) -> bool:
        """Whether several answers may be ticked."""
        return any(key.verb == TOGGLE for key in self.answers.values())


def keys_of(message: Message) -> list[Key]:
    """Return the buttons the bot hears of; links are not among them."""
    found: list[Key] = []
    for row, buttons in enumerate(message.inline_keyboard):
        for column, button in enumerate(buttons):
            action = decode(str(button.get("callback_data", "")))
            if action is not None:
                label, data = str(button["text"]), str(button["callback_data"])
                found.append(Key(label, (row, column), data, action.verb, action.args))
    return found


def open_question(keys: list[Key]) -> Question | None:
    """Return the question these buttons ask; every question can be skipped, and so is known."""
    skip = next((key for key in keys if key.verb == ANSWER and key.args[2:] == (SKIPPED,)), None)
    if skip is None:
        return None
    answers = {
        key.args[2]: key for key in keys if key.verb in (ANSWER, TOGGLE) and key.args[:2] == skip.args[:2]
    }
    return Question(skip.args[1], answers)
