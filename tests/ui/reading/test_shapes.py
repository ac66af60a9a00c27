"""Documents look like documents, and not a single position moves for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QTextCursor, QTextLine
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.examples import examples
from ui.bridge.positions import one_block
from ui.theme import Theme
from ui.views.reading.editing import EditableText
from ui.views.reading.layout import column
from ui.views.reading.page import Place
from ui.views.reading.painting import rects
from ui.views.reading.turns import TurnText
from ui.views.reading.view import ReadingView
from ui.views.writing.keeping import Keeper
from workbench.domain.anchors import TextAnchor
from workbench.domain.ids import TranscriptId, TurnId
from workbench.domain.layout import GOES_ON, Block, Layout
from workbench.domain.materials import Method
from workbench.domain.transcript import Turn
from workbench.study import Study

LONG = "it took very long and nobody said why until the third letter came " * 3
ARABIC = "وصلت العميلة إلى الفرع في الساعة التاسعة صباحا " * 4
MARKDOWN = """# Visit \U0001f600 report

It was a **very bold** and *slanted* day, e\u0301 said **مرحبا** too.

- first item
- second \U0001f600 item
  1. inner
  2. inner again

> quoted words

```
def visit():

    return "code"
```

| Channel | **Time** |
|---|---|
| Hotline | 8 min |
"""


def turn(number: int, text: str, block: Block = "", **layout: object) -> Turn:
    made = Layout(block, **layout)  # type: ignore[arg-type]
    return Turn(
        TurnId(f"t{number}"), TranscriptId("x"), number, text, None, None, None, (), "", made
    )


DOCUMENT = [
    turn(0, "Visit \U0001f600 report", "heading1", page=1),
    turn(1, "What we saw", "heading2", page=1),
    turn(2, "At the counter", "heading3", page=1),
    turn(3, LONG, page=1, runs=((3, 7, "b"), (8, 12, "bi"))),
    turn(4, "\U0001f600 " + LONG, "list", page=2),
    turn(5, "inside", "list", level=1, page=2),
    turn(6, LONG, "quote", page=2),
    turn(7, "def visit():\n\n    return 1", "code", page=2),
    turn(8, "Hotline | 8 minutes | called back", "table", page=2),
    turn(9, ARABIC, "numbered", page=3),
    turn(10, "plain at the end", page=3),
]


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> ReadingView:
    """The document, shown."""
    return shown(theme, qtbot, DOCUMENT)


def shown(theme: Theme, qtbot: QtBot, turns: list[Turn]) -> ReadingView:
    view = ReadingView(theme)
    qtbot.addWidget(view)
    view.resize(900, 1400)
    view.show_text(turns, {}, title="Report")
    view.show()
    qtbot.waitUntil(view.isVisible)
    view.grab()
    return view


def place(view: ReadingView, row: int) -> Place:
    return next(one for one in view.text.page.places() if one.row == row)


def lines(view: ReadingView, row: int) -> list[QTextLine]:
    layout = place(view, row).block.layout()
    return [layout.lineAt(number) for number in range(layout.lineCount())]


def test_the_letters_are_those_of_the_study(view: ReadingView) -> None:
    text = view.text.document()
    blocks = [text.findBlockByNumber(row).text() for row in range(text.blockCount())]
    assert blocks == [one_block(turn.text) for turn in DOCUMENT]


@pytest.mark.parametrize("row", range(len(DOCUMENT)))
def test_every_position_survives_the_way_through_qt(view: ReadingView, row: int) -> None:
    one = DOCUMENT[row]
    for start in range(len(one.text)):
        if one.text[start].isspace():
            continue
        anchor = TextAnchor(one.id, start, one.id, start + 1)
        assert view.text.selection.select(anchor)
        assert view.text.selected_anchor() == anchor


@pytest.mark.parametrize("row", range(len(DOCUMENT)))
def test_what_is_under_the_mouse_is_what_is_painted_there(view: ReadingView, row: int) -> None:
    here = place(view, row)
    for unit in range(0, min(here.block.length() - 1, 40), 3):
        letter = next(iter(rects(here, unit, unit + 1)), None)
        if letter is None or letter.width() < 2:
            continue
        middle = letter.center()
        found = view.text.cursorForPosition(QPoint(round(middle.x()), round(middle.y())))
        assert found.position() - here.block.position() in (unit, unit + 1, unit + 2)
        cursor = QTextCursor(here.block)
        cursor.setPosition(here.block.position() + unit)
        caret = view.text.cursorRect(cursor)
        assert caret.top() <= middle.y() <= caret.bottom()
        assert min(abs(caret.center().x() - x) for x in (letter.left(), letter.right())) < 3


def test_headings_are_larger_by_level_with_air_above(view: ReadingView) -> None:
    one, two, three, plain = (lines(view, row)[0].height() for row in (0, 1, 2, 3))
    assert one > two > three > plain
    below = place(view, 1)
    above = below.bottom - below.top - lines(view, 1)[-1].rect().bottom()
    assert lines(view, 1)[0].y() > 2 * above


def test_lists_and_quotations_are_indented_and_break_inside_the_column(view: ReadingView) -> None:
    left, right = column(view.text)
    assert lines(view, 3)[0].x() == left
    assert lines(view, 5)[0].x() > lines(view, 4)[0].x() > left
    for row in (4, 6):
        assert len(lines(view, row)) > 1
        assert {line.x() for line in lines(view, row)} == {lines(view, row)[0].x()}
        assert all(line.naturalTextRect().right() <= right for line in lines(view, row))


def test_a_list_from_right_to_left_is_indented_at_the_right(view: ReadingView) -> None:
    left, right = column(view.text)
    found = lines(view, 9)
    assert len(found) > 1
    assert {round(line.naturalTextRect().right()) for line in found} == {
        round(found[0].naturalTextRect().right())
    }
    assert right - 40 < found[0].naturalTextRect().right() < right - 20
    assert all(line.naturalTextRect().left() >= left for line in found)


def test_lines_of_an_indented_block_count_for_the_scroll_bar(view: ReadingView) -> None:
    document = view.text.document()
    total = sum(document.findBlockByNumber(row).lineCount() for row in range(len(DOCUMENT)))
    assert document.lineCount() == total
    assert place(view, 4).block.lineCount() == len(lines(view, 4))


def test_a_narrower_window_breaks_lines_anew(view: ReadingView) -> None:
    before = len(lines(view, 4))
    view.text.setFixedWidth(view.text.width() // 2)
    view.grab()
    assert len(lines(view, 4)) > before
    assert all(line.naturalTextRect().right() <= column(view.text)[1] for line in lines(view, 4))


def test_bold_and_slanted_stretches_are_shown(view: ReadingView) -> None:
    formats = place(view, 3).block.layout().formats()
    assert [(f.start, f.length) for f in formats] == [(3, 4), (8, 4)]
    assert [f.format.fontItalic() for f in formats] == [False, True]


def test_code_stands_in_letters_of_one_width(view: ReadingView) -> None:
    here = place(view, 7)
    widths = {round(rect.width()) for unit in range(3) for rect in rects(here, unit, unit + 1)}
    assert len(widths) == 1
    assert len(lines(view, 7)) == 3


def test_items_are_numbered_per_list(theme: Theme, qtbot: QtBot) -> None:
    said: list[tuple[Block, int]] = [
        ("numbered", 0), ("numbered", 1), ("list", 1), ("numbered", 1), ("numbered", 0),
        ("", 0), ("numbered", 0), ("numbered", 0), ("list", 0), ("numbered", 0),
    ]  # fmt: skip
    view = shown(theme, qtbot, [turn(n, "x", b, level=d) for n, (b, d) in enumerate(said)])
    shapes = view.text.blocks.shapes
    assert shapes is not None
    numbers = {row: shapes.number(row) for row in (9, 7, 6, 4, 3, 1, 0)}
    assert numbers == {0: 1, 1: 1, 3: 1, 4: 2, 6: 1, 7: 2, 9: 1}
    view.text.blocks.splice(6, 1, [])
    assert shapes.number(6) == 1


def test_items_keep_the_numbers_of_their_document(theme: Theme, qtbot: QtBot) -> None:
    said: list[tuple[Block, int | None]] = [
        ("numbered", 3), ("numbered", None), ("numbered", GOES_ON), ("numbered", None),
        ("", None), ("numbered", 6), ("list", None), ("list", GOES_ON),
    ]  # fmt: skip
    turns = [turn(n, "x", block) for n, (block, _) in enumerate(said)]
    view = shown(theme, qtbot, [
        replace(one, layout=replace(one.layout, number=number))
        for one, (_, number) in zip(turns, said, strict=True)
    ])  # fmt: skip
    shapes = view.text.blocks.shapes
    assert shapes is not None
    assert {row: shapes.number(row) for row in (5, 3, 1, 0)} == {0: 3, 1: 4, 3: 5, 5: 6}
    bare = shown(theme, qtbot, [replace(one, layout=replace(one.layout, number=None))
                                for one in view.text.turns])  # fmt: skip
    assert _inked(view, 0) == _inked(bare, 0)
    for row in (2, 7):
        assert not _inked(view, row)
        assert _inked(bare, row)


def _inked(view: ReadingView, row: int) -> bool:
    """Tell whether a bullet or a number is painted beside a turn."""
    here = place(view, row)
    picture = view.text.viewport().grab().toImage()
    words = int(here.origin.x() + here.block.layout().lineAt(0).x())
    ground = picture.pixelColor(words - 2, int(here.top) + 1)
    return any(
        picture.pixelColor(x, y) != ground
        for x in range(words - 24, words - 4)
        for y in range(int(here.top) + 1, int(here.bottom) - 1)
    )


def test_signs_stand_beside_words_and_pages_in_the_margin(
    view: ReadingView, theme: Theme, qtbot: QtBot
) -> None:
    bare = [replace(one, layout=replace(one.layout, page=None)) for one in DOCUMENT]
    other = shown(theme, qtbot, bare)
    pages, none = (one.speakers.grab().toImage() for one in (view, other))
    ground = none.pixelColor(1, 1)
    for row in range(len(DOCUMENT)):
        here = place(view, row)
        band = range(round(here.top), min(round(here.bottom), pages.height()))
        inked = any(pages.pixelColor(x, y) != ground for y in band for x in range(pages.width()))
        assert inked == (row in (0, 4, 9)), row
    picture = view.text.viewport().grab().toImage()
    line = lines(view, 4)[0]
    beside = [
        picture.pixelColor(x, round(place(view, 4).top + line.rect().center().y() + 2))
        for x in range(6, int(line.x()) - 1)
    ]
    assert any(colour.lightness() < 160 for colour in beside), "no bullet"
    assert QColor(beside[0]).lightness() > 240


def test_a_plain_text_has_no_shapes(theme: Theme, qtbot: QtBot) -> None:
    view = shown(theme, qtbot, [turn(n, LONG, page=1 + n // 2) for n in range(5)])
    assert view.text.blocks.shapes is None
    view.show_text(DOCUMENT, {}, title="")
    assert view.text.blocks.shapes is not None
    view.show_text([turn(90, "other")], {}, title="")
    assert view.text.blocks.shapes is None


def test_only_what_is_seen_is_laid_out(theme: Theme, qtbot: QtBot) -> None:
    many = [turn(n, f"Heading {n} " + LONG, "list") for n in range(1_000)]
    view = shown(theme, qtbot, many)
    document = view.text.document()
    laid = [row for row in range(1_000) if document.findBlockByNumber(row).layout().lineCount()]
    assert 0 < len(laid) < 100


def test_the_same_words_with_another_layout_stand_otherwise(view: ReadingView) -> None:
    before = lines(view, 1)[0].height()
    plain = replace(DOCUMENT[1], layout=Layout())
    view.text.change_turns([plain])
    assert lines(view, 1)[0].height() < before
    assert not place(view, 1).block.layout().formats()
    view.text.blocks.splice(1, 1, [replace(DOCUMENT[1], id=TurnId("new"))])
    view.grab()
    assert lines(view, 1)[0].height() == before


def test_another_theme_and_size_dress_what_is_shown(view: ReadingView, theme: Theme) -> None:
    before = lines(view, 0)[0].height()
    bar = bar_colour(view)
    theme.choose("dark")
    theme.set_reading_size(24)
    view.grab()
    assert lines(view, 0)[0].height() > before
    assert bar_colour(view) != bar


def bar_colour(view: ReadingView) -> QColor:
    formats = place(view, 8).block.layout().formats()
    return formats[1].format.foreground().color()


def test_places_are_never_of_blocks_without_lines(view: ReadingView) -> None:
    text = view.text
    for drop in (
        lambda: text.document().markContentsDirty(0, text.document().characterCount()),
        lambda: [text.document().findBlockByNumber(row).clearLayout() for row in range(5)],
    ):
        assert all(place.block.layout().lineCount() for place in text.page.places())
        drop()
        assert all(place.block.layout().lineCount() for place in text.page.places())


# Written in


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """A study whose documents are written in."""
    with Study.create(tmp_path_factory.mktemp("shapes") / "a.study") as study:
        yield study


def opened(study: Study, folder: Path, theme: Theme) -> tuple[EditableText, TranscriptId]:
    """Import the document once more and show it for writing."""
    path = folder / f"{len(study.materials.sources())}.md"
    path.write_text(MARKDOWN + f"\n{path.name}\n", "utf-8")
    [source] = study.imports.take_in([path], method=Method.FIELD_NOTE)
    transcript = study.transcripts.of_source(source.id)
    assert transcript is not None
    keeper = Keeper(None)
    keeper.open(study)
    text = EditableText(theme, keeper)
    text.set_editable(on=True)
    text.resize(600, 900)
    text.show_turns(study.transcripts.turns(transcript.id))
    text.show()
    text.grab()
    return text, transcript.id


def check(text: EditableText, study: Study, transcript_id: TranscriptId) -> None:
    """Assert that what is seen has the words, the layouts and the formats of the study."""
    text.grab()
    kept = study.transcripts.turns(transcript_id)
    assert [one.layout for one in text.turns] == [one.layout for one in kept]
    shapes = text.blocks.shapes
    assert shapes is not None
    for here in text.page.places():
        assert here.block.text() == one_block(kept[here.row].text)
        layout = here.block.layout()
        assert layout.lineAt(0).y() > 0
        wanted = shapes.formats(here.row, here.block.text())
        assert [(f.start, f.length) for f in layout.formats()] == [
            (f.start, f.length) for f in wanted
        ]


def test_typing_before_bold_words_moves_them(
    study: Study, tmp_path: Path, theme: Theme, qtbot: QtBot
) -> None:
    text, transcript_id = opened(study, tmp_path, theme)
    qtbot.addWidget(text)
    [bold, *_] = text.document().findBlockByNumber(1).layout().formats()
    text.selection.put(1, 0)
    QTest.keyClicks(text, "Well ")
    [moved, *_] = text.document().findBlockByNumber(1).layout().formats()
    assert moved.start == bold.start + 5
    check(text, study, transcript_id)


def test_typing_in_a_table_keeps_the_bars_between_cells(
    study: Study, tmp_path: Path, theme: Theme, qtbot: QtBot
) -> None:
    text, transcript_id = opened(study, tmp_path, theme)
    qtbot.addWidget(text)
    row = next(n for n, one in enumerate(text.turns) if one.text.startswith("Hotline"))
    text.selection.put(row, 3)
    QTest.keyClicks(text, "xyz")
    formats = text.document().findBlockByNumber(row).layout().formats()
    assert formats[0].start == text.turns[row].text.index(" |")
    check(text, study, transcript_id)


def bars(text: TurnText) -> dict[int, list[float]]:
    """Return where the bars between cells stand, row by row."""
    return {
        here.row: [
            next(iter(rects(here, unit, unit + 1))).center().x()
            for unit, letter in enumerate(here.block.text())
            if letter == "|"
        ]
        for here in text.page.places()
        if text.turns[here.row].layout.block == "table"
    }


def aligned(found: dict[int, list[float]], columns: int) -> bool:
    """Tell whether all rows have their bars in the same places."""
    for number in range(columns):
        places = [row[number] for row in found.values()]
        if max(places) - min(places) > 1.5:
            return False
    return True


TABLE = [
    turn(0, "Channel | Waiting time | Outcome", "table", runs=((0, 7, "b"), (10, 22, "b"))),
    turn(1, "Hotline | 8 | called back", "table"),
    turn(2, "A visit | twenty-five minutes | " + LONG, "table"),
]


def test_cells_stand_below_each_other(theme: Theme, qtbot: QtBot) -> None:
    view = shown(theme, qtbot, TABLE)
    found = bars(view.text)
    assert len(found) == 3
    assert aligned(found, 2)
    first, *further = lines(view, 2)
    assert further
    assert all(line.x() > found[2][1] for line in further), "goes on in its last column"
    assert all(line.naturalTextRect().right() <= column(view.text)[1] for line in further)
    assert first.x() == column(view.text)[0]
    more = [turn(3, "A longer channel | 1 | nothing", "table"), turn(4, "end")]
    view.show_text([*TABLE, *more], {}, title="")
    view.grab()
    assert bars(view.text)[0][0] > found[0][0] + 20
    assert aligned(bars(view.text), 2)


def test_a_table_too_wide_for_the_column_flows(theme: Theme, qtbot: QtBot) -> None:
    view = shown(theme, qtbot, [turn(0, f"{LONG}| b", "table"), turn(1, "a | b", "table")])
    assert bars(view.text)[1][0] < 60


def test_a_cell_that_outgrows_its_column_moves_the_others(
    study: Study, tmp_path: Path, theme: Theme, qtbot: QtBot
) -> None:
    text, _ = opened(study, tmp_path, theme)
    qtbot.addWidget(text)
    before = bars(text)
    assert aligned(before, 1)
    text.selection.put(max(before), 3)
    QTest.keyClicks(text, "a good deal longer")
    text.grab()
    assert bars(text)[min(before)][0] > before[min(before)][0] + 40
    assert aligned(bars(text), 1)


def test_being_shaped_is_no_change_of_the_text(
    study: Study, tmp_path: Path, theme: Theme, qtbot: QtBot
) -> None:
    text, _ = opened(study, tmp_path, theme)
    qtbot.addWidget(text)
    told: list[tuple[int, int, int]] = []
    text.document().contentsChange.connect(lambda *place: told.append(place))
    theme.choose("dark")
    text.dress()
    text.grab()
    assert told == []
    at = text.document().findBlockByNumber(1).position()
    text.selection.put(1, 0)
    QTest.keyClick(text, Qt.Key.Key_A)
    assert told[0] == (at, 0, 1)


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.sampled_from(["a", " ", "b c"])),
        st.tuples(
            st.just("press"),
            st.sampled_from([
                Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Left,
            ]),
        ),
        st.tuples(st.sampled_from(["go", "select"]), st.integers(0, 150)),
        st.tuples(st.sampled_from(["undo", "redo"]), st.none()),
    ),
    max_size=15,
)  # fmt: skip


@examples(0.5)
@given(acts=ACTS)
def test_formats_follow_whatever_is_written(
    study: Study, tmp_path: Path, theme: Theme, qtbot: QtBot, acts: list[tuple[str, object]]
) -> None:
    text, transcript_id = opened(study, tmp_path, theme)
    mark = study.history()[0].id
    for name, value in acts:
        if name in {"undo", "redo"}:
            state = "done" if name == "undo" else "undone"
            if any(step.id > mark and step.state == state for step in study.history()):
                study.undo() if name == "undo" else study.redo()
                text.show_turns(study.transcripts.turns(transcript_id))
        elif isinstance(value, str):
            QTest.keyClicks(text, value)
        elif isinstance(value, Qt.Key):
            QTest.keyClick(text, value)
        elif isinstance(value, int):
            cursor = text.textCursor()
            kind = QTextCursor.MoveMode
            cursor.setPosition(
                min(value, text.document().characterCount() - 1),
                kind.KeepAnchor if name == "select" else kind.MoveAnchor,
            )
            text.setTextCursor(cursor)
        check(text, study, transcript_id)
    text.deleteLater()
