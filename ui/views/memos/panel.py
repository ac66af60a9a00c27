"""Read, filter, write and export the memos of a study."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from ui.context import AppContext
from ui.i18n import Phrase, day, t
from ui.views.hearing import Hearing
from ui.views.memos.field import MemoField
from ui.views.picking.matching import Option
from ui.views.picking.picker import Picker
from ui.views.saving import ask_place, write_out
from ui.views.widgets.dropping import Line
from ui.views.widgets.inputs import ComboBox
from ui.views.widgets.looks import button, hairline, label, look
from ui.views.widgets.side_list import SideList, SideRow
from workbench.domain.change import ChangeSet, TableName
from workbench.services.coding.memos import SUBJECTS, Note, by_subject, gone, heading
from workbench.services.unsaved import Spot
from workbench.study import Study

_READS: tuple[TableName, ...] = (
    "memo", "charter", "participant", "session", "source", "turn", "code", "stage", "observation",
    "transcript",
)  # fmt: skip
_EXPORTS: tuple[tuple[str, Phrase, str], ...] = (
    ("memos-docx", "Word document…", ".docx"),
    ("memos-csv", "Table (CSV)…", ".csv"),
    ("memos-txt", "Plain text…", ".txt"),
    ("memos-md", "Markdown…", ".md"),
)


class MemosPanel(QWidget):
    """The memos of the open study.

    Args:
        context: everything the window shares.
        in_hand: tells what is selected in the workspace in front, as kind and id.
        reading: tells the id of the source that is open, or "".
    """

    title: Phrase = "Memos"

    def __init__(
        self,
        context: AppContext,
        in_hand: Callable[[], Sequence[tuple[str, str]]],
        reading: Callable[[], str],
    ) -> None:
        super().__init__()
        self._context = context
        self.hearing = Hearing(self.refresh, reads=_READS)
        self._in_hand = in_hand
        self._reading = reading
        self._adrift: set[str] = set()
        self.picker = Picker(context, self)
        self.search = Line()
        self.kind = ComboBox[str]()
        self.list = SideList(context.theme, t("Memos"))
        self.list.hint = t(
            "No memo here. Write one with “New memo…”, or with “Memo on what is selected” in the"
            " text."
        )
        self.name = label("", "strong", wrap=True)
        self.meta = label("", "meta")
        self.field = MemoField()
        self.show_object = button(t("Show"))
        self.new = button(t("New memo…"))
        self.export = button(t("Export"))
        self._build()
        self.search.textChanged.connect(lambda _text: self.refresh())
        self.kind.currentIndexChanged.connect(lambda _row: self.refresh())
        self.list.chosen.connect(self.show_subject)
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.list)
        keys.setContext(Qt.ShortcutContext.WidgetShortcut)
        keys.activated.connect(self.remove)
        self.show_object.clicked.connect(self.open_object)
        self.new.clicked.connect(self.ask_subject)
        self.show_subject("")

    def _build(self) -> None:
        look(self, "paper")
        self.search.setPlaceholderText(t("Filter by words"))
        self.search.setAccessibleName(t("Filter the memos"))
        self.search.setClearButtonEnabled(True)
        self.kind.setAccessibleName(t("On what"))
        kinds = ((heading(kind), kind) for kind in SUBJECTS)
        self.kind.fill([(t("On anything"), ""), *kinds])
        self.field.setFixedHeight(190)
        self.field.setAccessibleName(t("Memo"))
        menu = QMenu(self)
        for name, title, suffix in _EXPORTS:
            menu.addAction(t(title), partial(self.write_to, name, suffix))
        self.export.setMenu(menu)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 16, 6)
        head.setSpacing(6)
        head.addWidget(self.search, 1)
        head.addWidget(self.kind)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 10, 16, 14)
        foot.setSpacing(8)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        for part in (self.show_object, self.new):
            buttons.addWidget(part)
        buttons.addStretch(1)
        buttons.addWidget(self.export)
        foot.addWidget(self.name)
        foot.addWidget(self.meta)
        foot.addWidget(self.field)
        foot.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(hairline())
        column.addLayout(foot)
        self.setFocusProxy(self.list)

    @property
    def _study(self) -> Study | None:
        return self._context.study

    def refresh(self, _changes: ChangeSet | None = None) -> None:
        """Read the memos anew."""
        if self._study is None:
            self.list.show_rows([])
            self.show_subject("")
            return
        notes = self._listed(self._study)
        self._adrift = {note.memo.subject_id for note in notes if note.adrift}
        rows: list[SideRow] = []
        for subject, mine in by_subject(notes):
            rows.append(SideRow("", heading(subject), str(len(mine))))
            rows += [
                SideRow(
                    f"{subject}/{note.memo.subject_id}",
                    note.name,
                    day(note.memo.updated_at),
                    "warn" if note.adrift else "",
                )
                for note in mine
            ]
        self.list.show_rows(rows)
        self.show_subject(self._key)

    def _listed(self, study: Study) -> list[Note]:
        kind = self.kind.value
        return study.memos.notes(subjects=[kind] if kind else [], text=self.search.text())

    def show_subject(self, key: str) -> None:
        """Show the memo on an object, also one that has none yet.

        Args:
            key: table and id, as in "code/…".
        """
        subject, _, subject_id = key.partition("/")
        study = self._study
        title = study.memos.title_of(subject, subject_id) if study and key else ""
        memo = study.memos.of(subject, subject_id) if study and key else None
        self._key = key if title or memo else ""
        self.name.setText(
            title or (gone() if self._key else t("Choose a memo, or write a new one."))
        )
        kind = heading(subject) if subject else ""
        adrift = t("not found in the present text") if subject_id in self._adrift else ""
        said = (kind, day(memo.updated_at) if memo else "", adrift)
        self.meta.setText(" · ".join(filter(None, said)))
        self.meta.setVisible(bool(self._key))
        self.field.setVisible(bool(self._key))
        self.show_object.setEnabled(bool(title) and subject != "charter")
        self.new.setEnabled(study is not None and not study.read_only)
        self.field.setReadOnly(study is None or study.read_only)
        if study and self._key:
            spot = self._spot(study, self._key, title)
            self.field.show_memo(self._key, memo.text if memo else "", spot)
        else:
            self.field.forget()

    def write_on(self, subject: str, subject_id: str) -> None:
        """Show the memo on an object with the caret in it."""
        self.show_subject(f"{subject}/{subject_id}")
        self.list.select(self._key)
        self.field.moveCursor(QTextCursor.MoveOperation.End)
        self.field.setFocus()

    def ask_subject(self) -> None:
        """Choose what to write about: what is open comes first."""
        if self._study is not None:
            self.picker.ask(
                list(self._subjects(self._study)),
                prompt=t("Memo on"),
                near=QRect(16, 60, 1, 1),
                picked=lambda key: self.write_on(*key.split("/", 1)),
            )

    def open_object(self) -> None:
        """Show what the memo is about."""
        subject, _, subject_id = self._key.partition("/")
        if subject_id:
            self._context.signals.open_requested.emit(subject, subject_id)

    def remove(self) -> None:
        """Put the memo chosen into the bin."""
        study, (subject, _, subject_id) = self._study, self._key.partition("/")
        if study is None or study.read_only or self.list.current_id != self._key:
            return
        self.field.flush()
        title = self.name.text()
        if study.memos.of(subject, subject_id) is not None:
            study.memos.write(subject, subject_id, "")
            said = t("The memo on “{title}” is in the bin. Undo brings it back.", title=title)
            self._context.signals.toast_requested.emit(said)

    def write_to(self, format_name: str, suffix: str) -> None:
        """Ask for a place and write the memos that are listed there."""
        title = t("Export the memos listed")
        out = ask_place(self._context, self, title, name="memos", suffix=suffix)
        if out is not None and self._study is not None:
            self.field.flush()
            notes = self._listed(self._study)
            write_out(
                self._context,
                self,
                out,
                lambda study: study.exports.write(format_name, out, notes=notes, replace=True),
                size=len(notes),
                elsewhere=lambda: self.write_to(format_name, suffix),
            )

    def _subjects(self, study: Study) -> Iterator[Option]:
        listed: set[str] = set()
        for option in self._all_subjects(study):
            if option.id not in listed:
                yield option
            listed.add(option.id)

    def _all_subjects(self, study: Study) -> Iterator[Option]:
        # The turn with the caret is selected by nobody, so it does not come first.
        for kind, key in sorted(self._in_hand(), key=lambda one: one[0] == "turn"):
            if kind in SUBJECTS:
                yield Option(f"{kind}/{key}", study.memos.title_of(kind, key), t("selected"))
        reading = self._reading()
        sources = sorted(study.materials.sources(), key=lambda one: one.id != reading)
        if sources and sources[0].id == reading:
            yield Option(f"source/{sources[0].id}", sources[0].title, t("open"))
            sources = sources[1:]
        yield Option(f"charter/{study.charter.id}", study.title, t("study"))
        for source in sources:
            yield Option(f"source/{source.id}", source.title, t("material"))
        for session in study.materials.sessions():
            yield Option(f"session/{session.id}", session.title, t("session"))
        for person in study.people.participants():
            yield Option(f"participant/{person.id}", person.pseudonym, t("person"))
        for code in study.codebook.codes():
            yield Option(f"code/{code.id}", code.name, t("code"))
        for stage in study.journeys.stages():
            yield Option(f"stage/{stage.id}", stage.name, t("stage"), stage=stage.colour)

    def _spot(self, study: Study, key: str, title: str) -> Spot:
        subject, _, subject_id = key.partition("/")
        return study.unsaved.spot(
            ("memo", subject, subject_id),
            f"{t('Memo')} · {title or gone()}",
            lambda text: study.memos.write(subject, subject_id, text, origin=self),
        )
