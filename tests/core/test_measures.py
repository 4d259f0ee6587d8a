"""Scoring and comparing, as published and as the project's own rules say."""

import pytest

from painbot.core.measures import (
    PAIN,
    Peg,
    PegChange,
    compare_peg,
    read_peg,
    screen_phq4,
)


@pytest.mark.parametrize(
    ("answers", "mean"),
    [((0, 0, 0), 0.0), ((10, 10, 10), 10.0), ((7, 6, 8), 7.0), ((7, 7, 6), 6.7), ((3, 3, 4), 3.3)],
)
def test_peg_is_the_mean_to_one_decimal(answers: tuple[int, int, int], mean: float) -> None:
    assert Peg(*answers).mean == mean


def test_peg_is_scored_only_with_all_three_answers() -> None:
    answers = {"peg-pain": 6, "peg-enjoyment": 5, "peg-activity": 4}
    assert read_peg(answers) == Peg(6, 5, 4)
    for missing in answers:
        assert read_peg({key: value for key, value in answers.items() if key != missing}) is None


@pytest.mark.parametrize("answers", [(11, 0, 0), (0, -1, 0), (0, 0, 100)])
def test_peg_refuses_an_answer_out_of_range(answers: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="must be 0 to 10"):
        Peg(*answers)


def weeks(*totals: int) -> dict[int, Peg]:
    return {week: Peg(total // 3, (total + 1) // 3, (total + 2) // 3) for week, total in enumerate(totals)}


@pytest.mark.parametrize(
    ("totals", "change"),
    [
        ((18, 18, 18, 18), PegChange.ABOUT_THE_SAME),
        ((18, 18, 16, 15), PegChange.ABOUT_THE_SAME),
        ((18, 18, 15, 15), PegChange.BETTER),
        ((18, 18, 30, 0), PegChange.BETTER),
        ((18, 18, 20, 21), PegChange.ABOUT_THE_SAME),
        ((18, 18, 21, 21), PegChange.WORSE),
        ((30, 30, 0, 3), PegChange.BETTER),
    ],
)
def test_a_point_or_more_over_two_weeks_is_a_change(totals: tuple[int, ...], change: PegChange) -> None:
    assert compare_peg(weeks(*totals), 3) is change


def test_a_point_is_a_point_whatever_rounding_would_say() -> None:
    # 6.3 and 5.3 against 6.0 and 5.7: sums 36 and 35, less than a point however the means round.
    assert compare_peg(weeks(19, 17, 15, 15), 3) is PegChange.BETTER
    assert compare_peg(weeks(19, 17, 15, 16), 3) is PegChange.ABOUT_THE_SAME


@pytest.mark.parametrize("week", [0, 1, 2])
def test_there_is_nothing_to_compare_before_two_weeks_stand_beside_the_start(week: int) -> None:
    assert compare_peg(weeks(20, 20, 5, 5), week) is None


@pytest.mark.parametrize("missing", [0, 1, 4, 5])
def test_one_week_alone_is_never_judged(missing: int) -> None:
    answered = weeks(20, 20, 20, 20, 5, 5)
    assert compare_peg(answered, 5) is PegChange.BETTER
    del answered[missing]
    assert compare_peg(answered, 5) is None


@pytest.mark.parametrize(
    ("answers", "mood", "worry"),
    [
        ({"phq-interest": 1, "phq-down": 2, "gad-nervous": 1, "gad-worry": 1}, True, False),
        ({"phq-interest": 0, "phq-down": 2, "gad-nervous": 3, "gad-worry": 0}, False, True),
        ({"phq-interest": 3, "phq-down": 3, "gad-nervous": 3, "gad-worry": 3}, True, True),
        ({"phq-interest": 3}, None, None),
        ({"phq-down": 3, "gad-nervous": 0, "gad-worry": 2}, None, False),
        ({}, None, None),
    ],
)
def test_a_pair_is_positive_from_three_and_only_when_both_are_answered(
    answers: dict[str, int], mood: bool | None, worry: bool | None
) -> None:
    screen = screen_phq4(answers)
    assert (screen.mood, screen.worry) == (mood, worry)
    assert screen.any_positive is bool(mood or worry)


def test_a_pair_refuses_an_answer_out_of_range() -> None:
    with pytest.raises(ValueError, match="phq-down must be 0 to 3, not 4"):
        screen_phq4({"phq-interest": 1, "phq-down": 4})


def test_a_scale_accepts_its_ends_and_nothing_past_them() -> None:
    assert [value for value in range(-2, 13) if PAIN.accepts(value)] == list(range(11))
