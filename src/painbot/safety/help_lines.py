"""Emergency numbers and help lines by country, with the rules about which may be shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

VERIFY_EVERY = timedelta(days=183)
"""A line checked longer ago than this counts as unverified."""

GENERIC_EMERGENCY = "your local emergency number"
GENERIC_NOTE = (
    "112 works in most of Europe and from many mobile phones, 911 in the US, Canada and Mexico, "
    "999 in the UK."
)

_NUMBER = re.compile(r"\+?\d(?:[ \-]?\d)*")


def digits_of(number: str) -> str:
    """Return the digits of a written number."""
    return re.sub(r"\D", "", number)


def numbers_in(text: str) -> list[str]:
    """Return the numbers written in a text, as written."""
    return _NUMBER.findall(text)


@dataclass(frozen=True)
class Line:
    """One line as listed: `hours` is None where they are unknown; `seen` says it was read in a source."""

    name: str
    number: str
    seen: bool
    other_ways: str | None = None
    hours: str | None = None
    verified_on: date | None = None


@dataclass(frozen=True)
class CountryLines:
    """What is listed for one country."""

    iso2: str
    name: str
    emergency: Line
    crisis_line: Line
    abuse_line: Line | None = None
    poisons_line: Line | None = None


@dataclass(frozen=True)
class ShownLine:
    """A line as a card may show it: in a sentence by `phrase`, in a list by `entry`.

    `number` is None where only the directory of helplines can be named.
    """

    phrase: str
    entry: str
    name: str
    number: str | None = None
    hours: str | None = None
    other_ways: str | None = None


@dataclass(frozen=True)
class LocalHelp:
    """The help a card shows in one country; every field is safe to show."""

    country: str | None
    emergency: str
    crisis_line: ShownLine
    abuse_line: ShownLine
    poisons_line: ShownLine | None
    directory: str
    """Where helplines of every country are listed."""
    emergency_note: str | None = None
    """Common emergency numbers, when the country is unknown."""


@dataclass(frozen=True)
class UnverifiedLine:
    """A line nobody has checked on its official site for half a year, or ever."""

    country: str
    kind: str
    name: str
    verified_on: date | None


@dataclass(frozen=True)
class HelpLines:
    """All listed lines; `retired` are digits of numbers that must never be shown."""

    countries: Mapping[str, CountryLines]
    retired: frozenset[str]
    directory: str

    def for_country(self, iso2: str | None) -> LocalHelp:
        """Return what may be shown in a country; an unknown one gives generic wording and the directory."""
        lines = self.countries.get(iso2.upper()) if iso2 else None
        if lines is None:
            return LocalHelp(
                country=None,
                emergency=GENERIC_EMERGENCY,
                crisis_line=self._directory("a crisis line in your country", None),
                abuse_line=self._directory("an abuse helpline in your country", None),
                poisons_line=None,
                directory=self.directory,
                emergency_note=GENERIC_NOTE,
            )
        emergency = lines.emergency.number if self._may_show(lines.emergency) else None
        return LocalHelp(
            country=lines.iso2,
            emergency=emergency or GENERIC_EMERGENCY,
            crisis_line=self._shown(lines.crisis_line, "a crisis line", emergency),
            abuse_line=self._shown(lines.abuse_line, "an abuse helpline", emergency),
            poisons_line=(
                self._shown(lines.poisons_line, "", emergency)
                if lines.poisons_line is not None and self._may_show(lines.poisons_line)
                else None
            ),
            directory=self.directory,
            emergency_note=None if emergency else GENERIC_NOTE,
        )

    def unverified(self, today: date) -> list[UnverifiedLine]:
        """Return the lines whose last check is missing or older than half a year, by country."""
        found: list[UnverifiedLine] = []
        for iso2, lines in sorted(self.countries.items()):
            for kind in ("emergency", "crisis_line", "abuse_line", "poisons_line"):
                line: Line | None = getattr(lines, kind)
                if line is None:
                    continue
                if line.verified_on is None or today - line.verified_on > VERIFY_EVERY:
                    found.append(UnverifiedLine(iso2, kind, line.name or line.number, line.verified_on))
        return found

    def _may_show(self, line: Line) -> bool:
        used = {digits_of(number) for number in numbers_in(f"{line.number}; {line.other_ways or ''}")}
        return line.seen and not used & self.retired

    def _shown(self, line: Line | None, kind: str, emergency: str | None) -> ShownLine:
        if line is None or not self._may_show(line):
            return self._directory(kind, emergency)
        hours = f"hours: {line.hours}" if line.hours else "opening hours not checked"
        ways = f"; {line.other_ways}" if line.other_ways else ""
        return ShownLine(
            phrase=f"{line.name} on {line.number} ({hours})",
            entry=f"{line.name}: {line.number} ({hours}{ways})",
            name=line.name,
            number=line.number,
            hours=line.hours,
            other_ways=line.other_ways,
        )

    def _directory(self, kind: str, emergency: str | None) -> ShownLine:
        """The stand-in for a line that cannot be shown: the emergency number and the directory."""
        listed = f"{kind} ({self.directory} lists them)"
        return ShownLine(
            phrase=listed,
            entry=f"{kind[0].upper()}{kind[1:]}: {self.directory}"
            + (f", or in danger {emergency}" if emergency else ""),
            name=self.directory,
            number=emergency,
        )
