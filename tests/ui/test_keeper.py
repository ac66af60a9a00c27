"""The window keeps a study: it says when it is gone, copies it elsewhere, and goes back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.studies import Clock
from tests.ui.conftest import Answers
from ui.context import AppContext
from ui.main_window import MainWindow
from ui.views.copy_dialog import CopyDialog
from ui.views.key_dialog import KeyDialog
from ui.views.restore_dialog import RestoreDialog
from workbench.errors import Way
from workbench.services.keeping import copying
from workbench.services.keeping.backups import Backups
from workbench.services.keeping.copying import StudyCopy
from workbench.storage.backups import Reason
from workbench.study import Study, StudyGone, StudyLocked


def _study(context: AppContext) -> Study:
    assert context.study is not None
    return context.study


def _codes(context: AppContext) -> list[str]:
    return sorted(code.name for code in _study(context).codebook.codes())


@pytest.fixture
def said(context: AppContext) -> list[str]:
    heard: list[str] = []
    context.signals.toast_requested.connect(heard.append)
    return heard


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody move what is open")
def test_a_study_that_is_gone_is_told_once_and_goes_on_in_a_copy(
    open_window: MainWindow, context: AppContext, answers: Answers, tmp_path: Path
) -> None:
    folder = _study(context).folder
    (folder / "media" / "call.wav").write_bytes(b"RIFF" * 1000)
    _study(context).codebook.add("the last thing done")
    away = folder.with_name("away")
    folder.rename(away)
    keeper = open_window._studies.keeper
    answers.saved = None
    keeper.look()
    keeper.look()
    assert [question for question in answers.questions if "no longer there" in question] == [
        answers.questions[0]
    ]
    with pytest.raises(StudyGone):
        _study(context).codebook.add("into nothing")
    answers.saved = tmp_path / "Rescued.study"
    open_window.run_action("study.copy")
    assert _study(context).folder == answers.saved
    assert "the last thing done" in _codes(context)
    _study(context).codebook.add("goes on")
    keeper.look()
    assert not answers.errors
    assert away.exists()


@pytest.mark.parametrize("whole", [True, False])
def test_a_study_that_is_written_over_is_told_once_and_goes_on_in_a_copy_or_a_backup(
    open_window: MainWindow,
    context: AppContext,
    answers: Answers,
    tmp_path: Path,
    qapp: QApplication,
    whole: bool,
) -> None:
    study = _study(context)
    older = study.keeping.copies.backup().read_bytes()
    study.codebook.add("the last thing done", definition="" if whole else "z" * 5_000_000)
    held = study.show()
    assert study.check() == []  # all of it is read once
    qapp.processEvents()
    file = study.folder / "study.sqlite"
    with file.open("rb+") as opened:
        opened.write(older)
        opened.truncate()
    keeper = open_window._studies.keeper
    answers.saved = tmp_path / "Rescued.study"
    answers.ways = [Way.RESTORE]
    answers.backup = 1
    keeper.look()
    keeper.look()
    told = [question for question in answers.questions if "written over" in question]
    assert len(told) == 1
    if whole:
        assert not answers.errors
        assert _study(context).folder == answers.saved
        assert _study(context).show() == held
    else:
        assert [error.code for error in answers.errors] == ["copy-not-whole"]
        assert _study(context).folder == study.folder
        assert "the last thing done" not in _codes(context)
    _study(context).codebook.add("goes on")
    assert _study(context).check() == []


def test_a_copy_holds_all_and_its_missing_files_are_said(
    open_window: MainWindow,
    context: AppContext,
    answers: Answers,
    tmp_path: Path,
    said: list[str],
    jfk: Path,
) -> None:
    study = _study(context)
    note = tmp_path / "note.txt"
    note.write_text("She waited.\n")
    [kept, lost] = study.imports.take_in([jfk, note])
    study.materials.media_path(lost).unlink()
    (study.folder / "media" / f"{kept.file}.partial").write_text("half")
    answers.saved = tmp_path / "Copy"
    open_window.run_action("study.copy")
    assert "Saved a copy as Copy.study. One file is missing in it." in said
    with Study.open(tmp_path / "Copy.study") as copy:
        assert copy.show() == study.show()
        assert copy.materials.media_path(kept).read_bytes() == jfk.read_bytes()
        assert [problem.code for problem in copy.check()] == ["media-missing"]
        assert copy.undo_label == study.undo_label
    assert not list((tmp_path / "Copy.study" / "media").glob("*.partial"))
    answers.saved = tmp_path / "Copy.study"
    open_window.run_action("study.copy")
    answers.saved = study.folder / "inside.study"
    open_window.run_action("study.copy")
    codes = [getattr(problem, "code", "") for problem in answers.errors]
    assert codes == ["study-exists", "copy-inside"]
    assert sorted(path.name for path in tmp_path.glob(".*")) == []


def test_a_copy_can_be_stopped_and_leaves_nothing(
    open_window: MainWindow, context: AppContext, tmp_path: Path
) -> None:
    study = _study(context)
    with (study.folder / "media" / "long.wav").open("wb") as file:
        file.truncate(400_000_000)
    copy = study.keeping.copy_to(tmp_path / "Copy.study")
    dialog = CopyDialog(copy, open_window)
    dialog.open()
    dialog.cancel_button.click()
    assert not dialog.exec()
    assert dialog.problem is None
    assert not list(tmp_path.glob("*Copy*"))


def test_a_copy_that_fails_for_what_nobody_foresaw_ends_and_says_so(
    open_window: MainWindow,
    context: AppContext,
    answers: Answers,
    said: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (_study(context).folder / "media" / "call.wav").write_bytes(b"RIFF")

    def fail(*_: object) -> None:
        raise KeyError("nobody foresaw it")

    monkeypatch.setattr(copying, "_copy", fail)
    answers.saved = tmp_path / "Copy.study"
    with pytest.raises(KeyError, match="foresaw"):  # the window's last door tells it
        open_window._studies.keeper.save_copy()
    assert not list(tmp_path.glob("*Copy*"))
    assert not said


def test_the_window_goes_back_to_a_backup_and_forth(
    open_window: MainWindow, context: AppContext, answers: Answers, said: list[str]
) -> None:
    _study(context).keeping.copies.backup()
    before = _codes(context)
    _study(context).codebook.add("after")
    open_window.run_action("study.restore")
    assert _codes(context) == before
    assert said[-1].startswith("Restored.")
    answers.backup = 1
    open_window.run_action("study.restore")
    assert "after" in _codes(context)
    answers.backup = None
    open_window.run_action("study.restore")
    assert "after" in _codes(context)
    assert not answers.errors


def test_a_study_open_elsewhere_is_not_restored_and_stays_open_for_reading(
    window: MainWindow, context: AppContext, answers: Answers, study_folder: Path, said: list[str]
) -> None:
    with Study.open(study_folder) as other:
        other.keeping.copies.backup()
        other.codebook.add("written meanwhile")
        assert window.open_path(study_folder)
        window.run_action("study.restore")
        [problem] = answers.errors
        assert isinstance(problem, StudyLocked)
        assert problem.ways == (Way.AGAIN,)
        assert _study(context).read_only
        assert "written meanwhile" in _codes(context)
    answers.ways = [Way.AGAIN]
    window.run_action("study.restore")
    assert said[-1].startswith("Restored.")
    assert "written meanwhile" not in _codes(context)


def test_a_damaged_study_offers_its_backups(
    window: MainWindow, context: AppContext, answers: Answers, study_folder: Path
) -> None:
    file = study_folder / "study.sqlite"
    whole = file.read_bytes()
    file.write_bytes(b"noise" * 1000)
    assert not window.open_path(study_folder)
    [problem] = answers.errors
    assert getattr(problem, "code", "") == "study-damaged"
    (study_folder / "backups" / "20260901-100000.sqlite").write_bytes(whole)
    answers.ways = [Way.RESTORE]
    assert window.open_path(study_folder)
    assert _codes(context) == ["broken date", "losing face"]
    assert getattr(answers.errors[-1], "code", "") == "consent-went-back"


def test_without_a_backup_the_menu_says_when_there_will_be_one(
    open_window: MainWindow, answers: Answers
) -> None:
    open_window.run_action("study.restore")
    assert getattr(answers.errors[0], "code", "") == "backups-none"


def test_how_a_study_was_found_is_said_when_it_is_open(
    window: MainWindow, answers: Answers, study_folder: Path, qtbot: QtBot
) -> None:
    (study_folder / "study.sqlite-wal").write_bytes(b"noise" * 1000)
    assert window.open_path(study_folder)
    qtbot.waitUntil(lambda: bool(answers.errors))
    assert getattr(answers.errors[0], "code", "") == "log-strange"


def test_a_missing_key_is_said_and_can_be_chosen_at_once(
    window: MainWindow,
    answers: Answers,
    study_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    with Study.open(study_folder) as study:
        study.people.add(pseudonym="Noor", real_name="Zyra Quellenbach")
    (study_folder / "people.key").rename(study_folder.parent / "gone.key")
    shown: list[str] = []
    monkeypatch.setattr(KeyDialog, "exec", lambda dialog: shown.append(dialog.place.text()))
    answers.ways = [Way.CHOOSE]
    assert window.open_path(study_folder)
    qtbot.waitUntil(lambda: bool(shown))
    [error] = answers.errors
    assert "exports for others wait" in str(error)
    assert "Zyra" not in str(error)
    assert len(shown) == 1
    assert "people.key" in shown[0]


def test_an_hour_of_work_is_copied_when_a_study_opens(
    window: MainWindow, context: AppContext, study_folder: Path, clock: Clock, qtbot: QtBot
) -> None:
    clock.time = clock.time.replace(year=2036)
    assert window.open_path(study_folder)
    qtbot.waitUntil(lambda: bool(list((study_folder / "backups").glob("hourly-*.sqlite"))))
    [made] = Backups(study_folder).all()
    assert made.reason is Reason.ROUTINE


def test_the_list_says_when_why_and_what(
    qapp: QApplication, study: Study, theme: object, qtbot: QtBot
) -> None:
    study.codebook.add("Delay")
    study.codebook.add("More")
    study.keeping.copies.backup()
    (study.folder / "backups" / "before-merge-20260101-080000.sqlite").write_bytes(b"noise" * 99)
    dialog = RestoreDialog(Backups(study.folder))
    qtbot.addWidget(dialog)
    rows = [[item.text(column) for column in (1, 2)] for item in dialog._rows()]
    assert rows == [["made by hand", "4 codes"], ["before a merge", "damaged"]]
    assert dialog.chosen is not None
    assert dialog.chosen.number == 1
    assert dialog._rows()[1].isDisabled()


def test_a_copy_is_not_begun_over_something(study: Study, tmp_path: Path) -> None:
    copy = study.keeping.copy_to(tmp_path / "a.study")
    assert isinstance(copy, StudyCopy)
    copy.finish(lambda _done, _total: None, lambda: False)
    with Study.open(tmp_path / "a.study") as made:
        assert made.title == study.title


def test_the_lock_of_another_computer_is_said_and_can_be_taken_over(
    window: MainWindow, context: AppContext, answers: Answers, study_folder: Path
) -> None:
    lock = study_folder / "lock"
    text = '{"host": "laptop", "user": "ada", "pid": 7, "since": "2026-09-12T10:00"}'
    lock.write_text(text)
    assert window.open_path(study_folder)
    assert _study(context).read_only
    assert "ada on laptop" in answers.questions[0]
    window.run_action("study.close")
    assert lock.read_text() == text
    answers.questions.clear()
    answers.refused = {0}
    assert window.open_path(study_folder)
    assert not _study(context).read_only
    assert "all the same" in answers.questions[1]


def test_a_synchronised_folder_is_explained_once_for_each_study(
    window: MainWindow, answers: Answers, study_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    place = tmp_path / "Dropbox"
    place.mkdir()
    folder = study_folder.rename(place / study_folder.name)
    for _ in range(2):
        assert window.open_path(folder)
        qtbot.waitUntil(lambda: window.ready.done)
        window.run_action("study.close")
    assert [getattr(problem, "code", "") for problem in answers.errors] == ["cloud-folder"]
