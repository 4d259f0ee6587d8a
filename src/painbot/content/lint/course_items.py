"""Every item and card that course.yaml lists has its file, and every file is listed, once.

Passes, with a file `pne-01.yaml` and a file `check-01.yaml`::

    # course.yaml
    format: 1
    id: chronic-pain
    version: "1"
    title: { en: A course }
    weeks:
      - theme: { en: First week }
        items: [pne-01, check-01]

Fails (`pne-09` has no file, and `check-01` is listed nowhere)::

    # course.yaml
    format: 1
    id: chronic-pain
    version: "1"
    title: { en: A course }
    weeks:
      - theme: { en: First week }
        items: [pne-01, pne-09]
"""

from __future__ import annotations

from collections.abc import Iterator

from painbot.content.bundle import CourseSource
from painbot.content.diagnostics import Diagnostic
from painbot.content.lint.frame import Rule


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield ids without a file, ids listed twice, files listed nowhere, languages without words."""
    first: dict[str, int] = {}
    for path, item_id in source.listed():
        if item_id in first:
            message = f"`{item_id}` is already listed on line {first[item_id]}"
            yield source.course.problem(path, message, "list it once", RULE.id)
            continue
        first[item_id] = source.course.value_spot(path).line
        for language, items in source.languages.items():
            if item_id not in items and (language, item_id) not in source.unreadable:
                message = f"there is no file {language}/{item_id}.yaml"
                yield source.course.problem(path, message, "write the file, or take the id out", RULE.id)
    yield from _cards(source)
    if source.course_model is None:
        return
    if not source.languages:
        message = "the course has no language folder"
        yield source.course.problem((), message, "put its lessons into a folder such as `en`", RULE.id)
    for item in source.items():
        if item.name not in first:
            message = "course.yaml does not list this file"
            yield item.document.problem(
                (), message, f"add `{item.name}` to a week, or delete the file", RULE.id
            )
    yield from _words_for_every_language(source)


def _cards(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield toolkit and question cards without a file, listed twice, or with a file that is not listed."""
    first: dict[tuple[str, str], int] = {}
    for path, folder, card_id in source.listed_cards():
        if (folder, card_id) in first:
            message = f"`{card_id}` is already listed on line {first[folder, card_id]}"
            yield source.course.problem(path, message, "list it once", RULE.id)
            continue
        first[folder, card_id] = source.course.value_spot(path).line
        for language in source.languages:
            known = {card.name for card in source.shelf(language) if card.folder == folder}
            if card_id not in known and (language, f"{folder}/{card_id}") not in source.unreadable:
                message = f"there is no file {language}/{folder}/{card_id}.yaml"
                yield source.course.problem(path, message, "write the file, or take the id out", RULE.id)
    for card in source.shelf():
        if (card.folder, card.name) not in first:
            message = "course.yaml does not list this card"
            remedy = f"add `{card.name}` to `{card.folder}`, or delete the file"
            yield card.document.problem((), message, remedy, RULE.id)


def _words_for_every_language(source: CourseSource) -> Iterator[Diagnostic]:
    weeks = source.course_model.weeks if source.course_model else []
    for language in source.languages:
        if source.course_model and language not in source.course_model.title:
            yield source.course.problem(
                ("title",), f"has no text for `{language}`", f"add `{language}: ...`", RULE.id
            )
        for number, week in enumerate(weeks):
            if language not in week.theme:
                path = ("weeks", number, "theme")
                yield source.course.problem(
                    path, f"has no text for `{language}`", f"add `{language}: ...`", RULE.id
                )


RULE = Rule("course-items", check, stops_start=True)
