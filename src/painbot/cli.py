"""The command line: thin commands over the rooms."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from painbot import __version__, lessons_cli
from painbot.core.errors import PainbotError
from painbot.due_lines import convert
from painbot.log import set_up_logging
from painbot.settings import load_settings, trial_settings
from painbot.understanding import use_packaged_tzdata

app = typer.Typer(
    help="A paced course about long-lasting pain, on Telegram.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
db = typer.Typer(help="The database's tables.", no_args_is_help=True)
inbox = typer.Typer(help="Updates that came in.", no_args_is_help=True)
settings_app = typer.Typer(help="What can be set.", no_args_is_help=True)
app.add_typer(lessons_cli.app, name="lessons")
app.add_typer(db, name="db")
app.add_typer(inbox, name="inbox")
app.add_typer(settings_app, name="settings")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"painbot {__version__}")
        raise typer.Exit


@app.callback()
def begin(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """A paced course about long-lasting pain, on Telegram."""
    use_packaged_tzdata()
    # What is written here is about people's health: nobody else on the machine may read it.
    os.umask(0o077)


@app.command("try")
def try_(
    host: Annotated[str, typer.Option(help="Loopback address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port of the chat page; 0 takes a free one.")
    ] = 8400,
    database: Annotated[Path, typer.Option(help="SQLite file; made where missing.")] = Path("var/try.db"),
) -> None:
    """Chat with the bot in your browser: no token, no Telegram, a clock you can move."""
    from painbot.trial import run_trial

    set_up_logging("console", "warning")
    asyncio.run(run_trial(trial_settings(f"sqlite:///{database}"), host, port))


@app.command("simulate")
def simulate_(
    days: Annotated[int, typer.Option(min=1, max=400, help="How many course days to live.")] = 7,
    persona: Annotated[str, typer.Option(help="Who lives them; `list` names all.")] = "steady",
) -> None:
    """Play the course in the terminal with a made-up person and print the transcript."""
    from painbot.simulate import lived
    from painbot.simulator.personas import PERSONAS

    if persona not in PERSONAS:
        for name, known in PERSONAS.items():
            typer.echo(f"{name:<21} {known.about}", err=persona != "list")
        raise typer.Exit(0 if persona == "list" else 2)
    set_up_logging("console", "error")
    starts = datetime.now(UTC).replace(hour=10, minute=0, second=0, microsecond=0)
    typer.echo(lived(PERSONAS[persona], days, starts).transcript, nl=False)


@app.command("run")
def run_() -> None:
    """Run the bot on Telegram, by long polling or by webhook, until it is told to stop."""
    from painbot.run import run

    settings = load_settings()
    set_up_logging(settings.log_format, settings.log_level)
    asyncio.run(run(settings))


@app.command("doctor")
def doctor_() -> None:
    """Look at everything that can be wrong and say in one line each what to do."""
    from painbot.operations.doctor import doctor

    raise typer.Exit(doctor(load_settings()))


@app.command("backup")
def backup_(
    file: Annotated[Path, typer.Argument(help="Where the backup goes.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a file of that name.")] = False,
) -> None:
    """Write everything kept into one file, also while the bot runs."""
    from painbot.operations.backup import backup

    rows = asyncio.run(backup(load_settings(), file, force=force))
    typer.echo(f"{sum(rows.values())} rows written to {file}.")


@app.command("restore")
def restore_(
    file: Annotated[Path, typer.Argument(help="A file made by `painbot backup`.")],
    force: Annotated[bool, typer.Option("--force", help="Replace what the database holds.")] = False,
) -> None:
    """Bring a backup back; everybody erased since stays erased."""
    from painbot.operations.restore import restore

    restored = asyncio.run(restore(load_settings(), file, force=force))
    typer.echo(
        f"{sum(restored.rows.values())} rows of {restored.made_at:%Y-%m-%d %H:%M}Z are back; "
        f"{restored.erased_again} learners erased since stay erased."
    )
    for note in restored.notes:
        typer.echo(note)


@settings_app.command("env-example")
def settings_env_example() -> None:
    """Print a `.env` to start from, with every setting, its meaning and an example."""
    from painbot.operations.env_example import env_example

    typer.echo(env_example(), nl=False)


@settings_app.command("reference")
def settings_reference() -> None:
    """Print the page of the documents that lists every setting."""
    from painbot.operations.env_example import settings_page

    typer.echo(settings_page(), nl=False)


@app.command()
def due(
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Read and write JSON lines.")] = True,
) -> None:
    """Turn local dates and wall times into the instants the pacing would use.

    Reads {"id","zone","date","time"} lines on standard input, writes {"id","utc"} lines.
    """
    for line in convert(sys.stdin):
        typer.echo(line)


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the database to the tables this painbot needs."""
    from painbot.storage import migrate
    from painbot.storage.problems import told_plainly

    settings = load_settings()
    with told_plainly(settings.database_url):
        asyncio.run(migrate.upgrade(settings.database_url))
    typer.echo(f"The database is at revision {migrate.head()}.")


@db.command("current")
def db_current() -> None:
    """Print the database's revision and the one this painbot needs."""
    from painbot.storage import migrate
    from painbot.storage.problems import refuse_missing, told_plainly

    settings = load_settings()
    refuse_missing(settings.database_url)
    with told_plainly(settings.database_url):
        found = asyncio.run(migrate.current(settings.database_url))
    typer.echo(f"database: {found or 'empty'}, needed: {migrate.head()}")


@inbox.command("parked")
def inbox_parked() -> None:
    """List updates whose handling kept failing, without a word of them."""
    from painbot.bootstrap import open_storage
    from painbot.storage import insights
    from painbot.storage.migrate import check_is_current
    from painbot.storage.problems import refuse_missing, told_plainly

    settings = load_settings()
    refuse_missing(settings.database_url)

    async def listed() -> None:
        storage = open_storage(settings)
        try:
            await check_is_current(storage.engine)
            for update in await insights.parked(storage):
                typer.echo(
                    f"update {update.update_id}, received {update.received_at:%Y-%m-%d %H:%M}Z, "
                    f"{update.attempts} attempts: {update.error}"
                )
        finally:
            await storage.close()

    with told_plainly(settings.database_url):
        asyncio.run(listed())


def main() -> None:
    """Run the command line; what an operator can mend is said in plain lines, without a traceback."""
    try:
        app()
    except PainbotError as error:
        typer.echo(str(error), err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
