"""The settings written out for people: an example `.env` file and a page of the reference."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from painbot.settings import PREFIX, Settings

NEEDED = frozenset({"token", "operator_name", "contact"})
"""What `painbot run` cannot do without; the example leaves these open to be filled in."""

_WIDTH = 100

_ENV_HEAD = """\
# Settings of painbot. Copy this file to .env and fill in the first three.
# A line that starts with # is not read; what it shows is the default, or an example where there is none.
# Only the user that runs painbot should be able to read the copy: chmod 600 .env
"""

_PAGE_HEAD = """\
# Settings

<!-- Made by `painbot settings reference`; not edited by hand. -->

painbot reads its settings once, at start, from the environment and from a file `.env` in the folder it is
started in. The environment wins over the file. An empty value counts as not set. A wrong value stops the
start with a line that names the setting, the fault and an example; a secret's value is never shown.

`painbot settings env-example` prints a file to start from.
"""


def env_example() -> str:
    """Return an example `.env` with every setting, its meaning, and its default or an example."""
    blocks = [_ENV_HEAD]
    for name, field in Settings.model_fields.items():
        meaning = textwrap.fill(field.description or "", _WIDTH, initial_indent="# ", subsequent_indent="# ")
        variable = f"{PREFIX}{name.upper()}"
        if name in NEEDED:
            lines = f"# For example: {_quoted(_example(field))}\n{variable}="
        elif field.default is None:
            lines = f"# {variable}={_quoted(_example(field))}"
        else:
            lines = f"# {variable}={_quoted(str(_plain(field.default)))}"
        blocks.append(f"{meaning}\n{lines}\n")
    return "\n".join(blocks)


def settings_page() -> str:
    """Return the reference page of the settings, in Markdown."""
    parts = [_PAGE_HEAD]
    for name, field in Settings.model_fields.items():
        parts.append(
            f"## `{PREFIX}{name.upper()}`\n\n{field.description}\n\n" + "\n".join(_facts(name, field))
        )
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def _facts(name: str, field: FieldInfo) -> Iterator[str]:
    if name in NEEDED:
        yield "- Default: none; `painbot run` needs it."
    elif field.default is None:
        yield "- Default: not set."
    else:
        yield f"- Default: `{_plain(field.default)}`"
    yield f"- Example: `{_example(field)}`"
    if "SecretStr" in str(field.annotation):
        yield "- Secret: it never appears in a log or a message."


def _example(field: FieldInfo) -> str:
    return str(_plain((field.examples or [""])[0]))


def _plain(value: Any) -> Any:
    """Write numbers the short way: 30.0 as 30."""
    if isinstance(value, SecretStr):
        return ""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _quoted(value: str) -> str:
    """Quote what a shell, a container engine or systemd would otherwise cut at a space."""
    return f'"{value}"' if " " in value else value
