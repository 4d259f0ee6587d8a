"""Every setting is explained, and what is written down is what the code says."""

import re
from io import StringIO
from pathlib import Path

import pytest
from dotenv import dotenv_values

from painbot.operations.env_example import NEEDED, env_example, settings_page
from painbot.settings import PREFIX, Settings, load_settings
from tests.docs.pages import ROOT, name_of, pages

PAGE = ROOT / "docs" / "reference" / "settings.md"
EXAMPLE = ROOT / "deploy" / ".env.example"
VARIABLES = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}


def test_reference_page_is_the_one_the_code_makes() -> None:
    assert PAGE.read_text(encoding="utf-8") == settings_page(), "run: painbot settings reference"


def test_env_example_is_the_one_the_code_makes() -> None:
    assert EXAMPLE.read_text(encoding="utf-8") == env_example(), "run: painbot settings env-example"


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_setting_is_described_with_an_example(name: str) -> None:
    field = Settings.model_fields[name]
    assert field.description
    assert field.description.endswith(".")
    assert field.examples
    assert f"## `{PREFIX}{name.upper()}`\n" in settings_page()


def test_what_run_needs_is_what_the_descriptions_say() -> None:
    said = {name for name, field in Settings.model_fields.items() if "Needed by" in (field.description or "")}
    assert said == NEEDED


def test_env_example_sets_nothing_by_itself() -> None:
    values = dotenv_values(stream=StringIO(env_example()))
    assert set(values) == {f"{PREFIX}{name.upper()}" for name in NEEDED}
    assert not any(values.values())


def test_every_line_of_the_env_example_can_be_switched_on(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    shown = re.sub(r"^# (PAINBOT_)", r"\1", env_example(), flags=re.MULTILINE)
    for name in NEEDED:
        example = (Settings.model_fields[name].examples or [""])[0]
        shown = shown.replace(f"{PREFIX}{name.upper()}=\n", f'{PREFIX}{name.upper()}="{example}"\n')
    file.write_text(shown, encoding="utf-8")
    settings = load_settings(file)
    assert settings.model_fields_set == set(Settings.model_fields)


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_settings_a_page_names_exist(page: Path) -> None:
    named = set(re.findall(r"\bPAINBOT_[A-Z_]+\b", page.read_text(encoding="utf-8")))
    assert named <= VARIABLES
