"""Names for the numbers and words that identify things."""

from __future__ import annotations

from typing import NewType

ChatId = NewType("ChatId", int)
"""A private Telegram chat; one learner writes from one chat."""

LearnerId = NewType("LearnerId", int)
EnrollmentId = NewType("EnrollmentId", int)
UpdateId = NewType("UpdateId", int)
"""Telegram's own number for an update; rises, and is the inbox's key."""

OutboxId = NewType("OutboxId", int)
MessageId = NewType("MessageId", int)
"""Telegram's number for a message inside one chat."""

CourseId = NewType("CourseId", str)
ItemId = NewType("ItemId", str)
"""A lesson, practice day or check day of a course; stable for ever once published."""

QuestionId = NewType("QuestionId", str)
FormId = NewType("FormId", str)
