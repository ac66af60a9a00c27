"""A newer version of a document takes its place: observations and memos go along."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.studies import Clock, drafts, observe, recognised, rows_of, text_under
from tests.workbench.exchange import files
from workbench.domain.change import Op
from workbench.domain.observation import Placement
from workbench.errors import UserError
from workbench.study import Study

OLD = "Yes.\n\nIt took three weeks to come.\n\nNobody called 😀.\n\nYes.\n"
NEW = "A heading.\n\nIt took three long weeks to come.\n\nYes.\n\nAnd so on.\n"


@pytest.fixture
def source(study: Study, tmp_path: Path) -> str:
    [source] = study.imports.take_in([files.write(tmp_path, "note.md", OLD)])
    return source.id


def test_a_new_version_takes_observations_and_memos_along(
    study: Study, source: str, clock: Clock, tmp_path: Path
) -> None:
    before = study.transcripts.of_source(source)
    assert before is not None
    turns = study.transcripts.turns(before.id)
    weeks = observe(study, before.id, "three weeks")
    gone = observe(study, before.id, "Nobody called 😀")
    last = observe(study, before.id, "Yes.", 1)
    study.memos.write("observation", gone.id, "Whom?")
    study.memos.write("turn", turns[1].id, "Ask her.")
    study.memos.write("turn", turns[2].id, "It stays with its words.")
    clock.tick()
    rows, shown = rows_of(study), study.show()
    new = files.write(tmp_path, "note 2.md", NEW)
    done = study.versions.replace(source, new)
    assert done.in_review == 1
    now = {one.id: study.observations.get(one.id) for one in (weeks, gone, last)}
    assert now[weeks.id].words == "three long weeks"
    assert (now[gone.id].placement, now[gone.id].words) == (Placement.REVIEW, "Nobody called 😀")
    assert text_under(study, now[last.id]) == now[last.id].words == "Yes."
    assert now[last.id].first_turn_id == study.transcripts.turns(done.transcript.id)[2].id
    memos = {note.title: note.memo.text for note in study.memos.notes()}
    assert memos["“It took three long weeks to come.”"] == "Ask her."
    assert memos["“Nobody called 😀.”"] == "It stays with its words."
    stored = study.materials.source(source)
    assert (stored.original_name, stored.title) == ("note 2.md", "note")
    assert study.materials.media_path(stored).read_text("utf-8") == NEW
    assert study.check() == []
    assert study.history()[0].op is Op.REPLACE_SOURCE
    study.undo()
    assert rows_of(study) == rows
    assert study.show() == shown
    assert study.check() == []
    study.redo()
    assert study.observations.get(weeks.id).words == "three long weeks"


def test_a_bad_new_version_changes_nothing(study: Study, source: str, tmp_path: Path) -> None:
    other = files.write(tmp_path, "other.md", "Something else.")
    study.imports.take_in([other])
    before, media = rows_of(study), sorted(study.materials.media.iterdir())
    wave = files.write(tmp_path, "a.wav", b"RIFF")
    for path, code in (
        (files.write(tmp_path, "same.md", OLD), "version-same"),
        (other, "import-twice"),
        (files.write(tmp_path, "a.docx", b"PK\x03\x04nothing"), "document-unreadable"),
        (files.write(tmp_path, "empty.md", "\n"), "document-empty"),
        (wave, "version-kind"),
        (tmp_path / "gone.md", "file-missing"),
    ):
        with pytest.raises(UserError) as caught:
            study.versions.replace(source, path)
        assert caught.value.code == code
        assert caught.value.todo
    assert rows_of(study) == before
    assert sorted(study.materials.media.iterdir()) == media
    with pytest.raises(UserError, match="cannot be a new version"):
        study.versions.replace(recognised(study, "Words.").source_id, other)


def test_memos_on_turns_go_along_when_turns_are_joined(study: Study, clock: Clock) -> None:
    transcript = recognised(study, "It took weeks.", "Nobody called.", "No.")
    first, second, third = study.transcripts.turns(transcript.id)
    study.memos.write("turn", first.id, "One.")
    study.memos.write("turn", second.id, "Two.")
    clock.tick()
    before = rows_of(study)
    study.corrections.merge(second.id)
    memo = study.memos.of("turn", first.id)
    assert memo is not None
    assert memo.text == "One.\n\nTwo."
    study.undo()
    assert rows_of(study) == before
    assert third.id in {turn.id for turn in study.transcripts.turns(transcript.id)}


def test_memos_on_turns_go_along_when_voices_are_told_apart(study: Study) -> None:
    transcript = recognised(study, "It took weeks. Nobody called.", "No.")
    second = study.transcripts.turns(transcript.id)[1]
    study.memos.write("turn", second.id, "Really?")
    study.arrivals.accept_speakers(
        transcript.id,
        drafts("It took weeks.", "Nobody called.", "No.", speakers=("S1", "S2", "S1")),
    )
    [note] = study.memos.notes(subjects=["turn"])
    assert note.title == "“No.”"
