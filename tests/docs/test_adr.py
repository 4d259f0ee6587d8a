"""Decisions are numbered without gaps, listed in the index, short, and have every section."""

from __future__ import annotations

import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "docs/adr"
RECORDS = sorted(path for path in FOLDER.glob("*.md") if path.name not in ("index.md", "_template.md"))
INDEX = (FOLDER / "index.md").read_text()
SECTIONS = ["Context", "Decision", "Consequences", "Rejected"]

_NAME = re.compile(r"(\d{4})-[a-z0-9]+(-[a-z0-9]+)*\.md")
_ROW = re.compile(r"^\| \[(\d{4})\]\(([^)]+)\) \| (.+?) \| (.+?) \|$", re.MULTILINE)
_STATUS = re.compile(
    r"^Date: \d{4}-\d{2}-\d{2}\. Status: (accepted|superseded by \[\d{4}\]\([^)]+\))\.", re.MULTILINE
)


def by_name(path: Path) -> str:
    return path.name


def test_numbers_run_from_one_without_gap_or_double() -> None:
    numbers = [int(path.name[:4]) for path in RECORDS]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_index_lists_every_record_in_order_with_its_title_and_status() -> None:
    expected = []
    for path in RECORDS:
        text = path.read_text()
        title = text.splitlines()[0].partition(". ")[2]
        status = _STATUS.search(text)
        assert status, path.name
        expected.append((path.name[:4], path.name, title, status[1]))
    assert _ROW.findall(INDEX) == expected


@pytest.mark.parametrize("path", RECORDS, ids=by_name)
def test_a_record_has_its_number_its_sections_and_a_decision(path: Path) -> None:
    text = path.read_text()
    assert _NAME.fullmatch(path.name)
    assert text.startswith(f"# {path.name[:4]}. ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == SECTIONS
    assert re.search(r"^## Decision\n\nWe will ", text, re.MULTILINE)
    consequences = text.partition("## Consequences")[2].partition("## Rejected")[0]
    assert re.search(r"^Good:\n\n- ", consequences, re.MULTILINE)
    assert re.search(r"^- \*\*", text.partition("## Rejected")[2], re.MULTILINE)


@pytest.mark.parametrize("path", RECORDS, ids=by_name)
def test_a_record_says_what_its_decision_costs(path: Path) -> None:
    assert re.search(r"^Bad:\n\n- ", path.read_text(), re.MULTILINE)


@pytest.mark.parametrize("path", RECORDS, ids=by_name)
def test_a_record_fits_on_a_page(path: Path) -> None:
    lines = path.read_text().splitlines()
    assert 30 <= len(lines) <= 50
    assert max(map(len, lines)) <= 140


def test_every_library_is_explained_and_no_other() -> None:
    project = tomllib.loads((FOLDER.parents[1] / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *chain(*project["dependency-groups"].values())]
    required = {re.split(r"[\[<>=~]", line, maxsplit=1)[0].lower().removeprefix("types-") for line in wanted}
    record = (FOLDER / "0019-libraries.md").read_text()
    given = re.search(r"Given by the project's owner: (.+?)\. All", record, re.DOTALL)
    assert given
    listed = {re.sub(r" [\d.]+$", "", name).lower() for name in re.split(r",\s+", given[1])}
    for first_cell in re.findall(r"^\| ([a-z][^|]+?) \|", record, re.MULTILINE):
        listed |= set(first_cell.split(", "))
    assert listed - {"library"} == required
