"""The forms an item comes in: its main text, and the variants that replace parts of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from painbot.content.bundle import ItemSource, ShelfSource
from painbot.content.diagnostics import FieldPath
from painbot.content.schema.items import ItemFile, VariantPart
from painbot.content.schema.parts import ActionPart
from painbot.content.schema.questions import QuestionPart, QuizPart
from painbot.content.yaml_source import YamlDocument


class Form(NamedTuple):
    """One form of a valid item; `path` leads to it, `part` holds what it says itself."""

    path: FieldPath
    part: ItemFile | VariantPart

    @property
    def quiz(self) -> QuizPart | None:
        """Return the form's own quiz."""
        return getattr(self.part, "quiz", None)

    @property
    def question(self) -> QuestionPart | None:
        """Return the form's own question."""
        return self.part.question

    @property
    def action(self) -> ActionPart | None:
        """Return the form's own small thing to try."""
        return getattr(self.part, "action", None)


def forms(item: ItemSource) -> Iterator[Form]:
    """Yield the main text and each variant of an item that keeps to the format."""
    if item.model is None:
        return
    yield Form((), item.model)
    for number, variant in enumerate(item.model.variants):
        yield Form(("variants", number), variant)


def roots(document: YamlDocument) -> Iterator[FieldPath]:
    """Yield the way to each form of a file, whether it keeps to the format or not."""
    yield ()
    for number in range(list_length(document, ("variants",))):
        yield ("variants", number)


def own_path(path: FieldPath) -> FieldPath:
    """Return a path as it is within its form, so that variants read like the main text."""
    return path[2:] if path[:1] == ("variants",) else path


def is_wrong_answer(file: ItemSource | ShelfSource, path: FieldPath) -> bool:
    """True for the words of a quiz option that is not the right one: its reply sets them right."""
    is_option = own_path(path)[:2] == ("quiz", "options") and path[-1] == "text"
    return is_option and not file.document.get((*path[:-1], "correct"))


def list_length(document: YamlDocument, path: FieldPath) -> int:
    """Return how many entries a list has; 0 for whatever is no list."""
    entries = document.get(path)
    return len(entries) if isinstance(entries, list) else 0


def ids_in(document: YamlDocument, path: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    """Yield the ids of a list's entries with their paths."""
    for position in range(list_length(document, path)):
        below = (*path, position, "id")
        entry_id = document.get(below)
        if isinstance(entry_id, str):
            yield below, entry_id


def names_in(document: YamlDocument, path: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    """Yield the texts of a plain list with their paths."""
    for position in range(list_length(document, path)):
        name = document.get((*path, position))
        if isinstance(name, str):
            yield (*path, position), name
