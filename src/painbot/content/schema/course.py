"""course.yaml: what the course is called, and which items and cards it has."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from painbot.content.schema.parts import ByLanguage, FilePart, FormatNumber, LeverId, Slug, Text


class WeekPart(FilePart):
    """A theme and its items in order; the check day comes last."""

    theme: ByLanguage = Field(description="The theme, by language.", examples=[{"en": "Sleep"}])
    items: list[Slug] = Field(
        description="Ids of items, in order.", min_length=1, examples=[["pne-01", "check-01"]]
    )


class BoosterPart(FilePart):
    """A booster and its week, counted from the start of the course."""

    week: int = Field(ge=1, le=104, description="The week it comes in.", examples=[10])
    item: Slug = Field(description="The booster's id.", examples=["booster-10"])


class SleepLogPart(FilePart):
    """The sleep log is asked each morning between the handing out of these two items."""

    from_: Slug = Field(
        alias="from", description="The item whose handing out starts the log.", examples=["check-03"]
    )
    until: Slug = Field(description="The item whose handing out ends it.", examples=["check-05"])


class ReaskPart(FilePart):
    """Gates asked once more, in one card, before these items."""

    gates: list[Literal["crash", "fall", "exercise", "sleep", "medicines", "eating"]] = Field(
        min_length=1, description="The gate questions.", examples=[["crash", "exercise"]]
    )
    before: list[Slug] = Field(min_length=1, description="The items.", examples=[["move-01"]])


class LeverPart(FilePart):
    """What belongs to a lever of the pain map."""

    items: list[Slug] = Field(
        default=[], description="Items whose quizzes come back first.", examples=[["sleep-01"]]
    )
    toolkit: Slug | None = Field(default=None, description="The toolkit card to offer.", examples=["sleep"])


class CourseFile(FilePart):
    """course.yaml: what the course is called and which items it has, week by week."""

    format: FormatNumber
    id: Slug = Field(description="The folder's name; never changes.", examples=["chronic-pain"])
    version: Text = Field(description="Names this state of the words.", examples=["2026-11"])
    title: ByLanguage = Field(description="The title, by language.", examples=[{"en": "Living well"}])
    weeks: list[WeekPart] = Field(description="The weeks, in order.", min_length=1)
    boosters: list[BoosterPart] = Field(default=[], description="Items after the course, in order.")
    between: Slug | None = Field(
        default=None,
        description="A check day for weeks in which the lessons before the next one are not through.",
        examples=["check-between"],
    )
    sleep_log: SleepLogPart | None = Field(default=None, description="When the sleep log is asked.")
    reask: ReaskPart | None = Field(default=None, description="Gates that are asked again, and when.")
    levers: dict[LeverId, LeverPart] = Field(
        default={}, description="What belongs to each lever of the pain map."
    )
    toolkit: list[Slug] = Field(
        default=[], description="Toolkit cards in the order shown.", examples=[["magnesium"]]
    )
    questions: list[Slug] = Field(
        default=[], description="Question cards in the order shown.", examples=[["in-my-head"]]
    )
