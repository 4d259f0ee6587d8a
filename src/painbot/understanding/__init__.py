"""Reads what people type: numbers, yes and no, choices, times of day, days and places.

The one place where free text becomes a value. A reading says when it is a guess, so that a wrong guess is
never stored silently. Danger signs are not read here: triage has seen the text before.
"""

from painbot.understanding.choices import read_choice
from painbot.understanding.days import read_days, read_open_end
from painbot.understanding.durations import read_hours_asleep, read_minutes
from painbot.understanding.places import Place, PlaceReading, read_place
from painbot.understanding.reading import Reading
from painbot.understanding.scales import read_scale
from painbot.understanding.skips import read_back, read_skip
from painbot.understanding.spans import read_span
from painbot.understanding.times import read_time
from painbot.understanding.yes_no import YesNo, read_plain_no, read_yes_no
from painbot.understanding.zones import country_of, use_packaged_tzdata, zone_at, zone_exists

__all__ = [
    "Place",
    "PlaceReading",
    "Reading",
    "YesNo",
    "country_of",
    "read_back",
    "read_choice",
    "read_days",
    "read_hours_asleep",
    "read_minutes",
    "read_open_end",
    "read_place",
    "read_plain_no",
    "read_scale",
    "read_skip",
    "read_span",
    "read_time",
    "read_yes_no",
    "use_packaged_tzdata",
    "zone_at",
    "zone_exists",
]
