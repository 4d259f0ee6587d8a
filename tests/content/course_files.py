"""Small made-up courses on disk."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

COURSE = """\
format: 1
id: tiny
version: "1"
title: { en: A tiny course }
weeks:
  - theme: { en: First week }
    items: [pne-01, practice-01, check-01]
"""

EVIDENCE = """\
- id: course-scope
  say: This is education.
  do_not_say: Do not call it treatment.
  strength: strong
  sources: [{ cite: A paper, seen: true }]
  compiled: "2026-11"
  reviewed_on: null
- id: pain-alarm
  say: Pain warns.
  do_not_say: Do not say that pain is damage.
  strength: limited
  cautions: New pain needs a check-up.
  figures: [One in five., { what: People, value: "20 %", seen: false, source: A paper }]
  sources: [{ cite: A paper, seen: false, doi: 10.1000/xyz }]
  compiled: "2026-11"
  reviewed_on: null
"""

LESSON = """\
format: 1
id: pne-01
kind: lesson
title: Your pain is real
idea: All pain is real.
minutes: 3
evidence: [course-scope, pain-alarm]
cards:
  - id: hello
    text: |
      **Hello.** This is the first card.

      It has two paragraphs.
    evidence: [pain-alarm]
  - id: alarm
    text: An alarm is loud.
  - id: onward
    text: That is all for today.
why:
  text: Because it helps to know.
action:
  text: Look out of the window.
  smaller: Think of the window.
quiz:
  ask: What is pain?
  again: Once more, what is pain?
  options:
    - { id: a, text: A warning, reply: "Yes, often.", correct: true }
    - { id: b, text: A damage meter, reply: It is easy to think so. }
question:
  id: confidence
  ask: How sure are you?
  low: not at all
  high: fully
"""

PRACTICE = """\
format: 1
id: practice-01
kind: practice
title: One easy minute
cards:
  - id: minute
    text: Move for a minute.
action: { text: Move for a minute., smaller: Move one hand. }
recalls: 1
"""

CHECK = """\
format: 1
id: check-01
kind: check
title: Your week
cards:
  - id: opening
    text: Three questions.
measures: [peg, confidence, harm]
recalls: 2
closing: That was the week.
"""

TOOLKIT = """\
format: 1
id: magnesium
kind: toolkit
title: Magnesium
summary: A mineral, unproven for pain
evidence: [pain-alarm]
what: A mineral. It is in food.
strength: The proof is thin.
who_must_not: Not with kidney disease.
clashes: It can clash with some pills.
ceiling: No safe upper limit has been set.
ask: Does it clash with my list?
warnings:
  - when: [organs]
    text: Ask first.
    evidence: [pain-alarm]
lessons: [pne-01]
"""

QUESTION = """\
format: 1
id: in-my-head
kind: question
title: Is it all in my head?
evidence: [pain-alarm]
cards:
  - id: answer
    text: No. All pain is real.
    evidence: [pain-alarm]
  - id: ask
    text: You can ask about it.
onward: [pne-01, urgent]
"""

SHELF: Mapping[str, str] = {
    "course.yaml": f"{COURSE}toolkit: [magnesium]\nquestions: [in-my-head]\n",
    "en/toolkit/magnesium.yaml": TOOLKIT,
    "en/questions/in-my-head.yaml": QUESTION,
}
"""What gives the course a toolkit card and a question card."""

FILES: Mapping[str, str] = {
    "course.yaml": COURSE,
    "evidence.yaml": EVIDENCE,
    "en/pne-01.yaml": LESSON,
    "en/practice-01.yaml": PRACTICE,
    "en/check-01.yaml": CHECK,
}


def write_course(root: Path, changes: Mapping[str, str | bytes | None] | None = None) -> Path:
    """Write a valid course into `root`, with some files replaced, added, or (None) left out."""
    for name, content in {**FILES, **(changes or {})}.items():
        if content is None:
            continue
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def in_german() -> dict[str, str]:
    """Return what gives the course a second language with the same words."""
    course = COURSE.replace("{ en: A", "{ de: Ein Kurs, en: A").replace("{ en: F", "{ de: Woche, en: F")
    german = {name.replace("en/", "de/"): text for name, text in FILES.items() if name.startswith("en/")}
    return {"course.yaml": course, **german}


def lesson(old: str = "", new: str = "") -> str:
    """Return the valid lesson with one passage replaced; the passage must be there once."""
    if old and LESSON.count(old) != 1:
        raise ValueError(f"{old!r} is in the lesson {LESSON.count(old)} times")
    return LESSON.replace(old, new) if old else LESSON
