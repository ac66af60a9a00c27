"""What a sudden end left half-written in a study is gone at the next opening, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

from workbench.paths import draft_of
from workbench.services.locking import half_typed
from workbench.study import Study
from workbench.vault import keyfile


def test_what_is_half_written_is_deleted_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "One.study"
    Study.create(folder).close()
    voices = folder / "voices"
    voices.mkdir(exist_ok=True)
    left = voices / f"{'a1' * 32}.npz.{os.getpid()}.tmp"
    logs = [folder / "spool" / "0b8c9f6e-8a0c-4e55-9d1c-0d8f9a8f5c11.tmp"]
    sounds = (".2.0.pcm.4711", ".2.1.parts.pcm.4711", ".2.1.parts.pcm.4711.0", ".peaks.4711")
    logs += [folder / "cache" / f"{'a1' * 32}{sound}.tmp" for sound in sounds]
    aside = [
        draft_of(folder / "backups" / f"damaged-20260912-101530.sqlite.kept{ending}")
        for ending in ("", "-wal")
    ]
    others = [folder / "backups" / ".damaged-mine.kept", folder / "spool" / "mine.tmp"]
    others += [folder / ".key-mine.json", voices / "notes.1.tmp", voices / "mine.txt"]
    keys = [draft_of(folder / name) for name in (*keyfile.NAMES, half_typed.FILE)]
    for path in (left, *keys, *logs, *aside, *others):
        path.write_bytes(b"prints")
    Study.open(folder).close()
    assert [path for path in (left, *keys, *logs, *aside) if path.exists()] == []
    assert [path for path in others if not path.exists()] == []
