"""What is Qt's is freed in the window's thread, whatever is done in another one meanwhile."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.bridge.importing import Intake
from ui.bridge.long_steps import LARGE, LongSteps
from ui.bridge.reading import ReadBeside
from workbench.study import Study

_MANY = 10_000


@pytest.fixture
def owner() -> Iterator[QObject]:
    made = QObject()
    yield made
    made.deleteLater()


def _work(_study: object) -> int:
    """Make so much that Python searches for garbage, if it may."""
    return len([[number] for number in range(_MANY)])


def _long_step(owner: QObject, study: Study, done: Callable[[object], None], _: Path) -> None:
    LongSteps(lambda *_: None, owner).run(study, "Working", _work, done, size=LARGE)


def _reading(owner: QObject, study: Study, done: Callable[[object], None], _: Path) -> None:
    reading = ReadBeside(owner)
    reading.ask(study, lambda one: done, lambda _: None, size=LARGE)  # is let go for the next
    reading.ask(study, _work, done, size=LARGE)


def _import(owner: QObject, study: Study, done: Callable[[object], None], path: Path) -> None:
    talk = path / "talk.txt"
    talk.write_text("\n\n".join(f"Anna: Sentence {n}." for n in range(_MANY)), encoding="utf-8")
    intake = Intake(owner)
    intake.finished.connect(lambda found, _refused: done(found))
    intake.start([talk], None)


@pytest.mark.parametrize("begin", [_long_step, _reading, _import])
def test_no_garbage_of_qt_is_freed_in_another_thread(
    begin: Callable[..., None], study: Study, owner: QObject, tmp_path: Path, qtbot: QtBot
) -> None:
    freed, done = list[int](), list[object]()
    gc.collect()
    garbage = QObject()
    garbage.itself = garbage  # type: ignore[attr-defined]  nothing but a search finds it
    weakref.finalize(garbage, lambda: freed.append(threading.get_ident()))
    del garbage
    begin(owner, study, done.append, tmp_path)
    qtbot.waitUntil(lambda: bool(done))
    assert gc.isenabled()
    gc.collect()
    assert freed == [threading.get_ident()]
