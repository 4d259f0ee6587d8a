"""Measure, and print one JSON line a figure."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from benchmarks import burst, limits, memory, outbox, tap, tick, triage, webhook
from benchmarks.figures import Figure
from benchmarks.stage import Bench
from painbot.log import set_up_logging
from tests.support import Unavailable
from tests.support.controls import scrub
from tests.support.postgres import PostgresServer

BENCHES: Mapping[str, Callable[[Bench], Iterator[Figure]]] = {
    "outbox": outbox.run,
    "limits": limits.run,
    "tick": tick.run,
    "memory": memory.run,
    "tap": tap.run,
    "webhook": webhook.run,
    "burst": burst.run,
    "triage": triage.run,
}


def main() -> None:
    """Run the benchmarks asked for, all of them when none is named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one or more of: {', '.join(BENCHES)}")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each measurement (5)")
    parser.add_argument("--tiny", action="store_true", help="only show that they work")
    parser.add_argument(
        "--folder", type=Path, default=Path("var"), help="where databases are made; on a real disk (var)"
    )
    parser.add_argument("--sqlite", action="store_true", help="leave out PostgreSQL")
    asked = parser.parse_args()
    unknown = [name for name in asked.names if name not in BENCHES]
    if unknown:
        parser.error(f"no benchmark is called {unknown[0]}; there are: {', '.join(BENCHES)}")
    _forget_the_surroundings()
    set_up_logging("json", "warning")
    asked.folder.mkdir(parents=True, exist_ok=True)
    postgres = None if asked.sqlite else _postgres()
    try:
        with tempfile.TemporaryDirectory(prefix="benchmarks-", dir=asked.folder) as folder:
            bench = Bench(Path(folder), asked.rounds, asked.tiny, postgres)
            for name in asked.names or BENCHES:
                for figure in BENCHES[name](bench):
                    print(figure.line(), flush=True)
    finally:
        if postgres is not None:
            postgres.close()


def _postgres() -> PostgresServer | None:
    try:
        return PostgresServer()
    except Unavailable as missing:
        print(f"NOT MEASURED on PostgreSQL: {missing}", file=sys.stderr)
        return None


def _forget_the_surroundings() -> None:
    """Drop the settings and proxies of whoever is at the keyboard: everything here is on loopback."""
    scrub()
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        del os.environ[name]
