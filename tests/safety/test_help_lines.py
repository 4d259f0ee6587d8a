"""Which numbers may be shown, and which never."""

import re
from datetime import date

import pytest

from painbot.safety import SafetyDataError, SafetyNet, load_help_lines
from painbot.safety.help_lines import digits_of
from painbot.safety.loader import read_help_lines

LINES = load_help_lines()
RETIRED = [
    "1-800-273-8255",
    "1-833-456-4566",
    "08457 90 90 90",
    "1850 60 90 90",
    "1393",
    "1800-221-4444",
    "0900-0113",
]


def _raw(**crisis: object) -> dict[str, object]:
    line = {
        "name": "A line",
        "number": "555 1234",
        "seen": True,
        "hours": "24/7",
        "hours_seen": True,
        **crisis,
    }
    return {
        "fallback": {"url": "findahelpline.com"},
        "retired": [{"number": "1-800-111", "country": "XX", "replaced_by": "5"}],
        "countries": {"XX": {"name": "X", "emergency": {"number": "999", "seen": True}, "crisis_line": line}},
    }


def test_a_known_country_gives_its_number_and_its_crisis_line_with_hours() -> None:
    local = LINES.for_country("gb")
    assert local.emergency == "999 (or 112)"
    assert local.crisis_line.phrase == "Samaritans on 116 123 (hours: 24/7)"
    assert local.crisis_line.other_ways is not None


@pytest.mark.parametrize("country", [None, "", "XX"])
def test_an_unknown_country_gives_generic_wording_and_the_directory(country: str | None) -> None:
    local = LINES.for_country(country)
    assert local.emergency == "your local emergency number"
    assert "findahelpline.com" in local.crisis_line.phrase
    assert local.crisis_line.number is None
    assert local.emergency_note is not None


def test_a_line_nobody_has_read_is_replaced_by_the_emergency_number_and_the_directory() -> None:
    local = read_help_lines(_raw(seen=False)).for_country("XX")
    assert local.crisis_line.number == "999"
    assert "findahelpline.com" in local.crisis_line.entry
    assert "999" in local.crisis_line.entry
    assert "555" not in repr(local)


def test_an_emergency_number_nobody_has_read_is_not_shown() -> None:
    raw = _raw()
    raw["countries"]["XX"]["emergency"]["seen"] = False  # type: ignore[index]
    assert read_help_lines(raw).for_country("XX").emergency == "your local emergency number"


def test_hours_nobody_has_read_are_said_to_be_unchecked() -> None:
    local = read_help_lines(_raw(hours_seen=False)).for_country("XX")
    assert "24/7" not in local.crisis_line.phrase
    assert "not checked" in local.crisis_line.phrase


def test_no_country_ever_shows_a_retired_number_or_one_nobody_has_read(net: SafetyNet) -> None:
    assert {digits_of(number) for number in RETIRED} <= LINES.retired
    for country in [None, *LINES.countries]:
        text = " ".join([*net.urgent(country).paragraphs, *net.numbers(country).paragraphs])
        shown = {digits_of(number) for number in re.findall(r"\+?\d(?:[ \-]?\d)*", text)}
        assert not shown & LINES.retired, country
        lines = LINES.countries.get(country or "")
        unread = (
            [line for line in (lines.abuse_line, lines.crisis_line) if line and not line.seen]
            if lines
            else []
        )
        # A country may use its emergency number as its line.
        hidden = {digits_of(line.number) for line in unread} - {
            digits_of(lines.emergency.number) if lines else ""
        }
        assert not shown & hidden, country


def test_the_loader_refuses_a_retired_number() -> None:
    with pytest.raises(SafetyDataError, match="retired"):
        read_help_lines(_raw(number="1-800-111"))
    with pytest.raises(SafetyDataError, match="retired"):
        read_help_lines(_raw(other_ways="or call 1 800 111"))


def test_every_fault_of_the_file_is_named_at_once() -> None:
    raw = _raw(verified_on="yesterday")
    raw["countries"]["usa"] = {}  # type: ignore[index]
    with pytest.raises(SafetyDataError) as caught:
        read_help_lines(raw)
    assert "verified_on" in str(caught.value)
    assert "'usa'" in str(caught.value)


def test_every_line_is_unverified_until_somebody_checks_it() -> None:
    everything = LINES.unverified(date(2026, 6, 1))
    listed = sum(
        1
        for lines in LINES.countries.values()
        for line in (lines.emergency, lines.crisis_line, lines.abuse_line, lines.poisons_line)
        if line is not None
    )
    assert len(everything) == listed


def test_a_check_holds_for_half_a_year() -> None:
    lines = read_help_lines(_raw(verified_on=date(2026, 1, 10)))
    assert [one.kind for one in lines.unverified(date(2026, 6, 1))] == ["emergency"]
    assert [one.kind for one in lines.unverified(date(2026, 9, 1))] == ["emergency", "crisis_line"]
