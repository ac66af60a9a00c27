"""Long steps are done beside the window, which goes on; they are kept whole or not at all."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Answers
from ui.bridge import long_steps
from ui.bridge.long_steps import LongSteps
from ui.main_window import MainWindow
from ui.views.code.workspace import CodeWorkspace
from ui.views.collect.workspace import CollectWorkspace
from ui.views.history.panel import HistoryPanel
from ui.views.report.workspace import ReportWorkspace
from workbench.domain import fields
from workbench.domain.change import Op
from workbench.domain.ids import CodeId, ObservationId
from workbench.errors import EnvironmentProblem, UserError
from workbench.study import Study


@pytest.fixture
def opened(window: MainWindow, map_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """A study in the window, where nothing is so little that it is done at once."""
    monkeypatch.setattr(long_steps, "LARGE", 0)
    assert window.open_path(map_folder)
    study = window._context.study
    assert study is not None
    return study


@pytest.fixture
def steps(window: MainWindow) -> LongSteps:
    """What does the long steps of the window."""
    found = window._context.long_steps
    assert isinstance(found, LongSteps)
    return found


class Gate:
    """Work that is held until the test lets it go on."""

    def __init__(self) -> None:
        self.reached, self.open = threading.Event(), threading.Event()
        self.thread = 0

    def add_codes(self, study: Study, count: int = 3) -> int:
        self.thread = threading.get_ident()
        with study.step(Op.EDIT_CODEBOOK):
            study.codebook.add("first of many")
            self.reached.set()
            assert self.open.wait(60)
            for number in range(count):
                study.codebook.add(f"one of many {number}")
        return count


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate()
    yield gate
    gate.open.set()


def begin(window: MainWindow, gate: Gate, done: list[int], count: int = 3) -> None:
    window._context.run_long(
        "Adding codes", lambda study: gate.add_codes(study, count), done.append, size=count
    )
    assert gate.reached.wait(60)


def names(study: Study) -> list[str]:
    return [code.name for code in study.codebook.codes()]


def test_the_window_goes_on_while_a_long_step_is_at_work(
    window: MainWindow, opened: Study, steps: LongSteps, gate: Gate, qtbot: QtBot
) -> None:
    done: list[int] = []
    before, bar = names(opened), window._studies.line.at_work
    begin(window, gate, done)
    assert gate.thread != threading.get_ident()
    assert (names(opened), done) == (before, [])  # read as it was
    with pytest.raises(EnvironmentProblem, match="Adding codes"):
        opened.codebook.add("meanwhile")
    with pytest.raises(UserError, match="Adding codes"):
        window._context.run_long("Another", lambda study: study.undo(), print, size=1)
    memo = opened.unsaved.spot(
        ("memo", "x"), "Memo", lambda text: opened.memos.write("charter", opened.charter.id, text)
    )
    assert not memo.keep("Typed meanwhile")  # not lost, not saved
    qtbot.waitUntil(bar.isVisible)
    with qtbot.waitSignal(steps.ended):
        gate.open.set()
    assert done == [3]
    assert set(names(opened)) - set(before) == {
        "first of many", *(f"one of many {number}" for number in range(3))
    }  # fmt: skip
    assert not bar.isVisible()
    qtbot.waitUntil(lambda: opened.unsaved.waiting == ())
    assert opened.memos.of("charter", opened.charter.id) is not None
    opened.codebook.add("afterwards")
    assert opened.undo_label
    assert opened.check() == []


def test_cancelling_leaves_all_as_it_was(
    window: MainWindow, opened: Study, steps: LongSteps, gate: Gate, qtbot: QtBot
) -> None:
    done: list[int] = []
    before, history = names(opened), opened.history()
    begin(window, gate, done, count=5000)
    steps.cancel()
    with qtbot.waitSignal(steps.ended) as ended:
        gate.open.set()
    assert ended.args == [False]
    assert (names(opened), opened.history(), done) == (before, history, [])
    opened.codebook.add("afterwards")
    assert opened.check() == []


def test_what_fails_is_told_and_changes_nothing(
    window: MainWindow, opened: Study, steps: LongSteps, answers: Answers, qtbot: QtBot
) -> None:
    before = names(opened)

    def work(study: Study) -> None:
        with study.step(Op.EDIT_CODEBOOK):
            study.codebook.add("half")
            raise UserError("no", "It cannot be done.")

    with qtbot.waitSignal(steps.ended):
        window._context.run_long("Trying", work, print, size=1)
    assert [str(problem) for problem in answers.errors] == ["It cannot be done."]
    assert names(opened) == before
    opened.codebook.add("afterwards")


@pytest.mark.parametrize("sure", [True, False])
def test_closing_asks_while_a_long_step_is_at_work(
    window: MainWindow, opened: Study, gate: Gate, answers: Answers, qtbot: QtBot, sure: bool
) -> None:
    done: list[int] = []
    before, folder = names(opened), opened.folder
    begin(window, gate, done, count=5000)
    answers.yes = sure
    threading.Timer(0, gate.open.set).start() if sure else None
    assert window.close() is sure
    assert "Adding codes" in answers.questions[0]
    if sure:
        with Study.open(folder) as again:
            assert names(again) == before
    else:
        window._studies._long.cancel()
        with qtbot.waitSignal(window._studies._long.ended):
            gate.open.set()


def _codebook(window: MainWindow) -> CodeWorkspace:
    window.show_workspace("code")
    workspace = window.workspaces["code"]
    assert isinstance(workspace, CodeWorkspace)
    workspace.left.show_codebook(True)
    return workspace


def _merge(window: MainWindow) -> None:
    work = _codebook(window).codebook.work
    assert work is not None
    first, *others = (code.id for code in work.desk.study.codebook.codes())
    work.codes.merge_into(first, others)


def _remove(window: MainWindow) -> None:
    book = _codebook(window).codebook
    assert book.work is not None
    book.tree.select([code.id for code in book.work.desk.study.codebook.codes()])
    book.work.codes.remove()


def _observed(window: MainWindow) -> CodeWorkspace:
    window.show_workspace("code")
    workspace = cast("CodeWorkspace", window.workspaces["code"])
    assert workspace.study is not None
    ids = _ids(workspace.study)
    window.open_object("observation", ids[0])
    workspace.work.selection.choose(ids)
    return workspace


def _ids(study: Study) -> list[ObservationId]:
    return [passage.observation.id for passage in study.passages.find()]


def _last_code(study: Study) -> CodeId:
    return study.codebook.codes()[-1].id


def _give(window: MainWindow) -> None:
    workspace = _observed(window)
    assert workspace.study is not None
    workspace.inspector.code_added.emit(_last_code(workspace.study))


def _take_off(window: MainWindow) -> None:
    workspace = _observed(window)
    assert workspace.study is not None
    workspace.inspector.code_dropped.emit(workspace.study.codebook.codes()[0].id)


def _back(window: MainWindow) -> None:
    window.run_action("drawer.history")
    [panel] = window.drawer.findChildren(HistoryPanel)
    panel.refresh()
    panel.list.select(sorted(panel._steps, key=int)[2])
    panel.go_back()


def _report(window: MainWindow) -> None:
    window.show_workspace("report")
    workspace = window.workspaces["report"]
    assert isinstance(workspace, ReportWorkspace)
    workspace.writer.write()
    assert workspace.tools.write_button.text() == "Writing…"


_COMMANDS: dict[str, tuple[Callable[[MainWindow], None], Callable[[Study], object]]] = {
    "merge": (_merge, lambda s: s.recoding.merge([c.id for c in s.codebook.codes()][1:],
                                                 s.codebook.codes()[0].id)),
    "remove": (_remove, lambda s: s.codebook.remove_all([c.id for c in s.codebook.codes()])),
    "give a code": (_give, lambda s: s.observations.add_code(_ids(s), _last_code(s))),
    "take a code off": (_take_off, lambda s: s.observations.drop_code(
        _ids(s), s.codebook.codes()[0].id)),
    "pick a stage": (lambda w: _observed(w).work.fields.set_stage(2),
                     lambda s: s.observations.change_all(
                         _ids(s), fields.STAGE.to(s.journeys.stages()[1].id))),
    "remove observations": (lambda w: _observed(w).work.passage.remove(),
                            lambda s: s.observations.remove(_ids(s))),
    "undo": (lambda w: w.run_action("edit.undo"), lambda s: s.undo()),
    "go back": (_back, lambda s: s.rewind(sorted(step.id for step in s.history())[2])),
    "report": (_report, lambda s: s.reports.write(s.folder.parent / "twin.docx")),
    "export": (lambda w: w._commands.exporting.export_as("json", ".json"), lambda _s: None),
}  # fmt: skip


@pytest.mark.parametrize("name", _COMMANDS)
def test_a_command_does_beside_the_window_what_it_does_at_once(
    window: MainWindow,
    opened: Study,
    steps: LongSteps,
    answers: Answers,
    tmp_path: Path,
    map_study_made: Path,
    qtbot: QtBot,
    name: str,
) -> None:
    begin_it, at_once = _COMMANDS[name]
    twin = Path(shutil.copytree(map_study_made, tmp_path / "twin.study"))
    answers.saved = tmp_path / "out.json"
    heard: list[Op] = []
    opened.subscribe(lambda changes: heard.extend(changes.ops))
    with qtbot.waitSignal(steps.ended) as ended:
        begin_it(window)
        assert steps.doing
    assert ended.args == [True]
    with Study.open(twin, now=window._context.now) as other:
        at_once(other)
        mine, theirs = _plain(opened), _plain(other)
    assert mine == theirs
    assert bool(heard) is (name != "export")
    assert opened.check() == []
    assert not answers.errors


@pytest.mark.parametrize("cancelled", [False, True])
def test_the_rows_of_an_import_are_stored_beside_the_window(
    window: MainWindow,
    opened: Study,
    steps: LongSteps,
    answers: Answers,
    tmp_path: Path,
    qtbot: QtBot,
    cancelled: bool,
) -> None:
    note = tmp_path / "A long night.txt"
    note.write_text("\n\n".join(f"Anna: Sentence {n}." for n in range(3000)), encoding="utf-8")
    before = set(opened.materials.media.iterdir())
    window.show_workspace("collect")
    collect = cast("CollectWorkspace", window.workspaces["collect"])
    collect.importer.ask([note])
    assert collect.importer.dialog is not None
    if cancelled:
        steps.began.connect(lambda _title: steps.cancel())
    with qtbot.waitSignal(steps.ended) as ended:
        collect.importer.dialog.accept()
    assert ended.args == [not cancelled]
    names = [source.original_name for source in opened.materials.sources()]
    assert (note.name in names) is not cancelled
    assert len(set(opened.materials.media.iterdir()) - before) == (not cancelled)
    assert not answers.errors
    assert opened.check() == []


def _plain(study: Study) -> object:
    """Return what a study holds, without what differs from run to run."""
    data = study.show()
    data["reports"] = len(data["reports"])
    data["codes"] = [{**code, "deleted_at": bool(code["deleted_at"])} for code in data["codes"]]
    return data


def test_a_study_for_reading_is_exported_too(
    window: MainWindow,
    map_folder: Path,
    answers: Answers,
    steps: LongSteps,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(long_steps, "LARGE", 0)
    answers.saved = map_folder.parent / "out.json"
    with Study.open(map_folder):
        assert window.open_path(map_folder)
        with qtbot.waitSignal(steps.ended) as ended:  # beside the window, too
            window._commands.exporting.export_as("json", ".json")
    assert ended.args == [True]
    assert answers.saved.exists()
