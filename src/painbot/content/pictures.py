"""The pictures of a course folder: `<language>/pictures/<name>.png`, or `.gif` for one that moves."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from painbot.core.delivery import PictureFile, PictureKind
from painbot.core.ids import CourseId

FOLDER: Final = "pictures"
KINDS: Final[Mapping[str, PictureKind]] = {"gif": PictureKind.ANIMATION, "png": PictureKind.PHOTO}
"""Endings in the order they are looked for: a picture that moves stands before its still."""

_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class CoursePictures:
    """Finds the pictures of one course; each is read once, and kept."""

    def __init__(self, course_id: CourseId, root: Path | Traversable) -> None:
        self._course_id = course_id
        self._root = root
        self._read: dict[tuple[str, str], PictureFile] = {}

    def find(self, course_id: CourseId, language: str, name: str) -> PictureFile | None:
        """Return a picture, or nothing when its file is missing or cannot be read."""
        if course_id != self._course_id or not _NAME.fullmatch(name):
            return None
        found = self._read.get((language, name)) or self._load(language, name)
        if found is not None:
            self._read[language, name] = found
        return found

    def _load(self, language: str, name: str) -> PictureFile | None:
        for ending, kind in KINDS.items():
            file = self._root / language / FOLDER / f"{name}.{ending}"
            try:
                content = file.read_bytes()
            except OSError:
                continue
            return PictureFile(kind, file.name, content, hashlib.sha256(content).hexdigest())
        return None
