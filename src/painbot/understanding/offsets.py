"""Zones named by their distance from UTC ("UTC+5:30") or by letters ("CST")."""

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class NamedZone:
    """A zone that a short name may mean. `country` is None where it names no single one."""

    zone: str
    label: str
    country: str | None = None


_OFFSET: Final = re.compile(
    r"(?:utc|gmt|z)?\s*([+\-−–])\s*(\d{1,2})(?:\s*(?::|h)?\s*([0-5]\d)|([.,](?:5|50|25|75)))?\s*(?:h|hours?)?"
)
_PARTS: Final = {"5": 30, "50": 30, "25": 15, "75": 45}

# Offsets that are no whole hour exist only where somebody lives by them. Where the clock there changes
# in summer, the label says so.
_PART_HOURS: Final = {
    (1, 3, 30): (NamedZone("Asia/Tehran", "UTC+3:30, as in Iran"),),
    (1, 4, 30): (NamedZone("Asia/Kabul", "UTC+4:30, as in Afghanistan"),),
    (1, 5, 30): (NamedZone("Asia/Kolkata", "UTC+5:30, as in India"),),
    (1, 5, 45): (NamedZone("Asia/Kathmandu", "UTC+5:45, as in Nepal"),),
    (1, 6, 30): (NamedZone("Asia/Yangon", "UTC+6:30, as in Myanmar"),),
    (1, 8, 45): (NamedZone("Australia/Eucla", "UTC+8:45, as in Eucla, Australia"),),
    (1, 9, 30): (
        NamedZone("Australia/Adelaide", "South Australia (changes in summer)"),
        NamedZone("Australia/Darwin", "UTC+9:30 all year, as in the Northern Territory"),
    ),
    (1, 10, 30): (
        NamedZone("Australia/Adelaide", "South Australia (in summer)"),
        NamedZone("Australia/Lord_Howe", "Lord Howe Island (changes in summer)"),
    ),
    (1, 12, 45): (NamedZone("Pacific/Chatham", "Chatham Islands (changes in summer)"),),
    (1, 13, 45): (NamedZone("Pacific/Chatham", "Chatham Islands (in summer)"),),
    (-1, 2, 30): (NamedZone("America/St_Johns", "Newfoundland (in summer)"),),
    (-1, 3, 30): (NamedZone("America/St_Johns", "Newfoundland (changes in summer)"),),
    (-1, 9, 30): (NamedZone("Pacific/Marquesas", "UTC-9:30, as in the Marquesas Islands"),),
}

_PACIFIC: Final = (NamedZone("America/Los_Angeles", "Pacific time, North America"),)
_EASTERN: Final = NamedZone("America/New_York", "Eastern time, North America")
_CENTRAL: Final = NamedZone("America/Chicago", "Central time, North America")
_MOUNTAIN: Final = (
    NamedZone("America/Denver", "Mountain time, North America"),
    NamedZone("America/Phoenix", "Mountain time all year, Arizona", "US"),
)
_CENTRAL_EUROPE: Final = (NamedZone("Europe/Berlin", "Central European time"),)
_EASTERN_EUROPE: Final = (
    NamedZone("Europe/Athens", "Eastern European time"),
    NamedZone("Africa/Cairo", "Egypt", "EG"),
)
_WESTERN_EUROPE: Final = (NamedZone("Europe/Lisbon", "Western European time"),)
_SYDNEY: Final = NamedZone("Australia/Sydney", "Sydney and Melbourne (changes in summer)", "AU")
_ADELAIDE: Final = NamedZone("Australia/Adelaide", "Adelaide (changes in summer)", "AU")
_NEW_ZEALAND: Final = (NamedZone("Pacific/Auckland", "New Zealand", "NZ"),)

_LETTERS: Final[dict[str, tuple[NamedZone, ...]]] = {
    "utc": (NamedZone("Etc/UTC", "UTC all year"),),
    "gmt": (
        NamedZone("Europe/London", "United Kingdom (changes in summer)", "GB"),
        NamedZone("Etc/GMT", "GMT all year"),
    ),
    "pst": _PACIFIC,
    "pdt": _PACIFIC,
    "pt": _PACIFIC,
    "pacific": _PACIFIC,
    "mst": _MOUNTAIN,
    "mdt": _MOUNTAIN[:1],
    "mt": _MOUNTAIN,
    "mountain": _MOUNTAIN,
    "cst": (
        _CENTRAL,
        NamedZone("America/Mexico_City", "Central Mexico", "MX"),
        NamedZone("Asia/Shanghai", "China", "CN"),
        NamedZone("America/Havana", "Cuba", "CU"),
    ),
    "cdt": (_CENTRAL, NamedZone("America/Havana", "Cuba", "CU")),
    "ct": (_CENTRAL,),
    "central": (_CENTRAL,),
    "est": (_EASTERN, NamedZone("America/Panama", "Eastern time all year, Panama", "PA")),
    "edt": (_EASTERN,),
    "et": (_EASTERN,),
    "eastern": (_EASTERN,),
    "ast": (
        NamedZone("America/Halifax", "Atlantic time, Canada"),
        NamedZone("America/Puerto_Rico", "Atlantic time all year, Puerto Rico", "PR"),
        NamedZone("Asia/Riyadh", "Arabia", "SA"),
    ),
    "adt": (NamedZone("America/Halifax", "Atlantic time, Canada"),),
    "nst": (NamedZone("America/St_Johns", "Newfoundland", "CA"),),
    "akst": (NamedZone("America/Anchorage", "Alaska", "US"),),
    "akdt": (NamedZone("America/Anchorage", "Alaska", "US"),),
    "hst": (NamedZone("Pacific/Honolulu", "Hawaii", "US"),),
    "brt": (NamedZone("America/Sao_Paulo", "Brasilia time", "BR"),),
    "art": (NamedZone("America/Argentina/Buenos_Aires", "Argentina", "AR"),),
    "clt": (NamedZone("America/Santiago", "Chile", "CL"),),
    "cot": (NamedZone("America/Bogota", "Colombia", "CO"),),
    "wet": _WESTERN_EUROPE,
    "west": _WESTERN_EUROPE,
    "cet": _CENTRAL_EUROPE,
    "cest": _CENTRAL_EUROPE,
    "mez": _CENTRAL_EUROPE,
    "mesz": _CENTRAL_EUROPE,
    "eet": _EASTERN_EUROPE,
    "eest": _EASTERN_EUROPE,
    "bst": (
        NamedZone("Europe/London", "United Kingdom", "GB"),
        NamedZone("Asia/Dhaka", "Bangladesh", "BD"),
    ),
    "ist": (
        NamedZone("Asia/Kolkata", "India", "IN"),
        NamedZone("Europe/Dublin", "Ireland", "IE"),
        NamedZone("Asia/Jerusalem", "Israel", "IL"),
    ),
    "idt": (NamedZone("Asia/Jerusalem", "Israel", "IL"),),
    "msk": (NamedZone("Europe/Moscow", "Moscow time", "RU"),),
    "trt": (NamedZone("Europe/Istanbul", "Turkey", "TR"),),
    "wat": (NamedZone("Africa/Lagos", "West Africa"),),
    "cat": (NamedZone("Africa/Maputo", "Central Africa"),),
    "eat": (NamedZone("Africa/Nairobi", "East Africa"),),
    "sast": (NamedZone("Africa/Johannesburg", "South Africa", "ZA"),),
    "gst": (NamedZone("Asia/Dubai", "Gulf time"),),
    "pkt": (NamedZone("Asia/Karachi", "Pakistan", "PK"),),
    "npt": (NamedZone("Asia/Kathmandu", "Nepal", "NP"),),
    "ict": (NamedZone("Asia/Bangkok", "Indochina"),),
    "wib": (NamedZone("Asia/Jakarta", "Western Indonesia", "ID"),),
    "wita": (NamedZone("Asia/Makassar", "Central Indonesia", "ID"),),
    "wit": (NamedZone("Asia/Jayapura", "Eastern Indonesia", "ID"),),
    "sgt": (NamedZone("Asia/Singapore", "Singapore", "SG"),),
    "myt": (NamedZone("Asia/Kuala_Lumpur", "Malaysia", "MY"),),
    "pht": (NamedZone("Asia/Manila", "Philippines", "PH"),),
    "hkt": (NamedZone("Asia/Hong_Kong", "Hong Kong", "HK"),),
    "jst": (NamedZone("Asia/Tokyo", "Japan", "JP"),),
    "kst": (NamedZone("Asia/Seoul", "South Korea", "KR"),),
    "awst": (NamedZone("Australia/Perth", "Western Australia", "AU"),),
    "acst": (_ADELAIDE, NamedZone("Australia/Darwin", "Darwin (the same all year)", "AU")),
    "acdt": (_ADELAIDE,),
    "aest": (_SYDNEY, NamedZone("Australia/Brisbane", "Brisbane (the same all year)", "AU")),
    "aedt": (_SYDNEY,),
    "nzst": _NEW_ZEALAND,
    "nzdt": _NEW_ZEALAND,
}


def zones_by_letters(name: str) -> tuple[NamedZone, ...]:
    """Return the zones that letters such as "cst" may mean, likeliest first."""
    return _LETTERS.get(name, ())


def zones_by_offset(text: str) -> tuple[NamedZone, ...]:
    """Return the zones that a signed offset such as "UTC+5:30" or "gmt -3" means."""
    match = _OFFSET.fullmatch(text.strip().casefold())
    if not match:
        return ()
    sign = 1 if match[1] == "+" else -1
    hours = int(match[2])
    minutes = _PARTS[match[4][1:]] if match[4] else int(match[3] or 0)
    if minutes:
        return _PART_HOURS.get((sign, hours, minutes), ())
    if hours > (14 if sign > 0 else 12):
        return ()
    if hours == 0:
        return _LETTERS["utc"]
    # Etc/GMT-1 is one hour *ahead* of Greenwich: POSIX counts the other way round.
    return (
        NamedZone(
            f"Etc/GMT{'-' if sign > 0 else '+'}{hours}", f"UTC{'+' if sign > 0 else '-'}{hours} all year"
        ),
    )
