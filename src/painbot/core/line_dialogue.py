"""Telling the starting line, offering a step, and looking back on the days and minutes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from painbot.core import activity
from painbot.core.activity import ENOUGH_TRIALS, LINE_MINUTES, Choices, Kind, Why, words_of
from painbot.core.asked import Asked, QuestionKind
from painbot.core.course import Item
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.ids import QuestionId
from painbot.core.outgoing import Action, Button, Outgoing, Row, Say, Words
from painbot.core.parts import MadePart
from painbot.core.planning import reached_on
from painbot.core.replies import button, reply, say

VERB: Final = "ln"

NEXT_DAY: Final = frozenset({activity.ACHE, "practice-13-ache"})
"""Questions about the day after: they wait for the next check-in."""


def starting_told(file: LearnerFile, s: Surroundings) -> Outgoing | None:
    """Return the starting line, or what is missing for it; nothing on the steady days."""
    if not activity.may_have_a_line(file.answers):
        return None
    made = activity.trials(file.answers)
    line = activity.current(file.answers)
    if line is None:
        return say("line-too-few", made=len(made), enough=ENOUGH_TRIALS)
    if len(made) < ENOUGH_TRIALS:
        return say("line-now", minutes=words_of(line))
    listed = ", ".join(str(minutes) for minutes in made)
    parts: tuple[Words, ...] = (
        Say("line-start", {"minutes": words_of(line), "trials": listed, "made": len(made)}),
        Say("line-start-care"),
    )
    lower = activity.a_drop(line)
    less: tuple[Row, ...] = (
        ((button("line-less", VERB, Kind.DROP.value, str(lower)),),) if lower < line else ()
    )
    return reply(parts, less)


def step_told(file: LearnerFile, s: Surroundings) -> Outgoing | None:
    """Return step, hold and drop to choose from, or why there is no step this time."""
    offered = activity.choices(file, s)
    if offered is None:
        return say("line-none") if activity.may_have_a_line(file.answers) else None
    return reply(_offer_words(offered), _rows(offered))


def days_told(file: LearnerFile, s: Surroundings) -> Outgoing | None:
    """Return a plain count of the days on the line."""
    if activity.current(file.answers) is None:
        return None
    told = activity.days(file.answers)
    on_line = sum(value == "yes" for value in told.values())
    some = sum(value in ("less", "more") for value in told.values())
    return say("line-days", days=on_line, other=some)


def then_and_now_told(file: LearnerFile, s: Surroundings) -> Outgoing | None:
    """Return the minutes at the start and now, and what may be chosen from here."""
    offered = activity.choices(file, s)
    if offered is None:
        return None
    first = activity.history(file.answers)[0].halves
    how = "same" if first == offered.line else "more" if first < offered.line else "fewer"
    then: Words = Say(f"line-then-{how}", {"then": words_of(first), "now": words_of(offered.line)})
    return reply((then, *_offer_words(offered)), _rows(offered))


def press(file: LearnerFile, action: Action, s: Surroundings) -> Decision:
    """Answer a press on step, hold or drop; one that no longer fits is shown anew."""
    what, number = (*action.args, "", "")[:2]
    offered = activity.choices(file, s)
    if offered is None:
        return Decision(file, (say("line-none"),))
    fits = {Kind.STEP.value: offered.step, Kind.DROP.value: offered.drop, Kind.HOLD.value: offered.line}
    halves = fits.get(what)
    if halves is None or str(halves) != number:
        stale = reply((Say("line-stale"), Say("line-now", {"minutes": words_of(offered.line)})))
        return Decision(file, (stale,))
    file = activity.with_line(file, Kind(what), halves, s)
    return Decision(file, (say(f"line-kept-{what}", minutes=words_of(halves)),))


def line_message(file: LearnerFile) -> Outgoing | None:
    """Return that an earlier line holds again."""
    line = activity.current(file.answers)
    return None if line is None else say("line-back", minutes=words_of(line))


# -- in the check-in, and beside a lesson's own question


def day_question(file: LearnerFile, s: Surroundings, on: date) -> Asked | None:
    """Return the check-in's question about yesterday and the line, while the movement weeks last."""
    yesterday = on - timedelta(days=1)
    line = activity.current(file.answers)
    entries = activity.history(file.answers)
    if line is None or yesterday <= entries[0].on or _movement_is_over(file, s, on):
        return None
    slot = activity.day_slot(yesterday)
    if slot not in file.answers and yesterday in activity.days(file.answers):
        return None
    return Asked(
        QuestionId(activity.LINE_DAY),
        QuestionKind.CHOICE,
        ask=Say("ask-line-day", {"minutes": words_of(_line_on(file, yesterday) or line)}),
        label=Say("label-line-day"),
        choices=tuple((value, Say(f"choice-line-day-{value}")) for value in ("yes", "less", "more", "none")),
        slot=slot,
    )


def _line_on(file: LearnerFile, on: date) -> int | None:
    held_then = [one.halves for one in activity.history(file.answers) if one.on <= on]
    return held_then[-1] if held_then else None


def _movement_is_over(file: LearnerFile, s: Surroundings, on: date) -> bool:
    ends = (item.id for item in s.course.items if MadePart.MINUTES_THEN_NOW.value in item.shows)
    over_on = (reached_on(file, s.course, item_id) for item_id in ends)
    return any(day is not None and day < on for day in over_on)


def is_asked_otherwise(file: LearnerFile, item: Item) -> bool:
    """Say whether somebody with a line chooses its minutes by button instead of being asked for them."""
    if item.question is None or item.question.id != LINE_MINUTES:
        return False
    return MadePart.STEP_OFFER.value in item.shows and activity.current(file.answers) is not None


def is_asked_by_the_day(file: LearnerFile, item: Item) -> bool:
    """Say whether the check-in asks about the day on the line in its own words, which name the day."""
    if item.question is None or item.question.id not in activity.ON_THE_DAY:
        return False
    return activity.current(file.answers) is not None


def waits_for_tomorrow(file: LearnerFile, item: Item, today: date) -> bool:
    """Say whether the item's question is about the day after it."""
    delivery = file.deliveries.get(item.id)
    if item.question is None or item.question.id not in NEXT_DAY or delivery is None:
        return False
    return delivery.handed_out_on == today


def _offer_words(offered: Choices) -> tuple[Words, ...]:
    now = words_of(offered.line)
    if offered.step is not None:
        return (Say("line-step", {"now": now, "step": words_of(offered.step)}),)
    if offered.why is Why.ROUGH and offered.drop is not None:
        return (Say("line-rough", {"now": now, "drop": words_of(offered.drop)}),)
    return (Say(f"line-hold-{(offered.why or Why.FEW).value}", {"now": now}),)


def _rows(offered: Choices) -> tuple[Row, ...]:
    def choice(kind: Kind, halves: int | None) -> tuple[Row, ...]:
        if halves is None:
            return ()
        label = Say(f"line-choose-{kind.value}", {"minutes": words_of(halves)})
        return ((Button(label, Action(VERB, (kind.value, str(halves)))),),)

    return (
        *choice(Kind.STEP, offered.step),
        *choice(Kind.HOLD, offered.line),
        *choice(Kind.DROP, offered.drop),
    )
