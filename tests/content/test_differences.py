"""What changes for learners between two states of a course."""

from __future__ import annotations

from pathlib import Path

import pytest

from painbot.content.differences import Change, ChangeKind, differences
from painbot.content.loader import load_course
from tests.content.course_files import COURSE, SHELF, lesson, write_course

VARIANT = """\
variants:
  - id: steady
    when: [crash]
    why: { text: Steady is enough. }
"""


def changes(
    tmp_path: Path, new: dict[str, str | None], old: dict[str, str | None] | None = None
) -> tuple[Change, ...]:
    before, after = (
        write_course(tmp_path / "old", old),
        write_course(tmp_path / "new", {**(old or {}), **new}),
    )
    return differences(load_course(before), load_course(after))


def told(found: tuple[Change, ...]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(change.kind, change.id, change.parts) for change in found]


def test_the_same_course_changes_nothing(tmp_path: Path) -> None:
    assert changes(tmp_path, {}, SHELF) == ()


def test_reworded_parts_are_named_and_reach_those_to_come(tmp_path: Path) -> None:
    (change,) = changes(tmp_path, {"en/pne-01.yaml": lesson("An alarm is loud.", "An alarm rings.")})
    assert told((change,)) == [("reworded", "pne-01", ("card alarm",))]
    assert "have not had it yet" in change.who
    assert "quiz" not in change.who


def test_new_words_of_a_quiz_reach_those_to_whom_it_comes_back(tmp_path: Path) -> None:
    (change,) = changes(tmp_path, {"en/pne-01.yaml": lesson("text: A damage meter", "text: A meter")})
    assert change.parts == ("answer b",)
    assert "comes back" in change.who


def test_a_part_a_variant_replaces_is_told_apart_from_the_main_text(tmp_path: Path) -> None:
    old = {"en/pne-01.yaml": lesson() + VARIANT}
    new = {"en/pne-01.yaml": lesson("Because it helps to know.", "So it is.") + VARIANT}
    (change,) = changes(tmp_path, new, old)
    assert (change.parts, change.forms) == (("why",), ("main",))
    assert change.note == "main text: learners without these gates"


def test_a_part_a_variant_takes_over_changes_in_both(tmp_path: Path) -> None:
    old = {"en/pne-01.yaml": lesson() + VARIANT}
    new = {"en/pne-01.yaml": lesson("An alarm is loud.", "An alarm rings.") + VARIANT}
    (change,) = changes(tmp_path, new, old)
    assert (change.parts, change.forms, change.note) == (("card alarm",), ("main", "steady"), "")


def test_a_variants_own_words_reach_its_learners(tmp_path: Path) -> None:
    old = {"en/pne-01.yaml": lesson() + VARIANT}
    new = {"en/pne-01.yaml": lesson() + VARIANT.replace("enough", "plenty")}
    (change,) = changes(tmp_path, new, old)
    assert (change.parts, change.forms) == (("why",), ("steady",))
    assert change.note == "`steady`: learners with `crash`"


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("", VARIANT, ChangeKind.ADDED),
        (VARIANT, "", ChangeKind.REMOVED),
        (VARIANT, VARIANT.replace("[crash]", "[crash, fall]"), ChangeKind.REROUTED),
    ],
)
def test_learners_who_get_another_form_are_named(old: str, new: str, kind: str, tmp_path: Path) -> None:
    files = [{"en/pne-01.yaml": lesson() + variant} for variant in (new, old)]
    (change,) = changes(tmp_path, *files)
    assert told((change,)) == [(kind, "pne-01", ("variant steady",))]
    assert "`crash`" in change.who


def test_an_answer_whose_id_is_gone_is_told(tmp_path: Path) -> None:
    found = changes(tmp_path, {"en/pne-01.yaml": lesson("id: b,", "id: c,")})
    assert ("answers gone", "pne-01", ("answer b",)) in told(found)


def test_an_answer_that_is_judged_otherwise_is_told(tmp_path: Path) -> None:
    new = lesson(", correct: true", "").replace("to think so. }", "to think so., correct: true }")
    found = changes(tmp_path, {"en/pne-01.yaml": new})
    assert told(found) == [("judged anew", "pne-01", ("answer a", "answer b"))]


def test_a_question_under_another_id_loses_its_answers(tmp_path: Path) -> None:
    found = changes(tmp_path, {"en/pne-01.yaml": lesson("id: confidence", "id: trust")})
    assert told(found) == [("answers gone", "pne-01", ("question confidence",))]


def test_items_that_are_new_gone_or_renamed_are_told(tmp_path: Path) -> None:
    new = {
        "course.yaml": COURSE.replace("pne-01", "pne-02"),
        "en/pne-02.yaml": lesson("id: pne-01", "id: pne-02"),
        "en/pne-01.yaml": None,
    }
    added, removed = changes(tmp_path, new)
    assert told((added, removed)) == [("added", "pne-02", ()), ("removed", "pne-01", ())]
    assert "looks like `pne-01` under another id" in added.note
    assert "no longer comes back" in removed.note


def two_weeks(first: str, second: str) -> str:
    weeks = f"    items: [{first}]\n  - theme: {{ en: Second week }}\n    items: [{second}]\n"
    return COURSE.replace("    items: [pne-01, practice-01, check-01]\n", weeks)


def test_as_few_items_as_possible_are_called_moved(tmp_path: Path) -> None:
    files = {f"en/pne-0{n}.yaml": lesson("id: pne-01", f"id: pne-0{n}") for n in (2, 3)}
    files["en/check-02.yaml"] = (
        (write_course(tmp_path / "x") / "en/check-01.yaml").read_text().replace("check-01", "check-02")
    )
    old = {**files, "course.yaml": two_weeks("pne-01, practice-01, pne-02, check-01", "pne-03, check-02")}
    moved = {"course.yaml": two_weeks("practice-01, pne-02, pne-01, check-01", "pne-03, check-02")}
    assert told(changes(tmp_path, moved, old)) == [("moved", "pne-01", ("within week 1",))]
    later = {"course.yaml": two_weeks("pne-01, practice-01, check-01", "pne-02, pne-03, check-02")}
    assert told(changes(tmp_path / "y", later, old)) == [("moved", "pne-02", ("week 1 to week 2",))]


def test_what_is_looked_up_changes_for_everybody(tmp_path: Path) -> None:
    toolkit, question = "en/toolkit/magnesium.yaml", "en/questions/in-my-head.yaml"
    new = {
        toolkit: SHELF[toolkit].replace("The proof is thin.", "The proof is weak."),
        question: SHELF[question].replace("You can ask about it.", "Ask about it."),
    }
    found = changes(tmp_path, new, SHELF)
    assert told(found) == [
        ("reworded", "magnesium", ("strength",)),
        ("reworded", "in-my-head", ("card ask",)),
    ]
    assert {change.who for change in found} == {"everybody, the next time they look"}


def test_the_course_itself_is_compared(tmp_path: Path) -> None:
    course = (
        COURSE.replace("A tiny course", "A small course") + "sleep_log: { from: pne-01, until: check-01 }\n"
    )
    found = changes(tmp_path, {"course.yaml": course})
    assert told(found) == [("reworded", "tiny", ("title",)), ("rerouted", "tiny", ("sleep log",))]
