"""Processes of their own, each kept on one core, so that what is measured and its load do not share one."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import sys
from collections.abc import Callable, Coroutine
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

MEASURED_CORE = 0
LOAD_CORE = 1


def pin(core: int) -> None:
    """Keep this process on one core, where the system can and has more than one."""
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[core % len(cores)]})


def in_own_process(work: Callable[..., Coroutine[Any, Any, Any]], *arguments: Any, core: int) -> Any:
    """Run a coroutine function in a fresh interpreter on one core; return what it returns."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, initializer=pin, initargs=(core,)) as executor:
        return executor.submit(_run, work, arguments).result()


def _run(work: Callable[..., Coroutine[Any, Any, Any]], arguments: tuple[Any, ...]) -> Any:
    # Here: the bare processes that make the load import this file and need no logging.
    from painbot.log import set_up_logging

    set_up_logging("json", "warning")
    return asyncio.run(work(*arguments))


def resident_mb() -> float:
    """Return this process's resident memory now, in MB (on other systems than Linux: its highest so far)."""
    return _status("VmRSS")


def highest_resident_mb() -> float:
    """Return the most resident memory this process has had, in MB."""
    return _status("VmHWM")


def _status(field: str) -> float:
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith(f"{field}:"))
        return int(line.split()[1]) * 1024 / 1e6
    import resource

    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return highest / 1e6 if sys.platform == "darwin" else highest * 1024 / 1e6
