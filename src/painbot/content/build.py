"""File models to the course the bot teaches."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from painbot.content.build_cards import build_cards, build_condition
from painbot.content.build_shelf import build_shelf
from painbot.content.bundle import CourseSource
from painbot.content.schema.course import CourseFile
from painbot.content.schema.items import (
    BoosterFile,
    CheckFile,
    ItemFile,
    LessonFile,
    OfferPart,
    PracticeFile,
    VariantPart,
)
from painbot.content.schema.parts import ActionPart, WhyPart
from painbot.content.schema.questions import (
    ChoiceQuestion,
    ClockQuestion,
    MinutesQuestion,
    QuestionPart,
    QuizPart,
    ScaleQuestion,
)
from painbot.core.course import (
    Booster,
    Card,
    Choice,
    Course,
    Item,
    ItemKind,
    LeverLink,
    Offer,
    Question,
    Quiz,
    QuizOption,
    Reask,
    SleepLogSpan,
    TinyAction,
    Variant,
    Week,
)
from painbot.core.gates import Condition
from painbot.core.ids import CourseId, ItemId, QuestionId

WHY_CARD_ID = "why"


def build_course(source: CourseSource, model: CourseFile, language: str) -> Course:
    """Put a course together; every listed item must be there and valid (the loader has seen to it)."""
    items = source.languages[language]
    built = {name: build_item(item.model) for name, item in items.items() if item.model is not None}
    weeks = tuple(
        Week(number, week.theme[language], tuple(built[item_id] for item_id in week.items))
        for number, week in enumerate(model.weeks, start=1)
    )
    log, reask = model.sleep_log, model.reask
    return Course(
        id=CourseId(model.id),
        title=model.title[language],
        language=language,
        version=model.version,
        weeks=weeks,
        boosters=tuple(Booster(booster.week, built[booster.item]) for booster in model.boosters),
        between=built[model.between] if model.between else None,
        sleep_log=SleepLogSpan(ItemId(log.from_), ItemId(log.until)) if log else None,
        reask=Reask(tuple(reask.gates), tuple(map(ItemId, reask.before))) if reask else None,
        levers={
            lever: LeverLink(tuple(map(ItemId, link.items)), link.toolkit)
            for lever, link in model.levers.items()
        },
        shelf=build_shelf(source, model, language),
    )


def build_item(model: ItemFile) -> Item:
    """Turn one file's model into an item."""
    item = Item(
        id=ItemId(model.id),
        kind=ItemKind(model.kind),
        title=model.title,
        cards=build_cards(model.cards),
        minutes=model.minutes,
        question=_question(model.question),
        evidence=tuple(model.evidence),
        shows=tuple(model.shows),
    )
    match model:
        case LessonFile():
            item = replace(
                item,
                idea=model.idea,
                why=_why(model.why),
                action=_action(model.action),
                quiz=_quiz(model.quiz),
                optional=_offer(model.optional),
            )
        case PracticeFile():
            levers = {lever.value: _action(action) for lever, action in model.levers.items()}
            item = replace(item, action=_action(model.action), levers=levers, recalls=model.recalls)
        case CheckFile():
            item = replace(item, measures=tuple(model.measures), recalls=model.recalls, closing=model.closing)
        case BoosterFile():
            quiz = _quiz(model.quiz) if model.quiz else None
            item = replace(item, idea=model.idea, action=_action(model.action), quiz=quiz)
    return replace(item, variants=tuple(_variant(item, variant) for variant in model.variants))


def _variant(item: Item, part: VariantPart) -> Variant:
    """Return the item with everything replaced that the variant says itself."""
    changed: dict[str, Any] = {
        "title": part.title,
        "idea": part.idea,
        "minutes": part.minutes,
        "cards": build_cards(part.cards) if part.cards else None,
        "evidence": tuple(part.evidence) if part.evidence is not None else None,
        "why": _why(part.why) if part.why else None,
        "action": _action(part.action) if part.action else None,
        "quiz": _quiz(part.quiz) if part.quiz else None,
        "question": _question(part.question),
        "closing": part.closing,
        "shows": tuple(part.shows) if part.shows is not None else None,
    }
    kept = {name: value for name, value in changed.items() if value is not None}
    if part.no_question:
        kept["question"] = None
    if part.action is not None:
        # A lever's practice is written for the main text; the careful text stands alone.
        kept["levers"] = {}
    return Variant(part.id, Condition(tuple(part.when)), replace(item, **kept))


def _why(part: WhyPart) -> Card:
    return Card(WHY_CARD_ID, part.text, tuple(part.evidence), build_condition(part))


def _action(part: ActionPart) -> TinyAction:
    return TinyAction(part.text, part.smaller)


def _offer(part: OfferPart | None) -> Offer | None:
    return Offer(part.text, part.skip) if part else None


def _quiz(part: QuizPart) -> Quiz:
    options = tuple(
        QuizOption(option.id, option.text, option.reply, option.correct) for option in part.options
    )
    return Quiz(part.ask, options, part.again)


def _question(part: QuestionPart | None) -> Question | None:
    if part is None:
        return None
    question = Question(QuestionId(part.id), part.ask, condition=build_condition(part))
    match part:
        case ScaleQuestion():
            return replace(question, low=part.low, high=part.high)
        case ChoiceQuestion():
            choices = tuple(Choice(choice.id, choice.text, choice.leads) for choice in part.choices)
            return replace(question, choices=choices)
        case MinutesQuestion():
            return replace(question, minutes=True)
        case ClockQuestion():
            return replace(question, clock=True)
