"""A small course with a variant, a card for some, a picture, a toolkit and a question card."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from tests.content.course_files import SHELF, lesson, write_course

VARIANT = """\
variants:
  - id: steady
    when: [crash]
    cards:
      - { id: steady-hello, text: For people who crash. }
      - { id: steady-two, text: Rest comes first. }
      - { id: steady-three, text: Nothing has to grow. }
"""

GATED = lesson(
    "  - id: alarm\n    text: An alarm is loud.\n",
    "  - id: alarm\n    text: An alarm is loud.\n"
    "    picture: { name: alarm, alt: 'Two dials side by side.' }\n"
    "  - { id: pregnant, text: 'Ask your midwife first.', when: [pregnancy] }\n",
)
"""The lesson with a picture and a card that only some are shown."""


def write(root: Path, **changes: str) -> Path:
    """Write the course into `root`; `changes` replace files, named with `_` for `/` and `.yaml` left out."""
    files = {**SHELF, "en/pne-01.yaml": GATED + VARIANT}
    files |= {f"{name.replace('__', '/').replace('_', '-')}.yaml": text for name, text in changes.items()}
    write_course(root, files)
    folder = root / "en/pictures"
    folder.mkdir(exist_ok=True)
    Image.new("RGB", (40, 30), "teal").save(folder / "alarm.png")
    return root
