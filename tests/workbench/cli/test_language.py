"""`--language`: what the program speaks, wherever it stands."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

from tests.support.catalogues import write_catalogue
from tests.workbench.cli.conftest import Cli
from workbench import paths, words

REFUSAL = "There is no command “{word}”, and no study at that place."


@pytest.fixture(autouse=True)
def german(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A translator's catalogue of one text."""
    monkeypatch.setenv(words.VARIABLE, "")
    write_catalogue(paths.locale_dir(), "de", {REFUSAL: "Es gibt keinen Befehl „{word}“."})
    yield
    shutil.rmtree(paths.locale_dir())
    monkeypatch.setenv(words.VARIABLE, "")
    words.speak()


@pytest.mark.parametrize(
    "said",
    [("--language", "de", "nosuch"), ("nosuch", "--language", "de"), ("nosuch", "--language=de")],
)
def test_a_command_speaks_the_language_that_is_asked_for(cli: Cli, said: tuple[str, ...]) -> None:
    assert "Es gibt keinen Befehl „nosuch“." in cli(*said).err
    assert os.environ[words.VARIABLE] == "de"  # the window and the children speak it too


def test_what_is_asked_for_goes_before_the_environment(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(words.VARIABLE, "de")
    assert "Es gibt keinen Befehl" in cli("nosuch").err
    assert "There is no command" in cli("nosuch", "--language", "en").err


@pytest.mark.parametrize("said", [("--language", "xx"), ("show", "--language=xx")])
def test_an_unknown_language_is_refused_with_those_there_are(
    cli: Cli, said: tuple[str, ...]
) -> None:
    ran = cli(*said)
    assert ran.refused()
    assert ran.err == "The program does not speak “xx”.\nWhat it speaks: en, de.\n"


def test_a_language_needs_a_code(cli: Cli) -> None:
    ran = cli("show", "--language")
    assert ran.refused()
    assert "wants the code of a language" in ran.err


def test_the_language_of_recordings_is_another(cli: Cli) -> None:
    ran = cli("--language", "de", "transcribe", "nowhere.study", "--language", "fr")
    assert "does not speak" not in ran.err
    assert words.language() == "de"
    assert "nowhere.study" in ran.err
