"""Every setting of painbot, read once at start from the environment and `.env`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from painbot.core.errors import PainbotError
from painbot.log import TOKEN
from painbot.settings_words import fault_words, listen_address, one_of, web_address

PREFIX = "PAINBOT_"

ENV_FILE: Final = Path(".env")
"""Where settings are read from beside the environment."""


class BadSettings(PainbotError):
    """A setting has a value painbot cannot use; each line names the variable, the fault and an example."""


ListenAddress = Annotated[str, AfterValidator(listen_address)]


class Settings(BaseSettings):
    """Frozen settings; variables carry the prefix PAINBOT_."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        # An editor's byte order mark before the first name is no part of it.
        env_file_encoding="utf-8-sig",
        frozen=True,
        extra="ignore",
        hide_input_in_errors=True,
        env_ignore_empty=True,
    )

    token: SecretStr | None = Field(
        None,
        description="The bot's token from @BotFather. Needed by `painbot run`.",
        examples=["123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11"],
    )
    operator_name: str | None = Field(
        None,
        min_length=2,
        max_length=120,
        description="Who runs this bot; shown at consent and in /privacy. Needed by `painbot run`.",
        examples=["Riverside Pain Clinic"],
    )
    contact: str | None = Field(
        None,
        min_length=3,
        max_length=200,
        description="How to reach whoever runs it (mail or telephone); shown at consent and in /privacy. "
        "Needed by `painbot run`.",
        examples=["painbot@example.org"],
    )
    database_url: str = Field(
        "sqlite:///var/painbot.db",
        description="Where everything is kept: an SQLite file or a PostgreSQL database.",
        examples=["postgresql://painbot:secret@localhost/painbot"],
    )
    lessons: Path | None = Field(
        None,
        description="The folder of the course. Left out, the course that comes with painbot.",
        examples=["/srv/painbot/lessons/chronic-pain"],
    )
    bot_api_url: Annotated[str, AfterValidator(web_address("http", "https"))] = Field(
        "https://api.telegram.org",
        description="Address of the Bot API; change it for a self-hosted Bot API server.",
        examples=["http://localhost:8081"],
    )
    webhook_url: Annotated[str, AfterValidator(web_address("https"))] | None = Field(
        None,
        description="Public https address Telegram sends updates to. Left out, painbot asks for updates "
        "itself (long polling).",
        examples=["https://bot.example.org/telegram"],
    )
    webhook_listen: ListenAddress = Field(
        "127.0.0.1:8080",
        description="Address and port the webhook listens on, behind a TLS proxy.",
        examples=["0.0.0.0:8080"],
    )
    webhook_secret: SecretStr | None = Field(
        None,
        description="Secret that Telegram sends back with each webhook call (A-Z, a-z, 0-9, _ and -). "
        "Left out, one is derived from the token.",
        examples=["a-long-random-word"],
    )
    webhook_max_bytes: int = Field(
        1_000_000, ge=10_000, description="Largest webhook body in bytes that is read.", examples=[1_000_000]
    )
    health_listen: ListenAddress | None = Field(
        None,
        description="Address and port for /health/live and /health/ready. Left out, there is none; with a "
        "webhook they are served beside it as well.",
        examples=["127.0.0.1:8081"],
    )
    sends_per_second: int = Field(
        30,
        ge=0,
        le=1000,
        description="Most Telegram calls a second for the whole bot; 0 lifts the limit.",
        examples=[30],
    )
    chat_sends_per_second: float = Field(
        1.0, ge=0, le=100, description="Most messages a second in one chat; 0 lifts the limit.", examples=[1]
    )
    chat_burst: int = Field(
        5,
        ge=1,
        le=100,
        description="Messages one chat may get at once before that limit counts.",
        examples=[5],
    )
    erasure_key: SecretStr | None = Field(
        None,
        min_length=16,
        description="Key of the erasure ledger's fingerprints. Left out, one is made once and kept in the "
        "database; set it to keep fingerprints useless to somebody who has only the database.",
        examples=["32 random letters and digits ....."],
    )
    log_format: Annotated[str, BeforeValidator(one_of("auto", "console", "json"))] = Field(
        "auto",
        description="console for people, json for machines, auto to choose by whether a terminal is there.",
        examples=["json"],
    )
    log_level: Annotated[str, BeforeValidator(one_of("debug", "info", "warning", "error"))] = Field(
        "info",
        description="Least important log line that is written.",
        examples=["info"],
    )

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgresql://", "postgres://", "postgresql+asyncpg://")):
            raise ValueError("must start with sqlite:/// or postgresql://")
        return value

    @field_validator("token")
    @classmethod
    def _token_form(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("is not a bot token: digits, a colon, then letters and digits")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _secret_form(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            secret = value.get_secret_value()
            allowed = all(char.isascii() and (char.isalnum() or char in "_-") for char in secret)
            if not allowed or not 1 <= len(secret) <= 256:
                raise ValueError("may hold 1 to 256 of A-Z, a-z, 0-9, _ and -")
        return value


def load_settings(env_file: Path | None = ENV_FILE, **values: Any) -> Settings:
    """Read the settings; `values` win over the environment, the environment over the file.

    Raises BadSettings with one line for each wrong value, or for a file that cannot be read. A secret's
    value is never shown.
    """
    _refuse_unreadable(env_file)
    try:
        return Settings(_env_file=env_file, **values)
    except ValidationError as error:
        raise BadSettings("\n".join(_lines(error))) from None


def trial_settings(database_url: str) -> Settings:
    """Return the settings of a trial: no token and no other database, whatever the environment says.

    A person trying things out taps faster than Telegram's one message a second, so that limit is lifted.
    """
    defaults = {name: field.default for name, field in Settings.model_fields.items()}
    trial = {"database_url": database_url, "chat_sends_per_second": 0.0}
    return Settings.model_construct(**{**defaults, **trial})


def _refuse_unreadable(env_file: Path | None) -> None:
    if env_file is None or not env_file.is_file():
        return
    try:
        content = env_file.read_bytes()
    except OSError as error:
        raise BadSettings(
            f"{env_file} cannot be read: {error.strerror}. Give it to the user that runs painbot."
        ) from None
    try:
        content.decode()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        # The error itself would show what stands around the byte, and that may be a secret.
        raise BadSettings(
            f"{env_file}: line {line} holds a character that is not UTF-8. Save the file as UTF-8."
        ) from None


def _lines(error: ValidationError) -> list[str]:
    lines: list[str] = []
    for problem in error.errors(include_input=False, include_url=False):
        name = str(problem["loc"][0]) if problem["loc"] else ""
        field = Settings.model_fields.get(name)
        example = (
            f" For example: {PREFIX}{name.upper()}={field.examples[0]}" if field and field.examples else ""
        )
        fault = fault_words(problem["type"], problem.get("ctx", {}), problem["msg"])
        lines.append(f"{PREFIX}{name.upper()}: {fault}.{example}")
    return lines


CONSENT_VERSION = "2026-11"
"""Version of the consent text; change it with the text, and learners are asked again."""
