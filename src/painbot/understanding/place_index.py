"""The index of place names that painbot ships, kept as one run of bytes.

170,000 places under 400,000 names as Python objects would cost hundreds of megabytes; as bytes they cost
about 13 MB, and a name is found by halving. The unpacked file is UTF-8 text: comment lines, one line of
JSON, then three parts whose lengths in bytes the JSON gives:

- names: sorted lines "name TAB offset offset ...", the hexadecimal offsets of lines in the next part,
  regions first, then most people first. A name that starts with "?" only narrows another ("Paris, FR").
- places: lines "c or r TAB name TAB country TAB division TAB zone numbers TAB people". A region (r: a
  country or one of its divisions) has a zone for each different clock in it, most people first.
- common: sorted names of larger places, for finding typos.
"""

import json
import zlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

_DATA: Final = "data/places.txt.gz"
_GZIP: Final = 31
"""zlib's word for "with a gzip header"."""

_ALIKE: Final = 0.75
_LONG: Final = 9
_ALIKE_LONG: Final = 0.7
"""How alike a misspelt name must be, from 0 to 1; a long one may have more wrong letters."""

_UNPACKED_BYTES: Final = 14_000_000
"""A first guess that is large enough, so that unpacking never copies the buffer while it grows."""


@dataclass(frozen=True, slots=True)
class Record:
    """A city, or a region with its zones, most people first. `division` is a GeoNames code or empty."""

    region: bool
    name: str
    country: str
    division: str
    zones: tuple[str, ...]
    people: int


class PlaceIndex:
    """Names to places. Names are given in their plain form."""

    def __init__(self, packed: bytes) -> None:
        """Unpack the index."""
        self._text = zlib.decompress(packed, wbits=_GZIP, bufsize=_UNPACKED_BYTES)
        at = 0
        while self._text[at : at + 1] == b"#":
            at = self._text.index(b"\n", at) + 1
        names_at = self._text.index(b"\n", at) + 1
        about = json.loads(self._text[at:names_at])
        self.zones: list[str] = about["zones"]
        self.countries: dict[str, str] = about["countries"]
        self._divisions: dict[str, dict[str, str]] = about["divisions"]
        places_at = names_at + about["bytes"]["names"]
        common_at = places_at + about["bytes"]["places"]
        self._names = (names_at, places_at)
        self._places_at = places_at
        self._common = (common_at, common_at + about["bytes"]["common"])

    def find(self, name: str) -> tuple[Record, ...]:
        """Return every place of exactly this name: regions first, then most people first."""
        wanted = name.encode()
        at = self._first_line(self._names, wanted)
        line = self._text[at : self._text.find(b"\n", at)] if at < self._names[1] else b""
        found, _, offsets = line.partition(b"\t")
        if found != wanted:
            return ()
        return tuple(self._record(int(offset, 16)) for offset in offsets.split())

    def near(self, name: str, most: int = 30) -> list[tuple[str, float]]:
        """Return the common names nearest to a misspelt one, best first, with likeness from 0 to 1.

        The first letter is taken as right: looking through one letter's names takes milliseconds.
        """
        initial = name[:1].encode()
        start = self._first_line(self._common, initial)
        # 0xFF is no byte of UTF-8, so it sorts after everything that starts with the letter.
        end = self._first_line(self._common, initial + b"\xff")
        names = self._text[start:end].decode().split("\n")
        cutoff = _ALIKE_LONG if len(name) >= _LONG else _ALIKE
        found = process.extract(
            name, names, scorer=OSA.normalized_similarity, score_cutoff=cutoff, limit=most
        )
        return [(near, likeness) for near, likeness, _ in found if near]

    def division(self, country: str, division: str) -> str:
        """Return the name of a state or province, or nothing where it is not known."""
        return self._divisions.get(country, {}).get(division, "")

    def _first_line(self, part: tuple[int, int], wanted: bytes) -> int:
        """Return where the first line whose name is not before `wanted` starts, or the part's end."""
        low, high = part
        while low < high:
            middle = (low + high) // 2
            start = self._text.rfind(b"\n", part[0] - 1, middle) + 1
            start = max(start, part[0])
            end = self._text.find(b"\n", start)
            if self._text[start:end].partition(b"\t")[0] < wanted:
                low = end + 1
            else:
                high = start
        return low

    def _record(self, offset: int) -> Record:
        start = self._places_at + offset
        line = self._text[start : self._text.find(b"\n", start)].decode()
        kind, name, country, division, zones, people = line.split("\t")
        return Record(
            region=kind == "r",
            name=name,
            country=country,
            division=division,
            zones=tuple(self.zones[int(number)] for number in zones.split(",")),
            people=int(people),
        )


@cache
def place_index() -> PlaceIndex:
    """Return the shipped index; the first call unpacks it, which takes about a tenth of a second."""
    return PlaceIndex(files(__package__).joinpath(_DATA).read_bytes())
