"""The quiz of a lesson, and quiz items that come back on later days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from painbot.core.checkin import lesson_form, lesson_form_id
from painbot.core.course import Course, Item, Quiz
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.endings import lesson_end
from painbot.core.enrollment import Answer, Dialogue
from painbot.core.forms import FormState, show
from painbot.core.ids import ItemId, MessageId
from painbot.core.levers import lever_items
from painbot.core.line_dialogue import is_asked_otherwise
from painbot.core.outgoing import Action, Button, MessageKind, Outgoing, Plain, Row, Say, Words
from painbot.core.recall import QuizRecord, due_recalls

QUIZ = "q"
QUIZ_ANSWER = "qa"
RECALL = "r"

AGAIN = "again"
"""The second argument of the button that asks a quiz in its other words."""

STATE = "quiz"
"""The state of the conversation in which typed words answer the quiz on show."""

LETTERS = "ABCD"

_FORM_KEYS = ("form", "asking", "ticked")


def ask_quiz(file: LearnerFile, item: Item, s: Surroundings, recall: bool = False) -> Decision:
    """Ask a lesson's question; as a recall in its other words."""
    if item.quiz is None:
        return _after_quiz(file, item, s, ())
    ask = item.quiz.again if recall and item.quiz.again else item.quiz.ask
    head = Say("recall-head" if recall else "quiz-head")
    asked = Outgoing(
        MessageKind.REPLY,
        "",
        (head, Plain(ask), *_options(item.quiz)),
        (_letters(item),),
        content_version=s.course.version,
    )
    return Decision(_on_show(file, item, s, recall), (asked,))


def _on_show(file: LearnerFile, item: Item, s: Surroundings, recall: bool) -> LearnerFile:
    """Return the file with this quiz as what typed words answer today; an open form comes back after it."""
    form = {key: file.dialogue.data[key] for key in _FORM_KEYS if key in file.dialogue.data}
    data = {**form, "item": str(item.id), "on": file.today(s.now).isoformat()}
    if recall:
        data["recall"] = AGAIN
    return replace(file, dialogue=Dialogue(STATE, data))


def _closed(file: LearnerFile, item: Item) -> LearnerFile:
    """Return the file with this quiz no longer taking words; another question on show goes on doing so."""
    data = file.dialogue.data
    if file.dialogue.state != STATE or data.get("item") != item.id:
        return file
    form = {key: data[key] for key in _FORM_KEYS if key in data}
    return replace(file, dialogue=Dialogue("form", form) if form else Dialogue())


def typed(file: LearnerFile, text: str, s: Surroundings) -> Decision | None:
    """Take typed words as the answer to the quiz on show; nothing where none is, or its day is over."""
    data = file.dialogue.data
    item = s.course.item(ItemId(data.get("item", "")))
    if item is None or item.quiz is None or item.id not in file.deliveries:
        return None
    if data.get("on") != file.today(s.now).isoformat():
        return None
    if s.read.read_skip(text):
        return Decision(_closed(file, item), (Outgoing(MessageKind.REPLY, "", (Say("quiz-skipped"),)),))
    options = dict(zip(LETTERS, item.quiz.options, strict=False))
    letter = s.read.read_choice(text, {letter: letter for letter in options})
    said = letter if letter.value else s.read.read_choice(text, {key: o.text for key, o in options.items()})
    if said.value is None:
        asked = ask_quiz(file, item, s, recall="recall" in data)
        shown = asked.outgoing[0]
        again = replace(shown, kind=MessageKind.PUZZLED, parts=(Say("quiz-hint"), *shown.parts[1:]))
        return Decision(asked.file, (again,))
    option = options[said.value]
    answer = Action(QUIZ_ANSWER, (item.id, option.id))
    if not said.confirm:
        return answer_quiz(file, item, answer, s, None)
    no = Action(QUIZ, (item.id, AGAIN) if "recall" in data else (item.id,))
    parts = (Say("form-guess"), Say("quiz-option", {"letter": said.value, "text": option.text}))
    row: Row = (Button(Say("yes"), answer), Button(Say("no-choose"), no))
    return Decision(file, (Outgoing(MessageKind.REPLY, "", parts, (row,), content_version=s.course.version),))


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


def answer_quiz(
    file: LearnerFile, item: Item, action: Action, s: Surroundings, message_id: MessageId | None
) -> Decision:
    """Store the first answer of the day, and say kindly what each answer means."""
    quiz = item.quiz
    chosen = quiz.option(action.args[1]) if quiz and len(action.args) > 1 else None
    if quiz is None or chosen is None:
        return ask_quiz(file, item, s)
    today = file.today(s.now)
    slot = quiz_slot(item.id, today.isoformat())
    earlier = file.answers.get(slot)
    first = earlier is None
    if earlier is None:
        stored = Answer(slot, item.id, chosen.id, on=today, at=s.now)
        file = replace(file, answers={**file.answers, slot: stored})
    file = _closed(file, item)
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
    if item.quiz is not None and not _read_on(file, item, today):
        again = next_recall(file, s, _recall_limit(file, s.course, s))
        if again is not None:
            more = ask_quiz(file, again, s, recall=True)
            return Decision(more.file, (*said, *more.outgoing))
        return Decision(file, (*said, Outgoing(MessageKind.REPLY, "", (Say("recall-thanks"),))))
    if item.question is not None and not is_asked_otherwise(file, item):
        form = lesson_form(item, item.question)
        if form.next_open(file) is not None:
            shown = show(form, file, FormState(lesson_form_id(item.id)))
            return Decision(shown.file, (*said, *shown.outgoing))
    return Decision(file, (*said, *lesson_end(file, item, s)))


def _read_on(file: LearnerFile, item: Item, on: date) -> bool:
    """Return whether this is the day on which the lesson was first opened."""
    opened_at = file.deliveries[item.id].opened_at
    return opened_at is not None and opened_at.astimezone(file.zone).date() == on


def ask_recall(file: LearnerFile, item: Item, s: Surroundings) -> Decision:
    """Ask the quiz question that is due to come back on an item's day."""
    due = next_recall(file, s, max(item.recalls, 1))
    if due is None:
        return Decision(file, (Outgoing(MessageKind.REPLY, "", (Say("recall-none"),)),))
    return ask_quiz(file, due, s, recall=True)


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
    due = due_recalls(records, today, 1, first=lever_items(file, s.course))
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
