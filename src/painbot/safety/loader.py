"""Reads and checks the safety data: danger signs, how they are recognised, and help lines."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from typing import Any

import yaml

from painbot.core.errors import PainbotError
from painbot.core.triage import DangerSign, Level, PatternError, RuleSet, Vocabulary, When
from painbot.safety.help_lines import CountryLines, HelpLines, Line, digits_of, numbers_in

_GROUP_FIELDS = {
    "id", "name", "level", "when", "priority", "what_it_is", "phrases", "look_alikes", "ambiguous_ask_first",
    "tell_them", "never_say", "sources",
}  # fmt: skip
_LINE_FIELDS = {"name", "number", "other_ways", "hours", "hours_seen", "seen", "site", "verified_on"}
_PLACEHOLDERS = ("{emergency}", "{crisis_line}", "{abuse_line}")


class SafetyDataError(PainbotError):
    """The safety data is not as it must be; the text lists every fault with its place."""


@dataclass(frozen=True)
class CardText:
    """What a card says for one group, and what it must never say (for reviewers)."""

    tell_them: str
    never_say: str
    what_it_is: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class SafetyData:
    """Everything read from the danger-sign files."""

    rule_set: RuleSet
    cards: Mapping[str, CardText] = field(default_factory=dict)


def load_safety_data() -> SafetyData:
    """Return the shipped rule set with the words of its cards; raise SafetyDataError listing all faults."""
    signs = _text("danger_signs.yaml")
    detection = _text("detection.yaml")
    version = hashlib.sha256((signs + detection).encode()).hexdigest()[:12]
    return read_safety_data(yaml.safe_load(signs), yaml.safe_load(detection), version)


def load_rule_set() -> RuleSet:
    """Return the shipped rule set; raise SafetyDataError listing all faults."""
    return load_safety_data().rule_set


def load_help_lines() -> HelpLines:
    """Return the shipped help lines; raise SafetyDataError listing all faults."""
    return read_help_lines(yaml.safe_load(_text("help_lines.yaml")))


def _text(name: str) -> str:
    return resources.files("painbot.safety").joinpath(name).read_text("utf-8")


def read_safety_data(signs: Any, detection: Any, version: str) -> SafetyData:
    """Return checked safety data; raise SafetyDataError listing all faults."""
    faults: list[str] = []
    patterns = _mapping(detection, "patterns", faults)
    families = {
        str(name): tuple(str(words).split())
        for name, words in _mapping(detection, "families", faults).items()
    }
    groups: list[DangerSign] = []
    cards: dict[str, CardText] = {}
    for number, raw in enumerate(_list(signs, "groups", faults), start=1):
        where = f"groups[{number}]"
        if not isinstance(raw, dict):
            faults.append(f"{where}: needs fields, not {raw!r}")
            continue
        where = f"group {raw.get('id', number)}"
        for name in sorted(_GROUP_FIELDS - raw.keys()):
            faults.append(f"{where}: {name} is missing")
        for name in sorted(raw.keys() - _GROUP_FIELDS):
            faults.append(f"{where}: {name} is not a known field")
        if _GROUP_FIELDS - raw.keys():
            continue
        group = _group(
            raw, where, _strings(patterns.get(raw["id"], []), f"patterns of {raw['id']}", faults), faults
        )
        if group is None:
            continue
        if group.id in cards:
            faults.append(f"{where}: this id is used twice")
        groups.append(group)
        cards[group.id] = CardText(
            str(raw["tell_them"]).strip(),
            str(raw["never_say"]).strip(),
            str(raw["what_it_is"]).strip(),
            _strings(raw["sources"], f"{where} sources", faults),
        )
        faults += _placeholder_faults(where, cards[group.id].tell_them)
    faults += [f"patterns: no group is called {name}" for name in sorted(patterns.keys() - cards.keys())]
    if faults:
        raise SafetyDataError("danger signs: " + "; ".join(faults))
    vocabulary = Vocabulary(
        families,
        tuple(str(detection.get("ordinary", "")).split()),
        tuple(str(detection.get("disguised", "")).split()),
    )
    try:
        return SafetyData(RuleSet(tuple(groups), version, vocabulary), cards)
    except PatternError as error:
        raise SafetyDataError(f"danger signs: {error}") from error


def _group(
    raw: Mapping[str, Any], where: str, patterns: tuple[str, ...], faults: list[str]
) -> DangerSign | None:
    try:
        level, when = Level(raw["level"]), When(raw["when"])
    except ValueError as error:
        faults.append(f"{where}: {error}")
        return None
    if not isinstance(raw["priority"], int):
        faults.append(f"{where}: priority must be a whole number, not {raw['priority']!r}")
        return None
    phrases = _strings(raw["phrases"], f"{where} phrases", faults)
    if not phrases:
        faults.append(f"{where}: needs at least one phrase")
    return DangerSign(
        id=str(raw["id"]),
        name=str(raw["name"]),
        level=level,
        when=when,
        priority=raw["priority"],
        phrases=phrases,
        look_alikes=_strings(raw["look_alikes"], f"{where} look_alikes", faults),
        ambiguous=_strings(raw["ambiguous_ask_first"], f"{where} ambiguous_ask_first", faults),
        patterns=patterns,
    )


def _placeholder_faults(where: str, text: str) -> list[str]:
    left = text
    for name in _PLACEHOLDERS:
        left = left.replace(name, "")
    return (
        [f"{where}: tell_them may hold only {', '.join(_PLACEHOLDERS)}"] if "{" in left or "}" in left else []
    )


def read_help_lines(raw: Any) -> HelpLines:
    """Return checked help lines; raise SafetyDataError listing all faults, retired numbers among them."""
    faults: list[str] = []
    retired = frozenset(
        digits_of(str(entry.get("number", "")))
        for entry in _list(raw, "retired", faults)
        if isinstance(entry, dict)
    )
    countries: dict[str, CountryLines] = {}
    for iso2, entry in _mapping(raw, "countries", faults).items():
        if not (isinstance(iso2, str) and len(iso2) == 2 and iso2.isupper()):
            faults.append(f"country {iso2!r}: use the two capital letters of ISO 3166, in quotes")
            continue
        if not isinstance(entry, dict) or "name" not in entry:
            faults.append(f"country {iso2}: needs a name and its lines")
            continue
        lines = {
            kind: _line(entry[kind], f"{iso2} {kind}", faults)
            for kind in ("emergency", "crisis_line", "abuse_line", "poisons_line")
            if kind in entry
        }
        for kind in ("emergency", "crisis_line"):
            if lines.get(kind) is None:
                faults.append(f"country {iso2}: {kind} is missing")
        for kind, line in lines.items():
            if line is None:
                continue
            used = {digits_of(number) for number in numbers_in(f"{line.number}; {line.other_ways or ''}")}
            faults += [
                f"{iso2} {kind}: {number} is retired and must not be shown"
                for number in sorted(used & retired)
            ]
        emergency, crisis = lines.get("emergency"), lines.get("crisis_line")
        if emergency is not None and crisis is not None:
            countries[iso2] = CountryLines(
                iso2,
                str(entry["name"]),
                emergency,
                crisis,
                lines.get("abuse_line"),
                lines.get("poisons_line"),
            )
    fallback = _mapping(raw, "fallback", faults)
    if "url" not in fallback:
        faults.append("fallback: url is missing")
    if faults:
        raise SafetyDataError("help lines: " + "; ".join(faults))
    return HelpLines(countries, retired, str(fallback["url"]))


def _line(raw: Any, where: str, faults: list[str]) -> Line | None:
    if (
        not isinstance(raw, dict)
        or not isinstance(raw.get("number"), str)
        or not isinstance(raw.get("seen"), bool)
    ):
        faults.append(f"{where}: needs number (in quotes) and seen (true or false)")
        return None
    faults += [f"{where}: {name} is not a known field" for name in sorted(raw.keys() - _LINE_FIELDS)]
    verified = raw.get("verified_on")
    if verified is not None and not isinstance(verified, date):
        faults.append(f"{where}: verified_on must be a date like 2026-01-31, or empty")
        return None
    return Line(
        name=str(raw.get("name", "")),
        number=raw["number"],
        other_ways=raw.get("other_ways"),
        hours=raw.get("hours") if raw.get("hours_seen", True) else None,
        seen=raw["seen"],
        verified_on=verified,
    )


def _mapping(raw: Any, name: str, faults: list[str]) -> Mapping[Any, Any]:
    value = raw.get(name) if isinstance(raw, dict) else None
    if isinstance(value, dict):
        return value
    faults.append(f"{name}: needs fields")
    return {}


def _list(raw: Any, name: str, faults: list[str]) -> list[Any]:
    value = raw.get(name) if isinstance(raw, dict) else None
    if isinstance(value, list):
        return value
    faults.append(f"{name}: needs a list")
    return []


def _strings(value: Any, where: str, faults: list[str]) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value):
        return tuple(value)
    faults.append(f"{where}: needs a list of texts (put numbers, yes and no in quotes)")
    return ()
