"""Wounds that other tools for qualitative analysis reported, each as a test that ours has none.

What does not apply here has no test: there is no merging of projects, and no agreement statistic.
That the program installs from its own folder is what `packaging/smoke.py` proves.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.studies import (
    Clock,
    anchor_of,
    observe,
    person,
    rows_of,
    text_under,
    written,
)
from ui.main_window import MainWindow
from ui.views.code.workspace import CodeWorkspace
from workbench.domain.anchors import Edit
from workbench.domain.ids import ObservationId, TranscriptId
from workbench.domain.materials import Method
from workbench.domain.observation import Observation, Placement
from workbench.domain.passage import Query
from workbench.domain.searching import Extent, Search
from workbench.errors import UserError
from workbench.study import Study, StudyLocked


def _imported(study: Study, path: Path) -> TranscriptId:
    [source] = study.imports.take_in([path])
    transcript = study.transcripts.of_source(source.id)
    assert transcript is not None
    return transcript.id


def _sql_words(study: Study, key: ObservationId) -> str:
    """Return what SQLite itself cuts out of the text at the anchor of an observation."""
    file = study.folder / "study.sqlite"
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
        [(words,)] = connection.execute(
            'SELECT substr(turn.text, start + 1, "end" - start) FROM observation'
            " JOIN turn ON turn.id = first_turn_id WHERE observation.id = ?",
            [key],
        )
    connection.close()
    return str(words)


@pytest.mark.parametrize("place", [0, 8, 23])
def test_a_coding_at_the_end_of_a_document_survives_an_edit(study: Study, place: int) -> None:
    """QualCoder, `edit_textfile.update_codings`: any edit deletes a coding that ends with the
    document, without a word (reproduced by running it).
    """
    transcript = written(study, "It took three weeks in all.")
    last = observe(study, transcript, "in all.")
    turn = study.transcripts.turns(transcript)[0]
    study.corrections.edit(turn.id, Edit(place if place < 20 else 19, 0, "x"))
    now = study.observations.get(last.id)
    assert (now.words, now.placement) == ("in all.", Placement.PLACED)
    assert text_under(study, now) == "in all."
    study.corrections.edit(turn.id, Edit(len(turn.text) + 1, 0, " Yes."))
    assert study.observations.get(last.id).words == "in all."


def test_undoing_a_deleted_passage_brings_back_coding_and_memo(study: Study, clock: Clock) -> None:
    """QualCoder: after “Undo last edited text” the text returns, its coding and the memo on it do
    not (reproduced by running it; #768 “no undo in edit”).
    """
    code = study.codebook.add("Delay")
    transcript = written(study, "It took three weeks.", "Nobody called.")
    found = observe(study, transcript, "three weeks", code_ids=[code.id], emotion=-2)
    study.memos.write("observation", found.id, "Ask again.")
    clock.tick()
    before, shown = rows_of(study), study.show()
    turn = study.transcripts.turns(transcript)[0]
    study.corrections.edit(turn.id, Edit(0, len(turn.text), ""))
    waiting = study.observations.get(found.id)
    assert (waiting.placement, waiting.words) == (Placement.REVIEW, "three weeks")
    memo = study.memos.of("observation", found.id)
    assert memo is not None
    study.undo()
    assert rows_of(study) == before
    assert study.show() == shown


def test_an_emoji_before_a_coding_shifts_nothing(study: Study, clock: Clock) -> None:
    """QualCoder stores Qt's positions, so that after “😀” the words “queue” become “eue w”, and
    after an edit even elsewhere the wrong words are what is kept (reproduced by running it).
    """
    transcript = written(study, "The 😀👩‍💻 long queue was closed.")
    found = observe(study, transcript, "queue")
    turn = study.transcripts.turns(transcript)[0]
    assert turn.text[found.start : found.end] == "queue"
    assert _sql_words(study, found.id) == "queue"
    clock.tick()
    study.corrections.edit(turn.id, Edit(len(turn.text), 0, " 🙂"))
    now = study.observations.get(found.id)
    assert (now.words, _sql_words(study, found.id)) == ("queue", "queue")


def test_writing_in_a_text_leaves_nothing_connected(
    window: MainWindow, study_folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """QualCoder, `edit_mode_on`: each edit session leaves a handler connected, so that every later
    opening of the same file takes seconds longer: 1.0, 5.6, 11.6, 16.5 s (reproduced by running
    it; #545). Counted are the calls, not the time.
    """
    with Study.open(study_folder) as other:
        transcript = written(other, *(f"Turn {n}." for n in range(20)))
        observe(other, transcript, "Turn 7.")
    assert window.open_path(study_folder)
    window.show_workspace("code")
    code = window.workspaces["code"]
    assert isinstance(code, CodeWorkspace)
    calls: list[str] = []
    assert code.study is not None
    edit = code.study.corrections.edit

    def counted(*args: object, **values: object) -> object:
        calls.append("edit")
        return edit(*args, **values)

    monkeypatch.setattr(code.study.corrections, "edit", counted)
    seen = []
    for _ in range(5):
        code.work.writing.toggle()
        text = code.writing.text
        before = len(code.writing.children()) + len(text.document().children())
        qtbot.keyClicks(text, "x")
        code.work.writing.toggle()
        seen.append((len(calls), before))
        calls.clear()
        qtbot.waitUntil(lambda: "x" in code.text.turns[0].text)
    assert [made for made, _ in seen] == [1, 1, 1, 1, 1]
    assert len({children for _, children in seen}) == 1


def test_line_ends_and_a_mark_at_the_begin_move_nothing(study: Study, tmp_path: Path) -> None:
    """QualCoder #1312: CRLF and a byte-order mark moved all positions."""
    said = "First line.\nSecond line with a coding.\nThird."
    found = []
    for name, data in (
        ("plain.txt", said.encode()),
        ("windows.txt", b"\xef\xbb\xbf" + said.replace("\n", "\r\n").encode() + b"\r\n"),
        ("mac.txt", said.replace("\n", "\r").encode() + b"\r"),
        ("wide.txt", said.replace("\n", "\r\n").encode("utf-16")),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        transcript = _imported(study, path)
        made = observe(study, transcript, "a coding")
        assert _sql_words(study, made.id) == "a coding"
        assert [turn.text for turn in study.transcripts.turns(transcript)] == said.split("\n")
        found.append((made.start, made.end, made.words))
    assert len(set(found)) == 1


def test_the_report_quotes_the_words_behind_an_emoji(study: Study, tmp_path: Path) -> None:
    """QualCoder #1482: an emoji shifted what the report highlighted."""
    ida = person(study, "Ida")
    said = "😀😀 Well, 🇦🇹 nobody called me back, ever. And cafe\u0301."
    transcript = written(study, said, people=[ida], method=Method.INTERVIEW)
    found = observe(study, transcript, "nobody called me back")
    insight = study.findings.add_insight("Nobody calls.")
    study.findings.add_evidence(insight.id, found.id)
    document = docx.Document(str(study.reports.write(tmp_path / "report.docx")))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    words = [*(part.text for part in document.paragraphs), *cells]
    quoted = [text for text in words if "nobody called" in text]
    assert quoted
    assert all("nobody called me back" in text for text in quoted)
    assert not any("Well" in text or "ever" in text for text in quoted)


def test_coding_all_hits_lands_on_the_hits_in_markdown(study: Study, tmp_path: Path) -> None:
    """QualCoder #1207 (open): in a Markdown file automatic coding lands three characters early.
    #295: it also wrecks a file; here all of it is one step back.
    """
    path = tmp_path / "notes.md"
    path.write_text(
        "# The **queue** 😀\r\n\r\n* a *queue* again\r\n* none\r\n\r\n"
        "| who | what |\r\n|---|---|\r\n| Maya | the queue, `queue` |\r\n",
        encoding="utf-8",
    )
    transcript = _imported(study, path)
    before = rows_of(study)
    hits = study.searching.find(Search("queue", kinds=("turn",)))
    assert study.searching.code_all(hits, "Queue", extent=Extent.WORDS) == 4
    made = study.observations.in_transcript(transcript)
    assert [one.words for one in made] == ["queue"] * 4
    assert all(text_under(study, one) == "queue" for one in made)
    study.undo()
    assert rows_of(study) == before


def test_an_edit_of_what_is_seen_leaves_the_rest_of_the_document(
    window: MainWindow, study_folder: Path, qtbot: QtBot
) -> None:
    """QualCoder #1501: saving an edited part overwrote the document with the part that was seen;
    deleting one annotation removed others.
    """
    lines = [f"Line {number} of a long document." for number in range(3000)]
    with Study.open(study_folder) as other:
        transcript = written(other, *lines)
        kept = [observe(other, transcript, f"Line {n} of") for n in (0, 1500, 2999)]
        for one in kept:
            other.memos.write("observation", one.id, f"Memo on {one.words}")
    assert window.open_path(study_folder)
    window.show_workspace("code")
    code = window.workspaces["code"]
    assert isinstance(code, CodeWorkspace)
    study = code.study
    assert study is not None
    window.open_object("turn", study.transcripts.turns(transcript)[1500].id)
    code.work.writing.toggle()
    qtbot.keyClicks(code.writing.text, "So: ")
    code.work.writing.toggle()
    lines[1500] = "So: " + lines[1500]
    assert [turn.text for turn in study.transcripts.turns(transcript)] == lines
    assert {study.observations.get(one.id).words for one in kept} == {one.words for one in kept}
    study.memos.write("observation", kept[0].id, "")
    assert len(study.memos.notes(subjects=["observation"])) == 2


def test_an_observation_removed_by_accident_comes_back_with_its_memo(
    study: Study, clock: Clock
) -> None:
    """QualCoder #584: an accidental unmark loses the memo. #1293 (open): no global undo."""
    found = _noted(study)
    clock.tick()
    before = rows_of(study)
    study.observations.remove([found.id])
    assert study.passages.find() == []
    study.undo()
    assert rows_of(study) == before
    memo = study.memos.of("observation", found.id)
    assert memo is not None
    assert memo.text == "Do not lose me."


def _noted(study: Study) -> Observation:
    code = study.codebook.add("Delay")
    found = observe(study, written(study, "It took weeks."), "weeks", code_ids=[code.id])
    study.memos.write("observation", found.id, "Do not lose me.")
    return found


def test_undo_survives_closing(study: Study, clock: Clock) -> None:
    """QualCoder #1293, #295: undo goes one step back, in one window, until that is closed."""
    found = _noted(study)
    clock.tick()
    study.observations.remove([found.id])
    clock.tick()
    codes, folder = study.codebook.codes(), study.folder
    study.codebook.remove(codes[0].id)
    study.close()
    with Study.open(folder, now=clock) as again:
        again.undo()
        again.undo()
        assert [p.memo for p in again.passages.find()] == ["Do not lose me."]
        assert again.codebook.codes() == codes


def test_a_stale_copy_cannot_overwrite_a_text(study: Study) -> None:
    """QualCoder #616: a file edited in one window was overwritten by the stale copy of another."""
    turn = study.transcripts.turns(written(study, "It took weeks."))[0]
    with pytest.raises(StudyLocked):
        Study.open(study.folder)
    study.corrections.edit(turn.id, Edit(len(turn.text), 0, " Many."))
    with pytest.raises(UserError):
        study.corrections.edit(turn.id, Edit(len(turn.text) + 7, 3, "stale"))
    assert study.transcripts.turn(turn.id).text == "It took weeks. Many."


def test_nobody_needs_to_give_up_codings_to_edit(
    window: MainWindow, study_folder: Path, qtbot: QtBot
) -> None:
    """OpenQDA deletes all codings of a source that is unlocked for editing; Taguette forbids to
    edit; QualCoder #44, #424, #1284, #1278 ask for a correction that keeps codings, and a way out.
    """
    with Study.open(study_folder) as other:
        transcript = written(other, "It took three weaks to come.")
        found = observe(other, transcript, "three weaks to come")
        last = observe(other, transcript, "come")
    assert window.open_path(study_folder)
    window.show_workspace("code")
    code = window.workspaces["code"]
    assert isinstance(code, CodeWorkspace)
    study = code.study
    assert study is not None
    code.work.writing.toggle()
    text = code.writing.text
    text.selection.put(0, 16, length=1)
    qtbot.keyClicks(text, "e")
    assert study.observations.get(found.id).words == "three weeks to come"
    text.selection.put(0, len(text.turns[0].text) - 5, length=5)
    qtbot.keyClick(text, Qt.Key.Key_Delete)
    waiting = study.passages.find(Query(review=True))
    assert [one.observation.id for one in waiting] == [last.id]
    assert waiting[0].words == "come"
    qtbot.keyClick(text, Qt.Key.Key_Escape)
    assert not code.writing.is_open
    for before in ("It took three weeks to come.", "It took three weaks to come."):
        study.undo()  # one edit at a time: the caret has moved between them
        qtbot.waitUntil(lambda before=before: code.text.turns[0].text == before)
        assert study.observations.get(last.id).placement is Placement.PLACED
    assert anchor_of(study, transcript, "come") == study.observations.get(last.id).anchor
