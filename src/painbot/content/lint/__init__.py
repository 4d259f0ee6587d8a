"""Rules a course is held to, one module each.

A rule's module docstring is its documentation: what it asks, a sample that passes and one that
fails. The samples are run by the tests. To add a rule: write its module, add it to `ALL_RULES`,
add its test with the line and column it reports.
"""

from __future__ import annotations

from typing import Final

from painbot.content.lint import (
    action_smaller,
    banned_words,
    button_length,
    card_length,
    claim_evidence,
    course_items,
    crisis_number,
    evidence_known,
    file_name,
    lesson_cards,
    light_markup,
    question_choices,
    quiz_balance,
    quiz_options,
    same_ids,
    unique_ids,
    week_check,
)
from painbot.content.lint.frame import Rule

ALL_RULES: Final[tuple[Rule, ...]] = (
    course_items.RULE,
    file_name.RULE,
    unique_ids.RULE,
    week_check.RULE,
    same_ids.RULE,
    lesson_cards.RULE,
    evidence_known.RULE,
    quiz_options.RULE,
    question_choices.RULE,
    card_length.RULE,
    action_smaller.RULE,
    claim_evidence.RULE,
    banned_words.RULE,
    crisis_number.RULE,
    button_length.RULE,
    light_markup.RULE,
    quiz_balance.RULE,
)
"""Every rule; first what the bot needs to teach the course, then what makes it good."""

START_RULES: Final = tuple(rule for rule in ALL_RULES if rule.stops_start)
"""The rules without which the bot cannot teach the course."""
