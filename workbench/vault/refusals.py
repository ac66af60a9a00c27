"""What is said where a study is locked, or where what is locked cannot be read."""

from __future__ import annotations

import errno
from pathlib import Path

from workbench.errors import EnvironmentProblem, UserError, Way
from workbench.words import Phrase, t


class PassphraseWanted(UserError):
    """The study is locked, and nobody has said its passphrase yet."""


class WrongPassphrase(UserError):
    """The passphrase opens nothing."""


class KeyLost(UserError):
    """The study is locked, and its key files are gone: it can be opened by nobody."""

    ways: tuple[Way, ...] = (Way.CHOOSE, Way.AGAIN)


class Spoilt(OSError):
    """A locked file is not as it was written: damaged, cut short, exchanged, or of another key."""

    def __init__(self, path: str, what: Phrase, **values: object) -> None:
        super().__init__(errno.EIO, t("it is locked, and {what}", what=t(what, **values)), path)


def wanted(folder: Path) -> PassphraseWanted:
    """Return what is said of a locked study that nobody has opened."""
    return PassphraseWanted(
        "study-passphrase",
        "The study “{study}” is locked with a passphrase.",
        "Type its passphrase, or the key of its recovery sheet. On the command line it is asked"
        " for, or read from “--passphrase-file FILE” or WORKBENCH_PASSPHRASE.",
        study=folder.stem,
    )


def wrong(folder: Path) -> WrongPassphrase:
    """Return what is said of a passphrase that does not open a study."""
    return WrongPassphrase(
        "passphrase-wrong",
        "This passphrase does not open “{study}”.",
        "Check capitals and the keyboard’s language, or type the key of the recovery sheet.",
        study=folder.stem,
    )


def not_locked(folder: Path) -> UserError:
    """Return what is said of a study without a passphrase, where it should have one."""
    return UserError(
        "study-not-locked",
        "The study “{study}” is not locked with a passphrase.",
        "“Lock study…” in the menu File, or “workbench lock STUDY”, locks it.",
        study=folder.stem,
    )


def key_lost(folder: Path) -> KeyLost:
    """Return what is said of a locked study without its key files."""
    return KeyLost(
        "key-lost",
        "The study “{study}” is locked, and neither “key.json” nor “key-copy.json” in its"
        " folder can be read. The study itself is not damaged, but without one of the two no"
        " passphrase opens it.",
        "Bring one of them back from a copy of the folder, then open the study again.",
        study=folder.stem,
    )


def not_installed(problem: ImportError) -> EnvironmentProblem:
    """Return what is said where the libraries of locked studies are missing."""
    return EnvironmentProblem(
        "private-missing",
        "The parts that open locked studies are not installed ({reason}).",
        'Install Workbench with its “private” extra: pip install "fieldwork-workbench[private]".',
        reason=problem,
    )
