"""Variables that look like settings of painbot's and are none: what they were to set is not set."""

from __future__ import annotations

import difflib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pydantic_settings import DotEnvSettingsSource

from painbot.settings import ENV_FILE, PREFIX, Settings

# How alike two names must be, from 0 to 1. The prefix alone makes a short name half alike.
_LIKE_A_SETTING: Final = 0.8
_ALMOST_A_SETTING: Final = 0.85


def misspelt_variables(env_file: Path = ENV_FILE) -> Sequence[str]:
    """Return a sentence for each such variable of the environment and the file; no value is shown."""
    in_file = DotEnvSettingsSource(Settings, env_file=env_file, case_sensitive=True).env_vars
    said = []
    for name in sorted({*os.environ, *in_file}):
        if name.upper() in _NAMES:
            continue
        ours = name.upper().startswith(PREFIX)
        # The environment is full of other programs' names; the file is painbot's own.
        near = _near(name.upper(), _LIKE_A_SETTING if ours else _ALMOST_A_SETTING)
        if ours or (near and name in in_file):
            said.append(f"{name} is no setting" + (f"; did you mean {near}?" if near else "."))
    return said


_NAMES: Final = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]


def _near(name: str, alike: float) -> str | None:
    """Return the setting whose name is most like this one, if any is like it at all."""
    found = difflib.get_close_matches(name, _NAMES, n=1, cutoff=alike)
    return found[0] if found else None
