"""A course folder to a course, or to all of its problems at once."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from painbot.content.build import build_course
from painbot.content.bundle import CourseSource
from painbot.content.diagnostics import Diagnostic, has_errors
from painbot.content.lint import ALL_RULES, START_RULES
from painbot.content.reader import COURSE_NAME, read_course
from painbot.core.course import Course
from painbot.core.errors import PainbotError

_PACKAGE: Final = Path(__file__).resolve().parents[1]


class CourseBroken(PainbotError):
    """The course files hold errors: mend them, then see that `painbot lessons check` finds none."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("\n".join(map(str, diagnostics)))
        self.diagnostics = diagnostics


@dataclass(frozen=True)
class CheckedCourse:
    """Everything that was found in a course folder, all languages, in order of place."""

    source: CourseSource | None
    diagnostics: tuple[Diagnostic, ...]
    files_read: int


def load_course(root: Path | Traversable, language: str = "en") -> Course:
    """Return the course in `root`, the folder that holds course.yaml.

    Raises CourseBroken with every problem that would keep the bot from teaching it. What is merely
    bad style is left to `check_course`.
    """
    source, problems, _ = read_course(root, [language])
    if source is not None:
        problems = [*problems, *(found for rule in START_RULES for found in rule.check(source))]
    diagnostics = tuple(sorted(problems))
    if source is None or source.course_model is None or has_errors(diagnostics):
        raise CourseBroken(diagnostics)
    return build_course(source, source.course_model, language)


def check_course(root: Path | Traversable) -> CheckedCourse:
    """Read a course in all its languages and apply every rule."""
    source, problems, files_read = read_course(root)
    if source is not None:
        problems = [*problems, *(found for rule in ALL_RULES for found in rule.check(source))]
    return CheckedCourse(source, tuple(sorted(problems)), files_read)


def shipped_lessons() -> Path:
    """Return the folder of courses that came with painbot: inside the wheel, else in the checkout."""
    packed = _PACKAGE / "_shipped" / "lessons"
    return packed if packed.is_dir() else _PACKAGE.parents[1] / "lessons"


def courses_in(folder: Path) -> list[Path]:
    """Return the course folders at or directly below a folder."""
    if (folder / COURSE_NAME).is_file():
        return [folder]
    return sorted(below for below in folder.iterdir() if (below / COURSE_NAME).is_file())
