"""What stands in another sentence or on another line never silences a listed phrase."""

import pytest

from painbot.core.triage import DangerSign, triage
from painbot.safety import load_rule_set

RULES = load_rule_set()
PHRASES = [(group, text) for group in RULES.groups for text in group.phrases]
LOOK_ALIKES = [text for group in RULES.groups for text in group.look_alikes]
CALMING_WORDS = {
    "no",
    "not",
    "dont",
    "don't",
    "never",
    "usual",
    "normal",
    "same",
    "years",
    "ago",
    "can",
    "since",
}


def _silenced(group: DangerSign, text: str) -> bool:
    finding = triage(text, RULES)
    return finding is None or finding.level.rank < group.level.rank


@pytest.mark.parametrize(
    "message",
    [
        "no\n{}",
        "I do not have -\n{}",
        "no change. {}",
        "the doctor knows, as usual\n{}",
        "the lesson from 2015 -\n{}",
        "I can\n{}",
        "{}\nyears ago, as usual",
        "{} -\nno change",
    ],
)
def test_a_calming_line_before_or_after_a_phrase_changes_nothing(message: str) -> None:
    texts = [(group, message.format(sign)) for group, sign in PHRASES]
    assert [text for group, text in texts if _silenced(group, text)] == []


def test_a_calming_word_that_the_phrase_has_too_may_stand_on_the_line_before() -> None:
    texts = [
        (group, f"{word}\n{sign}")
        for group, sign in PHRASES
        for word in sorted(CALMING_WORDS.intersection(sign.split()))
    ]
    assert len(texts) > 20
    assert [text for group, text in texts if _silenced(group, text)] == []


def test_a_look_alike_cut_in_two_around_a_phrase_does_not_cover_it() -> None:
    texts = []
    for group, sign in PHRASES:
        if len(sign.split()) > 4:
            continue
        for calm in LOOK_ALIKES:
            words = calm.split()
            if {*words} & {*sign.split()}:
                half = len(words) // 2
                texts.append((group, "\n".join([" ".join(words[:half]), sign, " ".join(words[half:])])))
    assert len(texts) > 100
    assert [text for group, text in texts if _silenced(group, text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "no\nworse pain in my calf, swollen and my usual spot",
        "one calf is swollen when she was\n60 miles away",
        "I had a heart attack 3 years\nago it is Monday",
    ],
)
def test_a_cue_is_not_read_across_the_end_of_a_line(text: str) -> None:
    assert triage(text, RULES) is not None
