"""The hot queries walk their index, also before the database has gathered any statistics."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import event, text

from painbot.core.ids import ChatId
from painbot.core.outgoing import MessageKind
from painbot.storage.unit_of_work import SqlStorage
from tests.contract.factories import NOW, later, make_message

ROWS = 3000


async def plan_of(
    storage: SqlStorage, statement: str, parameters: Any, before: Sequence[tuple[str, Any]] = ()
) -> str:
    explain = "EXPLAIN QUERY PLAN" if storage.engine.dialect.name == "sqlite" else "EXPLAIN"
    async with storage.connection() as connection:
        for setting in before:  # what the repository itself sent ahead of the statement
            await connection.exec_driver_sql(*setting)
        rows = await connection.exec_driver_sql(f"{explain} {statement}", parameters)
        return "\n".join(str(row[-1]) for row in rows)


class Recorder:
    """Remembers the statements that a block sends."""

    def __init__(self, storage: SqlStorage) -> None:
        self._engine = storage.engine.sync_engine
        self.seen: list[tuple[str, Any]] = []

    def __enter__(self) -> "Recorder":
        event.listen(self._engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(self._engine, "before_cursor_execute", self._note)

    def _note(self, _c: Any, _k: Any, statement: str, parameters: Any, *_: Any) -> None:
        self.seen.append((statement, parameters))

    def one(self, start: str) -> tuple[str, Any]:
        (found,) = [pair for pair in self.seen if pair[0].startswith(start)]
        return found


@pytest.fixture(params=[False, True], ids=["no-statistics", "with-statistics"])
def statistics(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


async def gather(storage: SqlStorage, statistics: bool) -> None:
    if statistics:
        async with storage.connection() as connection:
            await connection.execute(text("ANALYZE"))


async def test_a_claim_walks_the_pending_rows_in_order(storage: SqlStorage, statistics: bool) -> None:
    async with storage.begin() as unit:
        await unit.outbox.add_many(
            [make_message(ChatId(n), MessageKind.LESSON, f"lesson:{n}") for n in range(ROWS)]
        )
    await gather(storage, statistics)
    with Recorder(storage) as recorder:
        async with storage.begin() as unit:
            assert len(await unit.outbox.claim(NOW, 100, [ChatId(5)])) == 100
    claim, parameters = recorder.one("UPDATE outbox_messages")
    plan = await plan_of(
        storage, claim, parameters, [pair for pair in recorder.seen if "set_config" in pair[0]]
    )
    assert "ix_outbox_messages_pending" in plan
    assert "ix_outbox_messages_chat" in plan
    assert "Sort" not in plan
    assert "USE TEMP B-TREE" not in plan
    assert "Seq Scan" not in plan
    assert "SCAN outbox_messages" not in plan


async def test_the_due_query_walks_the_due_times(storage: SqlStorage, statistics: bool) -> None:
    async with storage.connection() as connection:
        number = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
        at = cast(storage, "2027-03-01 09:00:00.000000", "timestamptz")
        hour = cast(storage, "09:00:00.000000", "time")
        await connection.execute(
            text(f"INSERT INTO learners (id, chat_id, created_at) {number} SELECT i, i, {at} FROM n")
        )
        await connection.execute(
            text(
                "INSERT INTO enrollments (id, learner_id, course_id, status, created_at, pace, lesson_time, "
                "checkin_time, quiet_start, quiet_end, push_count, due_at) "
                f"{number} SELECT i, i, 'c', 'active', {at}, 'steady', {hour}, {hour}, "
                f"{hour}, {hour}, 0, CASE WHEN i % 2 = 0 THEN {at} END FROM n"
            )
        )
        await connection.execute(
            text(f"INSERT INTO dialogues (learner_id, state, data) {number} SELECT i, 'idle', '{{}}' FROM n")
        )
    await gather(storage, statistics)
    with Recorder(storage) as recorder:
        async with storage.begin() as unit:
            assert len(await unit.learners.due_files(later(), 100)) == 100
    due, parameters = recorder.one("SELECT enrollments.id")
    plan = await plan_of(storage, due, parameters)
    assert "ix_enrollments_due" in plan
    assert "Seq Scan on enrollments" not in plan
    assert "SCAN enrollments" not in plan.replace("SCAN enrollments USING INDEX ix_enrollments_due", "")


def cast(storage: SqlStorage, value: str, kind: str) -> str:
    return f"'{value}'" if storage.engine.dialect.name == "sqlite" else f"CAST('{value}' AS {kind})"


async def test_tidying_up_reads_only_what_it_may_drop(storage: SqlStorage) -> None:
    # On SQLite it runs under the write lock: a walk over the whole record would hold up every reply.
    with Recorder(storage) as recorder:
        async with storage.begin() as unit:
            await unit.inbox.drop_done(NOW, 100)
            await unit.outbox.drop_answers(NOW, 100)
    # An empty table would be walked whatever indexes there are.
    index = [] if storage.engine.dialect.name == "sqlite" else [("SET LOCAL enable_seqscan = off", ())]
    assert "ix_inbox_updates_finished" in await plan_of(
        storage, *recorder.one("DELETE FROM inbox_updates"), index
    )
    assert "ix_outbox_messages_answered" in await plan_of(
        storage, *recorder.one("DELETE FROM outbox_messages"), index
    )
