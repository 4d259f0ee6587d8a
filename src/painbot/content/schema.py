"""The file format as pydantic models: course.yaml, one item a file, evidence.yaml.

Strict: unknown fields are refused, numbers and true/false are never guessed from text. What needs
more than one field or one file to judge is left to the rules in `content.lint`.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    TypeAdapter,
)

_SLUG: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=_SLUG, max_length=32)]
# Carried in button data beside the item's id, 64 bytes in all.
ShortSlug = Annotated[str, StringConstraints(pattern=_SLUG, max_length=16)]
ClaimId = Annotated[str, StringConstraints(pattern=_SLUG, max_length=64)]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
ByLanguage = dict[LanguageCode, Text]
# A literal 1 would accept true, which Python counts as equal.
FormatNumber = Annotated[
    int,
    Field(
        ge=1, le=1, description="Version of the file format.", examples=[1], json_schema_extra={"const": 1}
    ),
]
Kind = Literal["lesson", "practice", "check"]
KINDS: Final[tuple[Kind, ...]] = ("lesson", "practice", "check")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class CardPart(_Part):
    """One screen of text in light markup: **bold**, _italic_, "- " lists, blank line = paragraph."""

    id: Slug = Field(description="Stable within the file.", examples=["hello"])
    text: Text = Field(description="At most 120 words, in light markup.", examples=["|"])
    evidence: list[ClaimId] = Field(
        default=[],
        description="The part of the item's evidence this card rests on.",
        examples=[["course-scope"]],
    )


class WhyPart(_Part):
    """The "Why?" card: two or three deeper sentences."""

    text: Text = Field(description="At most 120 words, in light markup.", examples=["|"])
    evidence: list[ClaimId] = Field(
        default=[],
        description="The part of the item's evidence this card rests on.",
        examples=[["course-scope"]],
    )


class ActionPart(_Part):
    """The one small thing to try."""

    text: Text = Field(description="What to try.", examples=["Write down one thing you want back."])
    smaller: Text = Field(
        description="The same on a hard day, smaller still.", examples=["On a hard day, just think of it."]
    )


class OptionPart(_Part):
    """One possible answer of a quiz; the reply explains kindly."""

    id: ShortSlug = Field(description="Stable within the quiz.", examples=["a"])
    text: Text = Field(description="The answer as shown.", examples=["Both at once"])
    reply: Text = Field(description="What the bot says to this answer.", examples=["Yes. Both play a part."])
    correct: bool = Field(default=False, description="true for the one right answer.", examples=[True])


class QuizPart(_Part):
    """One question with two to four answers, one of them right."""

    ask: Text = Field(description="The question.", examples=["What does a loud alarm tell you?"])
    again: Text | None = Field(
        default=None,
        description="The same idea in other words, for the day it comes back.",
        examples=["A loud alarm?"],
    )
    options: list[OptionPart] = Field(
        description="Two to four answers.", json_schema_extra={"minItems": 2, "maxItems": 4}
    )


class ChoicePart(_Part):
    """One button of a question."""

    id: ShortSlug = Field(description="Stable within the question.", examples=["yes"])
    text: Text = Field(description="The button's text.", examples=["Yes"])


class ScaleQuestion(_Part):
    """A 0-10 question with worded ends."""

    id: Slug = Field(description="Stable; the answers are stored under it.", examples=["confidence"])
    ask: Text = Field(description="The question.", examples=["How sure are you?"])
    low: Text = Field(description="What 0 means.", examples=["not at all"])
    high: Text = Field(description="What 10 means.", examples=["fully"])


class ChoiceQuestion(_Part):
    """A question answered with one of a few buttons."""

    id: Slug = Field(description="Stable; the answers are stored under it.", examples=["pne-02-ring"])
    ask: Text = Field(description="The question.", examples=["Did that ring true?"])
    choices: list[ChoicePart] = Field(
        description="Two to twelve buttons.", json_schema_extra={"minItems": 2, "maxItems": 12}
    )


CHOICES_TAG: Final = "#choices"
SCALE_TAG: Final = "#scale"


def _question_shape(value: Any) -> str:
    has_choices = "choices" in value if isinstance(value, dict) else isinstance(value, ChoiceQuestion)
    return CHOICES_TAG if has_choices else SCALE_TAG


QuestionPart = Annotated[
    Annotated[ScaleQuestion, Tag(SCALE_TAG)] | Annotated[ChoiceQuestion, Tag(CHOICES_TAG)],
    Discriminator(_question_shape),
]


class _ItemFile(_Part):
    format: FormatNumber
    id: Slug = Field(description="The file's name without .yaml; never changes.", examples=["pne-01"])
    title: Text = Field(description="Shown above the first card.", examples=["Your pain is real"])
    cards: list[CardPart] = Field(description="The screens, in order.", min_length=1)
    evidence: list[ClaimId] = Field(
        default=[], description="Every claim of evidence.yaml the item rests on.", examples=[["course-scope"]]
    )
    minutes: int = Field(default=3, ge=1, le=15, description="Reading time in minutes.", examples=[3])
    question: QuestionPart | None = Field(default=None, description="A check-in question about this item.")


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


class PracticeFile(_ItemFile):
    """A practice day: one card and one tiny action."""

    kind: Literal["practice"]
    action: ActionPart = Field(description="The one small thing to try.")
    recalls: int = Field(
        default=1, ge=0, le=3, description="Earlier quiz questions asked again.", examples=[1]
    )


class CheckFile(_ItemFile):
    """A check day: an opening card, measures, earlier quiz questions, a closing."""

    kind: Literal["check"]
    measures: list[Literal["peg", "confidence", "harm"]] = Field(
        description="What is asked, in order.", min_length=1, examples=[["peg", "confidence", "harm"]]
    )
    recalls: int = Field(
        default=2, ge=0, le=3, description="Earlier quiz questions asked again.", examples=[2]
    )
    closing: Text = Field(description="Shown at the end.", examples=["That is week one."])


ItemFile = LessonFile | PracticeFile | CheckFile


class WeekPart(_Part):
    """A theme and its items in order; the check day comes last."""

    theme: ByLanguage = Field(description="The theme, by language.", examples=[{"en": "Sleep"}])
    items: list[Slug] = Field(
        description="Ids of items, in order.", min_length=1, examples=[["pne-01", "check-01"]]
    )


class CourseFile(_Part):
    """course.yaml: what the course is called and which items it has, week by week."""

    format: FormatNumber
    id: Slug = Field(description="The folder's name; never changes.", examples=["chronic-pain"])
    version: Text = Field(description="Names this state of the words.", examples=["2026-11"])
    title: ByLanguage = Field(description="The title, by language.", examples=[{"en": "Living well"}])
    weeks: list[WeekPart] = Field(description="The weeks, in order.", min_length=1)


class Figure(_Part):
    """A number worth knowing, and where it is from."""

    what: Text = Field(examples=["People affected"])
    value: Text | None = Field(default=None, examples=["about 1 in 5"])
    seen: bool | None = Field(default=None, examples=[True])
    source: Text | None = Field(default=None, examples=["Treede 2015"])
    note: Text | None = Field(default=None, examples=["one country only"])


class Source(_Part):
    """A publication; `seen` says whether it was read when the claim was compiled."""

    cite: Text = Field(examples=["Treede RD, et al. Pain 2019;160:19-27"])
    seen: bool = Field(examples=[True])
    doi: Text | None = Field(default=None, examples=["10.1097/j.pain.0000000000001384"])
    url: Text | None = Field(default=None, examples=["https://example.org/paper"])
    pmid: Text | None = Field(default=None, examples=["20961685"])
    note: Text | None = Field(default=None, examples=["abstract only"])


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _as_figures(value: Any) -> Any:
    figures = _as_list(value)
    if not isinstance(figures, list):
        return figures
    return [{"what": figure} if isinstance(figure, str) else figure for figure in figures]


Month = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])(-\d{2})?$")]


class Claim(_Part):
    """What the course may say about one thing, how sure that is, and why."""

    id: ClaimId = Field(examples=["course-scope"])
    say: Text = Field(description="What a lesson may say, in plain words.", examples=["Pain is common."])
    do_not_say: Text = Field(description="The overstatement to keep out.", examples=["Pain is damage."])
    strength: Literal["strong", "moderate", "limited", "very-limited"] = Field(examples=["moderate"])
    cautions: Annotated[list[Text], BeforeValidator(_as_list, json_schema_input_type=list[Text] | Text)] = (
        Field(
            default=[], description="One text, or a list of texts.", examples=[["New pain needs a check-up."]]
        )
    )
    figures: Annotated[
        list[Figure], BeforeValidator(_as_figures, json_schema_input_type=list[Figure | Text])
    ] = Field(default=[])
    sources: list[Source] = Field(min_length=1)
    compiled: Month = Field(description="When the sources were gathered.", examples=["2026-11"])
    reviewed_on: Month | None = Field(
        description="When a clinician reviewed it; null before.", examples=["2026-12-01"]
    )


COURSE: Final = TypeAdapter(CourseFile)
CLAIMS: Final = TypeAdapter(list[Claim])
ITEMS: Final[dict[str, TypeAdapter[Any]]] = {
    "lesson": TypeAdapter(LessonFile),
    "practice": TypeAdapter(PracticeFile),
    "check": TypeAdapter(CheckFile),
}


def json_schema(file: Literal["lesson", "course", "evidence"]) -> dict[str, Any]:
    """Return the JSON Schema of a file kind, for editors; "lesson" covers every item kind."""
    any_item: TypeAdapter[Any] = TypeAdapter(Annotated[ItemFile, Field(discriminator="kind")])
    adapters: dict[str, TypeAdapter[Any]] = {"lesson": any_item, "course": COURSE, "evidence": CLAIMS}
    schema = adapters[file].json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
