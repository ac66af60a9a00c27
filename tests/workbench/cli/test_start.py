"""What a command loads before it does anything: only what it works with."""

from __future__ import annotations

import subprocess
import sys
from argparse import ArgumentParser

import pytest

from workbench.cli.catalogue import COMMANDS

_HEAVY = (
    "workbench.study",
    "workbench.storage",
    "workbench.speech",
    "sqlite_utils",
    "http",
    "ssl",
    "keyring",
)
_CODE = """
import sys
from workbench.cli import main
try:
    main({arguments})
except SystemExit:
    pass
print("\\n".join(sys.modules))
"""


def loaded(*arguments: str) -> set[str]:
    """Return the names of the modules that a new process has after a command."""
    done = subprocess.run(
        [sys.executable, "-c", _CODE.format(arguments=list(arguments))],
        check=True,
        capture_output=True,
        text=True,
    )
    return set(done.stdout.split())


def test_help_waits_for_nothing_that_a_study_needs() -> None:
    assert not loaded("--help").intersection(_HEAVY)


def test_a_command_loads_no_other_command_and_no_network() -> None:
    found = loaded("people", "--help")
    assert {"workbench.cli.people", "workbench.study"} <= found
    others = {f"workbench.cli.{name}" for name in ("coding", "findings", "importing", "models")}
    assert not found & (others | {"http.client", "ssl", "keyring", "workbench.speech.hub"})
    assert not found & {f"workbench.services.{name}" for name in ("report_chapters", "report_data")}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_declared_when_it_is_asked_for(name: str) -> None:
    about, declare = COMMANDS[name]
    parser = ArgumentParser(prog=name)
    bare = parser.format_usage()
    declare(parser)
    assert about
    assert parser.format_usage() != bare
