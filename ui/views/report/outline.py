"""The outline of the report: its chapters, to go to, and to be left out of what is written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from ui.i18n import t
from workbench.domain.report import Heading, Section
from workbench.domain.report_parts import is_register

_ID, _PLACE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_HEIGHT = 30


class ReportOutline(QTreeWidget):
    """Chapters with a tick, and their headings.

    Signals:
        chosen: id of a chapter, and the place of a heading among its blocks, −1 for its begin.
        ticked: id of a chapter, and whether it is in the report.
    """

    chosen = Signal(str, int)
    ticked = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chapters: Sequence[object] = ()
        self.setHeaderHidden(True)
        self.setAccessibleName(t("Outline of the report"))
        self.setIndentation(14)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.currentItemChanged.connect(self._on_current)
        self.itemChanged.connect(self._on_changed)

    def show_sections(self, sections: Sequence[Section], left_out: Collection[str]) -> None:
        """Show the chapters; what is chosen and open stays so, as far as it is still there."""
        chapters = [(s.heading, s.id, is_register(s), tuple(_headings(s))) for s in sections]
        with QSignalBlocker(self):
            if chapters != self._chapters:
                self._chapters = chapters
                self._fill(sections)
            for item in self._items():
                self._tick(item, into=item.data(0, _ID) not in left_out)

    @staticmethod
    def _tick(item: QTreeWidgetItem, *, into: bool) -> None:
        if item.data(0, Qt.ItemDataRole.CheckStateRole) is not None:  # the register has none
            item.setCheckState(0, Qt.CheckState.Checked if into else Qt.CheckState.Unchecked)

    def _fill(self, sections: Sequence[Section]) -> None:
        current, at = _named(self.currentItem()), self.verticalScrollBar().value()
        unfolded = {item.data(0, _ID) for item in self._items() if item.isExpanded()}
        self.clear()
        made: list[QTreeWidgetItem] = []
        for section in sections:
            item = QTreeWidgetItem([section.heading])
            item.setData(0, _ID, section.id)
            item.setData(0, _PLACE, -1)
            item.setSizeHint(0, QSize(0, _HEIGHT))
            if not is_register(section):
                item.setCheckState(0, Qt.CheckState.Checked)
            self.addTopLevelItem(item)
            made.append(item)
            for place, text in _headings(section):
                child = QTreeWidgetItem([text])
                child.setData(0, _PLACE, place)
                item.addChild(child)
                made.append(child)
            item.setExpanded(section.id in unfolded)
        for item in made:
            if _named(item) == current:
                self.setCurrentItem(item)
        self.verticalScrollBar().setValue(at)

    def _items(self) -> Iterator[QTreeWidgetItem]:
        return (item for row in range(self.topLevelItemCount()) if (item := self.topLevelItem(row)))

    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit((item.parent() or item).data(0, _ID), item.data(0, _PLACE))

    def _on_changed(self, item: QTreeWidgetItem) -> None:
        self.ticked.emit(item.data(0, _ID), item.checkState(0) == Qt.CheckState.Checked)


def _headings(section: Section) -> Iterator[tuple[int, str]]:
    for place, block in enumerate(section.blocks):
        if isinstance(block, Heading) and block.level == 2:
            yield place, block.text


def _named(item: QTreeWidgetItem | None) -> tuple[str, str] | None:
    """Return what an item is known by: the id of its chapter, and its heading."""
    if item is None:
        return None
    chapter = item.parent()
    return ((chapter or item).data(0, _ID), item.text(0) if chapter else "")
