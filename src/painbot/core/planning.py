"""What an enrollment is owed next, and what a tick does about it.

Everything follows from what is stored: when the last item was handed out and opened, when the last
check-in was asked, what was pushed lately. So a plan made twice is the same plan, and an edit of the
hours, the pace or the course needs no clean-up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from painbot.core.after_course import next_booster, next_weekly_peg
from painbot.core.budget import earliest_push
from painbot.core.course import Course, Item, ItemKind
from painbot.core.decisions import LearnerFile
from painbot.core.due import Due, DueKind
from painbot.core.enrollment import Delivery, EnrollmentStatus
from painbot.core.ids import ItemId
from painbot.core.lateness import checkin_is_over, first_check_kept
from painbot.core.outgoing import Say, Words
from painbot.core.pacing import DAYS_A_WEEK, instant, local_date, next_check_date, next_item_date
from painbot.core.slots import OVER, WELLBEING, item_of

ONE_DAY = timedelta(days=1)

ASKED_AFTER_A_REST = frozenset(
    {
        EnrollmentStatus.ACTIVE,
        EnrollmentStatus.PAUSED,
        EnrollmentStatus.ONBOARDING,
        EnrollmentStatus.COMPLETED,
    }
)
"""States in which a rest is followed by a "how are you"; a pause holds back lessons, not that question."""


def waiting_item(file: LearnerFile, course: Course) -> Item | None:
    """Return the lesson that was handed out and not opened yet, if there is one."""
    for delivery in file.deliveries.values():
        item = course.item(delivery.item_id)
        if item is not None and item.kind is ItemKind.LESSON and delivery.opened_at is None:
            return item
    return None


def delivered_ids(file: LearnerFile) -> frozenset[ItemId]:
    """Return the ids of everything handed out so far."""
    return frozenset(file.deliveries)


def next_item(file: LearnerFile, course: Course) -> Item | None:
    """Return the next lesson or practice day on the path."""
    return course.next_on_path(delivered_ids(file))


def owed(file: LearnerFile, course: Course, now: datetime) -> tuple[Due, ...]:
    """Return everything owed to this learner, each with the first instant it may go out."""
    enrollment = file.enrollment
    if enrollment.status is EnrollmentStatus.PAUSED:
        until = enrollment.paused_until
        resume = () if until is None else (Due(DueKind.RESUME, until, max(until, now)),)
        return (*_owed_at_rest(file, now), *resume)
    if enrollment.rest is not None:
        return _owed_at_rest(file, now)
    if enrollment.status is EnrollmentStatus.COMPLETED:
        return _owed_after_course(file, course, now)
    if enrollment.status is not EnrollmentStatus.ACTIVE or enrollment.started_on is None:
        return ()
    found = (_next_checkin(file, now), _next_check(file, course, now), _next_on_path(file, course, now))
    return tuple(due for due in found if due is not None)


def _goes_at(file: LearnerFile, wanted_at: datetime, now: datetime) -> datetime:
    enrollment = file.enrollment
    return earliest_push(max(wanted_at, now), file.zone, enrollment.quiet, enrollment.pushes)


def _owed_at_rest(file: LearnerFile, now: datetime) -> tuple[Due, ...]:
    rest = file.enrollment.rest
    if rest is None or rest.until is None or rest.silent or rest.asked:
        return ()
    if file.enrollment.status not in ASKED_AFTER_A_REST:
        return ()
    return (Due(DueKind.WELLBEING, rest.until, _goes_at(file, rest.until, now)),)


def _owed_after_course(file: LearnerFile, course: Course, now: datetime) -> tuple[Due, ...]:
    """Return the next booster or the next three questions, for those who chose them."""
    enrollment, today = file.enrollment, file.today(now)
    found = next_booster(file, course, today)
    if found is not None:
        item, on = found
        wanted_at = instant(max(on, enrollment.resumes_on or on), enrollment.lesson_time, file.zone)
        return (Due(DueKind.LESSON, wanted_at, _goes_at(file, wanted_at, now), item=item, on=on),)
    for weeks in range(2):
        asked_on = next_weekly_peg(file, today + weeks * timedelta(days=DAYS_A_WEEK))
        if asked_on is None:
            return ()
        wanted_at = instant(asked_on, enrollment.checkin_time, file.zone)
        goes_at = _goes_at(file, wanted_at, now)
        if not checkin_is_over(asked_on, goes_at, file.zone):
            return (Due(DueKind.CHECKIN, wanted_at, goes_at, on=asked_on),)
    return ()


def _next_checkin(file: LearnerFile, now: datetime) -> Due | None:
    enrollment = file.enrollment
    if enrollment.started_on is None:
        return None
    on = max(enrollment.started_on + ONE_DAY, file.today(now))
    if enrollment.checkin_on is not None:
        on = max(on, enrollment.checkin_on + ONE_DAY)
    for _ in range(DAYS_A_WEEK):
        wanted_at = instant(on, enrollment.checkin_time, file.zone)
        goes_at = _goes_at(file, wanted_at, now)
        if not checkin_is_over(on, goes_at, file.zone):
            return Due(DueKind.CHECKIN, wanted_at, goes_at, on=on)
        on += ONE_DAY
    # An hour inside the quiet hours never fits its own day; settings refuse it, a restored row may hold it.
    return None


def check_deliveries(file: LearnerFile, course: Course) -> tuple[Delivery, ...]:
    """Return the check days handed out so far, in order: the Nth ends the learner's Nth week."""
    found = [
        delivery
        for delivery in file.deliveries.values()
        if (item := course.item(delivery.item_id)) is not None and item.kind is ItemKind.CHECK
    ]
    return tuple(sorted(found, key=lambda delivery: delivery.handed_out_at))


def _next_check(file: LearnerFile, course: Course, now: datetime) -> Due | None:
    enrollment = file.enrollment
    done = check_deliveries(file, course)
    item = course.next_check(delivered_ids(file))
    if item is None or enrollment.started_on is None:
        return None
    last_on = max((delivery.handed_out_on for delivery in done), default=None)
    first = max(first_check_kept(file.today(now)), enrollment.resumes_on or date.min)
    on = next_check_date(enrollment.started_on, last_on, max(enrollment.started_on, first))
    wanted_at = instant(on, enrollment.lesson_time, file.zone)
    return Due(DueKind.CHECK, wanted_at, _goes_at(file, wanted_at, now), item=item, on=on)


def _next_on_path(file: LearnerFile, course: Course, now: datetime) -> Due | None:
    enrollment = file.enrollment
    waiting = waiting_item(file, course)
    if waiting is not None:
        return _offered_again(file, waiting, now)
    item = next_item(file, course)
    if item is None or enrollment.started_on is None:
        return None
    last_on = last_item_on(file, course)
    first = last_on + ONE_DAY if last_on else enrollment.started_on
    on = next_item_date(
        enrollment.pace, enrollment.started_on, last_on, max(first, enrollment.resumes_on or date.min)
    )
    kind = DueKind.LESSON if item.kind is ItemKind.LESSON else DueKind.PRACTICE
    wanted_at = instant(on, enrollment.lesson_time, file.zone)
    return Due(kind, wanted_at, _goes_at(file, wanted_at, now), item=item, on=on)


def _offered_again(file: LearnerFile, waiting: Item, now: datetime) -> Due | None:
    """Offer a waiting lesson once more after a pause or a rest, whose start withdrew its message."""
    resumes_on = file.enrollment.resumes_on
    if resumes_on is None or file.deliveries[waiting.id].handed_out_on >= resumes_on:
        return None
    wanted_at = instant(resumes_on, file.enrollment.lesson_time, file.zone)
    return Due(DueKind.LESSON, wanted_at, _goes_at(file, wanted_at, now), item=waiting, on=resumes_on)


def last_item_on(file: LearnerFile, course: Course) -> date | None:
    """Return the last local date on which a lesson or practice day was handed out or first opened."""
    dates: list[date] = []
    for delivery in file.deliveries.values():
        item = course.item(delivery.item_id)
        if item is not None and item.kind is ItemKind.CHECK:
            continue
        dates.append(delivery.handed_out_on)
        if delivery.opened_at is not None:
            # Counted from the day it was handed out, which came along with a move across the date line.
            opened_on, handed_on = (
                local_date(at, file.zone) for at in (delivery.opened_at, delivery.handed_out_at)
            )
            dates.append(delivery.handed_out_on + (opened_on - handed_on))
    return max(dates, default=None)


def reached_on(file: LearnerFile, course: Course, item_id: ItemId) -> date | None:
    """Return the day by which an item and the lesson or practice day before it were handed out.

    Check days keep to the calendar and lessons to the pace, so that on a gentle pace a check day may come
    weeks before the lessons it closes.
    """
    ids = [item.id for item in course.items]
    if item_id not in ids:
        return None
    before = [item.id for item in course.items[: ids.index(item_id)] if item.kind is not ItemKind.CHECK]
    deliveries = [file.deliveries.get(each) for each in (item_id, *before[-1:])]
    days = [delivery.handed_out_on for delivery in deliveries if delivery is not None]
    return max(days) if len(days) == len(deliveries) else None


def replanned(file: LearnerFile, course: Course, now: datetime) -> LearnerFile:
    """Return the file with its due time set to the earliest thing owed."""
    due = min(owed(file, course, now), key=lambda due: due.goes_at, default=None)
    at, why = (due.goes_at, due.kind.value) if due else (None, None)
    if (file.enrollment.due_at, file.enrollment.due_why) == (at, why):
        return file
    return replace(file, enrollment=replace(file.enrollment, due_at=at, due_why=why))


def hand_out(file: LearnerFile, item: Item, now: datetime) -> LearnerFile:
    """Return the file with this item handed out today."""
    delivery = Delivery(item.id, handed_out_at=now, handed_out_on=file.today(now))
    return replace(file, deliveries={**file.deliveries, item.id: delivery})


def withdrawn(file: LearnerFile, slots: Iterable[str]) -> LearnerFile:
    """Return the file as if these pushes, which never went out, had not been made: they are owed again."""
    enrollment, deliveries = file.enrollment, dict(file.deliveries)
    for slot in slots:
        found = item_of(slot)
        if found is not None:
            deliveries = _not_handed_out(file, deliveries, *found)
        elif slot.startswith(f"{WELLBEING}:") and enrollment.rest is not None:
            enrollment = replace(enrollment, rest=replace(enrollment.rest, asked=False))
        elif slot.startswith(f"{OVER}:") and enrollment.status is EnrollmentStatus.COMPLETED:
            enrollment = replace(enrollment, status=EnrollmentStatus.ACTIVE)
    return replace(file, enrollment=enrollment, deliveries=deliveries)


def _not_handed_out(
    file: LearnerFile, deliveries: dict[ItemId, Delivery], item_id: ItemId, again: bool
) -> dict[ItemId, Delivery]:
    delivery = deliveries.get(item_id)
    if delivery is None or delivery.opened_at is not None:
        return deliveries
    if not again:
        return {key: kept for key, kept in deliveries.items() if key != item_id}
    # Its first message did go out, long ago: only the offer once more is owed anew.
    before = (file.enrollment.resumes_on or delivery.handed_out_on) - ONE_DAY
    back = max(delivery.handed_out_on - before, timedelta())
    earlier = replace(
        delivery,
        handed_out_at=delivery.handed_out_at - back,
        handed_out_on=delivery.handed_out_on - back,
    )
    return {**deliveries, item_id: earlier}


def going_on(file: LearnerFile, now: datetime) -> LearnerFile:
    """Return the file with its course going on from the next hour: what is past is not owed at once."""
    enrollment, today = file.enrollment, file.today(now)
    lesson_is_past = instant(today, enrollment.lesson_time, file.zone) <= now
    checkin_on = enrollment.checkin_on
    if instant(today, enrollment.checkin_time, file.zone) <= now:
        # Today's check-in can still be opened by hand.
        checkin_on = max(checkin_on or today, today)
    resumes_on = today + ONE_DAY if lesson_is_past else today
    return replace(file, enrollment=replace(enrollment, resumes_on=resumes_on, checkin_on=checkin_on))


def pushed(file: LearnerFile, now: datetime) -> LearnerFile:
    """Return the file with one more push in its tally."""
    tally = file.enrollment.pushes.record(now, file.zone)
    return replace(file, enrollment=replace(file.enrollment, pushes=tally))


def course_is_over(file: LearnerFile, course: Course) -> bool:
    """Return whether every item of the course as it is today was handed out."""
    return all(item.id in file.deliveries for item in course.items)


def coming(file: LearnerFile, course: Course, now: datetime) -> Due | None:
    """Return the lesson, practice or check day that comes first, or nothing while none is owed."""
    found = [due for due in owed(file, course, now) if due.item is not None]
    return min(found, key=lambda due: due.goes_at, default=None)


def next_words(file: LearnerFile, course: Course, now: datetime) -> Words:
    """Return when the next lesson, practice or check day comes, in the learner's own time."""
    if file.enrollment.status is EnrollmentStatus.PAUSED:
        return pause_words(file, now)
    if file.enrollment.rest is not None:
        return Say("rest-stays")
    due = coming(file, course, now)
    if due is None:
        return Say("next-none" if waiting_item(file, course) is None else "next-after-waiting")
    local = due.goes_at.astimezone(file.zone)
    days = (local.date() - file.today(now)).days
    when = {0: "today", 1: "tomorrow"}.get(days, "later" if days < DAYS_A_WEEK else "date")
    return Say(
        "next-item",
        {
            "kind": due.kind.value,
            "when": when,
            "weekday": local.weekday(),
            "date": _date_words(local, now),
            "time": f"{local:%H:%M}",
        },
    )


def _date_words(local: datetime, now: datetime) -> str:
    """Return a day and month; the year too where it is another than now."""
    this_year = now.astimezone(local.tzinfo).year
    return f"{local:%d %B}" if local.year == this_year else f"{local:%d %B %Y}"


def pause_words(file: LearnerFile, now: datetime) -> Words:
    """Return how long the pause lasts."""
    until = file.enrollment.paused_until
    if until is None:
        return Say("pause-open")
    return Say("pause-until", {"date": _date_words(until.astimezone(file.zone), now)})
