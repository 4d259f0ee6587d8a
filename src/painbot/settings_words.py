"""Plain words for what is wrong with a setting, and the checks whose words are their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

HIGHEST_PORT: Final = 65_535

_LISTEN = re.compile(r"(\[[0-9a-fA-F:]+\]|[^:\s\[\]]+):([0-9]+)")


def listen_address(value: str | None) -> str | None:
    """Return an address and port to listen on as it stands; ValueError when it is none."""
    if value is None:
        return None
    found = _LISTEN.fullmatch(value)
    if found is None:
        raise ValueError("must be an address and a port with a colon between, an IPv6 address in [ ]")
    if len(found[2]) > len(str(HIGHEST_PORT)) or int(found[2]) > HIGHEST_PORT:
        raise ValueError(f"the port must be at most {HIGHEST_PORT}")
    return value


def web_address(*schemes: str) -> Callable[[str | None], str | None]:
    """Return a check that takes addresses of these schemes and drops a slash at the end."""

    def check(value: str | None) -> str | None:
        if value is None:
            return None
        if not value.startswith(tuple(f"{scheme}://" for scheme in schemes)):
            raise ValueError(f"must start with {' or '.join(f'{scheme}://' for scheme in schemes)}")
        if re.search(r"\s", value) or not _host_of(value):
            raise ValueError("must be a whole address, without spaces")
        return value.rstrip("/")

    return check


def _host_of(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def one_of(*choices: str) -> Callable[[object], object]:
    """Return a check that takes one of these words, in capitals or not."""

    def check(value: object) -> object:
        word = value.lower() if isinstance(value, str) else value
        if word not in choices:
            raise ValueError(f"must be {', '.join(choices[:-1])} or {choices[-1]}")
        return word

    return check


def fault_words(kind: str, context: Mapping[str, Any], message: str) -> str:
    """Return what is wrong, from the validator's kind of error, its numbers and its own words."""
    match kind:
        case "value_error":
            return message.removeprefix("Value error, ")
        case "int_parsing" | "int_type" | "int_from_float" | "int_parsing_size":
            return "must be a whole number"
        case "float_parsing" | "float_type" | "finite_number":
            return "must be a number"
        case "greater_than_equal":
            return f"must be {_number(context['ge'])} or more"
        case "less_than_equal":
            return f"must be {_number(context['le'])} or less"
        case "string_too_short" | "too_short":
            return f"must have {context['min_length']} characters or more"
        case "string_too_long" | "too_long":
            return f"must have {context['max_length']} characters or less"
        case _:
            return "has a value that cannot be used"


def _number(value: float) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
