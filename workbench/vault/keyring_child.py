"""A child process that asks the keyring of the system; the only module that knows its library.

A keyring may put up a question of the desktop's and wait for its answer for as long as it likes,
and brings an event loop of its own on some systems. In a child it can be given up at any moment,
and nothing of it is in the window.

The library is not left to choose: of itself it takes whatever some package has registered, which
may write secrets into a plain file, keep nothing at all, or ask a server. Here it is one that is
part of the system, or none.
"""

from __future__ import annotations

import configparser
import importlib
import json
import os
import sys
from collections.abc import Iterable
from contextlib import closing, suppress
from enum import StrEnum, auto
from io import FileIO
from typing import Any, BinaryIO

FLAG = "--keyring"
SERVICE = "Workbench, locked study"
"""What the keyring's own program shows beside the entries; no study is named there."""
BACKENDS = {
    "darwin": ("keyring.backends.macOS.Keyring",),
    "win32": ("keyring.backends.Windows.WinVaultKeyring",),
}.get(
    sys.platform, ("keyring.backends.SecretService.Keyring", "keyring.backends.kwallet.DBusKeyring")
)
"""Those of the system: by the name of a class, which the library also uses in its settings."""


class Why(StrEnum):
    """Why a keyring does not do what it is asked for."""

    MISSING = auto()  # the library is not installed
    NONE = auto()  # there is no keyring of the system
    OTHER = auto()  # the library is told to use another, or none
    LOCKED = auto()  # it is locked, and nobody unlocked it
    FAILED = auto()


class _No(Exception):
    def __init__(self, why: Why, what: str = "") -> None:
        super().__init__(what)
        self.why, self.what = why, what


def main(stdin: Iterable[bytes] | None = None, stdout: BinaryIO | None = None) -> None:
    """Answer until there are no more questions."""
    sys.argv[:] = ["Workbench"]  # some keyrings show who asks
    out = stdout or os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    for line in stdin or FileIO(0, closefd=False):  # a program without a console has no other
        out.write(json.dumps(answer(json.loads(line))).encode("ascii") + b"\n")
        out.flush()


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """Do what is asked for.

    Args:
        question: `do` is "look", "find", "keep" or "delete"; `ids` are those of the entries;
            `secret` is kept; `may_ask` lets the system put up a question.
    """
    try:
        return _done(_backend(), question)
    except _No as no:
        return {"why": no.why, "what": no.what}
    except Exception as error:  # noqa: BLE001  each system fails with errors of its own
        why = Why.LOCKED if type(error).__name__ in _LOCKED else Why.FAILED
        return {"why": why, "what": type(error).__name__}


_LOCKED = ("KeyringLocked", "LockedException", "PromptDismissedException", "KeychainDenied")


def _done(backend: Any, question: dict[str, Any]) -> dict[str, Any]:
    if not question.get("may_ask"):
        _require_ready(backend)
    do, found = question["do"], {}
    for one in question.get("ids", ()):
        if do == "keep":
            backend.set_password(SERVICE, one, question["secret"])
        secret = backend.get_password(SERVICE, one)
        if do == "keep" and secret != question["secret"]:
            raise _No(Why.FAILED, "what was kept is not there")
        if secret is not None and do == "find":
            found[one] = secret
        if secret is not None and do == "delete":
            backend.delete_password(SERVICE, one)
    return {"found": found}


def _backend() -> Any:
    """Return the keyring of the system.

    Raises:
        _No: there is none.
    """
    try:
        import keyring.backend  # noqa: F401  without the choice that `keyring` itself makes
    except ImportError as problem:
        raise _No(Why.MISSING, problem.name or "") from problem
    chosen = _chosen()
    if chosen and chosen not in BACKENDS:
        raise _No(Why.OTHER, chosen)
    there = []
    for name in [chosen] if chosen else BACKENDS:
        module, _, kind = name.rpartition(".")
        with suppress(Exception):  # it says so where it cannot work here, each in its own way
            one = getattr(importlib.import_module(module), kind)
            there.append((one.priority, one))
    if not there:
        raise _No(Why.NONE)
    backend = max(there, key=lambda one: one[0])[1]()
    if hasattr(backend, "persist"):  # Windows would carry it to other computers of the person
        backend.persist = "local machine"
    return backend


def _chosen() -> str:
    """Return which keyring somebody has told the library to use; "" = nobody has."""
    if named := os.environ.get("PYTHON_KEYRING_BACKEND", ""):
        return named.strip()
    from keyring.util import platform_

    settings = configparser.RawConfigParser()
    with suppress(OSError, ValueError, configparser.Error):
        settings.read(platform_.config_root() / "keyringrc.cfg", encoding="utf-8")
    return settings.get("backend", "default-keyring", fallback="").strip()


def _require_ready(backend: Any) -> None:
    """Make sure that the keyring answers without asking first, as far as that can be told.

    Raises:
        _No: it would ask.
    """
    if not type(backend).__module__.endswith("SecretService"):
        return
    service = sys.modules[type(backend).__module__].secretstorage
    with closing(service.dbus_init()) as bus:
        try:
            locked = service.get_collection_by_alias(bus, "default").is_locked()
        except service.ItemNotFoundException as problem:
            raise _No(Why.NONE) from problem  # it would have to be made, with a password of its own
    if locked:
        raise _No(Why.LOCKED)
