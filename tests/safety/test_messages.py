"""Messages in people's own words: danger signs reach their level, ordinary talk stays silent."""

import time
from pathlib import Path

import pytest
import yaml

from painbot.core.triage import Level
from painbot.safety import SafetyNet

MESSAGES = yaml.safe_load(Path(__file__).with_name("messages.yaml").read_text("utf-8"))
DANGEROUS = [(Level(level), text) for level in ("crisis", "emergency", "urgent") for text in MESSAGES[level]]


@pytest.mark.parametrize(("level", "text"), DANGEROUS)
def test_dangerous_message_reaches_its_level(net: SafetyNet, level: Level, text: str) -> None:
    finding = net.triage(text)
    assert finding is not None
    assert finding.level.rank >= level.rank


@pytest.mark.parametrize("text", MESSAGES["none"])
def test_ordinary_message_stays_silent(net: SafetyNet, text: str) -> None:
    assert net.triage(text) is None


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("I cant feel when i wipe since this morning", "cauda-equina"),
        ("i think im having a stroke", "stroke"),
        ("black tarry stools for two days", "gi-bleed"),
        ("took 20 paracetamol", "medicine-overdose-other"),
        ("my calf is swollen and red", "dvt"),
        ("he hit me again last night", "abuse-domestic-violence"),
        ("I've been cutting my arms again", "self-harm"),
        ("i can't carry on living like this", "suicide-passive"),
        ("I want to kill myself", "suicide-active"),
        ("scared i might hurt my baby", "harm-to-others"),
    ],
)
def test_the_right_card_leads(net: SafetyNet, text: str, group: str) -> None:
    finding = net.triage(text)
    assert finding is not None
    assert finding.group == group


@pytest.mark.parametrize(
    ("text", "leads", "level"),
    [
        ("took 20 paracetamol and I want to die", "medicine-overdose-other", Level.CRISIS),
        ("I want to kill myself and my chest hurts, crushing pain", "suicide-active", Level.CRISIS),
        (
            "one calf is swollen and sore and I have crushing pain in my chest",
            "chest-pain-heart",
            Level.EMERGENCY,
        ),
        (
            "found a lump near my shoulder blade. my foot keeps slapping the floor",
            "neuro-deficit-progressive",
            Level.URGENT,
        ),
    ],
)
def test_of_several_groups_the_most_pressing_leads_and_the_highest_level_counts(
    net: SafetyNet, text: str, leads: str, level: Level
) -> None:
    finding = net.triage(text)
    assert finding is not None
    assert (finding.group, finding.level) == (leads, level)
    assert finding.also


@pytest.mark.parametrize(
    "text", ["my husband is talking gibberish", "cant wake my dad", "my friend is talking about suicide"]
)
def test_danger_to_somebody_else_is_noted(net: SafetyNet, text: str) -> None:
    finding = net.triage(text)
    assert finding is not None
    assert finding.third_person


@pytest.mark.parametrize("text", ["I want to kill myself", "my partner hits me", "crushing pain in my chest"])
def test_the_writers_own_danger_is_not_taken_for_somebody_elses(net: SafetyNet, text: str) -> None:
    finding = net.triage(text)
    assert finding is not None
    assert not finding.third_person


@pytest.mark.parametrize(
    "text",
    [
        "I don't want to live with pain forever but I'm hopeful",
        "I don't want to kill myself but I can see why people do",
        "kill me",
    ],
)
def test_between_crisis_and_a_manner_of_speaking_a_gentle_card_asks(net: SafetyNet, text: str) -> None:
    finding = net.triage(text)
    assert finding is not None
    assert finding.ask_first
    assert finding.level is Level.CRISIS


def test_a_long_text_of_one_sign_over_and_over_is_read_quickly_enough(net: SafetyNet) -> None:
    long = "my leg and calf hurt swollen red hot foot chest pain " * 100
    began = time.process_time()
    assert net.triage(long) is not None
    assert time.process_time() - began < 2


def test_a_finding_carries_the_rule_and_version_and_no_words(net: SafetyNet) -> None:
    finding = net.triage("zebra zebra I want to kill myself zebra")
    assert finding is not None
    assert finding.version == net.rule_set.version
    assert finding.rule.startswith("suicide-active/")
    assert "zebra" not in repr(finding)
