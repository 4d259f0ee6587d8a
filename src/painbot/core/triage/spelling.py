"""The word list triage reads with: mends typing slips, undoes disguises and cuts run-together words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from painbot.core.triage.normal import NormalText, spell, split_words, stem, two_word
from painbot.core.triage.words import FILLERS, GLUE

_LEET = str.maketrans("013457@$!|", "oieastasil")
_MIN_TYPO_LENGTH = 5
_MIN_RUN_LENGTH = 8
_MAX_PIECES = 6


class Lexicon:
    """The stems that rules know, found again in words as people type them.

    `words` are the surface words of all rules; `ordinary` are correct words that look like a slip of a rule
    word and are not ("sweet" is not "sweat"); `disguised` are words people mask ("k*ll", "su1cide").
    """

    def __init__(
        self, words: Iterable[str], ordinary: Iterable[str] = (), disguised: Iterable[str] = ()
    ) -> None:
        self._stems: dict[str, str] = {}
        for word in words:
            self._stems[word] = stem(word)
        for known in list(self._stems.values()):
            self._stems.setdefault(known, known)
        self._ordinary = frozenset(ordinary)
        self._disguised = frozenset(disguised)
        self._slips: dict[str, str] = {}
        for word in sorted(self._stems):
            if len(word) >= _MIN_TYPO_LENGTH and word.isalpha():
                for slip in _deletions(word):
                    self._slips.setdefault(slip, word)

    def read(self, text: str) -> NormalText:
        """Return the message as stems, with fillers dropped."""
        raw, raw_clause, raw_sentence = split_words(text)
        spelled: list[tuple[str, int, int]] = []
        for word, clause, sentence in zip(raw, raw_clause, raw_sentence, strict=True):
            for piece in spell(word).split():
                spelled += [(part, clause, sentence) for part in self._unmask(piece)]
        words: list[str] = []
        stems: list[str] = []
        clauses: list[int] = []
        sentences: list[int] = []
        skip = False
        for position, (word, clause, sentence) in enumerate(spelled):
            if skip:
                skip = False
                continue
            # A pair stands in one sentence: "can" on one line and "not safe" on the next are no "can't".
            if position + 1 < len(spelled) and spelled[position + 1][2] == sentence:
                pair = two_word(word, spelled[position + 1][0])
                if pair is not None:
                    word, skip = pair, True
            if word in FILLERS:
                continue
            words.append(word)
            stems.append(self._stem(word))
            clauses.append(clause)
            sentences.append(sentence)
        return NormalText(tuple(words), tuple(stems), tuple(clauses), tuple(sentences))

    def _unmask(self, word: str) -> list[str]:
        """Return the words behind a masked, number-lettered or run-together word."""
        if word.isalpha():
            if len(word) >= _MIN_RUN_LENGTH and not self._knows(word):
                return self._cut(word) or [word]
            return [word]
        if "*" in word:
            mask = re.compile(re.escape(word).replace(r"\*", "[a-z]{0,2}"))
            hidden = sorted(known for known in self._disguised if mask.fullmatch(known))
            return [hidden[0]] if hidden else [word.replace("*", "")]
        plain = word.translate(_LEET)
        if plain in self._disguised:
            return [plain]
        return [word]

    def _knows(self, word: str) -> bool:
        return (
            word in self._stems
            or word in self._ordinary
            or stem(word) in self._stems
            or self._mend(word) is not None
        )

    def _cut(self, word: str) -> list[str]:
        """Return the known words a run-together word is made of, fewest first; empty if it is not."""
        best: list[list[str] | None] = [[]] + [None] * len(word)
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - 14), end):
                before = best[start]
                piece = word[start:end]
                if before is None or len(before) >= _MAX_PIECES:
                    continue
                if not (piece in GLUE or (len(piece) >= 3 and piece in self._stems)):
                    continue
                current = best[end]
                if current is None or len(before) + 1 < len(current):
                    best[end] = [*before, piece]
        found = best[len(word)]
        return found if found is not None and len(found) > 1 else []

    def _stem(self, word: str) -> str:
        known = self._stems.get(word)
        if known is not None:
            return known
        base = stem(word)
        if base in self._stems or word in self._ordinary or base in self._ordinary:
            return base
        mended = self._mend(word)
        return self._stems[mended] if mended is not None else base

    def _mend(self, word: str) -> str | None:
        """Return the rule word one slip away (a letter missing, added, changed or two swapped), or None."""
        if (
            len(word) < _MIN_TYPO_LENGTH
            or not word.isalpha()
            or word in self._ordinary
            or stem(word) in self._ordinary
        ):
            return None
        candidates: set[str] = set()
        for slip in _deletions(word):
            found = self._slips.get(slip)
            # People rarely miss the first letter, and a different one is mostly a different word.
            if found is not None and found[0] == word[0] and abs(len(found) - len(word)) <= 1:
                candidates.add(found)
        close = sorted(c for c in candidates if _one_slip(word, c))
        return close[0] if close else None


def _deletions(word: str) -> set[str]:
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


def _one_slip(typed: str, meant: str) -> bool:
    if len(typed) == len(meant):
        differ = [i for i in range(len(typed)) if typed[i] != meant[i]]
        if len(differ) <= 1:
            return True
        return (
            len(differ) == 2
            and differ[1] == differ[0] + 1
            and typed[differ[0]] == meant[differ[1]]
            and typed[differ[1]] == meant[differ[0]]
        )
    shorter, longer = sorted((typed, meant), key=len)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
