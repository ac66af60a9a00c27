"""The only module that knows the library of ciphers; it is loaded when something is locked."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

_SIZE = 32


def hkdf(secret: bytes, use: bytes, salt: bytes) -> bytes:
    """Return a key of 256 bits for one use (RFC 5869)."""
    return HKDF(SHA256(), _SIZE, salt=salt or None, info=use).derive(secret)


def scrypt(passphrase: bytes, salt: bytes, n: int, r: int, p: int) -> bytes:
    """Return a key of 256 bits from a passphrase (RFC 7914)."""
    return Scrypt(salt=salt, length=_SIZE, n=n, r=r, p=p).derive(passphrase)


__all__ = ["AESGCM", "InvalidTag", "hkdf", "scrypt"]
