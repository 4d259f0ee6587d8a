"""The words of a safety card: what to do, who to call, and never a promise the bot cannot keep.

A program wrote back and nobody reads along: no line may sound as if somebody watches, waits or comes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from painbot.core.triage import ABUSE_GROUP, OVERDOSE_GROUPS, DangerSign, Finding, Level, RuleSet, When
from painbot.safety.help_lines import LocalHelp
from painbot.safety.loader import CardText

MAX_CHARS = 3500
"""A card stays under this, so that it fits one Telegram message with room for markup."""

NOBODY_READS = "Nobody reads this chat live, so please do not wait here for an answer."
_SUICIDE_GROUPS = frozenset({"suicide-active", "suicide-passive", "self-harm"})

_HELPER = (
    "If this is about someone else: thank you for looking out for them. Stay with them if it is safe "
    "for you, and take these steps for them."
)
_HELPER_CRISIS = (
    "If this is about someone else: thank you for looking out for them. You can ask them straight if "
    "they are thinking about suicide; asking does not make it worse. The steps below are for them, and for "
    "you as their helper."
)

_UNDERSTAND = "I want to understand you right."
_UNWELL = f"{_UNDERSTAND} Do you feel very unwell since you stopped or took less?"
_QUESTIONS: Mapping[str, str] = {
    "suicide-active": "That sounds hard. Can I ask you straight: are you thinking about ending your life?",
    "suicide-passive": "That sounds hard. Can I ask you straight: are you thinking about suicide?",
    "self-harm": f"{_UNDERSTAND} Did you hurt yourself on purpose, or do you feel the urge to?",
    "harm-to-others": f"{_UNDERSTAND} Are you afraid that someone could get hurt?",
    ABUSE_GROUP: f"{_UNDERSTAND} Does someone hurt, scare or control you?",
    "opioid-overdose": f"{_UNDERSTAND} Did you, or someone with you, take more than prescribed?",
    "medicine-overdose-other": f"{_UNDERSTAND} Did you take more than the packet or your prescriber says?",
    "opioid-withdrawal": _UNWELL,
    "medicine-withdrawal-other": _UNWELL,
    "mania-psychosis": f"{_UNDERSTAND} Do you feel very unlike yourself, or see or hear things others don't?",
}
_DEFAULT_QUESTION = (
    "I may have read this wrong, so let me ask: is this new, getting worse, or unlike what you usually have?"
)
_IF_YES = "If yes, or if you are not sure, this is for you:"

_CLEAR_CHAT = (
    "To clear this chat in Telegram: open the menu at the top of the chat and choose Clear history or Delete "
    "chat. I will not write to you first about this."
)
_OPIOID_PURPOSE = "If it was taken on purpose, there is someone to talk to as well: {crisis_line}."
_ALSO_CRISIS = "If you may also want to die or hurt yourself, call {emergency} or {crisis_line}."
_ALSO_ABUSE = "For what you wrote about safety at home, there is private help: {abuse_line}."

_NEXT = {
    When.NOW: "What you wrote can also point to something else that needs help now",
    When.SAME_DAY: "What you wrote can also point to something else that should be checked today",
    When.SOON: "What you wrote can also point to something else that should be checked this week",
}

_EMERGENCY_SIGNS = (
    "Chest pain, or new trouble breathing",
    "A drooping face, slurred speech, or sudden weakness or loss of sight",
    "A sudden worst-ever headache, or headache with fever and a stiff neck",
    "New numbness between the legs, or new trouble with pee or poo",
    "New weak or unsteady legs with back pain",
    "Sudden severe belly, back or testicle pain",
    "Vomiting blood, or black, tarry poo",
    "Swelling of the lips, tongue or throat",
    "A fit, a collapse, or someone who cannot be woken",
    "Too much of any medicine, even if you feel fine",
    "An infection with confusion, fast breathing or blotchy skin",
    "A limb that turns cold, pale, blue or rock hard",
)
_TODAY_SIGNS = (
    "Fever or shivering with back pain, or a hot, swollen joint",
    "One newly swollen, sore leg",
    "New or growing weakness or numbness",
    "Bad pain after a fall or a crash",
    "A painful red eye, or yellow skin or eyes",
    "A new foot wound with diabetes or numb feet",
    "Bleeding, strong pain or a bad headache in pregnancy or after birth",
    "Feeling very ill after you stop or cut down a medicine or alcohol",
)


@dataclass(frozen=True)
class SafetyCard:
    """A card in plain paragraphs (a paragraph may hold line breaks), most important first."""

    paragraphs: tuple[str, ...]


def safety_card(
    finding: Finding, local: LocalHelp, rules: RuleSet, texts: Mapping[str, CardText]
) -> SafetyCard:
    """Return the card for a finding with the help of the learner's country."""
    group = rules.group(finding.group)
    tell = fill(texts[group.id].tell_them, local)
    paragraphs: list[str] = []
    if finding.third_person:
        paragraphs.append(_HELPER_CRISIS if group.id in _SUICIDE_GROUPS else _HELPER)
    if finding.ask_first:
        paragraphs.append(_QUESTIONS.get(group.id, _DEFAULT_QUESTION))
        tell = f"{_IF_YES} {_without_questions(tell)}"
    paragraphs.append(tell)
    paragraphs += _with_the_lead(group, local)
    mention = _mention_next(finding, local, rules)
    if mention is not None:
        paragraphs.append(mention)
    others = set(finding.also)
    if others & _SUICIDE_GROUPS and group.id not in _SUICIDE_GROUPS:
        paragraphs.append(fill(_ALSO_CRISIS, local))
    if ABUSE_GROUP in (finding.group, *finding.also):
        paragraphs.append(_CLEAR_CHAT)
    if local.emergency_note is not None and finding.level in (Level.CRISIS, Level.EMERGENCY):
        paragraphs.append(local.emergency_note)
    if finding.level in (Level.CRISIS, Level.EMERGENCY):
        paragraphs.append(NOBODY_READS)
    return SafetyCard(tuple(paragraphs))


def urgent_card(local: LocalHelp) -> SafetyCard:
    """Return the card of /urgent: the main danger signs and the numbers, for anyone at any time.

    It is longer than a phone's screen and a chat opens at its end, so the numbers stand there.
    """
    paragraphs = [
        f"If you or someone with you is in danger, call {local.emergency} now.",
        _lines(f"Call {local.emergency} or go to an emergency department now for:", _EMERGENCY_SIGNS),
        _lines("Be seen by a doctor or urgent care today for:", _TODAY_SIGNS),
        NOBODY_READS,
        _lines("To talk to someone:", (local.crisis_line.entry, *_directory(local))),
        _lines("If someone hurts or scares you:", (local.abuse_line.entry,)),
    ]
    if local.poisons_line is not None:
        paragraphs.append(_lines("If too much of a medicine was taken:", (local.poisons_line.entry,)))
    emergency = f"In danger now: call {local.emergency}."
    paragraphs.append(emergency if local.emergency_note is None else f"{emergency} {local.emergency_note}")
    return SafetyCard(tuple(paragraphs))


def numbers_card(local: LocalHelp) -> SafetyCard:
    """Return only the numbers to call."""
    lines = [f"Emergency: {local.emergency}", local.crisis_line.entry, local.abuse_line.entry]
    if local.poisons_line is not None:
        lines.append(local.poisons_line.entry)
    note = () if local.emergency_note is None else (local.emergency_note,)
    return SafetyCard((_lines("Who you can call:", (*lines, *_directory(local))), *note, NOBODY_READS))


def fill(text: str, local: LocalHelp) -> str:
    """Return the text with the numbers of the country in place of {emergency} and the lines."""
    return (
        text.replace("{emergency}", local.emergency)
        .replace("{crisis_line}", local.crisis_line.phrase)
        .replace("{abuse_line}", local.abuse_line.phrase)
    )


def _with_the_lead(group: DangerSign, local: LocalHelp) -> list[str]:
    if group.id not in OVERDOSE_GROUPS:
        return []
    extra = [] if local.poisons_line is None else [f"{local.poisons_line.entry}."]
    return extra + ([fill(_OPIOID_PURPOSE, local)] if group.id == "opioid-overdose" else [])


def _mention_next(finding: Finding, local: LocalHelp, rules: RuleSet) -> str | None:
    """Word the next group; the suicide groups have a fuller line of their own."""
    rest = [group_id for group_id in finding.also if group_id not in _SUICIDE_GROUPS]
    if not rest:
        return None
    if rest[0] == ABUSE_GROUP:
        return fill(_ALSO_ABUSE, local)
    following = rules.group(rest[0])
    return f"{_NEXT[following.when]}: {following.name[0].lower()}{following.name[1:]}. Please mention it too."


def _without_questions(text: str) -> str:
    """An ask-first card asks one question only: drop those inside the group's own words."""
    kept: list[str] = []
    for sentence in text.replace("? ", "?\n").replace(". ", ".\n").split("\n"):
        if not sentence.endswith("?"):
            kept.append(sentence)
    return " ".join(kept)


def _directory(local: LocalHelp) -> tuple[str, ...]:
    """The directory of all helplines, unless the crisis line already names it."""
    return (
        ()
        if local.directory in local.crisis_line.entry
        else (f"More lines in every country: {local.directory}",)
    )


def _lines(head: str, lines: tuple[str, ...]) -> str:
    return "\n".join([head, *(f"• {line}" for line in lines)])
