"""What decisions need from the safety room: findings, and cards with local numbers."""

from __future__ import annotations

from typing import Protocol

from painbot.core.triage.model import Finding


class SafetyCardText(Protocol):
    """A card ready to say, in plain paragraphs."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The card's text, most important first."""
        ...


class SafetyAdvice(Protocol):
    """Reads danger signs and words the help for them."""

    def triage(self, text: str) -> Finding | None:
        """Return what a typed text shows, or nothing."""
        ...

    def screen_finding(self, part_id: str) -> Finding | None:
        """Return the finding behind a line chosen on the danger-sign screen."""
        ...

    def card(self, finding: Finding, country: str | None) -> SafetyCardText:
        """Return the card for a finding with the numbers of this country."""
        ...

    def urgent(self, country: str | None) -> SafetyCardText:
        """Return the card of /urgent: numbers and danger signs, for anyone at any time."""
        ...

    def numbers(self, country: str | None) -> SafetyCardText:
        """Return only the numbers to call."""
        ...
