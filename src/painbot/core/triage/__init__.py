"""The safety net for typed text: danger signs in, a finding out. It writes no prose."""

from painbot.core.triage.model import (
    ABUSE_GROUP,
    OVERDOSE_GROUPS,
    SUICIDE_GROUP,
    DangerSign,
    Finding,
    Level,
    When,
)
from painbot.core.triage.pattern import PatternError
from painbot.core.triage.rules import RuleSet, Vocabulary, triage, triage_answer

__all__ = [
    "ABUSE_GROUP",
    "OVERDOSE_GROUPS",
    "SUICIDE_GROUP",
    "DangerSign",
    "Finding",
    "Level",
    "PatternError",
    "RuleSet",
    "Vocabulary",
    "When",
    "triage",
    "triage_answer",
]
