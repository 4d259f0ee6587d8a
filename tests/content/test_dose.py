"""What a learner gets: words, quizzes and small steps to minutes, in sums that are never mixed."""

from __future__ import annotations

from pathlib import Path

import pytest

from painbot.content.dose import TRACKS, Sum, dose, step_minutes
from painbot.content.loader import load_course
from painbot.core.course import Course, TinyAction
from tests.content.course_files import COURSE, PRACTICE, lesson, write_course


def course_with(tmp_path: Path, changes: dict[str, str] | None = None) -> Course:
    return load_course(write_course(tmp_path, changes))


def test_reading_is_150_words_a_minute_and_a_quiz_half_a_minute(tmp_path: Path) -> None:
    changed = lesson("An alarm is loud.", f"'{'**Loud** ' + 'loud ' * 282}'")
    course = course_with(tmp_path, {"en/pne-01.yaml": changed})
    item = dose(course, frozenset()).items["pne-01"]
    # The quiz comes back once, on the check day two days later.
    assert (item.words, item.quizzes, item.recalls) == (10 + 283 + 5 + 5, 1, 1)
    assert item.minutes(Sum.PAIN_EDUCATION) == pytest.approx(303 / 150 + 0.5 + 0.5)
    assert item.minutes(Sum.OTHER_EDUCATION) == 0


def test_steps_and_practice_days_are_doing_and_check_days_are_nothing(tmp_path: Path) -> None:
    found = dose(course_with(tmp_path), frozenset())
    assert set(found.items) == {"pne-01", "practice-01"}
    # Two minutes for the lesson's step, one named by the practice day's, and its four words to read.
    assert found.minutes(Sum.DOING) == pytest.approx(2 + 1 + 4 / 150)


def test_lessons_of_other_topics_are_another_sum(tmp_path: Path) -> None:
    files = {
        "course.yaml": COURSE.replace("[pne-01,", "[pne-01, sleep-01,"),
        "en/sleep-01.yaml": lesson("id: pne-01", "id: sleep-01"),
    }
    found = dose(course_with(tmp_path, files), frozenset())
    assert found.minutes(Sum.PAIN_EDUCATION) == found.items["pne-01"].minutes(Sum.PAIN_EDUCATION)
    assert found.minutes(Sum.OTHER_EDUCATION) == found.items["sleep-01"].minutes(Sum.OTHER_EDUCATION) > 0


def test_a_quiz_that_comes_back_counts_for_its_own_lesson(tmp_path: Path) -> None:
    days = ", ".join(f"practice-{number:02}" for number in range(1, 5))
    files = {"course.yaml": COURSE.replace("practice-01", days)}
    for number in range(2, 5):
        files[f"en/practice-{number:02}.yaml"] = PRACTICE.replace("practice-01", f"practice-{number:02}")
    # Due two days after the lesson's own quiz, and not again within the week.
    assert dose(course_with(tmp_path, files), frozenset()).items["pne-01"].recalls == 1


def test_a_careful_learner_gets_what_their_form_holds(tmp_path: Path) -> None:
    variant = "variants:\n  - id: steady\n    when: [crash]\n    why: { text: One two three four. }\n"
    course = course_with(tmp_path, {"en/pne-01.yaml": lesson() + variant})
    words = {name: dose(course, gates).items["pne-01"].words for name, gates in TRACKS.items()}
    assert words["careful"] == words["main"] - 1


def test_what_may_be_skipped_is_told_apart(tmp_path: Path) -> None:
    optional = "optional: { text: This one is hard., skip: Skip it }\n"
    found = dose(course_with(tmp_path, {"en/pne-01.yaml": lesson() + optional}), frozenset())
    assert found.skippable_minutes(Sum.PAIN_EDUCATION) == found.minutes(Sum.PAIN_EDUCATION) > 0
    assert found.skippable_minutes(Sum.DOING) == 2


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("Write one line.", 2),
        ("Move for 60 seconds.", 1),
        ("Breathe for three minutes, then rest for ten minutes.", 3),
        ("A 10-minute list.", 10),
        ("Half a minute is enough.", 0.5),
        ("Rest for a quiet minute.", 1),
    ],
)
def test_a_step_lasts_as_long_as_it_says_or_two_minutes(text: str, minutes: float) -> None:
    assert step_minutes(TinyAction(text, "Less.")) == minutes
