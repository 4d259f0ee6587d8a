"""Consent: what is stored, for how long and by whom, agreed to by a button and kept with its version."""

from __future__ import annotations

from dataclasses import replace

from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.outgoing import Outgoing, Say
from painbot.core.replies import at_state, button, reply

VERB = "consent"
_DECLINED = "consent_declined"


def needs_consent(file: LearnerFile, s: Surroundings) -> bool:
    """Return whether the learner has not agreed to the text as it is now."""
    return file.learner.consent_version != s.consent_version


def ask_consent_again(file: LearnerFile, s: Surroundings) -> Decision:
    """Show the changed consent text; nothing new is stored before the learner agrees to it."""
    return Decision(file, (consent_question(s, changed=True),))


def declined(file: LearnerFile, s: Surroundings) -> LearnerFile:
    """Return the file with a no to the current text; the conversation stays where it is."""
    return at_state(file, file.dialogue.state, **{**file.dialogue.data, _DECLINED: s.consent_version})


def has_declined(file: LearnerFile, s: Surroundings) -> bool:
    """Say whether the learner said no to the current text: then nothing is sent before a yes."""
    return file.dialogue.data.get(_DECLINED) == s.consent_version


def consent_question(s: Surroundings, changed: bool = False) -> Outgoing:
    """Return what is stored, for how long and by whom, with the button that agrees to it."""
    head = (Say("consent-changed"),) if changed else ()
    row = (button("consent-agree", VERB, s.consent_version), button("consent-no", VERB, "no"))
    return reply((*head, stored(s), Say("consent-ask")), (row,))


def stored(s: Surroundings) -> Say:
    """Return what is kept of a learner, for how long and by whom."""
    return Say("consent-stored", {"operator": s.operator_name, "contact": s.contact})


def agreed(file: LearnerFile, s: Surroundings) -> LearnerFile:
    """Return the file with consent to the current text."""
    learner = replace(file.learner, consent_version=s.consent_version, consented_at=s.now)
    return replace(file, learner=learner)
