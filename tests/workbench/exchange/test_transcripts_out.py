"""What leaves as a transcript is opened by other people's libraries."""

from __future__ import annotations

import csv
import html
import json
from pathlib import Path
from typing import Any

import docx
import pysubs2
import pytest
import webvtt
from docx.oxml.ns import qn

from tests.support import studies
from workbench.domain.ids import SourceId
from workbench.domain.quoting import WORKING_COPY
from workbench.errors import UserError
from workbench.exchange import registry
from workbench.study import Study

SAID = ["And what <happened> & why?", "Nobody called.\nNot once 😀."]


@pytest.fixture
def source_id(study: Study) -> SourceId:
    """A recording in which Ann asks and Maya answers, who agreed to be quoted, and another one."""
    for name in ("Ann", "Maya"):
        studies.person(study, name)
    studies.recognised(study, "another recording", title="Other")
    source = studies.recording(study, title="Call")
    transcript = study.arrivals.start(source.id, model="base")
    study.arrivals.accept(transcript.id, studies.drafts(*SAID, speakers=["Ann", "Maya"]))
    return source.id


def test_webvtt_by_webvtt_py(study: Study, source_id: SourceId, tmp_path: Path) -> None:
    out = study.exports.write("vtt", tmp_path / "a.vtt", source_id=source_id)
    cues = webvtt.read(str(out))
    assert [(cue.voice, cue.start, cue.end) for cue in cues] == [
        ("Ann", "00:00:00.000", "00:00:02.000"),
        ("Maya", "00:00:02.000", "00:00:03.600"),
    ]
    assert cues[1].text == "Nobody called. Not once 😀."
    assert "what &lt;happened&gt; &amp; why" in out.read_text("utf-8")


@pytest.mark.parametrize("name", ["vtt", "srt"])
def test_subtitles_by_pysubs2(study: Study, source_id: SourceId, tmp_path: Path, name: str) -> None:
    out = study.exports.write(name, tmp_path / f"a.{name}", source_id=source_id)
    lines = pysubs2.load(str(out), encoding="utf-8")
    assert [(line.start, line.end) for line in lines] == [(0, 2_000), (2_000, 3_600)]
    assert "Nobody called. Not once 😀." in lines[1].plaintext
    assert "Maya" in lines[1].text or name == "vtt"


@pytest.mark.parametrize("name", ["docx", "txt", "vtt", "srt", "csv"])
def test_who_did_not_agree_is_withheld_but_in_a_working_copy(
    study: Study, source_id: SourceId, tmp_path: Path, name: str
) -> None:
    [maya] = [person for person in study.people.participants() if person.pseudonym == "Maya"]
    studies.agree(study, maya.id, quotes=False)
    study.people.set_real_name(maya.id, "Priya Nandakumar")
    [asked, *_], said = SAID, "Nobody called."

    def lines(*, working_copy: bool) -> list[str]:
        out = tmp_path / f"a.{name}"
        study.exports.write(name, out, source_id=source_id, working_copy=working_copy, replace=True)
        if name == "docx":
            return [paragraph.text for paragraph in docx.Document(str(out)).paragraphs if paragraph]
        return html.unescape(out.read_text("utf-8-sig")).splitlines()

    text = "\n".join(lines(working_copy=False))
    assert "[Not quoted: no consent to quotes]" in text
    assert asked in text
    assert said not in text
    first, whole = lines(working_copy=True)[:3], "\n".join(lines(working_copy=True))
    assert said in whole
    assert "[Not quoted" not in whole
    assert any(WORKING_COPY in line for line in first)


@pytest.mark.parametrize("name", ["csv", "codebook-csv", "memos-md"])
def test_tables_and_memos_are_no_working_copies(study: Study, tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match="is for others"):
        study.exports.write(name, tmp_path / "a", working_copy=True)
    assert list(tmp_path.glob("a")) == []


def test_every_cue_has_a_length(study: Study, tmp_path: Path) -> None:
    note = tmp_path / "a.txt"
    note.write_text("[00:05] Ann: And?\n[00:07] Maya: No.\n", "utf-8")
    [source] = study.imports.take_in([note])
    out = study.exports.write("srt", tmp_path / "a.srt", source_id=source.id)
    lines = pysubs2.load(str(out), encoding="utf-8")
    assert [(line.start, line.end) for line in lines] == [(5_000, 7_000), (7_000, 7_001)]


@pytest.mark.parametrize("name", ["vtt", "srt"])
def test_words_without_times_make_no_subtitles_and_it_says_why(
    study: Study, tmp_path: Path, name: str
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Nobody called.\n", "utf-8")
    [source] = study.imports.take_in([note])
    with pytest.raises(UserError, match="“note” has words but no times"):
        study.exports.write(name, tmp_path / "a", source_id=source.id)


def test_text_comes_back(study: Study, source_id: SourceId, tmp_path: Path) -> None:
    out = study.exports.write("txt", tmp_path / "a.txt", source_id=source_id)
    assert out.read_text("utf-8").splitlines()[4] == "[00:00:02] Maya: Nobody called. Not once 😀."
    back = registry.read_document(out).turns
    assert [(turn.speaker, turn.start_ms) for turn in back[1:]] == [("Ann", 0), ("Maya", 2_000)]


def test_one_transcript_as_a_table(study: Study, source_id: SourceId, tmp_path: Path) -> None:
    out = study.exports.write("csv", tmp_path / "a.csv", source_id=source_id)
    with out.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows[1] == {
        "ordinal": "1",
        "start": "00:00:02.000",
        "end": "00:00:03.600",
        "speaker": "Maya",
        "text": SAID[1],
    }
    back = registry.read_document(out).turns
    assert [(turn.speaker, turn.text, turn.start_ms) for turn in back] == [
        ("Ann", SAID[0], 0),
        ("Maya", SAID[1], 2_000),
    ]


def test_the_whole_study_by_json(study: Study, source_id: SourceId, tmp_path: Path) -> None:
    out = study.exports.write("json", tmp_path / "a.json")
    sources = [
        source
        for session in json.loads(out.read_text("utf-8"))["sessions"]
        for source in session["sources"]
        if source["id"] == source_id
    ]
    turns = sources[0]["transcript"]["turns"]
    assert [turn["text"] for turn in turns] == SAID
    assert [(turn["start_ms"], turn["end_ms"]) for turn in turns] == [(0, 2_000), (2_000, 3_600)]


def test_the_whole_study_as_a_table_is_its_observations(study: Study, tmp_path: Path) -> None:
    maya = studies.person(study, "Maya")
    transcript = studies.recognised(study, "nobody called me", people=[maya])
    studies.observe(study, transcript.id, "nobody called")
    out = study.exports.write("csv", tmp_path / "a.csv")
    with out.open(encoding="utf-8-sig", newline="") as stream:
        assert [row["words"] for row in csv.DictReader(stream)] == ["nobody called"]


@pytest.mark.parametrize("numbered", [True, False])
def test_word_numbers_lines_if_wanted(
    study: Study, source_id: SourceId, tmp_path: Path, numbered: bool
) -> None:
    out = study.exports.write(
        "docx", tmp_path / "a.docx", source_id=source_id, line_numbers=numbered
    )
    document = docx.Document(str(out))
    found = [section.find(qn("w:lnNumType")) for section in document.element.iter(qn("w:sectPr"))]
    assert all((numbers is not None) is numbered for numbers in found)
    said = [p for p in document.paragraphs if "Nobody called." in p.text]
    titles = [p for p in document.paragraphs if p.style and p.style.name.startswith("Heading")]
    assert "Maya" in said[0].text
    assert not _is_left_out(said[0])
    assert all(_is_left_out(title) is numbered for title in titles)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".docx"] == ["a.docx"]
    assert SAID[1] in "\n".join(turn.text for turn in registry.read_document(out).turns)


def _is_left_out(paragraph: Any) -> bool:
    return paragraph.paragraph_format.element.pPr.find(qn("w:suppressLineNumbers")) is not None
