"""The outbox as a state machine: whatever happens, one lease a chat, order kept, every row ends."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import text

from painbot.core.delivery import (
    Delivered,
    NotSent,
    OutboxMessage,
    OutboxStatus,
    Outcome,
    Rejected,
    Settlement,
    Throttled,
    Uncertain,
    expired_lease_status,
    settle,
)
from painbot.core.ids import ChatId, MessageId
from painbot.core.outgoing import Lane, MessageKind
from painbot.storage.engine import create_engine
from painbot.storage.outbox_statements import GONE
from painbot.storage.unit_of_work import SqlStorage
from tests.contract.factories import NOW, make_message

UNSENT = (OutboxStatus.PENDING, OutboxStatus.LEASED)
CHATS = [ChatId(1), ChatId(2)]
KINDS = [MessageKind.REPLY, MessageKind.LESSON, MessageKind.SAFETY, MessageKind.NUDGE, MessageKind.GOODBYE]
rarely = st.sampled_from([False, False, False, False, True])
OUTCOMES: list[Outcome] = [
    Delivered(MessageId(1)),
    Throttled(timedelta(seconds=3)),
    Rejected("bad request"),
    NotSent("refused"),
    Uncertain("timeout"),
]


@dataclass
class Expected:
    """What the model knows about one row."""

    chat: ChatId
    kind: MessageKind
    order: int
    status: OutboxStatus = OutboxStatus.PENDING


class OutboxMachine(RuleBasedStateMachine):
    """Drives the real outbox and a plain model side by side."""

    url: str

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.storage = SqlStorage(create_engine(self.url))
        self.now = NOW
        self.rows: dict[str, Expected] = {}

    def teardown(self) -> None:
        try:
            self.drain()
        finally:
            self.runner.run(self.clean())
            self.runner.close()

    async def clean(self) -> None:
        async with self.storage.connection() as connection:
            await connection.execute(text("DELETE FROM outbox_messages"))
        await self.storage.close()

    @rule(
        chat=st.sampled_from(CHATS),
        kind=st.sampled_from(KINDS),
        number=st.integers(1, 3),
        lasts=st.sampled_from([None, None, 5, 500]),
    )
    def owe(self, chat: ChatId, kind: MessageKind, number: int, lasts: int | None) -> None:
        keys = [f"k{len(self.rows) + n}" for n in range(number)]
        expires_at = None if lasts is None else self.now + timedelta(seconds=lasts)

        async def run() -> None:
            async with self.storage.begin() as unit:
                for key in keys:
                    assert await unit.outbox.add(make_message(chat, kind, key, expires_at=expires_at))

        self.runner.run(run())
        for key in keys:
            self.rows[key] = Expected(chat, kind, len(self.rows))

    @rule(limit=st.integers(1, 3), held=st.sampled_from([[], [], [], CHATS[:1]]))
    def claim(self, limit: int, held: list[ChatId]) -> None:
        async def run() -> list[OutboxMessage]:
            async with self.storage.begin() as unit:
                return list(await unit.outbox.claim(self.now, limit, held))

        found = self.runner.run(run())
        assert len(found) <= limit
        assert [m.lane for m in found] == sorted(m.lane for m in found), "urgent lanes first"
        assert len({m.chat_id for m in found}) == len(found), "one a chat"
        for message in found:
            row = self.rows[message.dedupe_key]
            assert row.status is OutboxStatus.PENDING
            assert message.chat_id not in held
            for other in self.rows.values():
                same_lane = other.chat == row.chat and other.kind.lane is row.kind.lane
                if same_lane and other.order < row.order:
                    assert other.status not in (OutboxStatus.PENDING, OutboxStatus.LEASED), (
                        "order within a lane"
                    )
            row.status = OutboxStatus.LEASED

    @rule(outcome=st.sampled_from(OUTCOMES), choice=st.integers(0, 5))
    def record(self, outcome: Outcome, choice: int) -> None:
        leased = self.leased()
        if leased:
            message = leased[choice % len(leased)]
            self.write(settle(message, outcome, self.now), message)

    @rule(chat=st.sampled_from(CHATS), everything=rarely)
    def cancel(self, chat: ChatId, everything: bool) -> None:
        pushes_only = not everything

        async def run() -> int:
            async with self.storage.begin() as unit:
                return len(await unit.outbox.cancel_pending(chat, pushes_only, self.now))

        number = self.runner.run(run())
        gone = [
            row
            for row in self.rows.values()
            if row.chat == chat
            and row.status is OutboxStatus.PENDING
            and (row.kind.is_push if pushes_only else row.kind is not MessageKind.SAFETY)
        ]
        assert number == len(gone)
        for row in gone:
            row.status = OutboxStatus.CANCELLED

    @rule(seconds=st.sampled_from([1, 4, 70]))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

        async def run() -> list[OutboxMessage]:
            async with self.storage.begin() as unit:
                await unit.outbox.expire(self.now)
                return list(await unit.outbox.expired_leases(self.now))

        for message in self.runner.run(run()):
            status = expired_lease_status(message.kind)
            self.write(Settlement(message.id, status, message.attempts + 1), message)
        self.compare()

    @invariant()
    def one_ordinary_lease_a_chat(self) -> None:
        leased = self.leased()
        ordinary = [m.chat_id for m in leased if m.lane is not Lane.URGENT]
        urgent = [m.chat_id for m in leased if m.lane is Lane.URGENT]
        assert len(ordinary) == len(set(ordinary))
        assert len(urgent) == len(set(urgent))

    def leased(self) -> list[OutboxMessage]:
        async def run() -> list[OutboxMessage]:
            async with self.storage.begin() as unit:
                return list(await unit.outbox.leased())

        return self.runner.run(run())

    def write(self, settlement: Settlement, message: OutboxMessage) -> None:
        async def run() -> None:
            async with self.storage.begin() as unit:
                await unit.outbox.settle([settlement], self.now)

        self.runner.run(run())
        self.rows[message.dedupe_key].status = settlement.status
        self.compare()

    def compare(self) -> None:
        """Take over what only the database knows (expiry, asked cancels); finals must never change."""

        async def run() -> dict[str, tuple[OutboxStatus, bool]]:
            async with self.storage.connection(read_only=True) as connection:
                rows = await connection.execute(
                    text("SELECT dedupe_key, status, message IS NULL FROM outbox_messages")
                )
                return {key: (OutboxStatus(status), bool(wordless)) for key, status, wordless in rows}

        for key, (status, wordless) in self.runner.run(run()).items():
            row = self.rows[key.partition(GONE)[0]]
            if row.status is not status:
                assert row.status is OutboxStatus.PENDING, "an outcome never changes"
                assert status in (OutboxStatus.EXPIRED, OutboxStatus.CANCELLED)
                row.status = status
            assert wordless == (status not in UNSENT), "words stay exactly as long as they are needed"

    def drain(self) -> None:
        """With a Telegram that accepts everything, every row reaches its end."""
        for _ in range(3 * len(self.rows)):
            if not any(row.status in UNSENT for row in self.rows.values()):
                break
            self.wait(70)
            self.claim(100, [])
            for message in self.leased():
                self.write(settle(message, Delivered(None), self.now), message)
        assert not [row for row in self.rows.values() if row.status in UNSENT]


def test_the_outbox_keeps_its_promises_whatever_happens(database_url: str) -> None:
    class Machine(OutboxMachine):
        url = database_url

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=20 if database_url.startswith("sqlite") else 5,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        ),
    )
