"""The files of `toolkit` and `questions`, and the claims, to what a learner can look up."""

from __future__ import annotations

from painbot.content.build_cards import build_cards, build_picture
from painbot.content.bundle import CourseSource
from painbot.content.schema.course import CourseFile
from painbot.content.schema.evidence import Claim as ClaimModel
from painbot.content.schema.shelf import QuestionFile, ToolkitFile
from painbot.core.gates import Condition
from painbot.core.shelf import Claim, QuestionCard, Shelf, Source, ToolkitCard, Warning


def build_shelf(source: CourseSource, model: CourseFile, language: str) -> Shelf:
    """Put together what course.yaml lists of it; everything listed must be there and valid."""
    files = {file.name: file.model for file in source.shelf(language)}
    toolkit = {key: files[key] for key in model.toolkit}
    questions = {key: files[key] for key in model.questions}
    return Shelf(
        toolkit={key: _toolkit(file) for key, file in toolkit.items() if isinstance(file, ToolkitFile)},
        questions={key: _question(file) for key, file in questions.items() if isinstance(file, QuestionFile)},
        claims={claim.id: _claim(claim) for claim in source.claims},
    )


def _toolkit(file: ToolkitFile) -> ToolkitCard:
    warnings = tuple(
        Warning(Condition(tuple(warning.when)), warning.text, tuple(warning.evidence))
        for warning in file.warnings
    )
    return ToolkitCard(
        id=file.id,
        title=file.title,
        summary=file.summary,
        what=file.what,
        strength=file.strength,
        who_must_not=file.who_must_not,
        clashes=file.clashes,
        ceiling=file.ceiling,
        ask=file.ask,
        evidence=tuple(file.evidence),
        warnings=warnings,
        hide=tuple(file.hide),
        lessons=tuple(file.lessons),
        picture=build_picture(file.picture),
    )


def _question(file: QuestionFile) -> QuestionCard:
    return QuestionCard(
        id=file.id,
        title=file.title,
        cards=build_cards(file.cards),
        evidence=tuple(file.evidence),
        onward=tuple(file.onward),
    )


def _claim(model: ClaimModel) -> Claim:
    sources = tuple(Source(each.cite, each.seen, each.doi, each.url) for each in model.sources)
    return Claim(
        id=model.id,
        say=model.say,
        strength=model.strength,
        cautions=tuple(model.cautions),
        sources=sources,
        compiled=model.compiled,
        condition=Condition(unless=tuple(model.unless)),
        reviewed_on=model.reviewed_on,
    )
