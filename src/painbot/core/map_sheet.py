"""A pain map as a sheet to keep: headings and lines of words, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from painbot.core.decisions import LearnerFile
from painbot.core.levers import chosen_levers
from painbot.core.map_answers import done_dates, result_of
from painbot.core.outgoing import Line, Plain, Say, Words
from painbot.core.pain_map import PainMap

RECIPE: Final = "map"
"""What the file recipe of the sheet is called."""


@dataclass(frozen=True)
class Section:
    """A heading and the lines under it; the words of one line are joined by commas."""

    head: Words
    lines: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True)
class MapSheet:
    """The words of a map in the order they stand; `note` stands at the top and at the bottom."""

    on: date
    title: Words
    note: Words
    sections: tuple[Section, ...]


def sheet_of(file: LearnerFile, as_of: datetime) -> MapSheet | None:
    """Return the sheet of the last map completed by this instant, or nothing where there is none."""
    done = [on for on in done_dates(file) if on <= file.today(as_of)]
    if not done:
        return None
    on = done[-1]
    shown = result_of(file, on)
    sections = (*_rows(shown), _chosen(file), _then_and_now(file, done))
    return MapSheet(
        on,
        Say("map-sheet-title", {"date": day_words(on)}),
        Say("map-not-diagnosis"),
        tuple(section for section in sections if section.lines),
    )


def day_words(on: date) -> str:
    """Return a date as people say it, without the year."""
    return f"{on.day} {on:%B}"


def _rows(shown: PainMap) -> tuple[Section, ...]:
    levers = [(Say(f"map-shows-{driver.value}"),) for driver in shown.levers]
    also = [(Say("map-shows-spread"),)] if shown.spread else []
    nothing = [] if shown.shown else [(Say("map-shows-nothing"),)]
    return (
        Section(
            Say("map-clinician-head"),
            tuple((Say(f"map-clinician-{driver.value}"),) for driver in shown.clinician),
        ),
        Section(Say("map-sheet-levers"), (*levers, *also, *nothing)),
        Section(Say("map-sheet-unsure"), tuple((Say(f"label-map-{name}"),) for name in shown.unsure)),
    )


def _chosen(file: LearnerFile) -> Section:
    chosen = chosen_levers(file)
    return Section(Say("map-chosen-head"), tuple((Say(f"lever-{lever.value}"),) for lever in chosen))


def _then_and_now(file: LearnerFile, done: list[date]) -> Section:
    """Return the first map's rows beside the last one's; no lines where there is only one."""
    days = (done[0], done[-1]) if len(done) > 1 else ()
    lines: list[tuple[Words, ...]] = []
    for on in days:
        names = [Say(f"map-row-{driver.value}") for driver in result_of(file, on).shown]
        first, *rest = names or [Say("map-row-none")]
        lines.append((Line(Plain(day_words(on)), first), *rest))
    return Section(Say("map-then-and-now"), tuple(lines))
