"""One question per drop: which method, which people, what title and date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget
from typing_extensions import override

from ui.i18n import plural, t
from ui.views.collect.roster import Roster
from ui.views.widgets.controls import Segmented
from ui.views.widgets.dates import DateField
from ui.views.widgets.dropping import Line
from ui.views.widgets.fields import add_row, form
from ui.views.widgets.foot import ask_foot
from ui.views.widgets.looks import label
from workbench.domain.ids import ParticipantId, SegmentId
from workbench.domain.materials import Method
from workbench.domain.people import Participant
from workbench.study import Study

_SHOWN = 4
_NEW = "new:"


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who is added with the material."""

    pseudonym: str
    segment: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a person said about a drop.

    Attributes:
        together: all files are of one session; else each is a session of its own.
    """

    paths: tuple[Path, ...]
    method: Method
    people: tuple[ParticipantId, ...]
    new_people: tuple[NewPerson, ...]
    title: str
    date: str
    together: bool


class ImportDialog(QDialog):
    """Asks about files, or about a session without any.

    Args:
        study: gives people and segments.
        paths: what was dropped or chosen.
        method: proposed; the last one used.
    """

    def __init__(
        self, study: Study, paths: Sequence[Path], method: Method, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._study = study
        self._paths = tuple(paths)
        self._new: list[NewPerson] = []
        self.setWindowTitle(t("Add files") if paths else t("New session"))
        self.setMinimumWidth(520)
        self.method = Segmented([(m, t(m.label)) for m in Method], name=t("Method"))
        self.method.set_value(method)
        self.roster = Roster()
        self.roster.added.connect(self._on_added)
        self.title = Line()
        self.title.setPlaceholderText(
            self._paths[0].stem.replace("_", " ") if paths else t("For example: Castle Street shop")
        )
        self.title.setAccessibleName(t("Title"))
        self.title.textChanged.connect(self._follow)
        self.date = DateField(t("Date"), partial=True)
        self.together = QCheckBox(t("All files belong to one session"))
        self.together.setVisible(len(paths) > 1)
        self.together.toggled.connect(self._follow)
        self._build()
        self._show_people([])
        self._follow()
        if not paths:
            self.title.setFocus()

    def plan(self) -> Plan:
        """Return what was said."""
        chosen = self.roster.chosen
        new = [self._new[int(one.removeprefix(_NEW))] for one in chosen if one.startswith(_NEW)]
        known = [ParticipantId(one) for one in chosen if not one.startswith(_NEW)]
        together = self.together.isChecked() or len(self._paths) < 2
        return Plan(
            self._paths,
            Method(str(self.method.value)),
            tuple(known),
            tuple(new),
            self.title.text().strip() if together else "",
            self.date.value,
            together,
        )

    @override
    def accept(self) -> None:
        """Go on with whoever is being typed, unless the date is to be mended."""
        self.roster.settle()
        self.date.commit()
        if self.date.settled:
            super().accept()
        else:
            self.date.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(label(self._heading(), "title"))
        for path in self._paths[:_SHOWN] if len(self._paths) > 1 else ():
            column.addWidget(label(path.name, "soft"))
        if len(self._paths) > _SHOWN:
            column.addWidget(label(t("and {n} more", n=len(self._paths) - _SHOWN), "soft"))
        rows = form()
        rows.setVerticalSpacing(12)
        add_row(rows, t("Method"), self.method)
        add_row(rows, t("People"), self.roster)
        add_row(rows, t("Date"), self.date)
        add_row(rows, t("Title"), self.title)
        rows.addRow("", self.together)
        self._title_label = rows.labelForField(self.title)
        column.addSpacing(4)
        column.addLayout(rows)
        column.addSpacing(8)
        foot = ask_foot(self, t("Add"))
        self.accept_button = foot.main
        column.addWidget(foot.box)

    def _heading(self) -> str:
        if not self._paths:
            return t("New session")
        if len(self._paths) == 1:
            return self._paths[0].name
        return plural(len(self._paths), "1 file", "{n} files")

    def _follow(self) -> None:
        one = len(self._paths) < 2 or self.together.isChecked()
        self.title.setVisible(one)
        if self._title_label is not None:
            self._title_label.setVisible(one)
        self.accept_button.setEnabled(bool(self._paths) or bool(self.title.text().strip()))

    def _on_added(self, pseudonym: str, segment: str) -> None:
        self._new.append(NewPerson(pseudonym, segment))
        self._show_people([*self.roster.chosen, f"{_NEW}{len(self._new) - 1}"])
        self.roster.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_people(self, chosen: list[str]) -> None:
        people: list[tuple[str, str]] = [
            (person.id, person.pseudonym) for person in self._study.people.participants()
        ]
        people += [(f"{_NEW}{at}", person.pseudonym) for at, person in enumerate(self._new)]
        names = [segment.name for segment in self._study.people.segments()]
        names += [p.segment for p in self._new if p.segment and p.segment not in names]
        self.roster.show_people(people, chosen, list(dict.fromkeys(names)))


def add_person(study: Study, pseudonym: str, segment: str) -> Participant:
    """Add a person; a segment that does not exist yet is added too."""
    return study.people.add(pseudonym=pseudonym, segment_id=segment_named(study, segment))


def segment_named(study: Study, name: str) -> SegmentId | None:
    """Return the segment of a name, made if need be; `None` for no name."""
    return study.people.segment_called(name).id if name.strip() else None
