"""What an answer brings about at once, beyond being stored."""

from __future__ import annotations

from dataclasses import replace

from painbot.core import flare_plan, reasking
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.enrollment import Answer
from painbot.core.forms import Form
from painbot.core.outgoing import Outgoing
from painbot.core.replies import safety, say

GATE = "gate:"


def drawn(before: LearnerFile, decision: Decision, form: Form | None, s: Surroundings) -> Decision:
    """Return the decision with what its new answers lead to: cards, gates, the flare plan."""
    file = decision.file
    changed = [answer for slot, answer in file.answers.items() if before.answers.get(slot) != answer]
    for answer in changed:
        if answer.slot.startswith(f"{reasking.REASK}/"):
            file = reasking.gone_through(file, answer, s.course)
    file, said = _led(file, changed, form, s)
    return replace(decision, file=file, outgoing=(*decision.outgoing, *said))


def _led(
    file: LearnerFile, changed: list[Answer], form: Form | None, s: Surroundings
) -> tuple[LearnerFile, list[Outgoing]]:
    """Follow the answers of a course question that say where they lead."""
    said: list[Outgoing] = []
    for asked in form.questions if form else ():
        stored = next((answer for answer in changed if form and answer.slot == form.slot(asked)), None)
        lead = asked.leads.get(stored.value, "") if stored else ""
        if lead == "urgent":
            said.append(safety(s.safety.urgent(file.learner.country)))
        elif lead == "flare":
            opened = flare_plan.opened(file, s)
            file = opened.file
            said.extend(opened.outgoing)
        elif lead.startswith(GATE):
            gate = f"gate-{lead.removeprefix(GATE)}"
            file = _noted(file, f"gate/{gate}", gate, "yes", s)
            said.append(say(f"{gate}-noted"))
    return file, said


def _noted(file: LearnerFile, slot: str, question: str, value: str, s: Surroundings) -> LearnerFile:
    stored = Answer(slot, question, value, on=file.today(s.now), at=s.now)
    return replace(file, answers={**file.answers, slot: stored})
