"""Which time zones there are, whose they are, and which one a point on the map is in.

Names come from the pinned tzdata package once `use_packaged_tzdata` was called.
"""

import zoneinfo
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from math import isfinite
from zoneinfo import ZoneInfo

import tzfpy


def use_packaged_tzdata() -> None:
    """Make this process read time zones from the tzdata package and not from the system.

    Call it once at start, before any zone is made: two machines then agree on every due time.
    """
    zoneinfo.reset_tzpath(to=[])
    ZoneInfo.clear_cache()
    for remembered in (zone_names, _by_lower_case, _countries_of_zones, same_clock):
        remembered.cache_clear()


@cache
def zone_names() -> frozenset[str]:
    """Return the name of every known time zone."""
    # "Factory" means "nobody has set this machine's zone" and shows UTC.
    return frozenset(zoneinfo.available_timezones()) - {"Factory"}


@cache
def _by_lower_case() -> dict[str, str]:
    return {name.lower(): name for name in zone_names()}


def zone_exists(name: str) -> bool:
    """Say whether this is exactly the name of a known zone, such as "Asia/Kolkata"."""
    return name in zone_names()


def zone_spelled(text: str) -> str | None:
    """Return the zone whose name this is, however its capitals and blanks are typed."""
    return _by_lower_case().get("_".join(text.lower().replace("_", " ").split()))


def zone_at(latitude: float, longitude: float) -> str | None:
    """Return the zone of a point on the map, in degrees, or None where it is none of ours.

    The first call loads the borders, about 30 MB.
    """
    if not (isfinite(latitude) and isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180):
        return None
    name = str(tzfpy.get_tz(longitude, latitude))
    return name if zone_exists(name) else None


def country_of(zone: str) -> str | None:
    """Return the two-letter country that a zone is named for, or None (UTC, a fixed offset)."""
    return _countries_of_zones().get(zone)


@cache
def _countries_of_zones() -> dict[str, str]:
    folder = files("tzdata") / "zoneinfo"
    countries = {}
    for line in (folder / "zone.tab").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            code, _, zone, *_ = line.split("\t")
            countries[zone] = code
    # Old names, such as Asia/Calcutta, are links to the new ones.
    for line in (folder / "tzdata.zi").read_text("utf-8").splitlines():
        if line.startswith("L "):
            _, target, old = line.split()
            if target in countries:
                countries.setdefault(old, countries[target])
    return countries


@cache
def same_clock(zone: str) -> tuple[timedelta | None, ...]:
    """Return what tells a zone's clock from others: equal for zones that agree through two years."""
    begin = datetime(2026, 7, 1, tzinfo=UTC)
    place = ZoneInfo(zone)
    return tuple((begin + timedelta(days=5 * step)).astimezone(place).utcoffset() for step in range(146))
