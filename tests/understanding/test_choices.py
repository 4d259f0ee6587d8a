"""One of a few shown options, typed."""

import pytest

from painbot.understanding import read_choice

TRIED = {"yes": "Yes", "a-bit": "A bit", "not-yet": "Not yet"}
CHANGE = {
    "much-better": "Much better",
    "better": "Better",
    "a-little-better": "A little better",
    "same": "The same",
    "a-little-worse": "A little worse",
    "worse": "Worse",
    "much-worse": "Much worse",
}
ALARM = {"a": "Yes, always", "b": "No, loud is not the same as large", "c": "Only at night"}


@pytest.mark.parametrize(
    ("options", "text", "option"),
    [
        (TRIED, "yes", "yes"), (TRIED, "A BIT!", "a-bit"), (TRIED, "not yet", "not-yet"),
        (TRIED, "no", "not-yet"),
        (TRIED, "👍", "yes"), (TRIED, "kind of", "a-bit"), (CHANGE, "better", "better"),
        (CHANGE, "much better", "much-better"), (CHANGE, "same", "same"), (ALARM, "b", "b"),
        (ALARM, "C)", "c"),
    ],
)  # fmt: skip
def test_a_label_an_id_or_its_plain_meaning_is_sure(options: dict[str, str], text: str, option: str) -> None:
    reading = read_choice(text, options)
    assert (reading.value, reading.confirm) == (option, False)


@pytest.mark.parametrize(
    ("options", "text", "option"),
    [
        (TRIED, "2", "a-bit"), (TRIED, "c", "not-yet"), (TRIED, "option 1", "yes"),
        (CHANGE, "bettr", "better"),
        (CHANGE, "little worse", "a-little-worse"), (ALARM, "at night", "c"), (ALARM, "only", "c"),
        (TRIED, "yes before lunch", "yes"),
    ],
)  # fmt: skip
def test_a_place_a_part_or_a_typo_is_a_guess(options: dict[str, str], text: str, option: str) -> None:
    reading = read_choice(text, options)
    assert (reading.value, reading.confirm) == (option, True)


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (TRIED, ""),
        (TRIED, "9"),
        (TRIED, "0"),
        (TRIED, "z"),
        (CHANGE, "much"),
        (CHANGE, "good"),
        (ALARM, "hm"),
    ],
)
def test_what_fits_none_or_several_is_asked_again(options: dict[str, str], text: str) -> None:
    assert read_choice(text, options).value is None
