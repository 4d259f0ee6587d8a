"""A span of the day as people type it."""

from datetime import time

import pytest

from painbot.understanding import read_span


@pytest.mark.parametrize(
    "text",
    ["22:00-07:00", "22:00 - 07:00", "22:00 – 07:00", "from 10pm until 7am", "10 pm to 7 am", "22.00-07.00"],
)
def test_two_certain_times_are_a_span(text: str) -> None:
    heard = read_span(text)
    assert heard.value == (time(22), time(7))
    assert not heard.confirm


@pytest.mark.parametrize("text", ["22 to 7", "10 to 7", "between 10 and 7", "ten till seven", "22-7"])
def test_a_span_with_an_open_half_of_the_day_is_a_guess(text: str) -> None:
    heard = read_span(text)
    assert heard.value == (time(22), time(7))
    assert heard.confirm


@pytest.mark.parametrize(
    ("text", "span"),
    [("12:30-17:30", (time(12, 30), time(17, 30))), ("22:00 - 10.15", (time(22), time(10, 15)))],
)
def test_two_clock_times_are_taken_as_they_stand(text: str, span: tuple[time, time]) -> None:
    heard = read_span(text)
    assert heard.value == span
    assert not heard.confirm


def test_midnight_is_an_end_and_a_start() -> None:
    assert read_span("midnight to 8am").value == (time(0), time(8))
    assert read_span("21:00 to midnight").value == (time(21), time(0))


@pytest.mark.parametrize(
    "text", ["", "22:00", "never", "9 to 9pm to 7", "25 to 7", "22:00-22:00", "a to b", "-"]
)
def test_anything_else_is_no_span(text: str) -> None:
    assert read_span(text).value is None
