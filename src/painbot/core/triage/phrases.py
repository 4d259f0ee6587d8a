"""Listed phrases, found whole or nearly whole inside a longer message."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from painbot.core.triage.normal import NormalText
from painbot.core.triage.pattern import Hit
from painbot.core.triage.words import STOPWORDS


@dataclass(frozen=True)
class PhraseRule:
    """A phrase as stems; `content` are those it hangs on, in order.

    Up to two content words: the whole phrase must stand there, word by word. Three: the content words in
    order, close together. From four: all of them near each other in any order; from six one may be
    missing, from nine two, never the rarest two.
    """

    source: str
    stems: tuple[str, ...]
    content: tuple[str, ...]
    anchors: tuple[str, ...]

    def find(self, text: NormalText, content_positions: tuple[int, ...], *, exact: bool = False) -> list[Hit]:
        """Return the matches; with `exact` no content word may be missing.

        What a run of whole sentences gives by itself it also gives among others: words before or after it
        add matches and take none away.
        """
        whole = self._whole(text.stems)
        size = len(self.content)
        if size <= 2:
            return whole
        stems = [text.stems[position] for position in content_positions]
        if size == 3:
            return whole + self._close_order(stems, content_positions)
        missing = 0 if exact or size < 6 else (1 if size < 9 else 2)
        return whole + self._near(stems, content_positions, text.sentence, missing)

    def is_whole(self, hit: Hit) -> bool:
        """Return whether a match is the phrase word by word."""
        return len(hit.positions) == len(self.stems) == hit.end - hit.start + 1

    def _whole(self, stems: tuple[str, ...]) -> list[Hit]:
        size = len(self.stems)
        return [
            Hit(tuple(range(at, at + size)))
            for at in range(len(stems) - size + 1)
            if stems[at] == self.stems[0] and stems[at : at + size] == self.stems
        ]

    def _close_order(self, stems: list[str], positions: tuple[int, ...]) -> list[Hit]:
        first, second, third = self.content
        hits = []
        for a, word in enumerate(stems):
            if word != first:
                continue
            for b in range(a + 1, min(a + 3, len(stems))):
                if stems[b] != second:
                    continue
                for c in range(b + 1, min(b + 3, len(stems))):
                    if stems[c] == third and c - a <= 3:
                        hits.append(Hit((positions[a], positions[b], positions[c])))
        return hits

    def _near(
        self, stems: list[str], positions: tuple[int, ...], sentence: tuple[int, ...], missing: int
    ) -> list[Hit]:
        needed = Counter(self.content)
        span = len(self.content) + 3
        numbers = [sentence[position] for position in positions]
        # Read to the end of each sentence in reach, a match owes nothing to the sentences after it. One is
        # kept for each sentence it may start in: a start further back may take a word there ("usual") that
        # the nearer sentence has too, and left over, that word would speak against the sign.
        hits: dict[tuple[int, int, int], Hit] = {}
        for at, word in enumerate(stems):
            if word != self.anchors[0]:
                continue
            for first in range(max(0, at - span + 1), at + 1):
                if stems[first] not in needed:
                    continue
                left = needed.copy()
                used = []
                last = min(first + span, len(stems)) - 1
                for place in range(first, last + 1):
                    if left[stems[place]] > 0:
                        left[stems[place]] -= 1
                        used.append(positions[place])
                    ends = place == last or numbers[place + 1] != numbers[place]
                    if ends and positions[at] in used and self._suffices(left, missing):
                        hits.setdefault((at, numbers[first], numbers[place]), Hit(tuple(used)))
        return list(dict.fromkeys(hits.values()))

    def _suffices(self, left: Counter[str], missing: int) -> bool:
        return sum(left.values()) <= missing and not any(left[anchor] for anchor in self.anchors)


def content_of(stems: tuple[str, ...]) -> tuple[int, ...]:
    """Return the positions of the words that are not stopwords."""
    return tuple(position for position, word in enumerate(stems) if word not in STOPWORDS)
