"""Named places where a crash test may end the process."""

from __future__ import annotations

from collections.abc import Callable

FaultPoints = Callable[[str], None]
"""Called with a place's name on reaching it, such as "after_claim" or "before_send"."""


def no_faults(place: str) -> None:
    """Pass every place by; what the product does."""
