"""`painbot lessons`: check, list, preview and describe the course files."""

from __future__ import annotations

import difflib
import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from painbot.content.build import build_item
from painbot.content.bundle import CourseSource
from painbot.content.diagnostics import Diagnostic, Format, has_errors, write
from painbot.content.loader import check_course, courses_in, shipped_lessons
from painbot.content.preview import Preview
from painbot.content.reader import COURSE_NAME, languages_of, read_course, shown_name
from painbot.content.schema import json_schema
from painbot.pictures_cli import pictures
from painbot.preview_cli import book, serve
from painbot.reports_cli import diff, dose, stale

app = typer.Typer(
    help="Check, list and preview the course files.", no_args_is_help=True, rich_markup_mode=None
)


app.command()(pictures)
app.command()(serve)
app.command()(book)
app.command()(dose)
app.command()(diff)
app.command()(stale)


class SchemaFile(StrEnum):
    """The kinds of file a course is made of."""

    LESSON = "lesson"
    COURSE = "course"
    EVIDENCE = "evidence"


CoursePath = Annotated[
    Path | None,
    typer.Argument(
        help="A lessons folder, a course folder or one file of it; the shipped lessons if left out."
    ),
]
Language = Annotated[str, typer.Option("--language", "-l", help="Which language folder to read.")]


@app.command()
def check(
    path: CoursePath = None,
    style: Annotated[
        Format, typer.Option("--format", help="For people, for GitHub or for programs.")
    ] = Format.TEXT,
) -> None:
    """Report every problem of the course files; exits with 1 when there is an error."""
    target = path or shipped_lessons()
    problems: list[Diagnostic] = []
    files_read = 0
    for course in _courses(target):
        checked = check_course(course)
        problems.extend(checked.diagnostics)
        files_read += checked.files_read
    if target.is_file():
        own = f"{shown_name(target.parent)}/{target.name}"
        problems = [problem for problem in problems if problem.file == own]
        files_read = 1
    typer.echo(write(problems, style, files_read))
    if has_errors(problems):
        raise typer.Exit(1)


@app.command()
def schema(
    file: Annotated[SchemaFile, typer.Argument(help="Which file of a course.")] = SchemaFile.LESSON,
) -> None:
    """Print the JSON Schema of a file, for editors that complete and check YAML."""
    typer.echo(json.dumps(json_schema(file.value), indent=2, ensure_ascii=False))


@app.command(name="list")
def list_items(path: CoursePath = None, language: Language = "en") -> None:
    """Show weeks and items in course order: a table, or tab-separated lines when not on a terminal."""
    for course in _courses(path or shipped_lessons()):
        rows = _rows(_readable(course, language), language)
        if sys.stdout.isatty():
            table = Table("week", "id", "kind", "title", title=shown_name(course))
            for row in rows:
                table.add_row(*row)
            Console().print(table)
        else:
            for row in rows:
                typer.echo("\t".join(row))


@app.command()
def preview(
    lesson: Annotated[str, typer.Argument(help="The id of an item, such as pne-01.")],
    path: CoursePath = None,
    language: Language = "en",
) -> None:
    """Show one item as a learner meets it."""
    known: list[str] = []
    for course in _courses(path or shipped_lessons()):
        _require(course, language)
        read = read_course(course, [language])
        items = read.source.languages[language] if read.source else {}
        known.extend(items)
        model = items[lesson].model if lesson in items else None
        if model is not None:
            Console(highlight=False, markup=False).print(Preview(build_item(model)))
            return
        own = f"{shown_name(course)}/{language}/{lesson}.yaml"
        broken = [problem for problem in read.problems if problem.file == own]
        if broken:
            typer.echo(write(broken, Format.TEXT, 1))
            raise typer.Exit(1)
    near = difflib.get_close_matches(lesson, known, n=1)
    hint = f"did you mean {near[0]}?" if near else "`painbot lessons list` shows what there is"
    _fail(f"There is no item {lesson}; {hint}")


def _courses(target: Path) -> list[Path]:
    """Return the courses a path stands for; a file stands for the course it is in."""
    folder = target
    if target.is_file():
        folder = next((above for above in target.parents if (above / COURSE_NAME).is_file()), target.parent)
    if not folder.is_dir():
        _fail(f"There is nothing at {target}")
    courses = courses_in(folder)
    if not courses:
        _fail(f"There is no {COURSE_NAME} in {folder} or directly below it")
    return courses


def _readable(course: Path, language: str) -> CourseSource:
    _require(course, language)
    read = read_course(course, [language])
    if read.source is None or read.source.course_model is None:
        typer.echo(write(read.problems, Format.TEXT, read.files_read))
        raise typer.Exit(1)
    return read.source


def _require(course: Path, language: str) -> None:
    """End the program where a course has no folder of this language."""
    there = languages_of(course)
    if language not in there:
        have = f"it has {', '.join(there)}" if there else "it has none"
        _fail(f"The course {shown_name(course)} has no language folder {language}; {have}")


def _rows(source: CourseSource, language: str) -> list[tuple[str, str, str, str]]:
    """Return (week, id, kind, title) in course order; what a broken file lacks is shown as `?`."""
    items = source.languages[language]
    rows: list[tuple[str, str, str, str]] = []
    for path, item_id in source.listed():
        data = items[item_id].document.data if item_id in items else None
        fields = data if isinstance(data, dict) else {}
        week = str(int(path[1]) + 1)
        rows.append((week, item_id, str(fields.get("kind", "?")), str(fields.get("title", "?"))))
    return rows


def _fail(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(2)
