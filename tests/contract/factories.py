"""Values for the contract tests: what does not matter to a test is filled in here."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from painbot.core.decisions import LearnerFile
from painbot.core.delivery import NewOutboxMessage, OutboxStatus, RenderedMessage, Settlement
from painbot.core.enrollment import Answer
from painbot.core.ids import ChatId, CourseId, EnrollmentId, OutboxId, UpdateId
from painbot.core.outgoing import MessageKind
from painbot.services.ports import NewUpdate
from painbot.storage.unit_of_work import SqlStorage

NOW = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
COURSE = CourseId("chronic-pain")
ANN, BEN, CEM = ChatId(5_550_001_111), ChatId(5_550_002_222), ChatId(5_550_003_333)


def later(seconds: float = 0, **spans: float) -> datetime:
    return NOW + timedelta(seconds=seconds, **spans)


def make_update(
    number: int, chat: ChatId | None = ANN, payload: str = "{}", typed: bool = False
) -> NewUpdate:
    return NewUpdate(UpdateId(number), chat, payload, needs_triage=typed)


def make_message(
    chat: ChatId = ANN,
    kind: MessageKind = MessageKind.REPLY,
    key: str = "k",
    *,
    html: str = "Hello",
    message: RenderedMessage | None = None,
    created_at: datetime = NOW,
    expires_at: datetime | None = None,
) -> NewOutboxMessage:
    return NewOutboxMessage(
        chat_id=chat,
        enrollment_id=EnrollmentId(1),
        kind=kind,
        dedupe_key=key,
        message=message or RenderedMessage(html),
        created_at=created_at,
        expires_at=expires_at,
    )


def sent(message_id: OutboxId) -> Settlement:
    return Settlement(message_id, OutboxStatus.SENT, 1)


def back(message_id: OutboxId, retry_at: datetime | None = None, attempts: int = 1) -> Settlement:
    return Settlement(message_id, OutboxStatus.PENDING, attempts, retry_at=retry_at)


async def owe(storage: SqlStorage, *messages: NewOutboxMessage) -> list[OutboxId]:
    async with storage.begin() as unit:
        ids = [await unit.outbox.add(message) for message in messages]
    assert None not in ids
    return [made for made in ids if made is not None]


async def claim(
    storage: SqlStorage,
    at: datetime = NOW,
    limit: int = 100,
    held: tuple[ChatId, ...] = (),
) -> list[str]:
    """Claim and return the dedupe keys in the order they came."""
    async with storage.begin() as unit:
        return [m.dedupe_key for m in await unit.outbox.claim(at, limit, held)]


async def enroll(storage: SqlStorage, chat: ChatId = ANN, **changes: object) -> LearnerFile:
    """Enroll a learner and save these changes of the enrollment."""
    async with storage.begin() as unit:
        file = await unit.learners.enroll(chat, COURSE, NOW)
        changed = replace(file, enrollment=replace(file.enrollment, **changes))  # type: ignore[arg-type]
        await unit.learners.save(file, changed)
    return changed


async def load(storage: SqlStorage, chat: ChatId = ANN, at: datetime = NOW) -> LearnerFile | None:
    async with storage.begin() as unit:
        return await unit.learners.file(chat, at)


def make_answer(slot: str, value: str = "3", at: datetime = NOW) -> Answer:
    return Answer(slot=slot, question=slot.rsplit("/", 1)[-1], value=value, on=at.date(), at=at)
