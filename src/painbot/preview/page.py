"""What the page shows of one item or card: its messages, and beside each what an author needs to know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from painbot.content import reading_grade
from painbot.content.diagnostics import Diagnostic
from painbot.content.lint.card_length import count_words
from painbot.content.schema.evidence import Claim
from painbot.core import lessons, looking_up, quizzes
from painbot.core.course import Course, Item
from painbot.core.decisions import LearnerFile, Surroundings
from painbot.core.gates import Gate, held
from painbot.core.ids import ItemId
from painbot.core.outgoing import Outgoing, Plain, Prose
from painbot.core.shelf import QuestionCard, ToolkitCard
from painbot.preview.draft import Draft, item_ids
from painbot.preview.gate_words import WHO
from painbot.preview.origin import Origin, concerns
from painbot.preview.stand_in import stand_in, surroundings
from painbot.preview.walk import Step, walk_evidence, walk_item, walk_question, walk_toolkit
from painbot.rendering.callback_data import CallbackTooLong, decode
from painbot.rendering.catalog import BrokenWords, Catalog, MissingWords
from painbot.rendering.messages import MessageTooLong, render
from painbot.safety import SafetyNet
from painbot.simulator.entities import parse_html, to_safe_html

MIN_WORDS_FOR_A_GRADE: Final = 40
"""In fewer words one long sentence decides everything."""

ANCHORS: Final = {
    lessons.WHY: "why",
    lessons.STEP: "step",
    quizzes.QUIZ: "quiz",
}


@dataclass(frozen=True)
class Key:
    """A button under a message; `href` is where it leads on this page or another, if anywhere."""

    label: str
    href: str | None


@dataclass(frozen=True)
class Bubble:
    """One message as the chat shows it; `fault` says why it could not be sent."""

    html: str
    keys: tuple[tuple[Key, ...], ...] = ()
    picture: str | None = None
    alt: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Shown:
    """A message and what stands beside it.

    `words` counts the author's own words in it; `grade` is how hard they are to read, where that is known.
    """

    anchor: str
    said: str
    bubble: Bubble
    words: int
    grade: float | None
    problems: tuple[Diagnostic, ...]
    claims: tuple[Claim, ...]
    unknown_claims: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """One item or card for one set of gates. `elsewhere` are problems in parts not shown here."""

    key: str
    title: str
    about: str
    shown: tuple[Shown, ...]
    behind: tuple[Shown, ...]
    elsewhere: tuple[Diagnostic, ...]
    before: str | None = None
    after: str | None = None


class Pages:
    """Makes pages of a draft for learners with given gates."""

    def __init__(self, draft: Draft, words: Catalog, safety: SafetyNet) -> None:
        self._draft = draft
        self._words = words
        self._safety = safety

    def page(self, key: str, gates: frozenset[Gate]) -> Page | None:
        """Return the page of an item or card; nothing for one that course.yaml does not list."""
        file = self._draft.file_of(key)
        order = [entry.id for branch in self._draft.tree() for entry in branch.entries]
        if key not in order:
            return None
        at = order.index(key)
        before = order[at - 1] if at else None
        after = order[at + 1] if at + 1 < len(order) else None
        problems = self._draft.problems_of(key)
        if file is None or file.model is None or self._draft.course is None:
            return Page(key, key, "", (), (), problems, before, after)
        met = item_ids(self._draft.course)
        is_item = ItemId(key) in met
        learner = stand_in(self._draft.course, gates, met[: met.index(ItemId(key))] if is_item else met)
        course = self._draft.course.fitted(held(learner.answers))
        s = surroundings(course, self._words, self._safety)
        origin = Origin(file.model, held(learner.answers))
        holder = _holder(course, key)
        shown = self._shown(_walk(holder, origin, learner, s), problems)
        behind = self._shown(walk_evidence(key, holder.evidence, learner, s), ())
        placed = {problem for one in shown for problem in one.problems}
        return Page(
            key=key,
            title=holder.title,
            about=_about(holder, origin),
            shown=shown,
            behind=behind,
            elsewhere=tuple(problem for problem in problems if problem not in placed),
            before=before,
            after=after,
        )

    def _shown(self, steps: Iterator[Step], problems: Sequence[Diagnostic]) -> tuple[Shown, ...]:
        shown: list[Shown] = []
        for step in steps:
            own = _own_texts(step.message)
            known = (self._draft.claims.get(claim_id) for claim_id in step.evidence)
            shown.append(
                Shown(
                    anchor=step.anchor,
                    said=step.said,
                    bubble=self._bubble(step.message),
                    words=sum(map(count_words, own)),
                    grade=self._grade(own),
                    problems=tuple(
                        problem for problem in problems if any(concerns(problem, path) for path in step.paths)
                    ),
                    claims=tuple(claim for claim in known if claim is not None),
                    unknown_claims=tuple(one for one in step.evidence if one not in self._draft.claims),
                )
            )
        return tuple(shown)

    def _grade(self, texts: Sequence[str]) -> float | None:
        """Return the reading grade of an English text that is long enough to have one."""
        long_enough = sum(map(count_words, texts)) >= MIN_WORDS_FOR_A_GRADE
        if self._draft.language != "en" or not long_enough or not reading_grade.is_available():
            return None
        return reading_grade.counts(texts).grade

    def _bubble(self, message: Outgoing) -> Bubble:
        try:
            rendered = render(message, self._words)
        except (MessageTooLong, CallbackTooLong, MissingWords, BrokenWords) as error:
            return Bubble("", fault=f"The bot could not send this message: {error}")
        html = to_safe_html(*parse_html(rendered.html))
        keys = tuple(tuple(Key(label, _href(data)) for label, data in row) for row in rendered.buttons)
        if message.picture is None or rendered.picture is None:
            return Bubble(html, keys)
        keys = (*keys, (Key(rendered.picture.describe[0], None),))
        name = message.picture.name
        draft = self._draft
        found = draft.pictures and draft.pictures.find(message.picture.course_id, draft.language, name)
        if not found:
            in_words = to_safe_html(*parse_html(rendered.picture.in_words))
            return Bubble(f"{html}\n\n{in_words}", keys[:-1], fault=f"There is no picture {name} yet.")
        return Bubble(html, keys, name, message.picture.alt)


def _holder(course: Course, key: str) -> Item | ToolkitCard | QuestionCard:
    item = course.item(ItemId(key))
    return item or course.shelf.toolkit.get(key) or course.shelf.questions[key]


def _walk(
    holder: Item | ToolkitCard | QuestionCard, origin: Origin, file: LearnerFile, s: Surroundings
) -> Iterator[Step]:
    match holder:
        case Item():
            return walk_item(holder, origin, file, s)
        case ToolkitCard():
            return walk_toolkit(holder, file, s)
        case QuestionCard():
            return walk_question(holder, origin, file, s)


def _about(holder: Item | ToolkitCard | QuestionCard, origin: Origin) -> str:
    said = [f"The one idea: {holder.idea}"] if isinstance(holder, Item) and holder.idea else []
    variant = origin.variant
    if variant is not None:
        who = ", or ".join(WHO[gate] for gate in variant.when)
        said.append(f"This is the variant “{variant.id}”, for somebody who {who}, or has not answered that.")
    return " ".join(said)


def _own_texts(message: Outgoing) -> list[str]:
    return [part.text for part in message.parts if isinstance(part, Prose | Plain)]


def _href(data: str) -> str | None:
    if data.startswith("https://"):
        return data
    action = decode(data)
    if action is None:
        return None
    key, argument = (*action.args, "", "")[:2]
    if action.verb in (looking_up.TOOLKIT, looking_up.QUESTION):
        return f"/show/{key}" + ("#card-1" if argument == looking_up.SAFETY else "") if key else "/"
    match action.verb:
        case lessons.OPEN if argument != lessons.ANYWAY:
            return f"/show/{key}"
        case lessons.OPEN:
            return "#card-0"
        case lessons.CARD:
            return f"#card-{argument}"
        case looking_up.EVIDENCE:
            return f"#evidence-{argument or 0}"
        case quizzes.QUIZ_ANSWER:
            return f"#answer-{argument}"
        case verb:
            return f"#{ANCHORS[verb]}" if verb in ANCHORS else None
