"""What others meet first, templates, hooks and the public checks, asks what we ask ourselves."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
import yaml

import workbench
from tests.support.source import ROOT, text_of

GITHUB = ROOT / ".github"
FORMS = sorted(file for file in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if file.stem != "config")
_CHECK = re.compile(r'^    Check\("([\w-]+)"', re.MULTILINE)


def test_the_public_checks_call_the_two_commands() -> None:
    workflow = _yaml(".github/workflows/ci.yml")
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    commands = [step["run"] for step in steps if "run" in step]
    ours = text_of(ROOT / ".ci" / "run").splitlines()[-1].removeprefix("exec ")
    readme = re.findall(r"^python3 [^#\n]+", text_of(ROOT / "README.md"), re.MULTILINE)
    assert commands == [line.strip() for line in readme]
    assert commands[-1] == ours
    # YAML reads `on` as yes.
    assert set(workflow[True]) == {"push", "pull_request"}


def test_hooks_ask_checks_that_there_are_and_fetch_nothing() -> None:
    [repository] = _yaml(".pre-commit-config.yaml")["repos"]
    checks = set(_CHECK.findall(text_of(ROOT / "packaging" / "checks.py")))
    entries = [hook["entry"].split() for hook in repository["hooks"]]
    asked = {word for words in entries for word in words[3:] if word != "--only"}
    assert repository["repo"] == "local"
    assert [words[:3] for words in entries] == [["python3", "packaging/start.py", "test"]] * 2
    assert asked == checks - {"wheel", "tests", "coverage"}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_a_form_can_be_filled_and_asks_for_no_words(form: Any) -> None:
    asked = yaml.safe_load(text_of(form))
    fields = [part for part in asked["body"] if part["type"] != "markdown"]
    ids = [field["id"] for field in fields]
    assert asked["name"]
    assert asked["description"]
    assert {field["type"] for field in fields} <= {"input", "textarea", "dropdown", "checkboxes"}
    assert all(field["attributes"]["label"] for field in fields)
    assert len(set(ids)) == len(ids)
    assert any(field.get("validations", {}).get("required") for field in fields)
    assert "no words and no names" in text_of(form)


def test_the_version_is_the_same_in_both_places() -> None:
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    assert project["version"] == workbench.__version__


def _yaml(place: str) -> Any:
    return yaml.safe_load(text_of(ROOT / place))
