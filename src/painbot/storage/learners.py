"""Learners with all that belongs to them: loading a file, writing what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from painbot.core.decisions import LearnerFile
from painbot.core.enrollment import Answer, Delivery, Dialogue, Enrollment, EnrollmentStatus
from painbot.core.ids import ChatId, CourseId, EnrollmentId, ItemId, LearnerId
from painbot.storage import erasure
from painbot.storage.export import export_learner
from painbot.storage.learner_rows import (
    answer_from,
    answer_row,
    delivery_from,
    delivery_row,
    dialogue_from,
    dialogue_row,
    enrollment_from,
    enrollment_row,
    learner_from,
    learner_row,
)
from painbot.storage.statements import insert_new, upsert
from painbot.storage.tables import answers, deliveries, dialogues, enrollments, learners

CHECKIN_DAYS = timedelta(days=8)
"""How far back check-in answers are loaded into a file."""

CHECKIN_SLOTS = "checkin:"

# All three rows are locked together (a no-op on SQLite, where one writer is alone anyway): what is
# loaded here is what `save` later writes over.
_HEADS = (
    select(
        enrollments,
        learners.c.chat_id,
        learners.c.created_at.label("learner_created_at"),
        learners.c.country,
        learners.c.zone,
        learners.c.consent_version,
        learners.c.consented_at,
        dialogues.c.state,
        dialogues.c.data,
    )
    .join(learners, learners.c.id == enrollments.c.learner_id)
    .join(dialogues, dialogues.c.learner_id == learners.c.id)
)
_BY_CHAT = (
    _HEADS.where(learners.c.chat_id == bindparam("chat"))
    .order_by(enrollments.c.id.desc())
    .limit(1)
    .with_for_update()
)
DUE = (
    _HEADS.where(enrollments.c.due_at.is_not(None), enrollments.c.due_at <= bindparam("now"))
    .order_by(enrollments.c.due_at, enrollments.c.id)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True)
)
_ENROLLED = (
    _HEADS.where(enrollments.c.id.in_(bindparam("enrolled", expanding=True)))
    .order_by(enrollments.c.id)
    .with_for_update()
)
_DELIVERIES = (
    select(deliveries)
    .where(deliveries.c.enrollment_id.in_(bindparam("ids", expanding=True)))
    .order_by(deliveries.c.enrollment_id, deliveries.c.handed_out_at, deliveries.c.item_id)
)
_ANSWERS = (
    select(answers)
    .where(
        answers.c.enrollment_id.in_(bindparam("ids", expanding=True)),
        or_(~answers.c.slot.startswith(CHECKIN_SLOTS, autoescape=True), answers.c.on >= bindparam("since")),
    )
    .order_by(answers.c.enrollment_id, answers.c.at, answers.c.slot)
)

_UPDATE_LEARNER = (
    update(learners)
    .where(learners.c.id == bindparam("which"))
    .values({column.name: bindparam(column.name) for column in learners.c if column.name != "id"})
)
_UPDATE_ENROLLMENT = (
    update(enrollments)
    .where(enrollments.c.id == bindparam("which"))
    .values({column.name: bindparam(column.name) for column in enrollments.c if column.name != "id"})
)
_UPDATE_DIALOGUE = (
    update(dialogues)
    .where(dialogues.c.learner_id == bindparam("which"))
    .values(state=bindparam("state"), data=bindparam("data"))
)
_DELETE_DELIVERY = delete(deliveries).where(
    deliveries.c.enrollment_id == bindparam("which"), deliveries.c.item_id == bindparam("item")
)
_DELETE_ANSWER = delete(answers).where(
    answers.c.enrollment_id == bindparam("which"), answers.c.slot == bindparam("what")
)


class SqlLearners:
    """Learners over one open transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def file(self, chat_id: ChatId, now: datetime) -> LearnerFile | None:
        """Load a learner's file, or nothing for a stranger; on PostgreSQL its rows are locked.

        Answers loaded: every quiz, recall, measure and onboarding answer, and check-ins on or after
        the day 8 days before `now`.
        """
        files = await self._load(_BY_CHAT, {"chat": chat_id}, now)
        return files[0] if files else None

    async def due_files(self, now: datetime, limit: int) -> Sequence[LearnerFile]:
        """Load the files of enrollments due at or before `now`, earliest first, in three statements.

        On PostgreSQL the rows are locked, skipping locked ones.
        """
        return await self._load(DUE, {"now": now, "at_most": limit}, now)

    async def enrolled_files(
        self, enrollment_ids: Sequence[EnrollmentId], now: datetime
    ) -> Sequence[LearnerFile]:
        """Load the files of these enrollments in three statements; one that is gone is left out.

        On PostgreSQL the rows are locked, in the order of their ids.
        """
        return await self._load(_ENROLLED, {"enrolled": list(enrollment_ids)}, now)

    async def _load(self, heads: Any, parameters: Mapping[str, Any], now: datetime) -> list[LearnerFile]:
        rows = (await self._connection.execute(heads, parameters)).all()
        if not rows:
            return []
        ids = [row.id for row in rows]
        handed_out: defaultdict[int, dict[ItemId, Delivery]] = defaultdict(dict)
        for row in await self._connection.execute(_DELIVERIES, {"ids": ids}):
            handed_out[row.enrollment_id][ItemId(row.item_id)] = delivery_from(row)
        since = (now.astimezone(UTC) - CHECKIN_DAYS).date()
        given: defaultdict[int, dict[str, Answer]] = defaultdict(dict)
        for row in await self._connection.execute(_ANSWERS, {"ids": ids, "since": since}):
            given[row.enrollment_id][row.slot] = answer_from(row)
        return [
            LearnerFile(
                learner=learner_from(row),
                enrollment=enrollment_from(row),
                dialogue=dialogue_from(row),
                deliveries=handed_out[row.id],
                answers=given[row.id],
            )
            for row in rows
        ]

    async def enroll(self, chat_id: ChatId, course_id: CourseId, now: datetime) -> LearnerFile:
        """Create a learner and an enrollment in onboarding; what already exists is kept and returned."""
        await insert_new(self._connection, learners, [{"chat_id": chat_id, "created_at": now}])
        found = await self._connection.execute(select(learners.c.id).where(learners.c.chat_id == chat_id))
        learner_id = LearnerId(found.scalar_one())
        fresh = Enrollment(
            id=EnrollmentId(0),
            learner_id=learner_id,
            course_id=course_id,
            status=EnrollmentStatus.ONBOARDING,
            created_at=now,
        )
        await insert_new(self._connection, enrollments, [enrollment_row(fresh)])
        idle = {"learner_id": learner_id, **dialogue_row(Dialogue())}
        await insert_new(self._connection, dialogues, [idle])
        file = await self.file(chat_id, now)
        assert file is not None, "enrolled in this very transaction"
        return file

    async def save(self, before: LearnerFile, after: LearnerFile) -> None:
        """Write whatever differs: learner, enrollment, dialogue, deliveries, answers."""
        await self.save_many([(before, after)])

    async def save_many(self, pairs: Sequence[tuple[LearnerFile, LearnerFile]]) -> None:
        """Write the differences of several files, one statement for each table touched."""
        execute = self._connection.execute
        if rows := [
            {"which": new.learner.id, **learner_row(new.learner)}
            for old, new in pairs
            if old.learner != new.learner
        ]:
            await execute(_UPDATE_LEARNER, rows)
        if rows := [
            {"which": new.enrollment.id, **enrollment_row(new.enrollment)}
            for old, new in pairs
            if old.enrollment != new.enrollment
        ]:
            await execute(_UPDATE_ENROLLMENT, rows)
        if rows := [
            {"which": new.learner.id, **dialogue_row(new.dialogue)}
            for old, new in pairs
            if old.dialogue != new.dialogue
        ]:
            await execute(_UPDATE_DIALOGUE, rows)
        await upsert(
            self._connection,
            deliveries,
            [
                delivery_row(new.enrollment.id, delivery)
                for old, new in pairs
                for item_id, delivery in new.deliveries.items()
                if old.deliveries.get(item_id) != delivery
            ],
        )
        await upsert(
            self._connection,
            answers,
            [
                answer_row(new.enrollment.id, answer)
                for old, new in pairs
                for slot, answer in new.answers.items()
                if old.answers.get(slot) != answer
            ],
        )
        if rows := [
            {"which": new.enrollment.id, "item": item_id}
            for old, new in pairs
            for item_id in old.deliveries
            if item_id not in new.deliveries
        ]:
            await execute(_DELETE_DELIVERY, rows)
        if rows := [
            {"which": new.enrollment.id, "what": slot}
            for old, new in pairs
            for slot in old.answers
            if slot not in new.answers
        ]:
            await execute(_DELETE_ANSWER, rows)

    async def erase(self, chat_id: ChatId, now: datetime, ledger_mark: str) -> None:
        """Remove every row of the learner and write the ledger's mark.

        The goodbye still owed stays until its outcome; `wipe` removes it.
        """
        await erasure.erase_learner(self._connection, chat_id, now, ledger_mark)

    async def erasures_to_wipe(self) -> Sequence[ChatId]:
        """Return the chats erased whose goodbye reached its outcome and whose last traces remain."""
        return await erasure.erasures_to_wipe(self._connection)

    async def wipe(self, chat_id: ChatId) -> None:
        """Remove the last rows that name the chat: inbox, outbox, holds, the pending erasure."""
        await erasure.wipe_chat(self._connection, chat_id)

    async def export(self, chat_id: ChatId) -> Mapping[str, object] | None:
        """Return all that is stored about a learner as JSON-ready data, every answer included."""
        return await export_learner(self._connection, chat_id)
