"""Bad documents in the window: a clear sentence, and nothing half-imported."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Answers
from tests.workbench.exchange import files
from tests.workbench.exchange.test_bad_documents import BAD
from ui.views.collect.workspace import CollectWorkspace


def test_a_bad_document_keeps_no_good_one_out(
    collect: CollectWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    study = collect.study
    assert study is not None
    before = study.show()
    for what in sorted(set(BAD) - {"missing"}):  # one window for all of them
        word, make = BAD[what]
        folder = tmp_path / what
        folder.mkdir()
        good, bad = files.write(folder, "good.md", f"She waited: {what}."), make(folder)
        collect.importer.ask([good, bad])
        dialog = collect.importer.dialog
        assert dialog is not None
        dialog.accept_button.click()
        qtbot.waitUntil(lambda: collect.importer.left_out.dialog is not None)
        told = collect.importer.left_out.dialog
        assert told is not None
        name, reason = told.words.split("\n")
        assert name == bad.name, what
        assert word in reason, what
        told.accept()
        assert [source.original_name for source in study.materials.sources()] == ["good.md"], what
        assert len(list(study.materials.media.iterdir())) == 1, what  # the one before went for good
        assert not collect.importer.taking_in.bar.isVisible(), what
        study.undo()
        assert study.show() == before, what


def test_what_was_lost_and_guessed_is_said_after_the_import(
    collect: CollectWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    footnote = '<w:p><w:r><w:t>Words.</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    page = files.word(tmp_path, footnote, name="page.docx")
    old = files.write(tmp_path, "old.txt", "Une journée très énervée à l’hôtel.".encode("cp1252"))
    said: list[str] = []
    collect.context.signals.toast_requested.connect(said.append)
    collect.importer.ask([page, old])
    assert collect.importer.dialog is not None
    with qtbot.waitSignal(collect.taking_in.imported):
        collect.importer.dialog.accept_button.click()
    [sentence] = said
    assert "page.docx: Not taken over: 1 footnote." in sentence
    assert "old.txt: " in sentence
    assert "Windows Western European" in sentence


def test_a_document_imported_twice_asks_and_leaves_nothing_when_refused(
    collect: CollectWorkspace, answers: Answers, qtbot: QtBot, tmp_path: Path
) -> None:
    study = collect.study
    assert study is not None
    note = files.write(tmp_path, "note.md", "She waited.")
    study.imports.take_in([note])
    answers.yes = False
    before, media = study.show(), sorted(study.materials.media.iterdir())
    collect.importer.ask([note])
    assert collect.importer.dialog is not None
    collect.importer.dialog.accept_button.click()
    qtbot.waitUntil(lambda: any("in the study already" in asked for asked in answers.questions))
    qtbot.waitUntil(lambda: not collect.importer.taking_in.busy)
    assert study.show() == before
    assert sorted(study.materials.media.iterdir()) == media


def test_an_unforeseen_error_is_told_and_the_next_import_works(
    collect: CollectWorkspace,
    answers: Answers,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stumble(*_: object) -> None:
        raise LookupError("nobody thought of that")

    note = files.write(tmp_path, "note.md", "She waited.")
    with monkeypatch.context() as patch:
        patch.setattr("workbench.services.files.intake._copy", stumble)
        collect.importer.ask([note])
        assert collect.importer.dialog is not None
        collect.importer.dialog.accept_button.click()
        qtbot.waitUntil(lambda: bool(answers.errors))
    assert not collect.importer.taking_in.busy
    collect.importer.ask([note])
    assert collect.importer.dialog is not None
    with qtbot.waitSignal(collect.taking_in.imported):
        collect.importer.dialog.accept_button.click()


def test_cancel_stops_the_reading_of_a_document_without_end(
    collect: CollectWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    said: list[str] = []
    collect.context.signals.toast_requested.connect(said.append)
    slow = files.write(tmp_path, "slow.rtf", "{\\rtf1 a" + "{}" * 20_000_000 + "}")
    collect.importer.ask([slow])
    assert collect.importer.dialog is not None
    collect.importer.dialog.accept_button.click()
    assert collect.importer.taking_in.busy
    collect.importer.taking_in.bar.cancel_button.click()
    qtbot.waitUntil(lambda: not collect.importer.taking_in.busy)
    assert said == ["Nothing was added."]
    assert collect.study is not None
    assert list(collect.study.materials.media.iterdir()) == []
