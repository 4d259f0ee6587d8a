"""What a pain map says: for a clinician first, then what to work on, in the learner's own answers.

No totals, no order by how much, no kind of pain. Said at the top and at the bottom: not a diagnosis.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from painbot.core import clinician_questions, looking_up
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.forms import CHANGE
from painbot.core.gates import Gate, held
from painbot.core.ids import MessageId
from painbot.core.levers import CHOSEN, chosen_levers
from painbot.core.map_answers import done_dates, form_id, result_of, said_lines
from painbot.core.outgoing import Action, Button, Line, Marked, Outgoing, Plain, Row, Say, Words
from painbot.core.own_lines import with_answer
from painbot.core.pain_map import EVIDENCE, LEVERS, VERB, PainMap
from painbot.core.parts import Lever
from painbot.core.replies import at_state, button, reply

PICKING: Final = "map/levers"
PICK: Final = "lv"
MOST_LEVERS: Final = 3
NO_LEVER: Final = "none"
ALL: Final = "all"


def view(
    file: LearnerFile, s: Surroundings, on: date, *before: Words, edits: MessageId | None = None
) -> Outgoing:
    """Return the completed map begun on this day, with what can be done with it."""
    shown = result_of(file, on)
    parts = (
        *before,
        Say("map-result", {"date": _day(on)}),
        Say("map-not-diagnosis"),
        *result_words(file, shown, on),
        *_chosen_words(file),
        *then_and_now(file, s, on),
        Say("map-not-diagnosis"),
    )
    rows: list[Row] = [(button("map-choose", VERB, PICK, "open"),)]
    rows.append((button("clinician-open", clinician_questions.VERB),))
    rows.append(_about_row(s))
    if on == file.today(s.now):
        rows.append((Button(Say("form-change-one"), Action(CHANGE, (form_id(on),))),))
    else:
        rows.append((button("map-new", VERB, "new"),))
    rows.append((button("urgent-open", "u"),))
    return replace(reply(parts, tuple(row for row in rows if row)), edits=edits)


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
    lines = tuple(Line(Plain(_day(day)), Plain(_row_names(file, s, day))) for day in (first, on))
    return (Say("map-then-and-now"), *lines)


def _row_names(file: LearnerFile, s: Surroundings, on: date) -> str:
    names = [s.words(f"map-row-{driver.value}") for driver in result_of(file, on).shown]
    return ", ".join(names) or s.words("map-row-none")


def _day(on: date) -> str:
    return f"{on.day} {on:%B}"


# -- choosing levers


def picking(
    file: LearnerFile,
    s: Surroundings,
    *before: Words,
    edits: MessageId | None = None,
    every: bool = False,
) -> Decision:
    """Show the levers to choose from: those the map shows, or all of them."""
    offered = offered_levers(file, every)
    every = every or not any(lever in _shown_levers(file) for lever in offered)
    chosen = chosen_levers(file)
    mode = (ALL,) if every else ()
    levers = tuple(
        Button(Marked(Say(f"lever-{lever.value}"), lever in chosen), Action(VERB, (PICK, lever.value, *mode)))
        for lever in offered
    )
    more: Row = () if every else (button("map-more-levers", VERB, PICK, "more"),)
    done: Row = (
        button("form-done", VERB, PICK, "done") if chosen else button("map-no-lever", VERB, PICK, NO_LEVER),
        button("back", VERB, PICK, "back"),
    )
    rows = (*((each,) for each in levers), more, done)
    shown = reply((*before, Say("map-pick")), tuple(row for row in rows if row))
    state = at_state(file, PICKING, **({ALL: "yes"} if every else {}))
    return Decision(state, (replace(shown, edits=edits),))


def offered_levers(file: LearnerFile, every: bool) -> tuple[Lever, ...]:
    """Return the levers to choose from; without `every` those the map shows and those already chosen.

    The past is offered only to whoever asked for it, and eating never where its gate counts as yes.
    """
    shown = _shown_levers(file)
    chosen = chosen_levers(file)
    unasked = {Lever.PAST} if Gate.EATING not in held(file.answers) else {Lever.PAST, Lever.EATING}
    wanted = [lever for lever in Lever if lever in shown or lever in chosen]
    if every or not wanted:
        return tuple(lever for lever in Lever if lever in wanted or lever not in unasked)
    return tuple(wanted)


def _shown_levers(file: LearnerFile) -> tuple[Lever, ...]:
    last = max(done_dates(file), default=None)
    return () if last is None else tuple(LEVERS[driver] for driver in result_of(file, last).levers)


def picked(file: LearnerFile, lever: Lever, s: Surroundings) -> LearnerFile | None:
    """Return the file with a lever chosen or let go; nothing where three are chosen already."""
    chosen = chosen_levers(file)
    if lever in chosen:
        chosen = tuple(each for each in chosen if each is not lever)
    elif len(chosen) >= MOST_LEVERS:
        return None
    else:
        chosen = (*chosen, lever)
    value = ",".join(each.value for each in chosen) or NO_LEVER
    return with_answer(file, CHOSEN, "levers", value, s)
