"""What stands around a match: a "no", a date long past, a lesson being quoted, somebody else.

Words of the match do not speak against it, nor do those `claimed` by a listed sign that stands there whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from painbot.core.triage.normal import NormalText, stem
from painbot.core.triage.pattern import Hit


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


def _runs(phrases: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(stem(word) for word in phrase.split()) for phrase in phrases.split(","))


_NEGATORS = _stems(
    """
    no not without never nor neither none havent hasnt hadnt isnt arent wasnt werent didnt doesnt
    aint nolonger
    """
)
_NEGATED_VERBS = _stems(
    "have get feel want notice experience suffer need wish plan intend see own do hear think"
)
_NOT_A_DENIAL = _stems(
    "sure only just idea relief help doubt matter longer getting better good improving stop "
    "helping well ok right reason way cure warning one control energy appetite sleep choice point use know "
    "improvement change different working even until"
)
_BARRIERS = _stems(
    "but however i im ive ill my now since because then though with still so when after just and he she"
)
_ANSWERED = _stems("i im ive he she it its they my you we")
"""After these a "no" answers a question and denies nothing: "no I'm not safe"."""
_LIKE_THIS = (("like", "this"), ("this", "bad"), ("so", "bad"), ("such",), ("this", "much"))
_SIGHT = 25
_NEGATION_REACH = 3
_LIST_REACH = 9

_YEAR = re.compile(r"(?:19|20)\d\d$")
_LONG_UNITS = _stems("year decade")
_PAST_PHRASES = _runs(
    """
    since childhood, in childhood, in my childhood, since birth, since i was, as a child, as a
    kid, as a teenager, as a teen, when i was a, when i was young, when i was at, in my teens, in
    my 20, in my 30, in my 20s, in my 30s, used to, in the past, long time ago, long ago, last
    year, last summer, last winter, last month, history of, previously, years ago, decades ago,
    ages ago, back then, month ago
    """
)
_AGAIN = _stems("again same like back return today tonight")
_EARLY = _stems("then childhood birth school teens child kid young")
_YOUNG = _stems("young little small kid child teenager teen student")
_CURRENT = _stems(
    """
    now today tonight again new newly worse worsening yesterday started since spreading suddenly
    currently recently still lately
    """
)
_CURRENT_PHRASES = _runs(
    """
    this morning, this week, last night, this afternoon, this evening, hour ago, minute ago, came
    back, day ago
    """
)
_CLOSED_NOW = _stems("fine gone ok okay clear good better well healed sorted recovered stable")
_STRONG_STABLE = _runs(
    """
    no change, not changed, hasnt changed, havent changed, unchanged, doctor knows, physio knows,
    midwife knows, surgeon knows, doctor checked, been checked, had it checked, well controlled,
    nothing new, under control, my normal, doctor say fine, got the all clear, all clear, ruled out,
    tests were clear, scan was clear
    """
)
_WEAK_STABLE = _runs(
    """
    as usual, my usual, same as always, same as usual, same as ever, as always, usual for me, normal
    for me, the usual
    """
)
_LECTURE = _stems(
    """
    awareness lesson course quiz leaflet article video podcast audio book film movie song lyric episode
    series game joke
    """
)
_QUESTION = _runs(
    """
    what is, what are, what does, whats, does it mean, meaning of, read about, reading about, define,
    tell me about, i read that, i heard that
    """
)
_AUXILIARIES = _stems("can could does do is will would")
_FIRST_PERSON_NOW = _runs(
    """
    i have, ive got, i got, i feel, i am, im, i think, my, i cant, i want, me, i had, i took, ive
    been
    """
)
_OTHERS = _stems(
    """
    husband wife mum dad son daughter brother sister partner boyfriend girlfriend friend mate
    neighbour neighbor grandson granddaughter grandad grandma grandmother grandfather gran nan
    nana baby child kid uncle aunt auntie cousin colleague roommate flatmate housemate spouse
    fiance fiancee someone somebody roomate boss ex nephew niece he she him her hes shes his
    himself herself they them theyre themselves toddler patient carer
    """
)
_SELF = frozenset({"i", "im", "ive", "id", "me", "myself", "ill"})
_HELPER_LINES = _runs(
    """
    i think, i cant wake, cant wake, i found, im with, im worried, im scared, i am with, i dont
    know, i need, i cant get, tell me, told me, help me, asking for, i live, should i, do i, can i,
    what i, i just found, i believe, im afraid, told me he, i saw
    """
)


def _has_run(stems: tuple[str, ...], run: tuple[str, ...], first: int = 0, last: int | None = None) -> bool:
    end = len(stems) if last is None else last + 1
    lead, size = run[0], len(run)
    words = stems[first:end]
    if lead not in words:
        return False
    return any(word == lead and words[at : at + size] == run for at, word in enumerate(words))


def _ahead(text: NormalText, position: int, count: int) -> slice:
    """Return the `count` places after a word, cut where its sentence ends."""
    end = position + 1
    while end < len(text.stems) and end <= position + count and text.sentence[end] == text.sentence[position]:
        end += 1
    return slice(position + 1, end)


def _behind(text: NormalText, position: int, count: int) -> slice:
    """Return the `count` places before a word, cut where its sentence begins."""
    start = position
    while start > max(0, position - count) and text.sentence[start - 1] == text.sentence[position]:
        start -= 1
    return slice(start, position)


def _without(stems: tuple[str, ...], places: frozenset[int], first: int, last: int) -> tuple[str, ...]:
    """Return the stems with those at some places from `first` to `last` left empty."""
    between = ("" if first + at in places else word for at, word in enumerate(stems[first : last + 1]))
    return (*stems[:first], *between, *stems[last + 1 :])


def _bounds(numbers: Sequence[int], hit: Hit) -> tuple[int, int]:
    """Return the first and last word of the clauses (or sentences) the match stands in.

    Not further than `_SIGHT` words from the match: people who dictate leave out every full stop.
    """
    first, last = hit.start, hit.end
    while first > 0 and numbers[first - 1] == numbers[hit.start] and hit.start - first < _SIGHT:
        first -= 1
    while last + 1 < len(numbers) and numbers[last + 1] == numbers[hit.end] and last - hit.end < _SIGHT:
        last += 1
    return first, last


def negated(text: NormalText, hit: Hit, claimed: frozenset[int] = frozenset()) -> bool:
    """Return whether a "no" reaches the match: "no chest pain", "I don't have fever or chest pain"."""
    own = claimed.union(hit.positions)
    if _has_like_this(text, hit):
        return False
    if _denied_before(text, hit.start, own):
        return True
    # A "no" right before one of the later words: "my chest has no pain".
    for position in hit.positions[1:]:
        before = position - 1
        if before in own or before < hit.start:
            continue
        if text.stems[before] in {"no", "without"} and text.clause[before] == text.clause[position]:
            return True
    return False


def _has_like_this(text: NormalText, hit: Hit) -> bool:
    """Return whether "like this" or "this bad" follows: "never had chest pain like this" is no denial."""
    tail = text.stems[hit.end + 1 : hit.end + 5]
    return any(_has_run(tail, run) for run in _LIKE_THIS)


def _denied_before(text: NormalText, start: int, own: frozenset[int]) -> bool:
    sentence = text.sentence[start]
    listed = False
    for steps, position in enumerate(range(start - 1, max(-1, start - 1 - _LIST_REACH), -1), start=1):
        if position < 0 or text.sentence[position] != sentence:
            return False
        word = text.stems[position]
        if text.clause[position] != text.clause[position + 1]:
            if text.words[position + 1] in {"but", "however", "except", "although", "though", "yet"}:
                return False
            listed = True
        is_denial = (
            word in _NEGATORS
            or (
                word == "dont"
                and position + 1 < len(text.stems)
                and text.stems[position + 1] in _NEGATED_VERBS
            )
            or (word in {"dont", "didnt", "doesnt"} and steps == 1)
        )
        if is_denial and position not in own:
            following = text.stems[position + 1] if position + 1 < len(text.stems) else ""
            if (following in _NOT_A_DENIAL and position + 1 < start) or (
                word == "no" and following in _ANSWERED
            ):
                return False
            return steps <= _NEGATION_REACH or listed
        if word in ("or", "nor"):
            listed = True
        elif word in _BARRIERS:
            return False
    return False


def historical(text: NormalText, hit: Hit, claimed: frozenset[int] = frozenset()) -> bool:
    """Return whether the match lies in the closed past: "I had a stroke in 2015, no change"."""
    first, last = _bounds(text.clause, hit)
    if not _past_cue(text, first, last, claimed):
        return False
    # A date right after the sign dates the sign, whatever the clause says next: "a stroke 5 years ago and
    # now I walk daily". "Again" takes that back.
    if _past_cue(text, hit.end + 1, min(hit.end + 5, last), claimed) and not _AGAIN & set(
        text.stems[first : last + 1]
    ):
        return True
    return not current(text, first, last)


def _past_cue(text: NormalText, first: int, last: int, claimed: frozenset[int]) -> bool:
    stems = _without(text.stems, claimed, first, last + 2)  # "years" and "ago" may be two words apart
    for position in range(first, last + 1):
        if position in claimed:
            continue
        if _YEAR.match(text.words[position]):
            return True
        # "when she was 60", "when I was a kid": an age, not "when I was in the shower".
        if stems[position] == "when":
            after = text.words[_ahead(text, position, 4)]
            if after[1:2] == ("was",) and any(word.isdigit() or word in _YOUNG for word in after[2:]):
                return True
        if stems[position] in _LONG_UNITS and "ago" in stems[_ahead(text, position, 2)]:
            return True
    return any(_has_run(stems, run, first, last) for run in _PAST_PHRASES)


def current(text: NormalText, first: int, last: int) -> bool:
    """Return whether the words from `first` to `last` speak of now: "now", "again", "an hour ago"."""
    stems = text.stems
    for position in range(first, last + 1):
        word = stems[position]
        if word not in _CURRENT:
            continue
        before = set(stems[_behind(text, position, 1)])
        if word == "now" and _CLOSED_NOW & before:
            continue
        after = _ahead(text, position, 3)
        if word == "now" and position < last and _CLOSED_NOW & set(stems[after][:1]):
            continue
        if word == stem("since") and any(_YEAR.match(w) for w in text.words[after]):
            continue
        if word == stem("since") and (position == last or _EARLY & set(stems[after])):
            continue  # "an accident in 2014, pain since" is old, not new
        if word in {"worse", "new", "change"} and {"no", "not", "noth"} & before:
            continue
        return True
    return any(_has_run(stems, run, first, last) for run in _CURRENT_PHRASES)


def stable(text: NormalText, hit: Hit, claimed: frozenset[int] = frozenset()) -> str | None:
    """Return "strong" (checked, unchanged), "weak" ("as usual"), "long" ("for years") or None.

    Read in the sentence of the match, and only when nothing in it speaks of a change.
    """
    first, last = _bounds(text.sentence, hit)
    rest = _without(text.stems, claimed.union(hit.positions), first, last)
    # "For 5 years" may belong to something else in the sentence ("on this pill for 5 years").
    long_held = any(
        rest[p] in _LONG_UNITS and {"for", "have"} & set(text.stems[_behind(text, p, 4)])
        for p in range(first, last + 1)
    )
    strong = any(_has_run(rest, run, first, last) for run in _STRONG_STABLE)
    weak = any(_has_run(rest, run, first, last) for run in _WEAK_STABLE)
    if not (strong or weak or long_held):
        return None
    if current(text, first, last) and not (strong and _only_again(text, first, last)):
        return None
    return "strong" if strong else ("weak" if weak else "long")


def _only_again(text: NormalText, first: int, last: int) -> bool:
    return not ({"now", "today", "worse", "new", "tonight", "yesterday"} & set(text.stems[first : last + 1]))


def lecture(
    text: NormalText, hit: Hit, claimed: frozenset[int] = frozenset(), *, question: bool = True
) -> bool:
    """Return whether the person speaks about the subject, not about themselves: "what is cauda equina?".

    With `question` False a "what is" alone does not count: "what is the point of living" is no question.
    """
    first, last = _bounds(text.sentence, hit)
    own = claimed.union(hit.positions)
    about = any(text.stems[p] in _LECTURE and p not in own for p in range(first, last + 1)) or (
        question and _asks_meaning(text, *_bounds(text.clause, hit))
    )
    if not about:
        return False
    return not any(_has_run(text.stems, run, first, last) for run in _FIRST_PERSON_NOW)


def _asks_meaning(text: NormalText, first: int, last: int) -> bool:
    """Return whether a meaning is asked for: "what is cauda equina", but not "what is this pain"."""
    if {"this", "happen", "wrong", "go"} & set(text.stems[first : first + 4]):
        return False
    clause = text.stems[first : last + 1]
    if clause[0] in _AUXILIARIES and stem("cause") in clause and not _SELF & set(clause):
        return True
    return any(_has_run(text.stems, run, first, min(first + 4, last)) for run in _QUESTION)


def third_person(text: NormalText, hit: Hit) -> bool:
    """Return whether somebody other than the writer seems to be in danger."""
    if not any(word in _OTHERS for word in text.stems[: hit.end + 1]):
        return False
    helper: set[int] = set()
    for run in _HELPER_LINES:
        for at in range(len(text.stems) - len(run) + 1):
            if text.stems[at : at + len(run)] == run:
                helper.update(range(at, at + len(run)))
    for position in range(hit.end + 1):
        word = text.stems[position]
        if position in helper:
            continue
        if text.sentence[position] != text.sentence[hit.start]:
            continue
        if word in _SELF:
            return False
        following = text.stems[position + 1 : position + 3]
        if word == "my" and not any(after in _OTHERS for after in following):
            return False
    return True
