"""Where a learner stands: /today, /next, /checkin, and the menu behind them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from painbot.core import checkin, lessons
from painbot.core.course import Item, ItemKind
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.enrollment import EnrollmentStatus
from painbot.core.forms import FormState, show
from painbot.core.outgoing import Row, Say, Words
from painbot.core.pacing import DAYS_A_WEEK
from painbot.core.planning import (
    check_deliveries,
    coming,
    hand_out,
    next_item,
    next_words,
    pause_words,
    waiting_item,
)
from painbot.core.replies import button, reply, say
from painbot.core.resting import stays

MENU = "m"


def today(file: LearnerFile, s: Surroundings) -> Decision:
    """Say what today holds: a waiting lesson, today's practice, the check-in, what comes next."""
    status = file.enrollment.status
    if status is EnrollmentStatus.PAUSED:
        return Decision(file, (reply((Say("today-paused"), pause_words(file, s.now)), (_resume_row(),)),))
    if status is EnrollmentStatus.LEFT:
        return Decision(file, (say("left-come-back", (button("come-back", MENU, "back"),)),))
    if file.enrollment.rest is not None:
        return Decision(file, (stays(file, s.now),))
    parts: list[Words] = []
    rows: list[Row] = []
    waiting = waiting_item(file, s.course)
    if waiting is not None:
        parts.append(Say("today-waiting", {"title": waiting.title, "minutes": waiting.minutes}))
        rows.append((button("lesson-open", lessons.OPEN, waiting.id),))
    else:
        parts, rows = _handed_out_today(file, s)
    _add_half_read(file, s, parts, rows)
    check = checkin.checkin_row(file, s)
    if check:
        parts.append(Say("today-checkin"))
    elif not parts:
        parts.append(Say("today-nothing"))
    due = coming(file, s.course, s.now)
    if waiting is None or due is None or due.item != waiting:
        # The waiting one may be offered again soon; as "the next one" it would sound like another.
        parts.append(next_words(file, s.course, s.now))
    return Decision(file, (reply(tuple(parts), (*rows, *check)),))


def menu_row() -> Row:
    """Return the ways on from anywhere."""
    return (button("menu-today", MENU, "today"), button("menu-help", MENU, "help"))


def _resume_row() -> Row:
    return (button("resume", MENU, "resume"),)


def _handed_out_today(file: LearnerFile, s: Surroundings) -> tuple[list[Words], list[Row]]:
    on = file.today(s.now)
    for delivery in file.deliveries.values():
        item = s.course.item(delivery.item_id)
        if item is None:
            continue
        opened_today = (
            delivery.opened_at is not None and delivery.opened_at.astimezone(file.zone).date() == on
        )
        if delivery.handed_out_on != on and not opened_today:
            continue
        if item.is_read and delivery.opened_at is not None and delivery.finished_at is None:
            continue
        if item.kind is not ItemKind.LESSON:
            return [Say("today-item", {"title": item.title})], list(lessons.day_rows(file, item, s)) or [
                (button("read-again", lessons.OPEN, item.id),)
            ]
        return [Say("today-item", {"title": item.title})], [(button("read-again", lessons.OPEN, item.id),)]
    return [], []


def _add_half_read(file: LearnerFile, s: Surroundings, parts: list[Words], rows: list[Row]) -> None:
    """Add the lesson that was left in the middle, with the way on from there."""
    item = lessons.half_read(file, s.course)
    if item is not None:
        handed_out_today = file.deliveries[item.id].handed_out_on == file.today(s.now)
        key = "today-half-read" if handed_out_today else "today-half-read-before"
        parts.append(Say(key, {"title": item.title}))
        rows.append((lessons.onward_button(file, item),))


def bring_next(file: LearnerFile, s: Surroundings) -> Decision:
    """Open the waiting item, go on with a half-read one or, at most once a day, bring the next early."""
    may_go_on = file.enrollment.status in (EnrollmentStatus.ACTIVE, EnrollmentStatus.COMPLETED)
    if not may_go_on or file.enrollment.rest is not None:
        return today(file, s)
    waiting = waiting_item(file, s.course)
    if waiting is not None:
        return lessons.open_item(file, waiting, s)
    unopened = _unopened_check(file, s)
    if unopened is not None:
        return lessons.open_item(file, unopened, s)
    left = lessons.half_read(file, s.course)
    if left is not None:
        return lessons.go_on(file, left, s)
    item = next_item(file, s.course)
    on = file.today(s.now)
    if item is None:
        return Decision(file, (reply((Say("next-course-over"), next_words(file, s.course, s.now))),))
    if file.enrollment.early_on == on:
        return Decision(file, (reply((Say("next-once-a-day"), next_words(file, s.course, s.now))),))
    # A course that has grown since somebody completed it goes on with what is new.
    enrollment = replace(file.enrollment, early_on=on, status=EnrollmentStatus.ACTIVE)
    file = replace(file, enrollment=enrollment)
    return lessons.open_item(hand_out(file, item, s.now), item, s)


def _unopened_check(file: LearnerFile, s: Surroundings) -> Item | None:
    """Return the check day that was handed out in the past week and not begun."""
    since = file.today(s.now) - timedelta(days=DAYS_A_WEEK - 1)
    for delivery in check_deliveries(file, s.course):
        if delivery.opened_at is None and delivery.handed_out_on >= since:
            return s.course.item(delivery.item_id)
    return None


def open_checkin(file: LearnerFile, s: Surroundings, day: str | None = None) -> Decision:
    """Show today's check-in; a button of an earlier day learns that it closed."""
    on = file.today(s.now)
    if day is not None and day != on.isoformat():
        return closed_checkin(file, s)
    file = checkin.opened_checkin(file, on)
    return show(checkin.checkin_form(file, s, on), file, FormState(checkin.checkin_id(on)))


def closed_checkin(file: LearnerFile, s: Surroundings) -> Decision:
    """Say that a check-in closed with its day, and offer today's."""
    return Decision(file, (reply((Say("checkin-closed"),), checkin.checkin_row(file, s)),))
