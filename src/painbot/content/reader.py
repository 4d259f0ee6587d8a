"""A course folder, on disk or inside a wheel, to a bundle.

No file is left unread because another one is broken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final, NamedTuple

from pydantic import TypeAdapter

from painbot.content.bundle import CourseSource, ItemSource, ShelfSource
from painbot.content.diagnostics import Diagnostic
from painbot.content.schema import CLAIMS, COURSE, ITEMS, SHELVES
from painbot.content.wording import validate
from painbot.content.yaml_source import MAX_BYTES, YamlDocument, read_yaml

COURSE_NAME: Final = "course.yaml"
EVIDENCE_NAME: Final = "evidence.yaml"
EVIDENCE_MAX_BYTES: Final = 16 * MAX_BYTES
"""evidence.yaml holds every claim of the course, so it may be longer than a lesson."""

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_KINDS: Final = "lesson, practice, check or booster"
PICTURES: Final = "pictures"


class ReadCourse(NamedTuple):
    """What a course folder held: the bundle, if course.yaml could be read, and each file's problems."""

    source: CourseSource | None
    problems: list[Diagnostic]
    files_read: int


def read_course(root: Path | Traversable, languages: Iterable[str] | None = None) -> ReadCourse:
    """Read a course folder, all its languages or the ones given."""
    reader = _Reader()
    shown = shown_name(root)
    course = reader.read(root, shown, COURSE_NAME, MAX_BYTES)
    evidence = reader.read(root, shown, EVIDENCE_NAME, EVIDENCE_MAX_BYTES)
    wanted = languages_of(root) if languages is None else sorted(languages)
    items = {language: reader.read_items(root / language, shown, language) for language in wanted}
    shelves = {language: reader.read_shelves(root / language, shown, language) for language in wanted}
    if course is None:
        return ReadCourse(None, reader.problems, reader.files_read)
    source = CourseSource(
        course=course,
        course_model=reader.model(course, COURSE),
        evidence=evidence,
        claims=tuple(reader.model(evidence, CLAIMS) or ()) if evidence else (),
        languages=items,
        unreadable=frozenset(reader.unreadable),
        shelves=shelves,
        pictures={language: _names(root / language / PICTURES) for language in wanted},
    )
    return ReadCourse(source, reader.problems, reader.files_read)


def shown_name(root: Path | Traversable) -> str:
    """Return the name of a folder for problems: relative to where the author stands, if below it."""
    if isinstance(root, Path):
        absolute, here = root.resolve(), Path.cwd()
        return absolute.relative_to(here).as_posix() if absolute.is_relative_to(here) else root.as_posix()
    return str(root)


def languages_of(root: Path | Traversable) -> list[str]:
    """Return the languages a course folder has a folder for."""
    if not root.is_dir():
        return []
    return sorted(
        below.name for below in root.iterdir() if below.is_dir() and _LANGUAGE.fullmatch(below.name)
    )


def _names(folder: Path | Traversable) -> frozenset[str]:
    return frozenset(below.name for below in folder.iterdir()) if folder.is_dir() else frozenset()


class _Reader:
    """Collects the problems of all files."""

    def __init__(self) -> None:
        self.problems: list[Diagnostic] = []
        self.unreadable: set[tuple[str, str]] = set()
        self.files_read = 0

    def read_items(self, folder: Path | Traversable, course: str, language: str) -> dict[str, ItemSource]:
        """Read every item of a language; a folder that does not exist has none."""
        items: dict[str, ItemSource] = {}
        for stem, document in self._documents(folder, f"{course}/{language}"):
            if document is None:
                self.unreadable.add((language, stem))
            else:
                items[stem] = ItemSource(stem, document, self._item_model(document))
        return items

    def read_shelves(self, folder: Path | Traversable, course: str, language: str) -> tuple[ShelfSource, ...]:
        """Read the toolkit and question cards of a language; a folder that does not exist has none."""
        cards: list[ShelfSource] = []
        for below, (kind, adapter) in SHELVES.items():
            for stem, document in self._documents(folder / below, f"{course}/{language}/{below}"):
                if document is None:
                    self.unreadable.add((language, f"{below}/{stem}"))
                elif document.get(("kind",)) in (kind, None):
                    cards.append(ShelfSource(below, stem, document, self.model(document, adapter)))
                else:
                    spot = document.value_spot(("kind",))
                    message = f"the folder `{below}` holds files of the kind `{kind}`"
                    self.problems.append(
                        document.problem(
                            ("kind",),
                            message,
                            f"write `kind: {kind}`, or move the file",
                            "item-kind",
                            spot=spot,
                        )
                    )
                    cards.append(ShelfSource(below, stem, document, None))
        return tuple(cards)

    def _documents(self, folder: Path | Traversable, shown: str) -> Iterator[tuple[str, YamlDocument | None]]:
        """Yield name and document of every YAML file of a folder; None for one that cannot be read."""
        if not folder.is_dir():
            return
        for name in sorted(below.name for below in folder.iterdir() if not below.name.startswith(".")):
            stem, _, ending = name.rpartition(".")
            if ending == "yml":
                self._report(
                    f"{shown}/{name}", "files of a course end in .yaml", "rename the file", "file-name"
                )
            if ending == "yaml":
                yield stem, self.read(folder, shown, name, MAX_BYTES)

    def read(self, folder: Path | Traversable, shown: str, name: str, max_bytes: int) -> YamlDocument | None:
        """Read one file, or report why that is not possible."""
        file = f"{shown}/{name}"
        try:
            with (folder / name).open("rb") as stream:
                raw = stream.read(max_bytes + 1)
        except FileNotFoundError:
            self._report(file, "this file is missing", "create it", "file-missing")
            return None
        except OSError as error:
            message = f"the file cannot be read: {error.strerror or type(error).__name__}"
            self._report(file, message, "check its permissions", "file-unreadable")
            return None
        self.files_read += 1
        document, found = read_yaml(file, raw, max_bytes)
        self.problems.extend(found)
        return document

    def model(self, document: YamlDocument, adapter: TypeAdapter[Any]) -> Any:
        """Return the file's model, or None after reporting what breaks the format."""
        if document.data is None and document.is_readable(()):
            self.problems.append(
                document.problem((), "the file is empty", "start it with `format: 1`", "file-empty")
            )
            return None
        model, found = validate(document, adapter)
        self.problems.extend(found)
        # A refused value leaves a hole that a field with a default would hide.
        return None if document.unreadable else model

    def _item_model(self, document: YamlDocument) -> Any:
        kind = document.get(("kind",))
        if not isinstance(document.data, dict) or (isinstance(kind, str) and kind in ITEMS):
            return self.model(document, ITEMS[kind] if isinstance(kind, str) else ITEMS["lesson"])
        if not document.is_readable(("kind",)):
            return None
        # What else belongs into the file depends on its kind, so nothing else is judged.
        message = f"must be {_KINDS}" if "kind" in document.data else "is missing"
        spot = document.value_spot(("kind",))
        self.problems.append(
            document.problem(("kind",), message, f"write `kind: {_KINDS}`", "item-kind", spot=spot)
        )
        return None

    def _report(self, file: str, message: str, remedy: str, rule: str) -> None:
        self.problems.append(Diagnostic(file, 1, 1, "", message, remedy, rule))
