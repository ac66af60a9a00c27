"""Random writing through the widget: screen, study and observations never part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.examples import examples
from tests.support.studies import observe, recognised, rows_of, text_under
from ui.theme import Theme
from ui.views.reading.editing import EditableText
from ui.views.reading.typist import edit_between
from ui.views.writing.keeping import Keeper
from workbench.domain.anchors import Edit
from workbench.domain.observation import Placement
from workbench.domain.transcript import Transcript, Turn
from workbench.study import Study

TEXTS = (
    "The \U0001f600 website let me choose Saturday.",
    "مرحبا بك in the cafe\u0301, said 👩\u200d💻 Zoë.",
    "No reason.",
    "我们 waited for weeks \u2014 שלום!",
)
WRITTEN = ("a", " ", "no ", "\U0001f600", "e\u0301", "\u0301", "مر", "👩\u200d💻", "\ufffd", "我")
KEYS = (
    Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Left,
    Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End,
)  # fmt: skip
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.sampled_from(WRITTEN)),
        st.tuples(st.just("press"), st.sampled_from(KEYS)),
        st.tuples(st.just("word"), st.sampled_from(KEYS[:2])),
        st.tuples(st.just("go"), st.integers(0, 200)),
        st.tuples(st.just("select"), st.integers(0, 200)),
        st.tuples(st.just("paste"), st.sampled_from(["x\n y\r\n", "\U0001f600\u2029z", "w"])),
        st.tuples(st.sampled_from(["undo", "redo", "break"]), st.none()),
    ),
    max_size=25,
)


class Desk:
    """A text on a study, with the echo of undo and redo."""

    def __init__(self, study: Study, transcript: Transcript, theme: Theme) -> None:
        self.study, self.transcript = study, transcript
        keeper = Keeper(self)
        keeper.open(study)
        self.text = EditableText(theme, keeper)
        self.text.set_editable(on=True)
        self.text.show_turns(self.turns())

    def turns(self) -> list[Turn]:
        return self.study.transcripts.turns(self.transcript.id)

    def do(self, name: str, value: object) -> None:
        text, cursor = self.text, self.text.textCursor()
        match name, value:
            case "write", str(letters):
                event = QInputMethodEvent()
                event.setCommitString(letters)
                QApplication.sendEvent(text, event)
            case "press", Qt.Key() as key:
                QTest.keyClick(text, key)
            case "word", Qt.Key() as key:
                QTest.keyClick(text, key, Qt.KeyboardModifier.ControlModifier)
            case "go" | "select", int(place):
                end = text.document().characterCount() - 1
                keep = QTextCursor.MoveMode.KeepAnchor
                cursor.setPosition(
                    min(place, end), keep if name == "select" else QTextCursor.MoveMode.MoveAnchor
                )
                text.setTextCursor(cursor)
            case "paste", str(letters):
                data = QMimeData()
                data.setText(letters)
                text.insertFromMimeData(data)
            case "break", _:
                QTest.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
            case "undo", _:
                self.study.undo()
                text.show_turns(self.turns())
            case "redo", _:
                self.study.redo()
                text.show_turns(self.turns())

    def check(self) -> None:
        kept = self.turns()
        lines = self.text.toPlainText().replace("\u200b\n", "\r\n")
        assert lines == "\n".join(turn.text for turn in kept)
        assert self.text.document().blockCount() == len(kept)
        for mine, stored in zip(self.text.turns, kept, strict=True):
            assert replace(mine, ordinal=stored.ordinal) == stored
            assert stored.start_ms is not None
            assert stored.end_ms is not None
            times = [ms for word in stored.words for ms in (word.start_ms, word.end_ms)]
            assert times == sorted(times)
            assert all(stored.start_ms <= ms <= stored.end_ms for ms in times)
        assert all(a.ordinal < b.ordinal for a, b in pairwise(kept))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """A study that many examples write in, each in a transcript of its own."""
    with Study.create(tmp_path_factory.mktemp("writing") / "a.study") as study:
        yield study


@examples(0.6)
@given(acts=ACTS)
def test_screen_and_study_never_part(
    tmp_path_factory: pytest.TempPathFactory,
    theme: Theme,
    qtbot: QtBot,
    acts: list[tuple[str, object]],
) -> None:
    with Study.create(tmp_path_factory.mktemp("writing") / "a.study") as small:
        _write(small, theme, acts)
        assert not [found for found in small.check() if found.serious]


def _write(small: Study, theme: Theme, acts: list[tuple[str, object]]) -> None:
    transcript = recognised(small, *TEXTS)
    coded = [
        observe(small, transcript.id, words)
        for words in ("website let", "Saturday. مرحبا", "Zoë.", "No reason.", "weeks")
    ]
    desk = Desk(small, transcript, theme)
    before, mark = desk.turns(), small.history()[0].id

    def ours(state: str) -> bool:
        return any(step.id > mark and step.state == state for step in small.history())

    rows = rows_of(small)
    desk.check()
    for name, value in acts:
        if name in {"undo", "redo"} and not ours("done" if name == "undo" else "undone"):
            continue
        desk.do(name, value)
        desk.check()
        for one in coded:
            now = small.observations.get(one.id)
            assert now.words.strip()
            if now.placement is Placement.PLACED:
                assert text_under(small, now) == now.words
    while ours("done"):
        small.undo()
    desk.text.show_turns(desk.turns())
    desk.check()
    assert desk.turns() == before
    assert rows_of(small) == rows
    desk.text.deleteLater()


@pytest.mark.parametrize("row", range(len(TEXTS)))
def test_a_letter_typed_anywhere_is_found_again(row: int) -> None:
    old = TEXTS[row]
    for at in range(len(old) + 1):
        new = old[:at] + "\U0001f600" + old[at:]
        unit = len(old[:at].encode("utf-16-le")) // 2
        assert edit_between(old, new, unit, 0, 2) == Edit(at, 0, "\U0001f600")
        assert edit_between(new, old, unit, 2, 0) == Edit(at, 1, "")


@pytest.mark.parametrize(
    "held", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier]
)
def test_enter_over_several_turns_cuts_them_out_and_parts_the_rest(
    small: Study, theme: Theme, qtbot: QtBot, held: Qt.KeyboardModifier
) -> None:
    desk = _selected_over_turns(small, theme, qtbot)
    before, steps = desk.turns(), len(small.history())
    QTest.keyClick(desk.text, Qt.Key.Key_Return, held)
    assert [turn.text for turn in desk.turns()] == ["one", "six"]
    assert desk.text.selection.here() == (1, 0)
    desk.check()
    assert len(small.history()) == steps + 1
    desk.do("undo", None)
    assert desk.turns() == before
    desk.check()


def test_pasting_over_several_turns_is_one_step(small: Study, theme: Theme, qtbot: QtBot) -> None:
    desk = _selected_over_turns(small, theme, qtbot)
    before, steps = desk.turns(), len(small.history())
    desk.do("paste", " and\nmore")
    assert [turn.text for turn in desk.turns()] == ["one and more six"]
    desk.check()
    assert len(small.history()) == steps + 1
    desk.do("undo", None)
    assert desk.turns() == before


def _selected_over_turns(small: Study, theme: Theme, qtbot: QtBot) -> Desk:
    desk = Desk(small, recognised(small, "one two", "three four", "five six"), theme)
    qtbot.addWidget(desk.text)
    desk.do("go", 3)
    desk.do("select", len("one two three four five"))
    return desk


@pytest.mark.parametrize(
    "acts",
    [
        [("write", "a")], [("write", "\u0301")], [("paste", "w")], [("break", None)],
        [("select", 12), ("write", "a")], [("select", 60), ("write", "a")],
        [("write", "a"), ("undo", None), ("write", "b")],
        *([("press", key)] for key in KEYS),
    ],
)  # fmt: skip
def test_a_caret_inside_a_character_parts_nothing(
    tmp_path: Path, theme: Theme, qtbot: QtBot, acts: list[tuple[str, object]]
) -> None:
    with Study.create(tmp_path / "a.study") as small:
        _write(small, theme, [("go", 5), *acts])
        [source] = small.materials.sources()
        transcript = small.transcripts.of_source(source.id)
        assert transcript is not None
        assert [turn.text for turn in small.transcripts.turns(transcript.id)] == list(TEXTS)
        assert small.check() == []


def test_half_a_character_named_by_qt_is_a_whole_one() -> None:
    assert edit_between("a\U0001f600b", "a\U0001f601b", 2, 1, 1) == Edit(1, 1, "\U0001f601")
    assert edit_between("same", "same", 0, 4, 4) is None


def test_arabic_stands_at_the_right(small: Study, theme: Theme, qtbot: QtBot) -> None:
    transcript = recognised(small, "Left to right.", "مرحبا بكم في بيتنا")
    desk = Desk(small, transcript, theme)
    qtbot.addWidget(desk.text)
    desk.text.resize(600, 200)
    desk.text.show()
    qtbot.waitExposed(desk.text)
    first, second = (desk.text.document().findBlockByNumber(row) for row in (0, 1))
    assert first.textDirection() is Qt.LayoutDirection.LeftToRight
    assert second.textDirection() is Qt.LayoutDirection.RightToLeft
    places = list(desk.text.page.places())
    left = places[0].block.layout().lineAt(0).naturalTextRect()
    right = places[1].block.layout().lineAt(0).naturalTextRect()
    assert left.left() < 20
    assert right.right() > desk.text.viewport().width() - 40
