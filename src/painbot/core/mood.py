"""What a positive pair of mood answers brings: a kind word, and where help is."""

from __future__ import annotations

from dataclasses import replace

from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.forms import numbers
from painbot.core.measures import PHQ4, screen_phq4
from painbot.core.outgoing import Say
from painbot.core.replies import safety

MOOD_QUESTIONS = tuple(scale.id for scale in PHQ4)


def mood_noticed(before: LearnerFile, decision: Decision, s: Surroundings) -> Decision:
    """Show the kind message and local help once, when both answers of a mood pair make it positive."""

    def screen(file: LearnerFile, prefix: str) -> bool:
        found = numbers(file.answers, prefix)
        return screen_phq4({key: found[key] for key in MOOD_QUESTIONS if key in found}).any_positive

    answers = decision.file.answers
    prefixes = {slot.rpartition("/")[0] for slot in answers if slot.rpartition("/")[2] in MOOD_QUESTIONS}
    for prefix in sorted(prefixes):
        if screen(decision.file, prefix) and not screen(before, prefix):
            kind_words = safety(s.safety.numbers(decision.file.learner.country))
            said = replace(kind_words, parts=(Say("mood-noticed"), *kind_words.parts))
            return replace(decision, outgoing=(*decision.outgoing, said))
    return decision
