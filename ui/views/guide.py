"""The guide inside the program: the same text as in the documentation, without a network."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

import resources
from ui.context import AppContext
from ui.i18n import Phrase, plural, t
from ui.views.widgets.dropping import Line
from ui.views.widgets.fitting import resize_to_fit
from ui.views.widgets.foot import close_foot
from ui.views.widgets.looks import button, label, look
from ui.views.widgets.side_list import SideList, SideRow

_GUIDE = "guide.md"
_OTHERS: dict[str, Phrase] = {"formats.md": "Files in and out", _GUIDE: "Back to the guide"}
_SIDE = 176  # pixels
_ABOVE_HEADING, _BELOW = 18, 9  # pixels


class GuideDialog(QDialog):
    """Shows the guide and the pages it names, with their sections and a search.

    Args:
        context: looks, and the keys.
        parent: the window.
    """

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._page = ""
        self.setWindowTitle(t("Guide"))
        resize_to_fit(self, 1000, 680)
        self.search = Line()
        self.search.setPlaceholderText(t("Search the guide; Enter goes to the next place"))
        self.search.setAccessibleName(t("Search the guide"))
        self.search.setClearButtonEnabled(True)
        self.count = label("", "meta")
        self.sections = SideList(context.theme, t("Sections"))
        self.sections.setFixedWidth(_SIDE)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        # Tab would go from link to link and not come out; the pages are in the list of sections.
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.LinksAccessibleByMouse
        )
        self.text.setAccessibleName(t("Guide"))
        look(self.text, "reading")
        keys = button(t("Keyboard shortcuts…"), "link")
        keys.clicked.connect(lambda: context.actions.trigger("help.shortcuts"))
        head = QHBoxLayout()
        head.addWidget(self.search, 1)
        head.addWidget(self.count)
        head.addWidget(keys)
        row = QHBoxLayout()
        row.addWidget(self.sections)
        row.addWidget(self.text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(row, 1)
        column.addWidget(close_foot(self))
        self.search.textChanged.connect(self._on_typed)
        self.search.returnPressed.connect(self.find_next)
        self.sections.chosen.connect(self._go_to)
        self.text.anchorClicked.connect(self._follow)
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self.search.setFocus)
        context.theme.changed.connect(self._dress)
        self._open(_GUIDE)

    def show_section(self, title: str) -> None:
        """Show the guide at a section; at its beginning when there is none of this title."""
        self._open(_GUIDE)
        self.search.clear()
        for row, heading in self._headings():
            if heading == title:
                self.sections.select(str(row))
                self._go_to_block(str(row))
                return
        self._go_to_block("0")

    def find_next(self) -> bool:
        """Go to the next place of what is searched for, from the end to the beginning."""
        wanted = self.search.text().strip()
        if not wanted:
            return False
        if self.text.find(wanted):
            return True
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        return self.text.find(wanted)

    def _open(self, name: str) -> None:
        if name == self._page:
            return
        self._page = name
        self.text.document().setMarkdown(resources.document(name).read_text("utf-8"))
        self._give_air()
        rows = [SideRow(str(row), title) for row, title in self._headings()]
        rows += [SideRow(page, t(title)) for page, title in _OTHERS.items() if page != name]
        self.sections.show_rows(rows)
        self._dress()

    def _give_air(self) -> None:
        """Set headings and paragraphs apart; what comes from Markdown stands close."""
        block = self.text.document().begin()
        while block.isValid():
            shape = block.blockFormat()
            if shape.headingLevel():
                shape.setTopMargin(_ABOVE_HEADING)
            if not shape.nonBreakableLines():  # lines of a command stand together
                shape.setBottomMargin(_BELOW)
            QTextCursor(block).setBlockFormat(shape)
            block = block.next()

    def _headings(self) -> list[tuple[int, str]]:
        """Return the blocks that begin a section, with their titles."""
        found, block = [], self.text.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() == 2:
                found.append((block.blockNumber(), block.text()))
            block = block.next()
        return found

    def _go_to(self, key: str) -> None:
        """Go to a section by its block, or to another page."""
        if key in _OTHERS:
            self._open(key)
            key = "0"
        self._go_to_block(key)

    def _go_to_block(self, row: str) -> None:
        block = self.text.document().findBlockByNumber(int(row))
        self.text.setTextCursor(QTextCursor(block))
        top = self.text.document().documentLayout().blockBoundingRect(block).top()
        self.text.verticalScrollBar().setValue(int(top))

    def _follow(self, link: QUrl) -> None:
        name = link.path()
        if name.endswith(".md") and resources.document(name).exists():
            self._go_to(name)

    def _on_typed(self, text: str) -> None:
        """Mark all places and go to the first."""
        wanted, marks = text.strip(), []
        cursor = QTextCursor(self.text.document())
        while wanted:
            cursor = self.text.document().find(wanted, cursor, QTextDocument.FindFlag(0))
            if cursor.isNull():
                break
            mark = QTextEdit.ExtraSelection()
            mark.cursor = cursor
            mark.format.setBackground(self._context.theme.colour("accent_soft"))
            marks.append(mark)
        self.text.setExtraSelections(marks)
        found = plural(len(marks), "{n} place", "{n} places") if marks else t("Not in the guide")
        self.count.setText(found if wanted else "")
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self.find_next()

    def _dress(self) -> None:
        font = self._context.theme.font("base")
        self.text.document().setDefaultFont(font)
        self._on_typed(self.search.text())
