"""The forms of the course: daily check-in, check day, first PEG, and a lesson's own question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from painbot.core.asked import Asked, QuestionKind
from painbot.core.course import Item, ItemKind, Question
from painbot.core.decisions import LearnerFile, Surroundings
from painbot.core.enrollment import EnrollmentStatus
from painbot.core.forms import Form
from painbot.core.ids import FormId, ItemId, QuestionId
from painbot.core.levers import action_for
from painbot.core.measures import CONFIDENCE, HARM, PAIN, PEG, PHQ4, SLEEP, TRIED
from painbot.core.outgoing import Action, Button, Plain, Prose, Row, Say, Words

CHECKIN = "checkin"
CHECK = "check"
LESSON = "lesson"
START_PEG = FormId("peg:start")

GATE_CHUNKS: tuple[tuple[str, ...], ...] = (
    ("gate-crash", "gate-fall", "gate-exercise"),
    ("gate-sleep", "gate-medicines", "gate-eating"),
    tuple(scale.id for scale in PHQ4),
)
"""What the check-ins of days 2 to 4 ask beyond pain, sleep and trying, one chunk a day; a chunk that
was not reached comes back the next day. Until a gate is answered it counts as yes."""

MEDICINE_CHOICES = (
    "opioids",
    "sedatives",
    "blood-thinners",
    "diabetes-thyroid",
    "seizure-transplant",
    "pregnancy",
    "organs",
    "cancer-surgery",
    "over-75",
)
PHQ_SCORES = ("0", "1", "2", "3")
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
    item = s.course.item(ItemId(name))
    if item is None or item.id not in file.deliveries:
        return None
    if kind == CHECK and item.kind is ItemKind.CHECK:
        return check_form(item, file)
    if kind == LESSON and item.question is not None:
        return lesson_form(item, item.question)
    return None


def start_peg_form() -> Form:
    """Return the three PEG questions asked before day 1."""
    return Form(START_PEG, Say("peg-title"), _peg_questions())


def checkin_form(file: LearnerFile, s: Surroundings, on: date) -> Form:
    """Return the check-in of a local day: pain, sleep, tried it from day 2, and what is still open."""
    questions = [_scale(PAIN.id), _scale(SLEEP.id)]
    started_on = file.enrollment.started_on
    if started_on is not None and on > started_on:
        questions.append(_tried(file, s, on))
        questions.extend(_pending_lesson_questions(file, s, on))
        questions.extend(_open_chunk(file, on))
    return Form(checkin_id(on), Say("checkin-title"), tuple(questions), (Say("checkin-done"),))


def check_form(item: Item, file: LearnerFile) -> Form:
    """Return a check day's questions in the order its file names them."""
    form_id = check_form_id(item.id)
    questions: list[Asked] = []
    for measure in item.measures:
        if measure == "peg":
            questions.extend(_peg_questions())
        elif measure == "phq4":
            questions.extend(phq_question(scale.id) for scale in PHQ4)
        elif measure == CONFIDENCE.id:
            questions.append(_scale(CONFIDENCE.id))
        elif measure == HARM.id:
            questions.append(_choice(HARM.id, HARM.options))
            said = file.answers.get(f"{form_id}/{HARM.id}")
            if said is not None and said.value in ("a-bit", "yes"):
                questions.append(_choice("harm-what", HARM_KINDS))
    closing: tuple[Words, ...] = (Prose(item.closing),) if item.closing else ()
    return Form(form_id, Say("check-title", {"title": item.title}), tuple(questions), closing)


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
    return tuple(_scale(scale.id) for scale in PEG)


def _scale(question_id: str) -> Asked:
    return Asked(
        QuestionId(question_id),
        QuestionKind.SCALE,
        ask=Say(f"ask-{question_id}"),
        label=Say(f"label-{question_id}"),
        ends=Say(f"ends-{question_id}"),
    )


def _choice(
    question_id: str,
    options: tuple[str, ...],
    answers: str | None = None,
    *,
    kind: QuestionKind = QuestionKind.CHOICE,
    slot: str = "",
    note: Words | None = None,
) -> Asked:
    """Return a question with buttons; `answers` names their words where several questions share them."""
    return Asked(
        QuestionId(question_id),
        kind,
        ask=Say(f"ask-{question_id}"),
        label=Say(f"label-{question_id}"),
        choices=tuple((option, Say(f"choice-{answers or question_id}-{option}")) for option in options),
        slot=slot,
        note=note,
    )


def phq_question(question_id: str, slot: str = "") -> Asked:
    """Return one of the four mood questions."""
    return _choice(question_id, PHQ_SCORES, "phq", slot=slot, note=Say("phq-intro"))


def _tried(file: LearnerFile, s: Surroundings, on: date) -> Asked:
    asked = _choice(TRIED.id, TRIED.options)
    earlier = [delivery for delivery in file.deliveries.values() if delivery.handed_out_on < on]
    for delivery in sorted(earlier, key=lambda delivery: delivery.handed_out_at, reverse=True):
        item = s.course.item(delivery.item_id)
        # A lesson's step is known only to those who came to it; a practice day's stands in its message.
        reached = item is not None and (not item.is_read or delivery.finished_at is not None)
        if item is None or not reached or f"skipped/{item.id}" in file.answers:
            continue
        action = action_for(file, item)
        if action is not None:
            # The step is named, so that nobody has to remember which one was meant.
            recent = on - delivery.handed_out_on == timedelta(days=1)
            ask = Say("ask-tried" if recent else "ask-tried-last")
            return replace(asked, ask=ask, note=Prose(action.text))
    return asked


def _pending_lesson_questions(file: LearnerFile, s: Surroundings, on: date) -> list[Asked]:
    """Return the question of the last lesson opened before today that was not answered before today."""
    found: list[Asked] = []
    for delivery in file.deliveries.values():
        item = s.course.item(delivery.item_id)
        if item is None or item.question is None or f"skipped/{item.id}" in file.answers:
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
        stored = [file.answers.get(f"gate/{question_id}") for question_id in chunk]
        if all(answer is not None and answer.on < on for answer in stored):
            continue
        return [gate_question(question_id) for question_id in chunk]
    return []


def gate_question(question_id: str) -> Asked:
    """Return the question of a gate, or a mood question asked together with the gates."""
    slot = f"gate/{question_id}"
    if not question_id.startswith("gate-"):
        return phq_question(question_id, slot)
    why = Say("gate-why")
    if question_id == "gate-medicines":
        return _choice(
            question_id, MEDICINE_CHOICES, "medicines", kind=QuestionKind.MULTI, slot=slot, note=why
        )
    return _choice(question_id, ("yes", "no", "not-sure"), "gate", slot=slot, note=why)
