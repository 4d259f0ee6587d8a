"""Rules a course is held to, one module each.

A rule's module docstring is its documentation: what it asks, a sample that passes and one that
fails. The samples are run by the tests. To add a rule: write its module, add it to `ALL_RULES`,
add its test with the line and column it reports.
"""

from __future__ import annotations

from typing import Final

from painbot.content.lint import (
    course_items,
    evidence_known,
    file_name,
    lesson_cards,
    quiz_options,
    unique_ids,
    week_check,
)
from painbot.content.lint.frame import Rule

ALL_RULES: Final[tuple[Rule, ...]] = (
    course_items.RULE,
    file_name.RULE,
    unique_ids.RULE,
    week_check.RULE,
    lesson_cards.RULE,
    evidence_known.RULE,
    quiz_options.RULE,
)
"""Every rule, in the order in which their modules are best read."""

START_RULES: Final = tuple(rule for rule in ALL_RULES if rule.stops_start)
"""The rules without which the bot cannot teach the course."""
