"""The people of the study by segment, and what one of them agreed to."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.context import AppContext
from ui.i18n import t
from ui.plain import set_tip
from ui.views.collect.import_dialog import add_person, segment_named
from ui.views.collect.segments_dialog import SegmentsDialog
from ui.views.consent.dialog import ConsentDialog
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
from workbench.domain.people import CODE, NOTE, PSEUDONYM, Identity, Participant
from workbench.services.keys.keys import Found
from workbench.services.unsaved import Spot
from workbench.study import Study

_LIST = 120  # pixels: some people are in sight, however small the window is


class PeoplePane(QWidget):
    """The list, and below it the card of the person chosen.

    Signals:
        removed: pseudonym of somebody who was put into the bin.
    """

    removed = Signal(str)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._study: Study | None = None
        self.withdrawing = Withdrawing(context, self)
        self.list = SideList(context.theme, t("People"))
        self.list.tell = lambda row: self._said.get(row.id, "")
        self._said: dict[str, str] = {}
        self.list.chosen.connect(self._show_card)
        self.new_name = Line()
        self.new_name.setPlaceholderText(t("Pseudonym of somebody new"))
        self.new_name.setAccessibleName(t("Pseudonym of somebody new"))
        self.new_name.returnPressed.connect(self._on_add)
        self.add_button = button(t("Add"))
        self.add_button.clicked.connect(self._on_add)
        self.card = PersonCard(context)
        self.card.remove_pressed.connect(self.remove)
        self.card.consent_wanted.connect(self.open_consent)
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

    def set_study(self, study: Study | None) -> None:
        """Show the people of another study."""
        self.card.leave()
        self.withdrawing.end()
        self._study = study
        self.list.show_rows([])
        self.card.hide()
        if study is not None:
            self.add_button.setEnabled(not study.read_only)
            self.new_name.setEnabled(not study.read_only)

    def refresh(self) -> None:
        """Read everything again."""
        if self._study is None:
            return
        quotes = self._study.ledger.of_use(Use.QUOTE)
        self._said = {
            person.id: quotes.get(person.id, Standing(Use.QUOTE)).sentence
            for person in self._study.people.participants()
        }
        self.list.show_rows(_rows(self._study, quotes))
        self._show_card(self.list.current_id)

    def select(self, person_id: str) -> None:
        """Show one person."""
        self.list.select(person_id)
        self._show_card(person_id)

    def _show_card(self, person_id: str) -> None:
        known = {person.id for person in self._study.people.participants()} if self._study else ()
        if self._study is None or person_id not in known:
            self.card.leave()
            self.card.hide()
            return
        self.card.show_person(self._study, ParticipantId(person_id))
        self.card.show()

    def _on_add(self) -> None:
        name = self.new_name.text().strip()
        if self._study is not None and name:
            person = add_person(self._study, name, "")
            self.new_name.clear()
            self.refresh()
            self.select(person.id)

    def open_consent(self) -> None:
        """Show what the person chosen agreed to, and what everybody did."""
        chosen = self.list.current_id
        self._open_ledger([ParticipantId(chosen)] if chosen else [])

    def open_due(self) -> None:
        """Show the people of whom something has ended."""
        if self._study is not None:
            self._open_ledger([one.person.id for one in self._study.ledger.due()])

    def _open_ledger(self, people: list[ParticipantId]) -> None:
        if self._study is None:
            return
        self.card.leave()
        self.refresh()
        dialog = ConsentDialog(self._context, self._study, people, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.erase_wanted.connect(self._on_erase)
        dialog.open()

    def _on_erase(self, person_id: str) -> None:
        self.select(person_id)
        if self.list.current_id == person_id:  # else in the bin, from where it comes back first
            self.withdraw()

    def can_remove(self) -> bool:
        """Tell whether there is a person to remove."""
        changing = self._study is not None and not self._study.read_only
        return changing and bool(self.list.current_id)

    def withdraw(self) -> None:
        """Ask what is to go at the wish of the person chosen."""
        if self._study is not None and self.list.current_id:
            self.card.leave()
            self.withdrawing.begin(ParticipantId(self.list.current_id))

    def remove(self, person_id: str) -> None:
        """Put a person into the bin."""
        if self._study is not None:
            name = self._study.people.participant(ParticipantId(person_id)).pseudonym
            self._study.people.remove(ParticipantId(person_id))
            self.removed.emit(name)


class PersonCard(QWidget):
    """One person: code, pseudonym, segment, consent, and the real name behind a lock.

    Signals:
        remove_pressed: id of the person.
        consent_wanted: what they agreed to shall be entered.
    """

    remove_pressed = Signal(str)
    consent_wanted = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._study: Study | None = None
        self._id = ParticipantId("")
        self._showing = False
        self.pseudonym = LineField(t("Pseudonym"), read=required(t("Pseudonym")))
        self.code = LineField(t("Code"), read=required(t("Code")))
        self.code.setFixedWidth(72)
        self.segment = ComboBox[str](t("Segment"))
        self.segment.setEditable(True)
        self._segment = ""  # the one shown, before somebody types another
        self._home: Spot | None = None  # where that belongs
        self.segments = icon_button(context.icons, "pencil", t("Name, join or remove segments…"))
        self.standing = StandingList()
        self.consent_button = button(t("Consent…"), "link")
        self.real_name = LineField(t("Real name"))
        self.contact = LineField(t("Contact"), t("E-mail, phone …"))
        self.unlock = icon_button(context.icons, "lock", t("Show and change real name and contact"))
        self.unlock.setCheckable(True)
        self.note = TextField(t("Note"), t("Anything worth knowing"), lines=2)
        self.remove = icon_button(context.icons, "trash-2", t("Put this person into the bin"))
        self._build()
        self._connect()

    def show_person(self, study: Study, person_id: ParticipantId) -> None:
        """Show a person; what is being typed for the same one is left alone."""
        if person_id != self._id:
            self.leave()
            self.unlock.setChecked(False)
        self._study, self._id, self._showing = study, person_id, True
        person = study.people.participant(person_id)
        for field, line in ((PSEUDONYM, self.pseudonym), (CODE, self.code), (NOTE, self.note)):
            line.set_value(field.of(person), self._spot(study, person, field))
        self.standing.show_standings(study.ledger.standings(person_id))
        self._show_segment(study, person)
        self._lock(self.unlock.isChecked())
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
        self._study, self._id, self._home = None, ParticipantId(""), None

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
        self.segments.clicked.connect(self._on_segments)
        line = self.segment.lineEdit()
        if line is not None:
            line.editingFinished.connect(self._keep_segment)
        self.unlock.toggled.connect(self._lock)
        self.consent_button.clicked.connect(self.consent_wanted)
        self.remove.clicked.connect(lambda: self.remove_pressed.emit(self._id))

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

    def _on_segments(self) -> None:
        if self._study is not None:
            dialog = SegmentsDialog(self._study, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

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

    def _lock(self, open_: bool) -> None:
        """Show what is in the key, or only whether there is anything."""
        study = self._study
        found = study.keys.found if study is not None else None
        open_ = open_ and found is not None and found.state.protects
        for field in self._apart if not open_ else ():
            field.leave()
        kept = study.keys.of(self._id) if study is not None else Identity()
        spots = self._apart_spots(study, self._id) if study is not None else (None, None)
        for field, value, spot in zip(
            self._apart, (kept.real_name, kept.contact), spots, strict=True
        ):
            stored = spot.shown(value) if spot is not None else ""
            field.setReadOnly(not open_)
            field.setEchoMode(Line.EchoMode.Normal if open_ else Line.EchoMode.NoEcho)
            field.set_value(stored if open_ else "", spot if open_ else None)
            show_waiting(field, spot)
            field.setPlaceholderText(_hint(field, found, open_=open_, is_kept=bool(stored)))
        if open_ and not self._showing:
            self.real_name.setFocus(Qt.FocusReason.OtherFocusReason)


def _hint(field: LineField, found: Found | None, *, open_: bool, is_kept: bool) -> str:
    """Return what stands in an empty field of what is in the key."""
    if open_:
        return field.hint
    if found is not None and not found.state.protects:
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
