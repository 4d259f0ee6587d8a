"""Settings: read once, refused with the variable's name, the fault and an example."""

from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from painbot.settings import PREFIX, BadSettings, Settings, load_settings, trial_settings

TOKEN = "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11"


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("SENDS_PER_SECOND", "many", "valid integer"),
        ("CHAT_BURST", "0", "greater than or equal to 1"),
        ("DATABASE_URL", "mysql://here", "must start with sqlite:/// or postgresql://"),
        ("WEBHOOK_URL", "http://plain.example.org", "pattern"),
        ("WEBHOOK_LISTEN", "everywhere", "pattern"),
        ("LOG_FORMAT", "xml", "pattern"),
        ("WEBHOOK_SECRET", "with spaces", "A-Z, a-z, 0-9"),
        ("ERASURE_KEY", "short", "at least 16"),
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
