"""A real, durable PostgreSQL server for one test run, from the wheel that carries its programs.

The wheel's own launcher is not used: as root it adds a system user and opens the permissions of every
folder above the environment. Here the server belongs to a small supervisor process.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import asyncpg

from tests.support import Unavailable

SUPERVISOR = Path(__file__).with_name("postgres_supervisor.py")
STOP_TIMEOUT_SECONDS = 30.0


class PostgresServer:
    """A running server and one connection to administer it. Creating one starts it; raises Unavailable."""

    def __init__(self) -> None:
        self._supervisor = subprocess.Popen(
            [sys.executable, SUPERVISOR],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C reaches the tests, which then let the server go in order
        )
        assert self._supervisor.stdout is not None
        answer = json.loads(self._supervisor.stdout.readline() or '{"error": "its supervisor ended at once"}')
        if "error" in answer:
            self._end_supervisor()
            raise Unavailable(f"PostgreSQL cannot run here: {answer['error']}")
        self._address = answer["address"]
        # The administering connection lives on its own thread and loop, out of the way of the tests' loops.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="postgres-admin")
        self._runner = asyncio.Runner()
        self._admin = self._call(self._connect())

    def close(self) -> None:
        """Stop the server and wait until its data is gone."""
        self._call(self._admin.close())
        self._thread.submit(self._runner.close).result()
        self._thread.shutdown()
        self._end_supervisor()

    def url(self, database: str) -> str:
        """Return the SQLAlchemy URL of one database."""
        return f"postgresql+asyncpg://{self._address}/{database}"

    def create_database(self, name: str, template: str | None = None) -> str:
        """Create a database, as a copy of another when `template` names one; return its URL."""
        copied = f' TEMPLATE "{template}"' if template else ""
        self.execute(f'CREATE DATABASE "{name}"{copied}')
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Drop a database, closing whatever is still connected to it."""
        self.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def execute(self, statement: str) -> None:
        """Run one statement as the superuser."""
        self._call(self._admin.execute(statement))

    def show(self, setting: str) -> str:
        """Return the value of one server setting."""
        return str(self._call(self._admin.fetchval(f"SHOW {setting}")))

    async def _connect(self) -> Any:
        return await asyncpg.connect(f"postgresql://{self._address}/postgres")

    def _call(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self._thread.submit(self._runner.run, work).result()

    def _end_supervisor(self) -> None:
        # Closing its standard input is what tells it to stop.
        self._supervisor.communicate(timeout=STOP_TIMEOUT_SECONDS)
