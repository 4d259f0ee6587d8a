"""The danger-sign screen and what the course does after a card."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from painbot.core.triage import ABUSE_GROUP, Finding, Level, When
from painbot.core.triage.rest import GO_ON, rest_after
from painbot.core.triage.screen import SCREEN, screen_part

NOW = datetime(2026, 3, 28, 14, 30, tzinfo=UTC)


def _finding(
    level: Level,
    when: When,
    group: str = "some-group",
    *,
    ask_first: bool = False,
    also: tuple[str, ...] = (),
) -> Finding:
    return Finding(level, group, when, "rule", "v", also, ask_first)


def test_the_screen_has_ten_questions_whose_parts_have_unique_ids() -> None:
    assert len(SCREEN) == 10
    ids = [part.id for question in SCREEN for part in question.parts]
    assert len(ids) == len(set(ids))
    assert all(question.parts for question in SCREEN)
    assert [question.id for question in SCREEN if question.may_decline] == ["thoughts"]


def test_part_texts_fit_a_button_and_ids_fit_callback_data() -> None:
    for question in SCREEN:
        for part in question.parts:
            assert len(part.text) <= 50
            assert len(part.id.encode()) <= 40


def test_a_part_is_found_by_its_id() -> None:
    assert screen_part("belly.bleeding").group == "gi-bleed"
    with pytest.raises(KeyError):
        screen_part("nothing")


def test_a_crisis_rests_a_day_and_goes_on_only_if_wished() -> None:
    rest = rest_after(_finding(Level.CRISIS, When.NOW), NOW)
    assert (rest.until, rest.wait_for, rest.silent) == (NOW + timedelta(hours=24), "wish", False)


def test_an_emergency_rests_a_day_and_until_seen() -> None:
    rest = rest_after(_finding(Level.EMERGENCY, When.NOW), NOW)
    assert (rest.until, rest.wait_for) == (NOW + timedelta(hours=24), "seen")


def test_a_same_day_sign_rests_until_the_next_local_day_and_until_seen() -> None:
    zone = ZoneInfo("Europe/Berlin")
    rest = rest_after(_finding(Level.URGENT, When.SAME_DAY), NOW.astimezone(zone))
    assert rest.until == datetime(2026, 3, 29, 0, 0, tzinfo=zone)
    assert rest.wait_for == "seen"


def test_a_sign_to_be_seen_soon_changes_nothing() -> None:
    assert rest_after(_finding(Level.URGENT, When.SOON), NOW) == GO_ON


@pytest.mark.parametrize("also", [(), (ABUSE_GROUP,)])
def test_abuse_is_followed_by_silence(also: tuple[str, ...]) -> None:
    finding = _finding(Level.EMERGENCY, When.NOW, "some-group" if also else ABUSE_GROUP, also=also)
    rest = rest_after(finding, NOW)
    assert rest.silent
    assert rest.wait_for == "wish"


def test_a_question_rests_where_life_may_be_at_stake_and_waits_for_nothing() -> None:
    assert rest_after(_finding(Level.CRISIS, When.NOW, ask_first=True), NOW).until == NOW + timedelta(
        hours=24
    )
    assert rest_after(_finding(Level.CRISIS, When.NOW, ask_first=True), NOW).wait_for is None
    assert rest_after(_finding(Level.URGENT, When.SAME_DAY, ask_first=True), NOW) == GO_ON
