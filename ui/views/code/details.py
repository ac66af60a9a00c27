"""Fields of an observation that are rarely needed: they show when they are, or when asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget
from typing_extensions import override

from ui.i18n import t
from ui.plain import set_tip
from ui.views.code.together import Together
from ui.views.widgets.controls import Segmented
from ui.views.widgets.dropping import Line
from ui.views.widgets.looks import button, label
from ui.views.widgets.waiting import show_waiting
from workbench.domain.observation import Basis
from workbench.services.unsaved import Spot

_INITIATORS = (("customer", "Customer"), ("company", "Company"), ("other", "Other"))


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
        changed: field of the observation and its new value.
        left: a person wants to go back to the text.
    """

    changed = Signal(str, object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 6, 0, 0)
        self.column.setSpacing(6)

    def _line(self, name: str, hint: str) -> TextField:
        made = TextField(name, hint)
        made.left.connect(self.left)
        return made


class Expected(Details):
    """Where an expectation comes from; shown beside an expectation, or when there is something."""

    def __init__(self) -> None:
        super().__init__()
        self.source = self._line(
            t("Where the expectation comes from"),
            t("From where? advert, friend, past visit …"),
        )
        self.comparator = self._line(
            t("The brand it is compared with"), t("Compared with which brand?")
        )
        self.column.addWidget(self.source)
        self.column.addWidget(self.comparator)

    def flush(self) -> None:
        """Keep what was typed, now."""
        self.source.keep()
        self.comparator.keep()

    def show_together(self, together: Together, spot_of: Callable[[str, str], Spot]) -> None:
        """Show the fields of what is selected.

        Args:
            together: what is selected.
            spot_of: tells where a field belongs, by its name and what people call it.
        """
        for field, made in (("expectation_source", self.source), ("comparator", self.comparator)):
            differ = together.differ(field)
            shown = "" if differ else together.value(field) or ""
            made.show_value(shown, spot_of(field, made.accessibleName()))
            set_tip(made, t("They differ; what you type is for all") if differ
                            else made.accessibleName())  # fmt: skip
        fields = ("expectation", "expectation_source", "comparator")
        self.setVisible(any(together.having(field) for field in fields))


class BasisField(Details):
    """How the ratings are known; shown as soon as there is a rating."""

    def __init__(self) -> None:
        super().__init__()
        self.basis = Segmented(
            (
                (Basis.SAID, t("Said")),
                (Basis.OBSERVED, t("Observed")),
                (Basis.INFERRED, t("Inferred")),
            ),
            name=t("How the ratings are known"),
        )
        self.basis.chosen.connect(lambda value: self.changed.emit("basis", value))
        self.column.addWidget(self.basis)

    def show_together(self, together: Together) -> None:
        """Show how the ratings of what is selected are known."""
        self.basis.set_value(None if together.differ("basis") else together.value("basis"))
        # A rating of 0 is one, too.
        rated = any(
            getattr(passage.observation, field) is not None
            for passage in together.passages
            for field in ("effectiveness", "ease", "emotion")
        )
        self.setVisible(rated or any(p.observation.basis is not Basis.SAID
                                     for p in together.passages))  # fmt: skip


class More(Details):
    """Who began it, and whether the brand was there at all; folded away while it is empty."""

    def __init__(self) -> None:
        super().__init__()
        self._open = False
        self.fold = button("", "link")
        self.fold.setAccessibleName(t("More about this observation"))
        self.fold.clicked.connect(self._on_fold)
        self.initiator = Segmented(
            [(value, t(text)) for value, text in _INITIATORS], name=t("Who began it"), empty=True
        )
        self.initiator.chosen.connect(lambda value: self.changed.emit("initiator", value or ""))
        self.absent = QCheckBox(t("The brand has no part in it"))
        self.absent.clicked.connect(lambda on: self.changed.emit("brand_absent", on))
        self._body = QWidget()
        inner = QVBoxLayout(self._body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        inner.addWidget(label(t("Who began it?"), "meta"))
        inner.addWidget(self.initiator)
        inner.addWidget(self.absent)
        self.column.addWidget(self.fold, alignment=Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._body)
        self._show_body(on=False)

    @property
    def unfolded(self) -> bool:
        """Tell whether the fields are shown."""
        return not self._body.isHidden()

    def show_together(self, together: Together) -> None:
        """Show the fields of what is selected; with something in them they are open."""
        self.initiator.set_value(together.value("initiator") or None)
        count = together.having("brand_absent")
        self.absent.setTristate(0 < count < len(together))
        state = Qt.CheckState.Checked if count else Qt.CheckState.Unchecked
        if 0 < count < len(together):
            state = Qt.CheckState.PartiallyChecked
        self.absent.setCheckState(state)
        used = any(together.having(field) for field in ("initiator", "brand_absent"))
        self._show_body(on=self._open or used)

    def _on_fold(self) -> None:
        self._open = not self.unfolded
        self._show_body(on=self._open)

    def _show_body(self, *, on: bool) -> None:
        self._body.setVisible(on)
        self.fold.setText(t("▾ more") if on else t("▸ more"))
