"""Consent forms of a locked study are shown in the window, and lie in clear nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, Qt
from PySide6.QtGui import QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QScrollArea
from pytestqt.qtbot import QtBot

from tests.support.vault import SAID, cheap_keys, readable
from tests.ui.conftest import Answers
from ui.main_window import MainWindow
from ui.views.consent.dialog import ConsentDialog
from ui.views.consent.form_view import FormView
from workbench.domain.consent import State, Use
from workbench.services.locking import locking
from workbench.study import Study

SIGNED = "Ichbinwiedu agrees"
WAYS = {"pdf": QPdfView, "png": QScrollArea, "txt": QPlainTextEdit, "docx": QLabel}


@pytest.fixture(autouse=True)
def _cheap() -> Iterator[None]:
    with cheap_keys():
        yield


def _made(path: Path) -> bytes:
    """Write a form of a kind; return what tells it."""
    if path.suffix == ".pdf":
        writer = QPdfWriter(str(path))
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A6))
        writer.setPageMargins(QMarginsF(0, 0, 0, 0))
        painter = QPainter(writer)
        painter.fillRect(painter.viewport(), Qt.GlobalColor.red)
        painter.end()
    elif path.suffix == ".png":
        image = QImage(800, 300, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.red)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        assert image.save(buffer, "PNG")
        path.write_bytes(buffer.data().data())
    else:
        path.write_text(SIGNED + " in Word" * (path.suffix == ".docx"), "utf-8")
    return path.read_bytes()


def test_forms_are_shown_in_memory_and_saved_by_choice(
    window: MainWindow, study_folder: Path, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    signs: dict[str, bytes] = {}
    with Study.open(study_folder) as study:
        maya = study.people.participants()[0].id
        for ending in WAYS:
            signs[ending] = _made(path := tmp_path / f"signed.{ending}")
            study.ledger.set([maya], {Use.QUOTE: State.GIVEN}, how=ending, form=path)
    locking.lock(study_folder, SAID, lambda _share: False)
    answers.passphrase = SAID
    assert window.open_path(study_folder)
    window.show_workspace("collect")
    window.run_action("collect.consent")
    [dialog] = [one for one in window.findChildren(ConsentDialog) if one.isVisible()]
    seen: set[str] = set()
    for row in range(dialog.entries.rowCount()):
        dialog.entries.setCurrentCell(row, 0)
        entry = dialog.entries.current
        assert entry is not None
        if entry.how not in WAYS:
            continue
        dialog.show_button.click()
        qtbot.waitUntil(lambda: bool(_shown(dialog)))
        [view] = _shown(dialog)
        assert isinstance(view.body, WAYS[entry.how])
        if entry.how in ("pdf", "png"):
            qtbot.waitUntil(lambda view=view: _is_red(view))  # type: ignore[misc]
        if entry.how == "txt":
            assert view.body.toPlainText() == SIGNED
        _save(view, answers, tmp_path / f"copy.{entry.how}", signs[entry.how])
        assert not list(readable(study_folder, "Ichbinwiedu", "%PDF", "IHDR"))
        view.reject()
        qtbot.waitUntil(lambda: not _shown(dialog))
        seen.add(entry.how)
    assert seen == set(WAYS)
    assert not answers.errors


def _shown(dialog: ConsentDialog) -> list[FormView]:
    return [one for one in dialog.findChildren(FormView) if one.isVisible()]


def _is_red(view: FormView) -> bool:
    picture = view.body.grab().toImage()
    colour = picture.pixelColor(picture.width() // 2, picture.height() // 4)
    return bool(colour.red() > 200 and colour.green() < 60)


def _save(view: FormView, answers: Answers, out: Path, content: bytes) -> None:
    answers.saved, answers.yes = out, False
    view.save_button.click()
    assert "everybody can read" in answers.questions[-1]
    assert not out.exists()
    answers.yes = True
    view.save_button.click()
    assert out.read_bytes() == content
    assert out.name in view.told.text()
