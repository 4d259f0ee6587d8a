"""Leaving a question out, in words."""

import pytest

from painbot.understanding import read_back, read_skip


@pytest.mark.parametrize(
    "text", ["skip", " Skip. ", "PASS", "skip this one", "Please skip", "I'd rather not say", "no comment"]
)
def test_a_wish_to_leave_it_out_is_a_skip(text: str) -> None:
    assert read_skip(text)


@pytest.mark.parametrize(
    "text",
    ["", "no", "5", "skip to my loo", "I skipped it yesterday", "passed", "the pain will pass", "not sure"],
)
def test_anything_more_or_else_is_none(text: str) -> None:
    assert not read_skip(text)


@pytest.mark.parametrize("text", ["back", "Go back.", "back please", "BACK"])
def test_a_wish_to_go_back_is_read(text: str) -> None:
    assert read_back(text)


@pytest.mark.parametrize("text", ["", "my back", "back pain", "to get back to work", "no"])
def test_a_back_among_other_words_is_none(text: str) -> None:
    assert not read_back(text)
