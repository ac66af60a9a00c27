"""Refused in the ledger, through the window: the words are gone from what is for others."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support import word
from tests.support.map_study import SAID
from tests.ui.conftest import Answers
from ui.main_window import MainWindow
from ui.views.consent.dialog import ConsentDialog

HERS = (*SAID["Maya"], "eleventh")
HIS = SAID["Daniel"][0]


@pytest.fixture
def opened(window: MainWindow, map_folder: Path) -> MainWindow:
    assert window.open_path(map_folder)
    window.show_workspace("collect")
    return window


def _answer(window: MainWindow, qtbot: QtBot, name: str, key: Qt.Key) -> None:
    """Enter what somebody said to being quoted, as a person does."""
    window.run_action("collect.consent")
    [dialog] = [one for one in window.findChildren(ConsentDialog) if one.isVisible()]
    [row] = [at for at in range(dialog.people.count()) if name in _text(dialog, at)]
    dialog.people.setCurrentRow(row, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    QTest.keyClick(dialog.uses, key)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible())


def _text(dialog: ConsentDialog, row: int) -> str:
    item = dialog.people.item(row)
    return item.text() if item else ""


def _everything(window: MainWindow, answers: Answers, folder: Path, qtbot: QtBot) -> dict[str, str]:
    """Write the report, the map and the tables; return what stands in them."""
    folder.mkdir()
    written = {
        "report.write": "report.docx",
        "journey.export-svg": "map.svg",
        "study.export_observations": "observations.csv",
        "study.export_transcripts": "transcripts.docx",
        "study.export_texts": "texts.txt",
        "study.export_codebook": "codebook.csv",
    }
    for action, name in written.items():
        answers.saved = folder / name
        window.run_action(action)
        qtbot.waitUntil(lambda name=name: (folder / name).exists() and not _busy(window))
    return {name: _read(folder / name) for name in written.values()}


def _busy(window: MainWindow) -> str:
    study = window._context.study
    return study.aside.doing if study is not None else ""


def _read(path: Path) -> str:
    text = word.text(path) if path.suffix == ".docx" else path.read_text("utf-8-sig")
    return " ".join(text.split())


def test_words_of_who_refused_are_gone_and_come_back_with_undo(
    opened: MainWindow, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    before = _everything(opened, answers, tmp_path / "before", qtbot)
    assert HIS in before["report.docx"]
    for name in ("report.docx", "observations.csv", "transcripts.docx", "texts.txt"):
        assert SAID["Maya"][2] in before[name], name
    opened.show_workspace("collect")
    _answer(opened, qtbot, "Maya", Qt.Key.Key_R)
    after = _everything(opened, answers, tmp_path / "after", qtbot)
    for name, text in after.items():
        assert not [words for words in HERS if words in text], name
    assert HIS in after["report.docx"]
    assert "quotes: refused" in after["report.docx"]
    answers.yes = False
    opened.run_action("edit.undo")
    assert answers.questions[-1] == "This takes back what people have said."
    assert "Maya (P01), quotes: refused → given" in answers.details[-1]
    answers.yes = True
    opened.run_action("edit.undo")
    back = _everything(opened, answers, tmp_path / "back", qtbot)
    assert SAID["Maya"][2] in back["report.docx"]
    assert not answers.errors
