"""What triage knows (danger signs) and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How serious a finding is; `rank` orders them, higher is more serious."""

    NONE = "none"
    MEDICATION = "medication"
    URGENT = "urgent"
    EMERGENCY = "emergency"
    CRISIS = "crisis"

    @property
    def rank(self) -> int:
        """Return 0 for none up to 4 for crisis."""
        return _LEVEL_ORDER.index(self)


_LEVEL_ORDER = (Level.NONE, Level.MEDICATION, Level.URGENT, Level.EMERGENCY, Level.CRISIS)


class When(StrEnum):
    """How soon the person should be seen."""

    NOW = "now"
    SAME_DAY = "same-day"
    SOON = "soon"
    """Within about a week."""


ABUSE_GROUP = "abuse-domestic-violence"
"""The group whose card is the last thing the bot says unprompted: somebody else may read the phone."""

SUICIDE_GROUP = "suicide-active"
"""The group a plain yes to "are you thinking of suicide" belongs to."""

OVERDOSE_GROUPS = frozenset({"opioid-overdose", "medicine-overdose-other"})
"""An overdose already taken leads every other card, and its card always carries the crisis line."""


@dataclass(frozen=True)
class DangerSign:
    """One group of signs that ask for the same help.

    `priority` says which card leads when several groups match, lower first. `phrases` must fire the group,
    `look_alikes` must stay silent, `ambiguous` get one gentle question together with the help.
    `patterns` are written in the language of `painbot.core.triage.pattern`.
    """

    id: str
    name: str
    level: Level
    when: When
    priority: int
    phrases: tuple[str, ...]
    look_alikes: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """What triage found in a message, without a word of it.

    `level` is the highest level among all groups that matched; `group` is the one whose card leads and
    `also` are the others, most pressing first. `rule` names the rule that fired for `group`, `version`
    the rule set. With `ask_first` the message had two readings: the card asks one gentle question and
    shows the help at once. `third_person` means that somebody else seems to be in danger.
    """

    level: Level
    group: str
    when: When
    rule: str
    version: str
    also: tuple[str, ...] = ()
    ask_first: bool = False
    third_person: bool = False
