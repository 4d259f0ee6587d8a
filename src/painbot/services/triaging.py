"""Safety first: what is typed is read for danger signs in a transaction of its own."""

from __future__ import annotations

from painbot.core.advice import SafetyCardText
from painbot.core.commands import Incoming
from painbot.core.dialogue import reachable
from painbot.core.erasing import unasked
from painbot.core.ids import ChatId
from painbot.core.planning import replanned, withdrawn
from painbot.core.replies import safety
from painbot.core.resting import waits_now, with_rest
from painbot.services.answering import ReadUpdate
from painbot.services.environment import Environment
from painbot.services.owing import outbox_row, safety_slot
from painbot.services.ports import Clock, InboxUpdate, UnitOfWork


class Triaging:
    """Owes a safety card for a danger sign, in every state and for strangers too."""

    def __init__(self, environment: Environment, clock: Clock, read_update: ReadUpdate) -> None:
        self._environment = environment
        self._clock = clock
        self._read_update = read_update

    async def triage(self, uow: UnitOfWork, update: InboxUpdate) -> bool:
        """Read one update's words; return whether a card is owed now.

        For a learner the course rests as the card's level asks, and pushes not yet sent are withdrawn.
        Asking for the numbers (/urgent or its button) is answered here too, ahead of the chat's line.
        """
        incoming: Incoming | None = self._read_update(update.payload)
        if incoming is None:
            return False
        words = incoming.triage_text
        finding = None if words is None else self._environment.safety.triage(words)
        if finding is None:
            if incoming.asks_for_urgent_card:
                await self._show_numbers(uow, update, incoming.chat_id)
            return incoming.asks_for_urgent_card
        now = self._clock.now()
        file = await uow.learners.file(incoming.chat_id, now)
        card = self._environment.safety.card(finding, file.learner.country if file else None)
        await uow.safety.record(
            None if file is None else incoming.chat_id,
            finding.level.value,
            finding.group,
            finding.rule,
            finding.version,
            now,
        )
        waits = None
        if file is not None:
            surroundings = self._environment.at(now)
            there = unasked(reachable(file, now))
            rested = with_rest(there, finding, surroundings)
            if rested is not there:
                gone = await uow.outbox.cancel_pending(incoming.chat_id, pushes_only=True, now=now)
                rested = withdrawn(rested, (message.slot for message in gone))
            waits = waits_now(there, rested)
            await uow.learners.save(file, replanned(rested, surroundings.course, now))
        await self._owe(uow, update, incoming.chat_id, card)
        if waits is not None:
            slot = f"{safety_slot(update.update_id)}:waits"
            renderer = self._environment.renderer
            await uow.outbox.add(outbox_row(waits, slot, incoming.chat_id, None, renderer, now))
        return True

    async def triage_failed(self, uow: UnitOfWork, update: InboxUpdate) -> None:
        """Owe the general card where reading for danger signs failed: better once too often."""
        if update.chat_id is None:
            return
        await self._owe(uow, update, update.chat_id, self._environment.safety.urgent(None))

    async def _show_numbers(self, uow: UnitOfWork, update: InboxUpdate, chat_id: ChatId) -> None:
        file = await uow.learners.file(chat_id, self._clock.now())
        card = self._environment.safety.urgent(file.learner.country if file else None)
        await self._owe(uow, update, chat_id, card)

    async def _owe(self, uow: UnitOfWork, update: InboxUpdate, chat_id: ChatId, card: SafetyCardText) -> None:
        # An earlier card that waits for this person would hold up the new one behind it.
        await uow.outbox.retry_safety_now(chat_id)
        slot = safety_slot(update.update_id)
        renderer = self._environment.renderer
        await uow.outbox.add(outbox_row(safety(card), slot, chat_id, None, renderer, self._clock.now()))
