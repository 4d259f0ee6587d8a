"""Settings: read once, refused with the variable's name, the fault and an example."""

from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from painbot.operations.misspelt import misspelt_variables
from painbot.settings import PREFIX, BadSettings, Settings, load_settings, trial_settings

TOKEN = "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11"


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("SENDS_PER_SECOND", "many", "must be a whole number."),
        ("SENDS_PER_SECOND", "9" * 5000, "must be a whole number."),
        ("SENDS_PER_SECOND", "1001", "must be 1000 or less."),
        ("CHAT_SENDS_PER_SECOND", "fast", "must be a number."),
        ("CHAT_SENDS_PER_SECOND", "-1", "must be 0 or more."),
        ("CHAT_BURST", "0", "must be 1 or more."),
        ("OPERATOR_NAME", "x", "must have 2 characters or more."),
        ("CONTACT", "x" * 201, "must have 200 characters or less."),
        ("DATABASE_URL", "mysql://here", "must start with sqlite:/// or postgresql://."),
        ("WEBHOOK_URL", "http://plain.example.org", "must start with https://."),
        ("WEBHOOK_URL", "https://", "must be a whole address, without spaces."),
        ("BOT_API_URL", "ftp://example.org", "must start with http:// or https://."),
        ("BOT_API_URL", "http://[", "must be a whole address, without spaces."),
        ("WEBHOOK_LISTEN", "everywhere", "must be an address and a port"),
        ("WEBHOOK_LISTEN", "127.0.0.1:65536", "the port must be at most 65535."),
        ("HEALTH_LISTEN", "127.0.0.1:99999", "the port must be at most 65535."),
        ("HEALTH_LISTEN", f"127.0.0.1:{'9' * 5000}", "the port must be at most 65535."),
        ("HEALTH_LISTEN", "127.0.0.1:\N{ARABIC-INDIC DIGIT EIGHT}", "must be an address and a port"),
        ("LOG_FORMAT", "xml", "must be auto, console or json."),
        ("LOG_LEVEL", "loud", "must be debug, info, warning or error."),
        ("WEBHOOK_SECRET", "with spaces", "A-Z, a-z, 0-9"),
        ("ERASURE_KEY", "short", "must have 16 characters or more."),
    ],
)
def test_a_wrong_value_names_variable_fault_and_an_example(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, fault: str
) -> None:
    monkeypatch.setenv(f"{PREFIX}{name}", value)
    with pytest.raises(BadSettings) as refused:
        load_settings(env_file=None)
    said = str(refused.value)
    assert said.startswith(f"{PREFIX}{name}: ")
    assert fault in said
    assert f"For example: {PREFIX}{name}=" in said


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("LOG_LEVEL", "INFO", "info"),
        ("LOG_FORMAT", "Json", "json"),
        ("HEALTH_LISTEN", "[::1]:65535", "[::1]:65535"),
        ("WEBHOOK_URL", "https://bot.example.org/telegram/", "https://bot.example.org/telegram"),
    ],
)
def test_a_value_is_understood(monkeypatch: pytest.MonkeyPatch, name: str, value: str, kept: str) -> None:
    monkeypatch.setenv(f"{PREFIX}{name}", value)
    assert getattr(load_settings(env_file=None), name.lower()) == kept


def test_a_file_that_is_not_utf_8_is_named_with_its_line_and_without_its_words(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes(b"PAINBOT_OPERATOR_NAME=Clinic\nPAINBOT_CONTACT=secret\xe9\n")
    with pytest.raises(BadSettings) as refused:
        load_settings(env_file=file)
    assert str(refused.value).startswith(f"{file}: line 2 ")
    assert "UTF-8" in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes(b"\xef\xbb\xbfPAINBOT_OPERATOR_NAME=Clinic\n")
    assert load_settings(env_file=file).operator_name == "Clinic"
    assert misspelt_variables(file) == []


def test_misspelt_variables_are_named_with_the_one_meant(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / ".env"
    file.write_text(
        "PAINBOT_TOKKEN=1\nPAINBOTCONTACT=2\nOTHER=3\nPAINBOT_CONTACT=right\npainbot_log_level=info\n"
    )
    monkeypatch.setenv("PAINBOT_OPERATER_NAME", "x")
    monkeypatch.setenv("PAINBOT_", "x")
    assert misspelt_variables(file) == [
        "PAINBOTCONTACT is no setting; did you mean PAINBOT_CONTACT?",
        "PAINBOT_ is no setting.",
        "PAINBOT_OPERATER_NAME is no setting; did you mean PAINBOT_OPERATOR_NAME?",
        "PAINBOT_TOKKEN is no setting; did you mean PAINBOT_TOKEN?",
    ]


def test_every_wrong_value_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAINBOT_CHAT_BURST", "none")
    monkeypatch.setenv("PAINBOT_LOG_LEVEL", "loud")
    with pytest.raises(BadSettings) as refused:
        load_settings(env_file=None)
    assert len(str(refused.value).splitlines()) == 2


@pytest.mark.parametrize("secret", ["not-a-token-but-secret", f"{TOKEN}\n{TOKEN}".replace("123456", "x")])
def test_a_wrong_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    monkeypatch.setenv("PAINBOT_TOKEN", secret)
    with pytest.raises(BadSettings) as refused:
        load_settings(env_file=None)
    assert secret not in str(refused.value)
    assert secret.splitlines()[0] not in repr(refused.value)


def test_secrets_do_not_show_when_the_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAINBOT_TOKEN", TOKEN)
    settings = load_settings(env_file=None)
    assert TOKEN not in repr(settings)
    assert TOKEN not in str(settings.model_dump())
    assert settings.token == SecretStr(TOKEN)


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("PAINBOT_OPERATOR_NAME=From the file\nPAINBOT_CONTACT=file@example.org\n")
    monkeypatch.setenv("PAINBOT_OPERATOR_NAME", "From the environment")
    settings = load_settings(env_file=file)
    assert (settings.operator_name, settings.contact) == ("From the environment", "file@example.org")


def test_settings_cannot_be_changed() -> None:
    settings = load_settings(env_file=None)
    with pytest.raises(ValidationError):
        settings.chat_burst = 9  # type: ignore[misc]


def test_every_setting_is_described_with_an_example() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert field.examples, name


def test_a_trial_knows_no_token_and_no_other_database(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PAINBOT_TOKEN", TOKEN)
    monkeypatch.setenv("PAINBOT_DATABASE_URL", "postgresql://somewhere/real")
    settings = trial_settings(f"sqlite:///{tmp_path / 'try.db'}")
    assert settings.token is None
    assert settings.database_url == f"sqlite:///{tmp_path / 'try.db'}"
