"""Which time zones there are: those of the pinned tzdata package, before the system's."""

import zoneinfo
from functools import cache
from zoneinfo import ZoneInfo


def use_packaged_tzdata() -> None:
    """Make this process read time zones from the tzdata package and not from the system.

    Call it once at start, before any zone is made: two machines then agree on every due time.
    """
    zoneinfo.reset_tzpath(to=[])
    ZoneInfo.clear_cache()
    zone_names.cache_clear()
    _by_lower_case.cache_clear()


@cache
def zone_names() -> frozenset[str]:
    """Return the name of every known time zone."""
    return frozenset(zoneinfo.available_timezones())


@cache
def _by_lower_case() -> dict[str, str]:
    return {name.lower(): name for name in zone_names()}


def zone_exists(name: str) -> bool:
    """Say whether this is exactly the name of a known zone, such as "Asia/Kolkata"."""
    return name in zone_names()


def zone_spelled(text: str) -> str | None:
    """Return the zone whose name this is, however its capitals and blanks are typed."""
    return _by_lower_case().get("_".join(text.lower().split()))
