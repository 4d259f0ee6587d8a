"""Times of day, as people type them."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painbot.understanding import read_time


@pytest.mark.parametrize(
    ("text", "hhmm"),
    [
        ("9am", "09:00"), ("9 a.m.", "09:00"), ("9 AM please", "09:00"), ("12am", "00:00"), ("12pm", "12:00"),
        ("7.30pm", "19:30"), ("730pm", "19:30"), ("9p", "21:00"), ("21:30", "21:30"), ("20.15", "20:15"),
        ("19h", "19:00"), ("20h15", "20:15"), ("19 Uhr", "19:00"), ("0730", "07:30"), ("07:30", "07:30"),
        ("2130 hrs", "21:30"), ("00:30", "00:30"), ("noon", "12:00"), ("midday", "12:00"),
        ("midnight", "00:00"),
        ("8 in the evening", "20:00"), ("8 at night", "20:00"), ("2 in the afternoon", "14:00"),
        ("7 in the morning", "07:00"), ("9 every morning", "09:00"), ("eight thirty pm", "20:30"),
        ("ten past nine pm", "21:10"), ("twenty-five to seven pm", "18:35"), ("ten to midnight", "23:50"),
        ("quarter to 12 am", "23:45"), ("12 noon", "12:00"), ("19:30 pm", "19:30"),
    ],
)  # fmt: skip
def test_a_time_that_can_be_only_one_is_sure(text: str, hhmm: str) -> None:
    reading = read_time(text)
    assert (reading.value, reading.confirm) == (time.fromisoformat(hhmm), False)


@pytest.mark.parametrize(
    ("text", "hhmm"),
    [
        ("9", "09:00"), ("9:30", "09:30"), ("half past eight", "08:30"), ("half eight", "08:30"),
        ("quarter to nine", "08:45"), ("quarter to one", "12:45"), ("a quarter past 4", "16:15"),
        ("eight thirty", "08:30"), ("7h30", "07:30"), ("930", "09:30"), ("1130", "11:30"), ("3", "15:00"),
        ("12", "12:00"), ("at 10 o'clock", "10:00"), ("9ish", "09:00"), ("24:00", "00:00"),
        ("12 at night", "00:00"), ("٩:٣٠", "09:30"), ("9am because of my bus", "09:00"),
    ],
)  # fmt: skip
def test_a_time_that_could_be_another_is_a_guess(text: str, hhmm: str) -> None:
    reading = read_time(text)
    assert (reading.value, reading.confirm) == (time.fromisoformat(hhmm), True)


@pytest.mark.parametrize(
    "text",
    [
        "", "morning", "25:00", "12:60", "24:01", "9.5", "15 am", "11 in the afternoon", "8 or 9", "8-9",
        "9/10",
        "7pm or 8pm", "after 9", "not before 9", "in 2 hours", "10 minutes", "2026-03-29", "half past",
        "UTC+9",
        "noon or midnight", "7:30:15", "123456", "later",
    ],
)  # fmt: skip
def test_no_time_two_times_and_lengths_of_time_are_asked_again(text: str) -> None:
    assert read_time(text).value is None


@given(st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_every_24_hour_time_is_read_as_itself(at: time) -> None:
    reading = read_time(at.strftime("%H:%M"))
    assert reading.value == at
    assert reading.confirm == (10 <= at.hour <= 12)


@given(st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_every_12_hour_time_is_read_as_itself(at: time) -> None:
    reading = read_time(at.strftime("%I:%M %p"))
    assert (reading.value, reading.confirm) == (at, False)


@given(st.text(alphabet="0123456789:. apmhtoquarhlfnive-", max_size=20))
def test_any_text_is_read_without_falling_over(text: str) -> None:
    value = read_time(text).value
    assert value is None or (value.second, value.microsecond) == (0, 0)
