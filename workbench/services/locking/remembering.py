"""Locked studies that a computer remembers: its keyring opens them, and nobody has to type.

The keyring holds a random secret of its own for each study, never the passphrase; the secret opens
a wrapping in the study's key file, and is worth nothing without that. Whatever the keyring does not
do (it is locked, an entry is gone or of another time), the study asks for its passphrase as ever.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from workbench import paths
from workbench.storage import database
from workbench.storage.refusals import Stopped
from workbench.vault import keyfile, remembered, ring, state, system_keyring
from workbench.vault.keys import SIZE
from workbench.vault.system_keyring import Cancelled, KeyringRefused

_ID = 8  # bytes
_unwritten: set[str] = set()
"""Entries of studies that were locked here, where the list of entries could not be written."""


def require_keyring(cancelled: Cancelled) -> None:
    """Make sure that the system has a keyring which could remember a study.

    Raises:
        KeyringRefused: why there is none.
        Stopped: `cancelled` said so.
    """
    with _stopping(cancelled):
        system_keyring.look(cancelled)


def is_remembered(folder: Path) -> bool:
    """Tell whether this computer remembers a locked study; the keyring is not asked."""
    return bool(_here(folder))


def may_open(folder: Path) -> bool:
    """Tell whether the keyring is to be asked before a passphrase is.

    Not where somebody locked the study, or nobody was there: whoever sits here now shall say it.
    """
    known = remembered.ids()
    return any(not known[one] and one not in _unwritten for one in _here(folder))


def open_study(folder: Path, cancelled: Cancelled, *, may_ask: bool) -> bool:
    """Open a study for this process with what the keyring holds, if it does.

    Args:
        folder: its folder.
        cancelled: gives up at a yes.
        may_ask: the system may put up a question of its own, as for the keyring's password.

    Returns:
        whether it is open; if not, its passphrase is to be asked for.
    """
    here = _here(folder)
    try:
        found = system_keyring.find(here, cancelled, may_ask=may_ask)
    except KeyringRefused:
        return False
    for one, secret in found.items():
        key = keyfile.unlock_by(folder, one, secret)
        if key is not None:
            ring.hold(folder, key)
            keyfile.mend(folder)
            return True
    with suppress(OSError):
        remembered.drop(here)  # it answered, and nothing fits: it is not asked again
    return False


def remember(folder: Path, cancelled: Cancelled) -> None:
    """Let the keyring of this computer open a study, which is open to this process.

    Raises:
        PassphraseWanted: it is not.
        UserError: it is not locked.
        KeyringRefused: the keyring does not keep it.
        EnvironmentProblem: a folder cannot be written.
        Stopped: `cancelled` said so.
    """
    key = state.held_key(folder)
    before, one, secret = _here(folder), secrets.token_hex(_ID), secrets.token_bytes(SIZE)
    place = paths.config_dir()
    try:
        remembered.put(one)
        place = folder
        with _stopping(cancelled):
            system_keyring.keep(one, secret, cancelled)
        keyfile.add_computer(folder, key, one, secret, instead=before)
    except BaseException as problem:
        _take_out((one,))
        if isinstance(problem, OSError):
            raise database.cannot_write(place, problem) from problem
        raise
    _take_out(before)


def forget(folder: Path, cancelled: Cancelled) -> bool:
    """Let a study ask for its passphrase on this computer again; its key is not needed.

    Returns:
        whether the keyring let go of its entry; if not, that opens nothing any more.

    Raises:
        EnvironmentProblem: neither the keyring nor the key file could be changed.
    """
    here = _here(folder)
    if not here:
        return True
    done = _take_out(here, cancelled, may_ask=True)
    try:
        keyfile.drop_computers(folder, here)
    except OSError as problem:
        if not done:
            raise database.cannot_write(folder, problem) from problem
    return done


def ask_first(folder: Path) -> None:
    """Ask for the passphrase of a study before the keyring is asked: somebody has locked it."""
    _mark(folder, first=True)


def was_said(folder: Path) -> None:
    """Let the keyring open a study again, since somebody has said its passphrase."""
    _mark(folder, first=False)


def entries(folder: Path) -> tuple[str, ...]:
    """Return the ids of what this computer's keyring holds for a study."""
    return _here(folder)


def gone(ids: tuple[str, ...]) -> None:
    """Take what opens nothing any more out of the keyring, as far as it lets go of it."""
    _take_out(ids)


def _here(folder: Path) -> tuple[str, ...]:
    known = remembered.ids()
    return tuple(one for one in keyfile.computers(folder) if one in known) if known else ()


def _mark(folder: Path, *, first: bool) -> None:
    known = remembered.ids()
    for one in _here(folder):
        _unwritten.discard(one)
        if known[one] is not first:
            try:
                remembered.put(one, first=first)
            except OSError:  # what was locked stays so, at least until the program ends
                _unwritten.update([one] if first else [])


def _take_out(
    ids: tuple[str, ...], cancelled: Cancelled = lambda: False, *, may_ask: bool = False
) -> bool:
    """Forget entries, and have the keyring do so; tell whether it did."""
    done = True
    if ids:
        try:
            system_keyring.delete(ids, cancelled, may_ask=may_ask)
        except KeyringRefused:
            done = False
    with suppress(OSError):
        remembered.drop(ids)
    return done


@contextmanager
def _stopping(cancelled: Cancelled) -> Iterator[None]:
    """Tell a keyring that was given up from one that refused."""
    try:
        yield
    except KeyringRefused as problem:
        if cancelled():
            raise Stopped from problem
        raise


__all__ = [
    "KeyringRefused",
    "ask_first",
    "entries",
    "forget",
    "gone",
    "is_remembered",
    "may_open",
    "open_study",
    "remember",
    "require_keyring",
    "was_said",
]
