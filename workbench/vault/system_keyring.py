"""The keyring of the system, from outside: what is asked of it, and what is said where it refuses.

What it holds of a study is a random secret, which opens a wrapping in the key file (`keyfile.py`).
It is asked in a child process (`keyring_child.py`) that ends as soon as nobody waits for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from typing import Any

from workbench import children
from workbench.errors import EnvironmentProblem
from workbench.helper import Helper
from workbench.vault.keyring_child import FLAG, SERVICE, Why
from workbench.words import Phrase, said

Cancelled = Callable[[], bool]
_PATIENCE_S = {True: 180.0, False: 20.0}  # somebody may have to type the keyring's own password
_SAID: dict[Why, tuple[Phrase, Phrase]] = {
    Why.MISSING: (
        "The part that asks the keyring of this computer is not installed.",
        'Install Workbench with its “private” extra: pip install "fieldwork-workbench[private]".',
    ),
    Why.NONE: (
        "This computer has no keyring that could remember the study, or it is not running.",
        "On Linux it is that of GNOME or KDE, or KeePassXC.",
    ),
    Why.OTHER: (
        "Python’s keyring is set to “{what}” on this computer, which is none of the system’s.",
        "Only the system’s own may remember a study.",
    ),
    Why.LOCKED: (
        "The keyring of this computer is locked.",
        "Unlock it in the desktop’s program for passwords, then try again.",
    ),
    Why.FAILED: (
        "The keyring of this computer did not do what it was asked for ({what}).",
        "The study opens with its passphrase as ever.",
    ),
}


class KeyringRefused(EnvironmentProblem):
    """The keyring of the system does not do what it is asked for, or there is none."""

    ways = ()

    def __init__(self, why: Why, what: str = "") -> None:
        happened, todo = _SAID[why]
        super().__init__(f"keyring-{why}", happened, todo, what=what or said("no answer"))
        self.why = why


def look(cancelled: Cancelled) -> None:
    """Make sure that there is a keyring which could remember a study; nothing is asked of it.

    Raises:
        KeyringRefused: there is none.
    """
    _ask({"do": "look"}, cancelled)


def find(ids: Collection[str], cancelled: Cancelled, *, may_ask: bool) -> dict[str, bytes]:
    """Return the secrets of those entries that are there.

    Args:
        ids: of the entries.
        cancelled: gives up at a yes.
        may_ask: the system may put up a question of its own, as for the keyring's password.

    Raises:
        KeyringRefused: the keyring did not answer.
    """
    found = _ask({"do": "find", "ids": [*ids], "may_ask": may_ask}, cancelled)
    return {str(one): _bytes(secret) for one, secret in found.items()}


def keep(one: str, secret: bytes, cancelled: Cancelled) -> None:
    """Let the keyring hold a secret.

    Raises:
        KeyringRefused: it does not.
    """
    asked = {"do": "keep", "ids": [one], "secret": secret.hex(), "may_ask": True}
    _ask(asked, cancelled)


def delete(ids: Collection[str], cancelled: Cancelled, *, may_ask: bool) -> None:
    """Take entries out of the keyring, if they are there.

    Raises:
        KeyringRefused: it does not let them go.
    """
    _ask({"do": "delete", "ids": [*ids], "may_ask": may_ask}, cancelled)


def _ask(question: dict[str, Any], cancelled: Cancelled) -> dict[str, Any]:
    answer = _answered(question, cancelled)
    if "why" in answer:
        raise KeyringRefused(Why(answer["why"]), str(answer.get("what", "")))
    found = answer.get("found", {})
    return found if isinstance(found, dict) else {}


def _answered(question: dict[str, Any], cancelled: Cancelled) -> dict[str, Any]:
    with Helper(children.command(FLAG), cancelled) as helper:
        patience = _PATIENCE_S[bool(question.get("may_ask"))]
        answer = helper.ask(json.dumps(question).encode("ascii"), patience)
    try:
        return dict(json.loads(answer or b""))
    except (ValueError, TypeError):
        return {"why": Why.FAILED}


def _bytes(secret: object) -> bytes:
    try:
        return bytes.fromhex(str(secret))
    except ValueError:  # somebody has changed the entry: it opens nothing
        return b""


__all__ = ["SERVICE", "Cancelled", "KeyringRefused", "Why", "delete", "find", "keep", "look"]
