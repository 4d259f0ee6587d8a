"""What the course does after a safety card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from painbot.core.triage.model import ABUSE_GROUP, Finding, Level, When

REST = timedelta(hours=24)
"""How long lessons, nudges and check-ins rest after a crisis or an emergency."""


@dataclass(frozen=True)
class RestRule:
    """How the course rests.

    No lesson before `until` (None: no fixed time). After it the course waits for the person: "seen" is "I
    have been seen", "wish" is that they want to go on; the next contact is a plain "how are you", never
    content. `silent` forbids every unprompted message, that question too.
    """

    until: datetime | None = None
    wait_for: Literal["seen", "wish"] | None = None
    silent: bool = False


GO_ON = RestRule()
"""The course goes on as it was."""


def rest_after(finding: Finding, now: datetime) -> RestRule:
    """Return how the course rests after the card of this finding; `now` is aware, in the learner's zone.

    A crisis rests 24 hours and goes on only if the person wishes; an emergency 24 hours and until they have
    been seen; a same-day sign until the next local day and until they have been seen; a sign to be seen
    soon changes nothing. Abuse: nothing unprompted until the person writes. A card that only asked rests
    for the same time where life may be at stake, because silence is never read as safe, but waits for
    nothing.
    """
    if ABUSE_GROUP in (finding.group, *finding.also):
        rest = _rest(finding, now)
        return RestRule(rest.until, "wish", silent=True)
    return _rest(finding, now)


def _rest(finding: Finding, now: datetime) -> RestRule:
    if finding.level in (Level.CRISIS, Level.EMERGENCY):
        if finding.ask_first:
            return RestRule(now + REST)
        return RestRule(now + REST, "wish" if finding.level is Level.CRISIS else "seen")
    if finding.level is Level.URGENT and finding.when is When.SAME_DAY and not finding.ask_first:
        return RestRule((now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0), "seen")
    return GO_ON
