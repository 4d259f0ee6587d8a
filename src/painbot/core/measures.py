"""The questions that are scored or compared over time, their ranges, and how they are read.

PEG (Krebs 2009) and PHQ-4 (Kroenke 2009) keep their published scoring; the other items are the
project's own. No bands and no PHQ-4 total: a learner is never shown a word that ranks them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


@dataclass(frozen=True, slots=True)
class Scale:
    """A whole-number question from `low` to `high`, both included."""

    id: str
    low: int
    high: int

    def accepts(self, value: int) -> bool:
        """Say whether this number is a possible answer."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Choices:
    """A question answered by one of a few ids, in the order they are shown."""

    id: str
    options: tuple[str, ...]


PEG: Final = (Scale("peg-pain", 0, 10), Scale("peg-enjoyment", 0, 10), Scale("peg-activity", 0, 10))
PHQ_MOOD: Final = (Scale("phq-interest", 0, 3), Scale("phq-down", 0, 3))
PHQ_WORRY: Final = (Scale("gad-nervous", 0, 3), Scale("gad-worry", 0, 3))
PHQ4: Final = PHQ_MOOD + PHQ_WORRY

PAIN: Final = Scale("pain", 0, 10)
SLEEP: Final = Scale("sleep", 0, 10)
CONFIDENCE: Final = Scale("confidence", 0, 10)
TRIED: Final = Choices("tried", ("yes", "a-bit", "not-yet"))
CHANGE: Final = Choices(
    "change", ("much-better", "better", "little-better", "same", "little-worse", "worse", "much-worse")
)
EFFECTS: Final = "sleep-effects"
"""What a check day asks of those whose sleep window was changed."""

EFFECT_QUESTIONS: Final = (
    Choices("effects-driving", ("no", "yes")),
    Choices("effects-fall", ("no", "yes")),
    Choices("effects-mood", ("no", "yes")),
)
HARM: Final = Choices("harm", ("no", "a-bit", "yes"))

POSITIVE_PAIR: Final = 3
"""A pair of PHQ-4 items with this sum or more is a positive screen."""

MEANINGFUL_POINTS: Final = 1
"""The PEG change from which a difference is more than "about the same" (Reed 2024: about 1 point)."""


@dataclass(frozen=True, slots=True)
class Peg:
    """One week's three PEG answers, each 0-10."""

    pain: int
    enjoyment: int
    activity: int

    def __post_init__(self) -> None:
        """Refuse an answer outside 0-10: the caller has checked what a person typed."""
        for scale, value in zip(PEG, (self.pain, self.enjoyment, self.activity), strict=True):
            if not scale.accepts(value):
                raise ValueError(f"{scale.id} must be {scale.low} to {scale.high}, not {value}")

    @property
    def total(self) -> int:
        """The sum of the three answers, kept unrounded for comparing; never shown."""
        return self.pain + self.enjoyment + self.activity

    @property
    def mean(self) -> float:
        """The PEG score: 0-10, one decimal."""
        return round(self.total / len(PEG), 1)


def read_peg(answers: Mapping[str, int]) -> Peg | None:
    """Return the PEG of these answers by item id, or None unless all three were given."""
    values = [answers[scale.id] for scale in PEG if scale.id in answers]
    return Peg(*values) if len(values) == len(PEG) else None


class PegChange(StrEnum):
    """How the last two weeks compare with the start. A lower PEG is better."""

    BETTER = "better"
    ABOUT_THE_SAME = "about-the-same"
    WORSE = "worse"


def compare_peg(weeks: Mapping[int, Peg], week: int) -> PegChange | None:
    """Compare weeks `week - 1` and `week` with day 0 (week 0) and day 7 (week 1).

    None unless all four are there and none counts twice, so before week 3 there is nothing to say and
    one week alone is never judged.
    """
    wanted = (0, 1, week - 1, week)
    if week < 3 or any(number not in weeks for number in wanted):
        return None
    start, latest = weeks[0].total + weeks[1].total, weeks[week - 1].total + weeks[week].total
    # Sums of two weeks of three items: a point on the mean is six here, and no rounding can tip it.
    rise, point = latest - start, 2 * len(PEG) * MEANINGFUL_POINTS
    if rise >= point:
        return PegChange.WORSE
    return PegChange.BETTER if rise <= -point else PegChange.ABOUT_THE_SAME


@dataclass(frozen=True, slots=True)
class Phq4Screen:
    """Which PHQ-4 pairs screen positive: True, False, or None where an answer is missing."""

    mood: bool | None
    worry: bool | None

    @property
    def any_positive(self) -> bool:
        """True when a pair is positive: a kind word, a clinician and the crisis line belong here."""
        return bool(self.mood or self.worry)


def screen_phq4(answers: Mapping[str, int]) -> Phq4Screen:
    """Read the two pairs of the PHQ-4 from answers by item id. Not a diagnosis."""
    return Phq4Screen(mood=_positive(PHQ_MOOD, answers), worry=_positive(PHQ_WORRY, answers))


def _positive(pair: tuple[Scale, Scale], answers: Mapping[str, int]) -> bool | None:
    for scale in pair:
        if scale.id not in answers:
            return None
        if not scale.accepts(answers[scale.id]):
            raise ValueError(f"{scale.id} must be {scale.low} to {scale.high}, not {answers[scale.id]}")
    return sum(answers[scale.id] for scale in pair) >= POSITIVE_PAIR
