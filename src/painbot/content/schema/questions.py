"""What a learner is asked: the quiz of a lesson, and check-in questions in their four shapes."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import Discriminator, Field, Tag

from painbot.content.schema.parts import Conditional, FilePart, Leads, ShortSlug, Slug, Text


class OptionPart(FilePart):
    """One possible answer of a quiz; the reply explains kindly."""

    id: ShortSlug = Field(description="Stable within the quiz.", examples=["a"])
    text: Text = Field(description="The answer as shown.", examples=["Both at once"])
    reply: Text = Field(description="What the bot says to this answer.", examples=["Yes. Both play a part."])
    correct: bool = Field(default=False, description="true for the one right answer.", examples=[True])


class QuizPart(FilePart):
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


class ChoicePart(FilePart):
    """One button of a question."""

    id: ShortSlug = Field(description="Stable within the question.", examples=["yes"])
    text: Text = Field(description="The button's text.", examples=["Yes"])
    leads: Leads | None = Field(
        default=None,
        description="What this answer opens: `urgent`, `flare`, or `gate:` and a gate it stores as yes.",
        examples=["urgent"],
    )


class ScaleQuestion(Conditional):
    """A 0-10 question with worded ends."""

    id: Slug = Field(description="Stable; the answers are stored under it.", examples=["confidence"])
    ask: Text = Field(description="The question.", examples=["How sure are you?"])
    low: Text = Field(description="What 0 means.", examples=["not at all"])
    high: Text = Field(description="What 10 means.", examples=["fully"])


class MinutesQuestion(Conditional):
    """A question answered with a number of minutes, typed or by button."""

    id: Slug = Field(description="Stable; the answers are stored under it.", examples=["trial-1"])
    ask: Text = Field(description="The question.", examples=["How many minutes was it?"])
    minutes: Literal[True] = Field(description="Marks this shape.", examples=[True])


class ClockQuestion(Conditional):
    """A question answered with a time of day."""

    id: Slug = Field(description="Stable; the answers are stored under it.", examples=["last-caffeine"])
    ask: Text = Field(description="The question.", examples=["When is your last coffee?"])
    clock: Literal[True] = Field(description="Marks this shape.", examples=[True])


class ChoiceQuestion(Conditional):
    """A question answered with one of a few buttons."""

    id: Slug = Field(description="Stable; the answers are stored under it.", examples=["pne-02-ring"])
    ask: Text = Field(description="The question.", examples=["Did that ring true?"])
    choices: list[ChoicePart] = Field(
        description="Two to twelve buttons.", json_schema_extra={"minItems": 2, "maxItems": 12}
    )


CHOICES_TAG: Final = "#choices"
MINUTES_TAG: Final = "#minutes"
CLOCK_TAG: Final = "#clock"
SCALE_TAG: Final = "#scale"

_SHAPES: Final = {"choices": CHOICES_TAG, "minutes": MINUTES_TAG, "clock": CLOCK_TAG}


def _question_shape(value: Any) -> str:
    names = value if isinstance(value, dict) else getattr(type(value), "model_fields", ())
    return next((tag for name, tag in _SHAPES.items() if name in names), SCALE_TAG)


QuestionPart = Annotated[
    Annotated[ScaleQuestion, Tag(SCALE_TAG)]
    | Annotated[ChoiceQuestion, Tag(CHOICES_TAG)]
    | Annotated[MinutesQuestion, Tag(MINUTES_TAG)]
    | Annotated[ClockQuestion, Tag(CLOCK_TAG)],
    Discriminator(_question_shape),
]
