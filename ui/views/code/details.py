"""Fields of an observation that are rarely needed: they show when they are, or when asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from ui.i18n import t
from ui.plain import set_tip
from ui.views.code.parts import ChoiceField, FlagField, part_of
from ui.views.code.together import Together
from ui.views.widgets.dropping import Line
from ui.views.widgets.looks import button, label
from ui.views.widgets.waiting import show_waiting
from workbench.domain.fields import BASIS, EXPECTATION, EXPECTED, MORE, RATINGS, Noted
from workbench.services.unsaved import Spot


class TextField(Line):
    """One line that is kept when one leaves it or presses Enter; Escape puts it back.

    Signals:
        left: a person wants to go back to the text.
    """

    left = Signal()

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self._shown = ""
        self._spot: Spot | None = None
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        set_tip(self, name)
        self.editingFinished.connect(self.keep)

    def show_value(self, text: str, spot: Spot) -> None:
        """Show what is kept; what is being typed stays.

        Args:
            text: what the study has.
            spot: where it belongs; a text that still waits to be saved there is shown instead.
        """
        if self._spot is not None and self._spot.key != spot.key:
            self.keep()
        typing = self.hasFocus() and self.text() != self._shown and self._at(spot)
        self._spot, text = spot, spot.shown(text)
        show_waiting(self, spot)
        self._shown = text
        if not typing:
            self.setText(text)

    def _at(self, spot: Spot) -> bool:
        return self._spot is not None and self._spot.key == spot.key

    def keep(self) -> None:
        """Keep what was typed, now."""
        text = " ".join(self.text().split())
        if self._spot is not None and text != self._shown:
            self._shown = text
            self._spot.keep(text)
            show_waiting(self, self._spot)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._shown)
            self.left.emit()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()


class Details(QWidget):
    """A group of fields.

    Signals:
        changed: a `Given`.
        left: a person wants to go back to the text.
    """

    changed = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 6, 0, 0)
        self.column.setSpacing(6)


class Expected(Details):
    """Where an expectation comes from; shown beside an expectation, or when there is something."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = {field: TextField(t(field.label), t(field.hint)) for field in EXPECTED}
        for line in self.lines.values():
            line.left.connect(self.left)
            self.column.addWidget(line)

    def flush(self) -> None:
        """Keep what was typed, now."""
        for line in self.lines.values():
            line.keep()

    def show_together(self, together: Together, spot_of: Callable[[Noted[str], str], Spot]) -> None:
        """Show the fields of what is selected.

        Args:
            together: what is selected.
            spot_of: tells where the text of a field belongs, by what people call it.
        """
        for field, line in self.lines.items():
            line.show_value(together.value(field) or "", spot_of(field, line.accessibleName()))
            set_tip(line, t("They differ; what you type is for all") if together.differ(field)
                          else line.accessibleName())  # fmt: skip
        used = any(together.having(field) for field in self.lines)
        self.setVisible(used or bool(together.having(EXPECTATION)))


class BasisField(Details):
    """How the ratings are known; shown as soon as there is a rating."""

    def __init__(self) -> None:
        super().__init__()
        self.basis = ChoiceField(BASIS)
        self.basis.changed.connect(self.changed)
        self.column.addWidget(self.basis)

    def show_together(self, together: Together) -> None:
        """Show how the ratings of what is selected are known."""
        self.basis.show_together(together)
        seen = [passage.observation for passage in together.passages]
        rated = any(field.of(one) is not None for one in seen for field in RATINGS)  # also with 0
        self.setVisible(rated or any(BASIS.of(one) != BASIS.empty for one in seen))


class More(Details):
    """Who began it, and whether the brand was there at all; folded away while it is empty."""

    def __init__(self) -> None:
        super().__init__()
        self._open = False
        self.fold = button("", "link")
        self.fold.setAccessibleName(t("More about this observation"))
        self.fold.clicked.connect(self._on_fold)
        self.parts: dict[Noted[Any], ChoiceField | FlagField] = {f: part_of(f) for f in MORE}
        self._body = QWidget()
        inner = QVBoxLayout(self._body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        for field, part in self.parts.items():
            if field.title:
                inner.addWidget(label(t(field.title), "meta"))
            inner.addWidget(part)
            part.changed.connect(self.changed)
        self.column.addWidget(self.fold, alignment=Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._body)
        self._show_body(on=False)

    @property
    def unfolded(self) -> bool:
        """Tell whether the fields are shown."""
        return not self._body.isHidden()

    def show_together(self, together: Together) -> None:
        """Show the fields of what is selected; with something in them they are open."""
        for part in self.parts.values():
            part.show_together(together)
        used = any(together.having(field) for field in self.parts)
        self._show_body(on=self._open or used)

    def _on_fold(self) -> None:
        self._open = not self.unfolded
        self._show_body(on=self._open)

    def _show_body(self, *, on: bool) -> None:
        self._body.setVisible(on)
        self.fold.setText(t("▾ more") if on else t("▸ more"))
