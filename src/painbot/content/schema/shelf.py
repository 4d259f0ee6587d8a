"""The files of the folders `toolkit` and `questions`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from painbot.content.schema.parts import (
    CardPart,
    ClaimId,
    FilePart,
    FormatNumber,
    GateId,
    PicturePart,
    Slug,
    Text,
)


class WarningPart(FilePart):
    """What stands first on a toolkit card for those it concerns."""

    when: list[GateId] = Field(
        description="For learners for whom one of these gates counts as yes.",
        min_length=1,
        examples=[["blood-thinners"]],
    )
    text: Text = Field(description="At most 40 words.", examples=["Ask first: it can add to bleeding."])
    evidence: list[ClaimId] = Field(
        default=[],
        description="The part of the card's evidence this rests on.",
        examples=[["omega3-bleeding"]],
    )


class _ShelfFile(FilePart):
    format: FormatNumber
    id: Slug = Field(description="The file's name without .yaml; never changes.", examples=["magnesium"])
    title: Text = Field(description="The card's title, or the question as asked.", examples=["Magnesium"])
    evidence: list[ClaimId] = Field(
        description="Every claim of evidence.yaml the card rests on.",
        min_length=1,
        examples=[["mag-pain-unproven"]],
    )


class ToolkitFile(_ShelfFile):
    """One tool or remedy. Never a dose to take."""

    kind: Literal["toolkit"]
    summary: Text = Field(description="One line for the list.", examples=["A mineral, unproven for pain."])
    what: Text = Field(description="What it is.")
    strength: Text = Field(description="How strong the evidence is, in plain words.")
    who_must_not: Text = Field(description="Who must not use it, or only after asking.")
    clashes: Text = Field(description="What it does not go with.")
    ceiling: Text = Field(description="The safe upper limit, or that none has been set; when to stop.")
    ask: Text = Field(description="What to ask the pharmacist or clinician.")
    warnings: list[WarningPart] = Field(default=[], description="Shown first to those they concern.")
    hide: list[GateId] = Field(
        default=[],
        description="For learners with one of these gates nothing but the warnings is shown.",
        examples=[["opioids"]],
    )
    lessons: list[Slug] = Field(
        default=[], description="Items that say more, shown as buttons.", examples=[["food-02"]]
    )
    picture: PicturePart | None = Field(default=None, description="Shown above the text.")


class QuestionFile(_ShelfFile):
    """A question people ask, with its answer in two or three cards."""

    kind: Literal["question"]
    cards: list[CardPart] = Field(
        description="Two or three screens, in order.", json_schema_extra={"minItems": 2, "maxItems": 3}
    )
    onward: list[Slug] = Field(
        default=[],
        description="Items, toolkit and question cards, or `urgent` and `clinician`, as buttons.",
        examples=[["pne-05", "urgent"]],
    )


ShelfFile = ToolkitFile | QuestionFile
