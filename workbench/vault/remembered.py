"""Which entries the keyring of this computer has for locked studies: a list without secrets.

Whether a study is remembered here is looked up without asking the keyring, which takes its time and
may put up a question. The list says, too, of which study somebody wants the passphrase first: one
that was locked by “Lock now”, or because nobody was there, asks for it also after the program was
started again. It is beside the settings, and in no study.
"""

from __future__ import annotations

import json
from collections.abc import Collection

from workbench import paths, rights
from workbench.vault import keyfile

_NAME = "remembered.json"


def ids() -> dict[str, bool]:
    """Return the ids of the entries, and whether the passphrase is to be said first."""
    try:
        found = json.loads((paths.config_dir() / _NAME).read_bytes())
        return {str(one): bool(first) for one, first in found.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def put(one: str, *, first: bool = False) -> None:
    """Keep that there is an entry.

    Raises:
        OSError: it cannot be written.
    """
    _write(ids() | {one: first})


def drop(gone: Collection[str]) -> None:
    """Keep that entries are there no more.

    Raises:
        OSError: it cannot be written.
    """
    known = ids()
    left = {one: first for one, first in known.items() if one not in gone}
    if left != known:
        _write(left)


def _write(entries: dict[str, bool]) -> None:
    file = paths.config_dir() / _NAME
    rights.own_folder(file.parent)
    keyfile.write(file, json.dumps(entries, indent=1).encode() + b"\n")
