"""Everything an item or card says to a learner, in order: the very messages the bot would send.

A made-up learner presses through it, so what is shown comes from the functions that the bot answers with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from painbot.content.diagnostics import FieldPath
from painbot.core import form_answers, lessons, looking_up, quizzes
from painbot.core.commands import Pressed
from painbot.core.course import Item, ItemKind
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.enrollment import Delivery
from painbot.core.outgoing import Action, Button, Outgoing, Say
from painbot.core.parts import Lever
from painbot.core.shelf import QuestionCard, ToolkitCard
from painbot.preview.origin import Origin
from painbot.preview.stand_in import with_lever

_SKIP: Final = Say("form-skip")
_MOST_QUESTIONS: Final = 40
"""More questions than any check day has; a form that never ends stops here."""


@dataclass(frozen=True)
class Step:
    """One message: how the learner came to it, where its words stand in the file, what it rests on."""

    anchor: str
    said: str
    message: Outgoing
    paths: tuple[FieldPath, ...] = ()
    evidence: tuple[str, ...] = ()


def walk_item(item: Item, origin: Origin, file: LearnerFile, s: Surroundings) -> Iterator[Step]:
    """Yield what a learner gets of an item as it was fitted to them."""
    handed_out = Delivery(item.id, s.now, s.now.date())
    file = replace(file, deliveries={**file.deliveries, item.id: handed_out})
    if item.is_read:
        yield Step("start", "Handed out", lessons.push_message(file, item, s), (("title",), ("idea",)))
        yield from _reading(item, origin, file, s)
    else:
        yield from _day(item, origin, file, s)


def _reading(item: Item, origin: Origin, file: LearnerFile, s: Surroundings) -> Iterator[Step]:
    if item.optional is not None:
        offer = lessons.open_item(file, item, s).outgoing[0]
        yield Step("offer", "After “Open the lesson”, since it may be skipped", offer, (("optional",),))
    for number, card in enumerate(item.cards):
        verb, argument = (lessons.CARD, str(number)) if number else (lessons.OPEN, lessons.ANYWAY)
        decision = _press(file, Action(verb, (item.id, argument)), s)
        file = decision.file
        said = f"Card {number + 1} of {len(item.cards)}: {card.id}"
        yield Step(f"card-{number}", said, decision.outgoing[0], (origin.card(card.id),), card.evidence)
    if item.why is not None:
        shown = _press(file, Action(lessons.WHY, (item.id,)), s).outgoing[0]
        yield Step("why", "After “Why?”", shown, (origin.part("why"),), item.why.evidence)
    decision = _press(file, Action(lessons.STEP, (item.id,)), s)
    file = decision.file
    yield Step("step", "The small step", decision.outgoing[0], (origin.part("action"),))
    if item.quiz is None:
        end = _press(file, Action(quizzes.QUIZ, (item.id,)), s)
        yield from _ending(item, origin, end.file, end.outgoing, s)
        return
    yield from _quiz(item, origin, file, s)


def _quiz(item: Item, origin: Origin, file: LearnerFile, s: Surroundings) -> Iterator[Step]:
    quiz_at = origin.part("quiz")
    options = item.quiz.options if item.quiz else ()
    asked = _press(file, Action(quizzes.QUIZ, (item.id,)), s).outgoing[0]
    asks = tuple((*quiz_at, "options", number, "text") for number in range(len(options)))
    yield Step("quiz", "The question", asked, ((*quiz_at, "ask"), *asks))
    ending = None
    for number, option in enumerate(options):
        answered = _press(file, Action(quizzes.QUIZ_ANSWER, (item.id, option.id)), s)
        letter = quizzes.LETTERS[number]
        said = f"After answer {letter}{', the right one' if option.correct else ''}"
        at = (*quiz_at, "options", number, "reply")
        yield Step(f"answer-{option.id}", said, answered.outgoing[0], (at,))
        ending = answered if ending is None or option.correct else ending
    if item.quiz is not None and item.quiz.again:
        again = quizzes.ask_quiz(file, item, s, recall=True).outgoing[0]
        yield Step("again", "When it comes back on a later day", again, ((*quiz_at, "again"),))
    if ending is not None:
        yield from _ending(item, origin, ending.file, ending.outgoing[1:], s)


def _day(item: Item, origin: Origin, file: LearnerFile, s: Surroundings) -> Iterator[Step]:
    cards = tuple(origin.card(card.id) for card in item.cards)
    rests_on = tuple(dict.fromkeys(claim for card in item.cards for claim in card.evidence))
    paths = (("title",), *cards, origin.part("action"))
    yield Step("start", "Handed out", lessons.push_message(file, item, s), paths, rests_on)
    for lever in item.levers:
        theirs = lessons.push_message(with_lever(file, Lever(lever)), item, s)
        said = f"For those who chose “{lever}” on their pain map"
        yield Step(f"lever-{lever}", said, theirs, ((*origin.part("levers"), lever),))
    if item.kind is ItemKind.CHECK:
        opened = form_answers.open_check(file, Action("ck", (item.id,)), s)
        yield from _ending(item, origin, opened.file, opened.outgoing, s)
    elif item.question is not None:
        asked = _press(file, Action(quizzes.QUIZ, (item.id,)), s)
        yield from _ending(item, origin, asked.file, asked.outgoing, s)


def _ending(
    item: Item, origin: Origin, file: LearnerFile, outgoing: tuple[Outgoing, ...], s: Surroundings
) -> Iterator[Step]:
    """Yield what is asked at the end, each question skipped, and what closes the item."""
    about = "closing" if item.kind is ItemKind.CHECK else "question"
    for count in range(_MOST_QUESTIONS):
        skip = next((found for found in map(_skip_button, outgoing) if found is not None), None)
        for message in outgoing:
            asks = _skip_button(message) is not None
            said = "A question; skipped here" if asks else "After that"
            places = (origin.part(about),) if asks or count else ()
            yield Step(f"end-{count}-{outgoing.index(message)}", said, message, places)
        if skip is None:
            return
        decision = form_answers.press(file, Pressed(skip, None), skip, s)
        file, outgoing = decision.file, decision.outgoing


def _skip_button(message: Outgoing) -> Action | None:
    """Return what skips the question that a message asks, or nothing where it asks none."""
    for button in (button for row in message.rows for button in row):
        if isinstance(button, Button) and button.label == _SKIP:
            return button.action
    return None


def walk_toolkit(card: ToolkitCard, file: LearnerFile, s: Surroundings) -> Iterator[Step]:
    """Yield the screens of a toolkit card."""
    first = looking_up.press(file, Action(looking_up.TOOLKIT, (card.id,)), s).outgoing[0]
    warned = tuple(claim for warning in card.warnings for claim in warning.evidence)
    rests_on = tuple(dict.fromkeys((*warned, *card.evidence)))
    yield Step("card-0", "Opened", first, _fields("title summary warnings what strength picture"), rests_on)
    if not card.only_warnings:
        action = Action(looking_up.TOOLKIT, (card.id, looking_up.SAFETY))
        second = looking_up.press(file, action, s).outgoing[0]
        paths = _fields("who_must_not clashes ceiling ask lessons")
        yield Step("card-1", "The second screen", second, paths, card.evidence)


def walk_question(card: QuestionCard, origin: Origin, file: LearnerFile, s: Surroundings) -> Iterator[Step]:
    """Yield the screens of a question card."""
    for number, shown in enumerate(card.cards):
        action = Action(looking_up.QUESTION, (card.id, str(number)))
        message = looking_up.press(file, action, s).outgoing[0]
        said = f"Card {number + 1} of {len(card.cards)}: {shown.id}"
        yield Step(f"card-{number}", said, message, (origin.card(shown.id),), shown.evidence)


def walk_evidence(key: str, claims: tuple[str, ...], file: LearnerFile, s: Surroundings) -> Iterator[Step]:
    """Yield what "How do you know?" opens for an item or card, one message a claim."""
    shown = [claim_id for claim_id in claims if claim_id in s.course.shelf.claims]
    for number, claim_id in enumerate(shown):
        action = Action(looking_up.EVIDENCE, (key, str(number)))
        message = looking_up.press(file, action, s).outgoing[0]
        yield Step(f"evidence-{number}", claim_id, message, evidence=(claim_id,))


def _fields(names: str) -> tuple[FieldPath, ...]:
    return tuple((name,) for name in names.split())


def _press(file: LearnerFile, action: Action, s: Surroundings) -> Decision:
    return lessons.press(file, Pressed(action, None), action, s)
