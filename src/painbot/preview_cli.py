"""`painbot lessons serve` and `painbot lessons book`: the course for those who write and review it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from painbot.content.loader import check_course, courses_in, shipped_lessons
from painbot.content.reader import COURSE_NAME

HOST = "127.0.0.1"

CoursePath = Annotated[
    Path | None, typer.Argument(help="A course folder, or a folder of one; the shipped course if left out.")
]
Language = Annotated[str, typer.Option("--language", "-l", help="Which language folder to read.")]


def serve(
    path: CoursePath = None,
    port: Annotated[int, typer.Option(help="Port of the page; 0 takes a free one.")] = 8410,
    language: Language = "en",
) -> None:
    """Show the course in your browser as learners meet it, with problems and evidence beside each card."""
    root = _one_course(path)
    try:
        asyncio.run(_serve(root, port, language))
    except OSError as error:
        _fail(f"Port {port} cannot be had: {error.strerror or error}; try --port 0")


def book(
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the PDF goes.")],
    path: CoursePath = None,
    language: Language = "en",
) -> None:
    """Print the whole course, its evidence and sources into one PDF for a clinician to review."""
    from painbot.preview.book.make import make_book

    root = _one_course(path)
    try:
        pages = make_book(root, language, output)
    except OSError as error:
        _fail(f"{output} cannot be written: {error.strerror or error}")
    typer.echo(f"{pages} pages written to {output}.")
    problems = check_course(root).diagnostics
    if problems:
        typer.echo(f"The linter has something to say, see `painbot lessons check`: {len(problems)} problems.")


async def _serve(root: Path, port: int, language: str) -> None:
    from painbot.preview.app import build_preview
    from painbot.web.server import WebServer

    server = WebServer(build_preview(root, language), HOST, port)
    await server.start()
    typer.echo(f"The course is ready: open http://{HOST}:{server.port}/ in your browser (Ctrl+C ends it)")
    try:
        await asyncio.Event().wait()
    finally:
        await asyncio.shield(server.stop())


def _one_course(path: Path | None) -> Path:
    folder = path or shipped_lessons()
    if folder.is_file():
        folder = next((above for above in folder.parents if (above / COURSE_NAME).is_file()), folder.parent)
    if not folder.is_dir():
        _fail(f"There is nothing at {path}")
    courses = courses_in(folder)
    if len(courses) != 1:
        found = ", ".join(course.name for course in courses) or "none"
        _fail(f"{folder} must be one course; courses found there: {found}")
    return courses[0]


def _fail(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(2)
