"""The danger-sign screen of onboarding, and the rest that follows a danger sign."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.enrollment import EnrollmentStatus, Rest
from painbot.core.outgoing import Action, Button, MessageKind, Outgoing, Plain, Row, Say, Words
from painbot.core.pacing import instant
from painbot.core.planning import next_words
from painbot.core.replies import at_state, button, reply, safety, say
from painbot.core.triage.model import Finding
from painbot.core.triage.rest import rest_after
from painbot.core.triage.screen import SCREEN

REST = "rest"
SIGNS = "onb"


def screen_question() -> tuple[Words, ...]:
    """Return the danger-sign screen: ten short questions in one message."""
    lines = tuple(
        Say("signs-line", {"number": number, "text": question.text})
        for number, question in enumerate(SCREEN, start=1)
    )
    return (Say("signs-ask"), *lines, Say("signs-lasting"))


def screen_rows() -> tuple[Row, ...]:
    """Return a button a line, and "none of these"."""
    numbers = tuple(
        Button(Plain(str(number)), Action(SIGNS, ("signs", f"q-{question.id}")))
        for number, question in enumerate(SCREEN, start=1)
    )
    return (numbers[:5], numbers[5:], (button("signs-none", SIGNS, "signs", "none"),))


def signs_chosen(file: LearnerFile, s: Surroundings, value: str) -> Decision:
    """Answer a tap on a line of the screen (its parts as buttons) or on a part (its card)."""
    question = next((q for q in SCREEN if value == f"q-{q.id}"), None)
    if question is not None:
        parts: tuple[Row, ...] = tuple(
            (Button(Plain(part.text), Action(SIGNS, ("signs", f"p-{part.id}"))),) for part in question.parts
        )
        none = button("signs-back", SIGNS, "signs", "list")
        if question.may_decline:
            parts = (*parts, (button("signs-rather-not", SIGNS, "signs", "decline"),))
        return Decision(file, (reply((Say("signs-which"),), (*parts, (none,))),))
    finding = s.safety.screen_finding(value.removeprefix("p-"))
    if finding is None:
        return Decision(file, (say("onb-where-we-are"),))
    return _after_card(file, s, finding)


def _after_card(file: LearnerFile, s: Surroundings, finding: Finding) -> Decision:
    card = s.safety.card(finding, file.learner.country)
    rested = with_rest(file, finding, s)
    rest = rested.enrollment.rest
    mistaken = button("signs-mistake", SIGNS, "signs", "list")
    if rest is None:
        onward: Row = (button("signs-go-on", SIGNS, "signs", "go-on"), mistaken)
        return Decision(rested, (safety(card), reply((Say("signs-soon"),), (onward,))))
    if rest.waits_for == "seen":
        row: Row = (button("rest-seen", SIGNS, "signs", "seen"),)
        return Decision(rested, (safety(card), reply((Say("signs-wait-seen"),), (row, (mistaken,)))))
    return Decision(rested, (safety(card), reply((Say("signs-wait-day"),), ((mistaken,),))))


def with_rest(file: LearnerFile, finding: Finding, s: Surroundings) -> LearnerFile:
    """Return the file at rest as the finding's level asks; a longer rest already there stays."""
    rule = rest_after(finding, s.now.astimezone(file.zone))
    if rule.until is None and rule.wait_for is None and not rule.silent:
        return file
    kept = file.enrollment.rest
    until = (rule.until or s.now).astimezone(UTC)
    if kept is not None:
        until = max(until, kept.until or until)
    rest = Rest(
        level=finding.level.value,
        group=finding.group,
        since=s.now,
        until=until,
        waits_for=rule.wait_for or (kept.waits_for if kept else None),
        silent=rule.silent or (kept.silent if kept else False),
    )
    return replace(file, enrollment=replace(file.enrollment, rest=rest))


def wellbeing_push(file: LearnerFile) -> Outgoing:
    """Return the plain "how are you" after a rest: no content, only a way on or more rest."""
    rest = file.enrollment.rest
    waits_for = rest.waits_for if rest else None
    onward = "rest-seen" if waits_for == "seen" else "rest-go-on"
    value = "seen" if waits_for == "seen" else "wish"
    rows: tuple[Row, ...] = (
        (button(onward, REST, value),),
        (button("rest-not-yet", REST, "not-yet"), button("rest-numbers", REST, "numbers")),
    )
    key = "wellbeing-seen" if waits_for == "seen" else "wellbeing"
    since = f"{rest.since:%Y%m%dT%H%M}" if rest else ""
    slot = f"wellbeing:{file.enrollment.id}:{since}"
    return Outgoing(MessageKind.WELLBEING, slot, (Say(key),), rows)


def press(file: LearnerFile, action: Action, s: Surroundings) -> Decision:
    """Answer a press on the buttons of a rest."""
    value = action.args[0] if action.args else ""
    rest = file.enrollment.rest
    if value == "numbers":
        return Decision(file, (safety(s.safety.numbers(file.learner.country)),))
    if rest is None:
        return Decision(file, (say("rest-over"),))
    if value == "not-yet":
        return Decision(file, (reply((Say("rest-stays"),), rest_rows(file)),))
    too_early = rest.waits_for == "wish" and rest.until is not None and s.now < rest.until
    if too_early:
        return Decision(file, (reply((Say("rest-not-over"),), rest_rows(file)),))
    return resume(file, s)


def resume(file: LearnerFile, s: Surroundings) -> Decision:
    """End the rest: the course goes on from tomorrow at the latest, never as a pile."""
    today = file.today(s.now)
    resumes_on = today if s.now < _lesson_today(file, s) else today + timedelta(days=1)
    file = replace(file, enrollment=replace(file.enrollment, rest=None, resumes_on=resumes_on))
    if file.enrollment.status is EnrollmentStatus.ONBOARDING:
        return Decision(at_state(file, "onboarding/signs"), (say("rest-ended-onboarding", _go_row()),))
    return Decision(file, (reply((Say("rest-ended"), next_words(file, s.course, s.now))),))


def _lesson_today(file: LearnerFile, s: Surroundings) -> datetime:
    return instant(file.today(s.now), file.enrollment.lesson_time, file.zone)


def _go_row() -> Row:
    return (button("onb-go-on", SIGNS, "signs", "seen"),)


def rest_rows(file: LearnerFile) -> tuple[Row, ...]:
    """Return the buttons that end a rest or show the numbers."""
    rest = file.enrollment.rest
    seen = rest is not None and rest.waits_for == "seen"
    return (
        (button("rest-seen" if seen else "rest-go-on", REST, "seen" if seen else "wish"),),
        (button("rest-numbers", REST, "numbers"),),
    )
