"""Every picture is there, drawing and rendered file, is used, and says in words what it shows.

`<language>/pictures/` holds `<name>.svg` and, made from it, `<name>.png` or `<name>.gif`. The words have
five words or more, and are the same wherever the picture stands. A picture that no card shows is
warned about.

Passes::

    evidence: [course-scope]

Fails (there is no such file)::

    cards:
      - { id: one, text: First., picture: { name: two-dials, alt: "Two dials, one high and one low." } }
      - { id: two, text: Second. }
      - { id: three, text: Third. }
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from painbot.content.bundle import CourseSource, ItemSource, ShelfSource
from painbot.content.diagnostics import Diagnostic, FieldPath, Severity
from painbot.content.lint.card_length import count_words
from painbot.content.lint.frame import Rule
from painbot.content.pictures import FOLDER, KINDS

MIN_ALT_WORDS: Final = 5

_DRAWING: Final = "svg"


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield pictures without files or words, and files that no card shows."""
    for language in source.languages:
        there = source.pictures.get(language, frozenset())
        used: dict[str, tuple[str, str]] = {}
        for file in source.files(language):
            for path, name, alt in _pictures(file):
                yield from _files(file, path, name, language, there)
                yield from _words(file, path, name, alt, used)
        for file_name in sorted(there):
            stem, _, ending = file_name.rpartition(".")
            if ending in (_DRAWING, *KINDS) and stem not in used:
                message = f"no card shows {language}/{FOLDER}/{file_name}"
                unused = source.course.problem((), message, "show it, or delete the file", RULE.id)
                yield replace(unused, severity=Severity.WARNING)


def _files(
    file: ItemSource | ShelfSource, path: FieldPath, name: str, language: str, there: frozenset[str]
) -> Iterator[Diagnostic]:
    below = (*path, "name")
    if f"{name}.{_DRAWING}" not in there:
        message = f"there is no file {language}/{FOLDER}/{name}.{_DRAWING}"
        yield file.document.problem(below, message, "draw it, or take the picture out", RULE.id)
    elif not any(f"{name}.{ending}" in there for ending in KINDS):
        message = f"there is no file {language}/{FOLDER}/{name}.png made from its drawing"
        yield file.document.problem(below, message, "run `painbot lessons pictures`", RULE.id)


def _words(
    file: ItemSource | ShelfSource, path: FieldPath, name: str, alt: str, used: dict[str, tuple[str, str]]
) -> Iterator[Diagnostic]:
    below = (*path, "alt")
    if count_words(alt) < MIN_ALT_WORDS:
        message = f"has {count_words(alt)} words, a picture needs {MIN_ALT_WORDS} or more to be told"
        yield file.document.problem(below, message, "say what it shows and what that means", RULE.id)
    first_alt, first_file = used.setdefault(name, (" ".join(alt.split()), file.document.file))
    if first_alt != " ".join(alt.split()):
        message = f"tells `{name}` in other words than {first_file}"
        yield file.document.problem(below, message, "use the same words in both", RULE.id)


def _pictures(file: ItemSource | ShelfSource) -> Iterator[tuple[FieldPath, str, str]]:
    """Yield (path, name, alt) of every picture a file mentions that keeps to the format."""
    yield from _below(file.document.data, ())


def _below(data: Any, path: FieldPath) -> Iterator[tuple[FieldPath, str, str]]:
    pairs: Any = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for part, value in pairs:
        if part == "picture" and isinstance(value, dict):
            name, alt = value.get("name"), value.get("alt")
            if isinstance(name, str) and isinstance(alt, str):
                yield (*path, part), name, alt
        else:
            yield from _below(value, (*path, part))


RULE = Rule("picture-files", check)
