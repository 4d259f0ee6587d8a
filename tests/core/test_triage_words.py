"""Typed text becomes comparable words."""

import pytest

from painbot.core.triage.normal import split_words, stem
from painbot.core.triage.spelling import Lexicon

LEXICON = Lexicon(
    [
        "suicide",
        "kill",
        "myself",
        "chest",
        "pain",
        "numb",
        "cant",
        "breathe",
        "swollen",
        "kms",
        "want",
        "die",
    ],
    ordinary=["chess"],
    disguised=["suicide", "kill", "die"],
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("CHEST Pain", "chest pain"),
        ("ｃｈｅｓｔ pain", "chest pain"),
        ("chést pain", "chest pain"),
        ("chest 😭 pain", "chest pain"),
        ("che\u200bst pain", "chest pain"),
        ("cheeeest paiiin", "chest pain"),
        ("s u i c i d e", "suicid"),
        ("s.u.i.c.i.d.e", "suicid"),
        ("i k m s", "i kms"),
        ("k*ll myself", "kill myself"),
        ("su1cide", "suicid"),
        ("can’t breathe", "cant breath"),
        ("can not breathe", "cant breath"),
        ("carnt breath", "cant breath"),
        ("sucide", "suicid"),
        ("chestpain", "chest pain"),
        ("iwanttodie", "i want die"),
        ("my numbness", "my numb"),
        ("swolen", "swell"),
        ("i really really cant", "i cant"),
    ],
)
def test_typed_words_are_read_as_meant(typed: str, read: str) -> None:
    assert " ".join(LEXICON.read(typed).stems) == read


def test_a_correct_word_is_not_taken_for_a_slip() -> None:
    assert LEXICON.read("chess pain").stems == ("chess", "pain")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("choking", "choke"),
        ("stopped", "stop"),
        ("loved", "love"),
        ("bleeding", "bleed"),
        ("died", "dying"),
        ("fell", "fall"),
    ],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_clauses_end_at_commas_and_contrasts_and_sentences_at_full_stops() -> None:
    words, clauses, sentences = split_words("no pain, but tired. Sick")
    assert words == ["no", "pain", "but", "tired", "sick"]
    assert clauses[0] == clauses[1] != clauses[2] == clauses[3]
    assert sentences == [0, 0, 0, 0, 1]
