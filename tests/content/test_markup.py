"""The light markup: what it reads, and what it refuses at which place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painbot.content.markup import Run, blocks, problems


def test_paragraphs_and_lists_are_split() -> None:
    found = blocks("One\nline more\n\nTwo:\n- first\n  - second\n  goes on\n\nThree\n")
    assert [(block.is_bullet, block.runs[0].text) for block in found] == [
        (False, "One line more"),
        (False, "Two:"),
        (True, "first"),
        (True, "second goes on"),
        (False, "Three"),
    ]


def test_bold_and_italic_may_hold_each_other() -> None:
    (block,) = blocks("a **b _c_** _d_")
    assert block.runs == (
        Run("a "),
        Run("b ", bold=True),
        Run("c", bold=True, italic=True),
        Run(" "),
        Run("d", italic=True),
    )


@pytest.mark.parametrize("text", ["snake_case_name", "____", "2 * 3", "a _ b", "5 < 6 > 4", "- - x", ""])
def test_signs_that_only_look_like_markers_are_left_alone(text: str) -> None:
    assert list(problems(text)) == []


@pytest.mark.parametrize(
    ("text", "offset", "words"),
    [
        ("a **b", 2, "not closed"),
        ("a _b", 2, "not closed"),
        ("**a\n\nb**", 0, "not closed"),
        ("**a\n- b**", 0, "not closed"),
        ("a ** b", 2, "neither"),
        ("**a **", 4, "neither"),
        ("**a _b** c_", 6, "before what was opened"),
        ("b_ a", 1, "neither"),
        ("*a*", 0, "single stars"),
        ("__a__", 0, "double underscores"),
        ("x\n# Title", 2, "headings"),
        ("x\n* item", 2, "bullet"),
        ("• item", 0, "bullet"),
        ("see [this](https://example.org)", 4, "links"),
        ("<b>x</b>", 0, "HTML"),
        ("`x`", 0, "code marks"),
    ],
)
def test_what_the_markup_does_not_hold_is_reported_at_its_offset(text: str, offset: int, words: str) -> None:
    found = list(problems(text))
    assert found[0].offset == offset, found
    assert words in found[0].message
    assert found[0].remedy
    assert text.startswith(found[0].fragment, offset)


@given(st.text(alphabet="ab *_-\n", max_size=40))
def test_any_text_keeps_its_letters(text: str) -> None:
    shown = "".join(run.text for block in blocks(text) for run in block.runs)
    assert [letter for letter in shown if letter in "ab"] == [letter for letter in text if letter in "ab"]


@given(st.text(alphabet="ab *_-\n", max_size=40))
def test_problems_are_at_the_fragment_they_name(text: str) -> None:
    assert all(text.startswith(problem.fragment, problem.offset) for problem in problems(text))
