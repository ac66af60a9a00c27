"""What is painted of a turn is recorded once, ahead of scrolling, and never shown when outdated."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.reading.test_reading_view import turn
from ui.theme import Theme
from ui.views.reading.marks import Mark
from ui.views.reading.view import ReadingView

WORDS = "A friendly woman told me that the date was wrong again, Zed said. " * 6
TURNS = [turn(number, WORDS) for number in range(60)]
MARKS = [Mark(f"m{row}", row, row, row, row + 90, f"hue/{row % 8}", "A code") for row in range(60)]


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> ReadingView:
    """A long text with a mark in each turn, at its begin."""
    view = ReadingView(theme)
    qtbot.addWidget(view)
    view.resize(900, 500)
    view.show_text(TURNS, {}, title="Interview with Maya")
    view.show_marks(MARKS)
    view.show()
    qtbot.waitUntil(lambda: laid_out(view, view.text.page.places()[-1].row + 1))
    return view


def laid_out(view: ReadingView, row: int) -> bool:
    """Tell whether the lines of a turn are known."""
    return bool(view.text.document().findBlockByNumber(row).layout().lineCount())


def picture(view: ReadingView) -> list[QImage]:
    """Return the text and its labels as one sees them."""
    return [part.grab().toImage() for part in (view.text, view.labels)]


def test_the_next_page_waits_laid_out_and_no_more_than_that(
    view: ReadingView, qtbot: QtBot
) -> None:
    seen = view.text.page.places()[-1].row
    qtbot.waitUntil(lambda: laid_out(view, 2 * seen))
    qtbot.wait(20)
    assert not laid_out(view, 3 * seen + 3)


def test_what_was_never_seen_above_is_left_alone(view: ReadingView, qtbot: QtBot) -> None:
    view.text.page.reveal(50, 0)
    view.grab()
    qtbot.waitUntil(lambda: laid_out(view, view.text.page.places()[-1].row + 1))
    qtbot.wait(20)
    assert not laid_out(view, 30)


def test_a_page_prepared_ahead_is_the_page_painted_at_once(view: ReadingView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: laid_out(view, 2 * view.text.page.places()[-1].row))
    bar = view.text.verticalScrollBar()
    bar.setValue(bar.pageStep())
    assert picture(view) == painted_anew(view)


def test_no_outdated_layer_is_painted(view: ReadingView) -> None:
    marked = picture(view)
    view.change_marks([], [MARKS[0].id])
    assert picture(view) != marked
    view.change_marks([MARKS[0]])
    assert picture(view) == marked
    view.text.change_turns([turn(0, "Zed " + WORDS)])
    assert picture(view) != marked
    view.text.change_turns([TURNS[0]])
    assert picture(view) == marked
    view.text.setFixedWidth(400)
    assert picture(view) == painted_anew(view)


def painted_anew(view: ReadingView) -> list[QImage]:
    """Return what one sees when everything that was recorded is forgotten."""
    view.text.dress()
    return picture(view)


def test_another_theme_paints_anew(view: ReadingView, theme: Theme) -> None:
    light = picture(view)
    theme.choose("dark")
    dark = picture(view)
    theme.choose("light")
    assert picture(view) == light != dark


def test_turns_painted_alone_look_as_on_a_page_painted_whole(
    view: ReadingView, qtbot: QtBot
) -> None:
    def screen() -> QImage:
        QApplication.processEvents()
        return QGuiApplication.primaryScreen().grabWindow(view.winId()).toImage()

    view.speakers.setFocus()  # no caret that blinks
    view.density.hide()  # it shows marks a moment later
    for number, (start, end) in enumerate([(0, 90), (30, 400), (395, 396), (0, 1)]):
        mark = Mark(f"other{number}", 1, start, 1, end, "hue/2", "Another code")
        view.change_marks([mark], at_once=True)
        view.text.highlights.select(mark.id)
        partly = screen()
        view.text.viewport().repaint()
        assert screen() == partly
        view.change_marks([], [mark.id])
        partly = screen()
        view.text.viewport().repaint()
        assert screen() == partly


def test_a_text_that_goes_takes_what_is_made_of_it_ahead_along(view: ReadingView) -> None:
    ahead = view.text.ink.ahead
    for turns_made in range(12):  # all of the page below, and then the one above
        view.show_text(TURNS, {}, title="Interview with Maya")
        view.grab()
        lines = view.text.document().firstBlock().lineCount()
        view.text.verticalScrollBar().setValue(lines)
        assert view.text.page.places()[0].row == 1
        ahead.start()
        for _ in range(turns_made):
            ahead.go_on()
        view.show_text([], {}, title="")
        ahead.go_on()
