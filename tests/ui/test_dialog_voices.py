"""Every dialog of the program speaks with one voice: Enter does it, Escape does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.support.keyboard import Walk, unnamed
from tests.ui.conftest import Answers
from tests.ui.record.test_record import FakeMicrophones
from ui.bridge.importing import Refused
from ui.context import AppContext
from ui.settings_dialog import SettingsDialog
from ui.views.about import AboutDialog
from ui.views.check_dialog import CheckDialog
from ui.views.collect.charter_dialog import CharterDialog
from ui.views.collect.columns_dialog import ColumnsDialog
from ui.views.collect.form_dialog import FormDialog
from ui.views.collect.import_dialog import ImportDialog
from ui.views.collect.segments_dialog import SegmentsDialog
from ui.views.consent.dialog import ConsentDialog
from ui.views.consent.form_view import FormView
from ui.views.copy_dialog import CopyDialog
from ui.views.error_dialog import ErrorDialog
from ui.views.findings.opportunity_dialog import OpportunityDialog
from ui.views.guide import GuideDialog
from ui.views.journey.tables import CompanyTrackDialog, TouchpointsDialog
from ui.views.key_dialog import KeyDialog
from ui.views.locking.half_typed import HalfTypedDialog
from ui.views.locking.passphrase import NewPassphraseDialog, PassphraseDialog, SheetDialog
from ui.views.locking.working import WorkingDialog
from ui.views.log_dialog import of_job
from ui.views.look_dialog import LookDialog
from ui.views.names.dialog import NamesDialog
from ui.views.new_study import NewStudyDialog
from ui.views.questions import QuestionDialog, TextDialog, UnsavedDialog
from ui.views.record.dialog import RecordDialog
from ui.views.record.recorder import Recorder
from ui.views.refused_dialog import RefusedDialog
from ui.views.restore_dialog import RestoreDialog
from ui.views.table_dialog import TableDialog
from ui.views.transcribe.again_dialog import AgainDialog
from ui.views.who.dialog import WhoDialog
from ui.views.widgets import spoken
from ui.views.withdraw.certificate import CertificateDialog
from ui.views.withdraw.dialog import WithdrawDialog
from workbench.domain.consent import ConsentForm
from workbench.domain.ids import FormId, JobId, SourceId, TranscriptId, WithdrawalId
from workbench.domain.jobs import Job
from workbench.domain.looking_out import Found, Origin, What
from workbench.domain.materials import Method
from workbench.domain.survey import Column, Fate
from workbench.domain.withdrawal import Deed, Withdrawal
from workbench.errors import EnvironmentProblem, UserError, Way
from workbench.services.keeping.backups import Backups
from workbench.services.keeping.keeping import Problem
from workbench.services.locking.half_typed import HalfTyped
from workbench.services.recognition.trial import Trial
from workbench.services.unsaved import Waiting
from workbench.study import Study

_Role = QDialogButtonBox.ButtonRole
_FULL = EnvironmentProblem("disk-full", "The disk is full.", "Make room.")
WORDS = {
    "Show", "Replace…", "Always let this out", "Export all the same",
    "Open", "Lock study", "Save the sheet…",
    "Save", "Create study", "Add", "Transcribe", "Remove", "Cancel",
    "Close", "OK", "Restore", "Try again", "Copy the text", "Close without it",
    "Copy", "Details", "Choose…", "Start recording", "Pause", "Stop", "Look again",
    "No longer quote", "Show the place", "Save as…", "Move elsewhere…",
    "Clean up…", "Restore a backup…", "Enter the answer", "Undo",
}  # fmt: skip


def _waiting(study: Study) -> Waiting:
    return Waiting(study.unsaved.spot(("memo", "1"), "Memo on Maya", print), "Words", _FULL)


def _dialogs(
    context: AppContext, study: Study, folder: Path, answers: Answers, parent: QWidget
) -> dict[str, Callable[[], QDialog]]:
    """Return what makes each kind of dialog, ready to be accepted."""
    job = Job(JobId("j"), SourceId("s"), TranscriptId("t"), "base")

    def new_study() -> QDialog:
        made = NewStudyDialog(folder, answers, parent)
        made.title.setText("Moving home again")
        return made

    def passphrase() -> QDialog:
        made = PassphraseDialog(study.folder, parent)
        made.field.setText("words")
        return made

    def new_passphrase() -> QDialog:
        made = NewPassphraseDialog("Lock", "Two.", "Lock study", sheet=True, parent=parent)
        for field in (made.first, made.second):
            field.setText("some more words")
        return made

    def opportunity() -> QDialog:
        made = OpportunityDialog(study, parent=parent)
        made.title.setText("Say the date")
        return made

    def session() -> QDialog:
        made = ImportDialog(study, [], Method.INTERVIEW, parent)
        made.title.setText("Maya")
        return made

    def charter() -> QDialog:
        made = CharterDialog(study)
        made.setParent(parent, made.windowFlags())
        return made

    def record() -> QDialog:
        recorder = Recorder(parent)
        return RecordDialog(context, recorder, FakeMicrophones(), folder, parent)

    def restore() -> QDialog:
        study.keeping.copies.backup()
        return RestoreDialog(Backups(study.folder), parent)

    def look() -> QDialog:
        origin = Origin("charter", study.charter.id, study.title)
        found = Found(What.CONTACT, "phone number", "0664 1234567", "Call ", ".", "line 2", origin)
        return LookDialog(
            context, "report.docx", [found], again=print, let_out=print, parent=parent
        )  # fmt: skip

    files = [folder / "a.txt", folder / "b.txt"]
    columns = [
        Column("Why?", ("Nobody called.", "Fine"), Fate.ANSWER),
        Column("E-mail", ("m@x.org",), Fate.LEFT_OUT, "e-mail addresses", "e-mail addresses"),
    ]
    return {
        "refused": lambda: RefusedDialog(
            [Refused(folder / "a.jpg", UserError("x", "It failed.", "Try again."))], 2, parent
        ),
        "restore": restore,
        "whole": lambda: CheckDialog([], parent, mendable=False, read_only=False),
        "damaged": lambda: CheckDialog(
            [Problem("row", "A row is not as it was written.")], parent,
            mendable=True, read_only=False,
        ),
        "consent": lambda: ConsentDialog(context, study, [], parent),
        "consent form": lambda: FormView(
            context, study, ConsentForm(FormId("f"), "f.txt", "signed.txt", "", 0, ""), "Yes.",
            parent,
        ),
        "withdraw": lambda: WithdrawDialog(study.people.participants()[0], [], parent),
        "certificate": lambda: CertificateDialog(
            context, study,
            Withdrawal(WithdrawalId("w"), "2026-09-12", "P01", Deed.WORDS, "Ada", "{}"), parent,
        ),
        "names": lambda: NamesDialog(context, study, parent),
        "key": lambda: KeyDialog(context, study, parent),
        "who": lambda: WhoDialog(context, study, parent),
        "new study": new_study,
        "settings": lambda: SettingsDialog(context, parent),
        "guide": lambda: GuideDialog(context, parent),
        "about": lambda: AboutDialog(parent),
        "charter": charter,
        "session": session,
        "columns": lambda: ColumnsDialog(["a.csv", "b.csv"], columns, columns, parent),
        "files": lambda: ImportDialog(study, files, Method.INTERVIEW, parent),
        "opportunity": opportunity,
        "touchpoints": lambda: TouchpointsDialog(study, parent),
        "segments": lambda: SegmentsDialog(study, parent),
        "questions": lambda: FormDialog(study, study.visits.starter_form().id, "", parent),
        "company": lambda: CompanyTrackDialog(study, parent),
        "again": lambda: AgainDialog(
            context, job, "Maya", parent, translated=False, trial=_no_trial
        ),
        "log": lambda: of_job(folder / "log.txt", "Maya", parent),
        "error": lambda: ErrorDialog(UserError("x", "It failed.", "Try again."), parent),
        "hindered": lambda: ErrorDialog(_FULL, parent, tuple(Way)),
        "mistake": lambda: ErrorDialog(ZeroDivisionError("boom"), parent),
        "question": lambda: QuestionDialog("Go on?", "Yes.", "Remove", danger=False, parent=parent),
        "danger": lambda: QuestionDialog("Go on?", "No way back.", "Remove", danger=True,
                                         parent=parent),
        "text": lambda: TextDialog("Stage", "Name?", "Add", text="Waiting", parent=parent),
        "unsaved": lambda: UnsavedDialog([_waiting(study)], parent),
        "record": record,
        "look": look,
        "passphrase": passphrase,
        "new passphrase": new_passphrase,
        "recovery": lambda: SheetDialog("AB12-CD34", list, parent),
        "half typed": lambda: HalfTypedDialog([HalfTyped("Stage", "Name?", "Wait")], parent),
    }  # fmt: skip


KINDS = (
    "names", "look",
    "passphrase", "new passphrase", "recovery", "half typed",
    "restore", "who", "refused", "new study", "settings", "about", "charter", "session", "files",
    "opportunity", "touchpoints", "segments", "company", "again", "log", "error", "hindered",
    "mistake", "question", "danger", "text", "record", "guide", "unsaved",
    "whole", "damaged", "questions", "columns", "consent", "consent form", "withdraw",
    "certificate", "key",
)  # fmt: skip


def _no_trial(model: str, language: str) -> Trial:
    raise AssertionError(model, language)


@pytest.fixture
def page(theme: object, qtbot: QtBot) -> QWidget:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    return page


@pytest.fixture
def known(
    context: AppContext, study: Study, tmp_path: Path, answers: Answers, page: QWidget
) -> dict[str, Callable[[], QDialog]]:
    return _dialogs(context, study, tmp_path, answers, page)


@pytest.fixture
def make(
    known: dict[str, Callable[[], QDialog]], qtbot: QtBot
) -> Iterator[Callable[[str], QDialog]]:
    made: list[QDialog] = []

    def shown(kind: str) -> QDialog:
        dialog = known[kind]()
        made.append(dialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(lambda: dialog.focusWidget() is not None)
        return dialog

    yield shown
    for dialog in made:
        dialog.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_every_dialog_is_looked_at(known: dict[str, Callable[[], QDialog]]) -> None:
    def below(kind: type[QDialog]) -> Iterator[type[QDialog]]:
        for one in kind.__subclasses__():
            if one.__module__.startswith("ui."):
                yield one
            yield from below(one)

    assert set(known) == set(KINDS)
    looked_at = {type(make()) for make in known.values()}
    by_themselves = {TableDialog, CopyDialog, WorkingDialog}  # the last two end so
    assert set(below(QDialog)) - by_themselves == looked_at


@pytest.mark.parametrize("kind", KINDS)
def test_dialogs_speak_with_one_voice(
    make: Callable[[str], QDialog], kind: str, qtbot: QtBot
) -> None:
    dialog = make(kind)
    [box] = dialog.findChildren(QDialogButtonBox)
    seen = [made for made in box.buttons() if made.isVisible()]
    assert {made.text() for made in seen} <= WORDS
    [main] = [made for made in seen if box.buttonRole(made) is _Role.AcceptRole]
    others = [made for made in seen if box.buttonRole(made) is _Role.RejectRole]
    assert [made.text() for made in others] == {
        "record": ["Close"],
        "consent": ["Close"],
    }.get(kind, [] if main.text() in {"Close", "OK"} else ["Cancel"])
    # One order, that of the desktop.
    places = [made.mapTo(dialog, QPoint()).x() for made in seen]
    by_role = {box.buttonRole(made): place for made, place in zip(seen, places, strict=True)}
    order = [role for role, _ in sorted(by_role.items(), key=lambda one: one[1])]
    platform = [_Role.AcceptRole, _Role.ActionRole, _Role.RejectRole]
    assert order == [role for role in platform if role in by_role]
    [default] = [b for b in dialog.findChildren(QPushButton) if b.isDefault() and b.isVisible()]
    assert default is (others[0] if kind == "danger" else main)
    # Enter presses the button that the keys are on; only in a choice is it for the dialog.
    pushed = [made for made in dialog.findChildren(QPushButton) if not made.isCheckable()]
    assert [made.text() for made in pushed if not made.autoDefault()] == []
    # Where one types, one begins to type; else Enter is at hand.
    first, typed = dialog.focusWidget(), dialog.findChildren(QLineEdit)
    assert first is default or not isinstance(first, QPushButton), first
    assert (
        not typed
        or not typed[0].isVisible()
        or first is typed[0]
        or kind in {"settings", "consent"}
    )


@pytest.mark.parametrize("kind", KINDS)
def test_enter_does_it_and_escape_does_not(
    make: Callable[[str], QDialog], kind: str, qtbot: QtBot
) -> None:
    dialog = make(kind)
    [box] = dialog.findChildren(QDialogButtonBox)
    pressed: list[str] = []
    for made in box.buttons():
        made.clicked.connect(lambda _on=False, made=made: pressed.append(made.text()))
    if isinstance(dialog, GuideDialog):
        dialog.text.setFocus()  # in its search, Enter goes to the next place
    if isinstance(dialog, NamesDialog):
        dialog.list.setFocus()  # in its field, Enter goes to the list
    first = dialog.focusWidget()
    assert first is not None
    qtbot.keyClick(first, Qt.Key.Key_Return)
    [main] = pressed
    wanted = "Cancel" if kind == "danger" else None
    assert main == (wanted or next(b.text() for b in box.buttons()))
    # They go on, and are left when one has done; or they have to be closed once more.
    if kind in {"record", "consent", "look", "passphrase", "recovery"}:
        return
    assert not dialog.isVisible()
    assert dialog.result() == (0 if kind == "danger" else 1)
    again = make(kind)
    qtbot.keyClick(again, Qt.Key.Key_Escape)
    assert not again.isVisible()
    assert again.result() == 0


def test_a_new_person_is_typed_without_ending_the_dialog(
    make: Callable[[str], QDialog], qtbot: QtBot
) -> None:
    dialog = make("session")
    assert isinstance(dialog, ImportDialog)
    dialog.roster.open_line()
    qtbot.keyClicks(dialog.roster.pseudonym, "Noor")
    qtbot.keyClick(dialog.roster.pseudonym, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.plan().new_people[0].pseudonym == "Noor"


@pytest.mark.parametrize("kind", KINDS)
def test_every_dialog_is_walked_and_spoken_by_keys_alone(
    make: Callable[[str], QDialog], kind: str, qtbot: QtBot
) -> None:
    spoken.install()
    dialog = make(kind)
    lists = [one for one in dialog.findChildren(QListWidget) if isinstance(dialog, SettingsDialog)]
    problems: list[str] = []
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    for page in range(lists[0].count() if lists else 1):
        if lists:
            lists[0].setCurrentRow(page)
        walk = Walk(dialog)
        problems += [f"page {page}: {one}" for one in (*walk.problems, *unnamed(dialog))]
    assert not problems, "\n".join(problems)
