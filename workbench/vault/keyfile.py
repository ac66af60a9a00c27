"""The key files of a locked study: its key, wrapped by the passphrase and by the recovery sheet.

It may be wrapped once more for every computer whose keyring opens the study: by a random secret
that is in the keyring alone. So the keyring knows nothing of the passphrase, what it knows opens
nothing without the key file, and a computer has no access any more when its wrapping is taken out.

There are two copies, so that one damaged copy loses nothing. Each says by a checksum whether it is
whole; of two that differ, as when a change of the passphrase was interrupted, both are tried, and
the newer one wins when the study is opened.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import unicodedata
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench import rights, underway
from workbench.vault import recovery
from workbench.vault.keys import SIZE, StudyKey, ciphers, derived, new_key, stretched
from workbench.vault.refusals import key_lost, wrong
from workbench.words import t

NAMES = ("key.json", "key-copy.json")
_KIND = "workbench-key"
_VERSION = 1
COST = 1 << 17
"""How much guessing a passphrase costs: with the two below, 128 MB and some tenths of a second."""
_BLOCKS, _LANES = 8, 1
_MOST_COST, _MOST_BLOCKS, _MOST_LANES = 1 << 20, 16, 4  # a file from somewhere else may ask for all
_SALT, _NONCE = 16, 12
_MOST_COMPUTERS = 50
_KEYRING = b"workbench keyring"
_WRAPPED = ("id", "nonce", "key")


@dataclass(frozen=True, slots=True)
class Made:
    """What locking made.

    Attributes:
        key: the study's key.
        content: of the key files.
        sheet: the key of the recovery sheet, as it is printed.
    """

    key: StudyKey
    content: bytes
    sheet: str


def is_there(folder: Path) -> bool:
    """Tell whether a folder has a key file, whole or not."""
    return any((folder / name).exists() for name in NAMES)


def is_readable(folder: Path) -> bool:
    """Tell whether one of the key files of a folder is whole."""
    return bool(_read(folder))


def make(passphrase: str) -> Made:
    """Make a new key, wrapped by a passphrase and by a recovery sheet."""
    key, sheet = new_key(), recovery.new()
    parts = {"passphrase": _by_passphrase(key, passphrase), "sheet": _by_sheet(key, sheet)}
    content = _packed({"revision": 1} | parts)
    return Made(key, content, recovery.printed(sheet))


def unlock(folder: Path, said: str) -> StudyKey:
    """Return the key of a study.

    Args:
        folder: the study's folder.
        said: its passphrase, or the key of its recovery sheet.

    Raises:
        WrongPassphrase: it is neither.
        KeyLost: no key file can be read.
    """
    found = _read(folder)
    if not found:
        raise key_lost(folder)
    sheet = recovery.typed(said)
    for body in found:
        key = _opened(body["passphrase"], _stretched(said, body["passphrase"]))
        if key is None and sheet is not None:
            key = _opened(body["sheet"], derived(sheet, b"workbench sheet"))
        if key is not None:
            return key
    raise wrong(folder)


def computers(folder: Path) -> tuple[str, ...]:
    """Return the ids of the entries in keyrings that open a study, each of one computer."""
    return tuple(one["id"] for body in _read(folder)[:1] for one in _computers(body))


def unlock_by(folder: Path, computer: str, secret: bytes) -> StudyKey | None:
    """Return the key of a study by what a keyring holds; `None` where that opens nothing."""
    for body in _read(folder)[:1]:
        for one in _computers(body):
            if one["id"] == computer:
                return _opened(one, derived(secret, _KEYRING))
    return None


def add_computer(
    folder: Path, key: StudyKey, computer: str, secret: bytes, *, instead: Collection[str] = ()
) -> None:
    """Wrap the key of a study for the keyring of a computer.

    Args:
        folder: the study's folder.
        key: its key.
        computer: id of the entry in the keyring.
        secret: what the keyring holds.
        instead: earlier entries of this computer.

    Raises:
        OSError: the folder cannot be written.
    """
    [body, *_] = _read(folder)
    wrapped = {"id": computer} | _wrapped(key, derived(secret, _KEYRING))
    others = [one for one in _computers(body) if one["id"] not in instead]
    _write_anew(folder, body, computers=[*others, wrapped][-_MOST_COMPUTERS:])


def drop_computers(folder: Path, ids: Collection[str]) -> None:
    """Let what some keyrings hold open a study no longer.

    Raises:
        OSError: the folder cannot be written.
    """
    for body in _read(folder)[:1]:
        left = [one for one in _computers(body) if one["id"] not in ids]
        if left != _computers(body):
            _write_anew(folder, body, computers=left)


def mend(folder: Path) -> None:
    """Let both copies be the newest one that is whole; where that cannot be written, later."""
    found = _read(folder)
    if not found:
        return
    content = _packed(found[0])
    for name in NAMES:
        path = folder / name
        with suppress(OSError):
            if not path.exists() or path.read_bytes() != content:
                write(path, content)


def change(
    folder: Path,
    key: StudyKey,
    *,
    passphrase: str | None,
    sheet: bool,
    keep: Collection[str] = (),
) -> str:
    """Wrap the key of a study anew.

    Args:
        folder: the study's folder.
        key: its key.
        passphrase: the new one; `None` leaves it as it is.
        sheet: make a new recovery sheet; the old one opens nothing any more.
        keep: with a new passphrase, the entries in keyrings that go on opening the study: the
            others' computers shall ask for it.

    Returns:
        the key of the new sheet, as it is printed; "" without one.

    Raises:
        OSError: the folder cannot be written; then the old passphrase holds.
    """
    [body, *_] = _read(folder)
    new = recovery.new() if sheet else None
    parts: dict[str, Any] = {}
    if passphrase is not None:
        parts["passphrase"] = _by_passphrase(key, passphrase)
        parts["computers"] = [one for one in _computers(body) if one["id"] in keep]
    if new is not None:
        parts["sheet"] = _by_sheet(key, new)
    _write_anew(folder, body, **parts)
    return "" if new is None else recovery.printed(new)


def write(path: Path, content: bytes) -> None:
    """Write a key file: all of it or nothing, and on the disk."""
    with underway.renewed(path) as draft:
        rights.claim(draft, new=True)
        with draft.open("r+b") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def _read(folder: Path) -> list[dict[str, Any]]:
    """Return what the whole key files of a folder hold, the newest first, without repeating."""
    found: dict[str, dict[str, Any]] = {}
    for name in NAMES:
        with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
            body = json.loads((folder / name).read_bytes())
            if body["kind"] == _KIND and body["version"] == _VERSION and _fits(body):
                found.setdefault(body["sum"], body)
    return sorted(found.values(), key=lambda body: -body["revision"])


def _fits(body: dict[str, Any]) -> bool:
    """Tell whether a key file is as it was written, and asks for no more than a machine has."""
    by = body["passphrase"]
    cost = (by["n"], by["r"], by["p"])
    bounds = (_MOST_COST, _MOST_BLOCKS, _MOST_LANES)
    in_bounds = all(
        isinstance(asked, int) and 0 < asked <= most
        for asked, most in zip(cost, bounds, strict=True)
    )
    whole = body["sum"] == _sum({name: body[name] for name in body if name != "sum"})
    return in_bounds and whole and isinstance(body["revision"], int)


def _computers(body: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the wrappings for keyrings in a key file; what cannot be one is none."""
    listed = body.get("computers")
    found = listed if isinstance(listed, list) else []
    return [
        one
        for one in found[-_MOST_COMPUTERS:]
        if isinstance(one, dict) and all(isinstance(one.get(part), str) for part in _WRAPPED)
    ]


def _write_anew(folder: Path, body: dict[str, Any], **parts: Any) -> None:
    content = _packed(body | parts | {"revision": body["revision"] + 1})
    for name in NAMES:
        write(folder / name, content)


def _packed(parts: dict[str, Any]) -> bytes:
    body = {
        "kind": _KIND,
        "version": _VERSION,
        "about": t("Without this file and its copy nobody can open the study. Keep both."),
        "revision": parts["revision"],
        "passphrase": parts["passphrase"],
        "sheet": parts["sheet"],
    }
    if computers := _computers(parts):
        body["computers"] = computers
    return json.dumps(body | {"sum": _sum(body)}, indent=1).encode() + b"\n"


def _sum(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _by_passphrase(key: StudyKey, passphrase: str) -> dict[str, Any]:
    how = {"salt": secrets.token_hex(_SALT), "n": COST, "r": _BLOCKS, "p": _LANES}
    return how | _wrapped(key, _stretched(passphrase, how))


def _by_sheet(key: StudyKey, sheet: bytes) -> dict[str, Any]:
    return _wrapped(key, derived(sheet, b"workbench sheet"))


def _stretched(passphrase: str, how: dict[str, Any]) -> bytes:
    # The same letters can be typed in two ways, one letter or a letter and its accent.
    typed = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return stretched(typed, bytes.fromhex(how["salt"]), how["n"], how["r"], how["p"])


def _wrapped(key: StudyKey, by: bytes) -> dict[str, Any]:
    nonce = secrets.token_bytes(_NONCE)
    sealed = ciphers().AESGCM(by).encrypt(nonce, key.secret, _KIND.encode())
    return {"nonce": nonce.hex(), "key": sealed.hex()}


def _opened(wrapped: dict[str, Any], by: bytes) -> StudyKey | None:
    try:
        nonce, sealed = bytes.fromhex(wrapped["nonce"]), bytes.fromhex(wrapped["key"])
        secret = ciphers().AESGCM(by).decrypt(nonce, sealed, _KIND.encode())
    except (ciphers().InvalidTag, ValueError):
        return None
    return StudyKey(secret) if len(secret) == SIZE else None


def forget(folder: Path, names: Iterable[str] = NAMES) -> None:
    """Delete the key files of a study that is locked no more."""
    for name in names:
        (folder / name).unlink(missing_ok=True)
