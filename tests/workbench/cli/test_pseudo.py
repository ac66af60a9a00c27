"""Every word that a command says passes the catalogue: in a strange language none is English."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.pseudo import pseudo_spoken, untranslated
from tests.support.studies import person, recognised
from tests.workbench.cli.conftest import Cli
from workbench import paths
from workbench.cli.catalogue import COMMANDS
from workbench.cli.consent import ANSWERS
from workbench.cli.parsing import Parser
from workbench.domain.fields import FIELDS
from workbench.domain.observation import Expectation
from workbench.study import Study

TYPED = re.compile(r"[0-9a-f-]{36}|--?[a-z][\w-]*|\b[A-Z][A-Z-]+\b(?:\.[\w|.]+)?|“[^”]*”")
"""Ids, options, and what stands for a value: the same in every language."""
VALUES = {ANSWERS, "retain-until", *Expectation, *(field.name for field in FIELDS)}
TYPED_AGAIN = "спрятал роутер за старым пианино у окна"
LISTS = re.compile(r"⟧: [\w, -]+|\b(?:\w+, )+\w+·*⟧")
"""Values that can be typed, and are the same too."""


@pytest.fixture(autouse=True)
def strange(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Speak the strange language in these tests, and in the commands that they run."""
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "home"))
    with pseudo_spoken(paths.locale_dir()):
        yield


def parsers() -> Iterator[argparse.ArgumentParser]:
    """Yield the parser of every command and of every verb."""
    for name, (_about, declare) in COMMANDS.items():
        waiting: list[argparse.ArgumentParser] = [Parser(prog=name)]
        declare(waiting[0])
        while waiting:
            one = waiting.pop()
            yield one
            for action in one._actions:
                if isinstance(action, argparse._SubParsersAction):
                    waiting += action.choices.values()


def told(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the texts of the help of a command, as they are shown."""
    formatter = parser._get_formatter()
    helps = [action for action in parser._actions if action.help]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps += action._choices_actions
    yield from (formatter._expand_help(action) for action in helps)
    yield from (line for line in parser.format_help().splitlines() if line.endswith(":"))


def english_in(text: str, own: set[str]) -> list[str]:
    """Return what is English in a text, but for what is typed and what others wrote."""
    for one in sorted(own, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(one)}(?!\w)", " ", text)
    return untranslated(LISTS.sub(" ", TYPED.sub(" ", text)))


def test_no_word_of_a_help_is_english() -> None:
    english = {
        text: parser.prog
        for parser in parsers()
        for text in told(parser)
        if english_in(text, VALUES)
    }
    assert "\n".join(english) == ""


def test_places_that_wait_are_said_in_the_language(cli: Cli, tmp_path: Path) -> None:
    with Study.create(tmp_path / "я.study", title="Я") as study:
        leo = person(study, "Лео", quotes=False)
        study.people.set_real_name(leo, "Карл Штайн")
        recognised(study, f"Я {TYPED_AGAIN}.", people=[leo])
        study.codebook.add("Код", definition=f"{TYPED_AGAIN}; 0664/1234567; Карл Штайн")
    ran = cli("codebook", study.folder, "--export", tmp_path / "Карл Штайн.csv")
    assert ran.code == 1
    lines = ran.err.splitlines()
    assert len(lines) > 4
    asked = [
        ("withdraw", study.folder, "--person", "Лео"),
        ("names", study.folder),
        ("key", study.folder),
        ("withdraw", study.folder, "--person", "Лео", "--erase", "everything"),
        ("withdraw", study.folder, "--person", "Лео", "--erase", "everything", "--yes"),
        ("withdraw", study.folder, "--person", "P01"),
    ]
    for one in asked:
        ran = cli(*one)
        lines += [*ran.out.splitlines(), *ran.err.splitlines()]
    own = {"definition", "P01", "Interview", "everything", str(tmp_path)}
    assert "\n".join(one for one in lines if english_in(one, own)) == ""


def test_commands_and_refusals_are_said_in_the_language(cli: Cli, tmp_path: Path) -> None:
    study = tmp_path / "я.study"
    said = [
        cli("new", study),
        cli("people", study),
        cli("people", study, "add", "--pseudonym", "Маја", "--consent", "quote=yes"),
        cli("people", study),
        cli("stages", study, "add", "Ждать"),
        cli("stages", study, "remove", "Ждать"),
        cli("consent", study, "due"),
        cli("insight", study, "add", "--claim", "Никто"),
        cli("insight", study),
        cli("bin", study),
        cli("undo", study),
        cli("redo", study),
        cli("history", study),
        cli("backups", study),
        cli("check", study),
        cli("report", study),
        cli("people", study, "nosuch"),
        cli("people", study, "--nosuch"),
        cli("transcribe", study, "--speakers", "я"),
    ]
    own = {str(tmp_path), "study", "workbench", "nosuch", "people", "report", "transcribe"}
    own |= {"list", "add", "set", "remove"}
    english = [
        line
        for ran in said
        for line in (*ran.out.splitlines(), *ran.err.splitlines())
        if english_in(line, own)
    ]
    assert "\n".join(english) == ""
