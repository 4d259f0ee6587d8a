"""Naming an error without quoting it."""

from __future__ import annotations


def place_of(error: BaseException) -> str:
    """Return an error's class, where it rose, and the last line of this package on the way there.

    Never its message: that may quote what the learner wrote.
    """
    rose = ours = ""
    trace = error.__traceback__
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "?")
        rose = f"{module}:{trace.tb_lineno}"
        if module.startswith("painbot."):
            ours = rose
        trace = trace.tb_next
    places = [place for place in dict.fromkeys((rose, ours)) if place]
    return " at ".join(
        [type(error).__name__, ", through ".join(places)] if places else [type(error).__name__]
    )
