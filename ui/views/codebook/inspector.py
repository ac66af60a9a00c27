"""What a code means: definition, when to give it and when not, an example, a memo."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from ui.context import AppContext
from ui.i18n import Phrase, t
from ui.models.passages import where, words_of
from ui.plain import set_tip
from ui.views.codebook.model import counted
from ui.views.memos.field import MemoField
from ui.views.widgets.controls import swatch
from ui.views.widgets.looks import button, label, look
from ui.views.widgets.roving import Roving
from workbench.domain.codebook import DEFINITION, EXAMPLE, EXCLUDE, INCLUDE, Code, Counts
from workbench.domain.declaring import Field
from workbench.domain.passage import Passage
from workbench.services.coding.codebook import PALETTE_SIZE
from workbench.services.unsaved import Spot
from workbench.study import Study

_FIELDS: tuple[tuple[Field[Code, str], Phrase, int], ...] = (
    (DEFINITION, "What does it mean?", 66),
    (INCLUDE, "What belongs to it, also in doubt?", 48),
    (EXCLUDE, "What is near, but another code?", 48),
    (EXAMPLE, "A quote that shows it; or choose one of its passages.", 48),
)
_MEMO: tuple[Phrase, Phrase, int] = ("Memo", "What do you think of it?", 66)
# The names of the stage colours, which eyes that see few colours tell apart too.
COLOURS: tuple[Phrase, ...] = (
    "Orange", "Sky blue", "Green", "Yellow", "Blue", "Vermilion", "Purple", "Grey",
)  # fmt: skip


class CodeInspector(QWidget):
    """The fields of one code.

    Args:
        context: looks.

    Signals:
        coloured: the index of a colour.
        passages_wanted: the person wants to see where the code is used.
        example_wanted: the person wants to see the example in its place.
    """

    coloured = Signal(int)
    passages_wanted = Signal()
    example_wanted = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        look(self, "paper")
        self.name = label("", "strong", wrap=True)
        self.counts = button("", "link")
        self.counts.setAccessibleName(t("Where the code is used"))
        self.counts.clicked.connect(self.passages_wanted)
        self.swatches: list[QToolButton] = []
        self.fields: dict[Field[Code, str], MemoField] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(4)
        column.addWidget(self.name)
        column.addWidget(self.counts, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._colours())
        for field, hint, height in _FIELDS:
            self.fields[field] = _added(column, field.label, hint, height)
        self._add_example(column)
        self.memo = _added(column, *_MEMO)
        context.theme.changed.connect(self._paint_swatches)
        self._paint_swatches()

    def show_code(
        self, study: Study, code: Code, memo: str, example: Passage | None, *,
        counts: Counts, editable: bool,
    ) -> None:  # fmt: skip
        """Show one code.

        Args:
            study: has it.
            code: what is shown.
            counts: how widely it is used.
            memo: on the code.
            example: the passage chosen, or the one that is proposed.
            editable: whether it may be changed.
        """
        self.name.setText(code.name)
        self.counts.setText(counted(counts))
        self.counts.setEnabled(bool(counts.mentions))
        for field, widget in self.fields.items():
            widget.show_memo(code.id, field.of(code), self._spot(study, code, field))
            widget.setReadOnly(not editable)
        self.memo.show_memo(code.id, memo, self._memo_spot(study, code))
        self.memo.setReadOnly(not editable)
        for number, made in enumerate(self.swatches):
            made.setChecked(number == code.colour % PALETTE_SIZE)
            made.setEnabled(editable)
        chosen = example is not None and example.observation.id == code.example_id
        shown = example if chosen or not code.example else None
        self.example.setText(f"“{words_of(shown)}”" if shown else "")
        origin = t("chosen") if chosen else t("proposed")
        self.example_place.setText(f"{where(shown)} · {origin}" if shown else "")
        for part in (self.example, self.example_place):
            part.setVisible(shown is not None)

    def _spot(self, study: Study, code: Code, field: Field[Code, str]) -> Spot:
        def write(text: str) -> None:
            study.codebook.change(code.id, field.to(text), origin=self)

        title = f"{t(field.label)} · {code.name}"
        return study.unsaved.spot(("code", code.id, field.name), title, write)

    def _memo_spot(self, study: Study, code: Code) -> Spot:
        def write(text: str) -> None:
            study.memos.write("code", code.id, text, origin=self)

        title = f"{self.memo.accessibleName()} · {code.name}"
        return study.unsaved.spot(("memo", "code", code.id), title, write)

    def forget(self) -> None:
        """Keep what was typed, and belong to no code any more."""
        for widget in (*self.fields.values(), self.memo):
            widget.forget()

    def _colours(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        for number in range(PALETTE_SIZE):
            made = QToolButton()
            made.setCheckable(True)
            made.setAutoRaise(True)
            made.setIconSize(QSize(15, 12))
            made.setAccessibleName(t(COLOURS[number]))
            set_tip(made, t(COLOURS[number]))
            made.clicked.connect(lambda _on=False, number=number: self.coloured.emit(number))
            self.swatches.append(made)
            row.addWidget(made)
        Roving(self, self.swatches)
        row.addStretch(1)
        return row

    def _add_example(self, column: QVBoxLayout) -> None:
        self.example = label("", "soft", wrap=True)
        self.example.setMaximumHeight(76)
        self.example_place = button("", "link")
        self.example_place.setAccessibleName(t("Show the example in its place"))
        self.example_place.clicked.connect(self.example_wanted)
        column.addWidget(self.example)
        column.addWidget(self.example_place, alignment=Qt.AlignmentFlag.AlignLeft)

    def _paint_swatches(self) -> None:
        for number, made in enumerate(self.swatches):
            made.setIcon(swatch(self._context.theme.stage_line(number), size=12))


def _added(column: QVBoxLayout, title: str, hint: str, height: int) -> MemoField:
    made = MemoField()
    made.setFixedHeight(height)
    made.setAccessibleName(t(title))
    made.setPlaceholderText(t(hint))
    column.addWidget(label(t(title), "heading"))
    column.addWidget(made)
    return made
