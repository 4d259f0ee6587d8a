"""YAML syntax errors in words that help an author."""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

from painbot.content.diagnostics import Diagnostic

_QUOTE_IT: Final = "put the whole text in quotes, or write it as a block after `|`"

# (what the parser says, what is wrong, what to write instead); the first that matches is used.
_WORDS: Final[tuple[tuple[str, str, str], ...]] = (
    (r"'\\t'", "a tab stands where spaces are expected", "indent with spaces"),
    (r"scanning an alias", "unquoted text cannot start with `*`", _QUOTE_IT),
    (r"scanning an anchor", "unquoted text cannot start with `&`", _QUOTE_IT),
    (r"(scanning|parsing) a (tag|node)", "unquoted text cannot start with `!`", _QUOTE_IT),
    (
        r"mapping values are not allowed",
        "there is a second colon in unquoted text, or this line is indented too far",
        _QUOTE_IT,
    ),
    (r"quoted scalar.*end of stream", "a quotation mark is opened and never closed", "close it"),
    (
        r"quoted scalar.*unknown escape",
        "this backslash sequence has no meaning",
        "use single quotes, or write `\\\\`",
    ),
    (r"quoted scalar.*document separator", "a quotation mark is opened and never closed", "close it"),
    (
        r"could not find expected ':'",
        "this line is not `name: value`",
        "add the colon, or indent the line below its text",
    ),
    (
        r"sequence entries are not allowed",
        "a list cannot start here",
        "put the first `-` on a line of its own",
    ),
    (
        r"flow (sequence|mapping)",
        "a bracket is opened and not closed properly",
        "check the commas and the closing bracket",
    ),
    (r"cannot start any token", "unquoted text cannot start with this character", _QUOTE_IT),
    (
        r"block (mapping|collection|sequence)",
        "this line does not fit what is above it",
        "check its indentation and the quotes of the line before",
    ),
    (
        r"block scalar",
        "the line after `|` or `>` is not what a text block needs",
        "start the text on the next line, indented",
    ),
    (r"found incompatible YAML|directive", "lines that start with % are not used here", "remove the line"),
)


def explain(error: yaml.YAMLError, file: str, text: str) -> Diagnostic:
    """Turn the parser's error into a problem with place and remedy."""
    context: str = getattr(error, "context", None) or ""
    problem: str = getattr(error, "problem", None) or "this is not valid YAML"
    heard = f"{context} {problem}"
    message, remedy = problem, "compare the line and the one above it with another file"
    for pattern, wrong, instead in _WORDS:
        if re.search(pattern, heard):
            message, remedy = wrong, instead
            break
    # An unclosed quote, bracket or name is noticed further down; the author needs to see where it began.
    began = re.search(r"never closed|bracket|not `name", message)
    mark: Any = getattr(error, "context_mark" if began else "problem_mark", None)
    mark = mark or getattr(error, "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    last = text.rstrip("\n").count("\n") + 1
    if line > last:
        line, column = last, len(text.rstrip("\n").rsplit("\n", 1)[-1]) + 1
    return Diagnostic(file, line, column, "", message, remedy, "yaml-syntax")
