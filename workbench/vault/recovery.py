"""The key of a recovery sheet: made by the program, written on paper, typed when all else is lost.

It has 160 random bits, so it needs no stretching. Letters and digits that look alike on paper are
read as one, and the last group shows at once whether something was mistyped.
"""

from __future__ import annotations

import hashlib
import re
import secrets

_BYTES = 20
_CHECK = 4  # signs of the last group
_GROUP = 4
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O and U
_ALIKE = str.maketrans("ILO", "110")


def new() -> bytes:
    """Return the secret of a new sheet."""
    return secrets.token_bytes(_BYTES)


def printed(secret: bytes) -> str:
    """Return a secret as it stands on the sheet."""
    signs = _signs(secret) + _check(secret)
    return "-".join(signs[at : at + _GROUP] for at in range(0, len(signs), _GROUP))


def typed(said: str) -> bytes | None:
    """Read what somebody typed from a sheet; `None` when it is no key of one."""
    signs = re.sub(r"[\s\-–—.]", "", said.upper()).translate(_ALIKE)
    if len(signs) != _BYTES * 8 // 5 + _CHECK or not set(signs) <= set(_SIGNS):
        return None
    number = 0
    for sign in signs[:-_CHECK]:
        number = number * 32 + _SIGNS.index(sign)
    secret = number.to_bytes(_BYTES, "big")
    return secret if _check(secret) == signs[-_CHECK:] else None


def _signs(data: bytes) -> str:
    number, found = int.from_bytes(data, "big"), ""
    for _ in range(len(data) * 8 // 5):
        number, rest = divmod(number, 32)
        found = _SIGNS[rest] + found
    return found


def _check(secret: bytes) -> str:
    return _signs(hashlib.sha256(b"sheet" + secret).digest()[:5])[:_CHECK]
