"""A lesson on scans, treatment, supplements or hard experiences opens with what a course cannot do.

Its first card rests on `course-scope`, whoever reads it. Which claims ask for that, and why, stands in
scope_claims.yaml.

Passes::

    evidence: [course-scope, pain-alarm]

Fails, where evidence.yaml has the claim::

    evidence: [course-scope, imaging-poor-match]
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter

from painbot.content.bundle import CourseSource, ItemSource
from painbot.content.diagnostics import Diagnostic
from painbot.content.lint.forms import own_path
from painbot.content.lint.frame import Rule
from painbot.content.lint.learners import meetings
from painbot.content.yaml_source import read_yaml

SCOPE: Final = "course-scope"

_DATA: Final = "scope_claims.yaml"


class ScopeClaims(BaseModel):
    """Claims that a lesson may not rest on without saying first what it is not, and why."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    claims: Annotated[list[str], "ids of evidence.yaml"]
    why: Annotated[str, StringConstraints(min_length=1)]


@functools.cache
def scope_claims() -> Mapping[str, str]:
    """Return the claims of the shipped list with the reason for each."""
    raw = files("painbot.content.lint").joinpath(_DATA).read_bytes()
    document, problems = read_yaml(_DATA, raw)
    if document is None or problems:
        raise ValueError("\n".join(map(str, problems)))
    entries = TypeAdapter(list[ScopeClaims]).validate_python(document.data)
    return {claim: entry.why for entry in entries for claim in entry.claims}


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield lessons that begin without the scope line where they need one."""
    for item in source.items():
        if item.model is not None and item.model.kind == "lesson":
            yield from _lesson(item)


def _lesson(item: ItemSource) -> Iterator[Diagnostic]:
    assert item.model is not None
    why = next((scope_claims()[claim] for claim in item.model.evidence if claim in scope_claims()), None)
    if why is None:
        return
    told = set()
    for met in meetings(item):
        if not met.cards or met.cards[0] in told:
            continue
        path = met.cards[0]
        told.add(path)
        evidence = item.document.get((*path, "evidence"))
        if not (isinstance(evidence, list) and SCOPE in evidence):
            where = "" if own_path(path) == path else " of this variant"
            message = f"the first card{where} does not rest on `{SCOPE}`: the lesson {why}"
            remedy = f"open with what a course cannot do, and add `{SCOPE}` to the card"
            yield item.document.problem(path, message, remedy, RULE.id)


RULE = Rule("scope-line", check)
