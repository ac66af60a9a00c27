"""The people of the study by segment, and what one of them agreed to."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.context import AppContext
from ui.i18n import t
from ui.icons import Icons
from ui.plain import set_tip
from ui.views.collect.import_dialog import segment_named
from ui.views.consent.standing import StandingList
from ui.views.widgets.dropping import Line
from ui.views.widgets.fields import LineField, TextField, add_row, form, required
from ui.views.widgets.inputs import ComboBox
from ui.views.widgets.looks import button, hairline, icon_button, label
from ui.views.widgets.scrolled import Scrolled
from ui.views.widgets.side_list import SideList, SideRow
from ui.views.widgets.waiting import show_waiting
from ui.views.withdraw.withdrawing import Withdrawing
from workbench.domain.change import Op
from workbench.domain.consent import Standing, Use
from workbench.domain.declaring import Field
from workbench.domain.ids import ParticipantId
from workbench.domain.people import CODE, NOTE, PSEUDONYM, Participant
from workbench.services.keys.keys import Found
from workbench.services.unsaved import Spot
from workbench.study import Study

_LIST = 120  # pixels: some people are in sight, however small the window is


class PeoplePane(QWidget):
    """The list, and below it the card of the person chosen."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.withdrawing = Withdrawing(context, self)
        self.list = SideList(context.theme, t("People"))
        self.list.tell = lambda row: self._said.get(row.id, "")
        self._said: dict[str, str] = {}
        self.new_name = Line()
        self.new_name.setPlaceholderText(t("Pseudonym of somebody new"))
        self.new_name.setAccessibleName(t("Pseudonym of somebody new"))
        self.add_button = button(t("Add"))
        self.card = PersonCard(context.icons)
        line = QHBoxLayout()
        line.setContentsMargins(16, 8, 16, 12)
        line.setSpacing(6)
        line.addWidget(self.new_name, 1)
        line.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.list.setMinimumHeight(_LIST)
        column.addWidget(self.list, 1)
        column.addLayout(line)
        column.addWidget(hairline())
        column.addWidget(Scrolled(self.card))
        self.card.hide()

    def show_people(self, study: Study) -> None:
        """Read the people again."""
        quotes = study.ledger.of_use(Use.QUOTE)
        self._said = {
            person.id: quotes.get(person.id, Standing(Use.QUOTE)).sentence
            for person in study.people.participants()
        }
        self.list.show_rows(_rows(study, quotes))

    def show_card(self, study: Study, person_id: ParticipantId) -> None:
        """Show what is known of a person."""
        self.card.show_person(study, person_id)
        self.card.show()

    def hide_card(self) -> None:
        """Show nobody; what is typed is kept."""
        self.card.leave()
        self.card.hide()

    def clear(self) -> None:
        """Show nobody of this study any more."""
        self.hide_card()
        self.list.show_rows([])


class PersonCard(QWidget):
    """One person: code, pseudonym, segment, consent, and the real name behind a lock."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._id = ParticipantId("")
        self._showing = False
        self.pseudonym = LineField(t("Pseudonym"), read=required(t("Pseudonym")))
        self.code = LineField(t("Code"), read=required(t("Code")))
        self.code.setFixedWidth(72)
        self.segment = ComboBox[str](t("Segment"))
        self.segment.setEditable(True)
        self._segment = ""  # the one shown, before somebody types another
        self._home: Spot | None = None  # where that belongs
        self.segments = icon_button(icons, "pencil", t("Name, join or remove segments…"))
        self.standing = StandingList()
        self.consent_button = button(t("Consent…"), "link")
        self.real_name = LineField(t("Real name"))
        self.contact = LineField(t("Contact"), t("E-mail, phone …"))
        self.unlock = icon_button(icons, "lock", t("Show and change real name and contact"))
        self.unlock.setCheckable(True)
        self.note = TextField(t("Note"), t("Anything worth knowing"), lines=2)
        self.remove = icon_button(icons, "trash-2", t("Put this person into the bin"))
        self._build()
        self._connect()

    def show_person(self, study: Study, person_id: ParticipantId) -> None:
        """Show a person; what is being typed for the same one is left alone."""
        if person_id != self._id:
            self.leave()
            with QSignalBlocker(self.unlock):
                self.unlock.setChecked(False)
        self._id, self._showing = person_id, True
        person = study.people.participant(person_id)
        for field, line in ((PSEUDONYM, self.pseudonym), (CODE, self.code), (NOTE, self.note)):
            line.set_value(field.of(person), self._spot(study, person, field))
        self.standing.show_standings(study.ledger.standings(person_id))
        self._show_segment(study, person)
        self.show_key(study, open_=self.unlock.isChecked())
        self.setEnabled(not study.read_only)
        self._showing = False

    def leave(self) -> None:
        """Keep what is typed, before somebody else is shown."""
        for field in (self.pseudonym, self.code):
            field.leave()
        self._keep_segment()
        for field in self._apart:
            field.leave()
        self.note.commit()
        self._id, self._home = ParticipantId(""), None

    def _build(self) -> None:
        names = QHBoxLayout()
        names.setSpacing(6)
        names.addWidget(self.code)
        names.addWidget(self.pseudonym, 1)
        names.addWidget(self.remove)
        rows = form()
        group = QHBoxLayout()
        group.setContentsMargins(0, 0, 0, 0)
        group.setSpacing(4)
        group.addWidget(self.segment, 1)
        group.addWidget(self.segments)
        grouped = QWidget()
        grouped.setLayout(group)
        add_row(rows, t("Segment"), grouped)
        rows.addRow(self.consent_button, self.standing)
        add_row(rows, t("Note"), self.note)
        real = QHBoxLayout()
        real.setContentsMargins(0, 0, 0, 0)
        real.setSpacing(4)
        real.addWidget(self.real_name, 1)
        real.addWidget(self.unlock)
        locked = QWidget()
        locked.setLayout(real)
        add_row(rows, t("Real name"), locked)
        add_row(rows, t("Contact"), self.contact)
        kept = label(t("Kept in the key, not in the study; never exported."), "meta", wrap=True)
        rows.addRow("", kept)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addLayout(names)
        column.addWidget(self.code.trouble)
        column.addWidget(self.pseudonym.trouble)
        column.addLayout(rows)
        for field in self._apart:
            set_tip(field, t("Not in the history: undo in the study does not bring it back."))
            column.addWidget(field.trouble)

    def _connect(self) -> None:
        self.segment.activated.connect(self._keep_segment)
        line = self.segment.lineEdit()
        if line is not None:
            line.editingFinished.connect(self._keep_segment)

    @staticmethod
    def _spot(study: Study, person: Participant, field: Field[Participant, str]) -> Spot:
        """Return where a field belongs: to the person shown now, also when it is saved later."""
        return study.unsaved.spot(
            ("participant", person.id, field.name),
            f"{t(field.label)} · {person.pseudonym}",
            lambda text: study.people.change(person.id, field.to(text)),
        )

    @staticmethod
    def _segment_spot(study: Study, person: Participant) -> Spot:
        def put(name: str) -> None:
            with study.step(Op.EDIT_PEOPLE):
                study.people.change(person.id, segment_id=segment_named(study, name))

        key = ("participant", person.id, "segment")
        return study.unsaved.spot(key, f"{t('Segment')} · {person.pseudonym}", put)

    @property
    def _apart(self) -> tuple[LineField, LineField]:
        """Return the fields of what is in the key."""
        return self.real_name, self.contact

    @staticmethod
    def _apart_spots(study: Study, person_id: ParticipantId) -> tuple[Spot, Spot]:
        """Return where the fields of what is in the key belong."""
        return (
            study.unsaved.spot(
                ("participant", person_id, "real name"),
                t("Real name"),
                lambda name: study.people.set_real_name(person_id, name),
            ),
            study.unsaved.spot(
                ("participant", person_id, "contact"),
                t("Contact"),
                lambda text: study.keys.set(person_id, contact=text),
            ),
        )

    def _show_segment(self, study: Study, person: Participant) -> None:
        """Show the segment of a person; one that is being typed stays."""
        self._home = spot = self._segment_spot(study, person)
        show_waiting(self.segment, spot)
        line = self.segment.lineEdit()
        if line is not None and line.hasFocus() and line.isModified():
            return
        segments = study.people.segments()
        self.segment.fill([(t("No segment"), ""), *((one.name, one.id) for one in segments)])
        self.segment.set_value(person.segment_id)
        if spot.waiting is not None:
            self.segment.setEditText(spot.waiting)
        self._segment = self.segment.currentText()

    def _keep_segment(self) -> None:
        name = self.segment.currentText().strip()
        if self._home is None or self._showing or name == self._segment:
            return
        self._segment = name
        self._home.keep("" if name == t("No segment") else name)
        show_waiting(self.segment, self._home)

    def show_key(self, study: Study, *, open_: bool) -> None:
        """Show what is in the key, or only whether there is anything."""
        found = study.keys.found
        open_ = open_ and found.state.protects
        for field in self._apart if not open_ else ():
            field.leave()
        kept = study.keys.of(self._id)
        spots = self._apart_spots(study, self._id)
        for field, value, spot in zip(
            self._apart, (kept.real_name, kept.contact), spots, strict=True
        ):
            stored = spot.shown(value)
            field.setReadOnly(not open_)
            field.setEchoMode(Line.EchoMode.Normal if open_ else Line.EchoMode.NoEcho)
            field.set_value(stored if open_ else "", spot if open_ else None)
            show_waiting(field, spot)
            field.setPlaceholderText(_hint(field, found, open_=open_, is_kept=bool(stored)))
        if open_ and not self._showing:
            self.real_name.setFocus(Qt.FocusReason.OtherFocusReason)


def _hint(field: LineField, found: Found, *, open_: bool, is_kept: bool) -> str:
    """Return what stands in an empty field of what is in the key."""
    if open_:
        return field.hint
    if not found.state.protects:
        return t("The key cannot be read")
    return t("Locked") if is_kept else t("Locked, none kept")


def _rows(study: Study, quotes: Mapping[ParticipantId, Standing]) -> list[SideRow]:
    people = study.people.participants()
    rows: list[SideRow] = []
    groups = [(segment.id, segment.name) for segment in study.people.segments()]
    for segment_id, name in [*groups, (None, t("No segment"))]:
        of_group = [person for person in people if person.segment_id == segment_id]
        if of_group or segment_id is not None:
            rows.append(SideRow("", name, str(len(of_group))))
        for person in of_group:
            said = quotes.get(person.id)
            mark = "good" if said is not None and said.allows else "ring"
            rows.append(SideRow(person.id, person.pseudonym, person.code, mark))
    return rows
