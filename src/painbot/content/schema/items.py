"""The files of a language folder, one item each: lesson, practice day, check day, booster."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from painbot.content.schema.parts import (
    ActionPart,
    CardPart,
    ClaimId,
    FilePart,
    FormatNumber,
    GateId,
    LeverId,
    Shown,
    Slug,
    Text,
    WhyPart,
)
from painbot.content.schema.questions import QuestionPart, QuizPart


class OfferPart(FilePart):
    """What is said before a lesson that may be skipped."""

    text: Text = Field(description="The offer, in light markup.", examples=["This one is about hard times."])
    skip: Text = Field(description="The skip button's words.", examples=["Skip this one"])


class VariantPart(FilePart):
    """What differs for some learners; what is left out is as in the item itself."""

    id: Slug = Field(description="Stable within the file.", examples=["steady"])
    when: list[GateId] = Field(
        description="For learners for whom one of these gates counts as yes.",
        min_length=1,
        examples=[["crash"]],
    )
    title: Text | None = Field(default=None, description="Replaces the title.", examples=["Steady days"])
    idea: Text | None = Field(default=None, description="Replaces the idea.", examples=["Steady is enough."])
    minutes: int | None = Field(default=None, ge=1, le=15, description="Reading time in minutes.")
    cards: list[CardPart] | None = Field(default=None, description="Replaces the cards.", min_length=1)
    evidence: list[ClaimId] | None = Field(default=None, description="Replaces the list of claims.")
    why: WhyPart | None = Field(default=None, description='Replaces the "Why?" card.')
    action: ActionPart | None = Field(default=None, description="Replaces the small thing to try.")
    quiz: QuizPart | None = Field(default=None, description="Replaces the quiz; its option ids are its own.")
    question: QuestionPart | None = Field(default=None, description="Replaces the check-in question.")
    no_question: bool = Field(
        default=False, description="true leaves the item's question out.", examples=[True]
    )
    closing: Text | None = Field(default=None, description="Replaces what a check day ends with.")
    shows: list[Shown] | None = Field(default=None, description="Replaces the item's own list.")


class _ItemFile(FilePart):
    format: FormatNumber
    id: Slug = Field(description="The file's name without .yaml; never changes.", examples=["pne-01"])
    title: Text = Field(description="Shown above the first card.", examples=["Your pain is real"])
    cards: list[CardPart] = Field(description="The screens, in order.", min_length=1)
    evidence: list[ClaimId] = Field(
        default=[], description="Every claim of evidence.yaml the item rests on.", examples=[["course-scope"]]
    )
    minutes: int = Field(default=3, ge=1, le=15, description="Reading time in minutes.", examples=[3])
    question: QuestionPart | None = Field(default=None, description="A check-in question about this item.")
    shows: list[Shown] = Field(
        default=[],
        description="Parts made from the learner's own data, after the item.",
        examples=[["sleep-number"]],
    )
    variants: list[VariantPart] = Field(
        default=[], description="For some learners; the first whose `when` counts as yes is taken."
    )


class LessonFile(_ItemFile):
    """A lesson: cards, a "Why?" card, one tiny action, one quiz question."""

    kind: Literal["lesson"]
    idea: Text = Field(description="The one idea, in a sentence.", examples=["All pain is real."])
    cards: list[CardPart] = Field(
        description="Three to six screens, in order.",
        min_length=1,
        json_schema_extra={"minItems": 3, "maxItems": 6},
    )
    why: WhyPart = Field(description='The "Why?" card.')
    action: ActionPart = Field(description="The one small thing to try.")
    quiz: QuizPart = Field(description="One question about the idea.")
    optional: OfferPart | None = Field(default=None, description="Makes the lesson one that may be skipped.")


class PracticeFile(_ItemFile):
    """A practice day: one card and one tiny action."""

    kind: Literal["practice"]
    action: ActionPart = Field(description="The one small thing to try.")
    levers: dict[LeverId, ActionPart] = Field(
        default={}, description="Replaces the action for those who chose that lever on their pain map."
    )
    recalls: int = Field(
        default=1, ge=0, le=3, description="Earlier quiz questions asked again.", examples=[1]
    )


class CheckFile(_ItemFile):
    """A check day: an opening card, measures, earlier quiz questions, a closing."""

    kind: Literal["check"]
    measures: list[Literal["peg", "phq4", "confidence", "change", "sleep-effects", "harm"]] = Field(
        description="What is asked, in order.", min_length=1, examples=[["peg", "confidence", "harm"]]
    )
    recalls: int = Field(
        default=2, ge=0, le=3, description="Earlier quiz questions asked again.", examples=[2]
    )
    closing: Text = Field(description="Shown at the end.", examples=["That is week one."])


class BoosterFile(_ItemFile):
    """A booster, weeks after the course: a few cards and one tiny action."""

    kind: Literal["booster"]
    idea: Text = Field(description="The one idea, in a sentence.", examples=["Two keepers are enough."])
    action: ActionPart = Field(description="The one small thing to try.")
    quiz: QuizPart | None = Field(default=None, description="One question about the idea.")


ItemFile = LessonFile | PracticeFile | CheckFile | BoosterFile
