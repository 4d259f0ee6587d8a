"""The file format as pydantic models: course.yaml, evidence.yaml, one item or card a file.

Strict: unknown fields are refused, numbers and true/false are never guessed from text. What needs
more than one field or one file to judge is left to the rules in `content.lint`.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import Field, TypeAdapter

from painbot.content.schema.course import CourseFile
from painbot.content.schema.evidence import Claim
from painbot.content.schema.items import BoosterFile, CheckFile, ItemFile, LessonFile, PracticeFile
from painbot.content.schema.shelf import QuestionFile, ShelfFile, ToolkitFile

COURSE: Final = TypeAdapter(CourseFile)
CLAIMS: Final = TypeAdapter(list[Claim])
ITEMS: Final[dict[str, TypeAdapter[Any]]] = {
    "lesson": TypeAdapter(LessonFile),
    "practice": TypeAdapter(PracticeFile),
    "check": TypeAdapter(CheckFile),
    "booster": TypeAdapter(BoosterFile),
}
"""The kinds of the files that stand directly in a language folder."""

SHELVES: Final[dict[str, tuple[str, TypeAdapter[Any]]]] = {
    "toolkit": ("toolkit", TypeAdapter(ToolkitFile)),
    "questions": ("question", TypeAdapter(QuestionFile)),
}
"""The folders below a language folder: the kind of file each holds, and its model."""


def json_schema(file: Literal["lesson", "course", "evidence"]) -> dict[str, Any]:
    """Return the JSON Schema of a file kind, for editors.

    "lesson" covers every kind of item, toolkit and question cards.
    """
    any_item: TypeAdapter[Any] = TypeAdapter(Annotated[ItemFile | ShelfFile, Field(discriminator="kind")])
    adapters: dict[str, TypeAdapter[Any]] = {"lesson": any_item, "course": COURSE, "evidence": CLAIMS}
    schema = adapters[file].json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
