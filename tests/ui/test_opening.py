"""The order in which a study opens and closes in the window, and that nothing stays half open."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from pytestqt.qtbot import QtBot
from typing_extensions import override

from tests.support import vault
from tests.ui.conftest import Answers
from ui.context import AppContext, NewStudy
from ui.main_window import MainWindow
from ui.opening import FIRST_AFTER_PAINTING, Opening, Turn
from workbench.errors import UserError, Way
from workbench.services.locking import locking
from workbench.storage.database import DamagedStudy
from workbench.study import Study

BEFORE = [turn for turn in Turn if turn < FIRST_AFTER_PAINTING]
AFTER = [turn for turn in Turn if turn >= FIRST_AFTER_PAINTING]


@pytest.fixture
def opening(context: AppContext) -> Opening:
    return context.opening


@pytest.fixture
def other(study_folder: Path, tmp_path: Path) -> Path:
    """Folder of a second study."""
    return Path(shutil.copytree(study_folder, tmp_path / "Second.study"))


class Noted(QObject):
    """Notes each turn as it comes, and as it is gone back; fails where it is told to."""

    def __init__(self, opening: Opening, *, fails: Turn | None = None) -> None:
        super().__init__()
        self.seen: list[object] = []
        self._fails = fails
        for turn in reversed(Turn):
            opening.at(turn, self, lambda _study, turn=turn: self._note(turn), self._back(turn))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and "painted" not in self.seen:
            self.seen.append("painted")
        return False

    def _note(self, turn: Turn) -> None:
        self.seen.append(turn)
        if turn is self._fails:
            raise UserError("broken", "“{turn}” is broken.", "Go on.", turn=turn.name)

    def _back(self, turn: Turn) -> Callable[[], object]:
        return lambda: self.seen.append(-turn)


@pytest.fixture
def cheap() -> Iterator[None]:
    """Passphrases cost no time."""
    with vault.cheap_keys():
        yield


def _lock(folder: Path) -> None:
    locking.lock(folder, vault.SAID, lambda *_share: None)
    locking.let_go(folder)


def _is_free(folder: Path) -> bool:
    """Tell whether nobody has a study open any longer."""
    with Study.open(folder) as study:
        return not study.read_only


def _is_on_welcome(window: MainWindow) -> bool:
    """Tell whether nothing in the window is of a study."""
    return (
        window.workspace is None
        and window.welcome.isVisible()
        and not window.rail.isVisible()
        and window.windowTitle() == "Workbench"
        and {one.study for one in window.workspaces.made()} <= {None}
        and not window._context.opening.goes_on
    )


# In which order


def test_turns_come_in_their_order_and_some_wait_for_the_first_paint(
    window: MainWindow, opening: Opening, study_folder: Path, qtbot: QtBot
) -> None:
    noted = Noted(opening)
    window.workspaces["collect"].installEventFilter(noted)
    assert window.open_path(study_folder)
    assert noted.seen == BEFORE
    qtbot.waitUntil(lambda: not opening.goes_on)
    assert noted.seen == [*BEFORE, "painted", *AFTER]
    window.workspaces["collect"].removeEventFilter(noted)


def test_closing_goes_the_same_way_back(
    open_window: MainWindow, opening: Opening, study_folder: Path
) -> None:
    noted = Noted(opening)
    open_window.run_action("study.close")
    assert noted.seen == [-turn for turn in reversed(Turn)]
    assert _is_on_welcome(open_window)
    assert _is_free(study_folder)


def test_what_was_not_done_yet_is_not_gone_back(
    window: MainWindow, opening: Opening, study_folder: Path, qtbot: QtBot
) -> None:
    noted = Noted(opening)
    assert window.open_path(study_folder)
    window.run_action("study.close")
    qtbot.waitUntil(lambda: window.ready.done)
    assert noted.seen == [*BEFORE, *(-turn for turn in reversed(BEFORE))]


def test_nobody_reaches_for_a_study_that_goes(open_window: MainWindow, opening: Opening) -> None:
    seen: list[Study | None] = []
    opening.at(Turn.SAY, open_window, closes=lambda: seen.append(opening.study))
    open_window.run_action("study.close")
    assert seen == [None]


def test_one_study_is_gone_before_the_next_one_comes(
    open_window: MainWindow, opening: Opening, study_folder: Path, other: Path
) -> None:
    noted = Noted(opening)
    open_window.show_workspace("journey")
    assert open_window.open_path(other)
    assert noted.seen == [*(-turn for turn in reversed(Turn)), *BEFORE]
    assert open_window.top_bar.study_button.text() == "Moving home"
    assert opening.study is not None
    assert opening.study.folder == other
    assert _is_free(study_folder)


def test_a_step_that_closes_the_study_is_the_last_one(
    window: MainWindow, opening: Opening, study_folder: Path, qtbot: QtBot
) -> None:
    opening.at(Turn.GET_READY, window, lambda _study: window.run_action("study.close"))
    noted = Noted(opening)
    assert window.open_path(study_folder)
    qtbot.waitUntil(lambda: window.ready.done and opening.study is None)
    assert Turn.GET_READY not in noted.seen
    assert Turn.REMEMBER not in noted.seen
    assert -Turn.GET_READY in noted.seen
    assert _is_on_welcome(window)


def test_who_is_gone_is_told_nothing(opening: Opening, study: Study, qtbot: QtBot) -> None:
    noted = Noted(opening)
    noted.deleteLater()
    qtbot.waitSignal(noted.destroyed).wait()
    opening.begin(study)
    opening.end()
    assert noted.seen == []


# What fails


@pytest.mark.parametrize("turn", BEFORE)
def test_what_fails_before_it_is_seen_leaves_the_welcome_page(
    window: MainWindow, opening: Opening, answers: Answers, study_folder: Path, turn: Turn
) -> None:
    noted = Noted(opening, fails=turn)
    assert not window.open_path(study_folder)
    done = BEFORE[: BEFORE.index(turn) + 1]
    assert noted.seen == [*done, *(-one for one in reversed(done))]
    assert [str(error) for error in answers.errors] == [f"“{turn.name}” is broken. Go on."]
    assert _is_on_welcome(window)
    assert _is_free(study_folder)


@pytest.mark.parametrize("turn", BEFORE)
def test_the_study_that_made_room_in_vain_comes_back(
    open_window: MainWindow, opening: Opening, answers: Answers, other: Path, turn: Turn
) -> None:
    open_window.show_workspace("journey")
    before = opening.study
    assert before is not None

    def fail(study: Study) -> None:
        if study.folder == other:
            raise UserError("broken", "It is broken.", "Go on.")

    opening.at(turn, open_window, fail)
    assert not open_window.open_path(other)
    assert [error.code for error in answers.errors if isinstance(error, UserError)] == ["broken"]
    assert opening.study is not None
    assert opening.study.folder == before.folder
    assert open_window.workspace is open_window.workspaces["journey"]
    assert _is_free(other)
    assert opening.study.people.participants()


@pytest.mark.parametrize("turn", AFTER)
def test_what_fails_later_is_told_and_the_study_stays_open(
    window: MainWindow, opening: Opening, study_folder: Path, qtbot: QtBot, turn: Turn
) -> None:
    noted = Noted(opening, fails=turn)
    with qtbot.captureExceptions() as told:
        assert window.open_path(study_folder)
        qtbot.waitUntil(lambda: window.ready.done)
    assert [str(error) for _kind, error, _trace in told] == [f"“{turn.name}” is broken. Go on."]
    assert noted.seen == list(Turn)
    assert opening.study is not None
    assert window.workspace is not None


def test_damage_that_is_found_while_a_study_is_shown_is_called_by_its_name(
    window: MainWindow, opening: Opening, answers: Answers, study_folder: Path
) -> None:
    def fail(_study: Study) -> None:
        malformed = sqlite3.DatabaseError("database disk image is malformed")
        malformed.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        malformed.sqlite_errorname = "SQLITE_CORRUPT"
        raise malformed

    opening.at(Turn.SHOW, window, fail)
    assert not window.open_path(study_folder)
    assert [isinstance(error, DamagedStudy) for error in answers.errors] == [True]
    assert _is_on_welcome(window)


def test_whatever_fails_while_it_closes_the_rest_is_closed(
    window: MainWindow, opening: Opening, study_folder: Path
) -> None:
    def fail() -> None:
        raise RuntimeError("stuck")

    opening.at(Turn.SHOW, window, closes=fail)
    assert window.open_path(study_folder)
    with pytest.raises(RuntimeError, match="stuck"):
        window._studies.close()
    assert _is_on_welcome(window)
    assert _is_free(study_folder)


# What hinders one that is not there yet leaves the one that is


@pytest.mark.parametrize("kind", ["nothing", "not a study", "locked by another program"])
def test_what_cannot_be_had_leaves_the_open_study_alone(
    open_window: MainWindow,
    opening: Opening,
    answers: Answers,
    tmp_path: Path,
    other: Path,
    kind: str,
) -> None:
    noted, before = Noted(opening), opening.study
    wanted, writer = {"nothing": tmp_path / "none.study"}.get(kind, other), None
    if kind == "not a study":
        (other / "study.sqlite").write_bytes(b"words" * 1000)
    if kind.startswith("locked"):
        answers.yes, writer = False, Study.open(other)
    assert not open_window.open_path(wanted)
    assert noted.seen == []
    assert opening.study is before
    if writer is not None:
        assert len(answers.questions) == 1
        writer.close()
    else:
        assert len(answers.errors) == 1


def test_an_error_of_another_study_offers_nothing_for_the_open_one(
    open_window: MainWindow, answers: Answers, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(other / "backups", ignore_errors=True)
    (other / "study.sqlite").write_bytes(b"words" * 1000)
    offered: list[Way] = []
    monkeypatch.setattr(
        Answers, "show_error", lambda _self, _parent, _error, ways=(): offered.extend(ways)
    )
    assert not open_window.open_path(other)
    assert set(offered) == {Way.AGAIN, Way.CHOOSE, Way.COPY}


def test_the_same_study_is_closed_before_it_is_opened_again(
    open_window: MainWindow, opening: Opening, study_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = opening.study
    monkeypatch.chdir(study_folder.parent)
    assert open_window.open_path(Path(study_folder.name) / "study.sqlite")
    assert opening.study is not None
    assert opening.study is not before
    assert not opening.study.read_only


def test_a_new_study_that_cannot_be_made_brings_the_open_one_back(
    open_window: MainWindow, opening: Opening, answers: Answers, study_folder: Path, other: Path
) -> None:
    answers.new_study = NewStudy("Another", other)  # where something lies already
    open_window.run_action("study.new")
    assert len(answers.errors) == 1
    assert opening.study is not None
    assert opening.study.folder == study_folder


def test_a_new_study_is_tried_again_beside_the_one_that_came_back(
    open_window: MainWindow, opening: Opening, answers: Answers, other: Path
) -> None:
    answers.new_study, answers.ways = NewStudy("Another", other), [Way.AGAIN]
    open_window.run_action("study.new")
    assert len(answers.errors) == 2
    assert opening.study is not None
    assert opening.study.people.participants()


@pytest.mark.usefixtures("cheap")
def test_a_locked_study_that_is_given_up_leaves_the_open_one_alone(
    open_window: MainWindow, opening: Opening, answers: Answers, other: Path
) -> None:
    _lock(other)
    noted, before = Noted(opening), opening.study
    assert not open_window.open_path(other)  # no passphrase is said
    assert answers.questions == ["passphrase of Second"]
    assert noted.seen == []
    assert opening.study is before


@pytest.mark.usefixtures("cheap")
def test_who_stays_after_the_passphrase_leaves_the_other_study_locked(
    open_window: MainWindow,
    opening: Opening,
    context: AppContext,
    answers: Answers,
    other: Path,
) -> None:
    _lock(other)
    answers.passphrase, answers.refused = vault.SAID, {1}
    context.running_jobs = lambda: ["Interview 1"]
    before = opening.study
    assert not open_window.open_path(other)
    assert answers.questions == ["passphrase of Second", "One job is still running."]
    assert opening.study is before
    assert not locking.has_key(other)
    answers.refused = set()
    assert open_window.open_path(other)
    assert locking.has_key(other)
    open_window.run_action("study.close")
    assert not locking.has_key(other)


@pytest.mark.usefixtures("cheap")
def test_a_locked_study_that_made_room_in_vain_asks_for_nothing(
    window: MainWindow, opening: Opening, answers: Answers, study_folder: Path, other: Path
) -> None:
    _lock(study_folder)
    answers.passphrase = vault.SAID
    assert window.open_path(study_folder)

    def fail(study: Study) -> None:
        if study.folder == other:
            raise UserError("broken", "It is broken.", "Go on.")

    opening.at(Turn.SHOW, window, fail)
    assert not window.open_path(other)
    assert answers.questions == ["passphrase of Moving home"]  # once
    assert opening.study is not None
    assert opening.study.folder == study_folder


def test_closing_while_jobs_run_asks_and_stops_them(
    open_window: MainWindow, opening: Opening, context: AppContext, answers: Answers
) -> None:
    stopped: list[bool] = []
    context.running_jobs, context.stop_jobs = (
        (lambda: ["Interview 1"]),
        lambda: stopped.append(True),
    )
    noted, before = Noted(opening), opening.study
    answers.yes = False
    assert not open_window.close()
    assert opening.study is before
    assert noted.seen == []
    answers.yes = True
    assert open_window.close()
    assert stopped == [True]
    assert opening.study is None
