"""Every command of the headless door does its work and tells it, for people and as JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import workbench
from tests.workbench.cli.conftest import Cli
from workbench import __version__
from workbench.speech.models import BASE_SHA256


def test_the_program_runs_as_a_process_of_its_own(tmp_path: Path, note: Path) -> None:
    study = tmp_path / "Moving home.study"
    assert workbench("new", study, anew=True).code == 0
    assert workbench("import", study, note, "--json", anew=True).json()[0]["kind"] == "text"
    shown = workbench("show", study, anew=True).json()
    assert shown["charter"]["title"] == "Moving home"
    assert workbench("show", tmp_path / "nowhere", anew=True).refused()


def test_version(capsys: pytest.CaptureFixture[str], cli: Cli) -> None:
    with pytest.raises(SystemExit) as ended:
        cli("--version")
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"Workbench {__version__}\n"


def test_new_makes_a_study_and_adds_the_suffix(cli: Cli, tmp_path: Path) -> None:
    made = cli("new", tmp_path / "Moving home")
    assert made.code == 0
    assert "Made “Moving home”" in made.out
    assert (tmp_path / "Moving home.study" / "study.sqlite").is_file()
    assert cli("check", tmp_path / "Moving home").out == "The study is whole.\n"


def test_new_with_the_sample_waits_for_its_transcripts(cli: Cli, tmp_path: Path) -> None:
    study = tmp_path / "sample.study"
    assert cli("new", study, "--sample", "--json").json()["title"] == "Moving home with Northline"
    shown = cli("show", study).json()
    assert len(shown["sessions"]) == 6
    assert {row["placement"] for row in shown["observations"]} == {"review"}


def test_import_keeps_method_person_and_title(cli: Cli, own_study: Path, short_wav: Path) -> None:
    asked = ["--method", "mystery-visit", "--person", "P01", "--person", "P02", "--title", "Shop"]
    [source] = cli("import", own_study, short_wav, *asked, "--json").json()
    assert source["original_name"] == "short.wav"
    assert source["duration_ms"] == 4000
    shown = cli("show", own_study).json()
    session = shown["sessions"][-1]
    assert (session["method"], session["title"]) == ("mystery-visit", "Shop")
    codes = {person["id"]: person["code"] for person in shown["people"]}
    assert [codes[row["participant_id"]] for row in session["people"]] == ["P01", "P02"]


def test_import_of_several_files_lists_them(
    cli: Cli, study_of_note: Path, note: Path, short_wav: Path
) -> None:
    done = cli("import", study_of_note, note, short_wav, "--keep-both")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0].endswith("first evening (text)")
    assert lines[1].endswith("short (audio, 0:04)")


def test_a_note_is_text_in_turns_without_times(cli: Cli, study_of_note: Path) -> None:
    [session] = cli("show", study_of_note).json()["sessions"]
    turns = session["sources"][0]["transcript"]["turns"]
    said = [(turn["text"], turn["start_ms"], turn["speaker"]) for turn in turns]
    assert said == [
        ("She put the router on the floor.", None, None),
        ("Nobody had called.", None, None),
    ]


def test_transcribe_recognises_what_has_no_transcript_yet(
    cli: Cli, study_of_note: Path, short_wav: Path
) -> None:
    cli("import", study_of_note, short_wav)
    done = cli("transcribe", study_of_note, "--model", "fake", "--speakers", "0", "--json")
    assert done.code == 0
    [result] = done.json()
    assert (result["title"], result["state"]) == ("short", "done")
    source = cli("show", study_of_note).json()["sessions"][-1]["sources"][0]
    [turn] = source["transcript"]["turns"]
    assert turn["words"][0]["text"] in turn["text"]
    assert 0 <= turn["words"][0]["start_ms"] < turn["words"][0]["end_ms"] <= turn["end_ms"]
    again = cli("transcribe", study_of_note, "--all")
    assert again.out == "Nothing to transcribe: every recording has its transcript.\n"


def test_fewer_voices_than_asked_for_are_told(
    cli: Cli, study_of_note: Path, short_wav: Path
) -> None:
    cli("import", study_of_note, short_wav)
    done = cli("transcribe", study_of_note, "--model", "fake", "--speakers", "9")
    assert done.code == 0
    assert "short: 9 voices were expected; only one could be told apart" in done.err


def test_names_to_expect_are_kept_with_the_session(
    cli: Cli, study_of_note: Path, short_wav: Path
) -> None:
    cli("import", study_of_note, short_wav)
    asked = ["--model", "fake", "--speakers", "0", "--vocabulary", "Oyelaran, Mbeki"]
    assert cli("transcribe", study_of_note, *asked).code == 0
    [other, session] = cli("sessions", study_of_note, "--json").json()
    assert (other["vocabulary"], session["vocabulary"]) == ([], ["Oyelaran", "Mbeki"])
    cli("sessions", study_of_note, "set", session["id"], "--vocabulary", "Hub; Oyelaran")
    [_, session] = cli("sessions", study_of_note, "--json").json()
    assert session["vocabulary"] == ["Hub", "Oyelaran"]
    cli("sessions", study_of_note, "set", session["id"], "--vocabulary", "")
    assert cli("sessions", study_of_note, "--json").json()[1]["vocabulary"] == []


def test_transcribe_one_source_again_replaces_its_transcript(
    cli: Cli, study_of_note: Path, short_wav: Path
) -> None:
    [source] = cli("import", study_of_note, short_wav, "--json").json()
    asked = ["--source", source["id"], "--model", "fake", "--speakers", "0", "--language", "de"]
    first = cli("transcribe", study_of_note, *asked)
    assert first.out == "“short” is transcribed: 1 turn.\n"
    before = cli("show", study_of_note).json()["sessions"][-1]["sources"][0]["transcript"]
    assert cli("transcribe", study_of_note, *asked).code == 0
    after = cli("show", study_of_note).json()["sessions"][-1]["sources"][0]["transcript"]
    assert before["language"] == after["language"] == "de"
    assert before["id"] != after["id"]
    assert [turn["text"] for turn in before["turns"]] == [turn["text"] for turn in after["turns"]]


def test_show_holds_the_whole_study(cli: Cli, coded_study: Path) -> None:
    shown = cli("show", coded_study).json()
    counts = {key: len(value) for key, value in shown.items() if isinstance(value, list)}
    assert counts == {
        "segments": 3, "people": 6, "sessions": 6, "codes": 28, "stages": 7, "company_stages": 5,
        "touchpoints": 9, "observations": 38, "insights": 4, "opportunities": 5, "memos": 7,
        "coders": 1, "visit_forms": 1, "evidence_numbers": 0, "reports": 0,
    }  # fmt: skip
    maya = shown["sessions"][0]["sources"][0]["transcript"]
    turn = maya["turns"][1]
    assert turn["speaker"] == "Maya"
    assert turn["start_ms"] < turn["end_ms"]
    assert turn["text"].startswith(turn["words"][0]["text"])
    assert set(turn["words"][0]) == {"text", "start_ms", "end_ms", "probability"}
    assert {stage["name"] for stage in shown["stages"]} >= {"Life changes", "Waiting"}
    assert shown["insights"][0]["evidence"][0]["stance"] == "for"


def test_show_places_observations_on_their_words(cli: Cli, coded_study: Path) -> None:
    shown = cli("show", coded_study).json()
    turns = {
        turn["id"]: turn
        for session in shown["sessions"]
        for source in session["sources"]
        for turn in (source["transcript"] or {"turns": []})["turns"]
    }
    assert len(shown["observations"]) == 38
    for seen in shown["observations"]:
        first, last = turns[seen["first_turn_id"]], turns[seen["last_turn_id"]]
        assert first["start_ms"] <= seen["start_ms"] < seen["end_ms"] <= last["end_ms"]
        if first is last:
            assert first["text"][seen["start"] : seen["end"]] == seen["words"]
        assert seen["codes"]
        assert seen["stage"]


def test_show_never_holds_a_real_name(cli: Cli, coded_study: Path) -> None:
    printed = cli("show", coded_study).out
    assert "Maya" in printed
    assert not [name for name in ("Priya", "Wierzbicki", "Shirin", "Daneshvar") if name in printed]


def test_search_finds_words_with_their_place(cli: Cli, coded_study: Path) -> None:
    hits = cli("search", coded_study, "spreadsheet", "--json").json()
    assert [hit["title"] for hit in hits] == ["Interview with Daniel"]
    told = cli("search", coded_study, "spreadsheet").out
    assert "Interview with Daniel  0:20" in told
    assert "[spreadsheet]" in told
    assert cli("search", coded_study, "helicopter").out == "Nothing found.\n"


def test_undo_and_redo_reach_over_programs(cli: Cli, study_of_note: Path) -> None:
    before = cli("show", study_of_note).json()
    undone = cli("undo", study_of_note, "--json").json()
    assert undone == {"undone": "Import material", "about": "first evening", "consent": []}
    assert cli("show", study_of_note).json()["sessions"] == []
    assert cli("redo", study_of_note).out == "Redone: Import material — first evening\n"
    assert cli("show", study_of_note).json() == before
    assert cli("redo", study_of_note).out == "Nothing to be redone.\n"
    assert cli("check", study_of_note).code == 0


def test_history_lists_steps_newest_first(cli: Cli, study_of_note: Path) -> None:
    steps = cli("history", study_of_note, "--json").json()
    assert len(steps) == 2
    cli("undo", study_of_note)
    lines = cli("history", study_of_note).out.splitlines()
    assert "  Import material: first evening" in lines[0]
    assert lines[0].endswith("(undone)")
    assert "Create study" in lines[1]


def test_check_finds_a_missing_recording(cli: Cli, own_study: Path, tmp_path: Path) -> None:
    file = next((own_study / "media").glob("*.opus"))
    moved = file.rename(tmp_path / "moved away")
    found = cli("check", own_study, "--json")
    assert found.code == 1
    assert [problem["code"] for problem in found.json()] == ["media-missing"]
    assert "1 problem" in found.err
    (tmp_path / "other").write_bytes(b"another file")
    refused = cli("check", own_study, "--find", tmp_path / "other")
    assert refused.refused()
    assert "content" in refused.err
    assert not file.exists()
    found = cli("check", own_study, "--find", moved)
    assert found.out == "The study is whole.\n"
    assert "is there again" in found.err


def test_models_lists_and_verifies(cli: Cli, base_model: Path) -> None:
    listed = cli("models", "list", "--json").json()
    assert (listed[0]["name"], listed[0]["embedded"]) == ("base", True)
    assert cli("models", "list").out.startswith("base  145 MB  embedded")
    assert cli("models", "verify", "--json").json()["base"] == BASE_SHA256
    assert cli("models", "verify", "nix").refused()


@pytest.mark.parametrize(
    "arguments",
    [
        ("show",),
        ("import", "x.study"),
        ("import", "x.study", "a.wav", "--method", "guesswork"),
        ("export", "x.study", "--format", "xls", "--out", "a.xls"),
        ("transcribe", "x.study", "--source", "1", "--all"),
        ("transcribe", "x.study", "--speakers", "many"),
        ("show", "x.study", "--nonsense"),
        ("models",),
    ],
)
def test_a_wrong_command_is_refused_in_a_sentence(cli: Cli, arguments: tuple[str, ...]) -> None:
    refused = cli(*arguments)
    assert refused.refused()
    assert "--help" in refused.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("import", "{}", "{}/study.sqlite", "--person", "P99"),
        ("transcribe", "{}", "--source", "nobody"),
        ("transcribe", "{}", "--language", "klingon"),
        ("export", "{}", "--format", "vtt", "--out", "all.vtt"),
        ("export", "{}", "--format", "txt", "--out", "all.txt", "--source", "nobody"),
    ],
)
def test_an_unknown_id_or_person_is_refused(
    cli: Cli, own_study: Path, arguments: tuple[str, ...]
) -> None:
    assert cli(*(word.format(own_study) for word in arguments)).refused()


def test_a_text_cannot_be_transcribed(cli: Cli, study_of_note: Path) -> None:
    [session] = cli("show", study_of_note).json()["sessions"]
    source_id = session["sources"][0]["id"]
    assert cli("transcribe", study_of_note, "--source", source_id, "--model", "fake").refused()


def test_an_unexpected_error_is_our_mistake(
    cli: Cli, own_study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_self: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("workbench.study.Study.show", broken)
    told = cli("show", own_study)
    assert told.code == 2
    assert told.err.endswith("That is our mistake. Nothing you did before is lost.\n")
