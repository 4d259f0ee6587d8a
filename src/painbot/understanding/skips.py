"""Reads that somebody would rather not answer, or wants to go back."""

from typing import Final

from painbot.understanding.reading import plain

_PHRASES: Final = frozenset(
    (
        *("skip", "skip it", "skip this", "skip this one", "skip that", "skip please", "please skip"),
        *("pass", "i pass", "pass please", "no answer", "no comment"),
        *("rather not", "rather not say", "id rather not", "id rather not say", "i would rather not say"),
        *("prefer not to say", "i prefer not to say"),
    )
)

_BACK: Final = frozenset(("back", "go back", "back please", "please go back", "one back", "a step back"))


def read_skip(text: str) -> bool:
    """Return whether the text says nothing but to leave this question out.

    Skipping stores no answer that could mislead, so it is taken only where no other word stands beside it.
    """
    return plain(text) in _PHRASES


def read_back(text: str) -> bool:
    """Return whether the text says nothing but to go back to the question before."""
    return plain(text) in _BACK
