"""What the tests of the pumps share: a store, a transport that answers as told, and messages to send."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from painbot.core.delivery import Delivered, NewOutboxMessage, OutboxMessage, Outcome, RenderedMessage
from painbot.core.ids import ChatId, EnrollmentId, MessageId, UpdateId
from painbot.core.outgoing import MessageKind
from painbot.services.dispatcher import Dispatcher
from painbot.services.flow_control import FlowControl
from painbot.services.ports import NewUpdate, NextCall, UnitOfWork, Withdrawn
from painbot.storage.outbox_statements import GONE
from painbot.storage.unit_of_work import SqlStorage
from painbot.testing.clock import ManualClock

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ANNA, BEN, CLEO = ChatId(101), ChatId(102), ChatId(103)

Answer = Callable[[OutboxMessage], Outcome]


class ScriptedTransport:
    """Records what is sent and answers each message as told; a gate can keep every answer back."""

    def __init__(self, answer: Answer | None = None) -> None:
        self.sent: list[OutboxMessage] = []
        self.acknowledged: list[tuple[str, str | None]] = []
        self.answer: Answer = answer or (lambda message: Delivered(MessageId(message.id + 1000)))
        self.gate: asyncio.Event | None = None

    async def send(self, message: OutboxMessage, next_call: NextCall) -> Outcome:
        self.sent.append(message)
        if self.gate is not None:
            await self.gate.wait()
        return self.answer(message)

    async def acknowledge(self, callback_id: str, toast: str | None) -> None:
        self.acknowledged.append((callback_id, toast))

    @property
    def texts(self) -> list[str]:
        return [message.message.html for message in self.sent]


def owed(
    words: str,
    chat_id: ChatId = ANNA,
    kind: MessageKind = MessageKind.REPLY,
    *,
    expires_at: datetime | None = None,
    edits: MessageId | None = None,
    enrollment_id: EnrollmentId | None = None,
) -> NewOutboxMessage:
    return NewOutboxMessage(
        chat_id=chat_id,
        enrollment_id=enrollment_id,
        kind=kind,
        dedupe_key=f"test:{chat_id}:{words}",
        message=RenderedMessage(words, edits=edits),
        created_at=NOON,
        expires_at=expires_at,
    )


def arrived(number: int, chat_id: ChatId = ANNA, *, typed: bool = False, payload: str = "{}") -> NewUpdate:
    return NewUpdate(UpdateId(number), chat_id, payload, needs_triage=typed)


async def owe(storage: SqlStorage, *messages: NewOutboxMessage) -> None:
    async with storage.begin() as uow:
        await uow.outbox.add_many(messages)


async def outbox_rows(storage: SqlStorage) -> dict[str, dict[str, object]]:
    """Return every outbox row by the words that owed it."""
    async with storage.connection() as connection:
        rows = (await connection.execute(text("SELECT * FROM outbox_messages ORDER BY id"))).mappings()
        return {str(row["dedupe_key"]).partition(GONE)[0].split(":")[-1]: dict(row) for row in rows}


async def inbox_rows(storage: SqlStorage) -> dict[int, dict[str, object]]:
    async with storage.connection() as connection:
        rows = (await connection.execute(text("SELECT * FROM inbox_updates"))).mappings()
        return {int(row["update_id"]): dict(row) for row in rows}


class Dispatching:
    """A running dispatcher with everything around it."""

    def __init__(
        self,
        storage: SqlStorage,
        *,
        transport: ScriptedTransport | None = None,
        flow: FlowControl | None = None,
        fault_points: Callable[[str], None] | None = None,
    ) -> None:
        self.storage = storage
        self.clock = ManualClock(NOON)
        self.transport = transport or ScriptedTransport()
        self.wake = asyncio.Event()
        self.unreachable: list[ChatId] = []
        self.withdrawn: list[str] = []
        self.pushed_late: list[EnrollmentId] = []
        self.flow = flow or FlowControl(per_second=0, chat_per_second=0)
        self.dispatcher = Dispatcher(
            storage,
            self.transport,
            self.clock,
            self.flow,
            wake=self.wake,
            on_unreachable=self._on_unreachable,
            on_withdrawn=self._on_withdrawn,
            on_pushed_late=self._on_pushed_late,
            **({} if fault_points is None else {"fault_points": fault_points}),
        )

    async def _on_unreachable(self, uow: UnitOfWork, chat_id: ChatId) -> None:
        self.unreachable.append(chat_id)
        await uow.outbox.cancel_pending(chat_id, pushes_only=False, now=self.clock.now())

    async def _on_withdrawn(self, uow: UnitOfWork, messages: Sequence[Withdrawn]) -> None:
        self.withdrawn += [message.slot for message in messages]

    async def _on_pushed_late(
        self, uow: UnitOfWork, enrollment_ids: Sequence[EnrollmentId], at: datetime
    ) -> None:
        self.pushed_late += enrollment_ids

    async def owe(self, *messages: NewOutboxMessage) -> None:
        await owe(self.storage, *messages)
        self.wake.set()

    async def drain(self) -> None:
        """Let it send all that can be sent now."""
        async with asyncio.timeout(10):
            await self.dispatcher.wait_idle()

    async def later(self, by: timedelta) -> None:
        self.clock.advance(by)
        self.wake.set()
        await self.drain()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Dispatching]:
        task = asyncio.create_task(self.dispatcher.run())
        try:
            yield self
        finally:
            if self.transport.gate is not None:
                self.transport.gate.set()
            await self.dispatcher.stop()
            await task


async def until(condition: Callable[[], object], seconds: float = 5.0) -> None:
    """Wait for something to become true; TimeoutError when it does not."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110  (what it waits for has no event)
            await asyncio.sleep(0.002)
