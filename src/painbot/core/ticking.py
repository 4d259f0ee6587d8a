"""What a tick does for one enrollment whose due time has come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from painbot.core import checkin, lessons
from painbot.core.after_course import chosen as chosen_after
from painbot.core.after_course import rows as after_rows
from painbot.core.budget import earliest_push
from painbot.core.consent import consent_question, has_declined, needs_consent
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.due import Due, DueKind
from painbot.core.enrollment import EnrollmentStatus, Rest
from painbot.core.forms import Form, FormState, view
from painbot.core.lateness import choose, push_expires_at
from painbot.core.outgoing import MessageKind, Outgoing, Say
from painbot.core.pacing import instant
from painbot.core.planning import course_is_over, hand_out, owed, pushed, replanned
from painbot.core.resting import wellbeing_push
from painbot.core.settings_dialogue import resumed
from painbot.core.sleep_window import after_silence
from painbot.core.slots import OVER, again_slot, checkin_slot


def tick(file: LearnerFile, s: Surroundings) -> Decision:
    """Send at most one thing that is due, and set when to look again."""
    s = s.fitted(file)
    due_now = tuple(due for due in owed(file, s.course, s.now) if due.goes_at <= s.now)
    chosen = choose(due_now, s.now)
    # Somebody at rest is asked how they are, whatever else has changed meanwhile.
    if needs_consent(file, s) and file.enrollment.rest is None:
        if has_declined(file, s):
            return Decision(
                replace(file, enrollment=replace(file.enrollment, due_at=None, due_why="consent"))
            )
        return _timely(_ask_consent(file, s), file, s)
    if chosen is None:
        return Decision(replanned(file, s.course, s.now))
    if chosen.kind is DueKind.RESUME:
        return Decision(replanned(resumed(file, s), s.course, s.now))
    decision = _timely(_send(_passed_over(file, due_now, chosen), chosen, s), file, s)
    after = pushed(decision.file, s.now) if decision.outgoing else decision.file
    return replace(decision, file=replanned(after, s.course, s.now))


def _timely(decision: Decision, file: LearnerFile, s: Surroundings) -> Decision:
    """Give every push its end: what cannot go out in time is withdrawn and planned anew."""
    ends_at = push_expires_at(s.now, file.zone, file.enrollment.quiet)
    timely = tuple(
        replace(sent, expires_at=min(ends_at, sent.expires_at or ends_at)) for sent in decision.outgoing
    )
    return replace(decision, outgoing=timely)


def _ask_consent(file: LearnerFile, s: Surroundings) -> Decision:
    """Ask once for consent to the changed text; until then nothing is due."""
    at = earliest_push(s.now, file.zone, file.enrollment.quiet, file.enrollment.pushes)
    if at > s.now:
        return Decision(replace(file, enrollment=replace(file.enrollment, due_at=at, due_why="consent")))
    asked = consent_question(s, changed=True)
    slot = f"consent:{file.enrollment.id}:{s.consent_version}"
    waiting = replace(file, enrollment=replace(file.enrollment, due_at=None, due_why="consent"))
    return Decision(pushed(waiting, s.now), (replace(asked, kind=MessageKind.LESSON, slot=slot),))


def _passed_over(file: LearnerFile, due_now: tuple[Due, ...], chosen: Due) -> LearnerFile:
    """Let a check-in found late beside an item go: it can still be opened from the item's message."""
    late = next((due for due in due_now if due.kind is DueKind.CHECKIN and due is not chosen), None)
    return file if late is None or late.on is None else checkin.opened_checkin(file, late.on)


def _send(file: LearnerFile, due: Due, s: Surroundings) -> Decision:
    match due.kind:
        case DueKind.WELLBEING if file.enrollment.rest is not None:
            return _wellbeing(file, file.enrollment.rest, s)
        case DueKind.CHECKIN if file.enrollment.status is EnrollmentStatus.COMPLETED:
            on = due.on or file.today(s.now)
            return _form_push(file, checkin.weekly_peg_form(on), on, s)
        case DueKind.CHECKIN if course_is_over(file, s.course):
            return _course_over(file)
        case DueKind.CHECKIN:
            on = due.on or file.today(s.now)
            file = after_silence(file, s)
            return _form_push(file, checkin.checkin_form(file, s, on), on, s)
        case _ if due.item is not None:
            again = due.item.id in file.deliveries
            file = hand_out(file, due.item, s.now)
            message = lessons.push_message(file, due.item, s)
            if again:
                slot = again_slot(file.enrollment.id, due.item, file.today(s.now), file.zone)
                message = replace(message, slot=slot)
            return Decision(file, (message,))
        case _:
            return Decision(file)


def _wellbeing(file: LearnerFile, rest: Rest, s: Surroundings) -> Decision:
    """Ask plainly how they are; a rest that waits for nothing ends with the question."""
    sent = wellbeing_push(file, rest, s.now)
    if rest.waits_for is not None:
        asked = replace(file.enrollment, rest=replace(rest, asked=True))
        return Decision(replace(file, enrollment=asked), (sent,))
    tomorrow = file.today(s.now) + timedelta(days=1)
    ended = replace(file.enrollment, rest=None, resumes_on=tomorrow, checkin_on=file.today(s.now))
    return Decision(replace(file, enrollment=ended), (sent,))


def _form_push(file: LearnerFile, form: Form, on: date, s: Surroundings) -> Decision:
    """Send a day's form, unless all of it is answered already."""
    file = checkin.opened_checkin(file, on)
    if form.next_open(file) is None:
        return Decision(file)
    shown = view(form, file, FormState(form.id), kind=MessageKind.CHECKIN)
    # A check-in belongs to its day: one still unsent at its end is not sent at all.
    ends_at = instant(on + timedelta(days=1), time(0), file.zone)
    slot = checkin_slot(file.enrollment.id, on, file.zone)
    # What is typed next answers the newest question, not a settings question left open days ago.
    file = replace(file, dialogue=FormState(form.id).to_dialogue())
    return Decision(file, (replace(shown, slot=slot, expires_at=ends_at),))


def _course_over(file: LearnerFile) -> Decision:
    enrollment = replace(file.enrollment, status=EnrollmentStatus.COMPLETED)
    after = chosen_after(file.answers)
    key, rows = ("course-over", after_rows()) if after is None else (f"course-over-{after.value}", ())
    words = Outgoing(MessageKind.LESSON, f"{OVER}:{enrollment.id}", (Say(key),), rows)
    return Decision(replace(file, enrollment=enrollment), (words,))
