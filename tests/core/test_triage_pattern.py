"""The pattern language."""

import pytest

from painbot.core.triage.pattern import PatternError, Reading, parse_pattern
from painbot.core.triage.spelling import Lexicon

FAMILIES = {"leg": ("leg", "foot", "lower_limb"), "pain": ("pain", "hurt")}


def _matches(pattern: str, text: str) -> bool:
    return bool(parse_pattern(pattern, FAMILIES).find(Reading(Lexicon([]).read(text))))


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("numb between leg", "numb right between both legs", True),
        ("numb between leg", "leg numb between", False),
        ("numb leg ~1", "numb in leg", True),
        ("numb leg ~1", "numb a b leg", False),
        ("numb leg", "numb. leg", False),
        ("$pain & $leg", "my foot really hurts", True),
        ("$pain & $leg", "hurts " + "bla " * 20 + "foot", False),
        ("$pain && $leg", "hurts " + "bla " * 20 + "foot", True),
        ("$leg cold", "lower limb cold", True),
        ("end_it", "end it", True),
        ("end_it", "end of it", False),
        ("want =die", "want to die", True),
        ("want =die", "want the dying", False),
        ("took n8+ pills", "took twelve pills", True),
        ("took n8+ pills", "took 2 pills", False),
        ("sugar n2-3.9", "sugar is 2.8", True),
        ("$pain & $leg !gym", "leg pain after the gym", False),
        ("$pain & $leg !gym", "leg pain. the gym was shut", True),
        ("pain & pain", "pain", False),
    ],
)
def test_pattern_matches_as_its_language_says(pattern: str, text: str, expected: bool) -> None:
    assert _matches(pattern, text) is expected


def test_a_pattern_may_ask_first() -> None:
    assert parse_pattern("heavy $leg (ask)", FAMILIES).ask_first
    assert not parse_pattern("heavy $leg", FAMILIES).ask_first


@pytest.mark.parametrize("pattern", ["", "$nothing", "a & & b", "a|", "a ~x", "=died n4+", "!gym"])
def test_a_badly_written_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        parse_pattern(pattern, FAMILIES)
