"""The segments in a table: named anew, made one, or removed, where people are put into them."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QWidget
from typing_extensions import override

from ui.i18n import plural, t
from ui.views.table_dialog import TableDialog
from workbench.domain.change import Op
from workbench.domain.ids import SegmentId
from workbench.domain.naming import free
from workbench.domain.people import NAME, PERSONA
from workbench.study import Study

_FIELDS = (NAME, PERSONA)


class SegmentsDialog(TableDialog):
    """The groups that people stand for, with the persona of each and how many are in it."""

    joining = True
    op = Op.EDIT_PEOPLE

    def __init__(self, study: Study, parent: QWidget | None = None) -> None:
        super().__init__(
            study,
            t("Segments"),
            t(
                "Give a segment the name of another one, and both become one. The people of a "
                "segment that is removed stay, without a segment. Undo brings it back."
            ),
            (*(t(field.label) for field in _FIELDS), t("People")),
            parent,
        )
        head = self.table.horizontalHeader()
        for column in (0, 2):  # a persona is a sentence
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)

    @override
    def fill(self) -> None:
        super().fill()
        self._filling = True
        for row in range(self.table.rowCount()):
            count = self.table.item(row, len(_FIELDS))
            if count is not None:  # counted, not typed
                count.setFlags(count.flags() & ~Qt.ItemFlag.ItemIsEditable)
        self._filling = False

    @override
    def rows(self) -> list[tuple[str, tuple[str, ...]]]:
        people = Counter(person.segment_id for person in self.study.people.participants())
        return [
            (one.id, (*(field.of(one) for field in _FIELDS), _people(people[one.id])))
            for one in self.study.people.segments()
        ]

    @override
    def add(self) -> None:
        taken = [segment.name for segment in self.study.people.segments()]
        self.study.people.add_segment(free(t("New segment"), taken))

    @override
    def change(self, key: str, column: int, text: str) -> None:
        if column == 0:
            self.study.people.name_segment(SegmentId(key), text)
        elif column < len(_FIELDS):
            self.study.people.change_segment(SegmentId(key), _FIELDS[column].to(text))

    @override
    def remove(self, key: str) -> None:
        self.study.people.remove_segment(SegmentId(key))


def _people(count: int) -> str:
    return plural(count, "1 person", "{n} people") if count else t("unused")
