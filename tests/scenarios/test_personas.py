"""Every persona lives its days to the end: nobody gets stuck, and what they do is what they are."""

from datetime import UTC, datetime

import pytest

from painbot.simulate import simulate
from painbot.simulator.personas import PERSONAS

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize("name", list(PERSONAS))
async def test_persona_lives_the_first_days_of_the_course(name: str) -> None:
    transcript = await simulate(PERSONAS[name], days=4, starts=START)
    assert "Your pain is real" in transcript
    assert "Something went wrong" not in transcript
    assert transcript.count("\n--- ") >= 2


async def test_steady_week_ends_with_the_check_day() -> None:
    transcript = await simulate(PERSONAS["steady"], days=7, starts=START)
    assert transcript.count("Today's lesson, about") == 3
    assert transcript.count("Thank you. That is all for today.") == 6
    assert "That was your first week" in transcript


async def test_worried_person_gets_the_card_and_no_lesson_after_it() -> None:
    transcript = await simulate(PERSONAS["worried"], days=4, starts=START)
    _, _, after = transcript.partition("a hot swollen joint")
    assert "today" in after
    assert "The course is resting" in after
    assert "Today's lesson" not in after
