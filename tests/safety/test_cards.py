"""What a safety card says."""

import textwrap
from dataclasses import replace

import pytest

from painbot.core.triage import ABUSE_GROUP, Finding, triage_answer
from painbot.core.triage.screen import SCREEN
from painbot.safety import SafetyNet, load_safety_net
from painbot.safety.cards import MAX_CHARS

GROUPS = [group.id for group in load_safety_net().rule_set.groups]
COUNTRIES = [None, "GB", "ZA", "TR", "IE", "US"]


def _text(paragraphs: tuple[str, ...]) -> str:
    return "\n\n".join(paragraphs)


def _finding(net: SafetyNet, text: str) -> Finding:
    finding = net.triage(text)
    assert finding is not None
    return finding


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("country", COUNTRIES)
def test_every_card_is_filled_fits_a_message_and_shouts_at_nobody(
    net: SafetyNet, group: str, country: str | None
) -> None:
    plain = triage_answer(group, net.rule_set)
    others = tuple(other for other in GROUPS if other != group)
    for finding in (plain, replace(plain, ask_first=True, third_person=True, also=others)):
        card = net.card(finding, country)
        text = _text(card.paragraphs)
        assert len(text) < MAX_CHARS
        assert "{" not in text
        assert "!" not in text


@pytest.mark.parametrize("group", GROUPS)
def test_no_card_claims_that_somebody_reads_watches_or_comes(net: SafetyNet, group: str) -> None:
    finding = triage_answer(group, net.rule_set)
    text = _text(net.card(replace(finding, third_person=True, also=(ABUSE_GROUP,)), "GB").paragraphs).lower()
    for claim in (
        "i will call",
        "i will stay",
        "i am here with you",
        "is on the way",
        "we are watching",
        "i will watch",
    ):
        assert claim not in text


def test_a_crisis_card_has_the_local_numbers(net: SafetyNet) -> None:
    text = _text(net.card(_finding(net, "I want to kill myself"), "GB").paragraphs)
    assert "999 (or 112)" in text
    assert "116 123" in text
    assert "Nobody reads this chat live" in text


def test_an_unknown_country_gets_generic_wording(net: SafetyNet) -> None:
    text = _text(net.card(_finding(net, "I want to kill myself"), None).paragraphs)
    assert "your local emergency number" in text
    assert "findahelpline.com" in text
    assert "112 works in most of Europe" in text


@pytest.mark.parametrize("group", GROUPS)
def test_a_card_that_asks_has_one_question_and_the_help(net: SafetyNet, group: str) -> None:
    finding = replace(triage_answer(group, net.rule_set), ask_first=True)
    text = _text(net.card(finding, "GB").paragraphs)
    assert text.count("?") == 1
    assert net.card(finding, "GB").paragraphs[0].endswith("?")


def test_a_helper_is_spoken_to_first(net: SafetyNet) -> None:
    card = net.card(_finding(net, "cant wake my dad"), "GB")
    assert card.paragraphs[0].startswith("If this is about someone else")


def test_the_next_group_is_mentioned(net: SafetyNet) -> None:
    card = net.card(_finding(net, "black tarry poo. my foot keeps slapping the floor"), "GB")
    (mention,) = [paragraph for paragraph in card.paragraphs if paragraph.endswith("Please mention it too.")]
    assert "new or worsening weakness" in mention


@pytest.mark.parametrize(
    "text", ["took 20 paracetamol", "I think I overdosed", "took 20 paracetamol, I want to die"]
)
def test_an_overdose_card_shows_the_crisis_line_too(net: SafetyNet, text: str) -> None:
    assert "116 123" in _text(net.card(_finding(net, text), "GB").paragraphs)


@pytest.mark.parametrize("text", ["my partner hits me", "my partner hits me and I want to kill myself"])
def test_after_abuse_the_card_says_how_to_clear_the_chat(net: SafetyNet, text: str) -> None:
    card = net.card(_finding(net, text), "GB")
    assert "Clear history" in _text(card.paragraphs)
    assert "0808 2000 247" in _text(card.paragraphs)


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_urgent_card_has_numbers_and_signs_for_anyone(net: SafetyNet, country: str | None) -> None:
    text = _text(net.urgent(country).paragraphs)
    assert len(text) < MAX_CHARS
    for expected in (
        "Chest pain",
        "numbness between the legs",
        "findahelpline.com",
        net.help_lines.for_country(country).crisis_line.entry,
    ):
        assert expected in text


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_numbers_card_begins_with_the_emergency_and_the_crisis_line(
    net: SafetyNet, country: str | None
) -> None:
    local = net.help_lines.for_country(country)
    lines = net.numbers(country).paragraphs[0].splitlines()
    assert lines[1:4] == [
        f"• Emergency: {local.emergency}",
        f"• {local.crisis_line.entry}",
        f"• {local.abuse_line.entry}",
    ]


def test_every_part_of_the_screen_opens_a_card(net: SafetyNet) -> None:
    for question in SCREEN:
        for part in question.parts:
            finding = net.screen_finding(part.id)
            assert finding is not None
            assert finding.group == part.group
            assert net.card(finding, "GB").paragraphs
    assert net.screen_finding("no-such-part") is None


SCREEN_LINES, SCREEN_LETTERS = 21, 30
"""What the end of a chat shows of one message on a small phone (360 x 740) at an ordinary letter size."""


@pytest.mark.parametrize("country", [None, *sorted(load_safety_net().help_lines.countries)])
def test_the_urgent_card_ends_with_the_numbers_since_a_chat_opens_at_its_end(
    net: SafetyNet, country: str | None
) -> None:
    local = net.help_lines.for_country(country)
    text = _text(net.urgent(country).paragraphs)
    assert local.emergency in text.split("\n\n")[0]
    lines: list[str] = []
    for line in text.splitlines():
        lines += textwrap.wrap(line, SCREEN_LETTERS) or [""]
    shown = " ".join(lines[-SCREEN_LINES:])
    for number in (local.crisis_line.entry, local.abuse_line.entry, f"In danger now: call {local.emergency}"):
        assert number in shown
    assert local.poisons_line is None or local.poisons_line.entry in shown
