"""A rule set, compiled once, and the reading of one message against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from painbot.core.triage import context
from painbot.core.triage.model import DangerSign, Finding, Level
from painbot.core.triage.normal import NormalText, split_words
from painbot.core.triage.pattern import Hit, Pattern, Reading, parse_pattern, words_of
from painbot.core.triage.phrases import PhraseRule, content_of
from painbot.core.triage.spelling import Lexicon
from painbot.core.triage.words import FILLERS

_TODAY = frozenset({"today", "now", "late", "again", "all", "right", "anyway"})
_MARKS = str.maketrans("|_!=&", "     ")
_FIRM_GROUPS = frozenset(
    {"opioid-overdose", "medicine-overdose-other", "abuse-domestic-violence", "harm-to-others"}
)
"""Groups whose signs are never "as usual" enough to be left alone."""


@dataclass(frozen=True)
class Vocabulary:
    """Words around the groups: families for patterns, and what the speller has to know."""

    families: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ordinary: tuple[str, ...] = ()
    disguised: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Rule:
    id: str
    group: DangerSign
    ask_first: bool
    pattern: Pattern | None = None
    phrase: PhraseRule | None = None


@dataclass(frozen=True)
class _Match:
    rule: _Rule
    hit: Hit
    ask_first: bool


@dataclass(frozen=True)
class RuleSet:
    """All danger signs, ready to be matched; building one costs some 100 ms, so do it once.

    Raises PatternError for a pattern that is not well formed.
    """

    groups: tuple[DangerSign, ...]
    version: str
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    matcher: _Matcher = field(init=False, repr=False, compare=False)
    """The compiled form; for `triage` only."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "matcher", _Matcher(self))

    def group(self, group_id: str) -> DangerSign:
        """Return the group called `group_id`; raise KeyError when there is none."""
        return self.matcher.by_id[group_id]


class _Matcher:
    def __init__(self, rules: RuleSet) -> None:
        self.by_id = {group.id: group for group in rules.groups}
        self.lexicon = Lexicon(_surface_words(rules), rules.vocabulary.ordinary, rules.vocabulary.disguised)
        self._index: dict[str, list[_Rule]] = {}
        self._look_alikes: dict[str, list[PhraseRule]] = {}
        self._whole: dict[tuple[str, ...], _Rule] = {}
        compiled: list[_Rule] = []
        calm: list[PhraseRule] = []
        frequency: Counter[str] = Counter()
        families = rules.vocabulary.families
        for group in rules.groups:
            for number, source in enumerate(group.patterns, start=1):
                pattern = parse_pattern(source, families)
                compiled.append(
                    _Rule(f"{group.id}/pattern/{number}", group, pattern.ask_first, pattern=pattern)
                )
                for slot in pattern.slots:
                    frequency.update(slot.keys or ())
            for number, text in enumerate(group.phrases, start=1):
                phrase = self._phrase(text)
                compiled.append(_Rule(f"{group.id}/phrase/{number}", group, False, phrase=phrase))
                frequency.update(phrase.stems)
            for number, text in enumerate(group.ambiguous, start=1):
                phrase = self._phrase(text)
                self._whole.setdefault(
                    _whole_key(phrase.stems),
                    _Rule(f"{group.id}/ask/{number}", group, True, phrase=phrase),
                )
            for text in group.look_alikes:
                calm.append(self._phrase(text))
        for rule in compiled:
            for key in self._keys(rule, frequency):
                self._index.setdefault(key, []).append(rule)
        for phrase in calm:
            self._look_alikes.setdefault(_rarest(phrase.content or phrase.stems, frequency, 1)[0], []).append(
                phrase
            )
        # Anchors need the frequencies of all rules, so phrases are finished last.
        for rules_of_key in self._index.values():
            for position, rule in enumerate(rules_of_key):
                if rule.phrase is not None:
                    rules_of_key[position] = _Rule(
                        rule.id, rule.group, rule.ask_first, phrase=_anchored(rule.phrase, frequency)
                    )
        for phrases in self._look_alikes.values():
            phrases[:] = [_anchored(phrase, frequency) for phrase in phrases]

    def _phrase(self, text: str) -> PhraseRule:
        stems = self.lexicon.read(text).stems
        content = tuple(stems[position] for position in content_of(stems))
        return PhraseRule(text, stems, content, content[:1])

    @staticmethod
    def _keys(rule: _Rule, frequency: Counter[str]) -> frozenset[str]:
        if rule.phrase is not None:
            return frozenset(_rarest(rule.phrase.content or rule.phrase.stems, frequency, 1))
        assert rule.pattern is not None
        keyed = [slot.keys for slot in rule.pattern.slots if slot.keys is not None]
        return min(keyed, key=lambda keys: sum(frequency[key] for key in keys))

    def matches(self, text: str) -> tuple[Reading, list[_Match]]:
        """Return the message as read and every match that stands."""
        words = self.lexicon.read(text)
        reading = Reading(words)
        content = content_of(words.stems)
        seen: set[str] = set()
        raw: list[_Match] = []
        for word in reading.where:
            for rule in self._index.get(word, ()):
                if rule.id in seen:
                    continue
                seen.add(rule.id)
                if rule.pattern is not None:
                    hits = rule.pattern.find(reading)
                else:
                    assert rule.phrase is not None
                    hits = rule.phrase.find(words, content)
                raw += [_Match(rule, hit, rule.ask_first) for hit in hits]
        asked = self._asked(reading)
        standing = self._standing(reading, content, raw, asked) if raw else []
        return reading, standing + asked

    def _asked(self, reading: Reading) -> list[_Match]:
        """Return the ambiguous phrase that a whole clause of the message is, if any."""
        text = reading.text
        matches: list[_Match] = []
        for number in (text.clause, text.sentence):
            for value in dict.fromkeys(number):
                places = [p for p in range(len(text.stems)) if number[p] == value]
                stems = tuple(text.stems[p] for p in places)
                rule = self._whole.get(_whole_key(stems))
                if rule is not None:
                    matches.append(_Match(rule, Hit(tuple(places)), True))
        return [m for m in matches if not context.negated(text, m.hit)]

    def _standing(
        self, reading: Reading, content: tuple[int, ...], raw: list[_Match], asked: list[_Match]
    ) -> list[_Match]:
        text = reading.text
        calm = [
            hit
            for word in reading.where
            for phrase in self._look_alikes.get(word, ())
            for hit in phrase.find(text, content, exact=True)
        ]
        # The "never" of "a cramp that never goes" is part of a sign: it denies no other.
        claimed = frozenset(
            position
            for match in raw
            if match.rule.phrase is not None and match.rule.phrase.is_whole(match.hit)
            for position in match.hit.positions
        )
        standing: list[_Match] = []
        past: list[_Match] = []
        for match in raw:
            hit = match.hit
            if any(_covers(look_alike, hit, text) for look_alike in calm):
                continue
            if context.negated(text, hit, claimed):
                match_of_denial = self._denied_crisis(match, reading)
                if match_of_denial is not None:
                    standing.append(match_of_denial)
                continue
            if context.lecture(text, hit, claimed, question=match.rule.group.level is not Level.CRISIS):
                continue
            if context.historical(text, hit, claimed):
                past.append(match)
                continue
            steady = None if self._is_firm(match) else context.stable(text, hit, claimed)
            if steady == "strong" or (steady == "weak" and match.rule.group.level is Level.URGENT):
                continue
            # A clause that is an ambiguous phrase and nothing more is asked about.
            unsure = steady is not None or any(set(hit.positions) <= set(one.hit.positions) for one in asked)
            standing.append(_Match(match.rule, hit, True) if unsure else match)
        # In one and the same clause as something current, an old date may belong to either: the safe reading.
        clauses = {text.clause[p] for match in standing for p in match.hit.positions}
        standing += [m for m in past if clauses & {text.clause[p] for p in m.hit.positions}]
        return standing

    @staticmethod
    def _is_firm(match: _Match) -> bool:
        return match.rule.group.level is Level.CRISIS or match.rule.group.id in _FIRM_GROUPS

    @staticmethod
    def _denied_crisis(match: _Match, reading: Reading) -> _Match | None:
        """A denied wish to die with a "but" after it has two readings, so it is asked about."""
        if match.rule.group.level is not Level.CRISIS:
            return None
        text = reading.text
        tail = text.words[match.hit.end + 1 :]
        return _Match(match.rule, match.hit, True) if {"but", "though", "yet"} & set(tail) else None


def _covers(look_alike: Hit, hit: Hit, text: NormalText) -> bool:
    """Return whether the match is part of the look-alike, and not a sentence of its own between its words."""
    return (
        look_alike.start <= hit.start
        and hit.end <= look_alike.end
        and text.sentence[look_alike.start] == text.sentence[hit.start]
        and text.sentence[look_alike.end] == text.sentence[hit.end]
    )


def _whole_key(stems: tuple[str, ...]) -> tuple[str, ...]:
    """What two ways to say the same whole clause share; one bare word ("done") is not enough."""
    stems = tuple(word for word in stems if word not in _TODAY)
    content = tuple(stems[place] for place in content_of(stems))
    return content if len(content) > 1 else stems


def triage(text: str, rules: RuleSet) -> Finding | None:
    """Return what is dangerous in a typed message, or None.

    Among several groups the level is the highest of them, the card that of the most pressing group.
    """
    reading, matches = rules.matcher.matches(text)
    if not matches:
        return None
    firm = [match for match in matches if not match.ask_first]
    best: dict[str, _Match] = {}
    for match in firm + [match for match in matches if match.ask_first]:
        best.setdefault(match.rule.group.id, match)
    order = {group.id: position for position, group in enumerate(rules.groups)}
    ranked = sorted(
        best.values(),
        key=lambda m: (m.rule.group.priority, m.ask_first, order[m.rule.group.id]),
    )
    lead = ranked[0]
    level = max((m.rule.group.level for m in ranked), key=lambda one: one.rank)
    return Finding(
        level=level,
        group=lead.rule.group.id,
        when=lead.rule.group.when,
        rule=lead.rule.id,
        version=rules.version,
        also=tuple(m.rule.group.id for m in ranked[1:]),
        ask_first=not firm,
        third_person=context.third_person(reading.text, lead.hit),
    )


def triage_answer(group_id: str, rules: RuleSet) -> Finding:
    """Return the finding for a danger sign chosen by button; raise KeyError for an unknown group."""
    group = rules.group(group_id)
    return Finding(group.level, group.id, group.when, f"{group.id}/answer", rules.version)


def _surface_words(rules: RuleSet) -> list[str]:
    words: list[str] = []
    for group in rules.groups:
        for text in (*group.phrases, *group.look_alikes, *group.ambiguous):
            words += words_of(" ".join(split_words(text)[0]))
        for source in group.patterns:
            words += _pattern_words(source)
    for choices in rules.vocabulary.families.values():
        words += _pattern_words(" ".join(choices))
    return [word for word in words if word not in FILLERS]


def _pattern_words(source: str) -> list[str]:
    plain = source.translate(_MARKS)
    return words_of(" ".join(word for word in plain.split() if word[0] not in "$~("))


def _rarest(stems: tuple[str, ...], frequency: Counter[str], count: int) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(stems), key=lambda word: (frequency[word], word))[:count])


def _anchored(phrase: PhraseRule, frequency: Counter[str]) -> PhraseRule:
    return PhraseRule(phrase.source, phrase.stems, phrase.content, _rarest(phrase.content, frequency, 2))
