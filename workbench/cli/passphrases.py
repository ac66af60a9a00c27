"""Lock, unlock, another passphrase: the commands; how they are given is in `secrets.py`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from workbench.cli import output, secrets
from workbench.errors import UserError
from workbench.services.keeping import opening
from workbench.services.locking import locking, remembering
from workbench.words import t


def add_lock_to(parser: ArgumentParser) -> None:
    """Add the options of `lock`."""
    parser.add_argument(
        "--keyring", action="store_true",
        help="have the keyring of this computer open the study, so that nobody is asked here",
    )  # fmt: skip
    _add_sheet(parser)


def add_passphrase_to(parser: ArgumentParser) -> None:
    """Add the options of `passphrase`."""
    parser.add_argument(
        "--new-passphrase-file", type=Path, metavar="FILE", help="the new passphrase, in a file"
    )
    only = parser.add_mutually_exclusive_group()
    only.add_argument(
        "--only-sheet", action="store_true", help="leave the passphrase, and make a new sheet"
    )
    only.add_argument(
        "--keyring", action="store_true",
        help="leave the passphrase, and have the keyring of this computer open the study",
    )  # fmt: skip
    only.add_argument(
        "--forget", dest="needs_key", action="store_false",
        help="leave the passphrase, and have this computer ask for it again",
    )  # fmt: skip
    _add_sheet(parser)


def lock(asked: Namespace) -> None:
    """Lock a study with a passphrase."""
    folder = opening.require_folder(asked.path)
    locking.require_installed()
    _may_write(asked)
    if asked.keyring:
        remembering.require_keyring(secrets.never)
    output.progress(locking.WARNING)
    passphrase = secrets.given(asked.passphrase_file) or _asked_twice(folder)
    done, sheet = locking.lock(folder, passphrase, _teller())
    for name in done.others:
        output.progress("“{name}” is not the study’s and stays readable.", name=name)
    _tell(asked, folder, {"locked": folder, "files": done.files, "others": done.others}, sheet)
    if asked.keyring:  # only now: whatever the keyring does, the key of the sheet was shown
        locking.open_with(folder, passphrase)
        try:
            _remember(folder)
        finally:
            locking.let_go(folder)


def unlock(asked: Namespace) -> None:
    """Make a locked study readable by everybody again; of others, take a computer's lock away."""
    folder = opening.require_folder(asked.path)
    if not locking.is_locked(folder):
        opening.unlock(folder)
        output.answer(asked, {"unlocked": asked.path}, "The study can be opened here.")
        return
    done = locking.unlock(folder, _teller())
    told = {"unlocked": folder, "files": done.files}
    output.answer(asked, told, "The study is no longer locked; everybody can read it.")


def release(asked: Namespace) -> None:
    """Take away the lock that another computer left in a study."""
    opening.unlock(opening.require_folder(asked.path))
    output.answer(asked, {"released": asked.path}, "The study can be opened here.")


def change(asked: Namespace) -> None:
    """Give a locked study another passphrase, a new recovery sheet, or a place in the keyring."""
    folder = opening.require_folder(asked.path)
    if not asked.needs_key:
        _forget(asked, folder)
        return
    if asked.keyring:
        _remember(folder)
        output.answer(asked, {"remembered": folder}, "The study asks for no passphrase here.")
        return
    _may_write(asked)
    new = None
    if not asked.only_sheet:
        given = asked.new_passphrase_file
        new = secrets.read(given) if given else _asked_twice(folder)
    sheet = locking.change(
        folder, passphrase=new, sheet=asked.only_sheet or asked.sheet is not None
    )
    _tell(asked, folder, {"changed": folder}, sheet)


def _remember(folder: Path) -> None:
    remembering.require_keyring(secrets.never)
    remembering.remember(folder, secrets.never)


def _forget(asked: Namespace, folder: Path) -> None:
    done = remembering.forget(folder, secrets.never)
    told = {"forgotten": folder, "deleted": done}
    output.answer(
        asked,
        told,
        "The study asks for its passphrase on this computer."
        if done
        else "The study asks for its passphrase on this computer. The keyring has kept its entry,"
        " which opens nothing any more.",
    )


def _tell(asked: Namespace, folder: Path, told: dict[str, object], sheet: str) -> None:
    words = [
        t("The study is locked." if "locked" in told else "The study’s key files are changed.")
    ]
    if sheet and asked.sheet is not None:
        told["sheet"] = locking.write_sheet(asked.sheet, folder.stem, sheet, replace=asked.force)
        words.append(
            t("The recovery sheet is {file}: print it and delete the file.", file=told["sheet"])
        )
    elif sheet:
        told["recovery"] = sheet
        words.append(t("Write down the recovery key, it is shown this once:\n{key}", key=sheet))
    output.rows(asked, told, [" ".join(words)])


def _may_write(asked: Namespace) -> None:
    if asked.sheet is not None:
        locking.may_write_sheet(asked.sheet, replace=asked.force)


def _add_sheet(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--sheet", type=Path, metavar="FILE",
        help="write the recovery sheet there, .docx or .txt; without it, the key is printed",
    )  # fmt: skip
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


def _asked_twice(folder: Path) -> str:
    """Ask for a new passphrase on the terminal.

    Raises:
        UserError: there is nobody to ask, or the two are not the same.
    """
    locking.require_terminal(folder, there=sys.stdin.isatty())
    said = secrets.ask(t("New passphrase for “{study}”: ", study=folder.stem))
    locking.require_good(said)
    if said != secrets.ask(t("Once more: ")):
        raise UserError(
            "passphrase-twice", "The two are not the same.", "Nothing was changed; try again."
        )
    return said


def _teller() -> locking.OnShare:
    """Return what prints a line at every quarter."""
    told = 0

    def tell(share: float) -> bool:
        nonlocal told
        if int(4 * share) > told:
            told = int(4 * share)
            output.progress("{n} %", n=25 * told)
        return False

    return tell


__all__ = ["add_lock_to", "add_passphrase_to", "change", "lock", "release", "unlock"]
