"""A course folder as its author has it just now: what is valid of it as a course, and every problem."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from painbot.content.build import build_course
from painbot.content.bundle import CourseSource, ItemSource, ShelfSource
from painbot.content.diagnostics import Diagnostic
from painbot.content.loader import check_course
from painbot.content.pictures import CoursePictures
from painbot.content.schema.course import CourseFile
from painbot.content.schema.evidence import Claim
from painbot.core.course import Course
from painbot.core.ids import ItemId

UNNAMED: Final = "(no title)"


@dataclass(frozen=True)
class TreeEntry:
    """One line of the tree: an item or card of course.yaml, valid or not."""

    id: str
    kind: str
    title: str
    is_valid: bool
    problems: int


@dataclass(frozen=True)
class TreeBranch:
    """A heading of the tree with its lines."""

    heading: str
    entries: tuple[TreeEntry, ...]


@dataclass(frozen=True)
class Draft:
    """What one reading of the folder gave. `course` is nothing while course.yaml itself is broken."""

    root: Path
    language: str
    source: CourseSource | None
    course: Course | None
    problems: tuple[Diagnostic, ...]
    files_read: int
    claims: Mapping[str, Claim]
    pictures: CoursePictures | None

    def file_of(self, key: str) -> ItemSource | ShelfSource | None:
        """Return the file of an item, toolkit or question card, valid or not."""
        if self.source is None:
            return None
        item = self.source.languages.get(self.language, {}).get(key)
        return item or next((card for card in self.source.shelf(self.language) if card.name == key), None)

    def problems_of(self, key: str) -> tuple[Diagnostic, ...]:
        """Return the problems of one item's or card's file; of one that cannot be read too."""
        ends = (
            f"/{self.language}/{key}.yaml",
            *(f"/{self.language}/{folder}/{key}.yaml" for folder in ("toolkit", "questions")),
        )
        return tuple(problem for problem in self.problems if problem.file.endswith(ends))

    def tree(self) -> tuple[TreeBranch, ...]:
        """Return everything course.yaml lists: weeks, what comes after them, toolkit and questions."""
        model = self.source.course_model if self.source else None
        if self.source is None or model is None:
            return ()
        branches = [
            self._branch(f"Week {number}: {week.theme.get(self.language, UNNAMED)}", week.items)
            for number, week in enumerate(model.weeks, start=1)
        ]
        boosters = [booster.item for booster in model.boosters]
        rest = (("After the course", boosters), ("Toolkit", model.toolkit), ("Questions", model.questions))
        return (*branches, *(self._branch(heading, ids) for heading, ids in rest if ids))

    def _branch(self, heading: str, ids: Iterable[str]) -> TreeBranch:
        return TreeBranch(heading, tuple(self._entry(key) for key in ids))

    def _entry(self, key: str) -> TreeEntry:
        file = self.file_of(key)
        fields = file.document.data if file is not None and isinstance(file.document.data, dict) else {}
        return TreeEntry(
            id=key,
            kind=str(fields.get("kind", "")),
            title=str(fields.get("title", UNNAMED)),
            is_valid=file is not None and file.model is not None,
            problems=len(self.problems_of(key)),
        )


def read_draft(root: Path, language: str) -> Draft:
    """Read and lint a course folder; broken files are left out of the course and kept in the problems."""
    checked = check_course(root)
    source = checked.source
    course = None
    if source is not None and source.course_model is not None and language in source.languages:
        course = build_course(source, _of_valid_files(source, source.course_model, language), language)
    return Draft(
        root=root,
        language=language,
        source=source,
        course=course,
        problems=checked.diagnostics,
        files_read=checked.files_read,
        claims={claim.id: claim for claim in source.claims} if source else {},
        pictures=CoursePictures(course.id, root) if course else None,
    )


def _of_valid_files(source: CourseSource, model: CourseFile, language: str) -> CourseFile:
    """Return course.yaml as if it listed only what can be shown, with words for the language."""
    valid = {name for name, item in source.languages[language].items() if item.model is not None}
    cards = {(card.folder, card.name) for card in source.shelf(language) if card.model is not None}
    weeks = [
        week.model_copy(
            update={
                "items": [item_id for item_id in week.items if item_id in valid],
                "theme": {language: UNNAMED, **week.theme},
            }
        )
        for week in model.weeks
    ]
    return model.model_copy(
        update={
            "title": {language: UNNAMED, **model.title},
            "weeks": weeks,
            "boosters": [booster for booster in model.boosters if booster.item in valid],
            "toolkit": [key for key in model.toolkit if ("toolkit", key) in cards],
            "questions": [key for key in model.questions if ("questions", key) in cards],
        }
    )


class Drafts:
    """Reads the folder again when one of its files has changed, and only then."""

    def __init__(self, root: Path, language: str) -> None:
        self._root = root
        self._language = language
        self._last: tuple[frozenset[tuple[str, int, int]], Draft] | None = None

    def now(self) -> Draft:
        """Return the course as it is on disk at this moment."""
        state = frozenset(_state(self._root))
        if self._last is None or self._last[0] != state:
            self._last = (state, read_draft(self._root, self._language))
        return self._last[1]


def _state(root: Path) -> Iterable[tuple[str, int, int]]:
    for path in root.rglob("*"):
        if path.is_file():
            stat = path.stat()
            yield str(path), stat.st_mtime_ns, stat.st_size


def item_ids(course: Course) -> tuple[ItemId, ...]:
    """Return every item in the order in which a learner meets them, boosters last."""
    return (*(item.id for item in course.items), *(booster.item.id for booster in course.boosters))
