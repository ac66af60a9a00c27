"""What was half typed when a study locked itself is kept as a whole, whatever happens meanwhile."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from workbench.services.locking import half_typed
from workbench.services.locking.half_typed import HalfTyped

FIRST, SECOND = (HalfTyped("Stage", "Name?", text) for text in ("Blaubeerkuchen", "Quitten"))


def test_what_is_typed_later_comes_behind_what_is_kept(tmp_path: Path) -> None:
    half_typed.keep(tmp_path, [FIRST])
    half_typed.keep(tmp_path, [SECOND])
    assert half_typed.kept(tmp_path) == (FIRST, SECOND)
    half_typed.let_go(tmp_path)
    assert half_typed.kept(tmp_path) == ()


def test_what_is_kept_outlives_a_disk_that_takes_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    half_typed.keep(tmp_path, [FIRST])
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            half_typed.keep(tmp_path, [SECOND])
    assert half_typed.kept(tmp_path) == (FIRST,)
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [half_typed.FILE.name]
