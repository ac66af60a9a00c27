"""What can be entered comes out: every field reaches the report, a table or JSON, or says why not.

All texts of a study are replaced by words that occur nowhere else, and then looked for in what
leaves the study. A new field that nobody exports fails here.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from tests.support import map_study
from tests.support.report_text import text_of
from workbench.domain.change import Op
from workbench.domain.declaring import named
from workbench.domain.fields import ASKED, FIELDS, LISTED, PLACES, WRITTEN, Noted, Sort
from workbench.domain.ids import ObservationId, SourceId
from workbench.domain.materials import Method
from workbench.domain.observation import Observation
from workbench.domain.visits import ItemKind
from workbench.services.leaving.observation_table import COLUMNS
from workbench.services.lookout.letting_out import everything
from workbench.study import Study

NOT_A_TABLE_OF_PEOPLE = {
    "name_decision": "names; what stands instead of them is in the words",
    "recognition": "what the engine said before anybody corrected it",
    "unheard": "a hint for the one who corrects",
    "spoken": "what the engine took the language for",
    "job": "the queue of this machine",
    "journey": "has no name that one can type",
    "evidence_number": "numbers; what they stand for is in the register",
    "consent_form": "a file; nobody types anything of it",
    "citation": "numbers; `show` lists them with their report",
    "written_report": "what was written before, not what a report says",
    "let_out": "what was decided about files that left",
    "left_alone": "marks of words that may leave, not the words",
}
"""Tables whose fields nobody fills by hand, or that must not leave."""

ONLY_IN_JSON = {
    "charter.vocabulary": "words for the speech model",
    "session.vocabulary": "words for the speech model",
    "participant.note": "the researcher's own, and about a person",
    "session.note": "the researcher's own",
    "consent_entry.how": "an agreement with a person, not a finding",
    "consent_entry.coder": "who entered that agreement",
    "visit_form.name": "of the form, not of what was seen",
}
"""Fields that people fill and that neither report nor table prints, and why."""

OF_THE_MACHINE = {
    *("id", "key", "file", "original_name", "sha256", "language", "model", "imported_at"),
    *(
        "created_at",
        "updated_at",
        "entered_at",
        "date",
        "until",
        "doubt",
        "by_hand",
        "label",
        "value",
        "subject",
    ),
    *("subject_id", "form_id", "item_id"),
}
"""Names of fields that are no texts of people: keys, times, what the program noted for itself."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Study, dict[str, str]]]:
    folder = map_study.build(tmp_path_factory.mktemp("fields"))
    with Study.open(folder, coder="Ada") as study:
        _complete(study)
        yield study, _replaced(study)
    shutil.rmtree(folder)


def _complete(study: Study) -> None:
    """Give the study a row of everything that its makers left out."""
    visit = study.materials.add_session(Method.MYSTERY_VISIT, "Visit")
    study.visits.begin(visit.id)
    for item in study.visits.items(study.visits.starter_form().id):
        study.visits.answer(visit.id, item.id, "seen" if item.kind is ItemKind.TEXT else 1)
    passage = study.passages.find()[0]
    study.memos.write("observation", passage.id, "A memo.")
    study.observations.set_codes(passage.id, [study.codebook.codes()[0].id])


def _replaced(study: Study) -> dict[str, str]:
    """Put an own word into every text of people; return word -> “table.field”."""
    words: dict[str, str] = {}
    with study.step(Op.LOAD_SAMPLE):
        for rows in study._desk.tables.all():
            if (name := rows.name) in NOT_A_TABLE_OF_PEOPLE:
                continue
            for row in rows.select():
                changed = {f.name: _own(f"{name}.{f.name}", words) for f in _texts(row)}
                lists = {f.name: (_own(f"{name}.{f.name}", words),) for f in _lists(row)}
                if changed or lists:
                    rows.change(*(getattr(row, part) for part in rows._key), **changed, **lists)
    return words


def _own(place: str, words: dict[str, str]) -> str:
    word = f"Quux{len(words):04}"
    words[word] = place
    return word


def _texts(row: Any) -> list[Any]:
    return [f for f in fields(row) if f.type == "str" and f.name not in OF_THE_MACHINE]


def _lists(row: Any) -> list[Any]:
    return [f for f in fields(row) if f.type == "tuple[str, ...]"]


def test_every_text_comes_out(filled: tuple[Study, dict[str, str]], tmp_path: Path) -> None:
    study, words = filled
    documents = text_of(study.reports.model())
    with study.letting_out.allowing(everything):
        for form in ("csv", "codebook-csv", "memos-csv", "txt"):
            out = study.exports.write(form, tmp_path / f"out.{form}")
            documents += out.read_text("utf-8-sig")
    data = json.dumps(study.show(), ensure_ascii=False)
    printed = {place for word, place in words.items() if word in documents}
    plain = {place for word, place in words.items() if word in data}
    assert set(words.values()) - printed - plain == set()
    assert set(words.values()) - printed == ONLY_IN_JSON.keys()


WHERE = {"transcript_id", "first_turn_id", "start", "last_turn_id", "end"}
"""Fields of an observation that say where its words are."""
BY_ITSELF = {
    *("id", "source_id", "words", "start_ms", "end_ms", "placement", "coder_id"),
    *("created_at", "deleted_at"),
}
"""Fields of an observation that the program fills."""


def test_every_field_of_an_observation_has_a_column() -> None:
    binned = "deleted_at"  # what is in the bin is in no table
    own = {field.name for field in FIELDS if field.own}
    assert {column.field for column in COLUMNS if column.field} == {
        field.name for field in fields(Observation) if field.name not in WHERE | own | {binned}
    }


def test_every_field_of_an_observation_that_people_fill_is_declared_once() -> None:
    declared = [field.name for field in (*FIELDS, *PLACES)]
    assert sorted(declared) == sorted(
        field.name for field in fields(Observation) if field.name not in WHERE | BY_ITSELF
    )


@pytest.mark.parametrize("field", [*FIELDS, *PLACES], ids=lambda field: field.name)
def test_a_declaration_reads_its_own_field(field: Noted[Any]) -> None:
    nothing = Observation(
        ObservationId("o"), SourceId("s"), None, None, start=0, last_turn_id=None, end=0, words=""
    )
    assert field.of(nothing) == field.empty
    value = _other(field, field.empty)
    assert value != field.empty
    assert field.of(replace(nothing, **named(field.to(value)))) == value
    assert field.told(field.empty) == ""


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_field_reaches_a_table_or_the_report_or_says_why_not(
    left: Study, field: Noted[Any], tmp_path: Path
) -> None:
    passage = next(p for p in left.passages.find() if p.stage and p.quotable and p.person)
    before = _let_out(left, tmp_path)
    value = _other(field, field.of(passage.observation))
    left.observations.change_all([passage.id], field.to(value))
    after = _let_out(left, tmp_path)
    left.undo()
    reached = {name for name, text in after.items() if text != before[name]}
    assert bool(reached) is not bool(field.own), f"{field.name} is only in {sorted(reached)}"
    if field.line:
        assert "report" in reached


def test_what_is_shown_in_an_order_of_its_own_is_shown_as_declared() -> None:
    assert set(LISTED) == {field for field in FIELDS if field.line}
    assert set(ASKED) == {f for f in FIELDS if any(choice.asked for choice in f.choices)}
    assert all(field.choices for field in FIELDS if field not in WRITTEN)
    assert not [field.name for field in FIELDS if field.line and field.own]


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    with Study.open(map_study.build(tmp_path_factory.mktemp("left")), coder="Ada") as study:
        yield study


def _let_out(study: Study, folder: Path) -> dict[str, str]:
    with study.letting_out.allowing(everything):
        table = study.exports.write("csv", folder / "out.csv", replace=True)
    return {"table": table.read_text("utf-8-sig"), "report": text_of(study.reports.model())}


def _other(field: Noted[Any], value: object) -> Any:
    """Return a value that a field can have and that is not this one."""
    if field.sort is Sort.PLACE:
        return "somewhere"
    return next(one for one in (*field.values, field.empty, "Quux") if one != value)
