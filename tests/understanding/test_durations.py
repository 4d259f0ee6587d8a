"""Lengths of time are read as people write them; what is only a guess says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painbot.understanding import read_hours_asleep, read_minutes, read_time


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("20", 20),
        ("20 min", 20),
        ("about 12 minutes", 12),
        ("twenty five mins", 25),
        ("half an hour", 30),
        ("a quarter of an hour", 15),
        ("three quarters of an hour", 45),
        ("an hour", 60),
        ("an hour and a half", 90),
        ("1 h 10", 70),
        ("1.5 hours", 90),
        ("none", 0),
        ("I stopped after 8 minutes", 8),
    ],
)
def test_minutes_that_can_be_only_one(text: str, minutes: int) -> None:
    reading = read_minutes(text)
    assert (reading.value, reading.confirm) == (minutes, False)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("15-20", 15),
        ("10 or 12 minutes", 10),
        ("90 seconds", 1),
        ("2 and a half minutes", 2),
        ("8 with the dog", 8),
        ("1:10", 70),
    ],
)
def test_minutes_that_are_a_guess_are_the_lower_ones(text: str, minutes: int) -> None:
    reading = read_minutes(text)
    assert (reading.value, reading.confirm) == (minutes, True)


@pytest.mark.parametrize(
    "text", ["bananas", "300", "not 7", "7 steps", "10 am", "-5", "10, 12", "5 times", "", "half"]
)
def test_what_is_no_number_of_minutes_is_asked_again(text: str) -> None:
    assert read_minutes(text).value is None


@pytest.mark.parametrize(
    ("text", "minutes", "guessed"),
    [
        ("7", 420, False),
        ("about 7", 420, False),
        ("6 and a half", 390, False),
        ("6½", 390, False),
        ("6 1/2 hours", 390, False),
        ("6.5", 390, False),
        ("6,5 h", 390, False),
        ("6h30", 390, False),
        ("6:30", 390, False),
        ("6 hours 20 minutes", 380, False),
        ("seven and a half hours", 450, False),
        ("6-7", 390, True),
        ("5 or 6 hours", 330, True),
        ("400", 400, True),
        ("none", 0, True),
    ],
)
def test_hours_asleep(text: str, minutes: int, guessed: bool) -> None:
    reading = read_hours_asleep(text)
    assert (reading.value, reading.confirm) == (minutes, guessed)


@pytest.mark.parametrize("text", ["7pm", "18", "not much", "till 7", "-7", "badly"])
def test_what_is_no_length_of_sleep_is_asked_again(text: str) -> None:
    assert read_hours_asleep(text).value is None


@given(st.text(max_size=30))
def test_nothing_typed_is_read_as_more_than_there_can_be(text: str) -> None:
    minutes, asleep = read_minutes(text).value, read_hours_asleep(text).value
    assert minutes is None or 0 <= minutes <= 240
    assert asleep is None or 0 <= asleep <= 16 * 60


@pytest.mark.parametrize(
    ("text", "first_hour", "clock"),
    [
        ("11", 18, "23:00"),
        ("12", 18, "00:00"),
        ("half past 10", 18, "22:30"),
        ("1", 18, "01:00"),
        ("5", 3, "05:00"),
        ("half past 6", 3, "06:30"),
        ("12", 3, "12:00"),
        ("9", 6, "09:00"),
    ],
)
def test_an_hour_of_no_known_half_of_the_day_is_taken_from_the_likely_one(
    text: str, first_hour: int, clock: str
) -> None:
    reading = read_time(text, first_hour)
    assert reading.value is not None
    assert (f"{reading.value:%H:%M}", reading.confirm) == (clock, True)
