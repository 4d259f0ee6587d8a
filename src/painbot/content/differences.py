"""What changes for learners when one state of a course takes the place of another.

Answers and progress are stored by id, so what counts is what became of each id: an item that is new,
gone or elsewhere, words that changed in the main text or in a variant, answers whose ids are gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from painbot.core.course import Course, Item, ItemKind, Variant
from painbot.core.shelf import QuestionCard, ToolkitCard

MAIN: Final = "main"
"""The name of an item's main text among its forms."""


class ChangeKind(StrEnum):
    """What happened to something."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    REWORDED = "reworded"
    ANSWERS_GONE = "answers gone"
    JUDGED_ANEW = "judged anew"
    REROUTED = "rerouted"
    """Other learners than before get this variant, or are shown this card."""


@dataclass(frozen=True)
class Change:
    """One change: to what, which parts of it, in which forms, and who gets something different.

    `of` is item, toolkit, question, claim or course. `forms` names the main text and the variants in
    which it holds; it is empty where there are none to tell apart.
    """

    kind: ChangeKind
    of: str
    id: str
    who: str
    parts: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    note: str = ""


_TO_COME: Final = "learners who have not had it yet, and whoever opens it again"
_ANYBODY: Final = "everybody, the next time they look"
_WITH_QUIZ: Final = f"{_TO_COME}; where words of the quiz changed, those to whom it comes back too"


def differences(old: Course, new: Course) -> tuple[Change, ...]:
    """Return what changes, the course itself first, then items in their new order, then what is looked up."""
    return (
        *_course(old, new),
        *_added_and_removed(old, new),
        *_moved(old, new),
        *_items(old, new),
        *_shelf(old, new),
    )


def _all_items(course: Course) -> dict[str, Item]:
    return {item.id: item for item in (*course.items, *(booster.item for booster in course.boosters))}


def _course(old: Course, new: Course) -> Iterator[Change]:
    everybody = "everybody on the course"
    for name, before, after in (
        ("title", old.title, new.title),
        ("themes of the weeks", [week.theme for week in old.weeks], [week.theme for week in new.weeks]),
    ):
        if before != after:
            yield Change(ChangeKind.REWORDED, "course", new.id, everybody, (name,))
    for name, earlier, later, who in (
        ("sleep log", old.sleep_log, new.sleep_log, "learners whose log has not ended"),
        ("gates asked again", old.reask, new.reask, "learners who are not past these items"),
        ("levers", old.levers, new.levers, "learners who chose a lever on their map"),
    ):
        if earlier != later:
            yield Change(ChangeKind.REROUTED, "course", new.id, who, (name,))
    weeks = {booster.item.id: booster.week for booster in old.boosters}
    for booster in new.boosters:
        if weeks.get(booster.item.id, booster.week) != booster.week:
            who = "learners who have not had it yet"
            parts = (f"week {weeks[booster.item.id]} to week {booster.week}",)
            yield Change(ChangeKind.MOVED, "item", booster.item.id, who, parts)


def _added_and_removed(old: Course, new: Course) -> Iterator[Change]:
    before, after = _all_items(old), _all_items(new)
    gone = {(item.kind, item.title): item.id for item in before.values() if item.id not in after}
    for item in after.values():
        if item.id in before:
            continue
        who = "every learner still on the course: who is past its place gets it next"
        if item.kind is ItemKind.CHECK:
            who = "every learner who has not had as many check days as stand before it; later ones move on"
        if item.kind is ItemKind.BOOSTER:
            who = "learners who have finished the weeks"
        former = gone.get((item.kind, item.title))
        note = f"looks like `{former}` under another id: whoever had that gets it again" if former else ""
        yield Change(ChangeKind.ADDED, "item", item.id, who, note=note)
    for item in before.values():
        if item.id not in after:
            who = "learners who have not had it will not get it; who had it finds its buttons without an item"
            note = "its quiz no longer comes back" if item.quiz else ""
            yield Change(ChangeKind.REMOVED, "item", item.id, who, note=note)


def _moved(old: Course, new: Course) -> Iterator[Change]:
    """Yield items that come earlier or later than before, as few as explain the new order.

    Check days are looked at by themselves: they follow the calendar, not the items between them.
    """
    places = {item.id: place for place, item in enumerate(new.items)}
    weeks = {item.id: week.number for week in new.weeks for item in week.items}
    was_in = {item.id: week.number for week in old.weeks for item in week.items}
    staying: set[int] = set()
    for queue in (old.path, old.checks):
        staying |= _longest_rising([places[item.id] for item in queue if item.id in places])
    for item_id, place in places.items():
        if item_id not in was_in or (place in staying and weeks[item_id] == was_in[item_id]):
            continue
        where = f"week {was_in[item_id]} to week {weeks[item_id]}"
        parts = (where if was_in[item_id] != weeks[item_id] else f"within week {weeks[item_id]}",)
        yield Change(ChangeKind.MOVED, "item", item_id, "learners who have not had it yet", parts)


def _longest_rising(places: list[int]) -> frozenset[int]:
    """Return a longest run of places, not necessarily side by side, that rises."""
    ending: list[tuple[int, ...]] = []  # the longest such run that ends with each place
    for at, place in enumerate(places):
        before = [run for run, last in zip(ending, places[:at], strict=True) if last < place]
        ending.append((*_longest(before), place))
    return frozenset(_longest(ending))


def _longest(runs: list[tuple[int, ...]]) -> tuple[int, ...]:
    return max(runs, key=len) if runs else ()


def _items(old: Course, new: Course) -> Iterator[Change]:
    before = _all_items(old)
    for item in _all_items(new).values():
        if item.id in before:
            yield from _variants(before[item.id], item)
            yield from _reworded(before[item.id], item)
            yield from _answers(before[item.id], item)


def _variants(old: Item, new: Item) -> Iterator[Change]:
    def conditions(item: Item) -> dict[str, tuple[int, object]]:
        return {variant.id: (place, variant.condition) for place, variant in enumerate(item.variants)}

    before, after = conditions(old), conditions(new)
    gates = {variant.id: _gates(variant) for variant in (*old.variants, *new.variants)}
    for variant_id in dict.fromkeys([*after, *before]):
        if variant_id not in before:
            who = f"learners with {gates[variant_id]}, who had another form before"
            yield Change(ChangeKind.ADDED, "item", new.id, who, (f"variant {variant_id}",))
        elif variant_id not in after:
            who = f"learners with {gates[variant_id]}, who get another form now"
            yield Change(ChangeKind.REMOVED, "item", new.id, who, (f"variant {variant_id}",))
        elif before[variant_id] != after[variant_id]:
            who = f"learners with {gates[variant_id]}, or with the gates it had before"
            yield Change(ChangeKind.REROUTED, "item", new.id, who, (f"variant {variant_id}",))


def _gates(variant: Variant) -> str:
    return " or ".join(f"`{gate}`" for gate in variant.condition.when)


def _forms(item: Item) -> dict[str, Item]:
    return {MAIN: item, **{variant.id: variant.item for variant in item.variants}}


def _reworded(old: Item, new: Item) -> Iterator[Change]:
    """Yield one change for each set of forms in which the same parts differ."""
    before, after = _forms(old), _forms(new)
    shared = [name for name in after if name in before]
    parts = {name: (_parts(before[name]), _parts(after[name])) for name in shared}
    changed: dict[str, list[str]] = {}
    for name in shared:
        earlier, later = parts[name]
        for part in dict.fromkeys([*later, *earlier]):
            if earlier.get(part) != later.get(part):
                changed.setdefault(part, []).append(name)
    by_forms: dict[tuple[str, ...], list[str]] = {}
    for part, names in changed.items():
        by_forms.setdefault(tuple(names), []).append(part)
    for forms, names in by_forms.items():
        who = _WITH_QUIZ if any(name.startswith(("quiz", "answer")) for name in names) else _TO_COME
        told = forms if len(after) > 1 else ()
        yield Change(ChangeKind.REWORDED, "item", new.id, who, tuple(names), told, _told_apart(new, forms))


def _told_apart(item: Item, forms: tuple[str, ...]) -> str:
    """Say for which learners a form is, where an item has several."""
    named = {variant.id: _gates(variant) for variant in item.variants}
    if not named or len(forms) > len(named):
        return ""
    told = [f"`{name}`: learners with {named[name]}" for name in forms if name != MAIN]
    return "; ".join([*(["main text: learners without these gates"] if MAIN in forms else []), *told])


def _parts(item: Item) -> Mapping[str, object]:
    """Return everything a learner meets of one form, by a name that says what it is."""
    found: dict[str, object] = {
        "title": item.title,
        "idea": item.idea,
        "minutes": item.minutes,
        "action": item.action,
        "closing": item.closing,
        "evidence": item.evidence,
        "shows": item.shows,
        "measures": item.measures,
        "recalls": item.recalls,
        "offer": item.optional,
        "why": item.why,
    }
    found.update({f"card {card.id}": card for card in item.cards})
    found["order of cards"] = tuple(card.id for card in item.cards)
    found.update({f"lever {lever}": action for lever, action in item.levers.items()})
    if item.quiz is not None:
        found["quiz question"] = (item.quiz.ask, item.quiz.again)
        found.update({f"answer {option.id}": (option.text, option.reply) for option in item.quiz.options})
    if item.question is not None:
        question = item.question
        found["check-in question"] = (question.ask, question.low, question.high, question.condition)
        found.update({f"choice {choice.id}": (choice.text, choice.leads) for choice in question.choices})
    return found


def _answers(old: Item, new: Item) -> Iterator[Change]:
    """Yield answers that learners may have given and that the course no longer knows, or judges otherwise."""
    before, after = _correct(old), _correct(new)
    gone = tuple(sorted(before.keys() - after.keys()))
    if gone:
        who = "learners who gave one of these answers: it counts as a miss, and the quiz comes back"
        yield Change(ChangeKind.ANSWERS_GONE, "item", new.id, who, tuple(f"answer {name}" for name in gone))
    anew = tuple(sorted(name for name in before.keys() & after.keys() if before[name] != after[name]))
    if anew:
        who = "learners who gave one of these answers: what was right is a miss now, or the other way round"
        yield Change(ChangeKind.JUDGED_ANEW, "item", new.id, who, tuple(f"answer {name}" for name in anew))
    lost = tuple(sorted(_question_answers(old) - _question_answers(new)))
    if lost:
        who = "learners who answered so: it stays in their export under its id, and is shown nowhere else"
        yield Change(ChangeKind.ANSWERS_GONE, "item", new.id, who, lost)


def _correct(item: Item) -> dict[str, bool]:
    quizzes = (form.quiz for form in _forms(item).values() if form.quiz is not None)
    return {option.id: option.correct for quiz in quizzes for option in quiz.options}


def _question_answers(item: Item) -> set[str]:
    found: set[str] = set()
    for form in _forms(item).values():
        if form.question is not None:
            name = f"question {form.question.id}"
            found.add(name)
            found.update(f"{name}: choice {choice.id}" for choice in form.question.choices)
    return found


def _shelf(old: Course, new: Course) -> Iterator[Change]:
    kinds: tuple[tuple[str, Mapping[str, object], Mapping[str, object]], ...] = (
        ("toolkit", old.shelf.toolkit, new.shelf.toolkit),
        ("question", old.shelf.questions, new.shelf.questions),
        ("claim", old.shelf.claims, new.shelf.claims),
    )
    for of, before, after in kinds:
        for key, card in after.items():
            if key not in before:
                yield Change(ChangeKind.ADDED, of, key, _ANYBODY)
            elif before[key] != card:
                yield Change(ChangeKind.REWORDED, of, key, _ANYBODY, _card_parts(before[key], card))
        for key in before:
            if key not in after:
                yield Change(ChangeKind.REMOVED, of, key, _ANYBODY)


def _card_parts(old: object, new: object) -> tuple[str, ...]:
    if isinstance(new, ToolkitCard | QuestionCard) and isinstance(old, QuestionCard):
        earlier = {f"card {card.id}": card for card in old.cards}
        later = {f"card {card.id}": card for card in new.cards} if isinstance(new, QuestionCard) else {}
        cards = [name for name in dict.fromkeys([*later, *earlier]) if earlier.get(name) != later.get(name)]
        return (*cards, *(name for name in _fields(old, new) if name != "cards"))
    return tuple(_fields(old, new))


def _fields(old: object, new: object) -> list[str]:
    return [name for name, value in vars(new).items() if vars(old).get(name) != value]
