"""The forms of the course: daily check-in, check day, first PEG, and a lesson's own question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from painbot.core import line_dialogue, reasking, sleep_log
from painbot.core.asked import Asked, QuestionKind, accepts
from painbot.core.course import Item, ItemKind, Question, TinyAction
from painbot.core.decisions import LearnerFile, Surroundings
from painbot.core.enrollment import EnrollmentStatus
from painbot.core.forms import Form
from painbot.core.ids import FormId, ItemId
from painbot.core.levers import CHOSEN, action_for
from painbot.core.measures import (
    CHANGE,
    CONFIDENCE,
    EFFECT_QUESTIONS,
    EFFECTS,
    HARM,
    PAIN,
    PEG,
    PHQ4,
    SLEEP,
    TRIED,
)
from painbot.core.outgoing import Action, Button, Plain, Prose, Row, Say, Words
from painbot.core.own_questions import choice, scale
from painbot.core.own_questions import gate_question as gate_question
from painbot.core.own_questions import phq_question as phq_question
from painbot.core.pacing import local_date
from painbot.core.sleep_window import back_words, current, untold

CHECKIN = "checkin"
CHECK = "check"
LESSON = "lesson"
PEG_FORM = "peg"
START_PEG = FormId("peg:start")

GATE_CHUNKS: tuple[tuple[str, ...], ...] = (
    ("gate-crash", "gate-fall", "gate-exercise"),
    ("gate-sleep", "gate-medicines", "gate-eating"),
    tuple(measure.id for measure in PHQ4),
)
"""What the check-ins of days 2 to 4 ask beyond pain, sleep and trying, one chunk a day; a chunk that
was not reached comes back the next day. Until a gate is answered it counts as yes."""

HARM_KINDS = ("pain", "sleep", "mood", "fall", "other")


def checkin_id(on: date) -> FormId:
    """Return the id of a local day's check-in."""
    return FormId(f"{CHECKIN}:{on.isoformat()}")


def lesson_form_id(item_id: ItemId) -> FormId:
    """Return the id of the form that holds a lesson's own question."""
    return FormId(f"{LESSON}:{item_id}")


def check_form_id(item_id: ItemId) -> FormId:
    """Return the id of a check day's form."""
    return FormId(f"{CHECK}:{item_id}")


def form_for(form_id: FormId, file: LearnerFile, s: Surroundings) -> Form | None:
    """Rebuild a form from its id, or nothing when it closed or the course no longer has it."""
    kind, _, name = form_id.partition(":")
    if form_id == START_PEG:
        return start_peg_form()
    if kind == CHECKIN:
        today = file.today(s.now)
        return checkin_form(file, s, today) if name == today.isoformat() else None
    if kind == PEG_FORM:
        today = file.today(s.now)
        return weekly_peg_form(today) if name == today.isoformat() else None
    item = s.course.item(ItemId(name))
    if item is None or item.id not in file.deliveries:
        return None
    if kind == reasking.REASK and s.course.reask is not None:
        return reasking.form(file, item, s)
    if kind == CHECK and item.kind is ItemKind.CHECK:
        return check_form(item, file)
    if kind == LESSON and item.question is not None:
        return lesson_form(item, item.question)
    return None


def start_peg_form() -> Form:
    """Return the three PEG questions asked before day 1."""
    return Form(START_PEG, Say("peg-title"), _peg_questions())


def weekly_peg_form(on: date) -> Form:
    """Return the three PEG questions of a week after the course."""
    return Form(
        FormId(f"{PEG_FORM}:{on.isoformat()}"), Say("peg-title"), _peg_questions(), (Say("peg-done"),)
    )


def checkin_form(file: LearnerFile, s: Surroundings, on: date) -> Form:
    """Return the check-in of a local day: pain, sleep, tried it from day 2, and what is still open."""
    questions = [scale(PAIN.id), scale(SLEEP.id)]
    if sleep_log.is_asked(file, s.course, on):
        questions.extend(sleep_log.questions(file, on))
    started_on = file.enrollment.started_on
    if started_on is not None and on > started_on:
        tried = _tried(file, s, on)
        questions.extend(() if tried is None else (tried,))
        line_day = line_dialogue.day_question(file, s, on)
        questions.extend(() if line_day is None else (line_day,))
        questions.extend(_pending_lesson_questions(file, s, on))
        reasked = reasking.item_of_day(file, s, on)
        if reasked is not None:
            questions.extend(reasking.questions(file, s.course, reasked, on))
        else:
            questions.extend(_open_chunk(file, on))
    window = untold(file, on)
    intro = (back_words(window), Say("window-back-kind")) if window is not None else ()
    return Form(checkin_id(on), Say("checkin-title"), tuple(questions), (Say("checkin-done"),), intro)


def check_form(item: Item, file: LearnerFile) -> Form:
    """Return a check day's questions in the order its file names them."""
    form_id = check_form_id(item.id)
    questions: list[Asked] = []
    for measure in item.measures:
        if measure == "peg":
            questions.extend(_peg_questions())
        elif measure == "phq4":
            questions.extend(phq_question(measure.id) for measure in PHQ4)
        elif measure == CONFIDENCE.id:
            questions.append(scale(CONFIDENCE.id))
        elif measure == CHANGE.id:
            questions.append(choice(CHANGE.id, CHANGE.options))
        elif measure == EFFECTS and _window_matters(file, form_id):
            questions.extend(choice(effect.id, effect.options, EFFECTS) for effect in EFFECT_QUESTIONS)
        elif measure == HARM.id:
            questions.append(choice(HARM.id, HARM.options))
            said = file.answers.get(f"{form_id}/{HARM.id}")
            if said is not None and said.value in ("a-bit", "yes"):
                questions.append(choice("harm-what", HARM_KINDS))
    closing: tuple[Words, ...] = (Prose(item.closing),) if item.closing else ()
    return Form(form_id, Say("check-title", {"title": item.title}), tuple(questions), closing)


def _window_matters(file: LearnerFile, form_id: FormId) -> bool:
    """Say whether the effects of a changed window are asked: it is changed, or was when this form began."""
    begun = any(f"{form_id}/{effect.id}" in file.answers for effect in EFFECT_QUESTIONS)
    return begun or current(file.answers) is not None


def lesson_form(item: Item, question: Question) -> Form:
    """Return the one question that belongs to a lesson."""
    asked = _course_question(item.id, question)
    return Form(
        lesson_form_id(item.id), Say("lesson-question-title"), (asked,), (Say("lesson-question-done"),)
    )


def checkin_is_done(file: LearnerFile, s: Surroundings) -> bool:
    """Return whether today's check-in has every answer it asks for."""
    return checkin_form(file, s, file.today(s.now)).next_open(file) is None


def opened_checkin(file: LearnerFile, on: date) -> LearnerFile:
    """Return the file with this day's check-in noted as asked, so that it is not pushed again."""
    if file.enrollment.checkin_on is not None and file.enrollment.checkin_on >= on:
        return file
    return replace(file, enrollment=replace(file.enrollment, checkin_on=on))


def checkin_row(file: LearnerFile, s: Surroundings) -> tuple[Row, ...]:
    """Return a button for today's check-in where it is still open."""
    if file.enrollment.status is not EnrollmentStatus.ACTIVE or checkin_is_done(file, s):
        return ()
    on = file.today(s.now)
    if file.enrollment.started_on == on:
        return ()
    return ((Button(Say("checkin-open"), Action("ci", (on.isoformat(),))),),)


def _peg_questions() -> tuple[Asked, ...]:
    return tuple(scale(measure.id) for measure in PEG)


def _tried(file: LearnerFile, s: Surroundings, on: date) -> Asked | None:
    """Return the question about the small step shown last before today; nothing where none was."""
    shown: list[tuple[datetime, Item, TinyAction]] = []
    for delivery in file.deliveries.values():
        item = s.course.item(delivery.item_id)
        if item is None or f"skipped/{item.id}" in file.answers:
            continue
        # A lesson's step is known only to those who came to it; a practice day's stands in its message.
        shown_at = delivery.finished_at if item.is_read else delivery.handed_out_at
        action = action_for(file, item)
        if shown_at is not None and action is not None and local_date(shown_at, file.zone) < on:
            shown.append((shown_at, item, action))
    if not shown:
        return None
    shown_at, item, action = max(shown, key=lambda each: each[0])
    recent = on - local_date(shown_at, file.zone) == timedelta(days=1)
    asked = replace(choice(TRIED.id, TRIED.options), ask=Say("ask-tried" if recent else "ask-tried-last"))
    chosen = file.answers.get(CHOSEN)
    if item.levers and chosen is not None and chosen.at > shown_at:
        # Another step may have stood there then; the wrong one is not named.
        return asked
    # The step is named, so that nobody has to remember which one was meant.
    return replace(asked, note=Prose(action.text))


def _pending_lesson_questions(file: LearnerFile, s: Surroundings, on: date) -> list[Asked]:
    """Return the question of the last lesson opened before today that was not answered before today."""
    found: list[Asked] = []
    for delivery in file.deliveries.values():
        item = s.course.item(delivery.item_id)
        if item is None or item.question is None or f"skipped/{item.id}" in file.answers:
            continue
        if line_dialogue.is_asked_otherwise(file, item) or line_dialogue.is_asked_by_the_day(file, item):
            continue
        # A lesson's question is known to those who opened it, a practice day's stands in its message.
        met_on = delivery.opened_at.astimezone(file.zone).date() if delivery.opened_at else None
        if not item.is_read:
            met_on = delivery.handed_out_on
        if met_on is None or met_on >= on:
            continue
        asked = _course_question(item.id, item.question)
        stored = file.answers.get(asked.slot)
        if stored is None or stored.on == on:
            found.append(asked)
    return found[-1:]


def _course_question(item_id: ItemId, question: Question) -> Asked:
    """Return a course question in the shape its file gives it."""
    asked = Asked(
        question.id,
        QuestionKind.CHOICE,
        Plain(question.ask),
        Say("label-course"),
        slot=f"{LESSON}:{item_id}/{question.id}",
    )
    if question.is_scale:
        ends = Say("ends-course", {"low": question.low or "", "high": question.high or ""})
        return replace(asked, kind=QuestionKind.SCALE, ends=ends)
    if question.minutes:
        return replace(asked, kind=QuestionKind.MINUTES, ends=Say("ends-minutes"))
    if question.clock:
        return replace(asked, kind=QuestionKind.CLOCK, ends=Say("ends-clock"))
    return replace(
        asked,
        choices=tuple((choice.id, Plain(choice.text)) for choice in question.choices),
        leads={choice.id: choice.leads for choice in question.choices if choice.leads},
    )


def _open_chunk(file: LearnerFile, on: date) -> list[Asked]:
    """Return the first chunk of gates and mood questions that was not complete before today."""
    for chunk in GATE_CHUNKS:
        asked = [gate_question(question_id) for question_id in chunk]
        stored = [file.answers.get(one.slot) for one in asked]
        settled = (
            answer is not None and answer.on < on and accepts(one, answer.value)
            for one, answer in zip(asked, stored, strict=True)
        )
        if not all(settled):
            return asked
    return []
