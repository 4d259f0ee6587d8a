"""A lesson has one idea, said in one sentence of at most 35 words, and one thing to try.

No two lessons have the same idea, and no action is a list of things to do. Variants and boosters too.

Passes::

    idea: All pain is real, and all pain involves body and brain together.

Fails::

    idea: All pain is real. Stress can add to it.

Fails::

    action: { text: "Today:\\n\\n- stretch\\n- breathe", smaller: Breathe once. }
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from painbot.content import markup
from painbot.content.bundle import CourseSource
from painbot.content.diagnostics import Diagnostic
from painbot.content.lint.card_length import count_words
from painbot.content.lint.forms import forms
from painbot.content.lint.frame import Rule
from painbot.content.lint.sentences import sentences

MAX_WORDS: Final = 35


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield ideas that are more than one, or one that is already there, and actions that are lists."""
    for items in source.languages.values():
        first: dict[str, str] = {}
        for item in items.values():
            for form in forms(item):
                path = (*form.path, "idea")
                idea = getattr(form.part, "idea", None)
                for message, remedy in _faults(idea, item.name, first) if idea else ():
                    yield item.document.problem(path, message, remedy, RULE.id)
                action = form.action
                if action and any(block.is_bullet for block in markup.blocks(action.text)):
                    message, remedy = "is a list of things to do", "choose the one that matters most"
                    yield item.document.problem((*form.path, "action", "text"), message, remedy, RULE.id)


def _faults(idea: str, name: str, first: dict[str, str]) -> Iterator[tuple[str, str]]:
    count, words = len(list(sentences(idea))), count_words(idea)
    if count > 1:
        yield f"has {count} sentences, one idea needs one", "keep the one that matters most"
    elif words > MAX_WORDS:
        yield f"has {words} words, one idea needs at most {MAX_WORDS}", f"cut {words - MAX_WORDS}"
    other = first.setdefault(" ".join(idea.casefold().split()), name)
    if other != name:
        yield f"is the idea of `{other}`", "say what is new here"


RULE = Rule("one-idea", check)
