"""One item as a learner meets it, for a terminal: cards, why, action, quiz with replies, question."""

from __future__ import annotations

from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule as Line
from rich.text import Text

from painbot.content.markup import blocks
from painbot.core.course import Item, Question, Quiz

_WIDTH = 72


class Preview:
    """Renders an item; give it to a rich console."""

    def __init__(self, item: Item) -> None:
        self._item = item

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        item = self._item
        width = min(options.max_width, _WIDTH)
        yield Text(f"{item.title}  ({item.id}, {item.kind}, {item.minutes} min)", style="bold")
        if item.idea:
            yield Text(f"The one idea: {item.idea}", style="italic")
        for number, card in enumerate(item.cards, start=1):
            yield _bubble(f"card {number} of {len(item.cards)}: {card.id}", card.text, width)
        if item.why:
            yield _bubble("Why?", item.why.text, width)
        if item.action:
            yield _bubble("To try", f"{item.action.text}\n\n{item.action.smaller}", width)
        if item.quiz:
            yield from _quiz(item.quiz, width)
        if item.measures:
            yield Text(f"Asks: {', '.join(item.measures)}")
        if item.recalls:
            yield Text(f"Brings back up to {item.recalls} earlier quiz questions")
        if item.question:
            yield _question(item.question, width)
        if item.closing:
            yield _bubble("closing", item.closing, width)
        yield Line(style="dim")
        yield Text(f"Rests on: {', '.join(item.evidence) or 'nothing'}", style="dim")


def styled(text: str) -> Text:
    """Return course prose with its bold, italic and lists."""
    styled_text = Text()
    was_bullet = False
    for position, block in enumerate(blocks(text)):
        if position:
            styled_text.append("\n" if block.is_bullet and was_bullet else "\n\n")
        if block.is_bullet:
            styled_text.append("• ")
        for run in block.runs:
            style = " ".join(name for name, on in (("bold", run.bold), ("italic", run.italic)) if on)
            styled_text.append(run.text, style=style or None)
        was_bullet = block.is_bullet
    return styled_text


def _bubble(title: str, text: str, width: int) -> Panel:
    return Panel(styled(text), title=Text(title), title_align="left", width=width)


def _quiz(quiz: Quiz, width: int) -> RenderResult:
    yield _bubble("quiz", quiz.ask, width)
    for option in quiz.options:
        yield Text(f"  [{option.id}] {option.text}{'   (right)' if option.correct else ''}", style="bold")
        yield Padding(styled(option.reply), (0, 0, 0, 6))
    if quiz.again:
        yield Text(f"When it comes back: {quiz.again}", style="italic")


def _question(question: Question, width: int) -> Panel:
    if question.is_scale:
        answers = f"0 ({question.low}) to 10 ({question.high})"
    else:
        answers = "  ".join(f"[{choice.text}]" for choice in question.choices)
    body = styled(question.ask)
    body.append(f"\n\n{answers}")
    return Panel(body, title=Text(f"question: {question.id}"), title_align="left", width=width)
