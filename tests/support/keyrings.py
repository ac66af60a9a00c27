"""A keyring for tests, in the memory of this process; nobody's own keyring is ever asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from keyring.backend import KeyringBackend
from keyring.compat import properties
from keyring.errors import KeyringLocked
from typing_extensions import override

from workbench.vault import keyring_child

NAME = "tests.support.keyrings.Memory"


class Memory(KeyringBackend):
    """Holds entries until the test ends; can be locked.

    Attributes:
        entries: by service and id.
        asked: how often something was asked for.
    """

    entries: dict[tuple[str, str], str] = {}  # noqa: RUF012  the library makes one whenever it likes
    locked = False
    asked = 0

    @properties.classproperty
    def priority(cls) -> float:  # noqa: N805  as the library has it
        return 1

    @override
    def get_password(self, service: str, username: str) -> str | None:
        self._open()
        return self.entries.get((service, username))

    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        self._open()
        self.entries[service, username] = password

    @override
    def delete_password(self, service: str, username: str) -> None:
        self._open()
        del self.entries[service, username]

    def _open(self) -> None:
        Memory.asked += 1
        if Memory.locked:
            raise KeyringLocked


@contextmanager
def memory() -> Iterator[type[Memory]]:
    """Have the computer a keyring that works."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
        patch.setattr(keyring_child, "BACKENDS", (NAME,))
        patch.setattr(Memory, "entries", {})
        patch.setattr(Memory, "locked", False)
        patch.setattr(Memory, "asked", 0)
        yield Memory
