"""The tables and their indexes, the same on SQLite and PostgreSQL.

The migrations build exactly these; a test compares the two.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    Time,
    UniqueConstraint,
    text,
)

from painbot.storage.types import BigKey, JsonText, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# AUTOINCREMENT on SQLite: an id is never given out twice, even after an erasure removed the newest row.
# Slots name enrollments, and a send in flight names its outbox row.
learners = Table(
    "learners",
    metadata,
    Column("id", BigKey, primary_key=True),
    Column("chat_id", BigInteger, nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("country", Text),
    Column("zone", Text),
    Column("consent_version", Text),
    Column("consented_at", UtcDateTime),
    sqlite_autoincrement=True,
)

enrollments = Table(
    "enrollments",
    metadata,
    Column("id", BigKey, primary_key=True),
    Column("learner_id", BigInteger, ForeignKey("learners.id", ondelete="CASCADE"), nullable=False),
    Column("course_id", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("pace", Text, nullable=False),
    Column("lesson_time", Time, nullable=False),
    Column("checkin_time", Time, nullable=False),
    Column("quiet_start", Time, nullable=False),
    Column("quiet_end", Time, nullable=False),
    Column("started_on", Date),
    Column("goal", Text),
    Column("paused_until", UtcDateTime),
    Column("status_before", Text),
    Column("rest", JsonText),
    Column("push_last_at", UtcDateTime),
    Column("push_on", Date),
    Column("push_count", Integer, nullable=False),
    Column("early_on", Date),
    Column("checkin_on", Date),
    Column("resumes_on", Date),
    Column("due_at", UtcDateTime),
    Column("due_why", Text),
    UniqueConstraint("learner_id", "course_id"),
    sqlite_autoincrement=True,
)
_has_due_time = enrollments.c.due_at.is_not(None)
Index("ix_enrollments_due", enrollments.c.due_at, sqlite_where=_has_due_time, postgresql_where=_has_due_time)

dialogues = Table(
    "dialogues",
    metadata,
    Column(
        "learner_id",
        BigKey,
        ForeignKey("learners.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("state", Text, nullable=False),
    Column("data", JsonText, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("enrollment_id", BigInteger, ForeignKey("enrollments.id", ondelete="CASCADE"), primary_key=True),
    Column("item_id", Text, primary_key=True),
    Column("handed_out_at", UtcDateTime, nullable=False),
    Column("handed_out_on", Date, nullable=False),
    Column("opened_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
    Column("card", Integer, nullable=False),
    sqlite_with_rowid=False,
)

answers = Table(
    "answers",
    metadata,
    Column("enrollment_id", BigInteger, ForeignKey("enrollments.id", ondelete="CASCADE"), primary_key=True),
    Column("slot", Text, primary_key=True),
    Column("question", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("on", Date, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    sqlite_with_rowid=False,
)

inbox_updates = Table(
    "inbox_updates",
    metadata,
    Column("update_id", BigKey, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger),
    Column("status", Text, nullable=False),
    Column("payload", Text),
    Column("received_at", UtcDateTime, nullable=False),
    Column("triaged_at", UtcDateTime),
    Column("attempts", Integer, nullable=False),
    Column("retry_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
    Column("error", Text),
)
"""`status` is pending, done or parked; only a pending or parked row has a payload."""

_inbox_pending = text("status = 'pending'")
_inbox_untriaged = text("status = 'pending' AND triaged_at IS NULL")
_inbox_finished = text("finished_at IS NOT NULL")
Index(
    "ix_inbox_updates_pending",
    inbox_updates.c.update_id,
    sqlite_where=_inbox_pending,
    postgresql_where=_inbox_pending,
)
Index(
    "ix_inbox_updates_untriaged",
    inbox_updates.c.update_id,
    sqlite_where=_inbox_untriaged,
    postgresql_where=_inbox_untriaged,
)
Index(
    "ix_inbox_updates_finished",
    inbox_updates.c.status,
    inbox_updates.c.finished_at,
    sqlite_where=_inbox_finished,
    postgresql_where=_inbox_finished,
)
Index("ix_inbox_updates_chat", inbox_updates.c.chat_id, inbox_updates.c.status, inbox_updates.c.update_id)

outbox_messages = Table(
    "outbox_messages",
    metadata,
    Column("id", BigKey, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    # No foreign key: the record of ids and times outlives the enrollment until the chat is wiped.
    Column("enrollment_id", BigInteger),
    Column("kind", Text, nullable=False),
    Column("lane", Integer, nullable=False),
    Column("dedupe_key", Text, nullable=False, unique=True),
    Column("status", Text, nullable=False),
    Column("message", JsonText),
    Column("edits", BigInteger),
    Column("content_version", Text),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime),
    Column("attempts", Integer, nullable=False),
    Column("retry_at", UtcDateTime),
    Column("leased_until", UtcDateTime),
    Column("cancel_asked", Integer, nullable=False, server_default="0"),
    Column("settled_at", UtcDateTime),
    Column("message_id", BigInteger),
    Column("reason", Text),
    sqlite_autoincrement=True,
)
"""`message` is NULL from the final outcome on. `cancel_asked` is 1 where a message in flight must not
go back to the queue."""

_outbox_pending = text("status = 'pending'")
_outbox_leased = text("status = 'leased'")
_outbox_leased_ordinary = text("status = 'leased' AND lane <> 0")
_outbox_expiring = text("status = 'pending' AND expires_at IS NOT NULL")
_outbox_answered = text("lane <= 1 AND settled_at IS NOT NULL")
_outbox_retrying = text("status = 'pending' AND retry_at IS NOT NULL")
Index(
    "ix_outbox_messages_pending",
    outbox_messages.c.lane,
    outbox_messages.c.id,
    outbox_messages.c.retry_at,
    sqlite_where=_outbox_pending,
    postgresql_where=_outbox_pending,
)
Index(
    "ix_outbox_messages_chat",
    outbox_messages.c.chat_id,
    outbox_messages.c.status,
    outbox_messages.c.lane,
    outbox_messages.c.id,
)
Index(
    "uq_outbox_messages_one_lease",
    outbox_messages.c.chat_id,
    unique=True,
    sqlite_where=_outbox_leased_ordinary,
    postgresql_where=_outbox_leased_ordinary,
)
Index(
    "ix_outbox_messages_leased",
    outbox_messages.c.chat_id,
    outbox_messages.c.leased_until,
    sqlite_where=_outbox_leased,
    postgresql_where=_outbox_leased,
)
Index(
    "ix_outbox_messages_expiring",
    outbox_messages.c.expires_at,
    sqlite_where=_outbox_expiring,
    postgresql_where=_outbox_expiring,
)
Index(
    "ix_outbox_messages_answered",
    outbox_messages.c.settled_at,
    sqlite_where=_outbox_answered,
    postgresql_where=_outbox_answered,
)
Index(
    "ix_outbox_messages_retrying",
    outbox_messages.c.retry_at,
    sqlite_where=_outbox_retrying,
    postgresql_where=_outbox_retrying,
)

holds = Table(
    "holds",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("until", UtcDateTime, nullable=False),
)

pseudonyms = Table(
    "pseudonyms",
    metadata,
    Column("chat_id", BigKey, primary_key=True, autoincrement=False),
    Column("pseudonym", Text, nullable=False, unique=True),
)
"""The only link from a safety event to a person; erasing it leaves events that belong to nobody."""

safety_events = Table(
    "safety_events",
    metadata,
    Column("id", BigKey, primary_key=True),
    Column("pseudonym", Text, nullable=False, index=True),
    Column("level", Text, nullable=False),
    Column("group", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

erasures_pending = Table(
    "erasures_pending",
    metadata,
    Column("chat_id", BigKey, primary_key=True, autoincrement=False),
    Column("erased_at", UtcDateTime, nullable=False),
)

erasure_ledger = Table(
    "erasure_ledger",
    metadata,
    Column("mark", Text, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

uploads = Table(
    "uploads",
    metadata,
    Column("bot_id", BigKey, primary_key=True, autoincrement=False),
    Column("digest", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("file_id", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""Telegram's names for pictures already uploaded; each bot has its own. `digest` is SHA-256 in hex."""

instance = Table(
    "instance",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
