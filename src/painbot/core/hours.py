"""Choosing wall times: hours that leave room between them, and quiet hours that give way only when asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from painbot.core.budget import DEFAULT_BUDGET
from painbot.core.decisions import Decision, LearnerFile
from painbot.core.enrollment import EnrollmentStatus
from painbot.core.outgoing import Action, Button, Plain, Row, Say, Words
from painbot.core.quiet_hours import QuietHours
from painbot.core.replies import at_state, button, say

LESSON = "lesson-hour"
CHECKIN = "checkin-hour"

OFFERED = {
    LESSON: (time(8), time(9), time(11), time(13), time(17), time(19)),
    CHECKIN: (time(8), time(9), time(10), time(12), time(18), time(20)),
}
"""Hours that get a button, as far as they fit; any other can be typed."""

ROOM_IN_QUIET = timedelta(hours=1)
"""How long the quiet waits after an hour that it gave way to."""

ONE_DAY = timedelta(days=1)


def clock_words(at: time) -> str:
    """Return a wall time as people read it on a phone, such as 09:00."""
    return f"{at:%H:%M}"


def clock_value(value: str) -> time | None:
    """Return the wall time that a button carries, or nothing where it carries none."""
    try:
        at = time.fromisoformat(value)
    except ValueError:
        return None
    # Only as the buttons write it: no seconds, no offset.
    return at if at.tzinfo is None and clock_words(at) == value else None


def exact_hour(text: str) -> time | None:
    """Return the hour typed just as the prompt writes one, such as 10:30 or 9.30; else nothing.

    Buttons and prompts run through the whole day's twenty-four hours, so that is how it is meant.
    """
    hour, _, minutes = text.strip().replace(".", ":").partition(":")
    return clock_value(f"{hour.rjust(2, '0')}:{minutes}")


# -- two hours that get along


def fits(one: time, other: time) -> bool:
    """Return whether a lesson and a check-in at these hours can both go out at their hour, every day.

    Less than the budget's gap apart, also across midnight, one would push the other on, day after day.
    """
    apart = (_on_a_day(one) - _on_a_day(other)) % ONE_DAY
    return DEFAULT_BUDGET.min_gap <= apart <= ONE_DAY - DEFAULT_BUDGET.min_gap


def fitting_hours(hours: tuple[time, ...], beside: time | None, quiet: QuietHours) -> tuple[time, ...]:
    """Return those of the hours that are not quiet and, where there is another hour, fit beside it."""
    return tuple(at for at in hours if not quiet.contains(at) and (beside is None or fits(at, beside)))


def offered_rows(file: LearnerFile, verb: str, which: str) -> tuple[Row, ...]:
    """Return buttons for the hours that fit, three to a row."""
    hours = fitting_hours(OFFERED[which], _beside(file, which), file.enrollment.quiet)
    buttons = tuple(Button(Plain(clock_words(at)), Action(verb, (which, clock_words(at)))) for at in hours)
    return tuple(buttons[at : at + 3] for at in range(0, len(buttons), 3))


def objection(
    file: LearnerFile, room: str, verb: str, which: str, at: time, another: Button
) -> Decision | None:
    """Say why this hour cannot be, with hours that can; nothing where it can.

    `room` is where the conversation stays, so that an hour typed next is taken as the answer.
    """
    state, beside, quiet = f"{room}/{which}", _beside(file, which), file.enrollment.quiet
    if beside is not None and not fits(at, beside):
        rows = (*offered_rows(file, verb, which), (another,))
        words = _room_words(which, beside, quiet)
        return Decision(at_state(file, state), (say("hour-too-near", *rows, **words),))
    if quiet.contains(at):
        start, end = clock_words(quiet.start), clock_words(quiet.end)
        # The button carries its hour: it still means the same when another hour was typed since.
        move = button("quiet-move", verb, which, "quiet", clock_words(at))
        asked = say("hour-in-quiet", (move, another), time=clock_words(at), start=start, end=end)
        moved = quiet_would_be(quiet_without(quiet, at))
        asked = replace(asked, parts=(*asked.parts, moved))
        return Decision(at_state(file, state), (asked,))
    return None


def _beside(file: LearnerFile, which: str) -> time | None:
    """Return the day's other hour; none where it has not been chosen yet."""
    if which == CHECKIN:
        return file.enrollment.lesson_time
    setting_up = file.enrollment.status is EnrollmentStatus.ONBOARDING
    return None if setting_up else file.enrollment.checkin_time


def room_beside(beside: time, quiet: QuietHours) -> tuple[str, ...]:
    """Return the spans of the day, such as "13:00 - 20:45", that fit beside an hour and are not quiet.

    They are found on the quarters of the hour, so that each hour named is one that can be chosen.
    """
    spans: list[list[time]] = []
    before: time | None = None
    for minutes in range(0, 24 * 60, 15):
        at = time(minutes // 60, minutes % 60)
        free = fits(at, beside) and not quiet.contains(at)
        if free and before is None:
            spans.append([at, at])
        elif free:
            spans[-1][1] = at
        before = at if free else None
    return tuple(
        clock_words(first) if first == last else f"{clock_words(first)} - {clock_words(last)}"
        for first, last in spans
    )


def _room_words(which: str, beside: time, quiet: QuietHours) -> dict[str, str | int]:
    room = room_beside(beside, quiet)
    first, second, third = (*room, "", "", "")[:3]
    return {
        "which": which,
        "other": clock_words(beside),
        "spans": len(room),
        "first": first,
        "second": second,
        "third": third,
    }


def _on_a_day(at: time) -> datetime:
    """Return a wall time on some day without clock changes, to count with."""
    return datetime.combine(date(2000, 1, 2), at, tzinfo=UTC)


# -- setting them


def with_hour(file: LearnerFile, which: str, at: time) -> LearnerFile:
    """Return the file with the lesson hour or the check-in hour set."""
    changed = (
        replace(file.enrollment, lesson_time=at)
        if which == LESSON
        else replace(file.enrollment, checkin_time=at)
    )
    return replace(file, enrollment=changed)


def with_room_for(file: LearnerFile, at: time) -> LearnerFile:
    """Return the file with quiet hours that leave room for this hour."""
    quiet = quiet_without(file.enrollment.quiet, at)
    return replace(file, enrollment=replace(file.enrollment, quiet=quiet))


def quiet_without(quiet: QuietHours, at: time) -> QuietHours:
    """Return quiet hours that no longer hold `at`: the longer of the spans before and after it.

    The span before ends at that time; the one after starts an hour later, to leave room for the message.
    Where nothing would be left of them, there are no quiet hours any more.
    """
    if not quiet.contains(at):
        return quiet
    start, end, wanted = (_on_a_day(when) for when in (quiet.start, quiet.end, at))
    after_start = (wanted - start) % ONE_DAY
    before_end = (end - wanted) % ONE_DAY
    later = min(ROOM_IN_QUIET, before_end)
    if after_start >= before_end - later:
        return replace(quiet, end=at)
    return replace(quiet, start=(wanted + later).time())


def quiet_now(quiet: QuietHours) -> Words:
    """Return words about quiet hours that have moved."""
    return Say("quiet-now-none") if quiet.start == quiet.end else Say("quiet-now", _ends(quiet))


def quiet_would_be(quiet: QuietHours) -> Words:
    """Return words about quiet hours that would move, if wished."""
    return Say("quiet-would-be-none") if quiet.start == quiet.end else Say("quiet-would-be", _ends(quiet))


def _ends(quiet: QuietHours) -> dict[str, str | int]:
    return {"start": clock_words(quiet.start), "end": clock_words(quiet.end)}
