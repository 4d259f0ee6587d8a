"""Nights from the log and the number of a week, by worked examples."""

from __future__ import annotations

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from painbot.core.sleep import SleepNumber, minutes_in_bed, night_of, sleep_number, week_of_nights
from tests.core.nights import TODAY, someone, with_night, with_week

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("to_bed", "up", "minutes"),
    [
        (time(23), time(7), 480),
        (time(0, 30), time(7), 390),
        (time(22, 15), time(6, 45), 510),
        (time(7), time(7), 1440),
        (time(9), time(17), 480),
    ],
)
def test_time_in_bed_runs_over_midnight(to_bed: time, up: time, minutes: int) -> None:
    assert minutes_in_bed(date(2026, 4, 15), to_bed, up, LONDON) == minutes


def test_the_night_of_a_clock_change_is_an_hour_shorter_or_longer() -> None:
    assert minutes_in_bed(date(2026, 3, 29), time(23), time(7), LONDON) == 7 * 60
    assert minutes_in_bed(date(2026, 10, 25), time(23), time(7), LONDON) == 9 * 60


def test_six_hours_asleep_in_eight_are_75_percent() -> None:
    assert SleepNumber(asleep=6 * 60, in_bed=8 * 60, nights=1).percent == 75


def test_the_number_is_of_the_whole_week_not_the_average_of_nights() -> None:
    file = with_week(someone(), "22:00", 420, "08:00", nights=6)
    file = with_night(file, TODAY - timedelta(days=6), "02:00", 240, "06:00")
    number = sleep_number(week_of_nights(file.answers, TODAY, LONDON))
    assert number is not None
    assert (number.asleep, number.in_bed, number.nights) == (6 * 420 + 240, 6 * 600 + 240, 7)
    assert number.percent == 71


def test_a_number_just_under_a_mark_is_rounded_down() -> None:
    assert SleepNumber(asleep=849, in_bed=1000, nights=5).percent == 84


@pytest.mark.parametrize(("nights", "percent"), [(4, None), (5, 70), (7, 70)])
def test_it_takes_five_nights_of_seven(nights: int, percent: int | None) -> None:
    number = sleep_number(week_of_nights(with_week(someone(), nights=nights).answers, TODAY, LONDON))
    assert (number.percent if number else None) == percent


def test_nights_older_than_seven_mornings_do_not_count() -> None:
    file = someone()
    for back in range(3, 11):
        file = with_night(file, TODAY - timedelta(days=back), "22:00", 420, "08:00")
    assert len(week_of_nights(file.answers, TODAY, LONDON)) == 4


@pytest.mark.parametrize(
    ("to_bed", "asleep", "up"),
    [("23:00", 490, "07:00"), ("23:00", 420, "22:00"), ("07:00", 60, "07:00")],
)
def test_an_impossible_night_is_left_out(to_bed: str, asleep: int, up: str) -> None:
    file = with_night(someone(), TODAY, to_bed, asleep, up)
    night = night_of(file.answers, TODAY, LONDON)
    assert night is not None
    assert not night.is_possible
    assert week_of_nights(file.answers, TODAY, LONDON) == ()


def test_a_night_without_sleep_counts() -> None:
    file = with_night(someone(), TODAY, "23:00", 0, "07:00")
    assert [night.asleep for night in week_of_nights(file.answers, TODAY, LONDON)] == [0]


def test_a_skipped_part_leaves_the_night_out() -> None:
    file = with_night(someone(), TODAY, "skip", 400, "07:00")
    assert night_of(file.answers, TODAY, LONDON) is None
