"""The real window, with the dialogs of a real desktop: somebody works, and something fails.

`python -m tests.support.walked_window STUDY FOLDER`: the study is opened, coded, searched, exported
into the folder and copied there; files that are damaged, or no study, are opened, and a mistake is
made. What the titles of all windows said, and the reports of what failed, is printed as JSON.
"""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit

from ui import app as program
from ui.main_window import MainWindow
from ui.views.code.workspace import CodeWorkspace
from ui.views.copy_dialog import CopyDialog
from ui.views.error_dialog import ErrorDialog
from ui.views.look_dialog import LookDialog
from workbench.domain.anchors import TextAnchor

WORD, REAL = "Blaubeerkuchen", "Xanthippe"
_MOMENT_MS = 20
_MOMENTS = 1_000


class Walk:
    """What somebody does in the window, a step after the other.

    Args:
        folder: where files lie, and go.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._file = folder, ""
        self.titles: set[str] = set()
        self.reports: list[str] = []
        self.failed = ""
        self._clock = QTimer(interval=_MOMENT_MS)
        self._clock.timeout.connect(self._look)
        self._clock.start()
        QTimer.singleShot(0, self._go)

    # --- what comes by itself

    def _look(self) -> None:
        for widget in QApplication.topLevelWidgets():
            self.titles |= {widget.windowTitle(), widget.accessibleName()}
            if isinstance(widget, QDialog) and widget.isVisible():
                self._answer(widget)
        self.titles |= {window.title() for window in QApplication.topLevelWindows()}

    def _answer(self, dialog: QDialog) -> None:
        if isinstance(dialog, ErrorDialog):
            self.reports.append(dialog.report)
            dialog.reject()
        elif isinstance(dialog, QFileDialog):
            cast("QLineEdit", dialog.findChild(QLineEdit)).setText(str(self._folder / self._file))
            dialog.accept()
        elif isinstance(dialog, LookDialog):
            dialog.anyway.click()
        elif not isinstance(dialog, CopyDialog):
            dialog.accept()

    # --- what is done

    def _go(self) -> None:
        try:
            for _ in self._steps():
                _wait()
        except (AssertionError, LookupError, TimeoutError, ValueError):
            self.failed = traceback.format_exc()
        self._clock.stop()
        QApplication.quit()

    def _steps(self) -> Iterator[None]:
        [window] = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)]
        yield _until(lambda: window.workspace is not None)
        yield self._code(window)
        window.drawer.show_panel("search")
        window.drawer.search.field.setText(WORD)
        yield _until(lambda: window.drawer.search.model.rowCount() > 0)
        for action, name in (
            ("report.write", f"About {REAL}.docx"),
            ("study.export_codebook", f"{WORD}.csv"),
            ("study.copy", f"{REAL}.study"),
        ):
            yield self._to(window, action, name)
        for name in (f"{WORD}.docx", f"{REAL}.wav"):  # both are damaged
            self._file = name
            yield self._fails(lambda: window.run_action("study.import"))
        yield self._fails(lambda: window.open_path(self._folder / f"{REAL}.txt"))
        yield self._fails(_make_a_mistake)
        window.run_action("study.close")
        yield _until(lambda: window.workspace is None)

    def _code(self, window: MainWindow) -> None:
        window.show_workspace("code")
        code = window.workspaces["code"]
        assert isinstance(code, CodeWorkspace)
        _until(lambda: bool(code.text.turns))
        [turn] = [turn for turn in code.text.turns if WORD in turn.text]
        start = turn.text.find(WORD)
        assert code.text.selection.select(TextAnchor(turn.id, start, turn.id, start + len(WORD)))
        code.text.setFocus()
        window.run_action("code.pick")
        QTest.keyClicks(code.picker.field, WORD)
        QTest.keyClick(code.picker.field, Qt.Key.Key_Return)
        study = code.study
        assert study is not None
        _until(lambda: bool(study.passages.find()))

    def _fails(self, what: Callable[[], object]) -> None:
        before = len(self.reports)
        QTimer.singleShot(0, what)
        _until(lambda: len(self.reports) > before)

    def _to(self, window: MainWindow, action: str, name: str) -> None:
        self._file = name
        window.run_action(action)
        _until((self._folder / name).exists)


def _until(holds: Callable[[], bool]) -> None:
    for _ in range(_MOMENTS):
        if holds():
            return
        _wait()
    raise TimeoutError


def _wait() -> None:
    """Let the window work for a moment.

    Not by `QTest.qWait`: what fails meanwhile is raised to whoever waits there, and told to nobody.
    """
    loop = QEventLoop()
    QTimer.singleShot(_MOMENT_MS, loop.quit)
    loop.exec()


def _make_a_mistake() -> None:
    {}[f"{WORD} {REAL}"]


def main() -> None:
    """Show the window, let somebody walk through it, and tell what was seen."""
    app = QApplication([])
    study, folder = map(Path, sys.argv[1:])
    walk = Walk(folder)
    program.run([str(study)])
    sys.stdout.write(json.dumps({"titles": sorted(walk.titles), "reports": walk.reports}))
    del app
    sys.exit(walk.failed or 0)


if __name__ == "__main__":
    main()
