"""Whether a flare or a harm stands in the way of growing anything just now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from painbot.core.enrollment import Answer
from painbot.core.measures import HARM

FLARE: Final = "flare"
"""The course question by which a flare is reported."""

OPEN_FOR: Final = timedelta(days=7)
"""How long a reported flare counts as open; most settle in days."""


def flare_is_open(answers: Mapping[str, Answer], today: date) -> bool:
    """Say whether a flare was reported in the past week and not answered with a no since."""
    said = [stored for stored in answers.values() if stored.question == FLARE]
    latest = max(said, key=lambda stored: stored.at, default=None)
    return latest is not None and latest.value == "yes" and today - latest.on < OPEN_FOR


def harm_since(answers: Mapping[str, Answer], after: date) -> str | None:
    """Return "yes" or "a-bit" where something in the course made things worse, as said after a day."""
    values = {stored.value for stored in answers.values() if stored.question == HARM.id and stored.on > after}
    return "yes" if "yes" in values else "a-bit" if "a-bit" in values else None
