"""Naming an error without quoting it."""

from __future__ import annotations


def place_of(error: BaseException) -> str:
    """Return an error's class and where it rose, innermost in this package: never its message.

    A message may quote what the learner wrote.
    """
    place = ""
    trace = error.__traceback__
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "?")
        if not place or module.startswith("painbot."):
            place = f"{module}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__} at {place}" if place else type(error).__name__
