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
    crisis_line,
    crisis_number,
    daily_budget,
    dead_ends,
    dose,
    evidence_known,
    file_name,
    gate_fallback,
    lesson_cards,
    light_markup,
    medicine_imperative,
    one_idea,
    picture_files,
    placeholders,
    question_choices,
    quiz_balance,
    quiz_options,
    reading_grade,
    same_ids,
    scope_line,
    telegram_limits,
    toolkit_card,
    unique_ids,
    week_check,
    week_structure,
)
from painbot.content.lint.frame import Rule

ALL_RULES: Final[tuple[Rule, ...]] = (
    course_items.RULE,
    file_name.RULE,
    unique_ids.RULE,
    week_check.RULE,
    same_ids.RULE,
    placeholders.RULE,
    lesson_cards.RULE,
    evidence_known.RULE,
    quiz_options.RULE,
    question_choices.RULE,
    dead_ends.RULE,
    gate_fallback.RULE,
    telegram_limits.RULE,
    dose.RULE,
    medicine_imperative.RULE,
    crisis_line.RULE,
    crisis_number.RULE,
    scope_line.RULE,
    toolkit_card.RULE,
    banned_words.RULE,
    claim_evidence.RULE,
    reading_grade.RULE,
    card_length.RULE,
    button_length.RULE,
    light_markup.RULE,
    picture_files.RULE,
    one_idea.RULE,
    action_smaller.RULE,
    quiz_balance.RULE,
    week_structure.RULE,
    daily_budget.RULE,
)
"""Every rule; first what the bot needs to teach the course, then what makes it good."""

START_RULES: Final = tuple(rule for rule in ALL_RULES if rule.stops_start)
"""The rules without which the bot cannot teach the course."""
