"""Reads where somebody lives, to know their clock: a city, a country, a zone's name, an offset."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from math import log10
from typing import Final

from painbot.understanding.offsets import NamedZone, zones_by_letters, zones_by_offset
from painbot.understanding.place_index import PlaceIndex, Record, place_index
from painbot.understanding.reading import plain, word_set
from painbot.understanding.yes_no import read_yes_no
from painbot.understanding.zones import country_of, same_clock, zone_exists, zone_names, zone_spelled

MOST_CANDIDATES: Final = 6
"""As many as fit as buttons under one question."""

SMALL_NAMESAKE: Final = 0.01
"""A city with less than this share of its largest namesake's people has to be asked for in full."""

_LEAD_IN: Final = re.compile(
    r"(?:(?:well|hi|hello|oh) )?"
    r"(?:(?:i|we) (?:live|am living|are living|am|are) (?:in|from|near)|im (?:living )?(?:in|from|near)|"
    r"my (?:city|town|country|time ?zone|home) is|it is|its|in|near|around|close to|from) (?:the )?|"
    r"the "
)
_TAIL: Final = re.compile(r" (?:time ?zone|standard time|daylight time|local time|time|city|town|now|please)")
_LONGEST: Final = 100
_WORTH_NAMING: Final = 0.05

_SHARED_NAMES: Final = {"congo": ("brazzaville", "kinshasa")}
"""Names that two countries go by, and a place in each to choose between them."""

_NO_TYPOS: Final = word_set("""
    skip back stop here there later pain home house work bed room start help next pass wait what where when
    none never nowhere wrong forgot sorry hello thanks pause resume today tomorrow delete cancel again
    person private secret town city country place time zone please nothing idea know myself sure
""")
"""Plain words that are no misspelt names: "back" is not Baku."""


@dataclass(frozen=True, slots=True)
class Place:
    """A zone somebody may have meant, with words to show; `country` is two letters or None."""

    zone: str
    label: str
    country: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """The places that a typed text may mean, likeliest first.

    None: ask again. Several: ask which. `confirm` is True where even a single one is a guess (a typo, an
    offset that will not follow summer time).
    """

    candidates: tuple[Place, ...]
    confirm: bool
    heard: str

    @property
    def value(self) -> Place | None:
        """The one place meant, or None where there is none or a choice."""
        return self.candidates[0] if len(self.candidates) == 1 else None


def read_place(text: str) -> PlaceReading:
    """Read a place: "Köln", "Paris, Texas", "Brasil", "America/New_York", "UTC+5:30", "CST"."""
    heard = text.strip()
    # "No" is a town in Japan, but never what "no" means here.
    if not heard or len(heard) > _LONGEST or read_yes_no(heard).value:
        return PlaceReading((), confirm=False, heard=heard[:_LONGEST])
    if named := zones_by_offset(heard):
        return _named(named, heard)
    if "/" in heard and (zone := zone_spelled(heard)):
        return PlaceReading((_place_of_zone(zone),), confirm=False, heard=heard)
    parts = [part for part in (plain(part) for part in re.split(r"[,;،、(\n]", heard)) if part]
    if not parts:
        return PlaceReading((), confirm=False, heard=heard)
    forms = list(_forms(parts))
    for form in forms:
        if len(form) == 1 and (named := zones_by_letters(form[0])):
            return _named(named, heard)
        if found := _exact(form):
            return PlaceReading(found, confirm=False, heard=heard)
    for guessed in (_ignoring_unknown_parts, _misspelt, _region_alone):
        for form in forms:
            if found := guessed(form):
                return PlaceReading(found, confirm=True, heard=heard)
    return PlaceReading((), confirm=False, heard=heard)


def _named(named: Iterable[NamedZone], heard: str) -> PlaceReading:
    places = tuple(Place(each.zone, each.label, each.country) for each in named)
    return PlaceReading(places, confirm=True, heard=heard)


def _place_of_zone(zone: str) -> Place:
    country = country_of(zone)
    title = place_index().countries.get(country or "")
    return Place(zone, f"{_zone_city(zone)}, {title}" if title else zone, country)


def _zone_city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def _forms(parts: list[str]) -> Iterator[list[str]]:
    """Yield a place's parts as typed, then without the words that people put around a name."""
    yield parts
    bare = list(parts)
    bare[0] = bare[0][match.end() :] if (match := _LEAD_IN.match(bare[0])) else bare[0]
    if bare != parts:
        yield list(bare)
    ends = [match.start() for match in _TAIL.finditer(bare[-1]) if match.end() == len(bare[-1])]
    if ends and ends[0]:
        bare[-1] = bare[-1][: ends[0]]
        yield bare


def _exact(parts: list[str]) -> tuple[Place, ...]:
    """Return the places of exactly this name."""
    index = place_index()
    if shared := _SHARED_NAMES.get(" ".join(parts)):
        return tuple(_candidates(index, index.find(name), name)[0] for name in shared)
    if len(parts) > 1:
        return _narrowed(index, parts[0], parts[1:])
    if records := index.find(parts[0]):
        return _candidates(index, records, parts[0])
    words = parts[0].split()
    # "Paris Texas", "san jose costa rica": the last words may say which one.
    for cut in range(len(words) - 1, max(len(words) - 5, 0), -1):
        if narrowed := _narrowed(index, " ".join(words[:cut]), [" ".join(words[cut:])]):
            return narrowed
    zone = _zones_by_city().get(parts[0].removesuffix(" island").removesuffix(" islands"))
    return (_place_of_zone(zone),) if zone else ()


@cache
def _zones_by_city() -> dict[str, str]:
    """Return zones by the place they are named for: islands and stations that no list of cities has."""
    return {plain(_zone_city(zone)): zone for zone in sorted(zone_names()) if country_of(zone)}


def _ignoring_unknown_parts(parts: list[str]) -> tuple[Place, ...]:
    """Return "Leeds" for "Leeds, Yorkshire": the name is known, what narrows it is not."""
    index = place_index()
    known = [part for part in parts[1:] if _regions(index, part)]
    if len(parts) == 1 or len(known) == len(parts) - 1:
        return ()
    return _narrowed(index, parts[0], known)


def _region_alone(parts: list[str]) -> tuple[Place, ...]:
    """Return "Kansas" for "Smallville, Kansas": the place is not known, its state is."""
    index = place_index()
    regions = [record for part in parts[1:] for record in _regions(index, part)]
    smallest = [region for region in regions if region.division] or regions
    return _candidates(index, smallest)


def _narrowed(index: PlaceIndex, name: str, within: list[str]) -> tuple[Place, ...]:
    """Return the places of this name inside every region of `within`."""
    records = index.find(name)
    for part in within:
        regions = _regions(index, part)
        records = tuple(record for record in records if any(_inside(record, region) for region in regions))
    return _candidates(index, records, name, pruned=bool(not within))


def _regions(index: PlaceIndex, name: str) -> list[Record]:
    found = (*index.find(name), *index.find(f"?{name}"), *index.find(f"?{name.replace(' ', '')}"))
    return [record for record in found if record.region]


def _inside(record: Record, region: Record) -> bool:
    return record.country == region.country and region.division in ("", record.division)


def _misspelt(parts: list[str]) -> tuple[Place, ...]:
    """Return the places whose names are nearest to a misspelt one, best first."""
    index = place_index()
    name = parts[0]
    if len(name) < 4 or not _NO_TYPOS.isdisjoint(name.split()):
        return ()
    regions = [record for part in parts[1:] for record in _regions(index, part)]
    ranked: list[tuple[float, tuple[Record, ...]]] = []
    for near, likeness in index.near(name):
        records = index.find(near)
        if regions:
            records = tuple(each for each in records if any(_inside(each, region) for region in regions))
        if records:
            # Between two names one letter away, people far more often mean the larger place.
            fame = log10(max(record.people for record in records) + 1)
            ranked.append((likeness + 0.04 * fame, records))
    ranked.sort(key=lambda pair: -pair[0])
    if not ranked:
        return ()
    best = ranked[0][0]
    close = [record for score, records in ranked if score >= best - 0.05 for record in records]
    return _candidates(index, close)[:3]


def _candidates(
    index: PlaceIndex, records: Iterable[Record], name: str = "", *, pruned: bool = True
) -> tuple[Place, ...]:
    """Return one place for each different clock and country among the records, likeliest first.

    `name` is what was typed: a place of that very name comes before one that merely is also called so.
    """
    weighed = [
        # A region's later zones have ever fewer people; how many is not kept.
        (record.people * 0.2**rank * _likelihood(record, name), record, zone)
        for record in dict.fromkeys(records)
        for rank, zone in enumerate(record.zones)
        if zone_exists(zone)
    ]
    weighed.sort(key=lambda entry: -entry[0])
    most = max((record.people for _, record, _ in weighed), default=0)
    groups: dict[tuple[object, str], list[tuple[float, Record, str]]] = {}
    for weight, record, zone in weighed:
        if pruned and not record.region and weight < most * SMALL_NAMESAKE:
            continue
        groups.setdefault((same_clock(zone), record.country), []).append((weight, record, zone))
    places = [_place(index, group) for group in groups.values()][:MOST_CANDIDATES]
    labels = [place.label for place in places]
    return tuple(
        Place(place.zone, f"{place.label} ({_zone_city(place.zone)} time)", place.country)
        if labels.count(place.label) > 1
        else place
        for place in places
    )


def _likelihood(record: Record, name: str) -> float:
    if record.region:
        return 10
    return 1 if not name or _saint(plain(record.name)) == _saint(name) else 0.1


def _saint(name: str) -> str:
    return f"saint {name[3:]}" if name.startswith("st ") else name


def _place(index: PlaceIndex, group: list[tuple[float, Record, str]]) -> Place:
    most, record, zone = group[0]
    country = index.countries[record.country]
    # Namesakes in several states under one clock: naming one state would puzzle the people of the others.
    shared = len({each.division for weight, each, _ in group if weight >= most * _WORTH_NAMING}) > 1
    division = "" if shared else index.division(record.country, record.division)
    if record.region:
        label = f"{record.name}, {country}" if record.division else country
    else:
        label = ", ".join(part for part in (record.name, division, country) if part)
    return Place(zone, label, record.country)
