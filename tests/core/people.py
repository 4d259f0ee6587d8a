"""A made-up course and a learner to decide about, without a database or a bot."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count

import painbot.understanding as understanding
from painbot.core import consent, onboarding
from painbot.core.commands import Command, Pressed, Slash, Typed
from painbot.core.course import (
    Card,
    Choice,
    Course,
    Item,
    ItemKind,
    Question,
    Quiz,
    QuizOption,
    TinyAction,
    Week,
)
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.delivery import RenderedMessage
from painbot.core.dialogue import decide, unreachable
from painbot.core.enrollment import Enrollment, EnrollmentStatus, Learner
from painbot.core.ids import ChatId, CourseId, EnrollmentId, ItemId, LearnerId, MessageId, QuestionId
from painbot.core.outgoing import Outgoing
from painbot.core.planning import replanned
from painbot.core.resting import with_rest
from painbot.core.ticking import tick
from painbot.rendering.callback_data import decode
from painbot.rendering.catalog import catalog
from painbot.rendering.messages import Rendering
from painbot.safety import SafetyNet, load_safety_net

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)

CONSENT = "test-1"


def lesson(item_id: str, *, question: Question | None = None, cards: int = 2) -> Item:
    options = (
        QuizOption("a", "The first answer", "Many people think so.", correct=False),
        QuizOption("b", "The second answer", "Yes.", correct=True),
    )
    return Item(
        ItemId(item_id),
        ItemKind.LESSON,
        f"Lesson {item_id}",
        tuple(Card(f"card-{number}", f"Card {number} of {item_id}.") for number in range(cards)),
        why=Card("why", "A little deeper."),
        action=TinyAction("Do something small.", "Think of it."),
        quiz=Quiz("What is it?", options, again="And what was it?"),
        question=question,
    )


def practice(item_id: str) -> Item:
    return Item(
        ItemId(item_id),
        ItemKind.PRACTICE,
        f"Practice {item_id}",
        (Card("day", "Move a little."),),
        action=TinyAction("Move.", "Think of moving."),
        recalls=1,
    )


def check(item_id: str) -> Item:
    measures = ("peg", "confidence", "harm", "phq4")
    return Item(
        ItemId(item_id), ItemKind.CHECK, "A check day", (Card("day", "A few numbers."),), measures=measures,
        recalls=2, closing="That was a week.",
    )  # fmt: skip


def course(*weeks: tuple[Item, ...]) -> Course:
    numbered = tuple(Week(number, "theme", items) for number, items in enumerate(weeks, start=1))
    return Course(CourseId("made-up"), "A made-up course", "en", "1", numbered)


SCALE = Question(QuestionId("sure"), "How sure are you?", low="not", high="fully")
PICK = Question(QuestionId("pick"), "Which one?", (Choice("one", "One"), Choice("two", "Two")))
COURSE = course(
    (
        lesson("l-1", question=SCALE),
        practice("p-1"),
        lesson("l-2"),
        lesson("l-3", question=PICK),
        check("c-1"),
    ),
    (lesson("l-4", cards=1), practice("p-2"), check("c-2")),
)


@cache
def safety_net() -> SafetyNet:
    return load_safety_net()


RENDERING = Rendering(catalog("en"))


def surroundings(now: datetime, the_course: Course = COURSE, consent_version: str = CONSENT) -> Surroundings:
    return Surroundings(
        course=the_course,
        now=now,
        operator_name="A clinic",
        contact="clinic@example.org",
        consent_version=consent_version,
        read=understanding,
        words=RENDERING.text,
        safety=safety_net(),
    )


class NoSuchButton(LookupError):
    """The words of a tap fit no button seen so far."""


class Person:
    """One learner's file and clock: what they do is decided, what is due is ticked, all is rendered."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now
        self.course = COURSE
        self.consent_version = CONSENT
        learner = Learner(LearnerId(1), ChatId(7), now)
        enrollment = Enrollment(
            EnrollmentId(1), LearnerId(1), CourseId("made-up"), EnrollmentStatus.ONBOARDING, now
        )
        self.file = LearnerFile(learner, enrollment)
        self.erased = False
        self.said: list[RenderedMessage] = []
        self.buttons: list[tuple[str, str, MessageId]] = []
        self._ids = count(1)
        agreed = consent.agreed(self.file, self.around())
        self._take(onboarding.begin(agreed, self.around()))

    def around(self) -> Surroundings:
        return surroundings(self.now, self.course, self.consent_version)

    def does(self, command: Command) -> Decision:
        """Do one thing, as the services would handle it; words with a danger sign end with its card."""
        around = self.around()
        finding = around.safety.triage(command.text) if isinstance(command, Typed) else None
        if finding is not None:
            rested = replanned(with_rest(self.file, finding, around), self.course, self.now)
            decision = Decision(rested, toast="already-here")
        else:
            decision = decide(self.file, command, around)
        return self._take(decision)

    def types(self, text: str) -> Decision:
        name, _, rest = text.removeprefix("/").partition(" ")
        return self.does(Slash(name, rest) if text.startswith("/") else Typed(text))

    def taps(self, label: str) -> Decision:
        """Press the newest button seen with these words, or beginning with them."""
        for exact in (True, False):
            for words, data, message_id in reversed(self.buttons):
                if words == label or (not exact and words.startswith(label)):
                    return self.does(Pressed(decode(data), message_id))
        raise NoSuchButton(f"{label!r} among {[words for words, *_ in self.buttons[-30:]]}")

    def tick(self) -> Decision:
        decision = tick(self.file, self.around())
        return self._take(decision)

    def waits(self, span: timedelta) -> list[Outgoing]:
        """Live through everything due in this time; return what was said of the bot's own accord."""
        until, said = self.now + span, []
        while (due_at := self.file.enrollment.due_at) is not None and due_at <= until:
            self.now = max(self.now, due_at)
            said.extend(self.tick().outgoing)
        self.now = until
        return said

    def is_blocked(self) -> None:
        self.file = unreachable(self.file, self.around())

    def rewritten(self, **changes: object) -> None:
        """Change the enrollment behind the conversation's back."""
        self.file = replace(self.file, enrollment=replace(self.file.enrollment, **changes))  # type: ignore[arg-type]

    @property
    def words(self) -> str:
        """What was said last."""
        return self.said[-1].html if self.said else ""

    def _take(self, decision: Decision) -> Decision:
        self.file, self.erased = decision.file, decision.erase
        for outgoing in decision.outgoing:
            rendered = RENDERING.render(outgoing)
            message_id = outgoing.edits or MessageId(next(self._ids))
            if outgoing.edits is not None:
                self.buttons = [button for button in self.buttons if button[2] != outgoing.edits]
            self.buttons += [
                (label, data, message_id)
                for row in rendered.buttons
                for label, data in row
                if not data.startswith("https://")
            ]
            self.said.append(rendered)
        if decision.toast is not None:
            assert RENDERING.text(decision.toast)
        return decision


def enrolled(now: datetime = START) -> Person:
    """Return somebody in London who has just opened day 1."""
    person = Person(now)
    person.types("Leeds, England")
    for label in ("Yes", "Yes, 18 or over", "Yes", "Yes", "None of these", "11:00", "09:00", "Skip"):
        person.taps(label)
    for number in ("6", "7", "5", "Open day 1"):
        person.taps(number)
    assert person.file.enrollment.status is EnrollmentStatus.ACTIVE
    return person
