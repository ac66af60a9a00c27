"""What comes in by command: transcripts beside recordings, doubles, tables, and what was lost."""

from __future__ import annotations

from pathlib import Path

import docx
from docx.oxml.ns import qn

from tests.workbench.cli.conftest import Cli

VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Maya>Nobody called.\n"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def sources(cli: Cli, study: Path) -> list[dict[str, object]]:
    sessions = cli("show", study).json()["sessions"]
    return [source for session in sessions for source in session["sources"]]


def test_a_recording_and_its_transcript_become_one_source(
    cli: Cli, study_of_note: Path, short_wav: Path, tmp_path: Path
) -> None:
    transcript = write(tmp_path, "short.en.vtt", VTT)
    done = cli("import", study_of_note, short_wav, transcript, "--attach")
    assert done.code == 0, done.err
    assert "“short.en.vtt” is now the transcript of “short”." in done.out
    [source] = [row for row in sources(cli, study_of_note) if row["kind"] == "audio"]
    [turn] = source["transcript"]["turns"]  # type: ignore[index]
    assert (turn["text"], turn["speaker"]) == ("Nobody called.", "Maya")


def test_attaching_is_offered_and_can_be_done_by_id(
    cli: Cli, study_of_note: Path, short_wav: Path, tmp_path: Path
) -> None:
    [wav] = cli("import", study_of_note, short_wav, "--json").json()
    transcript = write(tmp_path, "short.vtt", VTT)
    offered = cli("import", study_of_note, transcript)
    assert f"--attach-to {wav['id']}" in offered.err
    attached = cli("import", study_of_note, transcript, "--attach-to", wav["id"], "--json").json()
    assert attached["sources"] == []
    assert [row["title"] for row in attached["attached"]] == ["short"]


def test_a_bad_transcript_stops_the_recording_too(
    cli: Cli, study_of_note: Path, short_wav: Path, tmp_path: Path
) -> None:
    before = sources(cli, study_of_note)
    bad = write(tmp_path, "short.vtt", "WEBVTT\n")
    assert cli("import", study_of_note, short_wav, bad, "--attach").code == 1
    assert sources(cli, study_of_note) == before


def test_twice_only_with_the_flag(cli: Cli, study_of_note: Path, note: Path) -> None:
    refused = cli("import", study_of_note, note)
    assert refused.code == 1
    assert "in the study already" in refused.err
    assert "--keep-both" in refused.err
    assert cli("import", study_of_note, note, "--keep-both").code == 0
    assert len(sources(cli, study_of_note)) == 2


def test_columns_and_what_was_left_out(cli: Cli, study_of_note: Path, tmp_path: Path) -> None:
    table = write(tmp_path, "answers.csv", "who,Why?,Mail\nMaya,Nobody called.,m@x.example\n")
    done = cli("import", study_of_note, table, "--columns", "pseudonym=who,answers=Why?")
    assert done.code == 0, done.err
    assert "answers.csv: Columns that were not taken over: Mail." in done.err
    assert "Maya" in {person["pseudonym"] for person in cli("show", study_of_note).json()["people"]}
    wrong = cli("import", study_of_note, table, "--columns", "shoe=who")
    assert wrong.code == 1
    assert "shoe" in wrong.err


def test_line_numbers(cli: Cli, study_of_note: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.docx"
    done = cli("export", study_of_note, "--format", "docx", "--out", out, "--line-numbers")
    assert done.code == 0, done.err
    body = docx.Document(str(out)).element
    assert all(part.find(qn("w:lnNumType")) is not None for part in body.iter(qn("w:sectPr")))
