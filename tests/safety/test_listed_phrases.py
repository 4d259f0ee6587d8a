"""Every listed phrase fires, every look-alike stays silent, every ambiguous phrase is asked about."""

import pytest

from painbot.core.triage import DangerSign
from painbot.safety import SafetyNet, load_rule_set

GROUPS = load_rule_set().groups


def _each(field: str) -> list[tuple[DangerSign, str]]:
    return [(group, text) for group in GROUPS for text in getattr(group, field)]


@pytest.mark.parametrize(("group", "text"), _each("phrases"), ids=lambda v: v if isinstance(v, str) else v.id)
def test_listed_phrase_fires_its_level_or_higher(net: SafetyNet, group: DangerSign, text: str) -> None:
    finding = net.triage(text)
    assert finding is not None
    assert finding.level.rank >= group.level.rank
    assert not finding.ask_first


@pytest.mark.parametrize("change", [str.upper, lambda t: f"hi, {t}", lambda t: f"{t} - what should I do"])
def test_listed_phrase_fires_in_capitals_and_inside_a_message(net: SafetyNet, change) -> None:
    missed = []
    for group, text in _each("phrases"):
        finding = net.triage(change(text))
        if finding is None or finding.level.rank < group.level.rank:
            missed.append(text)
    assert missed == []


@pytest.mark.parametrize("text", [text for _, text in _each("look_alikes")])
def test_look_alike_stays_silent(net: SafetyNet, text: str) -> None:
    assert net.triage(text) is None


@pytest.mark.parametrize(
    ("group", "text"), _each("ambiguous"), ids=lambda v: v if isinstance(v, str) else v.id
)
def test_ambiguous_phrase_is_asked_about(net: SafetyNet, group: DangerSign, text: str) -> None:
    finding = net.triage(text)
    assert finding is not None
    assert finding.ask_first
    assert group.id in (finding.group, *finding.also)


def test_all_36_groups_are_there_with_phrases_look_alikes_and_patterns() -> None:
    assert len(GROUPS) == 36
    assert all(group.phrases and group.look_alikes and group.ambiguous and group.patterns for group in GROUPS)
