"""Where a code is used: choose passages and give them another code, or a new one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.context import AppContext
from ui.i18n import plural, t
from ui.views.evidence.evidence_list import EvidenceList
from ui.views.widgets.flow import FlowLayout
from ui.views.widgets.looks import button, icon_button, label, look
from workbench.domain.codebook import Code
from workbench.domain.ids import ObservationId
from workbench.domain.passage import Passage


class CodePassages(QWidget):
    """The passages of one code.

    Args:
        context: looks, and what opens and plays.

    Signals:
        closed: back to the codes.
        recode_wanted: the selected passages shall get another code.
        split_wanted: the selected passages shall get a new code.
        example_wanted: the selected passage shall show what the code means.
    """

    closed = Signal()
    recode_wanted = Signal()
    split_wanted = Signal()
    example_wanted = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        look(self, "paper")
        self.title = label("", "strong")
        self.note = label("", "meta", wrap=True)
        self.list = EvidenceList(context)
        self.recode = button(t("Another code…"))
        self.split = button(t("New code…"))
        self.example = button(t("Use as example"), "quiet")
        back = icon_button(context.icons, "arrow-left", t("Back to the codes"))
        back.clicked.connect(self.closed)
        self.recode.clicked.connect(self.recode_wanted)
        self.split.clicked.connect(self.split_wanted)
        self.example.clicked.connect(self.example_wanted)
        self.list.selectionModel().selectionChanged.connect(self._on_selected)
        self.setFocusProxy(self.list)
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 12, 0)
        head.addWidget(back)
        head.addWidget(self.title, 1)
        foot = FlowLayout()
        foot.setContentsMargins(16, 0, 16, 0)
        for made in (self.recode, self.split, self.example):
            foot.addWidget(made)
        note = QHBoxLayout()
        note.setContentsMargins(16, 0, 16, 0)
        note.addWidget(self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 10)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addLayout(note)
        column.addLayout(foot)
        self.code: Code | None = None
        self.editable = True

    def show_passages(self, code: Code, passages: Sequence[Passage], *, editable: bool) -> None:
        """Show where a code is used; what was selected stays selected."""
        same = self.code is not None and self.code.id == code.id
        chosen = set(self.list.selected_ids()) if same else set()
        self.code, self.editable = code, editable
        self.title.setText(code.name)
        self.list.set_passages(passages)
        flags = self.list.selectionModel().SelectionFlag
        self.list.clearSelection()
        for passage in passages:
            if passage.observation.id in chosen:
                row = self.list.passage_model.row_of(passage.observation.id)
                index = self.list.passage_model.index(row)
                self.list.selectionModel().select(index, flags.Select)
        self._on_selected()

    def chosen(self) -> list[ObservationId]:
        """Return the selected observations."""
        return self.list.selected_ids()

    def _on_selected(self) -> None:
        count = len(self.list.selectionModel().selectedIndexes())
        for made in (self.recode, self.split):
            made.setEnabled(bool(count) and self.editable)
        self.example.setEnabled(count == 1 and self.editable)
        self.note.setText(
            plural(count, "{n} passage chosen. Give it:", "{n} passages chosen. Give them:")
            if count
            else t("Choose passages to give them another code.")
        )
        self.note.setAlignment(Qt.AlignmentFlag.AlignLeft)
