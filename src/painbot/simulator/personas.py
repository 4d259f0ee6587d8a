"""People for `painbot simulate`, as small data: what they choose, and on which days they do what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Persona:
    """A made-up way of living with the course. Days are course days, counted from 1.

    `numbers` are the answers on 0-10 scales, one after the other and over again. `types` maps a day to
    what is typed at its end. With `by_typing` answers are typed where a number is asked for.
    """

    name: str
    about: str
    place: str = "Leeds, England"
    lesson_hour: str = "11:00"
    checkin_hour: str = "09:00"
    goal: str | None = "Cooking with my grandson"
    gentle: bool = False
    numbers: tuple[int, ...] = (6, 5, 4, 6, 5)
    quiz_letter: str = "B"
    by_typing: bool = False
    away: frozenset[int] = frozenset()
    """Days on which nothing is read and nothing answered."""

    reads_only: frozenset[int] | None = None
    """The days on which lessons are opened; every day where left out."""

    types: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


_ALL = (
    Persona("steady", "reads every lesson and answers every check-in"),
    Persona("gentle", "asks for more room on the first day", gentle=True, goal=None),
    Persona("quiet-days", "is away for three days in the middle", away=frozenset({3, 4, 5})),
    Persona(
        "forgetful",
        "opens a lesson only every third day, and misses quizzes",
        reads_only=frozenset(range(3, 60, 3)),
        quiz_letter="A",
    ),
    Persona("typing", "types rather than taps", by_typing=True, numbers=(7, 3)),
    Persona(
        "night-owl",
        "wants lessons late, far away",
        place="Sydney, Australia",
        lesson_hour="22:15",
        checkin_hour="12:00",
    ),
    Persona(
        "on-and-off",
        "pauses, looks at settings, asks for more room",
        types={2: ("/pause 2",), 5: ("/settings", "/today"), 6: ("/slower",)},
    ),
    Persona(
        "worried",
        "writes a danger sign on the third day",
        types={3: ("a hot swollen joint since this morning",), 4: ("/today",)},
    ),
)

PERSONAS: Mapping[str, Persona] = {persona.name: persona for persona in _ALL}
