"""Passphrases on the command line: asked for on the terminal, or given by scripts.

A study that this computer remembers asks for none: the keyring of the system opens it.
A script gives one in a file or in a variable of the environment. The variable is taken away at
once, so that no child process has it.
"""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getpass
from pathlib import Path

from workbench.cli import output
from workbench.errors import UserError
from workbench.words import t

VARIABLE = "WORKBENCH_PASSPHRASE"
_MOST = 4_096  # bytes of a file that holds one
_TRIES = 3
_taken: list[str] = []


def take() -> None:
    """Take the passphrase out of the environment, where children would find it."""
    _taken[:] = [os.environ.pop(VARIABLE)] if VARIABLE in os.environ else []


@contextmanager
def opened(asked: Namespace) -> Iterator[None]:
    """Have the study of a command open, if it is locked.

    Raises:
        UserError: the passphrase is wrong, or there is nobody to ask.
        EnvironmentProblem: the libraries of locked studies are not installed.
    """
    path = getattr(asked, "path", None)
    if not isinstance(path, Path) or not getattr(asked, "needs_key", True):
        yield
        return
    from workbench.services.keeping import opening
    from workbench.vault import keyfile

    folder = opening.folder_of(path)
    if not keyfile.is_there(folder):
        yield
        return
    from workbench.services.locking import locking

    if locking.is_wanted(folder):
        _open(folder, asked.passphrase_file)
    try:
        yield
    finally:
        locking.let_go(folder)


def given(file: Path | None) -> str | None:
    """Return what a script gives, by a file or by the variable."""
    if file is not None:
        return read(file)
    return _taken[0] if _taken else None


def read(file: Path) -> str:
    """Return the first line of a file.

    Raises:
        UserError: it cannot be read, or is empty.
    """
    try:
        with file.open("rb") as opened:
            said = opened.read(_MOST).decode("utf-8-sig").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as problem:
        raise UserError(
            "passphrase-file",
            "The passphrase cannot be read from “{file}” ({reason}).",
            "Put it into the first line of a text file in UTF-8.",
            file=file,
            reason=problem,
        ) from problem
    if not said:
        raise UserError("passphrase-file", "The first line of “{file}” is empty.", file=file)
    return said


def ask(about: str) -> str:
    """Ask on the terminal, where nothing of the answer is seen."""
    return getpass(about)


def never() -> bool:
    """Go on: on the command line, Ctrl+C gives up."""
    return False


def _open(folder: Path, file: Path | None) -> None:
    from workbench.services.locking import locking, remembering

    locking.require_installed()
    said = given(file)
    if said is not None:
        locking.open_with(folder, said)
        return
    # A locked keyring is left alone: the question it puts up may be on another screen.
    if remembering.may_open(folder) and remembering.open_study(folder, never, may_ask=False):
        return
    locking.require_terminal(folder, there=sys.stdin.isatty())
    for tries in reversed(range(_TRIES)):
        try:
            locking.open_with(folder, ask(t("Passphrase of “{study}”: ", study=folder.stem)))
        except locking.WrongPassphrase as problem:
            if not tries:
                raise
            output.refused(problem)
        else:
            return
