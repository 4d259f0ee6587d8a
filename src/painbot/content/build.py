"""File models to the course the bot teaches."""

from __future__ import annotations

from painbot.content.bundle import CourseSource
from painbot.content.schema import (
    CheckFile,
    ChoiceQuestion,
    CourseFile,
    ItemFile,
    LessonFile,
    PracticeFile,
    QuizPart,
    ScaleQuestion,
)
from painbot.core.course import (
    Card,
    Choice,
    Course,
    Item,
    ItemKind,
    Question,
    Quiz,
    QuizOption,
    TinyAction,
    Week,
)
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
    return Course(CourseId(model.id), model.title[language], language, model.version, weeks)


def build_item(model: ItemFile) -> Item:
    """Turn one file's model into an item."""
    why: Card | None = None
    action: TinyAction | None = None
    quiz: Quiz | None = None
    closing: str | None = None
    idea, recalls = "", 0
    measures: tuple[str, ...] = ()
    if isinstance(model, LessonFile):
        idea, quiz = model.idea, _quiz(model.quiz)
        why = Card(WHY_CARD_ID, model.why.text, tuple(model.why.evidence))
    if isinstance(model, LessonFile | PracticeFile):
        action = TinyAction(model.action.text, model.action.smaller)
    if isinstance(model, PracticeFile | CheckFile):
        recalls = model.recalls
    if isinstance(model, CheckFile):
        measures, closing = tuple(model.measures), model.closing
    return Item(
        id=ItemId(model.id),
        kind=ItemKind(model.kind),
        title=model.title,
        cards=tuple(Card(card.id, card.text, tuple(card.evidence)) for card in model.cards),
        idea=idea,
        minutes=model.minutes,
        why=why,
        action=action,
        quiz=quiz,
        question=_question(model.question) if model.question else None,
        measures=measures,
        recalls=recalls,
        closing=closing,
        evidence=tuple(model.evidence),
    )


def _quiz(part: QuizPart) -> Quiz:
    options = tuple(
        QuizOption(option.id, option.text, option.reply, option.correct) for option in part.options
    )
    return Quiz(part.ask, options, part.again)


def _question(part: ScaleQuestion | ChoiceQuestion) -> Question:
    question_id = QuestionId(part.id)
    if isinstance(part, ScaleQuestion):
        return Question(question_id, part.ask, low=part.low, high=part.high)
    choices = tuple(Choice(choice.id, choice.text) for choice in part.choices)
    return Question(question_id, part.ask, choices)
