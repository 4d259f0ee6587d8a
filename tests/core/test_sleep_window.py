"""The rules of the sleep window, each by a worked example, and what holds whatever comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painbot.core.decisions import LearnerFile
from painbot.core.gates import SLEEP_TICKS
from painbot.core.resting import with_rest
from painbot.core.sleep import week_of_nights
from painbot.core.sleep_window import (
    FLOOR,
    Change,
    Kind,
    Stays,
    Why,
    Window,
    after_silence,
    current,
    last_cut_undone,
    offer,
    review,
    span,
    undone,
    untold,
    usual,
    with_record,
)
from painbot.core.triage.model import Finding, Level
from tests.core.nights import (
    NOW,
    TODAY,
    around,
    someone,
    with_answer,
    with_night,
    with_week,
    with_window,
)
from tests.core.people import safety_net


def offered(file: LearnerFile, *, reasked: bool = True, sleepy: str | None = "no") -> Change | Stays:
    return offer(file, around(), reasked=reasked, sleepy=sleepy)


def why(found: Change | Stays | None) -> Why | None:
    return found.why if isinstance(found, Stays) else None


# -- the offer


def test_under_80_percent_30_minutes_are_offered_at_the_bedtime_end() -> None:
    # Ten hours in bed, seven asleep: 70 percent.
    found = offered(with_week(someone(), "22:00", 420, "08:00"))
    assert isinstance(found, Change)
    assert found.window == Window(lights_out=time(22, 30), rise=time(8), old=time(22))


def test_from_80_to_84_percent_15_minutes_are_offered() -> None:
    # Eight hours in bed, 6 h 35 asleep: 82 percent.
    found = offered(with_week(someone(), "23:00", 395, "07:00"))
    assert isinstance(found, Change)
    assert found.window == Window(lights_out=time(23, 15), rise=time(7), old=time(23))


@pytest.mark.parametrize(("asleep", "reason"), [(408, Why.GOOD), (480, Why.GOOD)])
def test_from_85_percent_nothing_is_offered(asleep: int, reason: Why) -> None:
    assert why(offered(with_week(someone(), "23:00", asleep, "07:00"))) is reason


@pytest.mark.parametrize(
    ("to_bed", "asleep", "cut"),
    [
        ("00:30", 300, None),  # 6 h 30 in bed at 76 percent: 30 less is just six hours
        ("00:35", 300, Why.FLOOR),  # 6 h 25 in bed
        ("01:00", 240, Why.FLOOR),
        ("03:00", 120, Why.FLOOR),
    ],
)
def test_no_cut_where_it_would_go_below_six_hours(to_bed: str, asleep: int, cut: Why | None) -> None:
    assert why(offered(with_week(someone(), to_bed, asleep, "07:00"))) is cut


def test_without_five_nights_there_is_no_offer() -> None:
    assert why(offered(with_week(someone(), nights=4))) is Why.FEW


@pytest.mark.parametrize("sleepy", ["a-bit", "yes", "skip", None])
def test_anything_but_a_no_to_sleepiness_means_no_offer(sleepy: str | None) -> None:
    assert why(offered(with_week(someone()), sleepy=sleepy)) is Why.SLEEPY


def test_gates_that_were_not_gone_through_today_mean_no_offer() -> None:
    assert why(offered(with_week(someone()), reasked=False)) is Why.NOT_ASKED


@pytest.mark.parametrize(
    "gates",
    [
        *({"gate_sleep": tick} for tick in SLEEP_TICKS),
        {"gate_sleep": "skip"},
        {"gate_sleep": "no"},
        {"gate_fall": "yes"},
        {"gate_fall": "not-sure"},
        {"gate_medicines": "opioids"},
        {"gate_medicines": "sedatives"},
        {"gate_medicines": "pregnancy"},
        {"gate_medicines": "seizure-transplant"},
        {"gate_medicines": "skip"},
    ],
)
def test_whoever_is_on_the_list_gets_no_offer(gates: dict[str, str]) -> None:
    assert why(offered(with_week(someone(**gates)))) is Why.GATES


@pytest.mark.parametrize(
    ("slot", "value"),
    [
        ("onboarding/clinician", "no"),
        ("onboarding/signs", "declined"),
        ("map/window-kept", "yes"),
        ("safety/crisis", "yes"),
    ],
)
def test_what_else_keeps_the_window(slot: str, value: str) -> None:
    assert why(offered(with_answer(with_week(someone()), slot, value))) is Why.GATES


def test_a_flare_or_a_harm_of_the_past_week_means_no_offer() -> None:
    flare = with_answer(with_week(someone()), "lesson:move-07/flare", "yes", TODAY - timedelta(days=6))
    assert why(offered(flare)) is Why.FLARE
    harm = with_answer(with_week(someone()), "check:check-04/harm", "a-bit", TODAY - timedelta(days=3))
    assert why(offered(harm)) is Why.HARM
    older = with_answer(with_week(someone()), "check:check-04/harm", "yes", TODAY - timedelta(days=7))
    assert isinstance(offered(older), Change)


def test_the_usual_window_is_the_middle_rise_time_and_the_average_time_in_bed() -> None:
    file = someone()
    for back, (to_bed, up) in enumerate(
        [("22:00", "07:00"), ("23:00", "07:00"), ("22:30", "07:02"), ("23:30", "08:00"), ("22:00", "06:00")]
    ):
        file = with_night(file, TODAY - timedelta(days=back), to_bed, 300, up)
    window = usual(week_of_nights(file.answers, TODAY, file.zone))
    # 9:00 + 8:00 + 8:32 + 8:30 + 8:00 make 8 h 24 on average, taken down to 8 h 20.
    assert (window.rise, window.lights_out) == (time(7), time(22, 40))


# -- the weekly review

WINDOW = Window(lights_out=time(23), rise=time(7), old=time(22))


@pytest.mark.parametrize(
    ("asleep", "kind", "lights_out"),
    [
        (408, Kind.ADD, time(22, 45)),  # 85 percent
        (383, Kind.CUT, time(23, 15)),  # 79 percent
    ],
)
def test_the_review_adds_from_85_and_takes_off_under_80(asleep: int, kind: Kind, lights_out: time) -> None:
    found = review(with_window(with_week(someone(), "23:00", asleep, "07:00"), WINDOW), around(), last=False)
    assert isinstance(found, Change)
    assert (found.kind, found.window.lights_out, found.window.rise) == (kind, lights_out, time(7))


@pytest.mark.parametrize("asleep", [384, 407])
def test_the_review_holds_from_80_to_84(asleep: int) -> None:
    file = with_window(with_week(someone(), "23:00", asleep, "07:00"), WINDOW)
    assert why(review(file, around(), last=False)) is Why.FAIR


def test_the_review_never_goes_below_six_hours() -> None:
    at_floor = Window(lights_out=time(1), rise=time(7), old=time(23))
    file = with_window(with_week(someone(), "01:00", 200, "07:00"), at_floor)
    assert why(review(file, around(), last=False)) is Why.FLOOR


def test_the_review_gives_no_more_than_the_old_time_in_bed() -> None:
    near = Window(lights_out=time(22, 10), rise=time(7), old=time(22))
    found = review(with_window(with_week(someone(), "22:10", 500, "07:00"), near), around(), last=False)
    assert isinstance(found, Change)
    assert found.window.lights_out == time(22)


@pytest.mark.parametrize(("days", "early"), [(6, True), (7, False)])
def test_a_week_passes_between_changes(days: int, early: bool) -> None:
    file = with_window(with_week(someone(), "23:00", 300, "07:00"), WINDOW, days_ago=days)
    assert (why(review(file, around(), last=False)) is Why.EARLY) is early


def test_the_review_holds_with_few_nights_a_flare_or_a_harm() -> None:
    file = with_window(with_week(someone(), "23:00", 300, "07:00"), WINDOW)
    few = with_window(with_week(someone(), "23:00", 300, "07:00", nights=4), WINDOW)
    assert why(review(few, around(), last=False)) is Why.FEW
    assert why(review(with_answer(file, "lesson:move-07/flare", "yes"), around(), last=False)) is Why.FLARE
    assert why(review(with_answer(file, "check:check-06/harm", "a-bit"), around(), last=False)) is Why.HARM


def test_at_the_end_of_the_course_it_may_only_grow() -> None:
    poor = with_window(with_week(someone(), "23:00", 300, "07:00"), WINDOW)
    assert why(review(poor, around(), last=True)) is Why.LAST
    good = with_window(with_week(someone(), "23:00", 450, "07:00"), WINDOW)
    found = review(good, around(), last=True)
    assert isinstance(found, Change)
    assert found.kind is Kind.ADD


def test_who_never_changed_it_has_no_review() -> None:
    assert review(with_week(someone()), around(), last=False) is None


# -- undoing


def test_undoing_brings_the_old_time_back_and_is_remembered() -> None:
    file = undone(with_window(someone(), WINDOW), around(), told=True)
    assert current(file.answers) is None
    assert untold(file, TODAY) is None
    assert review(file, around(), last=False) is None


def test_an_undoing_that_was_not_told_waits_to_be() -> None:
    file = undone(with_window(someone(), WINDOW), around(), told=False)
    window = untold(file, TODAY + timedelta(days=3))
    assert window is not None
    assert (window.old, window.rise) == (time(22), time(7))


def test_the_last_cut_is_taken_back_and_earlier_ones_stay() -> None:
    first = Window(lights_out=time(22, 30), rise=time(7), old=time(22))
    file = with_window(with_window(someone(), first, 14), WINDOW, 7)
    after = last_cut_undone(file, around())
    assert current(after.answers) == first
    assert current(last_cut_undone(after, around()).answers) == first


def test_the_only_cut_taken_back_is_the_old_time_in_bed() -> None:
    assert current(last_cut_undone(with_window(someone(), WINDOW), around()).answers) is None


def test_a_window_that_last_grew_stays_when_the_last_change_is_taken_back() -> None:
    grown = replace(WINDOW, lights_out=time(22, 45))
    file = with_window(with_window(someone(), WINDOW, 14), grown, 7, Kind.ADD)
    assert current(last_cut_undone(file, around()).answers) == grown


@pytest.mark.parametrize(("days", "holds"), [(6, True), (7, False)])
def test_seven_silent_days_bring_the_old_time_back(days: int, holds: bool) -> None:
    file = with_window(someone(), WINDOW, days_ago=20)
    file = with_answer(file, "checkin:x/pain", "5", TODAY - timedelta(days=days))
    assert (current(after_silence(file, around()).answers) is not None) is holds


@pytest.mark.parametrize("text", ["I want to kill myself", "crushing chest pain and I cannot breathe"])
def test_a_danger_sign_that_rests_the_course_brings_the_old_time_back(text: str) -> None:
    finding = safety_net().triage(text)
    assert isinstance(finding, Finding)
    file = with_rest(with_window(someone(), WINDOW), finding, around())
    assert current(file.answers) is None
    assert untold(file, TODAY) is not None
    later = replace(file, enrollment=replace(file.enrollment, rest=None))
    crisis = finding.level is Level.CRISIS
    assert (why(offered(with_week(later))) is Why.GATES) is crisis


# -- whatever comes

CLOCKS = st.builds(time, st.integers(0, 23), st.sampled_from([0, 5, 10, 15, 30, 45, 59]))
NIGHTS = st.lists(st.tuples(CLOCKS, st.integers(0, 900), CLOCKS), min_size=0, max_size=7)


def logged(nights: list[tuple[time, int, time]], zone: str = "Europe/London") -> LearnerFile:
    file = someone(zone)
    for back, (to_bed, asleep, up) in enumerate(nights):
        file = with_night(file, TODAY - timedelta(days=back), f"{to_bed:%H:%M}", asleep, f"{up:%H:%M}")
    return file


@given(NIGHTS)
def test_an_offer_never_goes_below_six_hours_and_never_takes_more_than_half_an_hour(
    nights: list[tuple[time, int, time]],
) -> None:
    found = offered(logged(nights))
    if isinstance(found, Change):
        assert found.window.in_bed >= FLOOR
        assert 0 < span(found.window.old, found.window.lights_out) <= 30


@given(NIGHTS, st.booleans())
def test_weeks_of_reviews_never_go_below_six_hours_nor_beyond_the_old_time(
    nights: list[tuple[time, int, time]], last: bool
) -> None:
    file = logged(nights)
    found = offered(file)
    if not isinstance(found, Change):
        return
    old = span(found.window.old, found.window.rise)
    file = with_record(file, Kind.CUT, found.window, around(NOW - timedelta(days=70)))
    for week in range(9, -1, -1):
        before = current(file.answers)
        assert before is not None
        step = review(file, around(), last=last)
        if isinstance(step, Change):
            assert FLOOR <= step.window.in_bed <= old
            assert abs(step.window.in_bed - before.in_bed) <= 15
            assert not (last and step.kind is Kind.CUT)
            file = with_record(file, step.kind, step.window, around(NOW - timedelta(days=7 * week + 7)))


SIGNS = st.sampled_from(
    [
        ("safety/crisis", "yes"),
        ("gate/gate-fall", "yes"),
        ("gate/gate-sleep", "driving"),
        ("gate/gate-medicines", "opioids"),
        ("lesson:move-07/flare", "yes"),
        ("check:check-06/harm", "yes"),
        ("check:check-06/harm", "a-bit"),
        ("map/window-kept", "yes"),
    ]
)


@given(NIGHTS, st.lists(SIGNS, min_size=1, max_size=3))
def test_with_a_danger_sign_time_in_bed_is_never_cut(
    nights: list[tuple[time, int, time]], signs: list[tuple[str, str]]
) -> None:
    file = logged(nights)
    changed = with_window(file, WINDOW)
    for slot, value in signs:
        file, changed = with_answer(file, slot, value), with_answer(changed, slot, value)
    assert isinstance(offered(file), Stays)
    found = review(changed, around(), last=False)
    assert not (isinstance(found, Change) and found.kind is Kind.CUT)


@given(NIGHTS)
def test_undoing_twice_is_undoing_once(nights: list[tuple[time, int, time]]) -> None:
    once = undone(with_window(logged(nights), WINDOW), around(), told=True)
    assert undone(once, around(datetime(2026, 4, 16, 9, tzinfo=UTC)), told=True) == once
