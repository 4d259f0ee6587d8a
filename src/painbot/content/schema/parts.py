"""What every file of a course is made of: texts, ids, cards, pictures, the one small thing to try."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, Strict, StringConstraints

from painbot.core.gates import Gate
from painbot.core.parts import Lever, MadePart

_SLUG: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=_SLUG, max_length=32)]
# Carried in button data beside the item's id, 64 bytes in all.
ShortSlug = Annotated[str, StringConstraints(pattern=_SLUG, max_length=16)]
ClaimId = Annotated[str, StringConstraints(pattern=_SLUG, max_length=64)]
Leads = Annotated[str, StringConstraints(pattern=r"^(urgent|flare|gate:[a-z0-9-]+)$")]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
ByLanguage = dict[LanguageCode, Text]
# A literal 1 would accept true, which Python counts as equal.
FormatNumber = Annotated[
    int,
    Field(
        ge=1, le=1, description="Version of the file format.", examples=[1], json_schema_extra={"const": 1}
    ),
]
# The models are strict; a name out of a fixed list is text in the file.
GateId = Annotated[Gate, Strict(False)]
LeverId = Annotated[Lever, Strict(False)]
Shown = Annotated[MadePart, Strict(False)]


class FilePart(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Conditional(FilePart):
    when: list[GateId] = Field(
        default=[],
        description="Only for learners for whom one of these gates counts as yes.",
        examples=[["crash"]],
    )
    unless: list[GateId] = Field(
        default=[],
        description="Not for learners for whom one of these gates counts as yes.",
        examples=[["opioids"]],
    )


class PicturePart(FilePart):
    """A picture of the folder `pictures`, and its meaning in words."""

    name: Slug = Field(description="The file's name without its ending.", examples=["alarm-dials"])
    alt: Text = Field(
        description="What it shows, for those who cannot see it.", examples=["Two dials side by side."]
    )


class CardPart(Conditional):
    """One screen of text in light markup: **bold**, _italic_, "- " lists, blank line = paragraph."""

    id: Slug = Field(description="Stable within the file.", examples=["hello"])
    text: Text = Field(description="At most 120 words, in light markup.", examples=["|"])
    evidence: list[ClaimId] = Field(
        default=[],
        description="The part of the item's evidence this card rests on.",
        examples=[["course-scope"]],
    )
    picture: PicturePart | None = Field(default=None, description="Shown above the text.")
    links: list[Slug] = Field(
        default=[], description="Toolkit and question cards, shown as buttons.", examples=[["magnesium"]]
    )


class WhyPart(Conditional):
    """The "Why?" card: two or three deeper sentences."""

    text: Text = Field(description="At most 120 words, in light markup.", examples=["|"])
    evidence: list[ClaimId] = Field(
        default=[],
        description="The part of the item's evidence this card rests on.",
        examples=[["course-scope"]],
    )


class ActionPart(FilePart):
    """The one small thing to try."""

    text: Text = Field(description="What to try.", examples=["Write down one thing you want back."])
    smaller: Text = Field(
        description="The same on a hard day, smaller still.", examples=["On a hard day, just think of it."]
    )
