"""The safety net: danger signs as data, help lines by country, and the cards they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from painbot.core.triage import Finding, RuleSet, triage, triage_answer
from painbot.core.triage.screen import screen_part
from painbot.safety.cards import SafetyCard, numbers_card, safety_card, urgent_card
from painbot.safety.help_lines import HelpLines, LocalHelp, UnverifiedLine
from painbot.safety.loader import (
    CardText,
    SafetyData,
    SafetyDataError,
    load_help_lines,
    load_rule_set,
    load_safety_data,
)

__all__ = [
    "CardText",
    "HelpLines",
    "LocalHelp",
    "SafetyCard",
    "SafetyData",
    "SafetyDataError",
    "SafetyNet",
    "UnverifiedLine",
    "load_help_lines",
    "load_rule_set",
    "load_safety_data",
    "load_safety_net",
]


@dataclass(frozen=True)
class SafetyNet:
    """Reads typed text for danger signs and words the help; built once, free of state, safe to share."""

    rule_set: RuleSet
    help_lines: HelpLines
    texts: Mapping[str, CardText]

    def triage(self, text: str) -> Finding | None:
        """Return what a typed text shows, or None."""
        return triage(text, self.rule_set)

    def screen_finding(self, part_id: str) -> Finding | None:
        """Return the finding behind a part of the danger-sign screen, or None for an unknown part."""
        try:
            part = screen_part(part_id)
        except KeyError:
            return None
        return triage_answer(part.group, self.rule_set)

    def card(self, finding: Finding, country: str | None) -> SafetyCard:
        """Return the card for a finding with the numbers of this country (ISO 3166 two letters, or None)."""
        return safety_card(finding, self.help_lines.for_country(country), self.rule_set, self.texts)

    def urgent(self, country: str | None) -> SafetyCard:
        """Return the card of /urgent: numbers and danger signs, for anyone at any time."""
        return urgent_card(self.help_lines.for_country(country))

    def numbers(self, country: str | None) -> SafetyCard:
        """Return only the numbers to call."""
        return numbers_card(self.help_lines.for_country(country))

    def unverified(self, today: date) -> list[UnverifiedLine]:
        """Return the help lines nobody has checked within half a year."""
        return self.help_lines.unverified(today)


def load_safety_net() -> SafetyNet:
    """Return the safety net with the shipped data; raise SafetyDataError listing all faults."""
    data = load_safety_data()
    return SafetyNet(data.rule_set, load_help_lines(), data.cards)
