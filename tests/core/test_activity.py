"""The line of the movement weeks: every rule by a worked example, and what holds whatever comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painbot.core import activity, line_dialogue
from painbot.core.activity import Choices, Kind, Why
from painbot.core.decisions import LearnerFile
from painbot.core.enrollment import Delivery, Rest
from painbot.core.ids import ItemId
from tests.core.nights import NOW, TODAY, around, someone, with_answer
from tests.core.people import check, course, lesson


def with_trials(*minutes: int | str, **gates: str) -> LearnerFile:
    file = someone(**gates)
    for number, value in enumerate(minutes, start=1):
        file = with_answer(
            file, f"lesson:item-{number}/trial-{number}", str(value), TODAY - timedelta(days=5)
        )
    return file


def with_line(
    minutes: float = 10, days_ago: int = 4, kind: Kind = Kind.START, file: LearnerFile | None = None
) -> LearnerFile:
    there = around(NOW - timedelta(days=days_ago))
    return activity.with_line(file or someone(), kind, int(minutes * 2), there)


def with_days(file: LearnerFile, *values: str, until: date = TODAY - timedelta(days=1)) -> LearnerFile:
    """Return the file with a word about each day up to `until`, the last one last."""
    for back, value in enumerate(reversed(values)):
        day = until - timedelta(days=back)
        file = with_answer(file, activity.day_slot(day), value, day + timedelta(days=1))
    return file


def chosen(file: LearnerFile) -> Choices:
    found = activity.choices(file, around())
    assert found is not None
    return found


# -- the starting line


@pytest.mark.parametrize(
    ("trials", "line"),
    [
        ((6, 10, 8), 6),  # 6.4
        ((10, 14, 12), 10),  # 9.6, the quiz of that lesson
        ((10, 10, 10), 8),
        ((10, 14), 10),  # two are enough: 9.6
        ((7, 8, 9), 6),  # 6.4
        ((5, 6, 8), 5),  # 5.07
        ((1, 1, 1), 1),  # never less than one minute
        ((1, 2), 1),
        ((7,), None),
        ((), None),
    ],
)
def test_the_starting_line_is_80_percent_of_the_average_to_the_nearest_minute(
    trials: tuple[int, ...], line: int | None
) -> None:
    assert activity.starting_line(trials) == line


def test_a_skipped_trial_or_one_of_no_minutes_is_none() -> None:
    assert activity.trials(with_trials(10, "skip", 14).answers) == (10, 14)
    assert activity.trials(with_trials(10, 0).answers) == (10,)


def test_trials_make_a_line_and_a_late_one_changes_it() -> None:
    file = activity.started(with_trials(6, 10), around(NOW - timedelta(days=1)))
    assert activity.current(file.answers) == 12
    file = activity.started(with_answer(file, "lesson:item-3/trial-3", "20"), around())
    assert activity.current(file.answers) == 20


def test_a_line_that_has_moved_on_is_not_started_again() -> None:
    file = activity.with_line(with_trials(10, 10, 10), Kind.DROP, 12, around(NOW - timedelta(days=1)))
    assert activity.started(file, around()) is file


@pytest.mark.parametrize(
    "gates",
    [{"gate_crash": "yes"}, {"gate_crash": "not-sure"}, {"gate_exercise": "yes"}, {"gate_crash": "skip"}],
)
def test_on_the_steady_days_there_is_never_a_number(gates: dict[str, str]) -> None:
    file = with_trials(10, 12, 14, **gates)
    assert activity.current(activity.started(file, around()).answers) is None
    assert line_dialogue.starting_told(file, around()) is None
    grown = activity.with_line(file, Kind.START, 20, around(NOW - timedelta(days=9)))
    assert activity.choices(with_days(grown, "yes", "yes", "yes", "yes"), around()) is None
    assert line_dialogue.step_told(grown, around()) is None
    assert line_dialogue.then_and_now_told(grown, around()) is None


def test_who_was_not_seen_yet_gets_no_number() -> None:
    file = with_answer(with_line(10), "onboarding/clinician", "no")
    assert activity.current(file.answers) is None


# -- steps


@pytest.mark.parametrize(
    ("minutes", "step", "drop"),
    [(10, 11, 8), (20, 22, 16), (6, 6.5, 4.5), (15, 16.5, 12), (5, 5.5, 4), (1, 1.5, None), (1.5, 2, 1)],
)
def test_a_step_is_about_a_tenth_and_a_drop_a_fifth(minutes: float, step: float, drop: float | None) -> None:
    offered = chosen(with_days(with_line(minutes), "yes", "yes", "yes"))
    assert (offered.line, offered.step) == (minutes * 2, step * 2)
    assert offered.drop == (None if drop is None else drop * 2)


@pytest.mark.parametrize(
    ("days", "why"),
    [
        (("yes", "yes", "yes"), None),
        (("yes", "yes"), Why.FEW),
        (("yes", "less", "yes"), Why.FEW),
        (("yes", "more", "yes"), Why.FEW),
        (("none", "yes", "yes", "yes"), None),
    ],
)
def test_a_step_takes_three_calm_days_on_the_line(days: tuple[str, ...], why: Why | None) -> None:
    assert chosen(with_days(with_line(10, days_ago=5), *days)).why is why


def test_days_told_of_in_a_lesson_count_too() -> None:
    file = with_days(with_line(10), "yes")
    file = with_answer(file, "lesson:move-03/line-today", "about", TODAY - timedelta(days=3))
    file = with_answer(file, "lesson:move-04/did-line", "yes", TODAY - timedelta(days=2))
    assert chosen(file).step == 22


def test_days_before_the_last_change_do_not_count() -> None:
    file = with_days(with_line(10, days_ago=8, kind=Kind.STEP, file=with_line(9, 20)), "yes", "yes")
    file = with_days(file, "yes", "yes", "yes", until=TODAY - timedelta(days=9))
    assert chosen(file).why is Why.FEW


@pytest.mark.parametrize("kind", [Kind.STEP, Kind.DROP, Kind.BACK])
@pytest.mark.parametrize(("days_ago", "early"), [(6, True), (7, False)])
def test_never_two_steps_in_seven_days(kind: Kind, days_ago: int, early: bool) -> None:
    file = with_line(11, days_ago, kind, with_line(10, 20))
    file = with_days(file, "yes", "yes", "yes", "yes")
    assert (chosen(file).why is Why.EARLY) is early


def test_holding_does_not_put_a_step_off() -> None:
    file = with_days(with_line(10, 1, Kind.HOLD, with_line(10, 5)), "yes", "yes", "yes")
    assert chosen(file).step == 22


@pytest.mark.parametrize(
    ("slot", "value", "why"),
    [
        ("lesson:move-07/flare", "yes", Why.FLARE),
        ("check:check-06/harm", "a-bit", Why.HARM),
        ("check:check-06/harm", "yes", Why.HARM),
        ("lesson:practice-13/next-day-ache", "lots", Why.ACHE),
    ],
)
def test_what_holds_the_line(slot: str, value: str, why: Why) -> None:
    file = with_answer(with_days(with_line(10), "yes", "yes", "yes"), slot, value)
    assert chosen(file).why is why
    assert chosen(file).step is None


def test_a_rest_holds_the_line() -> None:
    file = with_days(with_line(10), "yes", "yes", "yes")
    resting = Rest("emergency", "chest", NOW, NOW)
    file = replace(file, enrollment=replace(file.enrollment, rest=resting))
    assert chosen(file).why is Why.REST


def test_two_rough_weeks_in_a_row_suggest_a_fifth_less() -> None:
    file = with_line(20, days_ago=15)
    file = with_days(file, "less", "none", "less", "yes", until=TODAY - timedelta(days=1))
    assert chosen(file).why is not Why.ROUGH
    file = with_days(file, "less", "none", "less", until=TODAY - timedelta(days=8))
    offered = chosen(file)
    assert (offered.why, offered.step, offered.drop) == (Why.ROUGH, None, 32)


def test_a_week_with_a_flare_or_a_harm_is_rough() -> None:
    calm = with_days(with_line(10), "yes", "yes", "yes")
    assert not activity.is_rough(calm.answers, TODAY)
    assert activity.is_rough(with_answer(calm, "lesson:move-07/flare", "yes").answers, TODAY)
    assert activity.is_rough(with_answer(calm, "check:c/harm", "a-bit").answers, TODAY)
    assert not activity.is_rough(
        with_answer(calm, "check:c/harm", "yes", TODAY - timedelta(days=7)).answers, TODAY
    )


def test_the_last_step_is_taken_back_once() -> None:
    file = with_line(11, 2, Kind.STEP, with_line(10, 9))
    after = activity.step_taken_back(file, around())
    assert activity.current(after.answers) == 20
    assert activity.step_taken_back(after, around()) is after


def test_a_line_that_never_grew_has_nothing_to_take_back() -> None:
    file = with_line(10)
    assert activity.step_taken_back(file, around()) is file
    dropped = with_line(8, 2, Kind.DROP, with_line(10, 9))
    assert activity.step_taken_back(dropped, around()) is dropped


@pytest.mark.parametrize(
    ("named", "line"),
    [(30, 22), (11, 22), (10, 20), (6, 12), (0, 20)],
)
def test_a_named_line_grows_no_further_than_the_step(named: int, line: int) -> None:
    file = with_days(with_line(10), "yes", "yes", "yes")
    assert activity.current(activity.own_line(file, named, around()).answers) == line


def test_a_named_line_does_not_grow_where_no_step_is_offered() -> None:
    assert activity.current(activity.own_line(with_line(10), 30, around()).answers) == 20


def test_without_trials_a_named_line_is_taken_as_it_is() -> None:
    assert activity.current(activity.own_line(someone(), 12, around()).answers) == 24


# -- looking back


def test_days_on_the_line_are_counted_without_streaks() -> None:
    file = with_days(with_line(10, 6), "yes", "less", "none", "yes", "more")
    told = line_dialogue.days_told(file, around())
    assert told is not None
    assert told.parts[0].args == {"days": 2, "other": 2}  # type: ignore[union-attr]


@pytest.mark.parametrize(("now", "how"), [(10, "same"), (11, "more"), (8, "fewer")])
def test_minutes_then_and_now(now: float, how: str) -> None:
    file = with_line(now, 2, Kind.HOLD, with_line(10, 9))
    told = line_dialogue.then_and_now_told(file, around())
    assert told is not None
    assert told.parts[0].key == f"line-then-{how}"  # type: ignore[union-attr]


# -- whatever comes

SIGNS = st.sampled_from(
    [
        ("gate/gate-crash", "yes"),
        ("gate/gate-exercise", "not-sure"),
        ("onboarding/clinician", "no"),
        ("lesson:move-07/flare", "yes"),
        ("check:check-06/harm", "yes"),
        ("check:check-06/harm", "a-bit"),
        ("lesson:practice-13/next-day-ache", "lots"),
    ]
)
DAYS = st.lists(st.sampled_from(["yes", "less", "more", "none"]), max_size=14)


@given(st.integers(1, 240), DAYS, st.lists(SIGNS, min_size=1, max_size=3), st.integers(0, 240))
def test_with_a_danger_sign_the_line_never_grows(
    minutes: int, days: list[str], signs: list[tuple[str, str]], named: int
) -> None:
    file = with_days(with_line(minutes, 20), *days)
    for slot, value in signs:
        file = with_answer(file, slot, value)
    offered = activity.choices(file, around())
    assert offered is None or offered.step is None
    after = activity.current(activity.own_line(file, named, around()).answers)
    assert after is None or after <= 2 * minutes


@given(st.integers(2, 480), DAYS)
def test_a_step_is_small_and_a_drop_never_below_a_minute(halves: int, days: list[str]) -> None:
    offered = chosen(with_days(with_line(halves / 2, 20), *days))
    assert offered.step is None or 0 < offered.step - halves <= max(1, halves / 10)
    assert offered.drop is None or 2 <= offered.drop < halves


@given(st.lists(st.integers(0, 240), max_size=3))
def test_starting_twice_changes_nothing(minutes: list[int]) -> None:
    once = activity.started(with_trials(*minutes), around())
    later = around(datetime.combine(TODAY + timedelta(days=1), time(9), UTC))
    assert activity.started(once, later) == once


# -- the check-in's question about the day before


def asked_on(days_after_check: int, lesson_handed_out: bool) -> bool:
    """Say whether the day's line is asked, some days after the check day that looks back on the minutes."""
    end = replace(check("c-7"), shows=("minutes-then-now",))
    around_it = replace(around(), course=course((lesson("move-08"), end)))
    file = with_line(10, days_ago=9)
    check_on = TODAY - timedelta(days=days_after_check)
    deliveries = {end.id: Delivery(end.id, NOW, check_on)}
    if lesson_handed_out:
        deliveries[ItemId("move-08")] = Delivery(ItemId("move-08"), NOW, check_on - timedelta(days=1))
    file = replace(file, deliveries=deliveries)
    return line_dialogue.day_question(file, around_it, TODAY) is not None


def test_the_day_on_the_line_is_asked_while_the_movement_weeks_last() -> None:
    assert asked_on(0, lesson_handed_out=True)
    assert not asked_on(1, lesson_handed_out=True)


def test_on_a_gentle_pace_it_is_asked_beyond_the_check_day() -> None:
    assert asked_on(5, lesson_handed_out=False)


def test_the_first_day_asked_about_is_the_one_after_the_line_began() -> None:
    assert line_dialogue.day_question(with_line(10, days_ago=1), around(), TODAY) is None
    assert line_dialogue.day_question(with_line(10, days_ago=2), around(), TODAY) is not None


def test_a_day_told_of_in_a_lesson_is_not_asked_again() -> None:
    file = with_answer(with_line(10), "lesson:move-04/did-line", "yes", TODAY - timedelta(days=1))
    assert line_dialogue.day_question(file, around(), TODAY) is None
