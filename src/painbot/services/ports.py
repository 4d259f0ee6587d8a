"""What services need from the outside world, as protocols; adapters fit them structurally."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from painbot.core.decisions import LearnerFile
from painbot.core.delivery import (
    NewOutboxMessage,
    OutboxMessage,
    Outcome,
    PictureFile,
    PictureKind,
    PictureRecipe,
    Settlement,
)
from painbot.core.ids import ChatId, CourseId, EnrollmentId, OutboxId, UpdateId


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the current instant, aware, in UTC."""
        ...


@dataclass(frozen=True)
class NewUpdate:
    """An update as it came in; `payload` is Telegram's JSON text.

    `needs_triage` is True when it carries typed words (text, caption, edit).
    """

    update_id: UpdateId
    chat_id: ChatId | None
    payload: str
    needs_triage: bool


@dataclass(frozen=True)
class InboxUpdate:
    """A stored update waiting for triage or handling."""

    update_id: UpdateId
    chat_id: ChatId | None
    payload: str
    attempts: int
    received_at: datetime


@dataclass(frozen=True)
class ParkedUpdate:
    """An update whose handling kept failing."""

    update_id: UpdateId
    chat_id: ChatId | None
    attempts: int
    received_at: datetime
    parked_at: datetime
    error: str
    """The error's class and place in the code; never a word of the payload."""


class InboxRepository(Protocol):
    """Updates received and not yet done with."""

    async def add_many(self, updates: Sequence[NewUpdate], at: datetime) -> int:
        """Store updates, ignoring ids already stored; return how many were new."""
        ...

    async def untriaged(self, limit: int) -> Sequence[InboxUpdate]:
        """Return pending updates with typed words that triage has not seen, oldest first, any chat."""
        ...

    async def mark_triaged(self, update_id: UpdateId, at: datetime) -> bool:
        """Record that triage is through with this update; False when it was already."""
        ...

    async def heads(self, now: datetime, limit: int) -> Sequence[InboxUpdate]:
        """Return each chat's oldest unfinished update, where triaged and due for a try, oldest first."""
        ...

    async def mark_done(self, update_id: UpdateId, at: datetime) -> bool:
        """Record that the update was handled and drop its payload; False when it is not pending any more."""
        ...

    async def forget_chat(self, update_id: UpdateId) -> None:
        """Remove the chat from an update of somebody about whom nothing is to be kept."""
        ...

    async def mark_failed(self, update_id: UpdateId, retry_at: datetime, error: str) -> None:
        """Count a failed attempt and set when to try again."""
        ...

    async def park(self, update_id: UpdateId, at: datetime, error: str) -> bool:
        """Set the update aside for the operator; later updates of the chat go on.

        False when it is not pending any more.
        """
        ...

    async def parked(self) -> Sequence[ParkedUpdate]:
        """Return what is parked, oldest first."""
        ...

    async def drop_old_payloads(self, parked_before: datetime) -> int:
        """Erase the payloads of updates parked before this instant; return how many."""
        ...

    async def drop_done(self, done_before: datetime, limit: int) -> int:
        """Forget up to `limit` updates done before this instant; return how many."""
        ...


@dataclass(frozen=True)
class Hold:
    """Nothing is sent in `scope` ("bot" or "chat:<id>") before `until`."""

    scope: str
    until: datetime


@dataclass(frozen=True)
class Withdrawn:
    """A message that never went out and will not: what it stood for is owed again."""

    chat_id: ChatId
    slot: str


class OutboxRepository(Protocol):
    """Messages owed to learners."""

    async def add(self, message: NewOutboxMessage) -> OutboxId | None:
        """Owe a message; nothing when its dedupe key is already there (whatever became of it)."""
        ...

    async def add_many(self, messages: Sequence[NewOutboxMessage]) -> int:
        """Owe several in few statements, ignoring known dedupe keys; return how many were new."""
        ...

    async def claim(
        self, now: datetime, limit: int, held_chats: Sequence[ChatId] = ()
    ) -> Sequence[OutboxMessage]:
        """Lease up to `limit` messages in one statement, most urgent lane first, then oldest first.

        Of a chat, only the oldest unsent row of its most urgent lane with a row ready is taken; a row
        waiting to retry blocks only its own lane; one lease a chat, urgent rows excepted (urgent rows
        keep their order among themselves). `held_chats` are passed over.
        """
        ...

    async def settle(self, settlements: Sequence[Settlement], now: datetime) -> None:
        """Write outcomes; a final one drops the message's text."""
        ...

    async def expire(self, now: datetime) -> Sequence[Withdrawn]:
        """Give up pending messages past their expiry and free their slots; return them."""
        ...

    async def expired_leases(self, now: datetime) -> Sequence[OutboxMessage]:
        """Return messages whose lease ran out without an outcome."""
        ...

    async def leased(self) -> Sequence[OutboxMessage]:
        """Return every leased message; at start all of them are a dead process's."""
        ...

    async def cancel_pending(self, chat_id: ChatId, pushes_only: bool, now: datetime) -> Sequence[Withdrawn]:
        """Cancel unsent messages of a chat (only pushes, or everything but safety) and free their slots.

        Returns what was cancelled. One in flight cannot be called back and is not among them, but does
        not return to the queue.
        """
        ...

    async def drop_answers(self, settled_before: datetime, limit: int) -> int:
        """Forget up to `limit` answers to updates settled before this instant; return how many.

        What fills a slot of the course (a lesson, a check-in) stays, so that it is never owed twice.
        """
        ...

    async def retry_safety_now(self, chat_id: ChatId) -> None:
        """Have a chat's safety cards that wait for a later try go out now: the person is there."""
        ...

    async def has_unsent_puzzled(self, chat_id: ChatId) -> bool:
        """Return whether an "I did not understand" already waits in this chat."""
        ...

    async def set_hold(self, hold: Hold) -> None:
        """Set or lengthen a hold; nothing shortens one."""
        ...

    async def holds(self, now: datetime) -> Sequence[Hold]:
        """Return the holds still in force; drop those that ended."""
        ...

    async def next_retry_at(self) -> datetime | None:
        """Return the earliest instant at which a waiting message may be tried, if any waits."""
        ...


class LearnerRepository(Protocol):
    """Learners with all that belongs to them."""

    async def file(self, chat_id: ChatId, now: datetime) -> LearnerFile | None:
        """Load a learner's file, or nothing for a stranger.

        Answers loaded: every quiz, recall, measure and onboarding answer, and check-ins on or after
        the day 8 days before `now`.
        """
        ...

    async def due_files(self, now: datetime, limit: int) -> Sequence[LearnerFile]:
        """Load the files of enrollments due at or before `now`, earliest first, in few statements.

        On PostgreSQL the rows are locked, skipping locked ones.
        """
        ...

    async def enrolled_files(
        self, enrollment_ids: Sequence[EnrollmentId], now: datetime
    ) -> Sequence[LearnerFile]:
        """Load the files of these enrollments in few statements; one that is gone is left out.

        On PostgreSQL the rows are locked, in the order of their ids.
        """
        ...

    async def enroll(self, chat_id: ChatId, course_id: CourseId, now: datetime) -> LearnerFile:
        """Create a learner and an enrollment in onboarding."""
        ...

    async def save(self, before: LearnerFile, after: LearnerFile) -> None:
        """Write whatever differs: learner, enrollment, dialogue, deliveries, answers."""
        ...

    async def save_many(self, pairs: Sequence[tuple[LearnerFile, LearnerFile]]) -> None:
        """Write the differences of several files in few statements."""
        ...

    async def erase(self, chat_id: ChatId, now: datetime, ledger_mark: str) -> None:
        """Remove every row of the learner and write the ledger's mark.

        The goodbye still owed stays until its outcome; `wipe` removes it.
        """
        ...

    async def erasures_to_wipe(self) -> Sequence[ChatId]:
        """Return the chats erased whose goodbye reached its outcome and whose last traces remain."""
        ...

    async def wipe(self, chat_id: ChatId) -> None:
        """Remove the last rows that name the chat: inbox, outbox, holds, the pending erasure."""
        ...

    async def export(self, chat_id: ChatId) -> Mapping[str, object] | None:
        """Return all that is stored about a learner as JSON-ready data, every answer included."""
        ...


class SafetyRepository(Protocol):
    """Which safety card answered what, without a word of it."""

    async def record(
        self, chat_id: ChatId | None, level: str, group: str, rule: str, version: str, at: datetime
    ) -> None:
        """Record that a card was owed; for a stranger without a chat, since nothing is kept about them."""
        ...


@dataclass(frozen=True)
class UploadKey:
    """One picture as one bot sends it; `digest` is the SHA-256 of its bytes in hex."""

    bot_id: int
    digest: str
    kind: PictureKind


class UploadRepository(Protocol):
    """Telegram's names for pictures already uploaded, so that each is uploaded once a bot."""

    async def file_id(self, key: UploadKey) -> str | None:
        """Return the file id that the bot got for this picture, if any."""
        ...

    async def keep(self, key: UploadKey, file_id: str) -> None:
        """Remember a file id; the latest one stands."""
        ...

    async def drop(self, key: UploadKey, file_id: str) -> None:
        """Forget this file id; one that was remembered since stays."""
        ...


class UnitOfWork(Protocol):
    """One transaction's repositories; leaving the block commits, an error rolls back."""

    inbox: InboxRepository
    outbox: OutboxRepository
    learners: LearnerRepository
    safety: SafetyRepository
    uploads: UploadRepository


class Storage(Protocol):
    """Opens transactions."""

    def begin(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """Open one write transaction (BEGIN IMMEDIATE on SQLite)."""
        ...

    def begin_read(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """Open a transaction that only reads; on SQLite it waits for no writer."""
        ...

    async def scrub(self) -> None:
        """Make erased bytes unreadable: on SQLite, truncate the write-ahead log."""
        ...


NextCall = Callable[[], Awaitable[None]]
"""Returns when one more call may be made."""


class Transport(Protocol):
    """Makes the Telegram calls of a message, nearly always one."""

    async def send(self, message: OutboxMessage, next_call: NextCall) -> Outcome:
        """Send or edit; every failure comes back as an outcome, never as an exception.

        `next_call` is awaited before every call but the first. After a group's goodbye the group is left.
        """
        ...

    async def acknowledge(self, callback_id: str, toast: str | None) -> None:
        """Stop a button's spinner; a courtesy whose failure is ignored."""
        ...


class FileMaker(Protocol):
    """Makes the bytes of a generated file from its recipe."""

    async def make(self, chat_id: ChatId, kind: str, as_of: datetime) -> Sequence[tuple[str, bytes]]:
        """Return (file name, bytes) for each document of the recipe."""
        ...


class PictureFolder(Protocol):
    """Finds the pictures of courses."""

    def find(self, course_id: CourseId, language: str, name: str) -> PictureFile | None:
        """Return a picture, or nothing when its file is missing or cannot be read."""
        ...


class PictureStore(Protocol):
    """What a transport needs to send pictures; no method ever fails."""

    def find(self, recipe: PictureRecipe) -> PictureFile | None:
        """Return the picture of a recipe, or nothing when there is none any more."""
        ...

    async def file_id(self, bot_id: int, picture: PictureFile) -> str | None:
        """Return the file id under which the bot has uploaded this picture, if it has."""
        ...

    async def uploaded(self, bot_id: int, picture: PictureFile, file_id: str) -> None:
        """Remember the file id of an upload."""
        ...

    async def refused(self, bot_id: int, picture: PictureFile, file_id: str) -> None:
        """Forget a file id that Telegram does not take any more."""
        ...
