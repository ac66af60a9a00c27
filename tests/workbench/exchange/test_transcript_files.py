"""Transcripts and documents, in and out."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.transcript import TurnDraft
from workbench.errors import UserError
from workbench.exchange import export_data, export_text, registry
from workbench.exchange.export_text import TranscriptText

TURNS = (
    TurnDraft(0, "And what happened?", 500, 2_250, "Interviewer"),
    TurnDraft(1, "The date <moved> & nobody --> said so.", 2_300, 3_725_004, "Maya"),
    TurnDraft(2, "Émile 😀", 3_725_100, 3_726_000, "Maya"),
)
TRANSCRIPT = TranscriptText("Interview with Maya", TURNS, "en")


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("suffix", [".vtt", ".srt"])
def test_subtitles_come_back_as_they_went(tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"maya{suffix}"
    (export_text.export_vtt if suffix == ".vtt" else export_text.export_srt)(TRANSCRIPT, out)
    back = registry.read_document(out)
    if suffix == ".vtt":
        assert (back.turns, back.language) == (TURNS, "en")
    else:
        assert back.turns == TURNS


def test_text_comes_back_with_speakers_and_seconds(tmp_path: Path) -> None:
    out = export_text.export_txt([TRANSCRIPT], tmp_path / "maya.txt")
    title, *turns = registry.read_document(out).turns
    assert title.text == TRANSCRIPT.title
    assert [(t.speaker, t.text) for t in turns] == [(t.speaker, t.text) for t in TURNS]
    assert [t.start_ms for t in turns] == [0, 2_000, 3_725_000]


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffMaya: Grüße\r\nRuth: ça va\r\n".encode(),
        "Maya: Grüße\r\nRuth: ça va\r\n".encode("utf-16"),
        "Maya: Grüße\rRuth: ça va".encode("cp1252"),
    ],
)
def test_old_encodings_and_line_ends_are_read(tmp_path: Path, content: bytes) -> None:
    turns = registry.read_document(write(tmp_path, "a.txt", content)).turns
    assert [(t.speaker, t.text) for t in turns] == [("Maya", "Grüße"), ("Ruth", "ça va")]


def test_a_colon_alone_makes_no_speaker(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "Note: shoe rack\nplain line\nanother plain line\n")
    assert {turn.speaker for turn in registry.read_document(path).turns} == {None}


def test_markdown_blocks_are_paragraphs(tmp_path: Path) -> None:
    path = write(tmp_path, "note.md", "# Evening\n\n**Descriptive.** The router\nstands there.\n")
    texts = [turn.text for turn in registry.read_document(path).turns]
    assert texts == ["Evening", "Descriptive. The router stands there."]


def test_word_paragraphs_and_tables_are_turns(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Moderator: Welcome.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Ruth:", "The waiting."
    document.save(str(tmp_path / "a.docx"))
    turns = registry.read_document(tmp_path / "a.docx").turns
    assert [(t.speaker, t.text) for t in turns] == [
        ("Moderator", "Welcome."),
        ("Ruth", "The waiting."),
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b" \n\n"),
        ("sound.txt", b"RIFF\x00\x00\x00\x00WAVE"),
        ("broken.docx", b"PK\x03\x04nothing"),
        ("old.docx", b"\xd0\xcf\x11\xe0 a .doc by its true name"),
        ("empty.vtt", b"WEBVTT\n\n"),
        ("words.srt", b"no times at all"),
        ("empty.md", b""),
    ],
)
def test_bad_files_get_a_sentence_with_their_name(
    tmp_path: Path, name: str, content: bytes
) -> None:
    with pytest.raises(UserError) as caught:
        registry.read_document(write(tmp_path, name, content))
    assert name in caught.value.happened
    assert caught.value.todo


def test_every_importer_reads_what_its_ending_says(tmp_path: Path) -> None:
    assert registry.is_document(tmp_path / "A.TXT")
    assert not registry.is_document(tmp_path / "a.wav")


def test_formats_have_names_and_unknown_ones_are_refused() -> None:
    memos = {"memos-docx", "memos-md", "memos-txt", "memos-csv"}
    whole = {"csv", "xlsx", "json", "codebook-csv"} | memos
    assert set(registry.FORMATS) == {"docx", "txt", "vtt", "srt", "sound"} | whole
    assert registry.format_named("VTT").single
    with pytest.raises(UserError, match="xls"):
        registry.format_named("xls")


def test_csv_opens_in_excel_and_runs_no_formula(tmp_path: Path) -> None:
    rows = [["=1+1", -2, None], ["@SUM(A1)", 1, 'say "ü", twice\nso']]
    out = export_data.export_csv(["words", "emotion", "memo"], rows, tmp_path / "a.csv")
    assert out.read_bytes().startswith(b"\xef\xbb\xbfwords,emotion,memo\r\n")
    with out.open(encoding="utf-8-sig", newline="") as stream:
        back = list(csv.reader(stream))
    assert back[1] == ["'=1+1", "-2", ""]
    assert back[2] == ["'@SUM(A1)", "1", 'say "ü", twice\nso']


def test_json_keeps_letters_readable(tmp_path: Path) -> None:
    out = export_data.export_json({"title": "Zoë"}, tmp_path / "a.json")
    assert "Zoë" in out.read_text("utf-8")
    assert json.loads(out.read_text("utf-8")) == {"title": "Zoë"}


_words = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20
)


@given(st.lists(_words, min_size=1, max_size=5))
def test_any_words_survive_webvtt(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    turns = tuple(
        TurnDraft(n, text, n * 1000, n * 1000 + 900, "Ann") for n, text in enumerate(texts)
    )
    out = tmp_path_factory.getbasetemp() / "any.vtt"
    export_text.export_vtt(TranscriptText("any", turns), out)
    assert registry.read_document(out).turns == turns
