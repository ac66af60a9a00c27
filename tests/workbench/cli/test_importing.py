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


def test_a_bad_transcript_keeps_no_recording_out(
    cli: Cli, study_of_note: Path, short_wav: Path, tmp_path: Path
) -> None:
    bad = write(tmp_path, "short.vtt", "WEBVTT\n")
    done = cli("import", study_of_note, short_wav, bad, "--attach")
    assert done.code == 1
    assert done.refused()
    assert "short.vtt" in done.err
    assert [row["title"] for row in sources(cli, study_of_note) if row["kind"] == "audio"]


def test_what_is_bad_is_told_and_the_rest_comes_in(
    cli: Cli, study_of_note: Path, short_wav: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "field"
    (folder / "monday").mkdir(parents=True)
    (folder / ".hidden").write_text("x", "utf-8")
    write(folder, "one.md", "Nobody called.")
    write(folder, "empty.md", "")
    write(folder / "monday", "photo.jpg", "not a picture")
    write(folder / "monday", "two.md", "Nobody wrote.")
    bare = tmp_path / "bare"
    bare.mkdir()
    before = sources(cli, study_of_note)
    done = cli("import", study_of_note, folder, short_wav, bare, tmp_path / "gone.wav", "--json")
    assert done.code == 1
    assert done.refused()
    said = done.json()
    assert [row["title"] for row in said["sources"]] == ["one", "two", "short"]
    told = {Path(row["file"]).name: row for row in said["refused"]}
    assert set(told) == {"empty.md", "photo.jpg", "bare", "gone.wav"}
    assert all(row["happened"] and row["todo"] for row in told.values())
    assert "field note" in told["photo.jpg"]["todo"]
    assert "4 files were not imported" in done.err
    assert cli("undo", study_of_note).code == 0
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
    assert "answers.csv: Left out, for they tell who somebody is: Mail (e-mail add" in done.err
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


def test_a_new_version_takes_the_place_of_a_document(
    cli: Cli, study_of_note: Path, tmp_path: Path
) -> None:
    [source] = sources(cli, study_of_note)
    new = write(tmp_path, "second.md", "She put the router on the table.\n\nNobody had called.\n")
    done = cli("import", study_of_note, new, "--replace", source["id"])
    assert done.code == 0, done.err
    assert "“second.md” is now the text of “first evening”." in done.out
    [now] = sources(cli, study_of_note)
    assert now["id"] == source["id"]
    assert now["transcript"]["turns"][0]["text"] == "She put the router on the table."  # type: ignore[index]
    again = cli("import", study_of_note, new, "--replace", source["id"])
    assert again.refused()
    assert "to the byte" in again.err
    assert cli("undo", study_of_note).out == "Undone: Take in a new version — first evening\n"
    assert sources(cli, study_of_note) == [source]


def test_search_by_mode_person_method_and_stage(cli: Cli, own_study: Path) -> None:
    def found(*options: str) -> str:
        done = cli("search", own_study, *options)
        assert done.code == 0, done.err
        return done.out

    assert "[" in found(r"\bday\w*", "--mode", "pattern")
    assert found("day", "--method", "field-note") != found("day")
    shown = cli("show", own_study).json()
    person = shown["people"][0]["code"]
    assert found("the", "--person", person) != found("the")
    refused = cli("search", own_study, "the", "--stage", "Nowhere")
    assert refused.refused()
    assert "no stage “Nowhere”" in refused.err
    assert cli("search", own_study, "dat(", "--mode", "pattern").refused()


def test_history_goes_back_to_a_step_and_forth(cli: Cli, study_of_note: Path, note: Path) -> None:
    steps = cli("history", study_of_note, "--json").json()
    other = write(note.parent, "other.md", "More.")
    assert cli("import", study_of_note, other).code == 0
    newest = cli("history", study_of_note, "--json").json()[0]["id"]
    assert cli("history", study_of_note, "--back-to", steps[0]["id"]).out.endswith(": 1\n")
    assert len(sources(cli, study_of_note)) == 1
    assert cli("history", study_of_note, "--back-to", newest).code == 0
    assert len(sources(cli, study_of_note)) == 2
    assert cli("history", study_of_note, "--back-to", 9999).refused()
