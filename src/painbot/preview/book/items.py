"""Lessons, practice days, check days and boosters, with every variant, as pages of the book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from reportlab.platypus import Flowable, KeepTogether

from painbot.core.course import Item, ItemKind, Question, Quiz, TinyAction, Variant
from painbot.core.gates import ALWAYS
from painbot.core.parts import Lever, MadePart
from painbot.preview.book.document import Heading
from painbot.preview.book.parts import Sources, boxed, item_anchor, line
from painbot.preview.book.prose import labelled, plain, prose
from painbot.preview.book.styles import BODY, DEEPER, ITEM, LABEL, SECTION, SMALL, VARIANT, WHOM
from painbot.preview.gate_words import for_whom

KINDS: Final[Mapping[ItemKind, str]] = {
    ItemKind.LESSON: "Lesson",
    ItemKind.PRACTICE: "Practice day",
    ItemKind.CHECK: "Check day",
    ItemKind.BOOSTER: "Booster",
}

MADE: Final[Mapping[MadePart, str]] = {
    MadePart.PAIN_MAP: "the pain map",
    MadePart.FLARE_PLAN: "the flare plan",
    MadePart.STARTING_LINE: "the starting line from three trials",
    MadePart.SLEEP_NUMBER: "the share of the time in bed that was sleep",
    MadePart.WINDOW_OFFER: "an offer of a sleep window, or why there is none",
    MadePart.WINDOW_REVIEW: "a review of the sleep window",
    MadePart.STEP_OFFER: "an offer of the next small increase, or to stay",
    MadePart.LINE_DAYS: "on how many days the line was kept",
    MadePart.MINUTES_THEN_NOW: "minutes then and now",
    MadePart.CLINICIAN_QUESTIONS: "the questions kept for a clinician",
    MadePart.SUMMARY: "a summary of the course",
    MadePart.KEEP_GOING: "the plan to keep going",
}
"""What a part made from the learner's own data shows."""

MEASURES: Final[Mapping[str, str]] = {
    "peg": "PEG (pain, enjoyment of life, general activity; 0 to 10 each)",
    "phq4": "PHQ-4 (two questions on mood, two on worry)",
    "confidence": "how sure they feel of managing (0 to 10)",
    "change": "how they are overall since the start",
    "sleep-effects": "effects of the sleep window, asked only of those who have one",
    "harm": "whether something in the course made things worse",
}

LEVERS: Final[Mapping[Lever, str]] = {
    Lever.SLEEP: "sleep",
    Lever.STRESS: "stress",
    Lever.PAST: "hard experiences in the past",
    Lever.MOOD: "mood",
    Lever.BOOM_BUST: "boom and bust",
    Lever.GUARDING: "guarding",
    Lever.EATING: "eating",
    Lever.MEDICINES: "medicines",
    Lever.ALONE: "being alone with it",
}


def item_pages(item: Item, sources: Sources) -> Iterator[Flowable]:
    """Yield one item: the main text, then each variant with what differs from it."""
    yield Heading(f"{item.id}  {item.title}", ITEM, level=1, anchor=item_anchor(item.id))
    minutes = "1 minute" if item.minutes == 1 else f"{item.minutes} minutes"
    yield line(f"{KINDS[item.kind]}, about {minutes}")
    if item.idea:
        yield from labelled("The one idea.", item.idea)
    yield from sources.references(item.evidence, "The whole of it rests on")
    if item.optional is not None:
        yield plain("May be skipped. It is offered like this:", SECTION)
        yield boxed([*prose(item.optional.text), line(f"Buttons: {item.optional.skip} / Open the lesson")])
    yield from _parts(item, None, sources)
    for variant in item.variants:
        yield from _variant(item, variant, sources)


def _variant(item: Item, variant: Variant, sources: Sources) -> Iterator[Flowable]:
    yield plain(f"{item.id}, variant “{variant.id}”", VARIANT)
    whom = for_whom(variant.condition)
    earlier = item.variants.index(variant)
    if earlier:
        whom += ", and who does not get " + " or ".join(f"“{each.id}”" for each in item.variants[:earlier])
    yield plain(whom, WHOM)
    yield line("Only what differs from the main text is printed.")
    if variant.item.title != item.title:
        yield from labelled("Title.", variant.item.title)
    if variant.item.idea != item.idea:
        yield from labelled("The one idea.", variant.item.idea)
    yield from _parts(variant.item, item, sources)


def _parts(item: Item, main: Item | None, sources: Sources) -> Iterator[Flowable]:
    """Yield the parts of an item; of a variant only what differs from the main text."""
    if main is None or item.cards != main.cards:
        yield plain("Cards", SECTION)
        for number, card in enumerate(item.cards, start=1):
            yield sources.card(card, f"{number}  {card.id}")
    if item.why is not None and (main is None or item.why != main.why):
        yield plain("Why?", SECTION)
        yield sources.card(item.why, "A little deeper, on request")
    if item.action is not None and (main is None or item.action != main.action):
        yield KeepTogether([plain("The small step", SECTION), *_action(item.action)])
    if item.levers and main is None:
        yield plain("Instead, for those who chose this on their pain map", SECTION)
        for lever, action in item.levers.items():
            name = LEVERS[Lever(lever)].capitalize()
            smaller = labelled("Smaller:", action.smaller, DEEPER)
            yield KeepTogether([*labelled(f"{name}.", action.text, SMALL), *smaller])
    if item.quiz is not None and (main is None or item.quiz != main.quiz):
        yield from _quiz(item.quiz)
    if item.measures and main is None:
        yield plain("What is asked", SECTION)
        yield from prose("\n".join(f"- {MEASURES.get(name, name)}" for name in item.measures))
    if main is None or item.question != main.question:
        yield from _question(item.question, left_out=main is not None)
    if item.recalls and main is None:
        times = "One quiz question" if item.recalls == 1 else f"Up to {item.recalls} quiz questions"
        yield line(f"{times} of earlier lessons may come back here.")
    if item.closing and (main is None or item.closing != main.closing):
        yield plain("At the end", SECTION)
        yield boxed([*prose(item.closing)])
    if item.shows and (main is None or item.shows != main.shows):
        yield plain("Made from the learner's own answers", SECTION)
        yield plain("; ".join(MADE[MadePart(name)] for name in item.shows).capitalize() + ".", BODY)
    elif main is not None and main.shows and not item.shows:
        yield line("Nothing is made from the learner's own answers in this variant.")


def _action(action: TinyAction) -> list[Flowable]:
    return [*prose(action.text), *labelled("Smaller:", action.smaller)]


def _quiz(quiz: Quiz) -> Iterator[Flowable]:
    first: list[Flowable] = [plain("Quiz", SECTION), *prose(quiz.ask)]
    if quiz.again:
        first += labelled("On a later day:", quiz.again, SMALL)
    yield KeepTogether(first)
    for option in quiz.options:
        mark = "Right answer." if option.correct else "Answer."
        yield KeepTogether([*labelled(mark, option.text), *labelled("Reply:", option.reply, DEEPER)])


def _question(question: Question | None, *, left_out: bool) -> Iterator[Flowable]:
    if question is None:
        if left_out:
            yield line("The question of the main text is left out.")
        return
    said: list[Flowable] = [plain("Question", SECTION)]
    if question.condition != ALWAYS:
        said.append(plain(for_whom(question.condition), WHOM))
    yield KeepTogether([*said, *prose(question.ask), plain(_answers(question), LABEL)])


def _answers(question: Question) -> str:
    if question.is_scale:
        return f"0 = {question.low}, 10 = {question.high}"
    if question.minutes:
        return "Answered with a number of minutes."
    if question.clock:
        return "Answered with a time of day."
    return " / ".join(f"{choice.text}{_leads(choice.leads)}" for choice in question.choices)


def _leads(leads: str | None) -> str:
    if leads is None:
        return ""
    opens = {"urgent": "the danger signs", "flare": "the flare plan"}
    return f" (opens {opens[leads]})" if leads in opens else f" (stores {leads.partition(':')[2]} as yes)"
