"""The window's way: every place, a choice, the code typed, and the certificate."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.support.studies import person, recognised, recording
from tests.support.withdrawn import NAMES, WORDS, Planted, planted, remains
from tests.ui.conftest import Answers
from ui.context import AppContext
from ui.main_window import MainWindow
from ui.views.collect.workspace import CollectWorkspace
from ui.views.consent.dialog import ConsentDialog
from ui.views.look_dialog import LookDialog
from ui.views.withdraw.certificate import CertificateDialog
from ui.views.withdraw.dialog import WithdrawDialog
from workbench.domain.consent import State, Use
from workbench.domain.withdrawal import Deed, Kind, Unreadable
from workbench.errors import Way
from workbench.services.lookout.letting_out import everything
from workbench.services.withdrawal.withdrawal import erased_files
from workbench.study import Study

D = TypeVar("D", bound=QDialog)


@pytest.fixture
def made(tmp_path: Path) -> Planted:
    return planted(tmp_path)


@pytest.fixture
def collect(window: MainWindow, made: Planted) -> CollectWorkspace:
    assert window.open_path(made.folder)
    window.show_workspace("collect")
    workspace = window.workspaces["collect"]
    assert isinstance(workspace, CollectWorkspace)
    workspace.show_people()
    workspace.people_commands.select(made.person)
    return workspace


def _opened(qtbot: QtBot, kind: type[D]) -> D:
    def shown() -> list[D]:
        tops = QApplication.topLevelWidgets()
        return [one for one in tops if isinstance(one, kind) and one.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()))
    return shown()[0]


def test_everything_is_erased(
    collect: CollectWorkspace,
    context: AppContext,
    made: Planted,
    answers: Answers,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    context.actions.trigger("collect.withdraw")
    dialog = _opened(qtbot, WithdrawDialog)
    kinds = {place.kind.value for place in dialog.table._places}
    assert {"words", "sound", "backups", "prints", "name"} <= kinds
    dialog.choices[Deed.EVERYTHING].setChecked(True)
    assert not dialog.foot.main.isEnabled()
    qtbot.keyClicks(dialog.code, "p07")
    assert dialog.foot.main.isEnabled()
    qtbot.keyClick(dialog.code, Qt.Key.Key_Return)
    certificate = _opened(qtbot, CertificateDialog)
    assert "Everything erased" in certificate.text.toPlainText()
    assert not certificate.open_button.isVisible()
    answers.saved = tmp_path / "certificate.docx"
    certificate.save_button.click()
    assert answers.saved.exists()
    assert certificate.open_button.isVisible()
    certificate.accept()
    assert collect.people.list.current_id != made.person
    assert context.study is not None
    assert [person.code for person in context.study.people.participants()] == ["P08"]
    assert context.study.check() == []
    assert remains(made.folder, *WORDS, *NAMES) == []


def test_a_certificate_with_a_name_in_it_waits_for_a_decision(
    collect: CollectWorkspace,
    context: AppContext,
    answers: Answers,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    study = context.study
    assert study is not None
    with study.letting_out.allowing(everything):
        study.reports.write(tmp_path / "for Theo Blip.docx")
    collect.people_commands.withdraw()
    dialog = _opened(qtbot, WithdrawDialog)
    dialog.choices[Deed.QUOTES].setChecked(True)
    qtbot.keyClicks(dialog.code, "p07")
    qtbot.keyClick(dialog.code, Qt.Key.Key_Return)
    certificate = _opened(qtbot, CertificateDialog)
    answers.saved = tmp_path / "certificate.txt"
    certificate.save_button.click()
    look = _opened(qtbot, LookDialog)
    assert not answers.saved.exists()
    assert not certificate.open_button.isVisible()
    look.anyway.click()
    qtbot.waitUntil(answers.saved.exists)
    qtbot.waitUntil(certificate.open_button.isVisible)
    certificate.accept()


def test_a_place_is_shown(
    collect: CollectWorkspace, context: AppContext, made: Planted, qtbot: QtBot
) -> None:
    asked: list[tuple[str, str]] = []
    context.signals.open_requested.connect(lambda *what: asked.append(what))
    collect.people_commands.withdraw()
    dialog = _opened(qtbot, WithdrawDialog)
    assert dialog.show_button.isEnabled()
    dialog.show_button.click()
    assert asked == [("source", made.group)]
    assert not dialog.isVisible()


def test_what_is_left_to_people_is_shown(
    window: MainWindow, context: AppContext, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "left.study"
    with Study.create(folder) as study:
        maya, tom = person(study, "Maya"), person(study, "Tom")
        form = tmp_path / "both.pdf"
        form.write_bytes(b"signed")
        study.ledger.set([maya, tom], {Use.QUOTE: State.GIVEN}, form=form)
        text = recognised(study, "Bread.", "Tea.", people=[maya, tom], title="Group")
        bare = recording(study, people=[maya, tom], title="Bare")
        [turn, _] = study.transcripts.turns(text.id)
    assert window.open_path(folder)
    wanted = [("turn", turn.id), ("source", bare.id), ("participant", maya)]
    asked: list[tuple[str, str]] = []
    context.signals.open_requested.connect(lambda *what: asked.append(what))
    for target in wanted:
        window.open_object("participant", maya)
        context.actions.trigger("collect.withdraw")
        dialog = _opened(qtbot, WithdrawDialog)
        assert dialog.table.current is not None
        assert dialog.table.current.kind is Kind.OPEN
        left = [place for place in dialog.table._places if place.kind is Kind.OPEN]
        assert sorted(place.target or ("", "") for place in left) == sorted(wanted)
        row = next(at for at, one in enumerate(dialog.table._places) if one.target == target
                   and one.kind is Kind.OPEN)  # fmt: skip
        dialog.table.setCurrentItem(dialog.table.topLevelItem(row))
        assert dialog.show_button.isEnabled()
        dialog.show_button.click()
        assert asked[-1] == target
        shown = window.workspace
        assert shown is not None
        if target[0] != "participant":
            assert target in shown.in_hand()


def test_escape_leaves_all_as_it_is(
    collect: CollectWorkspace, context: AppContext, made: Planted, qtbot: QtBot
) -> None:
    collect.people_commands.withdraw()
    dialog = _opened(qtbot, WithdrawDialog)
    dialog.choices[Deed.WORDS].setChecked(True)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert context.study is not None
    assert context.study.withdrawal.done() == []
    assert {needle for needle, _ in remains(made.folder, *WORDS)} == set(WORDS)


def test_no_longer_quoted_needs_no_code(
    collect: CollectWorkspace, context: AppContext, made: Planted, qtbot: QtBot
) -> None:
    collect.people_commands.withdraw()
    dialog = _opened(qtbot, WithdrawDialog)
    assert not dialog.code.isVisible()
    dialog.foot.main.click()
    _opened(qtbot, CertificateDialog).accept()
    assert context.study is not None
    assert not context.study.people.may_quote(made.person)


def test_a_recording_that_cannot_be_silenced_is_decided_about(
    collect: CollectWorkspace, context: AppContext, made: Planted, qtbot: QtBot
) -> None:
    study = context.study
    assert study is not None
    study.materials.media_path(study.materials.source(made.talk)).unlink()
    collect.people_commands.withdraw()
    dialog = _opened(qtbot, WithdrawDialog)
    choice = dialog.unreadable
    assert choice is not None
    assert not choice.isVisible()
    dialog.choices[Deed.WORDS].setChecked(True)
    assert choice.isVisible()
    qtbot.keyClicks(dialog.code, "p07")
    assert not dialog.foot.main.isEnabled()
    choice.choices[Unreadable.LEAVE].setChecked(True)
    assert dialog.foot.main.isEnabled()
    dialog.foot.main.click()
    certificate = _opened(qtbot, CertificateDialog)
    assert "“Talk”: left as it is" in certificate.text.toPlainText()
    certificate.accept()
    assert remains(made.folder, *WORDS) == []


def test_what_is_found_only_when_it_is_tried_is_asked_for(
    collect: CollectWorkspace,
    context: AppContext,
    made: Planted,
    answers: Answers,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The recording is no longer as it was taken in, which nobody knew when people were asked."""
    study = context.study
    assert study is not None
    collect.people_commands.withdraw()
    dialog = _opened(qtbot, WithdrawDialog)
    assert dialog.unreadable is None
    dialog.choices[Deed.WORDS].setChecked(True)
    dialog.code.setText("P07")
    study.materials.media_path(study.materials.source(made.talk)).write_bytes(b"no sound")
    answers.ways = [Way.CHOOSE]
    dialog.foot.main.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    again = _opened(qtbot, WithdrawDialog)
    assert again.unreadable is not None
    assert study.withdrawal.done() == []
    again.reject()


def test_whoever_speaks_is_reached_from_their_words(
    window: MainWindow, context: AppContext, made: Planted, qtbot: QtBot
) -> None:
    assert window.open_path(made.folder)
    window.open_object("source", made.group)
    window.show_workspace("code")
    context.actions.trigger("code.withdraw")
    dialog = _opened(qtbot, WithdrawDialog)
    assert dialog.windowTitle() == "Withdraw P07"
    dialog.reject()
    window.show_workspace("transcribe")
    window.workspaces["transcribe"].focus_object("source", made.talk)
    context.actions.trigger("transcribe.consent")
    ledger = _opened(qtbot, ConsentDialog)
    ledger.reject()
    assert window.workspace is window.workspaces["collect"]
    assert window.workspace.in_hand() != ()


def test_nobody_is_withdrawn_where_nothing_may_be_changed(
    window: MainWindow, context: AppContext, made: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Study.open
    monkeypatch.setattr(Study, "open", lambda folder, **_: opened(folder, read_only=True))
    assert window.open_path(made.folder)
    window.open_object("source", made.group)
    window.show_workspace("code")
    assert context.actions.qaction("code.consent").isEnabled()
    assert not context.actions.qaction("code.withdraw").isEnabled()


def test_cancelled_before_anything_went(
    collect: CollectWorkspace,
    context: AppContext,
    made: Planted,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    long_steps = context.long_steps
    assert long_steps is not None
    real = erased_files.write

    def write(*arguments: object) -> object:
        long_steps.cancel()  # type: ignore[attr-defined]
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(erased_files, "write", write)
    collect.people_commands.withdraw()
    dialog = _opened(qtbot, WithdrawDialog)
    dialog.choices[Deed.EVERYTHING].setChecked(True)
    dialog.code.setText("P07")
    with qtbot.waitSignal(long_steps.ended) as ended:  # type: ignore[attr-defined]
        dialog.foot.main.click()
    assert ended.args == [False]
    assert context.study is not None
    assert len(context.study.people.participants()) == 2
    assert not (made.folder / "withdrawal.json").exists()
    assert context.study.check() == []
