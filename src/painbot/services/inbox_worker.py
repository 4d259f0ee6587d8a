"""Working through the inbox: triage of every typed word first, then each chat's updates in order."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from painbot.core.ids import UpdateId
from painbot.services.error_place import place_of
from painbot.services.fault_points import FaultPoints, no_faults
from painbot.services.ports import Clock, InboxUpdate, Storage, Transport, UnitOfWork
from painbot.services.waiting import set_within

TRIAGE_ATTEMPTS = 3
HANDLE_ATTEMPTS = 3
BACKOFF = (timedelta(seconds=1), timedelta(seconds=5))
"""How long to wait after the first and the second failed attempt; the third parks the update."""

TRIAGE_LOOK = 100
HANDLE_TOGETHER = 8
POLL_SECONDS = 1.0
"""How often to look without having been woken."""

COURTESY_SECONDS = 2.0
"""How long a stop waits for courtesies still under way."""

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(frozen=True)
class AfterCommit:
    """Courtesies owed once the handler's transaction is committed; each may be lost."""

    callback_id: str | None = None
    """The button press whose spinner to stop."""

    toast: str | None = None
    """The small notice shown over the pressed button, ready to show."""


TriageStep = Callable[[UnitOfWork, InboxUpdate], Awaitable[bool]]
"""Reads the typed words and owes a safety card where needed; True when it owed one."""

HandleStep = Callable[[UnitOfWork, InboxUpdate], Awaitable[AfterCommit | None]]
TellStep = Callable[[UnitOfWork, InboxUpdate], Awaitable[None]]


@dataclass(frozen=True)
class InboxSteps:
    """What to do with an update; each runs inside a transaction that the worker commits.

    `triage_failed` owes the general urgent card, `tell_parked` a word that something went wrong.
    """

    triage: TriageStep
    triage_failed: TellStep
    handle: HandleStep
    tell_parked: TellStep


class _DoneByAnother(Exception):
    """Another process finished this step in the meantime: all that was done here is undone."""


@dataclass
class _Watch:
    """One of the worker's two loops: `due` wakes it, `quiet` says that its last look found nothing."""

    due: asyncio.Event = field(default_factory=asyncio.Event)
    quiet: bool = False


class InboxWorker:
    """Triages and handles stored updates until stopped.

    Triage runs beside handling and out of chat order, so no slow, failing or parked update delays a
    later message's triage. `wake` is waited on, `outbox_wake` is set after each commit.
    """

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        transport: Transport,
        steps: InboxSteps,
        *,
        wake: asyncio.Event,
        outbox_wake: asyncio.Event,
        fault_points: FaultPoints = no_faults,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._transport = transport
        self._steps = steps
        self._wake = wake
        self._outbox_wake = outbox_wake
        self._fault_points = fault_points
        self._triage_watch = _Watch()
        self._handle_watch = _Watch()
        self._turned_idle = asyncio.Event()
        self._triage_again_at: dict[UpdateId, float] = {}
        self._courtesies: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._ended = asyncio.Event()

    @property
    def idle(self) -> bool:
        """True when nothing waits to be done now; an update waiting out its backoff does not count."""
        watches = (self._triage_watch, self._handle_watch)
        return not self._wake.is_set() and all(watch.quiet and not watch.due.is_set() for watch in watches)

    async def wait_idle(self) -> None:
        """Return once nothing waits to be done now."""
        while not self.idle:
            self._turned_idle.clear()
            await self._turned_idle.wait()

    async def run(self) -> None:
        """Work until `stop`."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._pass_wakes_on())
                group.create_task(self._keep_looking(self._triage_round, self._triage_watch))
                group.create_task(self._keep_looking(self._handle_round, self._handle_watch))
        finally:
            await self._end_courtesies()
            self._ended.set()

    async def stop(self) -> None:
        """Finish the updates already begun, then end `run`."""
        self._stopping = True
        self._wake.set()
        await self._ended.wait()

    async def _pass_wakes_on(self) -> None:
        while True:
            await self._wake.wait()
            self._triage_watch.due.set()
            self._handle_watch.due.set()
            self._wake.clear()
            if self._stopping:
                return

    async def _keep_looking(self, look: Callable[[], Awaitable[bool]], watch: _Watch) -> None:
        while not self._stopping:
            watch.due.clear()
            watch.quiet = False
            try:
                found = await look()
            except Exception as error:
                # The database may be away for a while; what is stored waits for it.
                _log.error("inbox_look_failed", error=place_of(error))
                found = False
            if found:
                continue
            watch.quiet = True
            if self.idle:
                self._turned_idle.set()
            await set_within(watch.due, POLL_SECONDS)

    async def _triage_round(self) -> bool:
        now = time.monotonic()
        self._triage_again_at = {key: at for key, at in self._triage_again_at.items() if at > now}
        async with self._storage.begin_read() as uow:
            # Look past those that keep failing: they must not fill the window and hide later ones.
            updates = await uow.inbox.untriaged(TRIAGE_LOOK + len(self._triage_again_at))
        ready = [update for update in updates if update.update_id not in self._triage_again_at]
        for update in ready:
            if self._stopping:
                break
            try:
                await self._triage(update)
            except Exception as error:
                self._triage_again_at[update.update_id] = time.monotonic() + POLL_SECONDS
                _log.error("triage_gave_up", update_id=update.update_id, error=place_of(error))
        return bool(ready)

    async def _triage(self, update: InboxUpdate) -> None:
        for _ in range(TRIAGE_ATTEMPTS):
            try:
                owed = await self._triage_once(update)
            except _DoneByAnother:
                return
            except Exception as error:
                _log.error("triage_failed", update_id=update.update_id, error=place_of(error))
            else:
                self._after_triage(owed)
                return
        with suppress(_DoneByAnother):
            async with self._storage.begin() as uow:
                await self._steps.triage_failed(uow, update)
                _first(await uow.inbox.mark_triaged(update.update_id, self._clock.now()))
            self._after_triage(owed=True)

    async def _triage_once(self, update: InboxUpdate) -> bool:
        async with self._storage.begin() as uow:
            owed = await self._steps.triage(uow, update)
            _first(await uow.inbox.mark_triaged(update.update_id, self._clock.now()))
        self._fault_points("after_triage_commit")
        return owed

    def _after_triage(self, owed: bool) -> None:
        self._handle_watch.due.set()
        if owed:
            self._outbox_wake.set()

    async def _handle_round(self) -> bool:
        async with self._storage.begin_read() as uow:
            heads = await uow.inbox.heads(self._clock.now(), HANDLE_TOGETHER)
        # A round never holds two updates of one chat, and the next look starts when all have ended:
        # no update can be begun twice.
        endings = await asyncio.gather(*(self._handle(update) for update in heads), return_exceptions=True)
        for ending in endings:
            if isinstance(ending, BaseException):
                raise ending
        return bool(heads)

    async def _handle(self, update: InboxUpdate) -> None:
        if self._stopping:
            return
        try:
            after = await self._handle_once(update)
        except _DoneByAnother:
            return
        except Exception as error:
            await self._record_failure(update, error)
            return
        self._fault_points("after_handle_commit")
        self._outbox_wake.set()
        _log.debug("handled", update_id=update.update_id)
        if after is not None:
            courtesy = asyncio.create_task(self._be_courteous(after))
            self._courtesies.add(courtesy)
            courtesy.add_done_callback(self._courtesies.discard)

    async def _handle_once(self, update: InboxUpdate) -> AfterCommit | None:
        self._fault_points("before_handle")
        async with self._storage.begin() as uow:
            after = await self._steps.handle(uow, update)
            _first(await uow.inbox.mark_done(update.update_id, self._clock.now()))
            self._fault_points("before_handle_commit")
        return after

    async def _record_failure(self, update: InboxUpdate, error: Exception) -> None:
        where = place_of(error)
        _log.error("handler_failed", update_id=update.update_id, attempt=update.attempts + 1, error=where)
        if update.attempts + 1 >= HANDLE_ATTEMPTS:
            await self._park(update, where)
            return
        async with self._storage.begin() as uow:
            retry_at = self._clock.now() + BACKOFF[update.attempts]
            await uow.inbox.mark_failed(update.update_id, retry_at, where)

    async def _park(self, update: InboxUpdate, where: str) -> None:
        try:
            async with self._storage.begin() as uow:
                await self._steps.tell_parked(uow, update)
                _first(await uow.inbox.park(update.update_id, self._clock.now(), where))
        except _DoneByAnother:
            return
        except Exception as error:
            # An update that can be neither handled nor apologised for must still not block its chat.
            _log.error("tell_parked_failed", update_id=update.update_id, error=place_of(error))
            async with self._storage.begin() as uow:
                await uow.inbox.park(update.update_id, self._clock.now(), where)
        self._outbox_wake.set()

    async def _be_courteous(self, after: AfterCommit) -> None:
        try:
            if after.callback_id is not None:
                await self._transport.acknowledge(after.callback_id, after.toast)
        except Exception as error:
            _log.warning("courtesy_failed", error=place_of(error))

    async def _end_courtesies(self) -> None:
        if self._courtesies:
            _, late = await asyncio.wait(self._courtesies, timeout=COURTESY_SECONDS)
            for courtesy in late:
                courtesy.cancel()


def _first(was_first: bool) -> None:
    """Undo the transaction around it where another process was first.

    When the database restarts, a leader may work on for a moment beside the one that took over.
    """
    if not was_first:
        raise _DoneByAnother
