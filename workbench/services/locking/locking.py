"""Locked studies: opened with a passphrase, locked, unlocked for good, given another passphrase.

Whoever holds a study open asks nothing more: what it reads and writes is unlocked and locked on the
way (`workbench/vault`). The key is in the memory of this process until `let_go`.
"""

from __future__ import annotations

from pathlib import Path

from workbench.errors import UserError
from workbench.services.locking import remembering
from workbench.storage import conversion, database, driver
from workbench.storage.conversion import Converted, OnShare
from workbench.storage.refusals import Stopped
from workbench.vault import keyfile, keys, ring, state
from workbench.vault.refusals import KeyLost, PassphraseWanted, WrongPassphrase, wanted
from workbench.vault.state import State
from workbench.words import Phrase

LEAST = 8
"""Letters of the shortest passphrase."""
WARNING: Phrase = (
    "Without the passphrase nobody can open the study again, not even with help: keep the recovery"
    " sheet, on paper and away from this computer. If both are lost, the study is lost."
)
ADVICE: Phrase = "Take four or five words that do not belong together."


def is_locked(folder: Path) -> bool:
    """Tell whether a study is locked, whether or not this process has its key."""
    return state.of(folder) is not State.OPEN


def is_wanted(folder: Path) -> bool:
    """Tell whether a passphrase has to be said before a study can be opened here."""
    return ring.study_key(folder) is None and state.of(folder) is State.LOCKED


def has_key(folder: Path) -> bool:
    """Tell whether a study is locked, and open to this process."""
    return ring.study_key(folder) is not None


def open_with(folder: Path, said: str) -> None:
    """Open a locked study for this process.

    Args:
        folder: its folder.
        said: its passphrase, or the key of its recovery sheet.

    Raises:
        WrongPassphrase: it is neither.
        KeyLost: the key files are gone.
        EnvironmentProblem: the libraries of locked studies are not installed.
    """
    require_installed()
    ring.hold(folder, keyfile.unlock(folder, said))
    keyfile.mend(folder)
    remembering.was_said(folder)


def let_go(folder: Path) -> None:
    """Forget the key of a study; it is closed."""
    ring.let_go(folder)


def require_good(passphrase: str) -> None:
    """Refuse a passphrase that anybody could guess.

    Raises:
        UserError: it is too short.
    """
    if len(passphrase.strip()) < LEAST:
        raise UserError(
            "passphrase-short",
            "This passphrase is too short: it needs at least {least} letters.",
            ADVICE,
            least=LEAST,
        )


def require_installed() -> None:
    """Make sure that studies can be locked here.

    Raises:
        EnvironmentProblem: the libraries for that are not installed.
    """
    keys.ciphers()
    driver.require_installed()


def require_terminal(folder: Path, *, there: bool) -> None:
    """Refuse to go on without a passphrase where there is nobody to ask.

    Raises:
        PassphraseWanted: there is no terminal.
    """
    if not there:
        raise wanted(folder)


def may_write_sheet(out: Path, *, replace: bool) -> None:
    """Make sure, before anything is done, that a recovery sheet can be written.

    Raises:
        UserError: a file is there, or the place lies in a study.
    """
    from workbench.exchange import atomic

    atomic.may_leave(out, replace=replace)


def lock(folder: Path, passphrase: str, on_share: OnShare) -> tuple[Converted, str]:
    """Lock a study that is open nowhere.

    Returns:
        what was done, and the key for the recovery sheet, which is kept nowhere.

    Raises:
        UserError: the passphrase is too short, or the study is locked already.
        StudyLocked: a program has it open.
        EnvironmentProblem: the disk is full, or the folder cannot be written.
        Stopped: `on_share` said so; the study is as it was.
    """
    require_good(passphrase)
    require_installed()
    made = keyfile.make(passphrase)
    return conversion.lock(folder, made, on_share), made.sheet


def unlock(folder: Path, on_share: OnShare) -> Converted:
    """Make a study readable by everybody again; `open_with` came before.

    Raises:
        UserError: it is not locked.
        StudyLocked: a program has it open.
        EnvironmentProblem: the disk is full, or the folder cannot be written.
        Stopped: `on_share` said so; the study is as it was.
    """
    entries = remembering.entries(folder)
    done = conversion.unlock(folder, on_share)
    remembering.gone(entries)
    return done


def change(folder: Path, *, passphrase: str | None = None, sheet: bool = False) -> str:
    """Give a study another passphrase, a new recovery sheet, or both; `open_with` came before.

    The study is not written anew, so what was copied before opens with what it was copied with.
    With a new passphrase, other computers that remember the study ask for it; this one goes on.

    Returns:
        the key of the new sheet; "" without one.

    Raises:
        UserError: the passphrase is too short, or the study is not locked.
        EnvironmentProblem: the folder cannot be written; then the old one holds.
    """
    if passphrase is not None:
        require_good(passphrase)
    key = state.held_key(folder)
    try:
        kept = remembering.entries(folder)
        return keyfile.change(folder, key, passphrase=passphrase, sheet=sheet, keep=kept)
    except OSError as problem:
        raise database.cannot_write(folder, problem) from problem


def write_sheet(out: Path, title: str, key: str, *, replace: bool = False) -> Path:
    """Write the page with the recovery key: Word for .docx, else text.

    Raises:
        UserError: a file is there, or the place lies in a study.
        EnvironmentProblem: it cannot be written.
    """
    from workbench.exchange import recovery_sheet

    return recovery_sheet.write(out, title, key, replace=replace)


__all__ = [
    "LEAST",
    "WARNING",
    "Converted",
    "KeyLost",
    "OnShare",
    "PassphraseWanted",
    "Stopped",
    "WrongPassphrase",
    "change",
    "has_key",
    "is_locked",
    "is_wanted",
    "let_go",
    "lock",
    "may_write_sheet",
    "open_with",
    "require_good",
    "require_installed",
    "require_terminal",
    "unlock",
    "write_sheet",
]
