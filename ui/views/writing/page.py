"""Write in the text that is open in Code: documents as well as transcripts.

The page shows the same text with the same marks as the reading view, which rests meanwhile; what
is typed is in the study at once, and observations go along with their words.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.context import AppContext
from ui.i18n import t
from ui.views.reading.editing import EditableText
from ui.views.reading.marking import marks_of
from ui.views.reading.open_text import OpenText
from ui.views.reading.view import ReadingView
from ui.views.widgets.looks import button, hairline, label, look
from ui.views.writing.keeping import Keeper
from workbench.domain.change import ChangeSet
from workbench.domain.ids import ObservationId, SourceId
from workbench.domain.observation import Placement
from workbench.study import Study


class WritingPage(QWidget):
    """A text to write in.

    Args:
        context: everything the window shares.

    Signals:
        left: the person is done; row and code point of the caret.
    """

    left = Signal(int, int)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._open: OpenText | None = None
        self._waiting: set[ObservationId] = set()
        self._keeper = Keeper(self)
        self.text = EditableText(context.theme, self._keeper)
        self.view = ReadingView(context.theme, self.text)
        self.text.spoken = context.spoken
        self.done = button(t("Done"), "primary")
        look(self, "surface")
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 8, 16, 8)
        bar.addWidget(label(t("You are writing in the text. Observations stay on their words."),
                            "soft"), 1)  # fmt: skip
        bar.addWidget(self.done)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(hairline())
        column.addWidget(self.view, 1)
        self.setFocusProxy(self.text)
        self.done.clicked.connect(self.leave)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.leave)
        self.text.shape_changed.connect(self._read_marks)

    @property
    def is_open(self) -> bool:
        """Tell whether somebody is writing."""
        return self._open is not None

    def open(self, study: Study, source_id: SourceId, *, row: int, point: int) -> None:
        """Show the text of a source with the caret at a code point."""
        self._waiting = set()
        self._keeper.open(study)
        self.text.set_editable(on=True)
        self._open = OpenText(study, self.view, self)
        self._open.open(source_id)
        self._open.complete()
        if self.text.turns:
            self.text.selection.put(max(0, row), point)

    def leave(self) -> None:
        """Be done; harmless when nobody is writing."""
        if self.is_open:
            row, point = self.text.selection.here() if self.text.turns else (0, 0)
            self.forget()
            self.left.emit(row, point)

    def forget(self) -> None:
        """Show no text any more."""
        if self._open is not None:
            self._open.close()
            self._open.deleteLater()
        self._open = None
        self._keeper.open(None)

    def refresh(self, changes: ChangeSet | None) -> bool:
        """Take over what changed.

        Returns:
            whether what was written made other observations wait for review than before.
        """
        if self._open is None:
            return False
        if changes is None or changes.origin is not self:
            self._open.refresh(changes)
            return False
        ids = [ObservationId(key) for key in changes.ids("observation")]
        self._open.take(ids)
        return self._note_waiting(self._open.study, ids)

    def _note_waiting(self, study: Study, ids: list[ObservationId]) -> bool:
        """Note which of some observations wait for review; tell whether that is new."""
        found = (study.observations.get(key) for key in ids)
        waiting = {row.id for row in found if row.placement is Placement.REVIEW}
        before, self._waiting = self._waiting, self._waiting - set(ids) | waiting
        return before != self._waiting

    def _read_marks(self) -> None:
        """Show all marks anew: turns were cut or joined, so that all below have moved."""
        if self._open is not None and self._open.source is not None:
            found = self._open.study.passages.markings(self._open.source.id)
            self._open.markings = {marking.id: marking for marking in found}
            self.view.show_marks(marks_of(found, self.text, self._open.lens))
