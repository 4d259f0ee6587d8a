"""Patterns: a small language for what people say in many ways.

A pattern is parts joined by `&`, each one or more slots in order. A slot is a word, compared by stem, or
choices `a|b`; `$chest` is a word family; `end_it` is two words side by side; `=died` is that very form;
`n8+` and `n2-3.9` are numbers.

    numb between $leg          in this order, at most 3 other words between two slots
    numb between $leg ~1       ... at most 1 other word
    $chest & $pain             any order, all within 12 words
    pregnant && headache       any order, anywhere in the message
    $chest & $pain !cough      not when the word stands in a sentence of the match
    heavy $leg (ask)           two readings: ask first
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, product

from painbot.core.triage.normal import NormalText, spell, stem, two_word

DEFAULT_GAP = 3
WINDOW = 12
_ANYWHERE = 10_000
_MAX_COMBINATIONS = 64
_MAX_SPANS = 60
_MAX_HITS = 8
"""Bounds that no ordinary message meets; they keep a long text of one repeated sign from costing seconds."""

Span = tuple[int, int]
"""First and last position of a slot's match."""

_NUMBER = re.compile(r"n(\d+(?:\.\d+)?)(?:(\+)|-(\d+(?:\.\d+)?))$")
_NUMERIC = re.compile(r"\d+(?:[.,]\d+)?$")


class PatternError(ValueError):
    """A pattern is not written as the language asks; the text says what is wrong."""


@dataclass(frozen=True)
class Hit:
    """Where a rule matched: the positions of its words, in the order of the message."""

    positions: tuple[int, ...]

    @property
    def start(self) -> int:
        """Return the first matched position."""
        return self.positions[0]

    @property
    def end(self) -> int:
        """Return the last matched position."""
        return self.positions[-1]


class Reading:
    """A message prepared for matching: where each stem and each slot stands."""

    def __init__(self, text: NormalText) -> None:
        self.text = text
        self.where: dict[str, list[int]] = {}
        for position, word in enumerate(text.stems):
            self.where.setdefault(word, []).append(position)
        self._slots: dict[Slot, tuple[Span, ...]] = {}

    def spans(self, slot: Slot) -> tuple[Span, ...]:
        """Return where a slot matches, in order."""
        found = self._slots.get(slot)
        if found is None:
            found = self._slots[slot] = tuple(sorted(set(slot.find(self)))[:_MAX_SPANS])
        return found


@dataclass(frozen=True)
class Slot:
    """One place in a pattern: any of its words, word runs, exact forms or number ranges."""

    stems: frozenset[str] = frozenset()
    runs: tuple[tuple[str, ...], ...] = ()
    exact: frozenset[str] = frozenset()
    numbers: tuple[tuple[float, float], ...] = ()
    # Computed once: slots are dictionary keys for every message.
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.stems, self.runs, self.exact, self.numbers)))

    def __hash__(self) -> int:
        return self._hash

    def find(self, reading: Reading) -> Iterator[Span]:
        """Yield every place the slot matches."""
        stems = reading.text.stems
        where = reading.where
        if len(self.stems) < len(where):
            for word in self.stems:
                for position in where.get(word, ()):
                    yield position, position
        else:
            for word, positions in where.items():
                if word in self.stems:
                    for position in positions:
                        yield position, position
        for run in self.runs:
            for position in where.get(run[0], ()):
                if stems[position : position + len(run)] == run:
                    yield position, position + len(run) - 1
        if self.exact:
            for position, word in enumerate(reading.text.words):
                if word in self.exact:
                    yield position, position
        if self.numbers:
            for position, word in enumerate(reading.text.words):
                if _NUMERIC.match(word):
                    value = float(word.replace(",", "."))
                    if any(low <= value <= high for low, high in self.numbers):
                        yield position, position

    @property
    def keys(self) -> frozenset[str] | None:
        """Return the stems one of which must be present for a match, or None when that cannot be said."""
        if self.exact or self.numbers:
            return None
        return self.stems | {run[0] for run in self.runs}


@dataclass(frozen=True)
class Part:
    """Slots in order, in one sentence, with at most `gap` other words between neighbours."""

    slots: tuple[Slot, ...]
    gap: int = DEFAULT_GAP

    def find(self, reading: Reading) -> list[tuple[int, ...]]:
        """Return the positions of every match."""
        sentence = reading.text.sentence
        chains: list[tuple[Span, ...]] = [(span,) for span in reading.spans(self.slots[0])]
        for slot in self.slots[1:]:
            longer = []
            for chain in chains:
                last = chain[-1][1]
                for span in reading.spans(slot):
                    if last < span[0] <= last + self.gap + 1 and sentence[span[0]] == sentence[last]:
                        longer.append((*chain, span))
            chains = longer[: _MAX_COMBINATIONS * 2]
        return [tuple(p for first, last in chain for p in range(first, last + 1)) for chain in chains]


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern: parts that stand within `window` words of each other, in any order."""

    source: str
    parts: tuple[Part, ...]
    window: int = WINDOW
    unless: tuple[Slot, ...] = ()
    ask_first: bool = False

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Every slot of every part."""
        return tuple(slot for part in self.parts for slot in part.slots)

    def find(self, reading: Reading) -> list[Hit]:
        """Return every match in the message."""
        for slot in self.slots:
            if not reading.spans(slot):
                return []
        hits = self._together([part.find(reading) for part in self.parts])
        if self.unless and hits:
            hits = [hit for hit in hits if not self._excluded(hit, reading)]
        return hits

    def _together(self, found: list[list[tuple[int, ...]]]) -> list[Hit]:
        if len(found) == 1:
            return [Hit(positions) for positions in found[0][:_MAX_HITS]]
        hits: list[Hit] = []
        base, *others = sorted(found, key=len)
        for start in base:
            low, high = start[-1] - self.window, start[0] + self.window
            near = [[one for one in part if low < one[0] and one[-1] < high] for part in others]
            for chain in islice(product(*near), _MAX_COMBINATIONS):
                every = sorted([*start, *(position for positions in chain for position in positions)])
                # Two parts may not lean on the same word.
                if len(set(every)) == len(every) and every[-1] - every[0] < self.window:
                    hits.append(Hit(tuple(every)))
                    if len(hits) == _MAX_HITS:
                        return hits
        return hits

    def _excluded(self, hit: Hit, reading: Reading) -> bool:
        sentence = reading.text.sentence
        first, last = sentence[hit.start], sentence[hit.end]
        used = set(hit.positions)
        return any(
            first <= sentence[span[0]] <= last and span[0] not in used
            for slot in self.unless
            for span in reading.spans(slot)
        )


def words_of(text: str) -> list[str]:
    """Return the words of rule text as messages are read, pairs joined."""
    spelled = [piece for word in text.split() for piece in spell(word.lower()).split()]
    joined: list[str] = []
    for word in spelled:
        pair = two_word(joined[-1], word) if joined else None
        if pair is not None:
            joined[-1] = pair
        else:
            joined.append(word)
    return joined


def parse_slot(source: str, families: Mapping[str, tuple[str, ...]]) -> Slot:
    """Return the slot written as `source`; raise PatternError for an unknown family."""
    stems: set[str] = set()
    runs: list[tuple[str, ...]] = []
    exact: set[str] = set()
    numbers: list[tuple[float, float]] = []
    for choice in source.split("|"):
        if not choice:
            raise PatternError(f"an empty choice in {source!r}")
        if choice.startswith("$"):
            name = choice[1:]
            if name not in families:
                raise PatternError(f"no word family is called {name!r}")
            inner = parse_slot("|".join(families[name]), families)
            stems |= inner.stems
            runs += inner.runs
            exact |= inner.exact
            numbers += inner.numbers
        elif choice.startswith("="):
            exact.add(choice[1:])
        elif _NUMBER.match(choice):
            numbers.append(_range(choice))
        else:
            words = tuple(stem(word) for word in words_of(choice.replace("_", " ")))
            if len(words) == 1:
                stems.add(words[0])
            else:
                runs.append(words)
    return Slot(frozenset(stems), tuple(dict.fromkeys(runs)), frozenset(exact), tuple(numbers))


def _range(choice: str) -> tuple[float, float]:
    match = _NUMBER.match(choice)
    assert match is not None
    return float(match[1]), float(match[3]) if match[3] else float("inf")


def parse_pattern(source: str, families: Mapping[str, tuple[str, ...]]) -> Pattern:
    """Return the compiled pattern; raise PatternError when it is not well formed."""
    tokens = source.split()
    ask_first = bool(tokens) and tokens[-1] == "(ask)"
    tokens = tokens[:-1] if ask_first else tokens
    parts: list[Part] = []
    unless: list[Slot] = []
    slots: list[Slot] = []
    gap = DEFAULT_GAP
    for token in [*tokens, "&"]:
        if token in ("&", "&&"):
            if not slots:
                raise PatternError(f"{source!r} has a part without words")
            parts.append(Part(tuple(slots), gap))
            slots, gap = [], DEFAULT_GAP
        elif token.startswith("~"):
            if not token[1:].isdigit():
                raise PatternError(f"{token!r} is no reach; write ~ and a number")
            gap = int(token[1:])
        elif token.startswith("!"):
            unless.append(parse_slot(token[1:], families))
        else:
            slots.append(parse_slot(token, families))
    window = _ANYWHERE if "&&" in tokens else WINDOW
    pattern = Pattern(source, tuple(parts), window, tuple(unless), ask_first)
    if all(slot.keys is None for slot in pattern.slots):
        raise PatternError(f"{source!r} needs one word that is neither a number nor an exact form")
    return pattern
