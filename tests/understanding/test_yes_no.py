"""Yes, no, a bit, not sure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painbot.understanding import YesNo, read_plain_no, read_yes_no


@pytest.mark.parametrize(
    ("meaning", "texts"),
    [
        (
            YesNo.YES,
            "yes|Yes!|YES|y|yep|yeah|yesss|👍|👍🏽|✅|thumbs up|I did|I tried|done|ok|sure|of course",
        ),
        (YesNo.YES, "yes I did it today|that's right|I think so"),
        (YesNo.NO, "no|No.|n|nope|nooo|👎|❌|not yet|not really|I didn't|didn’t|couldn't|No, not at all"),
        (YesNo.NO, "never|not done|that's not right"),
        (YesNo.A_BIT, "a bit|a little|A little bit.|yes, a bit|kind of|sort of|partly|some|yes and no|🤏"),
        (YesNo.A_BIT, "I tried a bit"),
        (YesNo.NOT_SURE, "not sure|I'm not sure|maybe|I don't know|idk|perhaps|🤷"),
    ],
)
def test_a_plain_answer_is_sure(meaning: YesNo, texts: str) -> None:
    for text in texts.split("|"):
        reading = read_yes_no(text)
        assert (reading.value, reading.confirm) == (meaning, False), text


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("yes but my knee hurts", YesNo.YES),
        ("no, my mother was here", YesNo.NO),
        ("maybe yes", YesNo.NOT_SURE),
        ("a bit before lunch", YesNo.A_BIT),
    ],
)
def test_an_answer_among_other_words_is_a_guess(text: str, meaning: YesNo) -> None:
    reading = read_yes_no(text)
    assert (reading.value, reading.confirm) == (meaning, True)


@pytest.mark.parametrize(
    "text", ["", " ", "hello", "7", "yes no", "👍👎", "no problem", "not bad", "no pain", "🙂", "why"]
)
def test_both_or_neither_is_asked_again(text: str) -> None:
    assert read_yes_no(text).value is None


@given(st.text(max_size=60))
def test_any_text_is_read_without_falling_over(text: str) -> None:
    reading = read_yes_no(text)
    assert reading.value is None or isinstance(reading.value, YesNo)


@pytest.mark.parametrize("text", ["no", "No.", "NOPE", "nah", "n", "no I am not", "No, I'm not", "noo", "👎"])
def test_a_plain_no_says_no_and_nothing_else(text: str) -> None:
    assert read_plain_no(text)


@pytest.mark.parametrize(
    "text", ["wrong", "none", "never", "forgot", "no thanks", "not yet", "no idea", "yes", "", "no yes"]
)
def test_what_only_comes_down_to_a_no_is_no_plain_one(text: str) -> None:
    assert not read_plain_no(text)
