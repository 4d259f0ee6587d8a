"""Typed text as plain words: case, accents, emoji, apostrophes, spaced-out and stretched letters undone.

The result keeps where clauses and sentences end, because a "no" reaches only as far as its clause.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from painbot.core.triage.words import IRREGULAR, NUMBER_WORDS, SPELLINGS, TWO_WORDS, UNCHANGED

MAX_CHARS = 4096
"""Telegram's own limit for one message; longer text is cut."""

_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)?|[^\W\d_][^\W_]*(?:[*@$!|][^\W_]+)*(?:'[^\W\d_]+)*|[.!?\n;…]+|[,:()/–—]|[^\S\n]-+[^\S\n]"
)
_SPACED = re.compile(r"(?<![^\W_])(?:[^\W\d_](?:[ .\-_*·|]{1,2})){2,}[^\W\d_](?![^\W_]|')")
_SPACED_GLUE = re.compile(r"[ .\-_*·|]+")
_VOWELS = "aeiou"
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_SKULLS = dict.fromkeys(map(ord, "💀☠⚰🪦"), " skullemoji ")
_APOSTROPHES = dict.fromkeys(map(ord, "’‘‛`´ʼ＇"), "'")
_SHORT_SLANG = frozenset({"kms", "kys", "ctb", "die"})

_CONTRAST = frozenset({"but", "however", "except", "although", "though", "yet"})


@dataclass(frozen=True)
class NormalText:
    """A message as words.

    `words` are the cleaned surface words, `stems` what rules compare; `clause` and `sentence` number the
    clause and the sentence each word stands in. All four have the same length.
    """

    words: tuple[str, ...]
    stems: tuple[str, ...]
    clause: tuple[int, ...]
    sentence: tuple[int, ...]


def stem(word: str) -> str:
    """Return the common stem of a word's everyday forms: "choking" and "choke" give "chok"."""
    if word in UNCHANGED:
        return word
    known = IRREGULAR.get(word)
    if known is not None:
        return _without_e(known)
    if len(word) < 4 or not word.isalpha():
        return word
    out = word
    if out.endswith("ness") and len(out) > 6:
        out = out[:-4]
    elif out.endswith("ies") and len(out) > 4:
        out = out[:-3] + "y"
    elif out.endswith("ing") and len(out) > 5:
        out = _base(out[:-3])
    elif out.endswith("ed") and len(out) > 4 and not out.endswith("eed"):
        out = _base(out[:-2])
    elif (out.endswith("ly") and len(out) > 5) or out.endswith(("sses", "ches", "shes", "xes")):
        out = out[:-2]
    elif out.endswith("s") and not out.endswith(("ss", "us", "is")):
        out = out[:-1]
    if out.endswith("i") and len(out) > 3:
        out = out[:-1] + "y"
    return _without_e(IRREGULAR.get(out, out))


def _without_e(word: str) -> str:
    return word[:-1] if word.endswith("e") and len(word) > 4 and word not in UNCHANGED else word


def _base(word: str) -> str:
    """Return the verb behind a cut-off ending: "stopp" is "stop", "lov" is "love"."""
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        return word[:-1]
    if (
        len(word) == 3
        and word[0] not in _VOWELS
        and word[1] in _VOWELS
        and word[2] not in _VOWELS
        and word[2] not in "wxy"
    ):
        return word + "e"
    return word


def clean(text: str) -> str:
    """Return the text in small letters, without accents, hidden characters or emoji."""
    text = (
        unicodedata.normalize("NFKC", text[:MAX_CHARS]).translate(_APOSTROPHES).translate(_SKULLS).casefold()
    )
    if text.isascii():
        return text
    out: list[str] = []
    for char in unicodedata.normalize("NFKD", text):
        kind = unicodedata.category(char)
        if kind in ("Mn", "Me", "Cf"):
            continue
        out.append(" " if kind in ("So", "Sk", "Cs", "Co", "Cn") else char)
    return "".join(out)


def _join_spaced(match: re.Match[str]) -> str:
    letters = _SPACED_GLUE.sub("", match.group())
    for lead in ("", "i", "a"):
        rest = letters.removeprefix(lead)
        if rest in _SHORT_SLANG:
            return f"{lead} {rest}"
    if len(letters) < 4:
        return match.group()
    # "i w a n t t o d i e" is spelled out whole: leave the cutting up to the word list.
    return letters


def split_words(text: str) -> tuple[list[str], list[int], list[int]]:
    """Return the surface words of a text with the clause and sentence number of each."""
    words: list[str] = []
    clauses: list[int] = []
    sentences: list[int] = []
    clause = sentence = 0
    for match in _TOKEN.finditer(_SPACED.sub(_join_spaced, clean(text))):
        piece = match.group()
        if not (piece[0].isalnum()):
            clause += 1
            if piece[0] in ".!?\n;…":
                sentence += 1
            continue
        if piece in _CONTRAST:
            clause += 1
        words.append(piece)
        clauses.append(clause)
        sentences.append(sentence)
    return words, clauses, sentences


def spell(word: str) -> str:
    """Return the usual spelling of a surface word: no apostrophe, no stretched letters, common slips mended.

    The result may hold two words with a space between ("chestpain").
    """
    if word in SPELLINGS:
        return SPELLINGS[word]
    word = word.replace("'", "")
    if _STRETCHED.search(word):
        twice = _STRETCHED.sub(r"\1\1", word)
        once = _STRETCHED.sub(r"\1", word)
        word = twice if twice in SPELLINGS or twice in IRREGULAR else once
    return SPELLINGS.get(word, NUMBER_WORDS.get(word, word))


def two_word(first: str, second: str) -> str | None:
    """Return the single word that stands for a pair of words, or None."""
    return TWO_WORDS.get((first, second))
