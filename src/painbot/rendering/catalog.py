"""Interface words in Fluent, one bundle a language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast


class MissingWords(KeyError):
    """A message key has no words in this language: add it to the language's .ftl file."""


class BrokenWords(ValueError):
    """A message could not be formatted: a value it needs is missing or of the wrong kind."""


class Catalog:
    """The interface words of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        # Isolation marks are invisible characters that some phones show as boxes.
        self._bundle = FluentBundle([language], use_isolating=False)
        folder = resources.files("painbot.rendering") / "locales" / language
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if entry.name.endswith(".ftl"):
                resource = FluentResource(entry.read_text("utf-8"))
                _refuse_junk(resource, entry.name)
                self._bundle.add_resource(resource)

    def has(self, key: str) -> bool:
        """Return whether there are words for this key."""
        return bool(self._bundle.has_message(key))

    def text(self, key: str, args: Mapping[str, str | int] | None = None) -> str:
        """Return the words for a key. Raises MissingWords or BrokenWords."""
        if not self._bundle.has_message(key):
            raise MissingWords(key)
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise MissingWords(key)
        text, errors = self._bundle.format_pattern(pattern, dict(args or {}))
        if errors:
            raise BrokenWords(f"{key}: {errors[0]}")
        return str(text)


def _refuse_junk(resource: ast.Resource, name: str) -> None:
    """Fluent skips what it cannot parse; a learner would then miss a sentence, so refuse it here."""
    for entry in resource.body:
        if isinstance(entry, ast.Junk):
            line = (entry.content or "").strip().splitlines()[0]
            raise BrokenWords(f"{name}: cannot be read from {line!r} on")


@cache
def catalog(language: str) -> Catalog:
    """Return a language's words, loaded once."""
    return Catalog(language)
