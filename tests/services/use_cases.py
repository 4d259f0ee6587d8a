"""The use cases over a real store, with a made-up course and updates already read."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import painbot.understanding as understanding
from painbot.content.pictures import CoursePictures
from painbot.core.commands import Command, Incoming, Typed
from painbot.core.delivery import OutboxMessage
from painbot.core.enrollment import EnrollmentStatus
from painbot.core.ids import ChatId, UpdateId
from painbot.services.answering import Answering
from painbot.services.environment import Environment
from painbot.services.inbox_worker import AfterCommit
from painbot.services.ports import InboxUpdate
from painbot.services.triaging import Triaging
from painbot.storage.erasure import ledger_mark
from painbot.storage.unit_of_work import SqlStorage
from painbot.testing.clock import ManualClock
from tests.core.people import CONSENT, COURSE, RENDERING, START, safety_net

ANNA = ChatId(7_001)
LONG_AGO = datetime.fromisoformat("2026-03-01T09:00:00+00:00")


class UseCases:
    """Answering and triage for one store; an update is named by its number."""

    def __init__(self, storage: SqlStorage) -> None:
        self.storage = storage
        self.clock = ManualClock(START)
        self.environment = Environment(
            course=COURSE,
            operator_name="A clinic",
            contact="clinic@example.org",
            consent_version=CONSENT,
            read=understanding,
            safety=safety_net(),
            renderer=RENDERING,
            erasure_key=b"a key for tests only",
            pictures=CoursePictures(COURSE.id, Path("no pictures here")),
        )
        self._incoming: dict[str, Incoming] = {}
        self.answering = Answering(self.environment, self.clock, self._incoming.get, ledger_mark)
        self.triaging = Triaging(self.environment, self.clock, self._incoming.get)

    def update(
        self, number: int, command: Command, chat: ChatId = ANNA, words: str | None = None
    ) -> InboxUpdate:
        words = command.text if isinstance(command, Typed) else words
        self._incoming[str(number)] = Incoming(chat, command, callback_id=None, triage_text=words)
        return InboxUpdate(UpdateId(number), chat, str(number), 0, self.clock.now())

    async def handles(self, update: InboxUpdate) -> AfterCommit | None:
        async with self.storage.begin() as uow:
            return await self.answering.handle(uow, update)

    async def triages(self, update: InboxUpdate) -> bool:
        async with self.storage.begin() as uow:
            return await self.triaging.triage(uow, update)

    async def enrolls(self, chat: ChatId = ANNA, **changes: object) -> None:
        """Enroll somebody in London who is on their second day."""
        async with self.storage.begin() as uow:
            file = await uow.learners.enroll(chat, COURSE.id, LONG_AGO)
            enrollment = replace(
                file.enrollment,
                **{"status": EnrollmentStatus.ACTIVE, "started_on": LONG_AGO.date(), **changes},  # type: ignore[arg-type]
            )
            learner = replace(
                file.learner,
                zone="Europe/London",
                country="GB",
                consent_version=CONSENT,
                consented_at=LONG_AGO,
            )
            await uow.learners.save(file, replace(file, enrollment=enrollment, learner=learner))

    async def owed(self) -> list[OutboxMessage]:
        """Claim and return all that is owed, most urgent first."""
        found: list[OutboxMessage] = []
        async with self.storage.begin() as uow:
            found.extend(await uow.outbox.claim(self.clock.now(), 100))
        return found
