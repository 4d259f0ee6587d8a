"""Reading an item: how it is handed out, card by card, and its small step."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from painbot.core import looking_up, quizzes, reasking
from painbot.core.checkin import checkin_row, lesson_form
from painbot.core.commands import Pressed
from painbot.core.course import Course, Item, ItemKind
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.endings import lesson_end
from painbot.core.enrollment import Answer, Delivery
from painbot.core.forms import FormState, show
from painbot.core.ids import ItemId
from painbot.core.levers import action_for, chosen_levers
from painbot.core.line_dialogue import is_asked_otherwise, waits_for_tomorrow
from painbot.core.made_parts import done_rows
from painbot.core.outgoing import Action, Button, Link, MessageKind, Outgoing, Plain, Prose, Row, Say, Words
from painbot.core.pictures import picture_of
from painbot.core.quizzes import QUIZ, QUIZ_ANSWER, RECALL, next_recall
from painbot.core.resting import stays
from painbot.core.slots import item_slot

OPEN = "o"
CARD = "c"
WHY = "w"
STEP = "s"
SKIP = "sk"

READING = frozenset({OPEN, CARD, WHY, STEP, SKIP, QUIZ, QUIZ_ANSWER, RECALL})
"""The verbs of an item's buttons."""

ANYWAY = "yes"
"""The argument of the open button under the offer of a lesson that may be skipped."""

DOUBLE_TAP = timedelta(seconds=10)
"""A second press on "open" within this time is a nervous finger, not a wish to read again."""


def push_message(file: LearnerFile, item: Item, s: Surroundings) -> Outgoing:
    """Return the message that hands out an item: a lesson's title, or a practice or check day itself."""
    slot = item_slot(file.enrollment.id, item)
    if item.is_read:
        parts: tuple[Words, ...] = (Say("lesson-push", {"title": item.title, "minutes": item.minutes}),)
        rows: tuple[Row, ...] = ((Button(Say("lesson-open"), Action(OPEN, (item.id,))),),)
    else:
        parts, rows = day_parts(file, item), day_rows(file, item, s)
    return Outgoing(
        MessageKind.LESSON, slot, parts, (*rows, *checkin_row(file, s)), content_version=s.course.version
    )


def day_parts(file: LearnerFile, item: Item) -> tuple[Words, ...]:
    """Return what a practice or check day says."""
    parts: list[Words] = [Say("day-title", {"title": item.title})]
    parts += [Prose(card.text) for card in item.cards]
    action = action_for(file, item)
    if action is not None:
        parts += [Prose(action.text), Say("step-smaller"), Prose(action.smaller)]
    return tuple(parts)


def day_rows(file: LearnerFile, item: Item, s: Surroundings) -> tuple[Row, ...]:
    """Return the buttons of a practice or check day."""
    if item.kind is ItemKind.CHECK:
        return ((Button(Say("check-open"), Action("ck", (item.id,))),),)
    rows: list[Row] = []
    later = waits_for_tomorrow(file, item, file.today(s.now)) or is_asked_otherwise(file, item)
    if item.question and not later and lesson_form(item, item.question).next_open(file) is not None:
        rows.append((Button(Say("practice-question"), Action(QUIZ, (item.id,))),))
    if next_recall(file, s, item.recalls) is not None:
        rows.append((Button(Say("recall-open"), Action(RECALL, (item.id,))),))
    return (*rows, *done_rows(item), *_lever_row(file, item, s))


def _lever_row(file: LearnerFile, item: Item, s: Surroundings) -> tuple[Row, ...]:
    """Return the toolkit card of the lever whose practice this is."""
    own = [lever for lever in chosen_levers(file) if lever.value in item.levers]
    links = (s.course.levers.get(lever) for lever in own[:1])
    return tuple(
        (looking_up.card_button(link.toolkit, s),) for link in links if link is not None and link.toolkit
    )


def open_item(file: LearnerFile, item: Item, s: Surroundings) -> Decision:
    """Open a delivered item from its beginning; one that may be skipped is offered first.

    Before some items the gates are gone through again, unless today's check-in has done so.
    """
    if reasking.wanted_before(file, item, s):
        return show(reasking.form(file, item, s), file, FormState(reasking.form_id_of(item.id)))
    if item.optional is not None and file.deliveries[item.id].opened_at is None:
        return Decision(file, (_offer(item, s),))
    file = _opened(file, item, s, card=0)
    if item.is_read:
        return Decision(file, (_card_message(item, 0, s),))
    parts, rows = day_parts(file, item), day_rows(file, item, s)
    return Decision(file, (Outgoing(MessageKind.REPLY, "", parts, rows, content_version=s.course.version),))


def half_read(file: LearnerFile, course: Course) -> Item | None:
    """Return the lesson that was opened last, where it was left before its small step; else nothing."""
    opened: list[tuple[datetime, Delivery, Item]] = []
    for delivery in file.deliveries.values():
        item = course.item(delivery.item_id)
        if item is not None and item.is_read and delivery.opened_at is not None:
            opened.append((delivery.opened_at, delivery, item))
    if not opened:
        return None
    _, delivery, item = max(opened, key=lambda each: each[0])
    return item if delivery.finished_at is None else None


def onward_button(file: LearnerFile, item: Item) -> Button:
    """Return the button that goes on with a half-read item: its next card, or its small step."""
    number = file.deliveries[item.id].card + 1
    if number >= len(item.cards):
        return Button(Say("card-step"), Action(STEP, (item.id,)))
    words = Say("card-onward", {"number": number + 1, "total": len(item.cards)})
    return Button(words, Action(CARD, (item.id, str(number))))


def go_on(file: LearnerFile, item: Item, s: Surroundings) -> Decision:
    """Go on with a half-read item where it was left."""
    number = file.deliveries[item.id].card + 1
    if number >= len(item.cards):
        return _step(file, item, s)
    return Decision(_opened(file, item, s, card=number), (_card_message(item, number, s),))


def press(file: LearnerFile, pressed: Pressed, action: Action, s: Surroundings) -> Decision:
    """Answer a press on a button of a lesson, a quiz or a practice day."""
    item = s.course.item(ItemId(action.args[0])) if action.args else None
    if item is None or item.id not in file.deliveries:
        return Decision(file, (Outgoing(MessageKind.REPLY, "", (Say("lesson-gone"),), _today_row()),))
    match action.verb:
        case "o":
            return _open_once(file, item, action, s)
        case "c":
            return _go_to_card(file, item, action, s)
        case "w":
            return _why(file, item, s)
        case "s":
            return _step(file, item, s)
        case "sk":
            return _skip(file, item, s)
        case "q":
            return quizzes.ask_quiz(file, item, s, recall=action.args[1:] == (quizzes.AGAIN,))
        case "qa":
            return quizzes.answer_quiz(file, item, action, s, pressed.message_id)
        case _:
            return quizzes.ask_recall(file, item, s)


def _offer(item: Item, s: Surroundings) -> Outgoing:
    """Return the offer of a lesson that may be skipped; the way past it comes first."""
    offer = item.optional
    text, skip = (offer.text, offer.skip) if offer else ("", "")
    rows = (
        (Button(Plain(skip), Action(SKIP, (item.id,))),),
        (Button(Say("lesson-open"), Action(OPEN, (item.id, ANYWAY))),),
    )
    parts = (Say("day-title", {"title": item.title}), Prose(text))
    return Outgoing(MessageKind.REPLY, "", parts, rows, content_version=s.course.version)


def _skip(file: LearnerFile, item: Item, s: Surroundings) -> Decision:
    """Let a lesson go that may be skipped: it counts as done, and nothing asks about it."""
    delivery = file.deliveries[item.id]
    if item.optional is None or delivery.opened_at is not None:
        return Decision(file, toast="already-here")
    gone = replace(delivery, opened_at=s.now, finished_at=s.now)
    stored = Answer(skipped_slot(item.id), item.id, "yes", on=file.today(s.now), at=s.now)
    file = replace(
        file,
        deliveries={**file.deliveries, item.id: gone},
        answers={**file.answers, stored.slot: stored},
    )
    kept = Outgoing(MessageKind.REPLY, "", (Say("lesson-skipped"),))
    return Decision(file, (kept, *lesson_end(file, replace(item, shows=()), s)))


def _open_once(file: LearnerFile, item: Item, action: Action, s: Surroundings) -> Decision:
    delivery = file.deliveries[item.id]
    if file.enrollment.rest is not None and item.is_read and delivery.opened_at is None:
        # A lesson that waited through a danger sign waits on until the rest is over.
        return Decision(file, (stays(file, s.now),))
    just_opened = delivery.opened_at is not None and s.now - delivery.opened_at < DOUBLE_TAP
    if just_opened and item.is_read and delivery.card == 0:
        return Decision(file, toast="already-here")
    wanted = item.optional is not None and action.args[1:] == (ANYWAY,)
    return open_item(file, replace(item, optional=None) if wanted else item, s)


def _go_to_card(file: LearnerFile, item: Item, action: Action, s: Surroundings) -> Decision:
    delivery = file.deliveries[item.id]
    said = action.args[1] if len(action.args) > 1 else ""
    wanted = int(said) if said.isascii() and said.isdecimal() else 0
    if wanted == delivery.card and delivery.opened_at is not None:
        return Decision(file, toast="already-here")
    # A lesson may have lost cards since the button was drawn: the last one is then the right one.
    number = min(wanted, len(item.cards) - 1)
    file = _opened(file, item, s, card=number)
    return Decision(file, (_card_message(item, number, s),))


def _card_message(item: Item, number: int, s: Surroundings) -> Outgoing:
    card = item.cards[number]
    head = Say("card-head", {"title": item.title, "number": number + 1, "total": len(item.cards)})
    last = number == len(item.cards) - 1
    onward = (
        Button(Say("card-step"), Action(STEP, (item.id,)))
        if last
        else Button(Say("card-next"), Action(CARD, (item.id, str(number + 1))))
    )
    deeper: list[Button | Link] = []
    if last and item.why is not None:
        deeper.append(Button(Say("card-why"), Action(WHY, (item.id,))))
    if last and item.evidence:
        deeper.append(looking_up.evidence_button(item.id))
    links: tuple[Row, ...] = tuple((looking_up.card_button(key, s),) for key in card.links)
    return Outgoing(
        MessageKind.REPLY,
        "",
        (head, Prose(card.text)),
        ((onward,), *((tuple(deeper),) if deeper else ()), *links),
        picture=picture_of(card.picture, s.course),
        content_version=s.course.version,
    )


def _why(file: LearnerFile, item: Item, s: Surroundings) -> Decision:
    if item.why is None:
        return _step(file, item, s)
    onward = Button(Say("card-step"), Action(STEP, (item.id,)))
    parts = (Say("why-head"), Prose(item.why.text))
    rows: tuple[Row, ...] = ((onward,), (looking_up.evidence_button(item.id),))
    return Decision(file, (Outgoing(MessageKind.REPLY, "", parts, rows, content_version=s.course.version),))


def _step(file: LearnerFile, item: Item, s: Surroundings) -> Decision:
    """Show the one small thing to try; with it the lesson counts as read."""
    delivery = file.deliveries[item.id]
    if delivery.finished_at is None:
        delivery = replace(
            delivery, opened_at=delivery.opened_at or s.now, finished_at=s.now, card=len(item.cards) - 1
        )
        file = replace(file, deliveries={**file.deliveries, item.id: delivery})
    parts: list[Words] = []
    if item.action is not None:
        parts += [Say("step-head"), Prose(item.action.text), Say("step-smaller"), Prose(item.action.smaller)]
    onward = (
        Button(Say("quiz-open"), Action(QUIZ, (item.id,)))
        if item.quiz is not None
        else Button(Say("lesson-finish"), Action(QUIZ, (item.id,)))
    )
    rows: tuple[Row, ...] = (*done_rows(item), (onward,))
    return Decision(
        file, (Outgoing(MessageKind.REPLY, "", tuple(parts), rows, content_version=s.course.version),)
    )


def _opened(file: LearnerFile, item: Item, s: Surroundings, card: int) -> LearnerFile:
    delivery = file.deliveries[item.id]
    finished_at = delivery.finished_at
    if not item.is_read:
        finished_at = finished_at or s.now
    changed = replace(delivery, opened_at=delivery.opened_at or s.now, finished_at=finished_at, card=card)
    return replace(file, deliveries={**file.deliveries, item.id: changed})


def skipped_slot(item_id: ItemId) -> str:
    """Return the slot that notes an item as let go."""
    return f"skipped/{item_id}"


def _today_row() -> tuple[Row, ...]:
    return ((Button(Say("menu-today"), Action("m", ("today",))),),)
