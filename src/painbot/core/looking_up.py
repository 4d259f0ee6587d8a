"""What a learner can look up at any time: toolkit cards, question cards, and how we know."""

from __future__ import annotations

from painbot.core.course import Card, CardPicture, ItemKind
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.ids import ItemId
from painbot.core.outgoing import Action, Button, Line, MessageKind, Outgoing, Plain, Prose, Row, Say, Words
from painbot.core.pain_map import EVIDENCE as EVIDENCE_OF_MAP
from painbot.core.pictures import picture_of
from painbot.core.replies import button, reply, say
from painbot.core.shelf import Claim, QuestionCard

TOOLKIT = "tk"
QUESTION = "qn"
EVIDENCE = "ev"

READING = frozenset({TOOLKIT, QUESTION, EVIDENCE})
"""The verbs of what can be looked up."""

SAFETY = "2"
"""The argument of the second screen of a toolkit card."""

MAP = "map"
"""What the evidence button of the pain map names."""

URGENT = "urgent"
CLINICIAN = "clinician"


def press(file: LearnerFile, action: Action, s: Surroundings) -> Decision:
    """Answer a press on a button of the toolkit, a question or the evidence."""
    key, page = (*action.args, "", "")[:2]
    match action.verb:
        case "tk":
            return Decision(file, (_toolkit(file, key, page, s),))
        case "qn":
            return Decision(file, (_question(file, key, page, s),))
        case _:
            return Decision(file, (_evidence(key, page, s),))


def toolkit(file: LearnerFile, s: Surroundings) -> Decision:
    """List the toolkit."""
    cards = tuple(s.course.shelf.toolkit.values())
    if not cards:
        return Decision(file, (say("toolkit-empty"),))
    lines = tuple(Line(Plain(card.title), Plain(card.summary)) for card in cards)
    buttons = tuple(Button(Plain(card.title), Action(TOOLKIT, (card.id,))) for card in cards)
    return Decision(file, (reply((Say("toolkit-head"), *lines), _two_a_row(buttons)),))


def questions(file: LearnerFile, s: Surroundings) -> Decision:
    """List the questions that have an answer here."""
    cards = tuple(s.course.shelf.questions.values())
    if not cards:
        return Decision(file, (say("questions-empty"),))
    lines = tuple(
        Say("signs-line", {"number": number, "text": card.title})
        for number, card in enumerate(cards, start=1)
    )
    buttons = tuple(
        Button(Plain(str(number)), Action(QUESTION, (card.id,))) for number, card in enumerate(cards, start=1)
    )
    rows = tuple(buttons[at : at + 6] for at in range(0, len(buttons), 6))
    return Decision(file, (reply((Say("questions-head"), *lines), rows),))


def about(file: LearnerFile, s: Surroundings) -> Decision:
    """Say what this is made from: the course's version, the questions' authors, the licences."""
    return Decision(file, (say("about", version=s.course.version, title=s.course.title),))


def card_button(key: str, s: Surroundings) -> Button:
    """Return the button that opens a toolkit or question card; its label is the card's title."""
    shelf = s.course.shelf
    if key in shelf.toolkit:
        return Button(Plain(shelf.toolkit[key].title), Action(TOOLKIT, (key,)))
    title = shelf.questions[key].title if key in shelf.questions else key
    return Button(Plain(title), Action(QUESTION, (key,)))


def evidence_button(key: str) -> Button:
    """Return the button that says how we know; `key` names an item, a toolkit or a question card."""
    return button("how-do-you-know", EVIDENCE, key)


# -- toolkit


def _toolkit(file: LearnerFile, key: str, page: str, s: Surroundings) -> Outgoing:
    card = s.course.shelf.toolkit.get(key)
    if card is None:
        return toolkit(file, s).outgoing[0] if key == "" else say("card-gone", _back_to_toolkit())
    title = Say("day-title", {"title": card.title})
    warnings: tuple[Words, ...] = tuple(Prose(warning.text) for warning in card.warnings)
    if warnings:
        warnings = (Say("toolkit-for-you"), *warnings)
    if card.only_warnings:
        rows: tuple[Row, ...] = ((evidence_button(key),), _back_to_toolkit())
        return _page((title, *warnings, Say("toolkit-ask-first")), rows, s)
    if page == SAFETY:
        sections = (
            ("toolkit-who-must-not", card.who_must_not),
            ("toolkit-clashes", card.clashes),
            ("toolkit-ceiling", card.ceiling),
            ("toolkit-ask", card.ask),
        )
        parts = tuple(part for name, text in sections for part in (Say(name), Prose(text)))
        lessons = _lesson_rows(file, card.lessons, s)
        return _page((title, *warnings, *parts), ((evidence_button(key),), *lessons, _back_to_toolkit()), s)
    onward: Row = (button("toolkit-safety", TOOLKIT, key, SAFETY),)
    about_it = (Say("toolkit-what"), Prose(card.what), Say("toolkit-strength"), Prose(card.strength))
    return _page((title, *warnings, *about_it), (onward, (evidence_button(key),)), s, card.picture)


def _back_to_toolkit() -> Row:
    return (button("toolkit-all", TOOLKIT),)


def _lesson_rows(file: LearnerFile, ids: tuple[str, ...], s: Surroundings) -> tuple[Row, ...]:
    """Return buttons for the lessons that say more, as far as they were handed out."""
    items = (s.course.item(ItemId(item_id)) for item_id in ids)
    return tuple(
        (Button(Plain(item.title), Action("o", (item.id,))),)
        for item in items
        if item is not None and item.id in file.deliveries and item.kind is not ItemKind.CHECK
    )


# -- questions


def _question(file: LearnerFile, key: str, page: str, s: Surroundings) -> Outgoing:
    card = s.course.shelf.questions.get(key)
    if card is None:
        return questions(file, s).outgoing[0] if key == "" else say("card-gone", _back_to_questions())
    number = min(int(page), len(card.cards) - 1) if page.isascii() and page.isdecimal() else 0
    shown = card.cards[number]
    head = Say("card-head", {"title": card.title, "number": number + 1, "total": len(card.cards)})
    if number + 1 < len(card.cards):
        onward: Row = (button("card-next", QUESTION, key, str(number + 1)),)
        return _page((head, Prose(shown.text)), (onward, *_links(shown, s)), s, shown.picture)
    words, rows = _onward(file, card, s)
    rows = (*_links(shown, s), (evidence_button(key),), *rows, _back_to_questions())
    return _page((head, Prose(shown.text), *words), rows, s, shown.picture)


def _links(card: Card, s: Surroundings) -> tuple[Row, ...]:
    return tuple((card_button(key, s),) for key in card.links)


def _onward(
    file: LearnerFile, card: QuestionCard, s: Surroundings
) -> tuple[tuple[Words, ...], tuple[Row, ...]]:
    """Return where an answer leads: buttons, and words about what a clinician or a later lesson says."""
    words: list[Words] = []
    rows: list[Row] = []
    for key in card.onward:
        item = s.course.item(ItemId(key))
        if key == URGENT:
            rows.append((button("urgent-open", "u"),))
        elif key == CLINICIAN:
            words.append(Say("onward-clinician"))
        elif item is None:
            rows.append((card_button(key, s),))
        elif item.id in file.deliveries:
            rows.append((Button(Plain(item.title), Action("o", (item.id,))),))
        else:
            words.append(Say("onward-later", {"title": item.title}))
    return tuple(words), tuple(rows)


def _back_to_questions() -> Row:
    return (button("questions-all", QUESTION),)


# -- evidence


def _evidence(key: str, page: str, s: Surroundings) -> Outgoing:
    claims = _claims(key, s)
    if not claims:
        return say("card-gone")
    number = min(int(page), len(claims) - 1) if page.isascii() and page.isdecimal() else 0
    claim = claims[number]
    parts: list[Words] = [
        Say("evidence-head", {"number": number + 1, "total": len(claims)}),
        Plain(claim.say),
        Say(f"evidence-{claim.strength}"),
        Say("evidence-sources"),
    ]
    for source in claim.sources:
        at = f" https://doi.org/{source.doi}" if source.doi else f" {source.url}" if source.url else ""
        unseen = Say("evidence-unseen", {"source": f"{source.cite}.{at}"})
        parts.append(Plain(f"{source.cite}.{at}") if source.seen else unseen)
    parts.append(_reviewed(claim))
    rows = ((button("evidence-next", EVIDENCE, key, str(number + 1)),),) if number + 1 < len(claims) else ()
    return _page(tuple(parts), rows, s)


def _reviewed(claim: Claim) -> Say:
    if claim.reviewed_on is None:
        return Say("evidence-compiled", {"compiled": claim.compiled})
    return Say("evidence-reviewed", {"compiled": claim.compiled, "reviewed": claim.reviewed_on})


def _claims(key: str, s: Surroundings) -> tuple[Claim, ...]:
    """Return the claims that an item or a card rests on, as far as this learner may see them."""
    shelf, item = s.course.shelf, s.course.item(ItemId(key))
    holder = item or shelf.toolkit.get(key) or shelf.questions.get(key)
    ids = EVIDENCE_OF_MAP if key == MAP else holder.evidence if holder is not None else ()
    return tuple(shelf.claims[claim_id] for claim_id in ids if claim_id in shelf.claims)


# -- shared


def _page(
    parts: tuple[Words, ...], rows: tuple[Row, ...], s: Surroundings, picture: CardPicture | None = None
) -> Outgoing:
    return Outgoing(
        MessageKind.REPLY,
        "",
        parts,
        rows,
        picture=picture_of(picture, s.course),
        content_version=s.course.version,
    )


def _two_a_row(buttons: tuple[Button, ...]) -> tuple[Row, ...]:
    return tuple(buttons[at : at + 2] for at in range(0, len(buttons), 2))
