"""Who scrolls a page changes no data on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QScrollBar,
    QSpinBox,
    QTabBar,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.test_dialog_voices import KINDS, known, make, page  # noqa: F401  (fixtures)
from ui.main_window import MainWindow
from ui.views.player.waveform import Waveform
from ui.views.widgets.inputs import Stepper
from workbench.domain.materials import Method
from workbench.study import Study

_UI = Path(__file__).parents[2] / "ui"
_KINDS = (
    r"Q(?:ComboBox|FontComboBox|SpinBox|DoubleSpinBox|DateEdit|TimeEdit|DateTimeEdit|Slider|Dial"
    r"|TabBar|TabWidget)"
)
_TURNABLE = re.compile(rf"\b{_KINDS}\(|class \w+\([^)]*\b{_KINDS}\b")


def wheel(widget: QWidget, notches: int = -1) -> None:
    """Turn the wheel over a widget; below 0 is towards oneself."""
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(widget.mapToGlobal(middle.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def turnable(page: QWidget) -> Iterator[QWidget]:  # noqa: F811
    """Yield every widget below a page that Qt lets a wheel change."""
    for kind in (QComboBox, QAbstractSpinBox, QAbstractSlider, QTabBar):
        for widget in page.findChildren(kind):
            # The waveform looks closer with the wheel; that is not data.
            if not isinstance(widget, QScrollBar | Waveform):
                yield widget


def value_of(widget: QWidget) -> object:
    if isinstance(widget, QComboBox):
        return widget.currentIndex(), widget.currentText()
    if isinstance(widget, QTabBar):
        return widget.currentIndex()
    return widget.value() if isinstance(widget, QSpinBox | QAbstractSlider) else widget.text()


def changed_by_wheel(page: QWidget) -> list[str]:  # noqa: F811
    found = []
    for widget in turnable(page):
        widget.clearFocus()
        before = value_of(widget)
        for notches in (-1, 1):
            wheel(widget, notches)
            if value_of(widget) != before or widget.hasFocus():
                found.append(f"{type(widget).__name__} {widget.accessibleName()}")
    return found


def test_no_field_of_a_workspace_turns_with_the_wheel(open_window: MainWindow) -> None:
    collect = open_window.workspaces["collect"]
    study = collect.study
    assert study is not None
    session = study.materials.add_session(Method.MYSTERY_VISIT, "Castle Street")
    study.visits.begin(session.id)
    study.people.add_segment("Renters")
    collect.refresh(None)
    collect.focus_object("session", session.id)
    seen = 0
    for name, workspace in open_window.workspaces.items():
        open_window.show_workspace(name)
        QApplication.processEvents()
        seen += len(list(turnable(workspace)))
        assert changed_by_wheel(workspace) == [], name
    assert seen > 10
    assert changed_by_wheel(open_window) == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_field_of_a_dialog_turns_with_the_wheel(
    make: Callable[[str], QDialog],  # noqa: F811
    study: Study,
    kind: str,
) -> None:
    study.people.add_segment("Renters")
    assert changed_by_wheel(make(kind)) == []


def test_a_number_turns_only_while_one_works_in_it(theme: object, qtbot: QtBot) -> None:
    page = QWidget()  # noqa: F811
    qtbot.addWidget(page)
    number = Stepper()
    QVBoxLayout(page).addWidget(number)
    number.setValue(6)
    page.show()
    page.activateWindow()
    number.clearFocus()
    wheel(number)
    assert number.value() == 6
    number.setFocus()
    qtbot.waitUntil(number.hasFocus)
    wheel(number)
    assert number.value() == 5


def test_there_is_one_room_for_what_a_wheel_could_turn() -> None:
    found = {
        file.relative_to(_UI).as_posix()
        for file in _UI.rglob("*.py")
        if _TURNABLE.search(file.read_text(encoding="utf-8"))
    }
    rooms = {"views/widgets/inputs.py", "views/player/waveform.py"}
    assert found == rooms
