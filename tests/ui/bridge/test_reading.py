"""What is read beside the window is what the window has open."""

from __future__ import annotations

import gc
import shutil
from threading import Event

import pytest
import shiboken6
from PySide6.QtCore import QObject

from ui.bridge import garbage
from ui.bridge.long_steps import LARGE
from ui.bridge.reading import ReadBeside
from workbench.study import Study


def _codes(study: Study) -> list[str]:
    return [code.name for code in study.codebook.codes()]


def test_another_study_in_its_place_is_not_read(study: Study) -> None:
    study.codebook.add("ours")
    ours = _codes(study)
    away, owner, shown = study.folder.with_name("away.study"), QObject(), list[list[str]]()
    study.folder.rename(away)
    with Study.create(study.folder, title="Another") as other:
        other.codebook.add("another's")
    ReadBeside(owner).ask(study, _codes, shown.append, size=LARGE)
    assert shown == [ours]
    shutil.rmtree(study.folder)
    away.rename(study.folder)
    owner.deleteLater()


def test_a_view_may_go_while_it_reads(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    searched = list[int]()
    monkeypatch.setattr(gc, "get_count", lambda: (1_000_000, 0, 0))
    monkeypatch.setattr(gc, "collect", searched.append)
    owner, begun, shown = QObject(), Event(), list[str]()

    def read(beside: Study) -> str:
        begun.set()
        for _ in iter(lambda: beside.codebook.codes() is None, True):
            pass
        return "never"

    ReadBeside(owner).ask(study, read, shown.append, size=LARGE)
    assert begun.wait(60)
    garbage.search()
    assert searched == []
    shiboken6.delete(owner)
    garbage.search()
    assert searched == [0]
    assert shown == []
