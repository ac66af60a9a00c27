"""Positions in Qt and in the study: the same letter whatever stands before it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from ui.bridge.positions import Positions, one_block

PIECES = st.sampled_from(
    ["a", "é", "e\u0301", "\U0001f600", "\U0001f469\u200d\U0001f4bb", "مرحبا", "\r\n", "\n", " ",
     "\u2029", "\U00010348", "한", "\ufdd0"]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.characters(exclude_categories=["Cs"]), max_size=30).map("".join)


@given(TEXTS)
def test_every_point_comes_back(text: str) -> None:
    positions = Positions(text)
    for point in range(len(text) + 1):
        unit = positions.units(point)
        assert unit == len(text[:point].encode("utf-16-le")) // 2
        assert positions.points(unit) == point


@given(TEXTS)
def test_the_middle_of_a_character_is_its_begin(text: str) -> None:
    positions = Positions(text)
    for point, sign in enumerate(text):
        if ord(sign) > 0xFFFF:
            assert positions.points(positions.units(point) + 1) == point


@given(TEXTS, st.data())
def test_qt_selects_the_same_letters(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    positions = Positions(text)
    document = QTextDocument()
    document.setPlainText("before\n" + one_block(text) + "\nafter")
    assert document.blockCount() == 3
    block = document.findBlockByNumber(1)
    cursor = QTextCursor(document)
    cursor.setPosition(block.position() + positions.units(start))
    cursor.setPosition(block.position() + positions.units(end), QTextCursor.MoveMode.KeepAnchor)
    assert cursor.selectionEnd() - cursor.selectionStart() == (
        positions.units(end) - positions.units(start)
    )
    shown = document.toRawText()
    units = shown.encode("utf-16-le")
    found = units[2 * cursor.selectionStart() : 2 * cursor.selectionEnd()].decode("utf-16-le")
    assert found == one_block(text)[start:end] or "\r\n" in text
    assert len(found) == end - start
