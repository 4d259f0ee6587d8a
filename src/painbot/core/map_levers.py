"""Choosing what to work on after a pain map: up to three levers, the first one first."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from painbot.core import map_result
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.gates import Gate, held
from painbot.core.ids import MessageId
from painbot.core.levers import CHOSEN, chosen_levers
from painbot.core.map_answers import done_dates, result_of
from painbot.core.map_questions import left
from painbot.core.map_result import PICK
from painbot.core.outgoing import Action, Button, Marked, Row, Say, Words
from painbot.core.own_lines import with_answer
from painbot.core.pain_map import LEVERS, VERB
from painbot.core.parts import Lever
from painbot.core.replies import at_state, button, reply

PICKING: Final = "map/levers"
MOST_LEVERS: Final = 3
NO_LEVER: Final = "none"
ALL: Final = "all"


def pressed(file: LearnerFile, s: Surroundings, name: str, every: bool, edits: MessageId | None) -> Decision:
    """Answer a press on a lever's button, or on the ways on from the list."""
    on = done_dates(file)[-1]
    match name:
        case "open" | "more":
            return picking(file, edits=edits, every=name == "more")
        case "none":
            file = left(with_answer(file, CHOSEN, "levers", NO_LEVER, s))
            return Decision(file, (map_result.view(file, s, on, Say("map-no-lever-kept"), edits=edits),))
        case "done":
            return Decision(left(file), (map_result.view(file, s, on, Say("map-levers-kept"), edits=edits),))
        case "back":
            return Decision(left(file), (map_result.view(file, s, on, edits=edits),))
    lever = next((each for each in offered_levers(file, True) if each.value == name), None)
    if lever is None:
        return picking(file, edits=edits, every=every)
    return _picked_now(file, s, lever, every, edits)


def _picked_now(
    file: LearnerFile, s: Surroundings, lever: Lever, every: bool, edits: MessageId | None
) -> Decision:
    with_lever = picked(file, lever, s)
    if with_lever is None:
        return Decision(file, toast="map-three")
    return picking(with_lever, edits=edits, every=every)


def typed(file: LearnerFile, text: str, s: Surroundings) -> Decision:
    """Take typed words as a lever, or as the way on."""
    every = ALL in file.dialogue.data
    if s.read.read_back(text):
        return pressed(file, s, "back", every, None)
    if s.read.read_skip(text):
        return pressed(file, s, "done", every, None)
    levers = {lever.value: lever for lever in offered_levers(file, every)}
    labels = {name: s.words(f"lever-{name}") for name in levers}
    said = s.read.read_choice(text, {**labels, "done": s.words("form-done"), "none": s.words("map-no-lever")})
    if said.value in ("done", "none") and not said.confirm:
        return pressed(file, s, said.value, every, None)
    if said.value in levers and not said.confirm:
        with_lever = picked(file, levers[said.value], s)
        if with_lever is not None:
            return picking(with_lever, every=every)
        return picking(file, Say("map-three"), every=every)
    return picking(file, Say("form-hint-choice"), every=every)


def picking(
    file: LearnerFile,
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
