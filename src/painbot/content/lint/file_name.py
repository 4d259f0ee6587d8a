"""A file is called what its id says.

Passes, in `pne-01.yaml`::

    id: pne-01

Fails, in `pne-01.yaml`::

    id: pne-02
"""

from __future__ import annotations

from collections.abc import Iterator

from painbot.content.bundle import CourseSource
from painbot.content.diagnostics import Diagnostic
from painbot.content.lint.frame import Rule


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield ids that differ from the name of their file."""
    for item in source.items():
        item_id = item.document.get(("id",))
        if isinstance(item_id, str) and item_id != item.name:
            message = f"is `{item_id}`, but the file is called {item.name}.yaml"
            yield item.document.problem(("id",), message, "make the two the same", RULE.id)


RULE = Rule("file-name", check, stops_start=True)
