"""A course folder as read: every file with its data, its places and, when it is valid, its model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from painbot.content.diagnostics import FieldPath
from painbot.content.schema import SHELVES
from painbot.content.schema.course import CourseFile
from painbot.content.schema.evidence import Claim
from painbot.content.schema.items import ItemFile
from painbot.content.schema.shelf import ShelfFile
from painbot.content.yaml_source import YamlDocument

READ_BY_LEARNERS = frozenset(
    {
        *(
            "title",
            "idea",
            "text",
            "smaller",
            "ask",
            "again",
            "reply",
            "low",
            "high",
            "closing",
            "alt",
            "skip",
        ),
        *("summary", "what", "strength", "who_must_not", "clashes", "ceiling"),
    }
)
"""Fields a learner gets to read, wherever they stand in a file."""


class LearnerText(NamedTuple):
    """One text a learner gets to read, and its path in the file."""

    path: FieldPath
    text: str


@dataclass(frozen=True)
class ItemSource:
    """One lesson, practice day or check day; `model` is None while the file breaks the format."""

    name: str
    document: YamlDocument
    model: ItemFile | None

    def texts(self) -> Iterator[LearnerText]:
        """Yield every text a learner reads, in the order of the file, valid or not."""
        return _texts(self.document.data, ())


@dataclass(frozen=True)
class ShelfSource:
    """One toolkit or question card; `folder` is where it stands, `model` None while it breaks the format."""

    folder: str
    name: str
    document: YamlDocument
    model: ShelfFile | None

    def texts(self) -> Iterator[LearnerText]:
        """Yield every text a learner reads, in the order of the file, valid or not."""
        return _texts(self.document.data, ())


@dataclass(frozen=True)
class CourseSource:
    """A course folder: course.yaml, evidence.yaml, and the files of each language by file name.

    `shelves` holds toolkit and question cards by language, `pictures` the names of the files in each
    language's folder of pictures. `unreadable` holds the (language, name) of files that exist but could
    not be read at all; the name of a card is led by its folder, as in `toolkit/magnesium`.
    """

    course: YamlDocument
    course_model: CourseFile | None
    evidence: YamlDocument | None
    claims: tuple[Claim, ...]
    languages: Mapping[str, Mapping[str, ItemSource]]
    unreadable: frozenset[tuple[str, str]] = frozenset()
    shelves: Mapping[str, tuple[ShelfSource, ...]] = field(default_factory=dict)
    pictures: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def shelf(self, language: str | None = None) -> Iterator[ShelfSource]:
        """Yield the toolkit and question cards of a language, or of all."""
        for code, cards in self.shelves.items():
            if language in (None, code):
                yield from cards

    def files(self, language: str | None = None) -> Iterator[ItemSource | ShelfSource]:
        """Yield every file that holds words for learners, of a language or of all."""
        for code, items in self.languages.items():
            if language in (None, code):
                yield from items.values()
        yield from self.shelf(language)

    def items(self) -> Iterator[ItemSource]:
        """Yield the items of every language."""
        for items in self.languages.values():
            yield from items.values()

    def listed(self) -> Iterator[tuple[FieldPath, str]]:
        """Yield the item ids of course.yaml with their paths, in course order, boosters last."""
        weeks = self.course.get(("weeks",))
        for number, _ in enumerate(weeks if isinstance(weeks, list) else []):
            ids = self.course.get(("weeks", number, "items"))
            for position, item_id in enumerate(ids if isinstance(ids, list) else []):
                if isinstance(item_id, str):
                    yield ("weeks", number, "items", position), item_id
        boosters = self.course.get(("boosters",))
        for position in range(len(boosters) if isinstance(boosters, list) else 0):
            item_id = self.course.get(("boosters", position, "item"))
            if isinstance(item_id, str):
                yield ("boosters", position, "item"), item_id
        between = self.course.get(("between",))
        if isinstance(between, str):
            yield ("between",), between

    def listed_cards(self) -> Iterator[tuple[FieldPath, str, str]]:
        """Yield folder and id of the cards that course.yaml lists, with their paths."""
        for folder in SHELVES:
            ids = self.course.get((folder,))
            for position, card_id in enumerate(ids if isinstance(ids, list) else []):
                if isinstance(card_id, str):
                    yield (folder, position), folder, card_id

    def claim_ids(self) -> Iterator[tuple[FieldPath, str]]:
        """Yield the ids of evidence.yaml with their paths, also of claims that are not yet valid."""
        if self.evidence is None or not isinstance(self.evidence.data, list):
            return
        for position in range(len(self.evidence.data)):
            path: FieldPath = (position, "id")
            claim_id = self.evidence.get(path)
            if isinstance(claim_id, str):
                yield path, claim_id


def _texts(data: object, path: FieldPath) -> Iterator[LearnerText]:
    if isinstance(data, dict):
        for name, value in data.items():
            if isinstance(value, str):
                if name in READ_BY_LEARNERS:
                    yield LearnerText((*path, name), value)
            else:
                yield from _texts(value, (*path, name))
    elif isinstance(data, list):
        for position, value in enumerate(data):
            yield from _texts(value, (*path, position))
