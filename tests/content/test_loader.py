"""A folder becomes a course, or every problem in it with its place."""

from __future__ import annotations

from pathlib import Path
from zipfile import Path as ZipPath
from zipfile import ZipFile

import pytest

from painbot.content.loader import CourseBroken, check_course, courses_in, load_course, shipped_lessons
from painbot.core.course import ItemKind
from painbot.core.ids import ItemId
from tests.content.conftest import Check
from tests.content.course_files import COURSE, EVIDENCE, FILES, LESSON, PRACTICE, lesson, write_course


def test_a_valid_folder_becomes_a_course(tmp_path: Path) -> None:
    course = load_course(write_course(tmp_path))
    assert (course.id, course.title, course.language, course.version) == ("tiny", "A tiny course", "en", "1")
    assert [item.id for item in course.items] == ["pne-01", "practice-01", "check-01"]
    assert [item.id for item in course.path] == ["pne-01", "practice-01"]
    assert [(week.number, week.theme) for week in course.weeks] == [(1, "First week")]


def test_a_lesson_carries_everything_its_file_says(tmp_path: Path) -> None:
    item = load_course(write_course(tmp_path)).item(ItemId("pne-01"))
    assert item is not None
    assert item.kind is ItemKind.LESSON
    assert (item.title, item.idea, item.minutes) == ("Your pain is real", "All pain is real.", 3)
    assert item.cards[0].text == "**Hello.** This is the first card.\n\nIt has two paragraphs."
    assert item.cards[0].evidence == ("pain-alarm",)
    assert item.why is not None
    assert item.why.text == "Because it helps to know."
    assert item.action is not None
    assert item.action.smaller == "Think of the window."
    assert item.quiz is not None
    assert [(option.id, option.correct) for option in item.quiz.options] == [("a", True), ("b", False)]
    assert item.quiz.again == "Once more, what is pain?"
    assert item.question is not None
    assert item.question.is_scale
    assert (item.question.low, item.question.high) == ("not at all", "fully")
    assert item.evidence == ("course-scope", "pain-alarm")


def test_a_practice_day_and_a_check_day_carry_what_theirs_say(tmp_path: Path) -> None:
    course = load_course(write_course(tmp_path))
    practice, check_day = course.items[1:]
    assert (practice.kind, practice.recalls, practice.quiz) == (ItemKind.PRACTICE, 1, None)
    assert practice.action is not None
    assert (check_day.kind, check_day.recalls, check_day.action) == (ItemKind.CHECK, 2, None)
    assert check_day.measures == ("peg", "confidence", "harm")
    assert check_day.closing == "That was the week."


def test_a_choice_question_carries_its_choices(tmp_path: Path) -> None:
    choices = "  choices: [{ id: yes, text: Yes }, { id: no, text: Not really }]\n"
    changed = lesson("  low: not at all\n  high: fully\n", choices)
    item = load_course(write_course(tmp_path, {"en/pne-01.yaml": changed})).items[0]
    assert item.question is not None
    assert not item.question.is_scale
    assert [(choice.id, choice.text) for choice in item.question.choices] == [
        ("yes", "Yes"),
        ("no", "Not really"),
    ]


def test_claims_come_with_the_course(tmp_path: Path) -> None:
    source = check_course(write_course(tmp_path)).source
    assert source is not None
    claims = {claim.id: claim for claim in source.claims}
    assert claims["pain-alarm"].cautions == ["New pain needs a check-up."]
    assert [figure.what for figure in claims["pain-alarm"].figures] == ["One in five.", "People"]
    assert claims["course-scope"].reviewed_on is None


def test_three_problems_in_two_files_are_all_reported_in_order_of_place(check: Check) -> None:
    broken_lesson = lesson("title: Your pain is real", "titel: Your pain is real").replace(
        "minutes: 3", "minutes: few"
    )
    broken_practice = PRACTICE.replace("recalls: 1", "recalls: yes")
    found = check({"en/practice-01.yaml": broken_practice, "en/pne-01.yaml": broken_lesson})
    assert list(map(str, found)) == [
        "tiny/en/pne-01.yaml:1:1 title: is missing; write `title: Your pain is real` (field-missing)",
        "tiny/en/pne-01.yaml:4:1 titel: there is no field `titel` here; did you mean `title`? "
        "(field-unknown)",
        'tiny/en/pne-01.yaml:6:10 minutes: must be a whole number, not the text "few"; '
        "write `minutes: 3` (field-type)",
        'tiny/en/practice-01.yaml:9:10 recalls: must be a whole number, not the text "yes"; '
        "write `recalls: 1` (field-type)",
    ]


def test_a_broken_course_raises_with_every_problem(tmp_path: Path) -> None:
    root = write_course(
        tmp_path, {"en/pne-01.yaml": lesson("minutes: 3", "minutes: 300"), "evidence.yaml": "- [\n"}
    )
    with pytest.raises(CourseBroken) as raised:
        load_course(root)
    rules = [(Path(problem.file).name, problem.line, problem.rule) for problem in raised.value.diagnostics]
    assert rules == [("pne-01.yaml", 6, "field-value"), ("evidence.yaml", 1, "yaml-syntax")]
    assert "pne-01.yaml:6:10 minutes" in str(raised.value)


def test_poor_style_does_not_keep_the_bot_from_starting(tmp_path: Path) -> None:
    root = write_course(tmp_path, {"en/pne-01.yaml": lesson("All pain is real.", "Pain can be cured!")})
    assert load_course(root).items
    assert len(check_course(root).diagnostics) == 2


@pytest.mark.parametrize("name", ["course.yaml", "evidence.yaml"])
def test_a_missing_file_is_reported_by_name(name: str, check: Check) -> None:
    found = check({name: None})
    assert list(map(str, found)) == [f"tiny/{name}:1:1 this file is missing; create it (file-missing)"]


def test_a_folder_that_does_not_exist_is_reported(tmp_path: Path) -> None:
    with pytest.raises(CourseBroken) as raised:
        load_course(tmp_path / "nowhere")
    assert {problem.rule for problem in raised.value.diagnostics} == {"file-missing"}


def test_a_language_that_does_not_exist_lacks_every_item(tmp_path: Path) -> None:
    with pytest.raises(CourseBroken) as raised:
        load_course(write_course(tmp_path), "fr")
    messages = [problem.message for problem in raised.value.diagnostics]
    assert "there is no file fr/pne-01.yaml" in messages
    assert "has no text for `fr`" in messages


def test_a_broken_translation_does_not_stop_another_language(tmp_path: Path) -> None:
    root = write_course(tmp_path, {"de/pne-01.yaml": "a: ["})
    assert load_course(root, "en").items
    assert "yaml-syntax" in {problem.rule for problem in check_course(root).diagnostics}


@pytest.mark.parametrize("name", ["course.yaml", "evidence.yaml", "en/pne-01.yaml"])
@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "file-empty"),
        (b"# nothing\n", "file-empty"),
        ("title: caf\xe9\n".encode("latin-1"), "yaml-encoding"),
        (b"x: " + b"y" * (5 * 1024 * 1024), "yaml-size"),
    ],
    ids=["empty", "only a comment", "latin-1", "huge"],
)
def test_files_nobody_can_read_are_reported_once(name: str, content: bytes, rule: str, check: Check) -> None:
    found = check({name: content})
    assert [(problem.file, problem.rule) for problem in found] == [(f"tiny/{name}", rule)]


@pytest.mark.parametrize("content", ["- a list\n", "just words\n"])
def test_an_item_that_is_no_group_of_fields_is_reported(content: str, check: Check) -> None:
    found = check({"en/pne-01.yaml": content})
    assert [(problem.line, problem.rule) for problem in found] == [(1, "field-type")]


def test_a_folder_in_place_of_a_file_is_reported(tmp_path: Path) -> None:
    root = write_course(tmp_path, {"evidence.yaml": None})
    (root / "evidence.yaml").mkdir()
    assert [problem.rule for problem in check_course(root).diagnostics] == ["file-unreadable"]


def test_refused_values_are_not_complained_about_twice(check: Check) -> None:
    found = check({"en/pne-01.yaml": lesson("title: Your pain is real", "title: *name")})
    assert [(problem.line, problem.column, problem.rule) for problem in found] == [(4, 8, "yaml-alias")]


def test_a_refused_value_of_an_optional_field_still_breaks_the_course(tmp_path: Path) -> None:
    changed = lesson("  again: Once more, what is pain?", "  again: *again")
    with pytest.raises(CourseBroken):
        load_course(write_course(tmp_path, {"en/pne-01.yaml": changed}))


def test_hidden_files_and_other_folders_are_left_alone(check: Check) -> None:
    assert (
        check(
            {"en/.keep": "", "en/.pne-01.yaml.swp": b"\xff", "pictures/a.svg": "<svg/>", "en/notes.txt": "x"}
        )
        == []
    )


def test_a_wrong_file_ending_is_reported(check: Check) -> None:
    found = check({"en/pne-02.yml": LESSON})
    assert [(problem.file, problem.rule) for problem in found] == [("tiny/en/pne-02.yml", "file-name")]


def test_a_course_inside_an_archive_loads(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "wheel.zip", "w") as archive:
        for name, content in FILES.items():
            archive.writestr(f"lessons/tiny/{name}", content)
    with ZipFile(tmp_path / "wheel.zip") as archive:
        assert len(load_course(ZipPath(archive, "lessons/tiny/")).items) == 3


def test_files_outside_the_current_folder_are_named_in_full(tmp_path: Path) -> None:
    root = write_course(tmp_path, {"evidence.yaml": EVIDENCE.replace("strength: strong", "strength: sure")})
    (problem,) = check_course(root).diagnostics
    assert problem.file == f"{root.as_posix()}/evidence.yaml"


def test_course_folders_are_found_at_or_below_a_folder(tmp_path: Path) -> None:
    one, two = write_course(tmp_path / "one"), write_course(tmp_path / "two")
    (tmp_path / "other").mkdir()
    assert courses_in(tmp_path) == [one, two]
    assert courses_in(one) == [one]


def test_the_shipped_lessons_are_found_and_have_no_problem() -> None:
    courses = courses_in(shipped_lessons())
    assert [course.name for course in courses] == ["chronic-pain"]
    assert list(map(str, check_course(courses[0]).diagnostics)) == []
    assert load_course(courses[0]).items


def test_the_course_text_of_the_tests_is_itself_valid(check: Check) -> None:
    assert check() == []
    assert check({"course.yaml": COURSE}) == []
