"""What was understood of a typed answer, and the plain form that every reader compares."""

import unicodedata
from dataclasses import dataclass
from typing import Final, Generic, Never, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Reading(Generic[T_co]):
    """A typed answer as it was understood.

    `value` is None where nothing was understood: ask again. `confirm` is True where it is a guess: show
    it and wait for a yes before storing it. `heard` is what the person typed, trimmed, to show back.
    """

    value: T_co | None
    confirm: bool
    heard: str


def sure(value: T, text: str) -> Reading[T]:
    """Return a reading that needs no asking back."""
    return Reading(value, confirm=False, heard=text.strip())


def guess(value: T, text: str) -> Reading[T]:
    """Return a reading to show and have confirmed."""
    return Reading(value, confirm=True, heard=text.strip())


def nothing(text: str) -> Reading[Never]:
    """Return the reading of a text that was not understood."""
    return Reading(None, confirm=False, heard=text.strip())


# Letters that Unicode does not take apart, and Arabic letters that keyboards exchange.
_FOLDED: Final = str.maketrans(
    {
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "ħ": "h",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ك": "ک",
        "ي": "ی",
        "ى": "ی",
        "ة": "ه",
        "ـ": "",
    }
)
_JOINERS: Final = "'’‘ʻʼʿʾ`´."


def plain(text: str) -> str:
    """Return text for comparing: small letters, no accents, no punctuation, single spaces.

    Digits of every script become 0-9. The result of `plain` is its own plain form.
    """
    parts = []
    for char in unicodedata.normalize("NFKD", text.casefold()).translate(_FOLDED):
        if unicodedata.combining(char) or char in _JOINERS:
            continue
        digit = unicodedata.decimal(char, None)
        if digit is not None:
            parts.append(str(digit))
        else:
            parts.append(char if unicodedata.category(char)[0] in "LNM" else " ")
    return " ".join("".join(parts).split())


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list written as one text."""
    return frozenset(text.split())
