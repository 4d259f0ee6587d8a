"""Reads yes, no, "a bit" and "not sure"."""

import re
from enum import StrEnum
from typing import Final

from painbot.understanding.reading import Reading, guess, nothing, plain, sure, word_set


class YesNo(StrEnum):
    """What an answer to a plain question comes down to."""

    YES = "yes"
    A_BIT = "a-bit"
    NO = "no"
    NOT_SURE = "not-sure"


_SIGNS: Final = {
    "👍": "yes",
    "👌": "yes",
    "✅": "yes",
    "✔": "yes",
    "☑": "yes",
    "💯": "yes",
    "🙆": "yes",
    "👎": "no",
    "❌": "no",
    "✖": "no",
    "✗": "no",
    "🚫": "no",
    "🙅": "no",
    "🤏": "a bit",
    "🤷": "not sure",
}

_PHRASES: Final[dict[YesNo, str]] = {
    YesNo.YES: """
        yes|y|ye|yeah|yea|yep|yup|ya|yas|aye|yes i do|yes i am|yes i did|yes i have|yes it is|yes it did
        i do|i did|i have|i am|it is|it was|it did|i did it|did it|i tried|tried it|tried|done|all done
        sure|ok|okay|okey|k|kk|of course|definitely|absolutely|certainly|totally|for sure|correct
        thats right|right|true|that is right|that is correct|thats correct|exactly|affirmative|uh huh
        mhm|mm hm|indeed|please do|go ahead|sounds good|looks good|looks right|thumbs up
        i think so|i guess so|think so
    """,
    YesNo.A_BIT: """
        a bit|a little|a little bit|just a bit|just a little|only a bit|only a little|bit|little|some
        somewhat|sort of|kind of|kinda|sorta|partly|part|in part|partially|half|halfway|half and half
        yes and no|more or less|slightly|a tiny bit|tiny bit|a wee bit|so so|a touch|to some extent
        parts of it|some of it|most of it|mostly|nearly|almost
    """,
    YesNo.NO: """
        no|n|nope|nah|na|naw|nay|not|not really|not yet|not at all|not today|not a bit|not this time|no way
        never|none|nothing|no not really|no not yet|no not at all|i did not|i didnt|didnt|did not|i do not
        i dont|dont|do not|i have not|i havent|havent|i am not|im not|it is not|its not|it isnt|isnt
        i could not|couldnt|i couldnt|could not|i was not able to|not able to|negative|incorrect|wrong
        thats wrong|that is wrong|not right|thats not right|that is not right|not correct|false|no thanks
        no thank you|not so far|forgot|i forgot|not done|thumbs down
    """,
    YesNo.NOT_SURE: """
        not sure|im not sure|i am not sure|unsure|maybe|perhaps|possibly|dont know|i dont know|do not know
        i do not know|dunno|idk|no idea|i have no idea|who knows|hard to say|cant say|cannot say|cant tell
        not certain|might be|could be|it depends|depends
    """,
}

_MEANS: Final = {
    phrase: meaning
    for meaning, phrases in _PHRASES.items()
    for line in phrases.split("\n")
    for phrase in line.strip().split("|")
    if phrase
}
_LONGEST: Final = max(len(phrase.split()) for phrase in _MEANS)

_PLAIN_NO: Final = frozenset(
    (
        *("no", "n", "nope", "nah", "na", "naw", "nay", "no i am not", "no im not", "i am not", "im not"),
        *("no it has not", "no it hasnt", "it has not", "it hasnt", "no sorry", "sorry no", "no i do not"),
        *("no i dont", "no it did not", "no it didnt"),
    )
)

# Words around an answer that change nothing.
_FILLERS: Final = word_set("""
    oh well um uh er hm hmm hi thanks thank you please just i it think guess suppose actually and but only the
    today yesterday very much really
""")
# "No problem", "not bad": the word is there, the meaning is not.
_NOT_AN_ANSWER: Final = re.compile(
    r"\bno (?:problem|worries|matter|doubt|pain)s?\b|\bnot (?:bad|good|great)\b"
)


def read_plain_no(text: str) -> bool:
    """Return whether the text is a no and nothing else, where much hangs on it.

    "Wrong", "never" or "forgot" may answer something else, or be about the bot.
    """
    return " ".join(_words(text)) in _PLAIN_NO


def read_yes_no(text: str) -> Reading[YesNo]:
    """Read yes, no, a bit or not sure, in words or signs such as a thumb.

    Sure where nothing but the answer was typed, a guess where other words stand beside it, None where
    it says both or neither.
    """
    words = _words(text)
    if not words or _NOT_AN_ANSWER.search(" ".join(words)):
        return nothing(text)
    meanings, others = _meanings(words)
    # "A bit" narrows a yes; a "not sure" beside a clear answer leaves it open.
    if meanings == {YesNo.YES, YesNo.A_BIT}:
        meanings = {YesNo.A_BIT}
    elif YesNo.NOT_SURE in meanings and len(meanings) == 2:
        return guess(YesNo.NOT_SURE, text)
    if len(meanings) != 1:
        return nothing(text)
    (meaning,) = meanings
    return guess(meaning, text) if others else sure(meaning, text)


def _words(text: str) -> list[str]:
    signs_read = "".join(f" {_SIGNS[char]} " if char in _SIGNS else char for char in text)
    return [_squeezed(word) for word in plain(signs_read).split()]


def _meanings(words: list[str]) -> tuple[set[YesNo], list[str]]:
    """Return what the longest known phrases mean, and the words that belong to none."""
    meanings: set[YesNo] = set()
    others: list[str] = []
    at = 0
    while at < len(words):
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            if meaning := _MEANS.get(" ".join(words[at : at + size])):
                meanings.add(meaning)
                at += size
                break
        else:
            if words[at] not in _FILLERS:
                others.append(words[at])
            at += 1
    return meanings, others


def _squeezed(word: str) -> str:
    """Return "yes" for "yesss" and "no" for "nooo"; other words unchanged."""
    short = re.sub(r"(.)\1+$", r"\1", word)
    return short if word not in _MEANS and short in _MEANS else word
