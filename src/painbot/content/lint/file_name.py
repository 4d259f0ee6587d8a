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
    for file in source.files():
        file_id = file.document.get(("id",))
        if isinstance(file_id, str) and file_id != file.name:
            message = f"is `{file_id}`, but the file is called {file.name}.yaml"
            yield file.document.problem(("id",), message, "make the two the same", RULE.id)


RULE = Rule("file-name", check, stops_start=True)
