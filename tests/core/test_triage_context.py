"""Denial, closed history, quoted lessons: what stands around a match decides whether it counts."""

import pytest

from painbot.core.triage import DangerSign, Level, RuleSet, Vocabulary, When, triage, triage_answer

HEART = DangerSign(
    id="heart",
    name="Heart",
    level=Level.EMERGENCY,
    when=When.NOW,
    priority=3,
    phrases=("crushing pain in my chest",),
    look_alikes=("chest pain from push-ups",),
    ambiguous=("my chest feels odd",),
    patterns=("chest & pain", "stroke", "chest bit tight (ask)"),
)
LEG = DangerSign(
    "leg", "Leg", Level.URGENT, When.SAME_DAY, 5, ("one calf is swollen and sore",), (), (), ("calf swollen",)
)
DARK = DangerSign(
    "dark", "Dark", Level.CRISIS, When.NOW, 1, ("i want to kill myself",), (), (), ("kill myself",)
)
RULES = RuleSet((HEART, LEG, DARK), "test", Vocabulary())


@pytest.mark.parametrize(
    "text",
    [
        "no chest pain",
        "I don't have chest pain",
        "I have never had chest pain",
        "no fever, no chest pain",
        "no fever, cough or chest pain",
        "I haven't got any chest pain",
        "my chest has no pain",
        "I had a stroke in 2015, no change",
        "I had chest pain 10 years ago",
        "my dad had a stroke when he was 60",
        "a stroke 5 years ago and now I walk daily",
        "the lesson mentioned chest pain",
        "what is a stroke?",
        "can stress cause chest pain?",
        "chest pain from push-ups",
        "chest pain, doctor knows, no change",
        "I'm not going to kill myself",
    ],
)
def test_denied_past_or_quoted_signs_stay_silent(text: str) -> None:
    assert triage(text, RULES) is None


@pytest.mark.parametrize(
    "text",
    [
        "I had chest pain an hour ago, gone now",
        "never had chest pain like this",
        "not sure but chest pain maybe",
        "no idea why I have chest pain",
        "I had a stroke in 2015 and it feels the same again, chest pain now",
        "no I have chest pain",
        "the lesson says chest pain is bad and I have it",
        "what is this chest pain",
        "no fever but chest pain",
        "chest pain from push-ups. and chest pain now at rest",
    ],
)
def test_a_present_sign_fires_in_spite_of_a_denying_or_past_word_nearby(text: str) -> None:
    finding = triage(text, RULES)
    assert finding is not None
    assert finding.group == "heart"
    assert not finding.ask_first


@pytest.mark.parametrize(
    "text", ["my chest feels odd", "honestly my chest feels odd today", "my chest is a bit tight"]
)
def test_two_readings_are_asked_about(text: str) -> None:
    finding = triage(text, RULES)
    assert finding is not None
    assert finding.ask_first


def test_a_sign_as_usual_is_asked_about_in_an_emergency_and_silent_below() -> None:
    emergency = triage("chest pain, same as usual", RULES)
    assert emergency is not None
    assert emergency.ask_first
    assert triage("calf swollen, same as usual", RULES) is None


def test_a_denied_wish_to_die_with_a_but_is_asked_about() -> None:
    finding = triage("I don't want to kill myself but I am so tired", RULES)
    assert finding is not None
    assert finding.ask_first
    assert finding.level is Level.CRISIS


def test_the_other_groups_are_listed_after_the_leading_one() -> None:
    finding = triage("calf swollen and chest pain and I want to kill myself", RULES)
    assert finding is not None
    assert (finding.group, finding.also) == ("dark", ("heart", "leg"))


def test_a_sign_chosen_by_button_has_its_groups_level() -> None:
    finding = triage_answer("leg", RULES)
    assert (finding.level, finding.when, finding.group) == (Level.URGENT, When.SAME_DAY, "leg")
    with pytest.raises(KeyError):
        triage_answer("unknown", RULES)


def test_levels_are_ordered() -> None:
    assert [
        level.rank for level in (Level.NONE, Level.MEDICATION, Level.URGENT, Level.EMERGENCY, Level.CRISIS)
    ] == [0, 1, 2, 3, 4]


def test_the_never_of_a_listed_sign_denies_no_other_sign() -> None:
    cramp = DangerSign(
        "calf", "Calf", Level.URGENT, When.SAME_DAY, 5, ("a cramp in my calf that never goes",), (), ()
    )
    rules = RuleSet((HEART, cramp), "test", Vocabulary())
    finding = triage("a cramp in my calf that never goes chest pain", rules)
    assert finding is not None
    assert finding.level is Level.EMERGENCY
