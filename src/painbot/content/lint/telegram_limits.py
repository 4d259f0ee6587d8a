"""What becomes of a text fits Telegram: 4096 characters a message, 1024 under a picture, 64 bytes a button.

A message holds more than one text: a practice day its card and both forms of the action, a quiz its
options, the first screen of a toolkit card every warning somebody may get. Room is kept for the bot's
own words around them. A button carries the ids of what it leads to.

Passes::

    question: { id: ring, ask: "Did that ring true?", low: not at all, high: fully }

Fails::

    question:
      id: did-that-ring-true-for-you-today
      ask: Did that ring true?
      choices: [{ id: it-did-ring-true, text: "Yes" }, { id: it-did-not-ring, text: "No" }]
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Final

from painbot.content import markup
from painbot.content.bundle import CourseSource, ItemSource, ShelfSource
from painbot.content.diagnostics import Diagnostic, FieldPath
from painbot.content.lint.forms import Form, forms
from painbot.content.lint.frame import Rule
from painbot.content.schema.items import PracticeFile
from painbot.content.schema.parts import CardPart
from painbot.content.schema.questions import ChoiceQuestion
from painbot.content.schema.shelf import QuestionFile, ToolkitFile
from painbot.core.checkin import LESSON
from painbot.core.forms import ANSWER
from painbot.core.looking_up import EVIDENCE, SAFETY, TOOLKIT
from painbot.core.pictures import DESCRIBE
from painbot.core.quizzes import QUIZ_ANSWER

MAX_MESSAGE: Final = 4096
MAX_CAPTION: Final = 1024
MAX_BUTTON_BYTES: Final = 64

ROOM: Final = 250
"""Characters kept for the bot's own words in a message, such as the headings of a toolkit card."""
ROOM_UNDER_PICTURE: Final = 150
"""The same under the picture of a toolkit card's first screen, where less is to be said."""
ROOM_FOR_HEAD: Final = 24
"""Characters kept beside the title above a card: its number and the number of cards."""

_LONGEST_VALUE: Final = "23:59"
"""The longest answer to a question without choices."""


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield texts that do not fit a message, and ids that do not fit a button."""
    for item in source.items():
        for form in forms(item):
            yield from _item_messages(item, form)
            yield from _buttons(item, form)
    for card in source.shelf():
        yield from _shelf(card)


def _item_messages(item: ItemSource, form: Form) -> Iterator[Diagnostic]:
    assert item.model is not None
    title, action = form.part.title or item.model.title, form.action
    step = [action.text, action.smaller] if action else []
    yield from _captions(item, (*form.path, "cards"), form.part.cards or [], title)
    # A lesson's cards and its step are messages of their own; on other days one message holds them all.
    for number, card in enumerate(form.part.cards or []):
        texts = [title, card.text] if item.model.kind == "lesson" else [title, card.text, *step]
        yield from _message(item, (*form.path, "cards", number, "text"), texts)
    yield from _message(item, (*form.path, "action"), step)
    if isinstance(item.model, PracticeFile) and form.path == ():
        for lever, practice in item.model.levers.items():
            texts = [title, item.model.cards[0].text, practice.text, practice.smaller]
            yield from _message(item, ("levers", lever.value), texts)
    if form.quiz is not None:
        asked = [form.quiz.ask, form.quiz.again or ""]
        texts = [max(asked, key=len), *(option.text for option in form.quiz.options)]
        yield from _message(item, (*form.path, "quiz"), texts)
        for number, option in enumerate(form.quiz.options):
            texts = [max(asked, key=len), option.text, option.reply]
            yield from _message(item, (*form.path, "quiz", "options", number, "reply"), texts)


def _captions(
    file: ItemSource | ShelfSource, path: FieldPath, cards: list[CardPart], title: str
) -> Iterator[Diagnostic]:
    for number, card in enumerate(cards):
        if card.picture is not None:
            length = shown_length(title) + shown_length(card.text) + ROOM_FOR_HEAD
            yield from _caption(file, (*path, number, "text"), length)


def _caption(file: ItemSource | ShelfSource, path: FieldPath, length: int) -> Iterator[Diagnostic]:
    if length > MAX_CAPTION:
        spot = file.document.key_spot(path)
        message = f"takes {length} characters under its picture, Telegram shows {MAX_CAPTION}"
        yield file.document.problem(path, message, f"cut {length - MAX_CAPTION}", RULE.id, spot=spot)


def _message(file: ItemSource | ShelfSource, path: FieldPath, texts: list[str]) -> Iterator[Diagnostic]:
    length = sum(map(sent_length, texts)) + ROOM
    if length > MAX_MESSAGE:
        spot = file.document.key_spot(path)
        message = f"makes a message of {length} characters, Telegram takes {MAX_MESSAGE}"
        yield file.document.problem(path, message, f"cut {length - MAX_MESSAGE}", RULE.id, spot=spot)


def _shelf(card: ShelfSource) -> Iterator[Diagnostic]:
    match card.model:
        case QuestionFile() as model:
            yield from _captions(card, ("cards",), model.cards, model.title)
        case ToolkitFile() as model:
            warnings = [warning.text for warning in model.warnings]
            first = [model.title, *warnings, model.what, model.strength]
            second = [model.title, *warnings, model.who_must_not, model.clashes, model.ceiling, model.ask]
            yield from _message(card, ("what",), first)
            yield from _message(card, ("who_must_not",), second)
            if model.picture is not None:
                yield from _caption(card, ("what",), sum(map(shown_length, first)) + ROOM_UNDER_PICTURE)


def _buttons(item: ItemSource, form: Form) -> Iterator[Diagnostic]:
    model, question = item.model, form.question
    assert model is not None
    yield from _data(item, ("id",), EVIDENCE, model.id, "99")
    for number, card in enumerate(form.part.cards or []):
        if card.picture is not None:
            path: FieldPath = (*form.path, "cards", number, "picture", "name")
            yield from _data(item, path, DESCRIBE, card.picture.name)
        for place, key in enumerate(card.links):
            yield from _data(item, (*form.path, "cards", number, "links", place), TOOLKIT, key, SAFETY)
    for number, option in enumerate(form.quiz.options if form.quiz else []):
        path = (*form.path, "quiz", "options", number, "id")
        yield from _data(item, path, QUIZ_ANSWER, model.id, option.id)
    if question is not None:
        path = (*form.path, "question", "id")
        choices = question.choices if isinstance(question, ChoiceQuestion) else []
        longest = max([_LONGEST_VALUE, *(choice.id for choice in choices)], key=len)
        yield from _data(item, path, ANSWER, question_form(model.id), question.id, longest)


def question_form(item_id: str) -> str:
    """Return the id of the form in which the bot asks an item's question."""
    return f"{LESSON}:{item_id}"


def _data(item: ItemSource, path: FieldPath, *parts: str) -> Iterator[Diagnostic]:
    length = len("|".join(("1", *parts)).encode())
    if length > MAX_BUTTON_BYTES:
        message = f"makes a button of {length} bytes, Telegram takes {MAX_BUTTON_BYTES}"
        remedy = f"shorten the ids in it by {length - MAX_BUTTON_BYTES}"
        yield item.document.problem(path, message, remedy, RULE.id)


def shown_length(text: str) -> int:
    """Return the length of a text as shown, in UTF-16 units as Telegram counts, with the gap after it."""
    return len(text.strip().replace("**", "").encode("utf-16-le")) // 2 + len("\n\n")


def sent_length(text: str) -> int:
    """Return the length of a text as sent, with its tags and escaped signs; never too short."""
    styled = sum(run.bold + run.italic for block in markup.blocks(text) for run in block.runs)
    return len(html.escape(text, quote=False).encode("utf-16-le")) // 2 + styled * len("<b></b>") + 2


RULE = Rule("telegram-limits", check, stops_start=True)
