"""Search, memos and history at the right of any workspace."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.support.studies import Clock, drafts, observe, recognised, written
from tests.ui.conftest import Answers
from ui.main_window import MainWindow
from ui.views.bin.panel import bin_rows, told
from ui.views.code.workspace import CodeWorkspace
from ui.views.drawer.drawer import Drawer
from ui.views.history.panel import step_rows
from ui.views.search.model import ResultsModel
from workbench.domain.change import Op, Step
from workbench.domain.searching import Extent, Hit, Mode
from workbench.services.history.bin import _KINDS, _LINKS, Binned, Kind
from workbench.study import Study


@pytest.fixture
def left_in() -> str:
    """Workspace in which the window was closed last time."""
    return "code"


@pytest.fixture
def drawer(window: MainWindow, study_folder: Path) -> Drawer:
    """The pane on a study with a text, an observation and a memo."""
    with Study.open(study_folder) as study:
        transcript = written(study, "The date moved. Nobody rang.", "A date is a date.")
        found = observe(study, transcript, "date moved")
        study.memos.write("observation", found.id, "The date is the point.")
    assert window.open_path(study_folder)
    return window.drawer


def _study(drawer: Drawer) -> Study:
    study = drawer._context.study
    assert study is not None
    return study


def _search(drawer: Drawer, qtbot: QtBot, text: str) -> list[str]:
    drawer.search.field.clear()
    qtbot.keyClicks(drawer.search.field, text)
    qtbot.keyClick(drawer.search.field, Qt.Key.Key_Return)
    model = drawer.search.model
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def test_results_are_a_proper_model(qtmodeltester: ModelTester) -> None:
    model = ResultsModel()
    qtmodeltester.check(model)
    hits = [Hit("turn", str(n), "s", "T", "a \x02b\x03", n) for n in range(3)]
    model.show_hits([*hits, Hit("code", "c", "", "C", "\x02c\x03", None)], ticking=True)
    qtmodeltester.check(model)
    assert model.rowCount() == 6


def test_keys_open_and_close_the_panels(drawer: Drawer, window: MainWindow, qtbot: QtBot) -> None:
    actions = drawer._context.actions
    for key in ("search", "memos", "history", "bin"):
        actions.trigger(f"drawer.{key}")
        assert drawer.shows(key)
    qtbot.keyClick(drawer.bin.list, Qt.Key.Key_Escape)
    assert drawer.isHidden()
    code = window.workspaces["code"]
    code.setFocus()
    qtbot.keyClick(code.focusProxy(), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert drawer.shows("search")


def test_words_are_found_as_one_types(drawer: Drawer, qtbot: QtBot) -> None:
    drawer.show_panel("search")
    qtbot.keyClicks(drawer.search.field, "dat")
    qtbot.waitUntil(lambda: drawer.search.model.rowCount() > 0)
    found = _search(drawer, qtbot, "date")
    assert found[0] == "Said and written"
    assert {"Memos", "Codes", "broken date", "The date is the point."} <= set(found)


def test_a_hit_opens_in_its_place(drawer: Drawer, qtbot: QtBot) -> None:
    drawer.show_panel("search")
    _search(drawer, qtbot, "date")
    asked: list[tuple[str, str]] = []
    drawer._context.signals.open_requested.connect(lambda *what: asked.append(what))
    qtbot.keyClick(drawer.search.field, Qt.Key.Key_Down)
    qtbot.keyClick(drawer.search.list, Qt.Key.Key_Return)
    hit = drawer.search.model.hit(drawer.search.model.index(1))
    assert hit is not None
    assert asked == [("turn", hit.id)]


def test_a_broken_pattern_is_said_in_place(drawer: Drawer, qtbot: QtBot, answers: Answers) -> None:
    drawer.show_panel("search")
    drawer.search.modes.set_value(Mode.PATTERN)
    assert _search(drawer, qtbot, "dat(") == []
    assert "not a regular expression" in drawer.search.count.text()
    assert not answers.errors
    assert len(_search(drawer, qtbot, "^nobody|rang")) == 2


def test_search_keeps_to_a_method(drawer: Drawer, qtbot: QtBot) -> None:
    drawer.show_panel("search")
    _search(drawer, qtbot, "date")
    box = drawer.search.method
    box.setCurrentIndex(box.place_of("focus-group"))
    box.activated.emit(box.currentIndex())
    assert drawer.search.model.rowCount() == 0


def test_all_hits_are_coded_after_a_look(drawer: Drawer, qtbot: QtBot) -> None:
    study, search = _study(drawer), drawer.search
    drawer.show_panel("search")
    _search(drawer, qtbot, "date")
    before = len(study.passages.find())
    search.code.click()
    assert search.model.ticking
    assert [hit.kind for hit in search.model.chosen()] == ["turn", "turn"]
    first = search.model.index(1)
    assert search.model.setData(
        first, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole
    )
    assert search.count.text() == "1 hit is ticked"
    search.extent.set_value(Extent.TURN)
    search.code.click()
    qtbot.keyClicks(search.picker.field, "When")
    qtbot.keyClick(search.picker.field, Qt.Key.Key_Return)
    assert not search.model.ticking
    assert len(study.passages.find()) == before + 1
    assert study.codebook.find("When") is not None
    study.undo()
    assert len(study.passages.find()) == before
    assert study.codebook.find("When") is None


def test_memos_are_read_written_and_filtered(drawer: Drawer, qtbot: QtBot) -> None:
    study, memos = _study(drawer), drawer.memos
    drawer.show_panel("memos")
    code = study.codebook.codes()[0]
    memos.write_on("code", code.id)
    qtbot.keyClicks(memos.field, "Compare with the shop.")
    memos.field.flush()
    written_down = study.memos.of("code", code.id)
    assert written_down is not None
    assert written_down.text == "Compare with the shop."
    qtbot.waitUntil(lambda: len([row for row in _ids(drawer) if row]) == 2)
    memos.search.setText("shop")
    assert [row for row in _ids(drawer) if row] == [f"code/{code.id}"]
    memos.search.clear()
    memos.kind.setCurrentIndex(memos.kind.place_of("observation"))
    assert all(row.startswith("observation/") for row in _ids(drawer) if row)


def test_a_memo_is_undone_edit_by_edit_with_the_caret_in_it(
    drawer: Drawer, window: MainWindow, qtbot: QtBot
) -> None:
    study = _study(drawer)
    code = study.codebook.codes()[0]
    drawer.write_memo("code", code.id)
    field = drawer.memos.field

    def kept() -> str:
        memo = study.memos.of("code", code.id)
        return memo.text if memo else ""

    qtbot.keyClicks(field, "The date moved.")
    qtbot.keyClick(field, Qt.Key.Key_Home)
    assert kept() == "The date moved."
    qtbot.keyClicks(field, "No. ")
    qtbot.keyClick(field, Qt.Key.Key_End)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClicks(field, "Why?")
    # What is being typed now is taken back first, although nobody has paused.
    for left in ("No. The date moved.\n", "No. The date moved.", "The date moved.", ""):
        qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda left=left: (kept(), field.toPlainText()) == (left, left))
        assert field.hasFocus()
        assert field.textCursor().position() == (0 if left == "The date moved." else len(left))
    window._context.actions.trigger("edit.redo")
    qtbot.waitUntil(lambda: field.toPlainText() == "The date moved.")


def test_a_memo_whose_words_were_not_found_again_is_shown(drawer: Drawer, qtbot: QtBot) -> None:
    study, memos = _study(drawer), drawer.memos
    old = recognised(study, "Hello there.", "Nobody called.")
    turn = study.transcripts.turns(old.id)[1]
    study.memos.write("turn", turn.id, "Why not?")
    new = study.arrivals.start(old.source_id, model="small")
    study.arrivals.accept(new.id, drafts("Hello there.", "It is another matter."))
    study.arrivals.finish(new.id, "en")
    drawer.show_panel("memos")
    memos.show_subject(f"turn/{turn.id}")
    assert memos.name.text() == "“Nobody called.”"
    assert "not found in the present text" in memos.meta.text()
    assert memos.field.toPlainText() == "Why not?"
    memos.open_object()
    code = drawer.window().findChild(CodeWorkspace)
    assert isinstance(code, CodeWorkspace)
    shown = code.text.turns[code.text.textCursor().blockNumber()]
    assert shown.text == "It is another matter."


def test_a_memo_on_a_kind_of_object_nobody_knows_is_listed(drawer: Drawer) -> None:
    study = _study(drawer)
    with study.step(Op.EDIT_MEMO):  # as a later version may have it
        study._desk.db.execute("UPDATE memo SET subject = 'opinion'")
    drawer.show_panel("memos")
    [row] = [row for row in _ids(drawer) if row]
    assert row.startswith("opinion/")


def _ids(drawer: Drawer) -> list[str]:
    model = drawer.memos.list.model()
    rows = [model.index(row, 0).data(Qt.ItemDataRole.UserRole) for row in range(model.rowCount())]
    return [row.id for row in rows]


def test_a_memo_is_begun_on_what_is_open(drawer: Drawer, qtbot: QtBot) -> None:
    study, memos = _study(drawer), drawer.memos
    drawer.show_panel("memos")
    memos.new.click()
    qtbot.keyClick(memos.picker.field, Qt.Key.Key_Return)
    source = study.materials.sources()[0]
    assert memos.name.text() == source.title
    qtbot.keyClicks(memos.field, "Read again.")
    memos.field.flush()
    assert study.memos.of("source", source.id) is not None
    with qtbot.waitSignal(drawer._context.signals.open_requested) as asked:
        memos.show_object.click()
    assert asked.args == ["source", source.id]


@pytest.mark.parametrize("suffix", [".md", ".docx", ".csv", ".txt"])
def test_the_memos_listed_are_exported(
    drawer: Drawer, answers: Answers, tmp_path: Path, suffix: str
) -> None:
    study = _study(drawer)
    study.memos.write("code", study.codebook.codes()[0].id, "Compare with the shop.")
    answers.saved = out = tmp_path / f"memos{suffix}"
    drawer.show_panel("memos")

    def exported() -> str:
        drawer.memos.write_to(f"memos-{suffix[1:]}", suffix)
        if suffix == ".docx":
            return "\n".join(part.text for part in docx.Document(str(out)).paragraphs)
        return out.read_text("utf-8-sig")

    both = exported()
    assert "The date is the point." in both
    assert "Compare with the shop." in both
    drawer.memos.search.setText("shop")
    assert "The date is the point." not in exported()


@pytest.mark.parametrize("place", ["observation", "turn", "source"])
def test_a_memo_is_written_on_what_is_selected_in_the_text(
    drawer: Drawer, window: MainWindow, qtbot: QtBot, place: str
) -> None:
    study, code = _study(drawer), window.workspaces["code"]
    assert isinstance(code, CodeWorkspace)
    if place == "observation":
        window.open_object("observation", study.passages.find()[0].observation.id)
    else:
        code.text.page.reveal(1, 0)
    subjects = dict(code.in_hand())
    if place == "source":
        drawer.show_panel("memos")
        drawer.memos.ask_subject()
        qtbot.keyClicks(drawer.memos.picker.field, study.materials.sources()[0].title)
        qtbot.keyClick(drawer.memos.picker.field, Qt.Key.Key_Return)
    else:
        drawer._context.actions.trigger("drawer.memo")
    assert drawer.shows("memos")
    drawer.memos.field.clear()
    qtbot.keyClicks(drawer.memos.field, "Written here.")
    drawer.memos.field.flush()
    memo = study.memos.of(place, subjects[place])
    assert memo is not None
    assert memo.text == "Written here."


@pytest.mark.parametrize(
    ("workspace", "kind"),
    [("collect", "session"), ("collect", "participant"), ("journey", "stage")],
)
def test_other_workspaces_tell_what_is_selected(
    drawer: Drawer, window: MainWindow, workspace: str, kind: str
) -> None:
    study = _study(drawer)
    ids = {
        "session": study.materials.sessions()[0].id,
        "participant": study.people.participants()[0].id,
        "stage": study.journeys.stages()[0].id,
    }
    window.show_workspace(workspace)
    window.open_object(kind, ids[kind])
    assert window.workspaces[workspace].in_hand() == ((kind, ids[kind]),)
    drawer._context.actions.trigger("drawer.memo")
    assert drawer.memos.name.text() == study.memos.title_of(kind, ids[kind])


@pytest.mark.parametrize("kind", ["charter", "participant", "session", "source", "turn", "code",
                                  "stage", "observation"])  # fmt: skip
def test_a_memo_on_anything_opens_from_the_search(
    drawer: Drawer, window: MainWindow, qtbot: QtBot, kind: str
) -> None:
    study = _study(drawer)
    source = study.materials.sources()[0]
    transcript = study.transcripts.of_source(source.id)
    assert transcript is not None
    ids = {
        "charter": study.charter.id,
        "participant": study.people.participants()[0].id,
        "session": source.session_id,
        "source": source.id,
        "turn": study.transcripts.turns(transcript.id)[1].id,
        "code": study.codebook.codes()[0].id,
        "stage": study.journeys.stages()[0].id,
        "observation": study.passages.find()[0].observation.id,
    }
    memo = study.memos.write(kind, ids[kind], "Zanzibar.")
    assert memo is not None
    drawer.show_panel("search")
    assert _search(drawer, qtbot, "zanzibar") == ["Memos", "Zanzibar."]
    qtbot.keyClick(drawer.search.field, Qt.Key.Key_Down)
    qtbot.keyClick(drawer.search.list, Qt.Key.Key_Return)
    if kind == "observation":
        code = window.workspaces["code"]
        assert isinstance(code, CodeWorkspace)
        qtbot.waitUntil(lambda: code.inspector.memo.toPlainText() == "Zanzibar.")
    else:
        assert drawer.shows("memos")
        assert drawer.memos.field.toPlainText() == "Zanzibar."


def test_history_goes_back_and_forth(drawer: Drawer, qtbot: QtBot) -> None:
    study, history = _study(drawer), drawer.history
    point = study.history()[0].id
    study.codebook.add("later")
    study.edit_charter(promise="At home in an hour.")
    newest = study.history()[0].id
    drawer.show_panel("history")
    history.list.select(str(point))
    history.back.click()
    assert study.codebook.find("later") is None
    assert "undone" not in history.detail.text()
    history.list.select(str(newest))
    assert history.detail.text().startswith("Edit charter")
    assert "undone" in history.detail.text()
    history.back.click()
    assert study.codebook.find("later") is not None
    assert study.charter.promise == "At home in an hour."


def test_the_history_names_what_is_seen(
    drawer: Drawer, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    study, history = _study(drawer), drawer.history
    for number in range(120):
        study.codebook.add(f"code {number}")
    asked: list[int] = []
    about = study.chronicle.about

    def counted(step: Step) -> str:
        asked.append(step.id)
        return about(step)

    monkeypatch.setattr(study.chronicle, "about", counted)
    drawer.show_panel("history")
    history.list.grab()
    assert 5 < len(set(asked)) < 60
    assert len(asked) == len(set(asked))
    index = history.list.model().index(1, 0)
    row = index.data(Qt.ItemDataRole.UserRole)
    assert (row.title, history.about(row.id)) == ("Edit codebook", "code 119")
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "Edit codebook code 119"
    assert "code 119" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    with_names = history.list.viewport().grab().toImage()
    monkeypatch.setattr(history.list, "tell", lambda _row: "")
    assert history.list.viewport().grab().toImage() != with_names
    history.list.select(row.id)
    assert history.detail.text().startswith("Edit codebook: code 119 · ")
    study.codebook.name_new(study.codebook.codes()[-1].id, "another name")
    newest = str(study.history()[0].id)
    qtbot.waitUntil(lambda: history.about(newest) == "another name")


def test_the_coder_stands_in_the_history_where_there_are_several() -> None:
    ann = Step(1, Op.EDIT_CODEBOOK, "Ann", "2026-09-12T10:00:00+00:00", "done", 1)
    assert "Ann" not in step_rows([ann])[1].note
    assert "Ann" in step_rows([ann, replace(ann, id=2, coder="Ben")])[1].note


def test_the_machine_is_dimmed_and_left_out_unless_asked() -> None:
    steps = [
        Step(3, Op.RECEIVE_TURNS, "", "2026-09-13T10:00:00+00:00", "done", 9),
        Step(2, Op.EDIT_CODEBOOK, "Ann", "2026-09-12T10:00:00+00:00", "undone", 1),
        Step(1, Op.CREATE_STUDY, "Ben", "2026-09-12T09:00:00+00:00", "sealed", 1),
    ]
    assert [row.id for row in step_rows(steps)] == ["", "2", "1"]
    shown = step_rows(steps, machine=True)
    assert [(row.id, row.mark, row.faint) for row in shown if row.id] == [
        ("3", "", True),
        ("2", "ring", True),
        ("1", "warn", True),
    ]
    assert [row.id for row in step_rows(steps, "ben")] == ["", "1"]


def test_a_time_that_nobody_can_read_keeps_no_row_out() -> None:
    steps = [Step(2, Op.EDIT_CODEBOOK, "Ann", "9:5x {[", "done", 1)]
    assert [(row.id, row.title) for row in step_rows(steps)] == [
        ("", "not readable: 9:5x {["),
        ("2", "Edit codebook"),
    ]
    gone = Binned("code", "c", "waiting", "9:5x {[", "Ann", {})
    assert [row.id for row in bin_rows([gone])] == ["", "c"]
    assert told(gone) == "Code · by Ann"


def test_the_bin_has_words_for_every_kind_of_thing() -> None:
    at = "2026-09-14T08:00:00+00:00"
    for kind in (*_KINDS.values(), *(Kind("memo", words) for words in _LINKS.values())):
        one = Binned(kind.word, "x", "Name", at, "Ada", {kind.words: 2})
        assert "with 2 " in told(one)
        assert bin_rows([one])


def test_the_bin_gives_back_what_was_removed(
    drawer: Drawer, window: MainWindow, qtbot: QtBot, clock: Clock
) -> None:
    study, panel = _study(drawer), drawer.bin
    drawer.show_panel("bin")
    assert "The bin is empty" in panel.list.hint
    assert not panel.back.isEnabled()
    study.coder = "Ada"
    code, maya = study.codebook.codes()[0], study.people.participants()[0]
    study.codebook.remove(code.id)
    study.people.remove(maya.id)
    (source,) = study.materials.sources()
    study.materials.remove_session(source.session_id)
    qtbot.waitUntil(lambda: len(bin_rows(study.bin.items())) == panel.list.model().rowCount())
    panel.list.select(source.session_id)
    assert "with 1 source, 1 observation" in panel.detail.text()
    assert panel.detail.text().endswith("by Ada")
    panel.search.setText("nobody")
    assert "Nothing like this" in panel.list.hint
    panel.search.clear()
    panel.list.select(maya.id)
    qtbot.keyClick(panel.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(panel.chosen) == 3
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert study.bin.items() == []
    assert window._toast.text == "Restored 3 things."
    assert study.materials.sources() == [source]
    window._context.actions.trigger("edit.undo")
    assert len(study.bin.items()) == 3
    assert window._toast.text.startswith("Undone: Restore from the bin")


def test_undo_says_what_it_undid_and_shows_it(
    drawer: Drawer, window: MainWindow, qtbot: QtBot
) -> None:
    study = _study(drawer)
    code = study.codebook.codes()[0]
    study.codebook.change(code.id, name="Waiting long")
    window.show_workspace("journey")
    undo = window._context.actions.qaction("edit.undo")
    assert undo.text() == "Undo: Edit codebook — Waiting long"
    undo.trigger()
    assert window._toast.text == "Undone: Edit codebook — Waiting long"
    window._toast.more.click()
    assert window.workspace is window.workspaces["code"]
    assert window._toast.isHidden()
    window._context.signals.toast_requested.emit("Saved")
    assert window._toast.more.isHidden()
