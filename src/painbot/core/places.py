"""Finding a person's clock and country: what was understood is shown with its local time, then chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.outgoing import Action, Button, Plain, Row, Say, Words
from painbot.core.reader import Place
from painbot.core.replies import button, reply

MOST_PLACES = 6
"""As many as fit as buttons under one question."""

BIG_PLACES = (
    "London",
    "Paris",
    "Athens",
    "New York City",
    "Chicago",
    "Los Angeles",
    "São Paulo",
    "Lagos",
    "Nairobi",
    "Johannesburg",
    "Mumbai",
    "Sydney",
)
"""Offered for picking to somebody whose place was not understood: one for many of the world's clocks."""


@dataclass(frozen=True)
class ZoneAlone:
    """A place of which nothing but the zone is known."""

    zone: str
    label: str
    country: str | None = None


def place_of_zone(zone: str, s: Surroundings) -> Place:
    """Return the place that a zone's name stands for."""
    return next(iter(s.read.read_place(zone).candidates), ZoneAlone(zone, zone))


def on_land(zone: str | None) -> bool:
    """Say whether a shared location's zone is that of a place; the open sea has bare offsets."""
    return zone is not None and not zone.startswith("Etc/")


def offer_places(file: LearnerFile, s: Surroundings, candidates: Sequence[Place], verb: str) -> Decision:
    """Show what was understood, with the local time there, and wait for a yes.

    Each button carries its own zone and country, so that an older offer still means what it says.
    """
    offered = candidates[:MOST_PLACES]
    if len(offered) == 1:
        place = offered[0]
        parts: tuple[Words, ...] = (Say("place-guess", {"place": place.label, "time": _clock(place, s)}),)
        rows: tuple[Row, ...] = (
            (Button(Say("yes"), _choose(verb, place)), button("place-no", verb, "place", "again")),
        )
        return Decision(file, (reply(parts, rows),))
    rows = tuple(
        (Button(Plain(f"{place.label}, {_clock(place, s)}"), _choose(verb, place)),) for place in offered
    )
    none: Row = (button("place-other", verb, "place", "again"),)
    return Decision(file, (reply((Say("place-which"),), (*rows, none)),))


def _clock(place: Place, s: Surroundings) -> str:
    return f"{s.now.astimezone(ZoneInfo(place.zone)):%H:%M}"


def _choose(verb: str, place: Place) -> Action:
    return Action(verb, ("place", place.zone, place.country or ""))


def chosen_place(action: Action) -> tuple[str, str | None] | None:
    """Return (zone, country) behind a place button, or nothing where it names none."""
    _, zone, country = (*action.args, "", "", "")[:3]
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return None
    if country and not (len(country) == 2 and country.isascii() and country.isalpha() and country.isupper()):
        return None
    return zone, country or None


def pick_rows(verb: str) -> tuple[Row, ...]:
    """Return big places to pick from, three to a row; the one nearest in time will do."""
    buttons = tuple(
        Button(Plain(name), Action(verb, ("place", f"pick-{number}")))
        for number, name in enumerate(BIG_PLACES)
    )
    return tuple(buttons[at : at + 3] for at in range(0, len(buttons), 3))


def picked_place(value: str) -> str | None:
    """Return the name behind a picked button."""
    number = value.removeprefix("pick-")
    if value == number or not number.isdecimal() or int(number) >= len(BIG_PLACES):
        return None
    return BIG_PLACES[int(number)]
