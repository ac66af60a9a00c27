"""Find and replace: a quiet bar above the text, for this text or all of the study."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from ui.context import AppContext
from ui.i18n import plural, t
from ui.plain import set_tip
from ui.views.widgets.dropping import Line
from ui.views.widgets.looks import button, hairline, icon_button, label
from ui.views.writing.keeping import Keeper
from workbench.domain.ids import TranscriptId
from workbench.services.texts.correcting import Found

_PAUSE_MS = 120


class FindBar(QWidget):
    """Two lines: what to find, and what to put there.

    Args:
        context: icons and toasts.
        keeper: whose study is searched.

    Signals:
        found: the places in the transcript that is shown.
        step_wanted: go to the next place, or with `True` to the one before.
        closed: the bar was closed.
    """

    found = Signal(list)
    step_wanted = Signal(bool)
    closed = Signal()

    def __init__(self, context: AppContext, keeper: Keeper) -> None:
        super().__init__()
        self._context = context
        self._keeper = keeper
        self._here: TranscriptId | None = None
        self.places: list[Found] = []
        icons = context.icons
        self.words = _field(t("Find"))
        self.instead = _field(t("Replace with"))
        self.case = _switch(t("Aa"), t("Capitals matter"))
        self.whole = _switch(t("Word"), t("Whole words only"))
        self.everywhere = _switch(t("All texts"), t("Also in all other texts of the study"))
        self.count = label("", "meta")
        self.back = icon_button(icons, "chevron-up", t("Place before"))
        self.next = icon_button(icons, "chevron-down", t("Next place"))
        self.close_button = icon_button(icons, "x", t("Close"))
        self.all_button = button(t("Replace all"))
        self._second = QWidget()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE_MS)
        self._build()
        self._connect()
        self.hide()

    def _build(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(4)
        first.addWidget(self.words, 1)
        for part in (self.case, self.whole, self.everywhere):
            first.addWidget(part)
        first.addSpacing(8)
        first.addWidget(self.count)
        for tool in (self.back, self.next, self.close_button):
            tool.setIconSize(QSize(16, 16))
            first.addWidget(tool)
        second = QHBoxLayout(self._second)
        second.setContentsMargins(0, 0, 0, 0)
        second.addWidget(self.instead, 1)
        second.addWidget(self.all_button)
        rows = QVBoxLayout()
        rows.setContentsMargins(24, 4, 16, 8)
        rows.setSpacing(6)
        rows.addLayout(first)
        rows.addWidget(self._second)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(rows)
        whole.addWidget(hairline())

    def _connect(self) -> None:
        self._soon.timeout.connect(self.search)
        self.words.textChanged.connect(self._soon.start)
        for switch in (self.case, self.whole, self.everywhere):
            switch.toggled.connect(self.search)
        self.words.returnPressed.connect(self._on_enter)
        self.instead.returnPressed.connect(self.replace_all)
        self.back.clicked.connect(lambda: self.step_wanted.emit(True))
        self.next.clicked.connect(lambda: self.step_wanted.emit(False))
        self.close_button.clicked.connect(self.shut)
        self.all_button.clicked.connect(self.replace_all)

    def open_bar(self, words: str, *, replacing: bool) -> None:
        """Show the bar with some words in it, or with those of last time."""
        self._second.setVisible(replacing and not self._keeper.study.read_only)
        if words:
            self.words.setText(words)
        self.show()
        self.words.setFocus()
        self.words.selectAll()
        self.search()

    def shut(self) -> None:
        """Hide the bar and what it lit."""
        self.hide()
        self._tell([])
        self.closed.emit()

    def set_transcript(self, transcript_id: TranscriptId | None) -> None:
        """Search in another transcript."""
        self._here = transcript_id
        self.search_soon()

    def search_soon(self) -> None:
        """Search again, a moment after the text has changed."""
        if self.isVisible():
            self._soon.start()

    def search(self) -> None:
        """Search now."""
        self._soon.stop()
        if self._here is None or not self.isVisible():
            self._tell([])
            return
        study = self._keeper.study
        present = [one.id for one in study.transcripts.present().values()]
        where = present if self.everywhere.isChecked() else [self._here]
        self._tell(
            study.corrections.find(
                self.words.text(),
                where,
                match_case=self.case.isChecked(),
                whole_words=self.whole.isChecked(),
            )
        )

    def replace_all(self) -> None:
        """Put the new words in all places found, as one step."""
        self.search()
        if not self.places:
            return
        places, instead = self.places, self.instead.text()
        self._context.run_long(
            t("Replacing"),
            lambda study: study.corrections.replace(places, instead),
            self._on_replaced,
            size=len(places),
        )

    def _on_replaced(self, count: int) -> None:
        self.search()
        self._context.signals.toast_requested.emit(
            plural(count, "Replaced in one place; “Undo” takes it back.",
                   "Replaced in {n} places; “Undo” takes it back.")
        )  # fmt: skip

    def _tell(self, places: Sequence[Found]) -> None:
        self.places = list(places)
        here = [place for place in places if place.transcript_id == self._here]
        self.count.setText(self._counted(len(here)))
        self.all_button.setEnabled(bool(places))
        self.all_button.setText(t("Replace all {n}", n=len(places)) if places else t("Replace all"))
        for tool in (self.back, self.next):
            tool.setEnabled(bool(here))
        self.found.emit(here)

    def _counted(self, here: int) -> str:
        if not self.words.text():
            return ""
        if not self.everywhere.isChecked():
            return plural(here, "1 place", "{n} places") if here else t("Not found")
        texts = len({place.transcript_id for place in self.places})
        return t("{n} here, {all} in {texts}", n=here, all=len(self.places),
                 texts=plural(texts, "1 text", "{n} texts"))  # fmt: skip

    def _on_enter(self) -> None:
        self.search()
        self.step_wanted.emit(False)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
        else:
            super().keyPressEvent(event)


def _field(name: str) -> Line:
    field = Line()
    field.setPlaceholderText(name)
    field.setAccessibleName(name)
    field.setMinimumWidth(96)
    return field


def _switch(text: str, tip: str) -> QPushButton:
    switch = button(text, "chip")
    switch.setCheckable(True)
    set_tip(switch, tip)
    switch.setAccessibleName(tip)
    return switch
