"""Voice prints and key files that a sudden end left half-written are gone at the next opening."""

from __future__ import annotations

import os
from pathlib import Path

from workbench.paths import draft_of
from workbench.study import Study
from workbench.vault import keyfile


def test_half_written_prints_are_deleted_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "One.study"
    Study.create(folder).close()
    voices = folder / "voices"
    voices.mkdir(exist_ok=True)
    left = voices / f"{'a1' * 32}.npz.{os.getpid()}.tmp"
    others = [folder / ".key-mine.json", voices / "notes.1.tmp", voices / "mine.txt"]
    keys = [draft_of(folder / name) for name in keyfile.NAMES]
    for path in (left, *keys, *others):
        path.write_bytes(b"prints")
    Study.open(folder).close()
    assert [path for path in (left, *keys) if path.exists()] == []
    assert [path for path in others if not path.exists()] == []
