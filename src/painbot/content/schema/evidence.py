"""evidence.yaml: the claims of a course, how sure they are, and where they come from."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from painbot.content.schema.parts import ClaimId, FilePart, GateId, Text


class Figure(FilePart):
    """A number worth knowing, and where it is from."""

    what: Text = Field(examples=["People affected"])
    value: Text | None = Field(default=None, examples=["about 1 in 5"])
    seen: bool | None = Field(default=None, examples=[True])
    source: Text | None = Field(default=None, examples=["Treede 2015"])
    note: Text | None = Field(default=None, examples=["one country only"])


class Source(FilePart):
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


class Claim(FilePart):
    """What the course may say about one thing, how sure that is, and why."""

    id: ClaimId = Field(examples=["course-scope"])
    unless: list[GateId] = Field(
        default=[],
        description="Its evidence card is not shown to learners for whom one of these gates counts as yes.",
        examples=[["opioids"]],
    )
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
