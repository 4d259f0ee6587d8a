"""The learners of a campaign: what each does next, and a record of it that owes nothing to painbot.

Each decides by a chance of their own, drawn from the campaign's seed, and by what their chat shows.
"""

from __future__ import annotations

import random

from painbot.settings import CONSENT_VERSION
from tests.crash.seeding import FIRST_LESSON, TODAY
from tests.crash.telegram_side import ButtonGone, Json, TelegramSide

Button = tuple[int, str]
"""A message id and the data of one of its buttons."""

DANGER = "I feel numb between my legs since this morning"
NONSENSE = "The weather was grey and the bus came late, number {number}"


class Person:
    """Somebody in a chat of their own. `answers` is what must be stored for them in the end, by slot."""

    looks = True
    """Whether what the chat shows matters to them."""

    def __init__(self, chat_id: int, chance: random.Random, actions: int) -> None:
        self.chat_id = chat_id
        self.answers: dict[str, str] = {}
        self.goal: str | None = None
        self.said: list[str] = []
        """The texts whose replies must stand in the chat, in this order."""

        self.dangers = 0
        self.chance = chance
        self._actions_left = actions

    @property
    def busy(self) -> bool:
        """True while there is something left to do."""
        return self._actions_left > 0

    async def act(self, telegram: TelegramSide) -> None:
        """Do one thing, if the chat shows a reason to."""
        chat = await telegram.chat(self.chat_id) if self.looks else {}
        try:
            done = await self.act_on(chat, telegram)
        except ButtonGone:
            return
        if done:
            self._actions_left -= 1

    async def act_on(self, chat: Json, telegram: TelegramSide) -> bool:
        """Do one thing; return whether anything was done."""
        raise NotImplementedError

    async def press(self, telegram: TelegramSide, button: Button) -> None:
        """Press a button and note the answer it gives."""
        await telegram.presses(self.chat_id, *button)
        self.note(button[1])

    def note(self, data: str) -> None:
        """Note what a press on a button with this data must leave behind."""
        match data.split("|"):
            case ["1", "f", form, question, value]:
                self.answers[slot_of(form, question)] = value
            case ["1", "qa", item, option]:
                # The first answer of a day is the one that counts.
                self.answers.setdefault(f"quiz:{item}/{TODAY}", option)
            case ["1", "onb", ("age" | "duration" | "clinician" | "signs") as step, value]:
                self.answers.setdefault(f"onboarding/{step}", value)


def slot_of(form: str, question: str) -> str:
    """Return where an answer is kept: a check-in also asks what belongs to the screening and to a lesson."""
    if question.startswith("gate-"):
        return f"gate/{question}"
    if form.startswith("checkin:") and question not in ("pain", "sleep", "tried"):
        return f"lesson:{FIRST_LESSON}/{question}"
    return f"{form}/{question}"


def buttons(chat: Json, *verbs: str) -> list[Button]:
    """Return the buttons with these verbs on the newest message that has one."""
    for message in reversed(chat["messages"]):
        found = [
            (message["id"], button["data"])
            for row in message["buttons"]
            for button in row
            if button["data"] and button["data"].split("|")[1] in verbs
        ]
        if found:
            return found
    return []


class Tapper(Person):
    """Answers what the bot pushes by buttons: a check-in and changes of it, or a lesson to its end.

    Now and then the same button is tapped twice in a row.
    """

    async def act_on(self, chat: Json, telegram: TelegramSide) -> bool:
        found = buttons(chat, "f", "fc", "o", "c", "s", "q", "qa")
        if not found:
            return False
        chosen = self.chance.choice(found)
        await self.press(telegram, chosen)
        if self.chance.random() < 0.2:
            await self.press(telegram, chosen)
        return True


class Typist(Person):
    """Answers a check-in by typing two numbers, one after the other.

    Typed answers go to the question whose turn it is, so one handled twice would end up in the wrong place.
    """

    async def act_on(self, chat: Json, telegram: TelegramSide) -> bool:
        if not buttons(chat, "f"):
            return False
        question = "sleep" if f"checkin:{TODAY}/pain" in self.answers else "pain"
        number = str(self.chance.randrange(11))
        await telegram.types(self.chat_id, number)
        self.answers[f"checkin:{TODAY}/{question}"] = number
        return True


class Talker(Person):
    """Types commands, danger signs and words that nobody asked for."""

    looks = False

    async def act_on(self, chat: Json, telegram: TelegramSide) -> bool:
        kind = self.chance.choice(("/help", "/privacy", "/delete", "danger", "nonsense"))
        if kind == "danger":
            await telegram.types(self.chat_id, DANGER)
            self.dangers += 1
        elif kind == "nonsense":
            await telegram.types(self.chat_id, NONSENSE.format(number=self.chance.randrange(1000)))
            self.said.append(kind)
        else:
            await telegram.types(self.chat_id, kind)
            self.said.append(kind)
        return True


class Newcomer(Person):
    """Goes from /start through the onboarding to the first lesson's first card, at each message's pace."""

    def __init__(self, chat_id: int, chance: random.Random) -> None:
        super().__init__(chat_id, chance, actions=30)
        self._seen = -1

    async def act_on(self, chat: Json, telegram: TelegramSide) -> bool:
        if self._seen < 0:
            self._seen = 0
            await telegram.types(self.chat_id, "/start")
            return True
        fresh = [m for m in chat["messages"] if m["from"] == "bot" and m["version"] > self._seen]
        for message in sorted(fresh, key=lambda message: message["version"], reverse=True):
            offered = [b["data"] for row in message["buttons"] for b in row if b["data"]]
            wanted = [data for data in offered if data.startswith(WAYS_ON)]
            if wanted:
                self._seen = max(message["version"] for message in fresh)
                await self.press(telegram, (message["id"], self.chance.choice(wanted)))
                return True
            if self.goal is None and "1|onb|goal|skip" in offered:
                self.goal = f"walk to the river with Bo {self.chance.randrange(100_000)}"
                await telegram.types(self.chat_id, self.goal)
                return True
        if chat["keyboard"] is not None:
            await telegram.types(self.chat_id, TOWN)
            return True
        return False


TOWN = "Aberdeen, Scotland"

WAYS_ON = (
    "1|hi|stored",
    f"1|consent|{CONSENT_VERSION}",
    "1|onb|place|Europe/London",
    "1|onb|age|yes",
    "1|onb|duration|yes",
    "1|onb|clinician|yes",
    "1|onb|clinician|no",
    "1|onb|signs|none",
    "1|onb|lesson-hour|1",
    "1|onb|checkin-hour|09",
    "1|f|peg:start|",
    "1|onb|ready|start",
)
"""The buttons that lead on, whichever of them is on offer."""
