"""Faults in the danger-sign data are all named, and a sound file becomes a rule set."""

from typing import Any

import pytest

from painbot.core.triage import triage
from painbot.safety import SafetyDataError, load_rule_set
from painbot.safety.loader import read_safety_data


def _group(**changes: Any) -> dict[str, Any]:
    return {
        "id": "one",
        "name": "One",
        "level": "urgent",
        "when": "soon",
        "priority": 6,
        "what_it_is": "A sign.",
        "phrases": ["a purple elephant dances"],
        "look_alikes": ["no elephant"],
        "ambiguous_ask_first": ["maybe an elephant"],
        "tell_them": "Call {emergency}.",
        "never_say": "Nothing.",
        "sources": ["A book"],
        **changes,
    }


DETECTION = {"families": {"beast": "elephant rhino"}, "patterns": {"one": ["pink $beast"]}}


def _faults(signs: Any, detection: Any = DETECTION) -> str:
    with pytest.raises(SafetyDataError) as caught:
        read_safety_data(signs, detection, "v")
    return str(caught.value)


def test_sound_data_becomes_a_rule_set_and_card_texts() -> None:
    data = read_safety_data({"groups": [_group()]}, DETECTION, "v7")
    finding = triage("a pink rhino", data.rule_set)
    assert finding is not None
    assert (finding.group, finding.version) == ("one", "v7")
    assert data.cards["one"].tell_them == "Call {emergency}."


def test_all_faults_are_named_at_once() -> None:
    broken = [
        _group(level="severe"),
        _group(id="two", tell_them="Call {number}."),
        _group(id="three", phrases=[12]),
    ]
    faults = _faults({"groups": broken})
    assert "'severe'" in faults
    assert "group two: tell_them may hold only" in faults
    assert "group three phrases: needs a list of texts" in faults


@pytest.mark.parametrize(
    ("group", "detection", "expected"),
    [
        (_group(extra=1), DETECTION, "extra is not a known field"),
        ({"id": "one"}, DETECTION, "phrases is missing"),
        (_group(priority="high"), DETECTION, "priority must be a whole number"),
        (_group(), {"families": {}, "patterns": {"other": ["x y"]}}, "no group is called other"),
        (
            _group(),
            {"families": {}, "patterns": {"one": ["pink $beast"]}},
            "no word family is called 'beast'",
        ),
        (_group(), {"families": {}}, "patterns: needs fields"),
    ],
)
def test_a_fault_says_what_is_wrong(group: dict[str, Any], detection: Any, expected: str) -> None:
    assert expected in _faults({"groups": [group]}, detection)


def test_a_group_listed_twice_is_refused() -> None:
    assert "used twice" in _faults({"groups": [_group(), _group()]})


def test_a_file_that_is_no_mapping_is_refused() -> None:
    assert "groups: needs a list" in _faults([])


def test_the_shipped_version_names_the_data() -> None:
    assert load_rule_set().version == load_rule_set().version
    assert len(load_rule_set().version) == 12
