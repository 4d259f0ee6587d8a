"""Many enrolled learners at once, made inside the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Table, case, column, insert, literal, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeEngine

from painbot.core.ids import ChatId
from painbot.settings import CONSENT_VERSION
from painbot.storage.tables import answers, deliveries, dialogues, enrollments, learners
from painbot.storage.unit_of_work import SqlStorage

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
"""The benchmarks' first instant: a Monday noon, 13:00 for the learners."""

TODAY = NOW.date()
YESTERDAY = TODAY - timedelta(days=1)
_NUMBER: ColumnElement[int] = column("n", BigInteger)
"""Counts the learners from 1, inside the statements below."""

ZONE = "Europe/Berlin"
COURSE, FIRST_ITEM = "chronic-pain", "pne-01"
FIRST_CHAT = 7_000_000_000


def chat_of(number: int) -> ChatId:
    """Return the chat of the learner with this number, counted from 1."""
    return ChatId(FIRST_CHAT + number)


@dataclass(frozen=True)
class Crowd:
    """`size` learners on the second day of the course; in wave k (from 0) `each` are due a lesson.

    They have read the first lesson and answered yesterday's check-in; today's is being answered. A
    wave's members are spread evenly over all; who is in no wave has nothing due before the evening.
    """

    size: int
    each: int
    waves: int = 1

    def __post_init__(self) -> None:
        """Refuse more due learners than there are."""
        if self.each * self.waves > self.size:
            raise ValueError(f"{self.waves} waves of {self.each} do not fit in {self.size}")

    @property
    def _stride(self) -> int:
        return self.size // self.each

    @property
    def _step(self) -> int:
        """How far the waves lie apart: far enough that, in a large crowd, no two share a page."""
        return self._stride // self.waves

    def due_at(self, wave: int) -> datetime:
        """Return when a wave is due."""
        return NOW + timedelta(minutes=wave)

    def members(self, wave: int) -> Sequence[int]:
        """Return a wave's learners by number."""
        return [1 + wave * self._step + place * self._stride for place in range(self.each)]

    def others(self, count: int) -> Sequence[int]:
        """Return learners who are in no wave."""
        free = [number for number in range(1, self.size + 1) if self._wave_of(number) is None]
        return free[:count]

    def _wave_of(self, number: int) -> int | None:
        wave, between = divmod((number - 1) % self._stride, self._step)
        in_reach = number <= self._stride * self.each
        return wave if in_reach and not between and wave < self.waves else None

    async def enroll(self, storage: SqlStorage) -> None:
        """Enroll everybody in an empty, migrated database."""
        async with storage.connection() as connection:
            for table, columns in self._rows():
                await _fill(connection, table, columns, self.size)
        if storage.engine.dialect.name == "postgresql":
            # What autovacuum does in a database that grew slowly.
            async with storage.engine.connect() as connection:
                autocommit = await connection.execution_options(isolation_level="AUTOCOMMIT")
                await autocommit.execute(text("VACUUM ANALYZE"))
                await autocommit.execute(text("CHECKPOINT"))
        await storage.scrub()

    def _rows(self) -> list[tuple[Table, dict[str, Any]]]:
        started_at = datetime.combine(YESTERDAY, time(9), tzinfo=UTC)
        yesterday = f"checkin:{YESTERDAY.isoformat()}"
        rows: list[tuple[Table, dict[str, Any]]] = [
            (
                learners,
                {
                    "id": _NUMBER,
                    "chat_id": _NUMBER + literal(FIRST_CHAT, BigInteger),
                    "created_at": started_at,
                    "country": "DE",
                    "zone": ZONE,
                    "consent_version": CONSENT_VERSION,
                    "consented_at": started_at,
                },
            ),
            (
                enrollments,
                {
                    "id": _NUMBER,
                    "learner_id": _NUMBER,
                    "course_id": COURSE,
                    "status": "active",
                    "created_at": started_at,
                    "pace": "steady",
                    "lesson_time": self._lesson_time(),
                    "checkin_time": time(9, 0),
                    "quiet_start": time(21, 0),
                    "quiet_end": time(8, 0),
                    "started_on": YESTERDAY,
                    "goal": "walk to the market",
                    "push_count": 0,
                    "checkin_on": TODAY,
                    "due_at": self._due(),
                    "due_why": "lesson",
                },
            ),
            (
                dialogues,
                {
                    "learner_id": _NUMBER,
                    "state": "form",
                    "data": {"form": f"checkin:{TODAY.isoformat()}", "asking": "pain"},
                },
            ),
            (
                deliveries,
                {
                    "enrollment_id": _NUMBER,
                    "item_id": FIRST_ITEM,
                    "handed_out_at": started_at,
                    "handed_out_on": YESTERDAY,
                    "opened_at": started_at,
                    "finished_at": started_at,
                    "card": 3,
                },
            ),
        ]
        for question in ("pain", "sleep"):
            slot = f"{yesterday}/{question}"
            given = _answer(slot, question, "6", YESTERDAY, started_at)
            rows.append((answers, {"enrollment_id": _NUMBER, **given}))
        return rows

    def _by_wave(
        self, members: Sequence[object], others: object, kind: TypeEngine[Any]
    ) -> ColumnElement[Any]:
        """Return one value for each wave's members and another for who is in none."""
        in_reach = _NUMBER.between(1, self._stride * self.each)
        waves = {wave * self._step: literal(value, kind) for wave, value in enumerate(members)}
        by_wave = case(waves, value=(_NUMBER - 1) % self._stride, else_=others)
        return case((in_reach, by_wave), else_=others)

    def _lesson_time(self) -> ColumnElement[Any]:
        kind = enrollments.c.lesson_time.type
        return self._by_wave([time(11, 0)] * self.waves, literal(time(20, 0), kind), kind)

    def _due(self) -> ColumnElement[Any]:
        """A wave's instant for its members, an hour of the next day for everybody else."""
        kind = enrollments.c.due_at.type
        hours = {hour: literal(NOW + timedelta(hours=20 + hour), kind) for hour in range(24)}
        later = case(hours, value=_NUMBER % 24)
        return self._by_wave([self.due_at(wave) for wave in range(self.waves)], later, kind)


def _answer(slot: str, question: str, value: str, on: date, at: datetime) -> dict[str, Any]:
    return {"slot": slot, "question": question, "value": value, "on": on, "at": at}


async def _fill(connection: AsyncConnection, table: Table, columns: dict[str, Any], size: int) -> None:
    """Insert one row a number; plain values are the same in each."""
    numbers = select(literal(1, BigInteger).label("n")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < size))
    values = [
        value if isinstance(value, ColumnElement) else literal(value, table.c[name].type)
        for name, value in columns.items()
    ]
    await connection.execute(insert(table).from_select(list(columns), select(*values).select_from(numbers)))
