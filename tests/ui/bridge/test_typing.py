"""What is typed is kept after a pause, and at the latest after a while; by the real clock."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from ui.bridge import typing
from ui.bridge.typing import Edits
from ui.main_window import MainWindow


@pytest.mark.parametrize("limit", ["PAUSE_S", "LONGEST_S"])
def test_a_pause_and_a_long_while_end_an_edit(
    limit: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typing, "PAUSE_S", 600)
    monkeypatch.setattr(typing, "LONGEST_S", 600)
    monkeypatch.setattr(typing, limit, 0.2)
    field = QPlainTextEdit()
    qtbot.addWidget(field)
    edits, kept = Edits(field), list[str]()
    edits.ended.connect(kept.append)
    for letters in ("one", " two"):
        qtbot.keyClicks(field, letters)
        qtbot.waitUntil(lambda: not edits.pending)
    assert kept == ["one", "one two"]


def test_who_stops_typing_has_it_in_the_study(open_window: MainWindow, qtbot: QtBot) -> None:
    study = open_window._context.study
    assert study is not None
    open_window.drawer.write_memo("charter", study.charter.id)
    qtbot.keyClicks(open_window.drawer.memos.field, "Ask about the van")
    qtbot.waitUntil(lambda: [memo.text for memo in study.memos.all()] == ["Ask about the van"])
