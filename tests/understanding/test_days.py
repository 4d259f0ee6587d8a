"""Lengths of days, as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painbot.understanding import read_days, read_open_end


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("5", 5), ("five", 5), ("5 days", 5), ("for 5 days please", 5), ("10d", 10), ("a day", 1),
        ("a week", 7),
        ("week", 7), ("one week", 7), ("two weeks", 14), ("2w", 14), ("2 wks", 14), ("a fortnight", 14),
        ("for the next 3 days", 3),
    ],
)  # fmt: skip
def test_a_plain_length_is_sure(text: str, days: int) -> None:
    reading = read_days(text)
    assert (reading.value, reading.confirm) == (days, False)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("a couple of days", 2),
        ("a few days", 3),
        ("a month", 30),
        ("until tomorrow", 1),
        ("4 days, a trip", 4),
    ],
)
def test_a_rough_length_is_a_guess(text: str, days: int) -> None:
    reading = read_days(text)
    assert (reading.value, reading.confirm) == (days, True)


@pytest.mark.parametrize(
    "text",
    ["", "0", "-3", "1.5 weeks", "half a week", "5-7", "3 hours", "until monday", "until friday 5", "400",
    "99999"],
)  # fmt: skip
def test_what_is_no_number_of_days_is_asked_again(text: str) -> None:
    assert read_days(text).value is None


def test_more_than_the_most_is_asked_again_and_never_cut() -> None:
    assert read_days("2 weeks", most=14).value == 14
    assert read_days("15", most=14).value is None


@given(st.text(max_size=40))
def test_any_text_gives_a_length_in_range_or_nothing(text: str) -> None:
    value = read_days(text).value
    assert value is None or 1 <= value <= 366


@pytest.mark.parametrize(
    "text", ["open", "until I come back", "Until I'm back.", "till I return", "no end", "indefinitely"]
)
def test_a_rest_without_an_end_is_read(text: str) -> None:
    assert read_open_end(text)


@pytest.mark.parametrize("text", ["", "5", "until monday", "open the lesson", "back"])
def test_what_names_an_end_or_something_else_is_not_open(text: str) -> None:
    assert not read_open_end(text)
