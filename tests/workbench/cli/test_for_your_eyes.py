"""What a terminal shows is for the researcher; what is written for others passes the door."""

from __future__ import annotations

from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.cli import arguments
from workbench.cli.catalogue import COMMANDS

FOR_OTHERS = {"report --out", "export --out", "codebook --export"}
"""Write files for others, which are looked through and wait."""
CERTIFICATE = {"withdraw --certificate"}
"""Is for the person who withdrew, and passes the door as well (`withdrawal/certificate.py`)."""
OWN = {
    *("demo --out", "backups --copy-to", "key move folder"),  # copies of a study, of its key
    "consent form --out",  # a copy of the form, which is the researcher's own
    *("lock --sheet", "passphrase --sheet"),  # nothing of a study is on it
}
IN = {
    *("codebook --import", "consent set --form", "import files", "check --find"),
    *("key find file", "models add folder", "passphrase --new-passphrase-file"),
}
EVERYWHERE = ("path", "--passphrase-file")


def _paths(parser: ArgumentParser, way: str) -> Iterator[tuple[str, ArgumentParser]]:
    """Yield every place where a command, or one of its verbs, takes the path of a file."""
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            for verb, below in action.choices.items():
                yield from _paths(below, f"{way} {verb}")
        elif action.type is Path:
            yield f"{way} {(action.option_strings or [action.dest])[0]}", parser


def _found() -> dict[str, ArgumentParser]:
    found: dict[str, ArgumentParser] = {}
    for name, (_, declare) in COMMANDS.items():
        parser = ArgumentParser()
        declare(parser)
        found.update(_paths(parser, name))
    return found


def test_every_file_that_a_command_writes_for_others_passes_the_door() -> None:
    found = _found()
    places = {place for place in found if not place.endswith(EVERYWHERE)}
    assert places == FOR_OTHERS | CERTIFICATE | OWN | IN
    waiting = {place for place, parser in found.items() if _may_let_out(parser)}
    assert waiting >= FOR_OTHERS | CERTIFICATE
    assert {place.split()[0] for place in waiting} == {
        place.split()[0] for place in FOR_OTHERS | CERTIFICATE
    }


def _may_let_out(parser: ArgumentParser) -> bool:
    return any("--allow-names" in action.option_strings for action in parser._actions)


def test_the_help_says_for_whom_words_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        arguments.run(["--help"])
    assert "for your eyes: real names are shown" in " ".join(capsys.readouterr().out.split())
