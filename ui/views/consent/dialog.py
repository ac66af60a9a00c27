"""“Consent…”: who agreed to what, entered for one person or several, with all that was entered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.bridge.long_steps import LARGE
from ui.bridge.reading import ReadBeside
from ui.context import AppContext
from ui.i18n import plural, t
from ui.views.consent.answer import AnswerForm
from ui.views.consent.entries import EntryTable, how_known
from ui.views.consent.form_view import FormView, Looked, look_into
from ui.views.consent.uses import UseTable
from ui.views.undo_here import UndoHere
from ui.views.widgets.fitting import resize_to_fit
from ui.views.widgets.foot import foot
from ui.views.widgets.looks import button, label
from ui.views.widgets.spoken import announce
from workbench.domain.change import ChangeSet, Op
from workbench.domain.consent import ConsentForm, Entry, State, Use
from workbench.domain.ids import ParticipantId
from workbench.domain.materials import Source, SourceKind
from workbench.errors import WorkbenchError
from workbench.study import Study

_PEOPLE = 150  # pixels


class ConsentDialog(QDialog):
    """The ledger of a study.

    Args:
        context: dialogs, icons, what plays.
        study: the open study.
        people: who is selected first.
        parent: the window.

    Signals:
        erase_wanted: id of a person of whom more is to go than the consent.
    """

    erase_wanted = Signal(str)

    def __init__(
        self,
        context: AppContext,
        study: Study,
        people: Iterable[ParticipantId],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._study = context, study
        self._reading = ReadBeside(self)
        self.setWindowTitle(t("Consent"))
        resize_to_fit(self, 900, 640)
        self.people = QListWidget()
        self.people.setAccessibleName(t("People"))
        self.people.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.people.setFixedWidth(_PEOPLE)
        self.name = label("", "title")
        self.due = label("", "bad", wrap=True)
        self.uses = UseTable()
        self.answer = AnswerForm(context)
        self.entries = EntryTable()
        self.trouble = label("", "bad", wrap=True)
        self.trouble.hide()
        self.extend = button(t("Extend"))
        self.end = button(t("Let it end"))
        self.erase = button(t("Erase…"))
        self.show_button = button(t("Show what it is known by"), "quiet")
        self.undo = UndoHere(context, study, self, Op.EDIT_CONSENT).button
        self.enter = button(t("Enter the answer"), "primary")
        self.close_button = button(t("Close"))
        self._build()
        self._connect()
        self._fill(list(people))
        self.uses.choose(Use.QUOTE)

    @property
    def chosen(self) -> list[ParticipantId]:
        """Return the people that are selected, in the order of the list."""
        items = [self.people.item(at) for at in range(self.people.count())]
        return [
            ParticipantId(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item is not None and item.isSelected()
        ]

    def enter_answer(self, state: State) -> None:
        """Enter what the people selected said to the uses selected."""
        people, uses = self.chosen, self.uses.chosen
        if not people or not uses or not self.answer.commit():
            return
        said = dict.fromkeys(uses, state)
        until = self.answer.until.value if state is State.GIVEN else ""
        enter = partial(
            _enter,
            people=people,
            answers=said,
            date=self.answer.date.value,
            until=until,
            how=self.answer.how.text(),
            form=self.answer.form,
            spoken=self.answer.spoken,
        )
        if self.answer.form is None:
            self._try(lambda: self._on_entered(enter(self._study)))
        else:  # it may be large, and lie anywhere
            self._context.run_long(t("Copying the form"), enter, self._on_entered, size=LARGE)

    # Inside

    def _build(self) -> None:
        decide = QHBoxLayout()
        decide.addWidget(self.due, 1)
        decide.addWidget(self.extend)
        decide.addWidget(self.end)
        decide.addWidget(self.erase)
        below = QHBoxLayout()
        below.addWidget(label(t("What was entered, the newest first"), "heading"), 1)
        below.addWidget(self.show_button)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.name)
        right.addLayout(decide)
        right.addWidget(self.uses)
        right.addWidget(self.answer)
        right.addWidget(self.trouble)
        right.addLayout(below)
        right.addWidget(self.entries, 1)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.people)
        middle.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addLayout(middle, 1)
        column.addWidget(foot(self, self.enter, self.close_button, aside=[self.undo]))

    def _connect(self) -> None:
        self.people.itemSelectionChanged.connect(self._show)
        self.uses.itemSelectionChanged.connect(self._follow)
        self.uses.answered.connect(self._on_key)
        self.entries.currentCellChanged.connect(lambda *_: self._follow())
        self.entries.opened.connect(self._on_opened)
        self.enter.clicked.connect(lambda: self.enter_answer(State(str(self.answer.state.value))))
        self.close_button.clicked.connect(self.reject)
        self.extend.clicked.connect(self._on_extend)
        self.end.clicked.connect(self._on_end)
        self.erase.clicked.connect(self._on_erase)
        self.show_button.clicked.connect(lambda: self._on_opened(self.entries.current))
        self._context.signals.changed.connect(self._on_changed)

    def _fill(self, chosen: Sequence[ParticipantId]) -> None:
        due = {one.person.id for one in self._study.ledger.due()}
        people = self._study.people.participants()
        known = {person.id for person in people}
        others = {*chosen, *due} - known  # in the bin, and yet something of theirs is due
        people += [self._study.people.participant(one) for one in sorted(others)]
        blocked = self.people.blockSignals(True)
        self.people.clear()
        for person in people:
            words = f"{person.code}  {person.pseudonym}"
            item = QListWidgetItem(t("{name} · ended", name=words) if person.id in due else words)
            item.setData(Qt.ItemDataRole.UserRole, person.id)
            self.people.addItem(item)
            item.setSelected(person.id in chosen)
        if not self.chosen and self.people.count():
            self.people.setCurrentRow(0)
        self.people.blockSignals(blocked)
        self._show()

    def _show(self) -> None:
        ledger, people = self._study.ledger, self.chosen
        found = [ledger.standings(person_id) for person_id in people]
        names = [self._study.people.participant(one).pseudonym for one in people]
        self.name.setText(
            t("Nobody yet: add people first.")
            if not self.people.count()
            else names[0]
            if len(names) == 1
            else plural(len(names), "1 person", "{n} people")
        )
        how = [how_known(self._study, found[0][use].entry) if found else "" for use in Use]
        self.uses.show_people(found, how)
        ended = [one for said in found for one in said.values() if one.ended]
        said = ", ".join(dict.fromkeys(one.sentence for one in ended))
        self.due.setText(
            t("{ended}. It holds no longer until you decide.", ended=said[0].upper() + said[1:])
            if said else ""
        )  # fmt: skip
        for part in (self.due, self.extend, self.end, self.erase):
            part.setVisible(bool(ended))
        self.answer.show_recordings(_recordings(self._study, people))
        self.entries.show_entries(
            self._study, ledger.entries(people[0]) if len(people) == 1 else []
        )
        self._follow()

    def _follow(self) -> None:
        can = not self._study.read_only and bool(self.chosen)
        entry = self.entries.current
        shown = entry is not None and bool(entry.form_id or entry.source_id)
        self.enter.setEnabled(can and bool(self.uses.chosen))
        self.answer.setEnabled(can)
        self.show_button.setEnabled(shown)
        for made in (self.extend, self.end):
            made.setEnabled(can)
        self.erase.setEnabled(can and len(self.chosen) == 1)

    def _on_key(self, state: State) -> None:
        if self.enter.isEnabled():
            self.answer.choose(state)
            self.enter_answer(state)

    def _on_entered(self, entries: Sequence[Entry]) -> None:
        self._say("")
        self.answer.clear()
        self._fill(self.chosen)
        said = dict.fromkeys(self._study.ledger.standing(e.participant_id, e.use).sentence
                             for e in entries)  # fmt: skip
        announce(self.uses, ", ".join(said) or t("It stands there already."))

    def _on_extend(self) -> None:
        self.answer.choose(State.GIVEN)  # else there is no “until”
        if self.answer.commit():
            people, until = self.chosen, self.answer.until.value
            if not until:
                self._say(t("Choose below until when it holds now."))
                self.answer.until.setFocus()
                return
            ended = {
                one.use
                for person_id in people
                for one in self._study.ledger.standings(person_id).values()
                if one.ended
            }
            self._try(lambda: self._on_entered(self._study.ledger.extend(people, until, ended)))

    def _on_end(self) -> None:
        self._try(lambda: self._on_entered(self._study.ledger.let_end(self.chosen)))

    def _on_erase(self) -> None:
        """Go on where a withdrawal says what is there, and asks what is to go."""
        [person_id] = self.chosen
        self.reject()
        self.erase_wanted.emit(person_id)

    def _on_opened(self, entry: Entry | None) -> None:
        """Play where it is said, else show the form."""
        if entry is None:
            return
        if entry.source_id is not None:
            self._context.signals.play_requested.emit(entry.source_id, entry.at_ms or 0, 0)
        elif entry.form_id is not None:
            self._show_form(self._study.ledger.forms.get(entry.form_id))

    def _show_form(self, form: ConsentForm) -> None:
        """Show a form with the desktop’s program, or here where no other one can read it."""
        forms = self._study.ledger.forms
        path = forms.path(form)
        if not path.is_file():
            self._say(t("The form is missing in the study. “Check the study” brings it back."))
        elif forms.is_sealed(form) or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._say("")
            self._reading.ask(
                self._study,
                lambda beside: look_into(beside, form),
                lambda looked: self._show_looked(form, looked),
                size=LARGE,
            )

    def _show_looked(self, form: ConsentForm, looked: Looked) -> None:
        view = FormView(self._context, self._study, form, looked, self)
        view.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        view.open()

    def _on_changed(self, changes: ChangeSet) -> None:
        if self.isVisible() and changes.touches("consent_entry", "participant"):
            self._fill(self.chosen)

    def _try(self, do: Callable[[], object]) -> None:
        try:
            do()
        except WorkbenchError as problem:  # it stays as typed, and can be tried again
            self._say(str(problem))

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        if sentence:
            announce(self.trouble, sentence)

    @override
    def done(self, result: int) -> None:
        self._context.signals.changed.disconnect(self._on_changed)
        self._reading.end()
        super().done(result)


def _enter(study: Study, **said: object) -> list[Entry]:
    return study.ledger.set(**said)  # type: ignore[arg-type]


def _recordings(study: Study, people: Sequence[ParticipantId]) -> list[Source]:
    """Return the recordings, those in which the people took part first."""
    rosters = study.materials.rosters()
    theirs = {session for session, there in rosters.items() if set(people) & set(there)}
    found = [s for s in study.materials.sources() if s.kind is not SourceKind.TEXT]
    return sorted(found, key=lambda source: source.session_id not in theirs)
