"""What an answer brings about at once, beyond being stored."""

from __future__ import annotations

from dataclasses import replace

from painbot.core import activity, flare_plan, line_dialogue, reasking, sleep_log, window_dialogue
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.enrollment import Answer
from painbot.core.forms import Form
from painbot.core.measures import HARM
from painbot.core.outgoing import Outgoing, Say
from painbot.core.parts import MadePart
from painbot.core.replies import reply, safety, say
from painbot.core.sleep_window import as_told, back_words, current, last_cut_undone, undone

GATE = "gate:"

TOO_MUCH = frozenset({(activity.ACHE, "lots"), (HARM.id, "yes")})
"""Answers after which the last step of the line is taken back."""

LOW_MOOD = frozenset({("harm-what", "mood"), ("effects-mood", "yes")})
"""Answers after which the numbers to call are shown."""

AGAINST_THE_WINDOW = LOW_MOOD | {
    ("harm-what", "fall"),
    ("effects-driving", "yes"),
    ("effects-fall", "yes"),
    ("sleepy", "a-bit"),
    ("sleepy", "yes"),
    ("daytime-sleepy", "2"),
    ("daytime-sleepy", "3"),
}
"""Answers that bring the old time in bed back, each by its question and value."""


def drawn(before: LearnerFile, decision: Decision, form: Form | None, s: Surroundings) -> Decision:
    """Return the decision with what its new answers lead to: cards, gates, the flare plan."""
    file = decision.file
    changed = [answer for slot, answer in file.answers.items() if before.answers.get(slot) != answer]
    for answer in changed:
        if answer.slot.startswith(f"{reasking.REASK}/"):
            file = reasking.gone_through(file, answer, s.course)
    file, again = sleep_log.checked(file, changed, s)
    if form is not None and form.intro:
        file = as_told(file, s)
    file, led = _led(file, changed, form, s)
    file, bedtime = _slept_less(file, changed, s)
    file, line = _moved(file, changed, form, s)
    return replace(decision, file=file, outgoing=(*decision.outgoing, *again, *led, *bedtime, *line))


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


def _slept_less(
    file: LearnerFile, changed: list[Answer], s: Surroundings
) -> tuple[LearnerFile, list[Outgoing]]:
    """Undo a changed sleep window, wholly or by its last cut, where an answer speaks against it."""
    said: list[Outgoing] = []
    if any((stored.question, stored.value) in LOW_MOOD for stored in changed):
        numbers = safety(s.safety.numbers(file.learner.country))
        said.append(replace(numbers, parts=(Say("mood-low"), *numbers.parts)))
    window = current(file.answers)
    if window is None:
        return file, said
    given = {(stored.question, stored.value) for stored in changed}
    if given & AGAINST_THE_WINDOW:
        return undone(file, s, told=True), [reply((back_words(window), Say("window-back-kind"))), *said]
    if (HARM.id, "yes") in given:
        after = last_cut_undone(file, s)
        kept = current(after.answers)
        if kept is None:
            said = [reply((back_words(window), Say("window-back-kind"))), *said]
        elif kept != window:
            said = [window_dialogue.set_message(kept), *said]
        return after, said
    return file, said


def _moved(
    file: LearnerFile, changed: list[Answer], form: Form | None, s: Surroundings
) -> tuple[LearnerFile, list[Outgoing]]:
    """Set the starting line by its trials, take a named line, and take a step back where it was too much."""
    before = activity.current(file.answers)
    tried = any(stored.question in activity.TRIALS for stored in changed)
    if tried and _line_is_due(file, s):
        file = activity.started(file, s)
        in_the_lesson = form is not None and form.id.startswith("lesson:")
        told = None if in_the_lesson else line_dialogue.starting_told(file, s)
        return file, [told] if told is not None else []
    for stored in changed:
        if stored.question == activity.LINE_MINUTES and stored.value.isdecimal():
            file = activity.own_line(file, int(stored.value), s)
    given = {(stored.question, stored.value) for stored in changed}
    if given & TOO_MUCH:
        file = activity.step_taken_back(file, s)
        told = line_dialogue.line_message(file)
        if told is not None and activity.current(file.answers) != before:
            return file, [told]
    return file, []


def _line_is_due(file: LearnerFile, s: Surroundings) -> bool:
    """Say whether the day that shows the starting line has come."""
    return any(
        MadePart.STARTING_LINE.value in item.shows and item.id in file.deliveries for item in s.course.items
    )


def _noted(file: LearnerFile, slot: str, question: str, value: str, s: Surroundings) -> LearnerFile:
    stored = Answer(slot, question, value, on=file.today(s.now), at=s.now)
    return replace(file, answers={**file.answers, slot: stored})
