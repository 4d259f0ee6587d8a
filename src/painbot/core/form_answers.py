"""Answers to forms, tapped or typed, and what follows when one completes a form."""

from __future__ import annotations

from dataclasses import replace

from painbot.core import (
    consequences,
    forms,
    onboarding,
    onboarding_steps,
    overview,
    progress,
    window_dialogue,
)
from painbot.core.checkin import (
    CHECK,
    CHECKIN,
    LESSON,
    START_PEG,
    check_form,
    check_form_id,
    form_for,
    opened_checkin,
)
from painbot.core.commands import Pressed
from painbot.core.course import ItemKind
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.endings import lesson_end
from painbot.core.enrollment import EnrollmentStatus
from painbot.core.forms import Form, FormState
from painbot.core.ids import FormId, ItemId
from painbot.core.made_parts import told
from painbot.core.measures import HARM
from painbot.core.mood import mood_noticed
from painbot.core.outgoing import Action, Outgoing, Say
from painbot.core.quizzes import RECALL, next_recall
from painbot.core.replies import at_state, button, safety, say


def open_check(file: LearnerFile, action: Action, s: Surroundings) -> Decision:
    """Open a check day's questions."""
    item = s.course.item(ItemId(action.args[0])) if action.args else None
    if item is None or item.kind is not ItemKind.CHECK or item.id not in file.deliveries:
        return Decision(file, (say("lesson-gone", overview.menu_row()),))
    delivery = file.deliveries[item.id]
    if delivery.opened_at is None:
        opened = replace(delivery, opened_at=s.now)
        file = replace(file, deliveries={**file.deliveries, item.id: opened})
    return forms.show(check_form(item, file), file, FormState(check_form_id(item.id)))


def press(file: LearnerFile, pressed: Pressed, action: Action, s: Surroundings) -> Decision:
    """Answer a press on one of a form's buttons."""
    form_id = FormId(action.args[0]) if action.args else FormId("")
    form = form_for(form_id, file, s)
    if form is None:
        return _gone(file, form_id, s)
    if _is_of_the_past(form, file, action, s):
        return Decision(file, (say("form-past", overview.menu_row()),))
    state = FormState.of(file.dialogue, form_id)
    decision = forms.press(form, file, state, action, s, edits=pressed.message_id)
    return _moved(file, decision, form_id, s)


def typed(file: LearnerFile, text: str, s: Surroundings) -> Decision | None:
    """Take typed words as the answer to the form on show; nothing where none is open."""
    form_id = FormId(file.dialogue.data.get("form", ""))
    form = form_for(form_id, file, s)
    if form is None:
        closed = form_id.startswith(f"{CHECKIN}:")
        return overview.closed_checkin(at_state(file, "idle"), s) if closed else None
    decision = forms.read_typed(form, file, FormState.of(file.dialogue, form_id), text, s)
    return None if decision is None else _moved(file, decision, form_id, s)


def _gone(file: LearnerFile, form_id: FormId, s: Surroundings) -> Decision:
    if form_id.startswith(f"{CHECKIN}:"):
        return overview.closed_checkin(file, s)
    return Decision(file, (say("lesson-gone", overview.menu_row()),))


def _is_of_the_past(form: Form, file: LearnerFile, action: Action, s: Surroundings) -> bool:
    """Say whether this would change an answer of an earlier day: what was measured then stays."""
    if form.id.startswith(f"{CHECKIN}:") or file.enrollment.status is EnrollmentStatus.ONBOARDING:
        return False
    asked = form.question(action.args[1]) if len(action.args) > 1 else None
    kept = file.answers.get(form.slot(asked)) if asked else None
    return kept is not None and kept.on < file.today(s.now)


def _moved(before: LearnerFile, decision: Decision, form_id: FormId, s: Surroundings) -> Decision:
    """After an answer: note the check-in as asked, and go on where the last answer completes a form."""
    after = decision.file
    if form_id.startswith(f"{CHECKIN}:"):
        after = opened_checkin(after, after.today(s.now))
        decision = replace(decision, file=after)
    form = form_for(form_id, after, s)
    if after.answers == before.answers:
        return _still_setting_up(decision, form)
    was_open = form is not None and form.next_open(before) is not None
    decision = consequences.drawn(before, mood_noticed(before, decision, s), form, s)
    # A form may have grown or shrunk by this answer, as by the harm question: it is shown as it is now.
    form = form_for(form_id, decision.file, s)
    decision = decision if form is None else _shown_anew(decision, form)
    if form is None or form.next_open(decision.file) is not None:
        return _still_setting_up(decision, form)
    return _completed(decision, form_id, s) if was_open else _still_setting_up(decision, form)


def _still_setting_up(decision: Decision, form: Form | None) -> Decision:
    """Keep the way back under the first PEG, and its place in the order of onboarding."""
    file = decision.file
    if form is None or form.id != START_PEG or file.enrollment.status is not EnrollmentStatus.ONBOARDING:
        return decision
    if form.next_open(file) is None and file.dialogue.state != "form":
        return replace(decision, file=at_state(file, onboarding_steps.state_of("ready")))
    shown, *rest = decision.outgoing
    shown = replace(shown, rows=(*shown.rows, *onboarding_steps.back_row("peg")))
    return replace(decision, outgoing=(shown, *rest))


def _shown_anew(decision: Decision, form: Form) -> Decision:
    shown = forms.show(form, decision.file, FormState(form.id), decision.outgoing[0].edits)
    return replace(decision, file=shown.file, outgoing=(*shown.outgoing, *decision.outgoing[1:]))


def _completed(decision: Decision, form_id: FormId, s: Surroundings) -> Decision:
    file = decision.file
    if form_id == START_PEG:
        if file.enrollment.status is not EnrollmentStatus.ONBOARDING:
            return decision
        onward = onboarding.peg_done(file, s)
        return replace(decision, file=onward.file, outgoing=(*decision.outgoing, *onward.outgoing))
    kind = form_id.partition(":")[0]
    if kind == LESSON:
        item = s.course.item(ItemId(form_id.partition(":")[2]))
        ends = lesson_end(file, item, s) if item is not None else ()
        return replace(decision, outgoing=(*decision.outgoing, *ends))
    if kind == CHECK:
        return _check_completed(decision, form_id, s)
    if kind == CHECKIN:
        review = window_dialogue.review_of_day(file, s)
        more = (review,) if review is not None else ()
        return replace(decision, outgoing=(*decision.outgoing, *more))
    return decision


def _check_completed(decision: Decision, form_id: FormId, s: Surroundings) -> Decision:
    file = decision.file
    item_id = ItemId(form_id.partition(":")[2])
    delivery = file.deliveries[item_id]
    file = replace(file, deliveries={**file.deliveries, item_id: replace(delivery, finished_at=s.now)})
    more: list[Outgoing] = []
    harm = file.answers.get(f"{form_id}/{HARM.id}")
    if harm is not None and harm.value in ("a-bit", "yes"):
        card = safety(s.safety.urgent(file.learner.country))
        more.append(replace(card, parts=(Say("harm-noted"), *card.parts)))
    item = s.course.item(item_id)
    if item is not None:
        looked_back = progress.compared(file, item, s)
        more.extend(() if looked_back is None else (looked_back,))
        more.extend(told(file, item, s))
        if next_recall(file, s, item.recalls) is not None:
            more.append(say("recall-offer", (button("recall-open", RECALL, item_id),)))
    return replace(decision, file=file, outgoing=(*decision.outgoing, *more))
