"""What every use case works with: the course, the words, the safety net, who runs the bot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from painbot.core.advice import SafetyAdvice
from painbot.core.course import Course
from painbot.core.decisions import Surroundings
from painbot.core.delivery import RenderedMessage
from painbot.core.outgoing import Outgoing
from painbot.core.reader import Reader
from painbot.services.ports import PictureFolder


class Renderer(Protocol):
    """Turns messages as values into words; rendering fits it."""

    def render(self, outgoing: Outgoing) -> RenderedMessage:
        """Return the Telegram call for a message."""
        ...

    def text(self, key: str) -> str:
        """Return one interface sentence as plain text."""
        ...


@dataclass(frozen=True)
class Environment:
    """The same for everybody while a process runs."""

    course: Course
    operator_name: str
    contact: str
    consent_version: str
    read: Reader
    safety: SafetyAdvice
    renderer: Renderer
    erasure_key: bytes
    pictures: PictureFolder

    def at(self, now: datetime) -> Surroundings:
        """Return the surroundings of a decision made at this instant."""
        return Surroundings(
            course=self.course,
            now=now,
            operator_name=self.operator_name,
            contact=self.contact,
            consent_version=self.consent_version,
            read=self.read,
            words=self.renderer.text,
            safety=self.safety,
        )
