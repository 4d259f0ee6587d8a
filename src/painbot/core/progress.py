"""Looking back: the weekly PEG over time, and a summary to keep or to show to a clinician."""

from __future__ import annotations

from collections.abc import Mapping

from painbot.core import activity
from painbot.core.clinician_questions import kept_questions
from painbot.core.course import Course, Item
from painbot.core.decisions import LearnerFile, Surroundings
from painbot.core.forms import numbers
from painbot.core.levers import chosen_levers
from painbot.core.measures import CHANGE, CONFIDENCE, PEG, Peg, PegChange, compare_peg, read_peg
from painbot.core.outgoing import Line, Outgoing, Plain, Say, Words
from painbot.core.planning import check_deliveries
from painbot.core.replies import button, reply
from painbot.core.sleep import sleep_number, week_of_nights

START_PEG_SLOT = "peg:start"
FIRST_COMPARED_WEEK = 3
MOST_QUESTIONS = 6
"""How many kept questions a summary lists; more would not fit a visit either."""


def weekly_pegs(file: LearnerFile, course: Course) -> Mapping[int, Peg]:
    """Return the PEG of the start (week 0) and of each check day, where all three were answered."""
    found = {0: read_peg(numbers(file.answers, START_PEG_SLOT))}
    for week, delivery in enumerate(check_deliveries(file, course), start=1):
        found[week] = read_peg(numbers(file.answers, f"check:{delivery.item_id}"))
    return {week: peg for week, peg in found.items() if peg is not None}


def compared(file: LearnerFile, item: Item, s: Surroundings) -> Outgoing | None:
    """Return how the last two weeks compare with the first two; nothing before there is enough to say."""
    checks = [each.item_id for each in check_deliveries(file, s.course)]
    week = checks.index(item.id) + 1 if item.id in checks else 0
    change = compare_peg(weekly_pegs(file, s.course), week)
    if change is None:
        return None
    if change is PegChange.WORSE:
        rows = ((button("peg-slower", "m", "slower"),), (button("clinician-open", "cq"),))
        return reply((Say("peg-worse"),), rows)
    return reply((Say(f"peg-{change.value}"),))


def summary_told(file: LearnerFile, s: Surroundings) -> Outgoing | None:
    """Return the course in numbers, what was worked on, and what to ask, as text a clinician can read."""
    today = file.today(s.now)
    started_on = file.enrollment.started_on or today
    parts: list[Words] = [
        Say("summary-head", {"from": f"{started_on:%d %B %Y}", "to": f"{today:%d %B %Y}"}),
        *_peg_lines(file, s.course),
        *_own_lines(file, s),
    ]
    levers = chosen_levers(file)
    for number, lever in enumerate(levers, start=1):
        parts.append(Line(Say("summary-lever", {"number": number}), Say(f"lever-{lever.value}")))
    parts.append(Say("summary-medicines"))
    for number, (_, text) in enumerate(kept_questions(file)[:MOST_QUESTIONS], start=1):
        parts.append(Line(Say("summary-question", {"number": number}), Plain(text)))
    parts.append(Say("summary-foot"))
    return reply(tuple(parts))


def _peg_lines(file: LearnerFile, course: Course) -> list[Words]:
    pegs = weekly_pegs(file, course)
    last = max((week for week in pegs if week > 1), default=0)
    spans = {"first": (0, 1), "last": (last - 1, last)}
    lines: list[Words] = []
    for name, weeks in spans.items():
        there = [pegs[week] for week in weeks if week in pegs]
        if len(there) == len(weeks) and last >= FIRST_COMPARED_WEEK:
            mean = sum(peg.total for peg in there) / (len(there) * len(PEG))
            lines.append(Line(Say(f"summary-peg-{name}"), Plain(f"{mean:.1f}")))
    return [Say("summary-peg"), *lines] if len(lines) == len(spans) else [Say("summary-peg-too-few")]


def _own_lines(file: LearnerFile, s: Surroundings) -> list[Words]:
    lines: list[Words] = []
    sure = [
        stored
        for slot, stored in file.answers.items()
        if slot.startswith("check:") and stored.question == CONFIDENCE.id and stored.value.isdecimal()
    ]
    if len(sure) > 1:
        first, last = min(sure, key=lambda one: one.at), max(sure, key=lambda one: one.at)
        lines.append(Line(Say("summary-confidence"), Plain(f"{first.value} → {last.value}")))
    change = [
        stored
        for stored in file.answers.values()
        if stored.question == CHANGE.id and stored.value in CHANGE.options
    ]
    if change:
        latest = max(change, key=lambda one: one.at)
        lines.append(Line(Say("summary-change"), Say(f"choice-change-{latest.value}")))
    number = sleep_number(week_of_nights(file.answers, file.today(s.now), file.zone))
    if number is not None:
        lines.append(Line(Say("window-number"), Say("percent", {"percent": number.percent})))
    line = activity.current(file.answers)
    if line is not None:
        then = activity.words_of(activity.history(file.answers)[0].halves)
        now = activity.words_of(line)
        lines.append(Line(Say("summary-line"), Plain(f"{then} → {now}")))
    return lines
