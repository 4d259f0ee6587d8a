"""`painbot lessons dose`, `diff` and `stale`: what a course gives, what a change changes, what is due."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from painbot.content.diagnostics import Format, write
from painbot.content.differences import Change, differences
from painbot.content.dose import TRACKS, Dose, Sum
from painbot.content.dose import dose as count_dose
from painbot.content.loader import CourseBroken, courses_in, load_course, shipped_lessons
from painbot.content.reader import COURSE_NAME, read_course, shown_name
from painbot.content.stale import ClaimAge, StaleReport, stale_report
from painbot.core.course import Course

CourseFolder = Annotated[
    Path | None, typer.Argument(help="A lessons folder or a course folder; the shipped lessons if left out.")
]
Language = Annotated[str, typer.Option("--language", "-l", help="Which language folder to read.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]


def dose(path: CourseFolder = None, language: Language = "en", as_json: AsJson = False) -> None:
    """Count what a learner gets, in three sums: pain education, other education, doing."""
    report = []
    for folder in _courses(path or shipped_lessons()):
        course = _load(folder, language)
        tracks = {name: count_dose(course, gates) for name, gates in TRACKS.items()}
        report.append((course, tracks))
    if as_json:
        typer.echo(json.dumps([_dose_json(*one) for one in report], indent=2, ensure_ascii=False))
        return
    for course, tracks in report:
        typer.echo(_dose_text(course, tracks))


def diff(
    old: Annotated[Path, typer.Argument(help="The course folder as it is.")],
    new: Annotated[Path, typer.Argument(help="The course folder as it would be.")],
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Say which enrolled learners would get something different, and what."""
    courses = [_load(folder, language) for given in (old, new) for folder in _courses(given, only=True)]
    changes = differences(*courses)
    if as_json:
        typer.echo(json.dumps([asdict(change) for change in changes], indent=2, ensure_ascii=False))
        return
    for change in changes:
        typer.echo(_change_text(change))
    typer.echo(f"{_counted(len(changes), 'change')}." if changes else "No learner would notice anything.")


def stale(
    path: CourseFolder = None,
    years: Annotated[
        int, typer.Option("--years", min=1, max=50, help="How long a claim holds without another look.")
    ] = 2,
    on: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day to count from; today.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List claims last looked at too long ago, and count those never reviewed; exits with 1 for the first."""
    today = (on or datetime.now(UTC)).date()
    reports: list[tuple[str, StaleReport]] = []
    for folder in _courses(path or shipped_lessons()):
        read = read_course(folder)
        if read.source is None or read.source.evidence is None or not read.source.claims:
            typer.echo(write(read.problems, Format.TEXT, read.files_read), err=True)
            raise typer.Exit(2)
        reports.append((shown_name(folder), stale_report(read.source, years, today)))
    if as_json:
        typer.echo(json.dumps([_stale_json(*one) for one in reports], indent=2, ensure_ascii=False))
    else:
        for name, report in reports:
            typer.echo(_stale_text(name, report, years))
    if any(report.old for _, report in reports):
        raise typer.Exit(1)


def _courses(path: Path, *, only: bool = False) -> list[Path]:
    found = courses_in(path) if path.is_dir() else []
    if not found or (only and len(found) > 1):
        what = "There is no" if not found else "There is more than one"
        typer.echo(f"{what} {COURSE_NAME} in {path} or directly below it", err=True)
        raise typer.Exit(2)
    return found


def _load(folder: Path, language: str) -> Course:
    try:
        return load_course(folder, language)
    except CourseBroken as broken:
        typer.echo(
            write(broken.diagnostics, Format.TEXT, len({one.file for one in broken.diagnostics})), err=True
        )
        raise typer.Exit(2) from None


def _dose_text(course: Course, tracks: dict[str, Dose]) -> str:
    width = max(map(len, Sum))
    lines = [f"{course.id} {course.version} ({course.language}), minutes"]
    lines.append(f"{'':{width}}  " + "  ".join(f"{name:>8}" for name in tracks))
    for of in Sum:
        figures = "  ".join(f"{track.minutes(of):8.1f}" for track in tracks.values())
        lines.append(f"{of:{width}}  {figures}")
    skippable = [f"{of} {tracks['main'].skippable_minutes(of):.1f}" for of in Sum]
    lines.append(f"In lessons that may be skipped (main): {', '.join(skippable)}.")
    lines.append("A small step that names no time counts two minutes.")
    return "\n".join(lines)


def _dose_json(course: Course, tracks: dict[str, Dose]) -> dict[str, Any]:
    return {
        "course": course.id,
        "version": course.version,
        "language": course.language,
        "tracks": {
            name: {
                **{_key(of): round(track.minutes(of), 1) for of in Sum},
                "skippable": {_key(of): round(track.skippable_minutes(of), 1) for of in Sum},
                "items": [
                    {**asdict(item), **{_key(of): round(item.minutes(of), 2) for of in Sum}}
                    for item in track.items.values()
                ],
            }
            for name, track in tracks.items()
        },
    }


def _key(of: Sum) -> str:
    return f"{of.replace(' ', '_')}_minutes"


def _change_text(change: Change) -> str:
    parts = f": {', '.join(change.parts)}" if change.parts else ""
    forms = f" [{', '.join(change.forms)}]" if change.forms else ""
    note = f"\n    {change.note}" if change.note else ""
    return f"{change.of} {change.id} {change.kind}{forms}{parts}\n    reaches {change.who}{note}"


def _stale_text(name: str, report: StaleReport, years: int) -> str:
    lines = [f"{age.looked_at}  {age.claim.id}  ({_state(age)}; {_use(age.used_in)})" for age in report.old]
    share = f"{len(report.old)} of {_counted(report.total, 'claim')}"
    lines.append(f"{name}: {share} last looked at more than {_counted(years, 'year')} ago.")
    never = len(report.never_reviewed)
    reviewed = f"{never} never reviewed by a clinician" if never else "every claim has been reviewed"
    lines.append(f"{name}: {reviewed}.")
    return "\n".join(lines)


def _state(age: ClaimAge) -> str:
    return "reviewed" if age.is_reviewed else "compiled, never reviewed"


def _use(names: Sequence[str]) -> str:
    return f"used in {', '.join(names)}" if names else "used nowhere"


def _stale_json(name: str, report: StaleReport) -> dict[str, Any]:
    def listed(ages: Sequence[ClaimAge]) -> list[dict[str, Any]]:
        return [
            {
                "id": age.claim.id,
                "compiled": age.claim.compiled,
                "reviewed_on": age.claim.reviewed_on,
                "used_in": age.used_in,
            }
            for age in ages
        ]

    return {
        "course": name,
        "claims": report.total,
        "old": listed(report.old),
        "never_reviewed": listed(report.never_reviewed),
    }


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
