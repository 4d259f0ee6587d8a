"""`painbot lessons pictures`: the drawings of the course to the pictures that the bot sends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from painbot.content.loader import courses_in, shipped_lessons
from painbot.content.pictures import FOLDER
from painbot.rendering.picture_folder import PictureFault, draw_folder, faults_in


def pictures(
    course: Annotated[
        Path | None, typer.Option("--course", help="A course or lessons folder; the shipped one if left out.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Draw nothing; say what is missing, stale or wrong.")
    ] = False,
) -> None:
    """Draw the SVG files of a course as PNG, or GIF where they move; exits with 1 when something is wrong."""
    root = course or shipped_lessons()
    if not root.is_dir():
        typer.echo(f"There is no folder {root}", err=True)
        raise typer.Exit(2)
    faults: list[PictureFault] = []
    drawings = 0
    for folder in _picture_folders(root):
        drawings += len(list(folder.glob("*.svg")))
        if check:
            faults += faults_in(folder)
            continue
        drawn, left = draw_folder(folder)
        faults += left
        for path in drawn:
            typer.echo(f"Drew {path} ({path.stat().st_size // 1000} KB)")
    for fault in faults:
        typer.echo(fault)
    if faults:
        raise typer.Exit(1)
    typer.echo(f"{drawings} drawings, every picture up to date.")


def _picture_folders(root: Path) -> Iterator[Path]:
    for course in courses_in(root):
        yield from sorted(path for path in course.glob(f"*/{FOLDER}") if path.is_dir())
