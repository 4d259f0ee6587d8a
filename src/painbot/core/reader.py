"""What decisions need to understand typed answers; the understanding room fits it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Protocol, TypeVar

T_co = TypeVar("T_co", covariant=True)


class Reading(Protocol[T_co]):
    """What was understood. No value: ask again. `confirm`: show it and wait for a yes."""

    @property
    def value(self) -> T_co | None:
        """The understood value, if any."""
        ...

    @property
    def confirm(self) -> bool:
        """True when it is a guess that must be shown before it is stored."""
        ...


class Place(Protocol):
    """A place and the zone its clocks follow."""

    @property
    def zone(self) -> str:
        """IANA name of the zone."""
        ...

    @property
    def label(self) -> str:
        """The place as people call it, such as "Leeds, United Kingdom"."""
        ...

    @property
    def country(self) -> str | None:
        """ISO 3166 two-letter code, if known."""
        ...


class PlaceReading(Protocol):
    """The places a text may mean: none (ask again), one, or several to choose from."""

    @property
    def candidates(self) -> tuple[Place, ...]:
        """Best first; each leads to another zone or country."""
        ...


class Reader(Protocol):
    """Reads what people type where a button was expected."""

    def read_scale(self, text: str, low: int = 0, high: int = 10) -> Reading[int]:
        """Read a whole number on a scale."""
        ...

    def read_choice(self, text: str, options: Mapping[str, str]) -> Reading[str]:
        """Read one of several options, given as id -> label; the value is an id."""
        ...

    def read_time(self, text: str, first_hour: int = 6) -> Reading[time]:
        """Read a wall time; one that could be twelve hours later is taken from `first_hour` on."""
        ...

    def read_span(self, text: str) -> Reading[tuple[time, time]]:
        """Read a span of the day, which may pass midnight."""
        ...

    def read_minutes(self, text: str, most: int = 240) -> Reading[int]:
        """Read a number of minutes."""
        ...

    def read_hours_asleep(self, text: str) -> Reading[int]:
        """Read how long somebody slept, in minutes."""
        ...

    def read_place(self, text: str) -> PlaceReading:
        """Read a city, country, zone name or offset."""
        ...

    def read_days(self, text: str) -> Reading[int]:
        """Read a number of days."""
        ...

    def read_skip(self, text: str) -> bool:
        """Say whether somebody would rather not answer."""
        ...

    def read_back(self, text: str) -> bool:
        """Say whether somebody wants the question before."""
        ...

    def read_plain_no(self, text: str) -> bool:
        """Say whether a text is a no and nothing else, where much hangs on it."""
        ...

    def read_open_end(self, text: str) -> bool:
        """Say whether somebody wants a rest without an end."""
        ...

    def zone_at(self, latitude: float, longitude: float) -> str | None:
        """Return the IANA zone of a shared location."""
        ...
