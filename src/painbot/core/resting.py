"""The rest that follows a danger sign: how it begins, what it waits for, and how it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.enrollment import Answer, EnrollmentStatus, Rest
from painbot.core.erasing import unasked
from painbot.core.gates import CRISIS
from painbot.core.outgoing import Action, Button, MessageKind, Outgoing, Row, Say
from painbot.core.planning import going_on
from painbot.core.replies import ASIDE, at_state, button, reply, safety, say
from painbot.core.sleep_window import back_words, undone, untold
from painbot.core.slots import WELLBEING
from painbot.core.triage.model import Finding, Level
from painbot.core.triage.rest import rest_after

VERB = "rest"

SEEN = "seen"
WISH = "wish"

LASTING = frozenset({Level.EMERGENCY, Level.CRISIS})
"""Levels whose rest lasts its whole time, whatever the person taps before."""


def with_rest(file: LearnerFile, finding: Finding, s: Surroundings) -> LearnerFile:
    """Return the file at rest as the finding's level asks; what is stricter in a rest already there stays."""
    rule = rest_after(finding, s.now.astimezone(file.zone))
    if rule.until is None and rule.wait_for is None and not rule.silent:
        return file
    file = unasked(file)
    kept = file.enrollment.rest
    rest = Rest(
        level=finding.level.value,
        group=finding.group,
        since=s.now,
        until=(rule.until or s.now).astimezone(UTC),
        waits_for=rule.wait_for,
        silent=rule.silent,
    )
    file = replace(file, enrollment=replace(file.enrollment, rest=_stricter(kept, rest) if kept else rest))
    # Nobody sleeps less on purpose while the course rests.
    file = undone(file, s, told=False)
    if finding.level is Level.CRISIS and CRISIS not in file.answers:
        noted = Answer(CRISIS, "crisis", "yes", on=file.today(s.now), at=s.now)
        file = replace(file, answers={**file.answers, CRISIS: noted})
    # What is typed after a danger sign is no answer to a setting or a line asked for before it. The place
    # alone stays open: it decides whose numbers are shown, and is only taken with a tap.
    open_aside = file.dialogue.state.startswith(ASIDE) and file.dialogue.state != "settings/place"
    return at_state(file, "idle") if open_aside else file


def _stricter(kept: Rest, new: Rest) -> Rest:
    first, second = (kept, new) if Level(kept.level).rank > Level(new.level).rank else (new, kept)
    untils = [rest.until for rest in (kept, new) if rest.until is not None]
    return replace(
        new,
        level=first.level,
        group=first.group,
        until=max(untils, default=None),
        waits_for=first.waits_for or second.waits_for,
        silent=kept.silent or new.silent,
    )


def wellbeing_push(file: LearnerFile, rest: Rest, now: datetime) -> Outgoing:
    """Return the plain "how are you" after a rest: no content, only a way on or more rest."""
    numbers = button("rest-numbers", VERB, "numbers")
    not_yet = button("rest-not-yet", VERB, "not-yet")
    rows: tuple[Row, ...]
    if rest.waits_for == SEEN:
        key, rows = "wellbeing-seen", ((ending_button(rest),), (not_yet, numbers))
    elif rest.waits_for == WISH:
        key, rows = "wellbeing", ((ending_button(rest),), (not_yet, numbers))
    elif file.enrollment.status is EnrollmentStatus.ONBOARDING:
        key, rows = "wellbeing-setting-up", ((button("onb-go-on", "m", "today"),), (numbers,))
    elif file.enrollment.status is EnrollmentStatus.COMPLETED:
        key, rows = "wellbeing-completed", ((numbers,),)
    elif file.enrollment.status is EnrollmentStatus.PAUSED:
        key, rows = "wellbeing-paused", ((numbers,),)
    else:
        key, rows = "wellbeing-goes-on", ((numbers,),)
    window = untold(file, file.today(now))
    news = (back_words(window),) if window is not None else ()
    slot = f"{WELLBEING}:{file.enrollment.id}:{rest.since:%Y%m%dT%H%M%S}"
    return Outgoing(MessageKind.WELLBEING, slot, (Say(key), *news), rows)


def waits_now(before: LearnerFile, rested: LearnerFile) -> Outgoing | None:
    """Return that the course waits now, with what ends that; it follows the card of a typed danger sign.

    Nothing where that was said already, after leaving, and in a silent rest: somebody else may be reading.
    """
    kept, rest = before.enrollment.rest, rested.enrollment.rest
    if rest is None or rest.silent or rested.enrollment.status is EnrollmentStatus.LEFT:
        return None
    if kept is not None and not kept.asked and (kept.level, kept.waits_for) == (rest.level, rest.waits_for):
        return None
    rows: tuple[Row, ...] = ((ending_button(rest),),) if rest.waits_for == SEEN else ()
    return Outgoing(MessageKind.SAFETY, "", (wait_words(rest),), rows)


def wait_words(rest: Rest) -> Say:
    """Return what the course waits for, right after a card."""
    match rest.waits_for:
        case _ if rest.silent:
            return Say("rest-stays")
        case "seen":
            return Say("signs-wait-seen")
        case "wish":
            return Say("signs-wait-day")
        case _:
            return Say("signs-wait-while")


def ending_button(rest: Rest) -> Button:
    """Return the button that says what ends this rest; it names the rest, and answers no later one."""
    key, value = ("rest-seen", SEEN) if rest.waits_for == SEEN else ("rest-go-on", WISH)
    return button(key, VERB, value, _named(rest))


def _named(rest: Rest) -> str:
    return f"{rest.since.astimezone(UTC):%Y%m%dT%H%M%S%f}"


def held(file: LearnerFile, action: Action, s: Surroundings) -> Decision | None:
    """Answer a press on the buttons of a rest; nothing where the press ends it."""
    value = action.args[0] if action.args else ""
    rest = file.enrollment.rest
    if value == "numbers":
        return Decision(file, (safety(s.safety.numbers(file.learner.country)),))
    if rest is None:
        return Decision(file, (say("rest-over"),))
    if (value, *action.args[1:]) != (rest.waits_for or WISH, _named(rest)):
        return Decision(file, (stays(file, s.now),))
    if not _must_last(rest, s.now):
        return None
    if value == SEEN:
        # It has been looked at; the first day of rest after an emergency stays all the same.
        noted = replace(file, enrollment=replace(file.enrollment, rest=replace(rest, waits_for=None)))
        return Decision(noted, (reply((Say("rest-seen-noted"),), rest_rows(noted, s.now)),))
    return Decision(file, (stays(file, s.now),))


def _must_last(rest: Rest, now: datetime) -> bool:
    return Level(rest.level) in LASTING and rest.until is not None and now < rest.until


def ended(file: LearnerFile, s: Surroundings) -> LearnerFile:
    """Return the file with its rest over: the course goes on from its next hour, never as a pile."""
    return going_on(replace(file, enrollment=replace(file.enrollment, rest=None)), s.now)


def stays(file: LearnerFile, now: datetime) -> Outgoing:
    """Return that the course rests, with what ends it."""
    rest = file.enrollment.rest
    key = "rest-stays" if rest is None or _may_end(rest, now) else "rest-stays-a-day"
    return reply((Say(key),), rest_rows(file, now))


def rest_rows(file: LearnerFile, now: datetime) -> tuple[Row, ...]:
    """Return the buttons that end a rest, where one may, and show the numbers."""
    rest = file.enrollment.rest
    numbers: Row = (button("rest-numbers", VERB, "numbers"),)
    if rest is None or not _may_end(rest, now):
        return (numbers,)
    return ((ending_button(rest),), numbers)


def _may_end(rest: Rest, now: datetime) -> bool:
    """Say whether there is something to tap: having been seen always counts, a wish only after the day."""
    return rest.waits_for == SEEN or not _must_last(rest, now)


def is_asked_about(file: LearnerFile) -> bool:
    """Say whether the rest there is will be followed by a "how are you"."""
    rest = file.enrollment.rest
    return rest is not None and rest.until is not None and not (rest.silent or rest.asked)
