"""Sending what is owed: claim a few, call Telegram, write down what became of each, again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

import structlog

from painbot.core.delivery import (
    LEASE,
    MAX_IN_FLIGHT,
    Delivered,
    OutboxMessage,
    Outcome,
    Throttled,
    Uncertain,
    Unreachable,
    settle,
)
from painbot.core.ids import ChatId, EnrollmentId, OutboxId
from painbot.core.lateness import SENT_LATE
from painbot.core.outgoing import MessageKind
from painbot.services.error_place import place_of
from painbot.services.fault_points import FaultPoints, no_faults
from painbot.services.flow_control import ChatCalls, FlowControl
from painbot.services.ports import Clock, Hold, Storage, Transport, UnitOfWork, Withdrawn
from painbot.services.recovery import recover_dead_leases, recover_expired_leases
from painbot.services.waiting import set_within

POLL_SECONDS = 1.0
HOUSEKEEPING_SECONDS = 5.0
SEND_SECONDS = LEASE.total_seconds() * 0.75
"""After this long a send counts as uncertain, well before its lease could run out."""

STOP_WITHIN = timedelta(seconds=8)

BUSY = MAX_IN_FLIGHT // 2
"""With this many sends under way nobody waits for one outcome, so a few are written together."""

BATCH = MAX_IN_FLIGHT // 4
LINGER_SECONDS = 0.01
"""Longest time that an outcome waits for others while the dispatcher is busy."""

OnUnreachable = Callable[[UnitOfWork, ChatId], Awaitable[None]]
OnWithdrawn = Callable[[UnitOfWork, Sequence[Withdrawn]], Awaitable[None]]
OnPushedLate = Callable[[UnitOfWork, Sequence[EnrollmentId], datetime], Awaitable[None]]

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Dispatcher:
    """Sends outbox messages, most urgent first, until stopped.

    Only what is sent at once is claimed, so that an expired lease always means "maybe sent". One
    transaction writes the outcomes at hand and claims the next messages, while other sends are under
    way. `wake` is to be set after a commit that owed a message; `on_unreachable` runs in the
    transaction that records a 403, `on_pushed_late` in the one that records pushes sent late.
    """

    def __init__(
        self,
        storage: Storage,
        transport: Transport,
        clock: Clock,
        flow: FlowControl,
        *,
        wake: asyncio.Event,
        on_unreachable: OnUnreachable,
        on_withdrawn: OnWithdrawn,
        on_pushed_late: OnPushedLate,
        fault_points: FaultPoints = no_faults,
    ) -> None:
        self._storage = storage
        self._transport = transport
        self._clock = clock
        self._flow = flow
        self._wake = wake
        self._on_unreachable = on_unreachable
        self._on_withdrawn = on_withdrawn
        self._on_pushed_late = on_pushed_late
        self._fault_points = fault_points
        self._in_flight: dict[OutboxId, asyncio.Task[None]] = {}
        self._unrecorded: list[tuple[OutboxMessage, Outcome]] = []
        self._record_by = 0.0
        self._unstored_holds: list[Hold] = []
        self._turning = False
        self._backlog = True
        """Whether more may wait than could be claimed."""

        self._next_retry_at: datetime | None = None
        self._housekeeping_at = 0.0
        self._turned_idle = asyncio.Event()
        self._stopping = False
        self._abandoned = False
        self._ended = asyncio.Event()

    @property
    def idle(self) -> bool:
        """True when nothing can be sent now and nothing is under way; a hold or a retry may be pending."""
        return not (
            self._wake.is_set() or self._turning or self._backlog or self._in_flight or self._unrecorded
        )

    async def wait_idle(self) -> None:
        """Return once nothing can be sent now and nothing is under way."""
        while not self.idle:
            self._turned_idle.clear()
            await self._turned_idle.wait()

    async def run(self) -> None:
        """Send until `stop`. A predecessor's leases are settled first."""
        try:
            await self._take_over()
            while not self._finished():
                self._turning = True
                self._wake.clear()
                try:
                    await self._turn()
                except Exception as error:
                    # The database may be away for a while; outcomes are kept until they are written.
                    _log.error("dispatch_failed", error=place_of(error))
                    await asyncio.sleep(POLL_SECONDS)
                self._turning = False
                if not (self._finished() or self._has_more()):
                    await self._wait()
        finally:
            for task in self._in_flight.values():
                task.cancel()
            self._ended.set()

    async def stop(self, within: timedelta = STOP_WITHIN) -> None:
        """Claim no more, finish and record what is leased, end `run`.

        After `within` the sends still under way are cut off and recorded as uncertain.
        """
        self._stopping = True
        self._wake.set()
        if await set_within(self._ended, within.total_seconds()):
            return
        for task in self._in_flight.values():
            task.cancel()
        if not await set_within(self._ended, POLL_SECONDS):
            self._abandoned = True
            self._wake.set()

    def _finished(self) -> bool:
        return self._stopping and (self._abandoned or not (self._in_flight or self._unrecorded))

    async def _take_over(self) -> None:
        while not self._stopping:
            try:
                now = self._clock.now()
                recovered = await recover_dead_leases(self._storage, now)
                async with self._storage.begin() as uow:
                    self._flow.holds.load(await uow.outbox.holds(now))
            except Exception as error:
                _log.error("take_over_failed", error=place_of(error))
                await asyncio.sleep(POLL_SECONDS)
            else:
                if recovered:
                    _log.info("dead_leases_recovered", count=recovered)
                return

    async def _turn(self) -> None:
        """Write the outcomes at hand and claim what may leave now, in one transaction."""
        now = self._clock.now()
        records = list(self._unrecorded)
        holds = list(self._unstored_holds)
        room = self._room(now)
        if not room:
            # Whatever woke us may wait for a place; look again when one is free.
            self._backlog = not (self._stopping or self._flow.holds.bot_held(now))
            if not records:
                return
        claimed: Sequence[OutboxMessage] = ()
        try:
            async with self._storage.begin() as uow:
                await self._record(uow, records, holds, now)
                await self._keep_house(uow, now)
                if room:
                    claimed = await uow.outbox.claim(now, room, self._flow.closed_chats(now))
                    if len(claimed) < room:
                        self._next_retry_at = await uow.outbox.next_retry_at()
                if records:
                    self._fault_points("before_record")
        except Exception as error:
            if not records:
                raise
            _log.error("record_failed", error=place_of(error))
            await self._record_one_by_one(records)
            return
        if records:
            self._fault_points("after_record")
        del self._unrecorded[: len(records)]
        del self._unstored_holds[: len(holds)]
        if room:
            self._backlog = len(claimed) >= room
        if claimed:
            self._fault_points("after_claim")
            for message in claimed:
                self._send_off(message)

    def _room(self, now: datetime) -> int:
        """Return how many messages may be claimed and sent at this instant."""
        if self._stopping:
            return 0
        return min(self._flow.free(now, self._backlog), MAX_IN_FLIGHT - len(self._in_flight))

    async def _record(
        self,
        uow: UnitOfWork,
        records: Sequence[tuple[OutboxMessage, Outcome]],
        holds: Sequence[Hold],
        now: datetime,
    ) -> None:
        if late := _pushed_late(records, now):
            # Before the outbox rows: whoever handles an update locks the learner first as well.
            await self._on_pushed_late(uow, late, now)
        if records:
            await uow.outbox.settle([settle(message, outcome, now) for message, outcome in records], now)
        for hold in holds:
            await uow.outbox.set_hold(hold)
        for chat_id in {message.chat_id for message, outcome in records if isinstance(outcome, Unreachable)}:
            await self._on_unreachable(uow, chat_id)

    async def _record_one_by_one(self, records: Sequence[tuple[OutboxMessage, Outcome]]) -> None:
        """Write each outcome alone, so that one that cannot be written keeps no other from it."""
        for record in records:
            message, outcome = record
            now = self._clock.now()
            try:
                async with self._storage.begin() as uow:
                    await self._record(uow, [record], (), now)
            except Exception as error:
                _log.error("record_failed", outbox_id=message.id, error=place_of(error))
                # Perhaps it is only the event that fails; a message already sent must not be sent again.
                async with self._storage.begin() as uow:
                    await uow.outbox.settle([settle(message, outcome, now)], now)
            self._unrecorded.remove(record)

    async def _keep_house(self, uow: UnitOfWork, now: datetime) -> None:
        if asyncio.get_running_loop().time() < self._housekeeping_at:
            return
        self._housekeeping_at = asyncio.get_running_loop().time() + HOUSEKEEPING_SECONDS
        expired = await uow.outbox.expire(now)
        if expired:
            _log.warning("expired_unsent", count=len(expired))
            await self._on_withdrawn(uow, expired)
        ours = {*self._in_flight, *(message.id for message, _ in self._unrecorded)}
        recovered = await recover_expired_leases(uow, now, ours)
        if recovered:
            _log.warning("expired_leases_recovered", count=recovered)

    def _send_off(self, message: OutboxMessage) -> None:
        calls = self._flow.calls_for(message.chat_id)
        self._in_flight[message.id] = asyncio.create_task(self._deliver(message, calls))

    async def _deliver(self, message: OutboxMessage, calls: ChatCalls) -> None:
        try:
            self._fault_points("before_send")
            await calls.begin()
            async with asyncio.timeout(SEND_SECONDS):
                outcome = await self._transport.send(message, calls.begin_next)
            self._fault_points("after_send")
        except TimeoutError:
            outcome = Uncertain("no answer in time")
        except asyncio.CancelledError:
            outcome = Uncertain("cut off by a stop")
        except Exception as error:
            _log.error("transport_failed", outbox_id=message.id, error=place_of(error))
            outcome = Uncertain(type(error).__name__)
        calls.end()
        self._note(message, outcome)

    def _note(self, message: OutboxMessage, outcome: Outcome) -> None:
        _log_outcome(message, outcome)
        if isinstance(outcome, Throttled):
            self._unstored_holds += self._flow.holds.throttled(
                message.chat_id, outcome.after, self._clock.now()
            )
        del self._in_flight[message.id]
        loop = asyncio.get_running_loop()
        first = not self._unrecorded
        if first:
            self._record_by = loop.time() + LINGER_SECONDS
        self._unrecorded.append((message, outcome))
        if self._worth_recording():
            self._wake.set()
        elif first:
            loop.call_at(self._record_by, self._wake.set)

    def _worth_recording(self) -> bool:
        """Return whether to write the outcomes now rather than wait a moment for more."""
        return bool(self._unrecorded) and (
            len(self._in_flight) < BUSY
            or len(self._unrecorded) >= BATCH
            or asyncio.get_running_loop().time() >= self._record_by
        )

    def _has_more(self) -> bool:
        """Return whether another turn can do something without waiting."""
        if self._wake.is_set() or self._worth_recording():
            return True
        may_claim = self._backlog and len(self._in_flight) <= MAX_IN_FLIGHT - BATCH
        return may_claim and self._room(self._clock.now()) > 0

    async def _wait(self) -> None:
        """Sleep until woken or until something may have become possible."""
        if self.idle:
            self._turned_idle.set()
        now = self._clock.now()
        waits = [POLL_SECONDS]
        opening = self._flow.wait_seconds(now, self._backlog)
        if opening is not None:
            waits.append(opening)
        if self._next_retry_at is not None and self._next_retry_at > now:
            waits.append((self._next_retry_at - now).total_seconds())
        await set_within(self._wake, max(0.0, min(waits)))


def _pushed_late(records: Sequence[tuple[OutboxMessage, Outcome]], now: datetime) -> list[EnrollmentId]:
    """Return whose pushes went out noticeably later than they were planned."""
    return [
        message.enrollment_id
        for message, outcome in records
        if isinstance(outcome, Delivered)
        and message.kind.is_push
        and message.enrollment_id is not None
        and now - message.created_at >= SENT_LATE
    ]


def _log_outcome(message: OutboxMessage, outcome: Outcome) -> None:
    """Say what became of a send: every delivery for the curious, what went wrong for the operator."""
    ids = {"outbox_id": message.id, "enrollment_id": message.enrollment_id, "kind": message.kind.value}
    if isinstance(outcome, Delivered):
        _log.debug("sent", **ids)
    else:
        write = _log.error if message.kind is MessageKind.SAFETY else _log.warning
        write("not_sent", outcome=type(outcome).__name__, attempts=message.attempts + 1, **ids)
