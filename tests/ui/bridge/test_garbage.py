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

from ui.bridge import garbage
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


@pytest.fixture(autouse=True)
def _always_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is freed without a search counts against what was made."""
    monkeypatch.setattr(gc, "get_count", lambda: (1_000_000, 0, 0))


class Freed:
    """Garbage of Qt's that nothing but a search finds; knows the threads in which it was freed."""

    def __init__(self) -> None:
        self.threads: list[int] = []
        gc.collect()
        lost = QObject()
        lost.itself = lost  # type: ignore[attr-defined]
        weakref.finalize(lost, lambda: self.threads.append(threading.get_ident()))


class Work:
    """Goes on in another thread until the window's has searched."""

    def __init__(self) -> None:
        self.searched = threading.Event()

    def __call__(self, _study: object) -> int:
        assert self.searched.wait(10)
        return len([[number] for number in range(_MANY)])

    def search(self) -> None:
        garbage.search()
        self.searched.set()


def _long_step(
    owner: QObject, study: Study, work: Work, done: Callable[[object], None], _: Path
) -> None:
    LongSteps(lambda *_: None, owner).run(study, "Working", work, done, size=LARGE)


def _reading(
    owner: QObject, study: Study, work: Work, done: Callable[[object], None], _: Path
) -> None:
    reading = ReadBeside(owner)
    reading.ask(study, lambda one: done, lambda _: None, size=LARGE)  # is let go for the next
    reading.ask(study, work, done, size=LARGE)


def _import(
    owner: QObject, study: Study, work: Work, done: Callable[[object], None], path: Path
) -> None:
    talk = path / "talk.txt"
    talk.write_text("\n\n".join(f"Anna: Sentence {n}." for n in range(_MANY)), encoding="utf-8")
    intake = Intake(owner)
    intake.finished.connect(lambda found, _refused: done(found))
    intake.start([talk], None)


@pytest.mark.parametrize("begin", [_long_step, _reading, _import])
def test_nothing_is_searched_for_while_another_thread_makes_much(
    begin: Callable[..., None], study: Study, owner: QObject, tmp_path: Path, qtbot: QtBot
) -> None:
    freed, work, done = Freed(), Work(), list[object]()
    begin(owner, study, work, done.append, tmp_path)
    work.search()
    assert freed.threads == []
    qtbot.waitUntil(lambda: bool(done))
    garbage.search()
    assert freed.threads == [threading.get_ident()]


def test_python_frees_nothing_by_itself_in_whatever_thread(qtbot: QtBot) -> None:
    before, often = gc.isenabled(), gc.get_threshold()
    gc.enable()
    window = QObject()
    try:
        garbage.search_from_here(window)
        gc.set_threshold(1, 1, 1)  # what the other thread makes would be enough for Python
        freed = Freed()
        other = threading.Thread(target=lambda: [[number] for number in range(_MANY)])
        other.start()
        other.join()
        assert freed.threads == []
        qtbot.waitUntil(lambda: freed.threads == [threading.get_ident()])
    finally:
        window.deleteLater()
        gc.unfreeze()
        gc.set_threshold(*often)
        if not before:
            gc.disable()
