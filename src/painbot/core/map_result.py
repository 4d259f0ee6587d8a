"""What a pain map says: for a clinician first, then what to work on, in the learner's own answers.

No totals, no order by how much, no kind of pain. Said at the top and at the bottom: not a diagnosis.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from painbot.core import clinician_questions, looking_up
from painbot.core.decisions import LearnerFile, Surroundings
from painbot.core.forms import CHANGE
from painbot.core.ids import MessageId
from painbot.core.levers import chosen_levers
from painbot.core.map_answers import done_dates, form_id, result_of, said_lines
from painbot.core.map_sheet import day_words
from painbot.core.outgoing import Action, Button, Line, Outgoing, Plain, Row, Say, Words
from painbot.core.pain_map import EVIDENCE, VERB, PainMap
from painbot.core.replies import button, reply

PICK: Final = "lv"


def view(
    file: LearnerFile, s: Surroundings, on: date, *before: Words, edits: MessageId | None = None
) -> Outgoing:
    """Return the completed map begun on this day, with what can be done with it."""
    shown = result_of(file, on)
    parts = (
        *before,
        Say("map-result", {"date": day_words(on)}),
        Say("map-not-diagnosis"),
        *result_words(file, shown, on),
        *_chosen_words(file),
        *then_and_now(file, s, on),
        Say("map-not-diagnosis"),
    )
    rows: list[Row] = [(button("map-choose", VERB, PICK, "open"),)]
    rows.append((button("clinician-open", clinician_questions.VERB),))
    rows.append((*_about_row(s), button("map-keep", VERB, "keep")))
    if on == file.today(s.now):
        rows.append((Button(Say("form-change-one"), Action(CHANGE, (form_id(on),))),))
    else:
        rows.append((button("map-new", VERB, "new"),))
    rows.append((button("urgent-open", "u"),))
    return replace(reply(parts, tuple(rows)), edits=edits)


def _about_row(s: Surroundings) -> Row:
    known = any(claim in s.course.shelf.claims for claim in EVIDENCE)
    return (looking_up.evidence_button(looking_up.MAP),) if known else ()


def result_words(file: LearnerFile, shown: PainMap, on: date) -> tuple[Words, ...]:
    """Return the rows of a map in words: for a clinician, to work on, and what to ask or watch."""
    parts: list[Words] = []
    if shown.clinician:
        parts.append(Say("map-clinician-head"))
        parts += [Say(f"map-clinician-{driver.value}") for driver in shown.clinician]
    if shown.levers:
        parts.append(Say("map-levers-head"))
        for driver in shown.levers:
            parts.append(Say(f"map-shows-{driver.value}"))
            parts += [Line(label, answer) for label, answer in said_lines(file, on, driver)]
    if shown.spread:
        parts.append(Say("map-shows-spread"))
    if not shown.shown:
        parts.append(Say("map-shows-nothing"))
    if shown.unsure:
        parts.append(Say("map-unsure-head"))
        parts += [Line(Say("map-to-ask"), Say(f"label-map-{name}")) for name in shown.unsure]
    return tuple(parts)


def _chosen_words(file: LearnerFile) -> tuple[Words, ...]:
    chosen = chosen_levers(file)
    if not chosen:
        return ()
    lines = tuple(
        Line(Plain(str(number)), Say(f"lever-{lever.value}")) for number, lever in enumerate(chosen, start=1)
    )
    return (Say("map-chosen-head"), *lines)


def then_and_now(file: LearnerFile, s: Surroundings, on: date) -> tuple[Words, ...]:
    """Return the rows of the first map beside this one's, in words; nothing where there is only one."""
    first = min(done_dates(file), default=on)
    if first >= on:
        return ()
    lines = tuple(Line(Plain(day_words(day)), Plain(_row_names(file, s, day))) for day in (first, on))
    return (Say("map-then-and-now"), *lines)


def _row_names(file: LearnerFile, s: Surroundings, on: date) -> str:
    names = [s.words(f"map-row-{driver.value}") for driver in result_of(file, on).shown]
    return ", ".join(names) or s.words("map-row-none")
