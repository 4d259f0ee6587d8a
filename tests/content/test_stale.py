"""Which claims are due for another look."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from painbot.content.reader import read_course
from painbot.content.stale import StaleReport, stale_report
from tests.content.course_files import EVIDENCE, write_course


def report(tmp_path: Path, on: date, evidence: str = EVIDENCE, years: int = 2) -> StaleReport:
    source = read_course(write_course(tmp_path, {"evidence.yaml": evidence})).source
    assert source is not None
    return stale_report(source, years, on)


def test_a_claim_holds_to_the_end_of_its_month_and_the_years_after(tmp_path: Path) -> None:
    assert report(tmp_path, date(2028, 11, 30)).old == ()
    assert len(report(tmp_path, date(2028, 12, 1)).old) == 2


def test_a_review_counts_instead_of_the_compiling(tmp_path: Path) -> None:
    reviewed = EVIDENCE.replace("reviewed_on: null", "reviewed_on: 2028-01-15", 1)
    found = report(tmp_path, date(2029, 6, 1), reviewed)
    assert [age.claim.id for age in found.old] == ["pain-alarm"]
    assert [age.claim.id for age in found.never_reviewed] == ["pain-alarm"]
    later = report(tmp_path, date(2030, 1, 16), reviewed)
    assert [age.looked_at for age in later.old] == ["2026-11", "2028-01-15"]


def test_the_files_that_rest_on_a_claim_are_named(tmp_path: Path) -> None:
    found = report(tmp_path, date(2030, 1, 1))
    assert {age.claim.id: age.used_in for age in found.old} == {
        "course-scope": ("pne-01",),
        "pain-alarm": ("pne-01",),
    }


@pytest.mark.parametrize("written", ["2028-02-29", "2028-02", "2027-02-31"])
def test_odd_days_are_read(written: str, tmp_path: Path) -> None:
    evidence = EVIDENCE.replace('compiled: "2026-11"', f"compiled: {written}")
    assert len(report(tmp_path, date(2031, 3, 1), evidence).old) == 2
    assert report(tmp_path, date(2028, 2, 29), evidence, years=3).old == ()
