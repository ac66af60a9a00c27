"""A quote that begins or ends within a name, or beside what makes a word one, holds none of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.studies import observe, person, recognised
from workbench.exchange import finished
from workbench.study import Study

SAID = "They rang Christina Meyerhofer twice, then Mr Young waited; 我跟王小明说了"
QUOTES = {
    "tina Meyerhofer twice": "[Maya] twice",
    "hofer twice": "[Maya] twice",
    "They rang Christina Meyer": "They rang [Maya]",
    "Young waited": "[Leo] waited",
    "rang Chris": "rang [Maya]",
    "明说了": "[Ruth]说了",
    "twice, then": "twice, then",
}
HALVES = ("tina", "hofer", "Meyer", "Chris", "Young", "明")


@pytest.fixture
def quoted(study: Study) -> Study:
    maya = person(study, "Maya")
    for key, real in (
        (maya, "Christina Meyerhofer"),
        (person(study, "Leo"), "Will Young"),
        (person(study, "Ruth"), "王小明"),
    ):
        study.people.set_real_name(key, real)
    text = recognised(study, SAID, people=[maya])
    stage = study.journeys.add_stage("Waiting")
    insight = study.findings.add_insight("Names are everywhere")
    for words in QUOTES:
        seen = observe(study, text.id, words, stage_id=stage.id)
        study.memos.write("observation", seen.id, "Notable.")
        study.findings.add_evidence(insight.id, seen.id)
    return study


@pytest.mark.parametrize("form", ["csv", "memos-txt", "memos-csv"])
def test_no_half_of_a_name_is_written(form: str, quoted: Study, tmp_path: Path) -> None:
    written = quoted.exports.write(form, tmp_path / f"out.{form[-3:]}").read_text("utf-8-sig")
    assert not [half for half in HALVES if half in written]
    assert "[Maya] twice" in written


def test_no_half_of_a_name_is_in_the_report(quoted: Study, tmp_path: Path) -> None:
    written = finished.pieces(quoted.reports.write(tmp_path / "report.docx"))
    told = "\n".join(piece.text for piece in written)
    assert not [half for half in HALVES if half in told]
    assert "[Leo] waited" in told


def test_passages_and_maps_say_whose_name_it_is(quoted: Study) -> None:
    passages = quoted.passages.find()
    assert [one.words for one in quoted.exports.said(passages)] == [
        QUOTES[one.words] for one in passages
    ]
    shown = str(quoted.journeys.data())
    assert not [half for half in HALVES if half in shown]


def test_what_is_copied_is_part_of_a_turn(quoted: Study) -> None:
    text = quoted.transcripts.of_source(quoted.materials.sources()[0].id)
    assert text is not None
    [turn] = quoted.transcripts.turns(text.id)
    parts = [(turn, words) for words in QUOTES]
    assert quoted.exports.spoken(parts) == list(QUOTES.values())


def test_the_words_themselves_stay(quoted: Study) -> None:
    assert {one.words for one in quoted.passages.find()} == set(QUOTES)
