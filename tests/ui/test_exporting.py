"""The menu File > Export writes what belongs to the whole study."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.support import spoken_study
from tests.support.spoken_study import sound_in
from tests.support.studies import observe, written
from tests.ui.conftest import Answers
from ui.context import AppContext
from ui.main_window import MainWindow
from ui.views.collect.workspace import CollectWorkspace
from ui.views.evidence.evidence_list import EvidenceList
from ui.views.saving import filter_of
from workbench.domain.materials import Method
from workbench.exchange import finished
from workbench.study import Study


@pytest.fixture
def full(
    window: MainWindow, context: AppContext, answers: Answers, study_folder: Path
) -> AppContext:
    """What the window shares, with a study that has one of everything, and a place to write to."""
    with Study.open(study_folder) as study:
        found = observe(study, written(study, "The date moved."), "date moved")
        study.memos.write("observation", found.id, "The date is the point.")
    assert window.open_path(study_folder)
    answers.saved = study_folder.parent / "out"  # the ending is put on
    return context


@pytest.mark.parametrize(
    ("action", "name", "kind_and_words"),
    [
        ("transcripts", "transcripts.docx", "Word document (*.docx): The date moved."),
        (
            "own_transcripts",
            "transcripts – working copy.docx",
            "Word document (*.docx): Working copy",
        ),
        ("texts", "transcripts.txt", "Plain text (*.txt): The date moved."),
        ("observations", "observations.csv", "Table (*.csv): date moved"),
        ("workbook", "tables.xlsx", "Excel workbook (*.xlsx): date moved"),
        ("codebook", "codebook.csv", "Table (*.csv): losing face"),
        ("memos", "memos.docx", "Word document (*.docx): The date is the point."),
        ("memo_table", "memos.csv", "Table (*.csv): The date is the point."),
        ("study", "study – working copy.json", "JSON (*.json): The date is the point."),
    ],
)
def test_every_part_leaves_through_the_menu(
    full: AppContext, answers: Answers, action: str, name: str, kind_and_words: str
) -> None:
    assert answers.saved is not None
    kind, words = kind_and_words.split(": ")
    full.actions.trigger(f"study.export_{action}")
    assert answers.names == [f"Moving home – {name}"]
    assert answers.filters == [kind]
    file = answers.saved.with_suffix(Path(name).suffix)
    said = "\n".join(piece.text for piece in finished.pieces(file))
    assert words in said
    assert not answers.errors


@pytest.mark.parametrize("yes", [True, False])
def test_a_file_that_would_get_the_ending_is_not_replaced_unasked(
    full: AppContext, answers: Answers, tmp_path: Path, yes: bool
) -> None:
    taken = tmp_path / "out.csv"
    taken.write_text("mine", "utf-8")
    answers.yes = yes
    full.actions.trigger("study.export_codebook")
    assert answers.questions[-1] == "Replace “out.csv”?"
    assert (taken.read_text("utf-8-sig") == "mine") is not yes


def test_an_export_of_nothing_says_so(
    open_window: MainWindow, context: AppContext, answers: Answers
) -> None:
    said: list[str] = []
    context.signals.toast_requested.connect(said.append)
    for action in ("transcripts", "texts", "observations", "memos", "memo_table"):
        context.actions.trigger(f"study.export_{action}")
    assert said == [
        *["There are no transcripts to export yet."] * 2,
        "There are no observations to export yet.",
        *["There are no memos to export yet."] * 2,
    ]
    assert not answers.questions


def test_exports_hang_together_in_both_menus(open_window: MainWindow) -> None:
    for menu in (open_window.menus.menus["File"], open_window.top_bar.study_button.menu()):
        [export] = [entry for entry in menu.actions() if entry.text() == "Export"]
        inner = export.menu()
        assert isinstance(inner, QMenu)
        titles = [entry.text() for entry in inner.actions()]
        assert titles[0] == "Export the report…"
        assert len(titles) == 11
        entries = menu.actions()
        parted = [one.isSeparator() for one in entries]
        assert (True, True) not in pairwise(parted)


def test_a_recording_and_a_passage_leave_as_sound(
    qtbot: QtBot, window: MainWindow, context: AppContext, answers: Answers, tmp_path: Path
) -> None:
    folder, said = tmp_path / "Spoken.study", list[str]()
    source = spoken_study.build(folder)
    with Study.open(folder) as study:
        text = study.transcripts.of_source(source)
        assert text is not None
        observe(study, text.id, "called Priya")
    context.signals.toast_requested.connect(said.append)
    assert window.open_path(folder)
    assert context.study is not None
    context.study.arrivals.start(source, model="base")
    window.show_workspace("transcribe")
    answers.saved = tmp_path / "call.flac"
    context.actions.trigger("study.export_sound")
    qtbot.waitUntil(lambda: bool(said))
    [told] = said
    assert told.endswith("2 words lie under a tone. 2 stretches are silent (no consent to quotes"
                         " and voice clips).")  # fmt: skip
    assert told.startswith("Wrote call.flac. ")
    assert (answers.names, answers.filters) == (
        ["Call with [Maya].m4a"],
        ["M4A sound (*.m4a);;FLAC sound (*.flac);;WAV sound (*.wav)"],
    )
    assert sound_in(answers.saved)[0].size == 176_000
    passages = EvidenceList(context)
    qtbot.addWidget(passages)
    passages.set_passages(context.study.passages.find())
    passages.setCurrentIndex(passages.passage_model.index(0))
    answers.saved = tmp_path / "clip.m4a"
    passages.commands.export_clip()
    qtbot.waitUntil(lambda: len(said) == 2)
    assert answers.names[-1] == "Call with [Maya] 0.00.m4a"
    answers.saved = tmp_path / "never.flac"
    context.actions.trigger("queue.own_sound")
    assert answers.questions[-2] == "Write a working copy?"
    assert answers.names[-1] == "Call with [Maya] – working copy.m4a"
    assert context.long_steps is not None
    context.long_steps.cancel()
    qtbot.waitUntil(lambda: not context.long_doing())
    assert not answers.saved.exists()
    assert not answers.errors


def test_a_session_of_one_recording_leaves_as_sound_from_collect(
    qtbot: QtBot, window: MainWindow, context: AppContext, answers: Answers, tmp_path: Path
) -> None:
    folder, said = tmp_path / "Spoken.study", list[str]()
    source = spoken_study.build(folder)
    with Study.open(folder) as study:
        called = study.materials.source(source).session_id
        study.materials.add_session(method=Method.FIELD_NOTE, title="No sound")
    context.signals.toast_requested.connect(said.append)
    window.show()
    assert window.open_path(folder)
    window.show_workspace("collect")
    collect = window.workspace
    assert isinstance(collect, CollectWorkspace)
    assert context.study is not None
    for session in context.study.materials.sessions():
        collect.sessions.select(session.id)
        can = context.actions.qaction("collect.sound").isEnabled()
        assert can is (session.id == called)
    collect.sessions.select(called)
    for number, action in enumerate(("collect.sound", "study.export_sound"), 1):
        answers.saved = tmp_path / f"{number}.wav"
        context.actions.trigger(action)
        qtbot.waitUntil(lambda wanted=number: len(said) == wanted)
        assert answers.saved.is_file()
        assert collect.isVisible()
    assert not answers.errors


def test_a_kind_of_file_is_named_in_words() -> None:
    assert filter_of(".svg") == "SVG drawing (*.svg)"
