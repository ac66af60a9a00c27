"""What tells who somebody is stays out of a study: no file of it holds a value of such a column."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.private_tables import GERMAN, TABLES
from tests.support.words import found_in
from tests.workbench.exchange import files
from workbench.domain.survey import Fate, SurveyColumns
from workbench.errors import UserError
from workbench.study import Study


@pytest.mark.parametrize("name", TABLES)
def test_nothing_private_comes_into_a_study(study: Study, tmp_path: Path, name: str) -> None:
    table = TABLES[name]
    path = files.write(tmp_path, name, table.text)
    columns = study.imports.survey_columns(path) or ()
    assert tuple(one.head for one in columns if one.private) == table.private
    assert {one.fate for one in columns if one.private} <= {Fate.LEFT_OUT}
    notes: list[str] = []
    [source] = study.imports.take_in([path], on_note=lambda _, note: notes.append(note))
    said = " ".join(notes)
    assert all(head in said for head in table.private)
    assert "left out" in said.casefold()
    words = [
        turn.text for turn in study.transcripts.turns(study.transcripts.of_source(source.id).id)
    ]  # type: ignore[union-attr]
    assert "It took weeks" in words
    copy = study.materials.media_path(source).read_text("utf-8-sig")
    assert "It took weeks" in copy
    assert found_in(study.folder, table.secret) == []  # while it is open, with its log
    assert study.check() == []
    study.undo()
    study.redo()
    study.close()
    assert found_in(study.folder, table.secret) == []


def test_a_table_that_is_taken_whole_is_copied_as_it_is(study: Study, tmp_path: Path) -> None:
    path = files.write(tmp_path, "a.csv", "ID;How was it?\r\nP1;Fine\r\n")
    [source] = study.imports.take_in([path])
    assert study.materials.media_path(source).read_bytes() == path.read_bytes()


def test_what_was_left_out_once_is_the_same_table_twice(study: Study, tmp_path: Path) -> None:
    path = files.write(tmp_path, "de.csv", GERMAN)
    [source] = study.imports.take_in([path])
    with pytest.raises(UserError, match="in the study already"):
        study.imports.take_in([path])
    with pytest.raises(UserError, match="holds already"):
        study.versions.replace(source.id, path)
    private = SurveyColumns(code="Nr", answers=("Handy",))
    study.versions.replace(source.id, path, private)  # chosen, so it is taken
    now = study.materials.source(source.id)
    assert study.materials.media_path(now).read_text("utf-8-sig").split() == [
        "Nr,Handy", "1,0664", "1", "2,0664", "2",
    ]  # fmt: skip
    study.materials.media_path(now).unlink()
    with pytest.raises(UserError) as refused:
        study.keeping.lost.bring_back([path])
    assert "only the columns that were taken over" in refused.value.todo


def test_an_answer_that_holds_an_address_is_told(study: Study, tmp_path: Path) -> None:
    notes: list[str] = []
    table = "ID,Else?\nP1,Write to m@x.example please\nP2,No\n"
    study.imports.take_in(
        [files.write(tmp_path, "a.csv", table)], on_note=lambda _, note: notes.append(note)
    )
    assert "In “Else?”, 1 answer may hold an e-mail address or a phone number." in notes
