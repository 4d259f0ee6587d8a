"""Asking the gates again before the items that rest on them: "has anything changed?".

One card lists what was answered. "Nothing has changed" confirms it; "something has changed" takes the
answers back and asks the questions anew. What has no clear answer is asked either way, and whatever
stays unanswered counts as yes.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from painbot.core import gates
from painbot.core.asked import Asked, QuestionKind, value_label
from painbot.core.course import Course, Item
from painbot.core.decisions import LearnerFile, Surroundings
from painbot.core.enrollment import Answer
from painbot.core.forms import Form
from painbot.core.ids import FormId, ItemId, QuestionId
from painbot.core.outgoing import Action, Button, Line, Say, Words
from painbot.core.own_questions import gate_question
from painbot.core.planning import owed

REASK = "reask"
SAME = "nothing"
CHANGED = "something"


def slot_of(item_id: ItemId, on: date) -> str:
    """Return the slot of one day's "has anything changed?" before an item."""
    return f"{REASK}/{item_id}/{on.isoformat()}"


def form_id_of(item_id: ItemId) -> FormId:
    """Return the id of the form that asks at the item's own opening."""
    return FormId(f"{REASK}:{item_id}")


def was_answered(file: LearnerFile, on: date) -> bool:
    """Say whether the gates were gone through on this day; a skip is no answer."""
    return any(
        stored.question == REASK and stored.on == on and stored.value in (SAME, CHANGED)
        for stored in file.answers.values()
    )


def wanted_before(file: LearnerFile, item: Item, s: Surroundings) -> bool:
    """Say whether the gates are still to be asked today before this item is opened for the first time."""
    if s.course.reask is None or item.id not in s.course.reask.before:
        return False
    delivery = file.deliveries.get(item.id)
    if delivery is not None and delivery.opened_at is not None:
        return False
    return slot_of(item.id, file.today(s.now)) not in file.answers


def item_of_day(file: LearnerFile, s: Surroundings, on: date) -> ItemId | None:
    """Return the item before which this day's check-in asks, or nothing."""
    before = s.course.reask.before if s.course.reask else ()
    for item_id in before:
        delivery = file.deliveries.get(item_id)
        handed_out_today = delivery is not None and delivery.handed_out_on == on
        if slot_of(item_id, on) in file.answers or (
            handed_out_today and delivery is not None and delivery.opened_at is None
        ):
            return item_id
    for due in owed(file, s.course, s.now):
        if due.item is not None and due.item.id in before and due.item.id not in file.deliveries:
            return due.item.id if due.goes_at.astimezone(file.zone).date() == on else None
    return None


def questions(file: LearnerFile, course: Course, item_id: ItemId, on: date) -> list[Asked]:
    """Return "has anything changed?" and, once it is answered, the gate questions that are open by it."""
    names = tuple(f"gate-{name}" for name in course.reask.gates) if course.reask else ()
    slot = slot_of(item_id, on)
    first = Asked(
        QuestionId(REASK),
        QuestionKind.CHOICE,
        ask=Say("reask-ask"),
        label=Say("reask-label"),
        choices=((SAME, Say("reask-same")), (CHANGED, Say("reask-changed"))),
        slot=slot,
        note=Say("reask-note"),
        listed=tuple(line for name in names for line in _as_answered(file, name)),
    )
    said = file.answers.get(slot)
    if said is None or said.value not in (SAME, CHANGED):
        return [first]
    stored = {name: file.answers.get(gates.slot_of(name)) for name in names}
    asked_anew = [name for name, answer in stored.items() if answer is None or answer.at >= said.at]
    return [first, *(gate_question(name) for name in asked_anew)]


def form(file: LearnerFile, item: Item, s: Surroundings) -> Form:
    """Return the form that asks when the item is opened."""
    on = file.today(s.now)
    opens = Button(Say("lesson-open"), Action("o", (item.id,)))
    return Form(
        form_id_of(item.id),
        Say("reask-title"),
        tuple(questions(file, s.course, item.id, on)),
        (Say("reask-done"),),
        closing_rows=((opens,),),
    )


def gone_through(file: LearnerFile, said: Answer, course: Course) -> LearnerFile:
    """Return the file after "has anything changed?": confirmed answers are of today, the others open."""
    kept = dict(file.answers)
    if said.value not in (SAME, CHANGED):
        return file
    for name in course.reask.gates if course.reask else ():
        question = f"gate-{name}"
        slot = gates.slot_of(question)
        stored = kept.get(slot)
        if stored is None:
            continue
        if said.value == SAME and gates.is_clear(question, stored.value):
            kept[slot] = replace(stored, on=said.on)
        else:
            del kept[slot]
    return replace(file, answers=kept)


def _as_answered(file: LearnerFile, question: str) -> tuple[Words, ...]:
    """Return what was answered to a gate question, a line for each thing ticked."""
    asked = gate_question(question)
    stored = file.answers.get(gates.slot_of(question))
    if stored is None or not gates.is_clear(question, stored.value):
        return (Line(asked.label, Say("gate-open")),)
    if asked.kind is QuestionKind.MULTI and stored.value != gates.NONE:
        return tuple(Line(asked.label, value_label(asked, tick)) for tick in stored.value.split(","))
    return (Line(asked.label, value_label(asked, stored.value)),)
