"""Reading a lesson card by card, its small step, its quiz, and quiz items that come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from painbot.core.checkin import checkin_row, lesson_form, lesson_form_id
from painbot.core.commands import Pressed
from painbot.core.course import Course, Item, ItemKind, Quiz
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.enrollment import Answer
from painbot.core.forms import FormState, show
from painbot.core.ids import ItemId, MessageId
from painbot.core.outgoing import Action, Button, MessageKind, Outgoing, Plain, Prose, Row, Say, Words
from painbot.core.planning import next_words
from painbot.core.recall import QuizRecord, due_recalls
from painbot.core.resting import stays
from painbot.core.slots import item_slot

OPEN = "o"
CARD = "c"
WHY = "w"
STEP = "s"
QUIZ = "q"
QUIZ_ANSWER = "qa"
RECALL = "r"

LETTERS = "ABCD"

DOUBLE_TAP = timedelta(seconds=10)
"""A second press on "open" within this time is a nervous finger, not a wish to read again."""


def push_message(file: LearnerFile, item: Item, s: Surroundings) -> Outgoing:
    """Return the message that hands out an item: a lesson's title, or a practice or check day itself."""
    slot = item_slot(file.enrollment.id, item)
    if item.kind is ItemKind.LESSON:
        parts: tuple[Words, ...] = (Say("lesson-push", {"title": item.title, "minutes": item.minutes}),)
        rows: tuple[Row, ...] = ((Button(Say("lesson-open"), Action(OPEN, (item.id,))),),)
    else:
        parts, rows = day_parts(item), day_rows(file, item, s)
    return Outgoing(
        MessageKind.LESSON, slot, parts, (*rows, *checkin_row(file, s)), content_version=s.course.version
    )


def day_parts(item: Item) -> tuple[Words, ...]:
    """Return what a practice or check day says."""
    parts: list[Words] = [Say("day-title", {"title": item.title}), Prose(item.cards[0].text)]
    if item.action is not None:
        parts.append(Prose(item.action.text))
        parts.append(Say("step-smaller"))
        parts.append(Prose(item.action.smaller))
    return tuple(parts)


def day_rows(file: LearnerFile, item: Item, s: Surroundings) -> tuple[Row, ...]:
    """Return the buttons of a practice or check day."""
    if item.kind is ItemKind.CHECK:
        return ((Button(Say("check-open"), Action("ck", (item.id,))),),)
    if next_recall(file, s, item.recalls) is None:
        return ()
    return ((Button(Say("recall-open"), Action(RECALL, (item.id,))),),)


def open_item(file: LearnerFile, item: Item, s: Surroundings) -> Decision:
    """Open a delivered item from its beginning."""
    file = _opened(file, item, s, card=0)
    if item.kind is ItemKind.LESSON:
        return Decision(file, (_card_message(item, 0, s),))
    parts, rows = day_parts(item), day_rows(file, item, s)
    return Decision(file, (Outgoing(MessageKind.REPLY, "", parts, rows, content_version=s.course.version),))


def press(file: LearnerFile, pressed: Pressed, action: Action, s: Surroundings) -> Decision:
    """Answer a press on a button of a lesson, a quiz or a practice day."""
    item = s.course.item(ItemId(action.args[0])) if action.args else None
    if item is None or item.id not in file.deliveries:
        return Decision(file, (Outgoing(MessageKind.REPLY, "", (Say("lesson-gone"),), _today_row()),))
    match action.verb:
        case "o":
            return _open_once(file, item, s)
        case "c":
            return _go_to_card(file, item, action, s)
        case "w":
            return _why(file, item, s)
        case "s":
            return _step(file, item, s)
        case "q":
            return _ask_quiz(file, item, s, recall=False)
        case "qa":
            return _answer_quiz(file, item, action, s, pressed.message_id)
        case _:
            return _recall(file, item, s)


def _open_once(file: LearnerFile, item: Item, s: Surroundings) -> Decision:
    delivery = file.deliveries[item.id]
    if file.enrollment.rest is not None and item.kind is ItemKind.LESSON and delivery.opened_at is None:
        # A lesson that waited through a danger sign waits on until the rest is over.
        return Decision(file, (stays(file, s.now),))
    just_opened = delivery.opened_at is not None and s.now - delivery.opened_at < DOUBLE_TAP
    if just_opened and item.kind is ItemKind.LESSON and delivery.card == 0:
        return Decision(file, toast="already-here")
    return open_item(file, item, s)


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
    why = (Button(Say("card-why"), Action(WHY, (item.id,))),) if last and item.why else ()
    return Outgoing(
        MessageKind.REPLY,
        "",
        (head, Prose(card.text)),
        ((onward,), why) if why else ((onward,),),
        content_version=s.course.version,
    )


def _why(file: LearnerFile, item: Item, s: Surroundings) -> Decision:
    if item.why is None:
        return _step(file, item, s)
    onward = Button(Say("card-step"), Action(STEP, (item.id,)))
    parts = (Say("why-head"), Prose(item.why.text))
    return Decision(
        file, (Outgoing(MessageKind.REPLY, "", parts, ((onward,),), content_version=s.course.version),)
    )


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
    return Decision(
        file, (Outgoing(MessageKind.REPLY, "", tuple(parts), ((onward,),), content_version=s.course.version),)
    )


def _ask_quiz(file: LearnerFile, item: Item, s: Surroundings, recall: bool) -> Decision:
    if item.quiz is None:
        return _after_quiz(file, item, s, ())
    ask = item.quiz.again if recall and item.quiz.again else item.quiz.ask
    head = Say("recall-head" if recall else "quiz-head")
    return Decision(
        file,
        (
            Outgoing(
                MessageKind.REPLY,
                "",
                (head, Plain(ask), *_options(item.quiz)),
                (_letters(item),),
                content_version=s.course.version,
            ),
        ),
    )


def _options(quiz: Quiz) -> tuple[Words, ...]:
    return tuple(
        Say("quiz-option", {"letter": letter, "text": option.text})
        for letter, option in zip(LETTERS, quiz.options, strict=False)
    )


def _letters(item: Item) -> Row:
    options = item.quiz.options if item.quiz else ()
    return tuple(
        Button(Plain(letter), Action(QUIZ_ANSWER, (item.id, option.id)))
        for letter, option in zip(LETTERS, options, strict=False)
    )


def quiz_slot(item_id: ItemId, day: str) -> str:
    """Return the slot of one day's answer to a lesson's quiz."""
    return f"quiz:{item_id}/{day}"


def _answer_quiz(
    file: LearnerFile, item: Item, action: Action, s: Surroundings, message_id: MessageId | None
) -> Decision:
    quiz = item.quiz
    chosen = quiz.option(action.args[1]) if quiz and len(action.args) > 1 else None
    if quiz is None or chosen is None:
        return _ask_quiz(file, item, s, recall=False)
    today = file.today(s.now)
    slot = quiz_slot(item.id, today.isoformat())
    earlier = file.answers.get(slot)
    first = earlier is None
    if earlier is None:
        stored = Answer(slot, item.id, chosen.id, on=today, at=s.now)
        file = replace(file, answers={**file.answers, slot: stored})
    letter = LETTERS[quiz.options.index(chosen)]
    asked = quiz.ask if _read_on(file, item, today) else quiz.again or quiz.ask
    parts: tuple[Words, ...] = (
        Plain(asked),
        Say("quiz-chosen", {"letter": letter, "text": chosen.text}),
        Plain(chosen.reply),
    )
    rows: tuple[Row, ...] = () if chosen.correct else (_letters_but(item, chosen.id),)
    edit = Outgoing(MessageKind.REPLY, "", parts, rows, edits=message_id, content_version=s.course.version)
    return _after_quiz(file, item, s, (edit,)) if first else Decision(file, (edit,))


def _letters_but(item: Item, chosen: str) -> Row:
    """Let a person look at what the other answers say; the first answer is the one that counts."""
    return tuple(
        button for button in _letters(item) if isinstance(button, Button) and button.action.args[1] != chosen
    )


def _after_quiz(file: LearnerFile, item: Item, s: Surroundings, said: tuple[Outgoing, ...]) -> Decision:
    """Go on after a quiz: the lesson's own question, the next recall of the day, or the end."""
    today = file.today(s.now)
    if not _read_on(file, item, today):
        again = next_recall(file, s, _recall_limit(file, s.course, s))
        if again is not None:
            more = _ask_quiz(file, again, s, recall=True)
            return Decision(more.file, (*said, *more.outgoing))
        return Decision(file, (*said, Outgoing(MessageKind.REPLY, "", (Say("recall-thanks"),))))
    if item.question is not None:
        form = lesson_form(item, item.question)
        if form.next_open(file) is not None:
            shown = show(form, file, FormState(lesson_form_id(item.id)))
            return Decision(shown.file, (*said, *shown.outgoing))
    return Decision(file, (*said, lesson_end(file, s)))


def _read_on(file: LearnerFile, item: Item, on: date) -> bool:
    """Return whether this is the day on which the lesson was first opened."""
    opened_at = file.deliveries[item.id].opened_at
    return opened_at is not None and opened_at.astimezone(file.zone).date() == on


def lesson_end(file: LearnerFile, s: Surroundings) -> Outgoing:
    """Return the closing words of a day's lesson: what comes next and when."""
    return Outgoing(
        MessageKind.REPLY, "", (Say("lesson-end"), next_words(file, s.course, s.now)), checkin_row(file, s)
    )


def _recall(file: LearnerFile, item: Item, s: Surroundings) -> Decision:
    due = next_recall(file, s, max(item.recalls, 1))
    if due is None:
        return Decision(file, (Outgoing(MessageKind.REPLY, "", (Say("recall-none"),)),))
    return _ask_quiz(file, due, s, recall=True)


def _recall_limit(file: LearnerFile, course: Course, s: Surroundings) -> int:
    """Return how many recalls the item handed out today allows."""
    today = file.today(s.now)
    items = (course.item(d.item_id) for d in file.deliveries.values() if d.handed_out_on == today)
    return max((item.recalls for item in items if item is not None), default=1)


def next_recall(file: LearnerFile, s: Surroundings, limit: int) -> Item | None:
    """Return the lesson whose quiz should come back now, or nothing when today's are done."""
    today = file.today(s.now)
    records, asked_today = _quiz_records(file, s.course)
    recalled_today = 0
    for item_id in asked_today.get(today.isoformat(), set()):
        delivery = file.deliveries.get(ItemId(item_id))
        opened_on = (
            delivery.opened_at.astimezone(file.zone).date() if delivery and delivery.opened_at else None
        )
        recalled_today += opened_on != today
    if recalled_today >= limit:
        return None
    due = due_recalls(records, today, 1)
    return s.course.item(ItemId(due[0])) if due else None


def _quiz_records(file: LearnerFile, course: Course) -> tuple[list[QuizRecord], dict[str, set[str]]]:
    answered: dict[str, list[Answer]] = {}
    days: dict[str, set[str]] = {}
    for slot, stored in file.answers.items():
        if slot.startswith("quiz:"):
            answered.setdefault(stored.question, []).append(stored)
            days.setdefault(stored.on.isoformat(), set()).add(stored.question)
    records: list[QuizRecord] = []
    for item_id, answers in answered.items():
        item = course.item(ItemId(item_id))
        if item is None or item.quiz is None:
            continue
        # An option the course has since dropped cannot be judged: it counts as a miss and comes back.
        outcomes = tuple(
            (answer.on, option is not None and option.correct)
            for answer in sorted(answers, key=lambda answer: answer.on)
            for option in (item.quiz.option(answer.value),)
        )
        records.append(QuizRecord(item_id, outcomes))
    return records, days


def _opened(file: LearnerFile, item: Item, s: Surroundings, card: int) -> LearnerFile:
    delivery = file.deliveries[item.id]
    finished_at = delivery.finished_at
    if item.kind is not ItemKind.LESSON:
        finished_at = finished_at or s.now
    changed = replace(delivery, opened_at=delivery.opened_at or s.now, finished_at=finished_at, card=card)
    return replace(file, deliveries={**file.deliveries, item.id: changed})


def _today_row() -> tuple[Row, ...]:
    return ((Button(Say("menu-today"), Action("m", ("today",))),),)
