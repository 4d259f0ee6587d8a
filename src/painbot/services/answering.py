"""Answering one update: load, decide, save, owe; all in the transaction that marks the update done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from painbot.core import consent, onboarding
from painbot.core.commands import (
    BlockedBot,
    Edited,
    GroupContact,
    Incoming,
    SentMedia,
    Slash,
    Typed,
    UnblockedBot,
)
from painbot.core.decisions import Decision
from painbot.core.dialogue import decide
from painbot.core.enrollment import EnrollmentStatus
from painbot.core.ids import ChatId
from painbot.core.outgoing import MessageKind, Outgoing, Say
from painbot.core.planning import replanned, withdrawn
from painbot.core.strangers import decide_stranger
from painbot.services.environment import Environment
from painbot.services.inbox_worker import AfterCommit
from painbot.services.owing import owe_replies, safety_slot
from painbot.services.ports import Clock, InboxUpdate, UnitOfWork

ReadUpdate = Callable[[str], Incoming | None]
"""Reads an update's JSON; nothing for what is not meant for the bot."""

LedgerMark = Callable[[bytes, ChatId], str]


class Answering:
    """Handles updates from learners and strangers; the inbox worker calls it."""

    def __init__(
        self, environment: Environment, clock: Clock, read_update: ReadUpdate, ledger_mark: LedgerMark
    ) -> None:
        self._environment = environment
        self._clock = clock
        self._read_update = read_update
        self._ledger_mark = ledger_mark

    async def handle(self, uow: UnitOfWork, update: InboxUpdate) -> AfterCommit | None:
        """Answer one update inside the worker's transaction."""
        incoming = self._read_update(update.payload)
        if incoming is None:
            return None
        if self._answered_by_triage(incoming):
            return AfterCommit(callback_id=incoming.callback_id)
        now = self._clock.now()
        file = await uow.learners.file(incoming.chat_id, now)
        if file is None or isinstance(incoming.command, GroupContact):
            return await self._stranger(uow, update, incoming)
        if file.enrollment.status is EnrollmentStatus.UNREACHABLE:
            await self._send_waiting_card(uow, incoming)
        decision = decide(file, incoming.command, self._environment.at(now))
        if decision.cancel_pending:
            gone = await uow.outbox.cancel_pending(incoming.chat_id, pushes_only=True, now=now)
            kept = withdrawn(decision.file, (message.slot for message in gone))
            decision = replace(decision, file=replanned(kept, self._environment.course, now))
        if decision.erase:
            await self._erase(uow, update, incoming.chat_id, decision)
        else:
            await uow.learners.save(file, decision.file)
            outgoing = _as_in_triage(update, incoming, decision.outgoing)
            await self._owe(uow, update, incoming.chat_id, replace(decision, outgoing=outgoing))
        toast = self._environment.renderer.text(decision.toast) if decision.toast else None
        return AfterCommit(callback_id=incoming.callback_id, toast=toast)

    async def tell_parked(self, uow: UnitOfWork, update: InboxUpdate) -> None:
        """Tell the person that their message could not be handled."""
        if update.chat_id is None:
            return
        await uow.outbox.retry_safety_now(update.chat_id)
        sorry = Outgoing(MessageKind.REPLY, f"parked:{update.update_id}", (Say("went-wrong"),))
        now = self._clock.now()
        await owe_replies(
            uow, (sorry,), update.chat_id, None, update.update_id, self._environment.renderer, now
        )

    async def _send_waiting_card(self, uow: UnitOfWork, incoming: Incoming) -> None:
        """A safety card that could not reach somebody goes out ahead of the answer once they are there."""
        if not isinstance(incoming.command, BlockedBot):
            await uow.outbox.retry_safety_now(incoming.chat_id)

    def _answered_by_triage(self, incoming: Incoming) -> bool:
        """A danger sign was answered with its card: it answers no question, and no command beside it runs."""
        match incoming.command:
            case Typed() | Edited() | SentMedia() | Slash():
                words = incoming.triage_text
            case _:
                return False
        return words is not None and self._environment.safety.triage(words) is not None

    async def _stranger(self, uow: UnitOfWork, update: InboxUpdate, incoming: Incoming) -> AfterCommit:
        await self._send_waiting_card(uow, incoming)
        now = self._clock.now()
        surroundings = self._environment.at(now)
        answer = decide_stranger(incoming.command, surroundings)
        outgoing, enrollment_id = _as_in_triage(update, incoming, answer.outgoing), None
        if isinstance(incoming.command, BlockedBot | UnblockedBot):
            await uow.inbox.forget_chat(update.update_id)
        if isinstance(incoming.command, GroupContact):
            # Being added and being spoken to are two updates; it explains itself once.
            slot = f"group:{incoming.chat_id}:{now.date().isoformat()}"
            outgoing = tuple(replace(said, slot=slot) for said in outgoing)
        if answer.enroll:
            fresh = await uow.learners.enroll(incoming.chat_id, self._environment.course.id, now)
            decision = onboarding.begin(consent.agreed(fresh, surroundings), surroundings)
            await uow.learners.save(fresh, decision.file)
            outgoing, enrollment_id = decision.outgoing, fresh.enrollment.id
        await owe_replies(
            uow,
            outgoing,
            incoming.chat_id,
            enrollment_id,
            update.update_id,
            self._environment.renderer,
            now,
        )
        return AfterCommit(callback_id=incoming.callback_id)

    async def _owe(self, uow: UnitOfWork, update: InboxUpdate, chat_id: ChatId, decision: Decision) -> None:
        await owe_replies(
            uow,
            decision.outgoing,
            chat_id,
            decision.file.enrollment.id,
            update.update_id,
            self._environment.renderer,
            self._clock.now(),
        )

    async def _erase(self, uow: UnitOfWork, update: InboxUpdate, chat_id: ChatId, decision: Decision) -> None:
        """Erase in this transaction; the last words are owed as the goodbye that starts the clean-up."""
        mark = self._ledger_mark(self._environment.erasure_key, chat_id)
        await uow.learners.erase(chat_id, self._clock.now(), mark)
        goodbye = tuple(replace(out, kind=MessageKind.GOODBYE) for out in decision.outgoing)
        await owe_replies(
            uow, goodbye, chat_id, None, update.update_id, self._environment.renderer, self._clock.now()
        )


def _as_in_triage(
    update: InboxUpdate, incoming: Incoming, outgoing: tuple[Outgoing, ...]
) -> tuple[Outgoing, ...]:
    """Return an asked-for card in the slot that triage filled already: it is said once, and never lost."""
    if not incoming.asks_for_urgent_card:
        return outgoing
    slot = safety_slot(update.update_id)
    return tuple(replace(out, slot=slot) if out.kind is MessageKind.SAFETY else out for out in outgoing)
