"""Where Alembic starts. The connection is handed in by `painbot.storage.migrate`.

For writing a new revision from a checkout the address comes on the command line:
`alembic -c migrations/alembic.ini -x url=sqlite:///var/dev.db revision --autogenerate -m "..."`.
"""

from __future__ import annotations

import asyncio
from typing import Any

from alembic import context
from sqlalchemy import Connection

from painbot.storage.engine import create_engine
from painbot.storage.tables import metadata
from painbot.storage.types import JsonText, UtcDateTime


def spell_type(kind: str, item: Any, _: Any) -> str | bool:
    """Write the project's column types as the plain ones they are, so that a migration never changes."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, JsonText):
        return "sa.Text()"
    return False


def run(connection: Connection) -> None:
    """Run what Alembic was asked for on an open connection."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,  # SQLite alters a table only by building it anew
        render_item=spell_type,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def run_from_command_line(url: str) -> None:
    """Connect to this address and run."""
    engine = create_engine(url, pooled=False, foreign_keys=False)
    async with engine.begin() as connection:
        await connection.run_sync(run)
    await engine.dispose()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    asyncio.run(run_from_command_line(context.get_x_argument(as_dictionary=True)["url"]))
