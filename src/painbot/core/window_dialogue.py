"""Telling the sleep number, offering and reviewing the sleep window, and undoing it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from painbot.core import reasking
from painbot.core.asked import clock_of, hours_words
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.gates import Gate, held
from painbot.core.outgoing import Action, Line, Outgoing, Row, Say, Words
from painbot.core.parts import MadePart
from painbot.core.planning import course_is_over
from painbot.core.replies import button, reply, say
from painbot.core.sleep import ENOUGH_NIGHTS, sleep_number, week_of_nights
from painbot.core.sleep_window import (
    WEEK,
    Change,
    Kind,
    Stays,
    Why,
    Window,
    back_words,
    changed_on,
    current,
    offer,
    review,
    undone,
    with_record,
)

VERB: Final = "sw"
SLEEPY: Final = "sleepy"


def number_told(file: LearnerFile, s: Surroundings) -> Outgoing:
    """Return the week's sleep number in plain words, or why there is none."""
    nights = week_of_nights(file.answers, file.today(s.now), file.zone)
    number = sleep_number(nights)
    if number is None:
        return say("sleep-number-none", logged=len(nights), enough=ENOUGH_NIGHTS)
    parts: tuple[Words, ...] = (
        Say("sleep-number", {"percent": number.percent, "nights": number.nights}),
        Line(Say("sleep-number-asleep"), hours_words(number.asleep // number.nights)),
        Line(Say("sleep-number-in-bed"), hours_words(number.in_bed // number.nights)),
        Say("sleep-number-guide"),
    )
    return reply(parts)


def offer_told(file: LearnerFile, s: Surroundings) -> Outgoing:
    """Return the offer of a little less time in bed, or why there is none."""
    offered = _offer(file, s)
    if isinstance(offered, Stays):
        return _stays(file, offered)
    parts: tuple[Words, ...] = (
        Say("window-offer", _clocks(offered.window, percent=offered.number.percent)),
        Line(Say("window-old"), _span_words(replace(offered.window, lights_out=offered.window.old))),
        Line(Say("window-new"), _span_words(offered.window)),
        Say("window-offer-care"),
    )
    return reply(parts, _change_rows(offered, "window-take"))


def review_told(file: LearnerFile, s: Surroundings) -> Outgoing | None:
    """Return the week's look at a changed window; nothing where time in bed is as it was."""
    found = review(file, s, last=course_is_over(file, s.course))
    window = current(file.answers)
    if found is None or window is None:
        return None
    undo: Row = (button("window-undo", VERB, "undo"),)
    if isinstance(found, Stays):
        parts: list[Words] = [Say("window-review-head"), Line(Say("window-now"), _span_words(window))]
        if found.number is not None:
            parts.append(Line(Say("window-number"), Say("percent", {"percent": found.number.percent})))
        parts.append(Say(f"window-hold-{found.why.value}"))
        return reply(tuple(parts), (undo,))
    back = found.window.lights_out == found.window.old
    key = "window-add-last" if back else f"window-{found.kind.value}"
    told: tuple[Words, ...] = (
        Say("window-review-head"),
        Line(Say("window-number"), Say("percent", {"percent": found.number.percent})),
        Line(Say("window-now"), _span_words(window)),
        Say(key),
        Line(Say("window-new"), _span_words(found.window)),
    )
    if found.kind is Kind.CUT:
        told = (*told, Say("window-offer-care"))
    return reply(told, (*_change_rows(found, f"window-take-{found.kind.value}"), undo))


def review_of_day(file: LearnerFile, s: Surroundings) -> Outgoing | None:
    """Return the weekly review where no check day of the course will bring it.

    On a gentle pace the check days are over before the window is offered; the review then comes with the
    check-in, every seven days after the last change.
    """
    since, today = changed_on(file.answers), file.today(s.now)
    if since is None or today <= since or (today - since) % WEEK:
        return None
    if any(
        MadePart.WINDOW_REVIEW in item.shows
        for item in s.course.checks
        if item.id not in file.deliveries or file.deliveries[item.id].handed_out_on == today
    ):
        return None
    return review_told(file, s)


def press(file: LearnerFile, action: Action, s: Surroundings) -> Decision:
    """Answer a press on a button about the window."""
    what, kind, lights_out = (*action.args, "", "", "")[:3]
    match what:
        case "take":
            return _taken(file, s, kind, lights_out)
        case "keep":
            return Decision(file, (say("window-kept"),))
        case "undo":
            return _undone(file, s)
        case _:
            return shown(file)


def shown(file: LearnerFile) -> Decision:
    """Show the window with the way to undo it."""
    window = current(file.answers)
    if window is None:
        return Decision(file, (say("window-none"),))
    parts: tuple[Words, ...] = (
        Say("window-head"),
        Line(Say("window-now"), _span_words(window)),
        Line(Say("window-old"), _span_words(replace(window, lights_out=window.old))),
        Say("window-may-undo"),
    )
    return Decision(file, (reply(parts, ((button("window-undo", VERB, "undo"),),)),))


def settings_lines(file: LearnerFile) -> tuple[Words, ...]:
    """Return the line of a changed window in the settings."""
    window = current(file.answers)
    return () if window is None else (Line(Say("settings-window"), _span_words(window)),)


def settings_rows(file: LearnerFile) -> tuple[Row, ...]:
    """Return the settings' way to a changed window."""
    return () if current(file.answers) is None else ((button("settings-window", VERB, "show"),),)


def guarded(decision: Decision, s: Surroundings) -> Decision:
    """Bring the old time in bed back where a gate has closed since, whatever closed it."""
    file = decision.file
    window = current(file.answers)
    if window is None or Gate.SLEEP_WINDOW not in held(file.answers) or decision.erase:
        return decision
    said = reply((back_words(window), Say("window-back-gate")))
    return replace(decision, file=undone(file, s, told=True), outgoing=(*decision.outgoing, said))


def _taken(file: LearnerFile, s: Surroundings, kind: str, lights_out: str) -> Decision:
    fresh = (
        _offer(file, s)
        if current(file.answers) is None
        else review(file, s, last=course_is_over(file, s.course))
    )
    if (
        not isinstance(fresh, Change)
        or fresh.kind.value != kind
        or fresh.window.lights_out != clock_of(lights_out)
    ):
        # The offer was made on another day, or something has come up since.
        return Decision(file, (say("window-stale"),))
    if fresh.window.lights_out == fresh.window.old:
        return _undone(file, s)
    return Decision(with_record(file, fresh.kind, fresh.window, s), (set_message(fresh.window),))


def set_message(window: Window) -> Outgoing:
    """Return that this window holds now, with the way to undo it."""
    parts = (Say("window-set", _clocks(window)), Say("window-may-undo"))
    return reply(parts, ((button("window-undo", VERB, "undo"),),))


def _undone(file: LearnerFile, s: Surroundings) -> Decision:
    window = current(file.answers)
    if window is None:
        return Decision(file, (say("window-none"),))
    return Decision(undone(file, s, told=True), (reply((back_words(window), Say("window-back-kind"))),))


def _offer(file: LearnerFile, s: Surroundings) -> Change | Stays:
    today = file.today(s.now)
    said = [one for one in file.answers.values() if one.question == SLEEPY and one.on == today]
    latest = max(said, key=lambda one: one.at, default=None)
    return offer(file, s, reasked=reasking.was_answered(file, today), sleepy=latest.value if latest else None)


def _stays(file: LearnerFile, found: Stays) -> Outgoing:
    if found.why is Why.CHANGED:
        return shown(file).outgoing[0]
    return reply((Say(f"window-no-{found.why.value}"), Say("window-keep-rising")))


def _change_rows(change: Change, take: str) -> tuple[Row, ...]:
    at = f"{change.window.lights_out:%H:%M}"
    return (
        (button(take, VERB, "take", change.kind.value, at),),
        (button("window-keep", VERB, "keep"),),
    )


def _clocks(window: Window, **more: int) -> dict[str, str | int]:
    return {"lights": f"{window.lights_out:%H:%M}", "rise": f"{window.rise:%H:%M}", **more}


def _span_words(window: Window) -> Words:
    return Say("window-span", _clocks(window))
