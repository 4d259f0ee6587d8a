"""People for `painbot simulate`, as small data: what they choose, and on which days they do what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Answers = Mapping[str, tuple[str, ...]]
"""What is answered to questions by their ids, one after the other, the last one from then on."""

LIFE: Answers = {
    "sleep-1": ("2", "1"),
    "sleep-2": ("1",),
    "stress-2": ("1",),
    "boom-bust-1": ("2", "1"),
    "boom-bust-2": ("1", "0"),
    "alone-2": ("not-sure",),
    "spread-1": ("few",),
    "phq-interest": ("0", "1"),
    "phq-down": ("0", "1"),
    "gad-nervous": ("1",),
    "tried": ("yes", "a-bit", "yes", "not-yet", "a-bit", "yes"),
    "pne-10-calmer": ("yes",),
    "change": ("little-better",),
    "harm": ("no",),
    "last-caffeine": ("14:00",),
}
"""An ordinary life with pain: sleep is poor, good days are overdone, and some things get a little better."""

NIGHTS: Answers = {
    "to-bed": ("22:30", "same", "22:00", "22:45", "same", "22:30", "22:30", "same", "22:30", "23:00"),
    "asleep": ("360", "330", "390", "360", "300", "360", "390"),
    "up": ("07:00", "07:30", "07:00"),
    "sleepy": ("no",),
    "daytime-sleepy": ("0",),
}
"""Long nights with little sleep in them: a sleep number in the seventies."""

CLEAR: Answers = {
    "gate-crash": ("no",),
    "gate-fall": ("no",),
    "gate-exercise": ("no",),
    "gate-sleep": ("none",),
    "gate-medicines": ("none",),
    "gate-eating": ("no",),
    "clinician": ("yes",),
}
"""A clear no to every safety question: the main way through the course."""

MOVES: Answers = {
    "trial-1": ("10",),
    "trial-2": ("14",),
    "trial-3": ("12",),
    "line-today": ("about",),
    "did-line": ("yes",),
    "line-day": ("yes", "yes", "less", "yes"),
    "next-day-ache": ("some",),
}
"""Three trials that give a line of 9 minutes, and mostly calm days on it."""

PLAN: Mapping[str, str] = {
    "keep": "Getting up at seven, and watering the herbs",
    "tell": "My sister: it is a flare, I will call again on Friday",
}
"""Lines of the flare plan in own words; the example is taken, or the line skipped, where there are none."""


@dataclass(frozen=True)
class Persona:
    """A made-up way of living with the course. Days are course days, counted from 1.

    `numbers` are the answers on 0-10 scales and `quiz_letters` those to quizzes, one after the other and
    over again. `types` maps a day to what is typed at its end. With `by_typing` answers are typed where a
    number is asked for.
    """

    name: str
    about: str
    place: str = "Leeds, England"
    lesson_hour: str = "11:00"
    checkin_hour: str = "09:00"
    goal: str | None = "Cooking with my grandson"
    gentle: bool = False
    whole_course: int = 57
    """How many days it takes until the course is over for this persona, its last message included."""

    numbers: tuple[int, ...] = (6, 5, 4, 6, 5)
    quiz_letters: str = "B"
    by_typing: bool = False
    answers: Answers = field(default_factory=dict)
    prefers: tuple[str, ...] = ()
    """Buttons taken before the usual way on, by their words; "…" stands for how they go on."""

    levers: tuple[str, ...] = ("sleep",)
    """What is chosen on the pain map, by the levers' ids."""

    plan: Mapping[str, str] = field(default_factory=lambda: PLAN)
    asks_clinician: tuple[str, ...] = (
        "Could my sleep be adding to the pain?",
        "Who goes through my tablets?",
    )
    """Questions for a clinician, one each time the course offers to keep one."""

    away: frozenset[int] = frozenset()
    """Days on which nothing is read and nothing answered."""

    reads_only: frozenset[int] | None = None
    """The days on which lessons are opened; every day where left out."""

    types: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


_ALL = (
    Persona(
        "steady",
        "reads every lesson and answers every check-in; no safety question stands in the way",
        quiz_letters="BAC",
        numbers=(6, 5, 4, 6, 5, 7, 5, 4, 5, 3, 6),
        answers={**LIFE, **CLEAR, **NIGHTS, **MOVES},
        prefers=("Why? A little deeper", "Yes, I will try it", "Yes, 15 minutes …", "Step up …"),
    ),
    Persona(
        "gentle",
        "asks for more room on the first day",
        gentle=True,
        whole_course=113,
        goal=None,
        quiz_letters="CB",
        answers={**LIFE, **CLEAR, **NIGHTS, **MOVES},
        prefers=("Yes, I will try it", "Three questions once a week"),
        levers=("boom-bust",),
    ),
    Persona(
        "crashes",
        "crashes a day or two after small efforts: the steady-days track",
        quiz_letters="CAB",
        numbers=(7, 4, 6, 8, 3, 6),
        answers={
            **LIFE,
            **CLEAR,
            **NIGHTS,
            "gate-crash": ("yes",),
            "harm": ("no", "a-bit", "no"),
            "harm-what": ("pain",),
            "tried": ("not-yet", "a-bit", "yes", "not-yet"),
            "alone-1": ("2",),
        },
        prefers=("Why? A little deeper", "No, keep it as it is", "A short booster, …"),
        levers=("boom-bust", "alone"),
    ),
    Persona(
        "opioids-and-thinners",
        "takes opioids and blood thinners",
        goal="Walking to the market",
        quiz_letters="ABC",
        numbers=(7, 6, 5, 6, 7),
        answers={
            **LIFE,
            **CLEAR,
            **NIGHTS,
            **MOVES,
            "gate-medicines": ("blood-thinners,opioids",),
            "medicines-1": ("yes",),
            "medicines-2": ("yes",),
        },
        prefers=("Why? A little deeper",),
        levers=("medicines",),
    ),
    Persona(
        "skips-trauma",
        "lets the lesson about the past go",
        quiz_letters="BC",
        answers={**LIFE, **CLEAR, **NIGHTS, **MOVES, "past-1": ("no",)},
        prefers=("Skip this one", "Hold at …", "No, keep it as it is"),
        levers=("stress",),
        asks_clinician=(),
        plan={},
    ),
    Persona(
        "quiet-ten-days",
        "is silent from day 20 to day 29, then comes back",
        quiz_letters="ACB",
        answers={**LIFE, **CLEAR, **NIGHTS, **MOVES},
        prefers=("Drop to …",),
        whole_course=71,
        away=frozenset(range(20, 30)),
        types={30: ("/today",)},
    ),
    Persona("quiet-days", "is away for three days in the middle", away=frozenset({3, 4, 5})),
    Persona(
        "forgetful",
        "opens a lesson only every third day, and misses quizzes",
        reads_only=frozenset(range(3, 60, 3)),
        quiz_letters="A",
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
