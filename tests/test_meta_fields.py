"""What can be entered comes out: every field reaches the report, a table or JSON, or says why not.

All texts of a study are replaced by words that occur nowhere else, and then looked for in what
leaves the study. A new field that nobody exports fails here.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from tests.support import map_study
from tests.support.report_text import text_of
from workbench.domain.change import Op
from workbench.domain.materials import Method
from workbench.domain.observation import Observation
from workbench.domain.visits import ItemKind
from workbench.services.letting_out import everything
from workbench.services.observation_table import COLUMNS
from workbench.study import Study

NOT_A_TABLE_OF_PEOPLE = {
    "name_decision": "names; what stands instead of them is in the words",
    "recognition": "what the engine said before anybody corrected it",
    "unheard": "a hint for the one who corrects",
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
    passage = study.observations.find()[0]
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


def test_every_field_of_an_observation_has_a_column() -> None:
    joined = {
        *("transcript_id", "first_turn_id", "start", "last_turn_id", "end"),  # where the words are
        "deleted_at",  # what is in the bin is in no table
    }
    assert {column.field for column in COLUMNS if column.field} == {
        field.name for field in fields(Observation) if field.name not in joined
    }
