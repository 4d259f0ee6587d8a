"""Everything that leads somewhere leads to something that is there, and every part has somebody to meet it.

That holds for links of cards, the way onward from a question card, the lessons of a toolkit card, gates
that an answer stores, and what course.yaml names for levers, the sleep log and gates asked again. A
question card has a way onward. A card that no learner can be shown, and a variant that an earlier one
always takes the place of, are reported too.

Passes::

    # en/questions/in-my-head.yaml
    onward: [pne-01, clinician]

Fails::

    # en/questions/in-my-head.yaml
    onward: [pne-99]

Fails (nobody holds a gate and does not)::

    cards:
      - { id: one, text: First. }
      - { id: two, text: Second. }
      - { id: three, text: Third. }
      - { id: four, text: Fourth., when: [crash], unless: [crash] }
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Final

from painbot.content.bundle import CourseSource, ItemSource, ShelfSource
from painbot.content.diagnostics import Diagnostic, FieldPath
from painbot.content.lint.forms import forms, list_length, names_in, own_path, roots
from painbot.content.lint.frame import Rule
from painbot.content.lint.learners import MOST_GATES, gates_of, learners, meetings, shown_cards
from painbot.content.schema.shelf import QuestionFile
from painbot.content.yaml_source import YamlDocument
from painbot.core.gates import Gate
from painbot.core.looking_up import CLINICIAN, URGENT

ONWARD: Final = (URGENT, CLINICIAN)
"""Where a question card may lead besides items and cards."""

_GATE: Final = "gate:"


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield what leads nowhere, and what nobody meets."""
    items = [item_id for _, item_id in source.listed()]
    cards = [card_id for _, _, card_id in source.listed_cards()]
    for item in source.items():
        for root in roots(item.document):
            yield from _links(item, root, cards)
            yield from _leads(item, root)
        yield from _unmet(item)
    for card in source.shelf():
        yield from _links(card, (), cards)
        yield from _unmet_of(card)
        lists = {"onward": [*items, *cards, *ONWARD], "lessons": items}
        for name, known in lists.items():
            yield from _names(card.document, (name,), known)
        if isinstance(card.model, QuestionFile) and not card.model.onward:
            message, remedy = "the answer leads nowhere", "add `onward`, at least `[clinician]`"
            yield card.document.problem(("onward",), message, remedy, RULE.id)
    yield from _course(source.course, items)


def _links(file: ItemSource | ShelfSource, root: FieldPath, cards: list[str]) -> Iterator[Diagnostic]:
    for number in range(list_length(file.document, (*root, "cards"))):
        yield from _names(file.document, (*root, "cards", number, "links"), cards)


def _names(document: YamlDocument, path: FieldPath, known: list[str]) -> Iterator[Diagnostic]:
    for below, name in names_in(document, path):
        if name not in known:
            yield _nowhere(document, below, name, known)


def _nowhere(document: YamlDocument, path: FieldPath, name: str, known: list[str]) -> Diagnostic:
    near = difflib.get_close_matches(name, known, n=1)
    remedy = f"did you mean `{near[0]}`?" if near else "list it in course.yaml, or take it out here"
    return document.problem(path, f"`{name}` leads nowhere", remedy, RULE.id)


def _leads(item: ItemSource, root: FieldPath) -> Iterator[Diagnostic]:
    for number in range(list_length(item.document, (*root, "question", "choices"))):
        path: FieldPath = (*root, "question", "choices", number, "leads")
        leads = item.document.get(path)
        if isinstance(leads, str) and leads.startswith(_GATE):
            gate = leads.removeprefix(_GATE)
            if gate not in tuple(Gate):
                yield _nowhere(item.document, path, gate, [str(gate) for gate in Gate])


def _unmet(item: ItemSource) -> Iterator[Diagnostic]:
    """Yield variants that are never taken and cards that are never shown."""
    if item.model is None or len(gates_of(item.model)) > MOST_GATES:
        return
    met = list(meetings(item))
    taken = {meeting.form for meeting in met}
    shown = {path for meeting in met for path in meeting.cards}
    for form in forms(item):
        if form.path and form.path not in taken:
            message = "nobody gets this variant: an earlier one is always taken before it"
            yield item.document.problem(form.path, message, "move it up, or change its `when`", RULE.id)
            continue
        for number, _ in enumerate(form.part.cards or []):
            path = (*form.path, "cards", number)
            if path not in shown:
                yield item.document.problem(path, _UNSEEN, _unseen_remedy(path), RULE.id)


_UNSEEN: Final = "nobody is ever shown this card"


def _unseen_remedy(path: FieldPath) -> str:
    if own_path(path) == path:
        return "change its `when` and `unless`, or the variants that take its place"
    return "change its `when` and `unless`, or the variant's"


def _unmet_of(card: ShelfSource) -> Iterator[Diagnostic]:
    if not isinstance(card.model, QuestionFile):
        return
    named = [gate for part in card.model.cards for gate in (*part.when, *part.unless)]
    shown = {number for gates in learners(named) for number in shown_cards(card.model.cards, gates)}
    for number, _ in enumerate(card.model.cards):
        if number not in shown:
            yield card.document.problem(("cards", number), _UNSEEN, "change its `when` and `unless`", RULE.id)


def _course(course: YamlDocument, items: list[str]) -> Iterator[Diagnostic]:
    """Yield what course.yaml names for levers, the sleep log and gates asked again, and is not there."""
    yield from _names(course, ("reask", "before"), items)
    levers, toolkit = course.get(("levers",)), [name for _, name in names_in(course, ("toolkit",))]
    for lever in levers if isinstance(levers, dict) else ():
        yield from _names(course, ("levers", lever, "items"), items)
        card_id = course.get(("levers", lever, "toolkit"))
        if isinstance(card_id, str) and card_id not in toolkit:
            yield _nowhere(course, ("levers", lever, "toolkit"), card_id, toolkit)
    log: list[FieldPath] = [("sleep_log", "from"), ("sleep_log", "until")]
    ends = [(path, name) for path in log if isinstance(name := course.get(path), str)]
    for path, name in ends:
        if name not in items:
            yield _nowhere(course, path, name, items)
    places = [items.index(name) for _, name in ends if name in items]
    if len(places) == len(log) and places[0] >= places[1]:
        message = f"`{ends[1][1]}` does not come after `{ends[0][1]}`, so the log is never asked"
        yield course.problem(log[1], message, "name a later item", RULE.id)


RULE = Rule("dead-ends", check, stops_start=True)
