"""Numbers on a scale, as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painbot.understanding import read_scale


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7), (" 7 ", 7), ("0", 0), ("10", 10), ("07", 7), ("7.", 7), ("7!", 7), ("7,0", 7),
        ("7/10", 7), ("10/10", 10), ("7 / 10", 7), ("7 out of 10", 7), ("seven out of ten", 7),
        ("5 of 10", 5),
        ("seven", 7), ("Seven.", 7), ("ten", 10), ("zero", 0), ("one", 1),
        ("about a 6", 6), ("6ish", 6), ("~6", 6), ("maybe 6", 6), ("I'd say a 4 today", 4), ("it's 5", 5),
        ("pain: 7", 7), ("７", 7), ("٧", 7), ("७", 7), ("7️⃣", 7), ("🔟", 10),
    ],
)  # fmt: skip
def test_a_plain_number_is_sure(text: str, value: int) -> None:
    reading = read_scale(text)
    assert (reading.value, reading.confirm, reading.heard) == (value, False, text.strip())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("6-7", 7), ("6 – 7", 7), ("6 or 7", 7), ("6 to 7", 7), ("between 6 and 7", 7), ("six or seven", 7),
        ("7.5", 8), ("7,5", 8), ("sevn", 7), ("7 but worse at night", 7), ("10+", 10), ("7. yes 7", 7),
        ("none", 0), ("no pain at all", 0), ("not at all", 0),
    ],
)  # fmt: skip
def test_a_guess_is_shown_first(text: str, value: int) -> None:
    reading = read_scale(text)
    assert (reading.value, reading.confirm) == (value, True)


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "eleven", "elven", "11", "100", "-3", "minus 3", "3/5", "6/7", "7am", "70%", "7 hours",
        "5mg",
        "not 7", "more than 5", "less than 3", "3-8", "2 weeks 7", "7 8", "a bad one", "👍", "hundred",
        "nine thousand", "twenty one", "5.3", "8½", "bad", "fine", "night", "7" * 400, "7/0",
        "1e1", "no idea",
    ],
)  # fmt: skip
def test_what_names_no_number_of_the_scale_is_asked_again(text: str) -> None:
    assert read_scale(text).value is None


def test_another_scale_has_its_own_ends() -> None:
    assert read_scale("3", 0, 3).value == 3
    assert read_scale("2/3", 0, 3).value == 2
    assert read_scale("4", 0, 3).value is None
    assert read_scale("2/10", 0, 3).value is None
    assert read_scale("none", 1, 5).value is None
    assert read_scale("0", 1, 5).value is None


@given(st.text(max_size=60))
def test_any_text_gives_a_number_of_the_scale_or_nothing(text: str) -> None:
    value = read_scale(text).value
    assert value is None or 0 <= value <= 10


@given(st.integers(-10_000, 10_000))
def test_a_number_is_never_clipped(number: int) -> None:
    assert read_scale(str(number)).value == (number if 0 <= number <= 10 else None)
