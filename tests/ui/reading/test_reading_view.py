"""The reading view on real turns: selecting, painting, hitting, growing."""

from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.views.reading.marks import Mark
from ui.views.reading.view import ReadingView
from workbench.domain.anchors import TextAnchor
from workbench.domain.ids import TranscriptId, TurnId
from workbench.domain.transcript import Turn, Word


def turn(number: int, text: str, *, timed: bool = True) -> Turn:
    """Return a turn whose words last half a second each."""
    words, at = [], 0
    for place, word in enumerate(text.split(" ")):
        begin = number * 10_000 + place * 500
        words.append(Word(at, at + len(word), begin, begin + 500, 400 if word == "Zed" else 900))
        at += len(word) + 1
    start = number * 10_000 if timed else None
    return Turn(
        TurnId(f"t{number}"), TranscriptId("x"), number, text, start,
        start and start + 9_000, None, tuple(words) if timed else (), "",
    )  # fmt: skip


TURNS = [
    turn(0, "The \U0001f600 website let me choose Saturday"),
    turn(1, "An e-mail came that said Zed is the day " * 8),
    turn(2, "مرحبا I felt stupid, to be honest"),
]


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> ReadingView:
    """The three turns, shown."""
    shown = ReadingView(theme)
    qtbot.addWidget(shown)
    shown.resize(900, 500)
    shown.show_text(TURNS, {}, title="Interview with Maya")
    shown.show()
    qtbot.waitUntil(shown.isVisible)
    return shown


def placed(view: ReadingView, row: int, phrase: str, name: str = "m") -> Mark:
    """Mark a phrase, positions as the study has them."""
    start = TURNS[row].text.index(phrase)
    text = view.text
    made = Mark(
        name,
        row,
        text.rows.units(row, start),
        row,
        text.rows.units(row, start + len(phrase)),
        "hue/1",
        phrase,
    )
    view.change_marks([made], [])
    return made


@pytest.mark.parametrize("row", [0, 1, 2])
def test_an_anchor_survives_the_way_through_qt(view: ReadingView, row: int) -> None:
    length = len(TURNS[row].text.rstrip())
    for start in range(length):
        if TURNS[row].text[start] == " ":
            continue
        anchor = TextAnchor(TURNS[row].id, start, TURNS[row].id, length)
        assert view.text.selection.select(anchor)
        assert view.text.selected_anchor() == anchor


def test_space_round_the_words_does_not_count(view: ReadingView) -> None:
    view.text.selection.select(TextAnchor(TURNS[0].id, 3, TURNS[0].id, 6))
    assert view.text.selected_anchor() == TextAnchor(TURNS[0].id, 4, TURNS[0].id, 5)
    view.text.selection.select(TextAnchor(TURNS[0].id, 3, TURNS[0].id, 4))
    assert view.text.selected_anchor() is None


def test_a_selection_may_span_turns(view: ReadingView) -> None:
    anchor = TextAnchor(TURNS[0].id, 6, TURNS[2].id, 5)
    assert view.text.selection.select(anchor)
    assert view.text.selected_anchor() == anchor


def test_pressing_words_or_label_selects(view: ReadingView, qtbot: QtBot) -> None:
    mark = placed(view, 0, "website")
    spot = view.text.highlights.place_of(mark).center()
    spot.setX(spot.x() + 10)
    assert view.text.highlights.at(QPointF(spot)) == mark
    with qtbot.waitSignal(view.mark_pressed) as pressed:
        qtbot.mouseClick(view.text.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert pressed.args == ["m"]
    label = view.labels.labels()[0]
    assert abs(label.top + 9 - spot.y()) < 6
    with qtbot.waitSignal(view.mark_pressed) as pressed:
        at = QPointF(30, label.top + 5).toPoint()
        qtbot.mouseClick(view.labels, Qt.MouseButton.LeftButton, pos=at)
    assert pressed.args == ["m"]


def test_of_two_marks_the_shorter_is_hit(view: ReadingView) -> None:
    placed(view, 0, "website let me choose", "long")
    short = placed(view, 0, "let", "short")
    spot = QPointF(view.text.highlights.place_of(short).center())
    found = view.text.highlights.at(spot + QPointF(6, 0))
    assert found is not None
    assert found.id == "short"


def test_a_mark_is_painted_and_gone_again(view: ReadingView) -> None:
    clean = grabbed(view)
    mark = placed(view, 0, "website")
    assert grabbed(view) != clean
    view.change_marks([], [mark.id])
    assert grabbed(view) == clean


def test_turns_that_follow_keep_selection_and_scroll(view: ReadingView) -> None:
    anchor = TextAnchor(TURNS[0].id, 6, TURNS[0].id, 13)
    view.text.selection.select(anchor)
    more = [*TURNS, turn(3, "And then I called"), turn(4, "nobody came")]
    view.show_text(more, {}, title="Interview with Maya")
    assert view.text.document().blockCount() == 5
    assert view.text.selected_anchor() == anchor
    assert view.text.document().findBlockByNumber(4).text() == "nobody came"


def test_changed_words_are_changed_in_place(view: ReadingView) -> None:
    other = [TURNS[0], turn(1, "Nothing came"), TURNS[2]]
    anchor = TextAnchor(TURNS[2].id, 0, TURNS[2].id, 5)
    view.text.selection.select(anchor)
    view.show_text(other, {}, title="")
    assert view.text.document().findBlockByNumber(1).text() == "Nothing came"
    assert view.text.selected_anchor() == anchor


def test_the_word_being_said_is_lit(view: ReadingView) -> None:
    view.text.sound.light(20_600)
    start = TURNS[2].text.index("I felt")
    assert view.text.sound.lit == (2, start, start + 1)
    view.text.sound.light(None)
    assert view.text.sound.lit is None


def test_double_click_selects_the_word_and_plays_nothing(view: ReadingView, qtbot: QtBot) -> None:
    mark = placed(view, 0, "choose")
    spot = view.text.highlights.place_of(mark).center()
    spot.setX(spot.x() + 8)
    with qtbot.assertNotEmitted(view.text.sound.wanted):
        qtbot.mouseDClick(view.text.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert view.text.textCursor().selectedText() == "choose"
    with qtbot.waitSignal(view.text.sound.wanted) as told:
        view.text.sound.seek_to(QPointF(spot))
    assert told.args == [2_500]


def test_doubtful_words_are_known_by_place(view: ReadingView) -> None:
    at = TURNS[1].text.index("Zed")
    assert view.text.rows.doubts(1)[0] == (at, at + 3)


def test_a_text_without_turns_is_calm(view: ReadingView) -> None:
    view.show_marks([])
    view.show_text([], {}, title="")
    assert list(view.text.page.places()) == []
    assert view.text.selected_anchor() is None
    assert view.labels.labels() == []
    grabbed(view)


def grabbed(view: ReadingView) -> QImage:
    """Return the picture of the text, without the blinking caret."""
    view.text.clearFocus()
    return view.text.viewport().grab().toImage()


def test_a_view_that_is_closed_is_freed(theme: Theme, qtbot: QtBot) -> None:
    shown = ReadingView(theme)
    shown.show_text(TURNS, {}, title="Interview with Maya")
    shown.grab()
    text = weakref.ref(shown.text)
    shown.deleteLater()
    del shown
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert text() is None
