"""Local dates and wall times in, UTC instants out, a JSON line each: for checking other calendars.

The instants are those of the pacing code, before quiet hours and the daily budget.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, time
from zoneinfo import ZoneInfo

from rapidfuzz import process

from painbot.core.pacing import instant
from painbot.understanding.zones import zone_exists, zone_names, zone_spelled

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"\d{2}:\d{2}(:\d{2})?", re.ASCII)
_EXAMPLE = '{"id": 1, "zone": "Europe/Paris", "date": "2026-03-29", "time": "09:00"}'


class _BadLineError(ValueError):
    """A line that cannot be read; the text says what is wrong and what to write instead."""


def convert(lines: Iterable[str]) -> Iterator[str]:
    """Yield one JSON line for each line: {"id", "utc"}, or {"id", "error"} where it cannot be read.

    Each line is an object with "id" (any JSON value, given back), "zone" (an IANA name), "date"
    (YYYY-MM-DD) and "time" (HH:MM or HH:MM:SS). Blank lines are passed over; a bad line never stops the
    rest.
    """
    for line in lines:
        text = line.strip().removeprefix("\ufeff")
        if not text:
            continue
        line_id: object = None
        try:
            fields = _fields(text)
            line_id = fields.get("id")
            answer = {"id": line_id, "utc": _utc(fields)}
        except _BadLineError as bad:
            answer = {"id": line_id, "error": str(bad)}
        yield json.dumps(answer)


def _fields(text: str) -> dict[str, object]:
    try:
        fields = json.loads(text, parse_constant=_refuse_constant)
    # RecursionError: thousands of opening brackets are a bad line too, not a crash.
    except (ValueError, RecursionError):
        raise _BadLineError(f"not a JSON object on one line; write for example {_EXAMPLE}") from None
    if not isinstance(fields, dict):
        raise _BadLineError(f"not a JSON object; write for example {_EXAMPLE}")
    return fields


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def _utc(fields: dict[str, object]) -> str:
    zone, on, at = _zone(fields), _date(fields), _time(fields)
    try:
        due_at = instant(on, at, zone)
    except OverflowError:
        raise _BadLineError(
            f'date "{on}" is at the edge of the calendar; write a year from 2 to 9998'
        ) from None
    return due_at.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _text(fields: dict[str, object], name: str, example: str) -> str:
    if name not in fields:
        raise _BadLineError(f'"{name}" is missing; add for example "{name}": "{example}"')
    value = fields[name]
    if not isinstance(value, str):
        raise _BadLineError(f'"{name}" must be text in quotes; write for example "{name}": "{example}"')
    return value


def _zone(fields: dict[str, object]) -> ZoneInfo:
    name = _text(fields, "zone", "Europe/Paris")
    if zone_exists(name):
        return ZoneInfo(name)
    near = zone_spelled(name)
    if near is None:
        match = process.extractOne(name, sorted(zone_names()), score_cutoff=80)
        near = match[0] if match else None
    hint = f'write "{near}"' if near else 'write an IANA name such as "Europe/Paris"'
    raise _BadLineError(f'zone "{name}" is not known; {hint}')


def _date(fields: dict[str, object]) -> date:
    text = _text(fields, "date", "2026-03-29")
    if not _DATE.fullmatch(text):
        raise _BadLineError(f'date "{text}" is not a date; write YYYY-MM-DD, for example "2026-03-29"')
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _BadLineError(f'date "{text}" is not in the calendar; write a day that its month has') from None


def _time(fields: dict[str, object]) -> time:
    text = _text(fields, "time", "09:00")
    if not _TIME.fullmatch(text):
        raise _BadLineError(
            f'time "{text}" is not a time; write HH:MM from 00:00 to 23:59, for example "09:00"'
        )
    if text.startswith("24:"):
        raise _BadLineError(f'time "{text}" is not a time of this date; write "00:00" and the next date')
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise _BadLineError(f'time "{text}" is not on the clock; write HH:MM from 00:00 to 23:59') from None
