"""What the environment asks of a test run, read before the tests' environment is scrubbed."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Controls:
    """The wishes of whoever started the tests."""

    require_all: bool
    """A missing browser or database fails its tests instead of skipping them."""
    crash_kills: int
    """How many seeded random kills a database gets."""
    chromium: str | None
    """The browser to use instead of the one found on the machine."""


def read_controls() -> Controls:
    """Read the controls from the process's environment."""
    return Controls(
        require_all=any(os.environ.get(name, "") in {"1", "true"} for name in ("CI", "PAINBOT_REQUIRE_ALL")),
        crash_kills=int(os.environ.get("PAINBOT_CRASH_KILLS", "10")),
        chromium=os.environ.get("PAINBOT_CHROMIUM"),
    )


def scrub() -> None:
    """Forget every setting of the person at the keyboard: a test sees only what it sets itself."""
    for name in [name for name in os.environ if name.upper().startswith("PAINBOT_")]:
        del os.environ[name]
