"""Rows for a database under test: what learners leave behind, written straight into the tables."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert, select, text

from painbot.core.ids import ChatId
from painbot.settings import Settings, load_settings
from painbot.storage import tables
from painbot.storage.engine import create_engine
from painbot.storage.erasure import erase_learner, erasure_key, ledger_mark
from painbot.storage.unit_of_work import SqlStorage

NOON = datetime(2026, 3, 4, 12, 0, 0, 123456, tzinfo=UTC)


def settings_for(url: str, **values: Any) -> Settings:
    """Return settings that name this database and nothing from the environment."""
    return load_settings(None, database_url=url.replace("sqlite+aiosqlite", "sqlite"), **values)


@asynccontextmanager
async def storage_of(url: str) -> AsyncIterator[SqlStorage]:
    """Open a storage on this database and close it."""
    storage = SqlStorage(create_engine(url, pooled=False))
    try:
        yield storage
    finally:
        await storage.close()


async def enroll(url: str, chat_id: int, at: datetime = NOON) -> int:
    """Leave what a learner of a few days leaves; return the enrollment's id."""
    async with storage_of(url) as storage, storage.connection() as connection:
        learner = await connection.execute(
            insert(tables.learners)
            .values(chat_id=chat_id, created_at=at, country="DE", zone="Europe/Berlin")
            .returning(tables.learners.c.id)
        )
        learner_id = learner.scalar_one()
        enrolled = await connection.execute(
            insert(tables.enrollments)
            .values(
                learner_id=learner_id,
                course_id="chronic-pain",
                status="active",
                created_at=at,
                pace="steady",
                lesson_time=time(18, 30),
                checkin_time=time(20),
                quiet_start=time(21),
                quiet_end=time(8),
                started_on=date(2026, 3, 4),
                goal=f'Zähne "zeigen"\nund ☀ {chat_id}',
                rest={"until": None, "why": ["ä", 1]},
                push_count=1,
                due_at=at + timedelta(hours=6),
            )
            .returning(tables.enrollments.c.id)
        )
        enrollment_id = int(enrolled.scalar_one())
        await connection.execute(
            insert(tables.dialogues).values(learner_id=learner_id, state="idle", data={"card": 2})
        )
        await connection.execute(
            insert(tables.answers).values(
                enrollment_id=enrollment_id,
                slot="pain",
                question="pain",
                value="7",
                on=date(2026, 3, 4),
                at=at,
            )
        )
        await connection.execute(
            insert(tables.deliveries).values(
                enrollment_id=enrollment_id,
                item_id="pne-01",
                handed_out_at=at,
                handed_out_on=date(2026, 3, 4),
                card=1,
            )
        )
        await connection.execute(
            insert(tables.outbox_messages).values(
                chat_id=chat_id,
                enrollment_id=enrollment_id,
                kind="lesson",
                lane=3,
                dedupe_key=f"lesson:{enrollment_id}:pne-02",
                status="pending",
                message={"text": f"words for {chat_id}"},
                created_at=at,
                attempts=0,
            )
        )
        await connection.execute(insert(tables.pseudonyms).values(chat_id=chat_id, pseudonym=f"p{chat_id}"))
    return enrollment_id


async def erase(url: str, chat_id: int, at: datetime, key: bytes | None = None) -> None:
    """Erase a learner the way the bot does, the goodbye sent."""
    async with storage_of(url) as storage:
        mark = ledger_mark(key or await erasure_key(storage), ChatId(chat_id))
        async with storage.connection() as connection:
            await erase_learner(connection, ChatId(chat_id), at, mark)


async def all_rows(url: str) -> Mapping[str, Sequence[tuple[Any, ...]]]:
    """Return every row of every table, in order."""
    found: dict[str, Sequence[tuple[Any, ...]]] = {}
    async with storage_of(url) as storage, storage.connection(read_only=True) as connection:
        for table in tables.metadata.sorted_tables:
            rows = await connection.execute(select(table).order_by(*table.primary_key))
            found[table.name] = [tuple(row) for row in rows]
    return found


async def chats(url: str) -> list[int]:
    """Return the chats of the learners there are."""
    async with storage_of(url) as storage, storage.connection(read_only=True) as connection:
        rows = await connection.execute(select(tables.learners.c.chat_id).order_by(tables.learners.c.chat_id))
        return list(rows.scalars())


async def run_sql(url: str, statement: str) -> None:
    """Run one statement."""
    async with storage_of(url) as storage, storage.connection() as connection:
        await connection.execute(text(statement))
