"""The key of a locked study, and the keys that are made of it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType
from typing import Any

from workbench.vault.refusals import not_installed

SIZE = 32  # bytes: AES with 256 bits
_SALT = 16  # bytes, as SQLCipher wants it


@dataclass(frozen=True, slots=True)
class FileKey:
    """Opens the files of a study, but not its database: what child processes are given."""

    secret: bytes = field(repr=False)

    def of(self, file_id: bytes) -> Any:
        """Return what seals and opens the blocks of one file."""
        return ciphers().AESGCM(derived(self.secret, b"workbench file", file_id))

    def hex(self) -> str:
        """Return the key as it goes through a pipe."""
        return self.secret.hex()


@dataclass(frozen=True, slots=True)
class StudyKey:
    """Opens all of a study."""

    secret: bytes = field(repr=False)

    @property
    def database(self) -> str:
        """Return the raw key of the database with its salt, as SQLCipher takes both."""
        key = derived(self.secret, b"workbench database")
        salt = derived(self.secret, b"workbench database salt")[:_SALT]
        return f"x'{key.hex()}{salt.hex()}'"

    @property
    def files(self) -> FileKey:
        """Return the key of the files."""
        return FileKey(derived(self.secret, b"workbench files"))


def new_key() -> StudyKey:
    """Return a key that nobody has."""
    return StudyKey(secrets.token_bytes(SIZE))


def derived(secret: bytes, use: bytes, salt: bytes = b"") -> bytes:
    """Return a key for one use; neither the secret nor another key follows from it."""
    found: bytes = ciphers().hkdf(secret, use, salt)
    return found


def stretched(passphrase: bytes, salt: bytes, n: int, r: int, p: int) -> bytes:
    """Return the key of a passphrase; guessing another takes as much time and memory."""
    found: bytes = ciphers().scrypt(passphrase, salt, n, r, p)
    return found


@cache
def ciphers() -> ModuleType:
    """Load the library, which is there with the extra `private` alone.

    Raises:
        EnvironmentProblem: it is not installed.
    """
    try:
        from workbench.vault import primitives
    except ImportError as problem:
        raise not_installed(problem) from problem
    return primitives
