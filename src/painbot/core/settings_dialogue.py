"""/settings, /pause, /resume, /slower: the learner's own pace and hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

from painbot.core import after_course, window_dialogue
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.enrollment import EnrollmentStatus
from painbot.core.hours import (
    CHECKIN,
    clock_value,
    clock_words,
    exact_hour,
    objection,
    offered_rows,
    quiet_now,
    with_hour,
    with_room_for,
)
from painbot.core.moving import moved_to
from painbot.core.outgoing import (
    Action,
    Button,
    Line,
    MessageKind,
    Outgoing,
    Plain,
    ReplyKeyboard,
    Row,
    Say,
    Words,
)
from painbot.core.overview import today
from painbot.core.pacing import Pace, instant
from painbot.core.places import chosen_place, offer_places, on_land, place_of_zone
from painbot.core.planning import course_is_over, going_on, next_words, pause_words, waiting_item
from painbot.core.quiet_hours import QuietHours
from painbot.core.replies import at_state, button, reply, say
from painbot.core.resting import rest_rows
from painbot.core.sleep_window import back_in_full, undone

VERB = "set"
PAUSE = "pz"

QUIET_CHOICES = (
    QuietHours(time(21), time(8)),
    QuietHours(time(22), time(7)),
    QuietHours(time(20), time(9)),
    QuietHours(time(23), time(6)),
)
LONGEST_PAUSE_DAYS = 365

DEEP_NIGHT = time(3)
"""An hour that nearly every night of quiet holds."""


def menu(file: LearnerFile, s: Surroundings, *before: Words) -> Decision:
    """Show every setting with its value and a button to change it."""
    enrollment = file.enrollment
    here = f"{s.now.astimezone(file.zone):%H:%M}"
    quiet = f"{clock_words(enrollment.quiet.start)} - {clock_words(enrollment.quiet.end)}"
    parts: tuple[Words, ...] = (
        *before,
        Say("settings-title"),
        Line(Say("settings-lesson-hour"), Plain(clock_words(enrollment.lesson_time))),
        Line(Say("settings-checkin-hour"), Plain(clock_words(enrollment.checkin_time))),
        Line(Say("settings-quiet"), Plain(quiet)),
        Line(Say("settings-pace"), Say(f"pace-{enrollment.pace.value}")),
        Line(Say("settings-place"), Say("settings-zone", {"zone": file.learner.zone or "UTC", "time": here})),
        *window_dialogue.settings_lines(file),
    )
    over = course_is_over(file, s.course)
    after: tuple[Row, ...] = ((button("settings-after", after_course.VERB, "show"),),) if over else ()
    rows: tuple[Row, ...] = (
        (
            button("settings-lesson-hour", VERB, "lesson-hour"),
            button("settings-checkin-hour", VERB, "checkin-hour"),
        ),
        (button("settings-quiet", VERB, "quiet"), button("settings-pace", VERB, "pace")),
        (button("settings-place", VERB, "place"),),
        *window_dialogue.settings_rows(file),
        *after,
    )
    return Decision(at_state(file, "idle"), (reply(parts, rows),))


def press(file: LearnerFile, action: Action, s: Surroundings) -> Decision:
    """Answer a press on a settings button."""
    what, value = (*action.args, "", "")[:2]
    if not value:
        return _ask(file, s, what)
    match what:
        case "lesson-hour" | "checkin-hour":
            return _hour(file, s, what, action)
        case "quiet":
            return _quiet(file, s, value)
        case "pace":
            pace = Pace(value) if value in set(Pace) else file.enrollment.pace
            return _saved(replace(file, enrollment=replace(file.enrollment, pace=pace)), s)
        case "place" if value == "without":
            return _saved(file, s)
        case "place":
            place = chosen_place(action)
            if place is None:
                return _ask(file, s, "place")
            return moved(file, s, *place)
        case _:
            return menu(file, s)


def moved(file: LearnerFile, s: Surroundings, zone: str, country: str | None) -> Decision:
    """Set a new zone; everything due follows it."""
    file = moved_to(file, zone, s.now)
    file = replace(file, learner=replace(file.learner, country=country))
    kept = replace(say("place-kept"), keyboard=ReplyKeyboard.REMOVE)
    decision = _country_asked(file) if country is None else _saved(file, s)
    return replace(decision, outgoing=(kept, *decision.outgoing))


def _country_asked(file: LearnerFile) -> Decision:
    """Ask for the country: the help lines of the one left behind would be the wrong ones."""
    row = (button("form-skip", VERB, "place", "without"),)
    return Decision(at_state(file, "settings/place"), (say("place-country", row),))


def _saved(file: LearnerFile, s: Surroundings, *more: Words) -> Decision:
    return menu(file, s, Say("settings-saved"), *more)


def _ask(file: LearnerFile, s: Surroundings, what: str) -> Decision:
    """Ask for a setting, with the buttons that answer it."""
    back = (button("back", VERB, "menu", "show"),)
    file = at_state(file, f"settings/{what}")
    match what:
        case "lesson-hour" | "checkin-hour":
            return Decision(file, (say(f"onb-{what}", *offered_rows(file, VERB, what), back),))
        case "quiet":
            rows = tuple((_quiet_button(quiet),) for quiet in QUIET_CHOICES)
            return Decision(file, (say("settings-quiet-ask", *rows, back),))
        case "pace":
            row = tuple(button(f"pace-{pace.value}", VERB, "pace", pace.value) for pace in Pace)
            return Decision(file, (say("settings-pace-ask", row, back),))
        case "place":
            # Telegram shows either buttons or the location keyboard; /settings leads back.
            asked = replace(say("onb-place"), keyboard=ReplyKeyboard.ASK_LOCATION)
            return Decision(file, (asked,))
        case "pause":
            return pause_asked(file, s, "")
        case _:
            return menu(file, s)


def _quiet_button(quiet: QuietHours) -> Button:
    label = Plain(f"{clock_words(quiet.start)} - {clock_words(quiet.end)}")
    return Button(label, Action(VERB, ("quiet", _quiet_value(quiet))))


def typed(file: LearnerFile, text: str, s: Surroundings) -> Decision | None:
    """Take typed words as the answer to an open settings question; nothing where none is open."""
    what = file.dialogue.state.removeprefix("settings/")
    match what:
        case "lesson-hour" | "checkin-hour":
            return _hour_typed(file, s, what, text)
        case "quiet":
            return _quiet_typed(file, s, text)
        case "pace":
            return _pace_typed(file, s, text)
        case "place":
            candidates = s.read.read_place(text).candidates
            if not candidates:
                return Decision(file, (_place_unknown(file, s),))
            return offer_places(file, s, candidates, VERB)
        case "pause":
            return _pause_typed(file, s, text)
        case _:
            return None


def _not_understood(file: LearnerFile, s: Surroundings, what: str, key: str) -> Decision | None:
    """Ask the same question again with its buttons; words in a rest may mean something else."""
    if file.enrollment.rest is not None:
        return None
    asked = _ask(file, s, what)
    question = asked.outgoing[0]
    again = replace(question, kind=MessageKind.PUZZLED, parts=(Say(key), *question.parts))
    return replace(asked, outgoing=(again,))


def _hour_typed(file: LearnerFile, s: Surroundings, what: str, text: str) -> Decision | None:
    exact = exact_hour(text)
    if exact is not None:
        return _hour_chosen(file, s, what, exact)
    heard = s.read.read_time(text)
    if heard.value is None:
        return _not_understood(file, s, what, "hour-unknown")
    value = clock_words(heard.value)
    if heard.confirm:
        row: Row = (button("yes", VERB, what, value), button("hour-other", VERB, what))
        return Decision(file, (say("hour-guess", row, time=value),))
    return _hour_chosen(file, s, what, heard.value)


def _quiet_typed(file: LearnerFile, s: Surroundings, text: str) -> Decision | None:
    heard = s.read.read_span(text)
    if heard.value is None:
        return _not_understood(file, s, "quiet", "quiet-unknown")
    span = QuietHours(*heard.value)
    if heard.confirm or not span.contains(DEEP_NIGHT):
        # A span without the night may have been typed the wrong way round.
        start, end = clock_words(span.start), clock_words(span.end)
        row: Row = (button("yes", VERB, "quiet", _quiet_value(span)), button("quiet-other", VERB, "quiet"))
        return Decision(file, (say("quiet-guess", row, start=start, end=end),))
    return _quiet(file, s, _quiet_value(span))


def _pace_typed(file: LearnerFile, s: Surroundings, text: str) -> Decision | None:
    heard = s.read.read_choice(text, {pace.value: pace.value for pace in Pace})
    if heard.value is None:
        heard = s.read.read_choice(text, {pace.value: s.words(f"pace-{pace.value}") for pace in Pace})
    if heard.value is None:
        return _not_understood(file, s, "pace", "pace-unknown")
    if heard.confirm:
        row: Row = (button("yes", VERB, "pace", heard.value), button("no-choose", VERB, "pace"))
        return Decision(file, (reply((Say("form-guess"), Say(f"pace-{heard.value}")), (row,)),))
    return press(file, Action(VERB, ("pace", heard.value)), s)


def _place_unknown(file: LearnerFile, s: Surroundings) -> Outgoing:
    """Say that the place is not known; words in a rest may mean something else, so its ways on stay."""
    if file.enrollment.rest is None:
        return say("place-unknown")
    return reply((Say("place-unknown"), Say("rest-stays")), rest_rows(file, s.now))


def located(file: LearnerFile, zone: str | None, s: Surroundings) -> Decision:
    """Take the zone of a shared location as the new place, after showing it."""
    if zone is None or not on_land(zone):
        return Decision(file, (say("place-nowhere"),))
    return offer_places(file, s, (place_of_zone(zone, s),), VERB)


def _hour(file: LearnerFile, s: Surroundings, what: str, action: Action) -> Decision:
    _, value, moved_for = (*action.args, "", "")[:3]
    at = clock_value(moved_for if value == "quiet" else value)
    if at is None:
        return _ask(file, s, what)
    if value == "quiet":
        roomy = with_room_for(file, at)
        # Quiet hours move only together with the hour they make room for.
        fits = _objection(roomy, what, at) is None
        if fits and roomy.enrollment.quiet != file.enrollment.quiet:
            return _saved(with_hour(roomy, what, at), s, quiet_now(roomy.enrollment.quiet))
    return _hour_chosen(file, s, what, at)


def _hour_chosen(file: LearnerFile, s: Surroundings, what: str, at: time) -> Decision:
    return _objection(file, what, at) or _saved(with_hour(file, what, at), s)


def _objection(file: LearnerFile, what: str, at: time) -> Decision | None:
    return objection(file, "settings", VERB, what, at, button("hour-other", VERB, what))


def _quiet(file: LearnerFile, s: Surroundings, value: str) -> Decision:
    chosen = _quiet_of(value)
    if chosen is None:
        return _ask(file, s, "quiet")
    for what, at in (
        ("lesson-hour", file.enrollment.lesson_time),
        ("checkin-hour", file.enrollment.checkin_time),
    ):
        if chosen.contains(at):
            row: Row = (button("settings-change-hour", VERB, what), button("back", VERB, "quiet"))
            return Decision(file, (say(f"quiet-clash-{what}", row, time=clock_words(at)),))
    # Hours set before they were compared are sorted out first.
    near = _objection(file, CHECKIN, file.enrollment.checkin_time)
    return near or _saved(replace(file, enrollment=replace(file.enrollment, quiet=chosen)), s)


def _quiet_of(value: str) -> QuietHours | None:
    """Return the quiet hours that a button carries, or nothing where it carries none."""
    ends = [clock_value(f"{end[:2]}:{end[2:]}") for end in value.split("-")]
    match ends:
        case [time() as start, time() as end] if start != end:
            return QuietHours(start, end)
        case _:
            return None


def _quiet_value(quiet: QuietHours) -> str:
    return f"{quiet.start:%H%M}-{quiet.end:%H%M}"


# -- pausing


def pause_asked(file: LearnerFile, s: Surroundings, rest: str) -> Decision:
    """Answer /pause, with or without a number of days."""
    if file.enrollment.status not in (EnrollmentStatus.ACTIVE, EnrollmentStatus.PAUSED):
        return today(file, s)
    if rest:
        return _pause_typed(file, s, rest)
    return Decision(at_state(file, "settings/pause"), (say("pause-ask", *_pause_rows()),))


def _pause_typed(file: LearnerFile, s: Surroundings, text: str) -> Decision:
    if s.read.read_open_end(text):
        return pause(file, s, None)
    days = s.read.read_days(text)
    if days.value is None or not 1 <= days.value <= LONGEST_PAUSE_DAYS:
        return _pause_unknown(file)
    if days.confirm:
        row: Row = (button("yes", PAUSE, str(days.value)), button("pause-other", VERB, "pause"))
        asked = say("pause-guess", row, days=days.value)
        return Decision(at_state(file, "settings/pause"), (asked,))
    return pause(file, s, days.value)


def _pause_unknown(file: LearnerFile) -> Decision:
    # What is typed next is a length of pause, not the answer of a check-in that stands open.
    return Decision(at_state(file, "settings/pause"), (say("pause-unknown", *_pause_rows()),))


def _pause_rows() -> tuple[Row, ...]:
    return (
        (button("pause-3", PAUSE, "3"), button("pause-7", PAUSE, "7"), button("pause-14", PAUSE, "14")),
        (button("pause-until-back", PAUSE, "open"),),
    )


def pause_pressed(file: LearnerFile, action: Action, s: Surroundings) -> Decision:
    """Answer a press on a length of pause."""
    if file.enrollment.status not in (EnrollmentStatus.ACTIVE, EnrollmentStatus.PAUSED):
        return today(file, s)
    value = action.args[0] if action.args else ""
    if value == "open":
        return pause(file, s, None)
    days = int(value) if value.isdecimal() and value.isascii() else 0
    return pause(file, s, days) if 1 <= days <= LONGEST_PAUSE_DAYS else _pause_unknown(file)


def pause(file: LearnerFile, s: Surroundings, days: int | None) -> Decision:
    """Rest the course for some days, or until the learner comes back."""
    until = None
    if days is not None:
        # It ends with the start of a local day, so that the day's own hours count.
        until = instant(file.today(s.now) + timedelta(days=days), time(0), file.zone)
    enrollment = replace(file.enrollment, status=EnrollmentStatus.PAUSED, paused_until=until)
    file = at_state(replace(file, enrollment=enrollment), "idle")
    parts = (Say("paused"), pause_words(file, s.now), *back_in_full(file))
    return Decision(undone(file, s, told=True), (reply(parts),), cancel_pending=True)


def resume(file: LearnerFile, s: Surroundings) -> Decision:
    """End a pause: the waiting lesson is offered, and the next one comes at its hour."""
    if file.enrollment.status is not EnrollmentStatus.PAUSED:
        return today(file, s)
    file = resumed(file, s)
    if file.enrollment.rest is not None or waiting_item(file, s.course) is not None:
        return today(file, s)
    return Decision(file, (reply((Say("resumed"), next_words(file, s.course, s.now))),))


def resumed(file: LearnerFile, s: Surroundings) -> LearnerFile:
    """Return the file with its pause over; nothing that the pause passed over is owed."""
    enrollment = replace(file.enrollment, status=EnrollmentStatus.ACTIVE, paused_until=None)
    return going_on(replace(file, enrollment=enrollment), s.now)


def slower(file: LearnerFile, s: Surroundings) -> Decision:
    """Go to the gentle pace, or offer a pause to those already on it."""
    if file.enrollment.pace is Pace.GENTLE:
        return Decision(file, (say("slower-already", *_pause_rows()),))
    file = replace(file, enrollment=replace(file.enrollment, pace=Pace.GENTLE))
    return Decision(file, (reply((Say("slower-done"), next_words(file, s.course, s.now))),))
