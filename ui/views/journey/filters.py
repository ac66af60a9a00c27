"""What the map is restricted to: one group of people, one method."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.i18n import t
from ui.views.widgets.controls import ShortBox
from workbench.domain.ids import SegmentId
from workbench.domain.materials import Method
from workbench.domain.passage import Query
from workbench.study import Study

_LETTERS = 12  # shown of the name of a segment at least; its tip says all of it


class MapFilters(QWidget):
    """Two boxes beside the title of the map.

    Signals:
        changed: something else is asked for.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.segment = ShortBox[SegmentId | None](t("Segment"))
        self.method = ShortBox[Method | None](t("Method"))
        self.segment.setMinimumContentsLength(_LETTERS)
        self.method.setMinimumContentsLength(_LETTERS)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.segment)
        row.addWidget(self.method)
        self.segment.activated.connect(self.changed)
        self.method.activated.connect(self.changed)

    @property
    def query(self) -> Query:
        """Return what is asked for."""
        return Query(segment_id=self.segment.value, method=self.method.value)

    def offer(self, study: Study | None) -> None:
        """Offer what a study has; what is chosen stays as far as it still exists."""
        segments = study.people.segments() if study else []
        named: list[tuple[str, SegmentId | None]] = [(s.name, s.id) for s in segments]
        self.segment.fill([(t("All segments"), None), *named])
        self.method.fill([(t("All methods"), None), *((t(m.plural), m) for m in Method)])

    def reset(self) -> None:
        """Ask for everything."""
        self.segment.set_value(None)
        self.method.set_value(None)
        self.changed.emit()

    def said(self, query: Query) -> list[str]:
        """Return in words what a query restricts a map to."""
        found = []
        if query.segment_id is not None:
            found.append(self.segment.itemText(self.segment.place_of(query.segment_id)))
        if query.method is not None:
            found.append(t(query.method.plural))
        return found
