"""The window checks a study, says what is wrong with it, and cleans up what can be."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Answers
from ui.app import tell_stray
from ui.bridge.long_steps import LARGE
from ui.context import AppContext
from ui.main_window import MainWindow
from ui.views.check_dialog import CheckDialog
from ui.views.palette_sources import action_items
from workbench.domain.change import Op
from workbench.errors import UserError, Way
from workbench.storage.refusals import DamagedStudy
from workbench.study import Study

STRAY = "0b2c7b0e-93a4-4a6f-9a51-0a1b2c3d4e5f.wav"
DAMAGE = (
    "UPDATE code SET name = 'brokem date' WHERE name = 'broken date'",
    "UPDATE code SET name = CAST(x'ff6c' AS TEXT) WHERE name = 'silence'",
    "DELETE FROM session WHERE id = (SELECT min(id) FROM session)",
)


@pytest.fixture
def damaged(map_folder: Path) -> Path:
    """A study that something changed behind the program's back, with a file of nobody."""
    with closing(sqlite3.connect(map_folder / "study.sqlite")) as db, db:
        for sql in DAMAGE:
            assert db.execute(sql).rowcount == 1
    (map_folder / "media" / STRAY).write_bytes(b"?")
    return map_folder


@pytest.fixture
def check(window: MainWindow, qtbot: QtBot) -> Callable[[], CheckDialog]:
    """Check the study as from the menu; return what is shown."""

    def run() -> CheckDialog:
        window.run_action("study.check")
        return _shown(window, qtbot)

    return run


def _shown(window: MainWindow, qtbot: QtBot) -> CheckDialog:
    def visible() -> list[CheckDialog]:
        return [one for one in window.findChildren(CheckDialog) if one.isVisible()]

    qtbot.waitUntil(lambda: bool(visible()))
    [dialog] = visible()
    return dialog


def _ways(dialog: CheckDialog) -> set[str]:
    return {one.text() for one in dialog.findChildren(QPushButton) if one.isVisible()}


def test_a_whole_study_is_said_to_be_whole(
    window: MainWindow, map_folder: Path, check: Callable[[], CheckDialog]
) -> None:
    assert window.open_path(map_folder)
    dialog = check()
    assert dialog.verdict.text() == "The study is whole"
    assert not dialog.text.isVisible()
    assert _ways(dialog) == {"Close", "Restore a backup…"}


def test_a_damaged_study_is_cleaned_up_and_that_is_undone(
    window: MainWindow,
    context: AppContext,
    damaged: Path,
    check: Callable[[], CheckDialog],
    answers: Answers,
    qtbot: QtBot,
) -> None:
    assert window.open_path(damaged)
    study = context.study
    assert study is not None
    before = study.history()
    dialog = check()
    assert "not as they should be" in dialog.verdict.text()
    found = dialog.text.toPlainText()
    assert "3 entries are not as they were written" in found
    assert STRAY in found
    assert found.index("entries are") < found.index("One file is used by nothing")
    assert _ways(dialog) == {"Close", "Clean up…", "Restore a backup…"}
    assert study.history() == before  # what cleaning up would do was tried, and taken back

    answers.yes = False
    dialog.clean_up.click()
    qtbot.waitUntil(lambda: bool(answers.details))  # what it would do is found out first
    promised = answers.details[-1]
    assert "3 entries will be again as the history has them." in promised
    assert "links" not in promised  # what the session was for has it again
    assert "Undo takes this back" in promised
    assert f"({STRAY}). This cannot be undone." in promised
    assert (damaged / "media" / STRAY).exists()

    answers.yes = True
    dialog = check()
    dialog.clean_up.click()
    whole = _shown(window, qtbot)
    assert whole.verdict.text() == "The study is whole"
    assert not (damaged / "media" / STRAY).exists()
    assert {"broken date", "silence"} <= {code.name for code in study.codebook.codes()}
    assert study.history()[0].op is Op.MEND
    assert window._context.actions.qaction("edit.undo").isEnabled()
    assert not answers.errors


def test_damage_that_shows_itself_while_working_leads_to_the_check(
    window: MainWindow, context: AppContext, damaged: Path, check: Callable[[], CheckDialog]
) -> None:
    assert window.open_path(damaged)
    assert context.study is not None
    with pytest.raises(Exception, match="decode") as caught:
        context.study.codebook.codes()
    told = context.explained(caught.value)
    assert isinstance(told, UserError)
    assert context.actions.qaction("study.check").text() in told.todo
    assert "The letters of one entry are damaged." in check().text.toPlainText()


def test_a_study_whose_names_cannot_be_read_is_called_by_its_folder(
    window: MainWindow, context: AppContext, damaged: Path, qtbot: QtBot
) -> None:
    window.open_path(damaged)
    qtbot.waitUntil(lambda: bool(context.settings.current.recent))
    assert window.windowTitle() == f"{damaged.stem} – Workbench"
    assert context.settings.current.recent[0].title == damaged.stem


@pytest.mark.parametrize("stray", [True, False])
def test_whatever_fails_for_damage_offers_the_check(
    window: MainWindow,
    context: AppContext,
    answers: Answers,
    damaged: Path,
    qtbot: QtBot,
    stray: bool,
) -> None:
    window.open_path(damaged)
    assert context.study is not None
    answers.ways = [Way.CHECK]
    if stray:  # nobody foresaw it
        tell_stray(context, window, KeyError("gone"))
    else:
        context.run_long("Reading", lambda study: study.show(), lambda _done: None, size=LARGE)
    dialog = _shown(window, qtbot)
    assert [type(error) for error in answers.errors] == [DamagedStudy]
    assert Way.CHECK in answers.errors[0].ways  # type: ignore[attr-defined]
    assert "not as" in dialog.verdict.text()


def test_a_study_for_reading_is_checked_and_left_alone(
    window: MainWindow,
    context: AppContext,
    damaged: Path,
    check: Callable[[], CheckDialog],
    answers: Answers,
) -> None:
    with Study.open(damaged):
        assert window.open_path(damaged)
        assert context.study is not None
        assert context.study.read_only
        dialog = check()
    assert "for reading only" in dialog.advice.text()
    assert "entries are not as they were written" in dialog.text.toPlainText()
    assert _ways(dialog) == {"Close", "Restore a backup…"}


def test_a_check_goes_back_to_a_backup(
    window: MainWindow,
    context: AppContext,
    map_folder: Path,
    check: Callable[[], CheckDialog],
    answers: Answers,
) -> None:
    with Study.open(map_folder) as study:
        study.keeping.copies.backup()
    with closing(sqlite3.connect(map_folder / "study.sqlite")) as db, db:
        db.execute(DAMAGE[1])
    assert window.open_path(map_folder)
    check().restore.click()
    assert context.study is not None
    assert context.study.check() == []
    assert not answers.errors


@pytest.fixture
def endless(window: MainWindow, map_folder: Path, qtbot: QtBot) -> Study:
    """A study whose check is at a recording that takes longer to read than the test."""
    assert window.open_path(map_folder)
    study = window._context.study
    assert study is not None
    media = study.materials.media_path(study.materials.sources()[0])
    with media.open("r+b") as file:
        file.truncate(30_000_000_000)
    bar = window._studies.line.looking
    window.run_action("study.check")
    qtbot.waitUntil(lambda: bar.isVisible() and bar.bar.value() > 0)
    return study


@pytest.mark.parametrize("closing", [False, True])
def test_people_go_on_working_while_the_files_are_read(
    window: MainWindow,
    context: AppContext,
    endless: Study,
    answers: Answers,
    qtbot: QtBot,
    closing: bool,
) -> None:
    folder, charter = endless.folder, endless.charter.id
    with Study.open(folder, read_only=True) as elsewhere:
        endless.codebook.add("meanwhile")
        spot = endless.unsaved.spot(
            ("memo", "x"), "Memo", lambda text: endless.memos.write("charter", charter, text)
        )
        assert spot.keep("Typed meanwhile")
        with qtbot.waitSignal(window._studies._long.ended) as ended:  # other long steps, too
            context.run_long(
                "Adding", lambda study: study.codebook.add("beside"), print, size=LARGE
            )
        assert ended.args == [True]
        assert {"meanwhile", "beside"} <= {code.name for code in elsewhere.codebook.codes()}
        assert elsewhere.memos.of("charter", charter) is not None

    assert not answers.errors
    window.run_action("study.check")  # one at a time
    assert ["Checking the study" in str(error) for error in answers.errors] == [True]

    looking = window._studies._looking
    if closing:
        assert window.close()
        assert "Checking the study" in answers.questions[-1]
    else:
        window._studies.line.looking.cancel_button.click()
        qtbot.waitUntil(lambda: not looking.doing)
        endless.codebook.add("afterwards")
    assert not looking.doing
    assert not window.findChildren(CheckDialog)
    assert len(answers.errors) == 1


def test_the_palette_finds_it(window: MainWindow, map_folder: Path) -> None:
    assert window.open_path(map_folder)
    for typed in ("repair", "verify", "integrity", "check the study"):
        titles = [item.title for item in action_items(window._context, typed, print)]
        assert "Check the study…" in titles, typed
