"""Bad input gets a sentence that says what happened and what to do, and costs nobody anything."""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.support.commands import Ran, workbench
from tests.support.studies import recording
from tests.workbench.cli.conftest import Cli
from tests.workbench.speech.recordings import (
    samples_of,
    shorten,
    silence,
    write_coded,
    write_wav,
)
from workbench.cli import main
from workbench.speech import client
from workbench.storage import migrations
from workbench.study import Study

FAKE = ("--model", "fake", "--speakers", "0")


@pytest.fixture
def study(cli: Cli, tmp_path: Path) -> Path:
    path = tmp_path / "bad.study"
    assert cli("new", path).code == 0
    return path


def untouched(cli: Cli, study: Path) -> bool:
    """Tell whether a study is whole and empty, without left-overs."""
    return (
        cli("check", study).out == "The study is whole.\n"
        and cli("show", study).json()["sessions"] == []
        and list((study / "media").iterdir()) == []
    )


# Files


def test_a_missing_file(cli: Cli, study: Path, tmp_path: Path) -> None:
    refused = cli("import", study, tmp_path / "gone.wav")
    assert refused.refused()
    assert "gone.wav" in refused.err
    assert untouched(cli, study)


@pytest.mark.parametrize("name", ["empty.wav", "empty.mp3", "empty.docx", "empty.txt"])
def test_an_empty_file(cli: Cli, study: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    refused = cli("import", study, tmp_path / name)
    assert refused.refused()
    assert "is empty (0 bytes)" in refused.err
    assert untouched(cli, study)


def test_a_text_named_wav(cli: Cli, study: Path, tmp_path: Path) -> None:
    fake = tmp_path / "notes.wav"
    fake.write_text("This is no sound.\n" * 50, encoding="utf-8")
    refused = cli("import", study, fake)
    assert refused.refused()
    assert "notes.wav" in refused.err
    assert untouched(cli, study)


@pytest.mark.parametrize("name", ["broken.docx", "broken.xyz", "broken.opus"])
def test_rubbish(cli: Cli, study: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(bytes(range(256)) * 16)
    assert cli("import", study, tmp_path / name).refused()
    assert untouched(cli, study)


def test_a_folder_is_no_recording(cli: Cli, study: Path, tmp_path: Path) -> None:
    (tmp_path / "folder.wav").mkdir()
    assert cli("import", study, tmp_path / "folder.wav").refused()
    assert untouched(cli, study)


def test_a_missing_file_keeps_no_good_one_out(
    cli: Cli, study: Path, note: Path, tmp_path: Path
) -> None:
    refused = cli("import", study, note, tmp_path / "gone.md")
    assert refused.refused()
    assert "gone.md" in refused.err
    assert [row["title"] for row in cli("show", study).json()["sessions"]] == ["first evening"]


@pytest.mark.parametrize("share", [0.1, 0.5])
def test_a_truncated_mp3_gives_what_is_there(
    cli: Cli, study: Path, jfk: Path, tmp_path: Path, share: float
) -> None:
    whole = write_coded(tmp_path / "talk.mp3", samples_of(jfk, tmp_path), "mp3")
    taken = cli("import", study, shorten(whole, share))
    assert taken.code == 0, taken.err
    done = cli("transcribe", study, *FAKE)
    assert done.code == 0
    assert "is transcribed" in done.out
    assert "Traceback" not in done.err
    turns = turns_of(study)
    assert turns
    assert turns[-1]["end_ms"] <= 11_000 * share + 500
    assert cli("check", study).code == 0


def test_a_truncated_recording_is_told(cli: Cli, study: Path, jfk: Path, tmp_path: Path) -> None:
    whole = write_wav(tmp_path / "talk.wav", samples_of(jfk, tmp_path))
    cli("import", study, shorten(whole, 0.5))
    done = cli("transcribe", study, *FAKE)
    assert done.code == 0
    assert "cut talk: The recording seems to be cut off" in done.err
    assert turns_of(study)


def test_silence_only(cli: Cli, study: Path, tmp_path: Path) -> None:
    assert cli("import", study, write_wav(tmp_path / "quiet.wav", silence(8))).code == 0
    done = cli("transcribe", study, *FAKE)
    assert done.code == 0
    assert "No speech was found in “quiet”" in done.out
    assert turns_of(study) == []
    assert cli("transcribe", study).out.startswith("Nothing to transcribe")
    assert cli("check", study).code == 0


def test_an_unknown_model(cli: Cli, study: Path, short_wav: Path) -> None:
    cli("import", study, short_wav)
    assert cli("transcribe", study, "--model", "nix").refused()
    assert cli("transcribe", study, *FAKE).code == 0
    assert turns_of(study)


def test_a_worker_that_is_killed_every_time(
    cli: Cli, study: Path, short_wav: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("import", study, short_wav)
    deadly = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    with monkeypatch.context() as patch:
        patch.setattr(client, "worker_command", lambda: [sys.executable, "-c", deadly])
        refused = cli("transcribe", study, *FAKE)
    assert refused.refused()
    assert "short: was interrupted; it goes on where it stopped" in refused.err
    assert "Recognition stopped unexpectedly, twice at the same place" in refused.err
    assert turns_of(study) == []
    done = cli("transcribe", study)
    assert done.code == 0, done.err
    assert turns_of(study)
    assert cli("check", study).code == 0


# Studies


def test_a_missing_study(cli: Cli, tmp_path: Path) -> None:
    for command in ("show", "check", "undo", "history", "transcribe"):
        assert cli(command, tmp_path / "none.study").refused()
    assert list(tmp_path.iterdir()) == []


def test_a_study_that_exists_is_not_written_over(cli: Cli, study: Path) -> None:
    before = (study / "study.sqlite").read_bytes()
    assert cli("new", study).refused()
    assert (study / "study.sqlite").read_bytes() == before


@pytest.mark.parametrize("command", ["show", "undo", "check"])
def test_a_study_of_no_bytes(cli: Cli, study: Path, command: str) -> None:
    (study / "study.sqlite").write_bytes(b"")
    refused = cli(command, study)
    assert refused.refused()
    assert "0 bytes" in refused.err
    assert "backups" in refused.err
    assert (study / "study.sqlite").stat().st_size == 0


@pytest.mark.parametrize("command", ["show", "undo", "check"])
def test_a_damaged_study(cli: Cli, study: Path, command: str) -> None:
    data = bytearray((study / "study.sqlite").read_bytes())
    data[100:8192] = os.urandom(8092)
    (study / "study.sqlite").write_bytes(data)
    refused = cli(command, study)
    assert refused.refused()
    assert (study / "study.sqlite").read_bytes() == data


@pytest.mark.parametrize("command", ["show", "undo", "check"])
def test_a_study_of_a_newer_version(cli: Cli, study: Path, command: str) -> None:
    stamp(study, (migrations.MAJOR + 1) << 16)
    before = (study / "study.sqlite").read_bytes()
    refused = cli(command, study)
    assert refused.refused()
    assert "newer version" in refused.err
    assert (study / "study.sqlite").read_bytes() == before


def test_a_study_of_a_newer_minor_version_is_read_only(cli: Cli, study: Path, note: Path) -> None:
    stamp(study, migrations.newest() + 1)
    assert cli("show", study).code == 0
    assert cli("import", study, note).refused()
    assert untouched(cli, study)


def test_a_second_program_on_the_same_study(cli: Cli, study_of_note: Path, note: Path) -> None:
    with Study.open(study_of_note):
        refused = workbench("import", study_of_note, note)
        looked = workbench("search", study_of_note, "router")
    assert refused.refused()
    assert "is open in another program" in refused.err
    assert looked.code == 0
    assert "[router]" in looked.out
    assert len(cli("show", study_of_note).json()["sessions"]) == 1


# The machine


def test_a_folder_that_may_not_be_written(tmp_path: Path, study: Path, note: Path) -> None:
    run = without_leave(tmp_path)
    before = (study / "study.sqlite").read_bytes()
    for arguments in (
        ("new", tmp_path / "mine.study"),
        ("import", study, note),
        ("undo", study),
        ("report", study, "--out", tmp_path / "report.docx"),
        ("export", study, "--format", "json", "--out", tmp_path / "study.json"),
    ):
        refused = run(*arguments)
        assert refused.refused(), (arguments[0], refused)
        assert "cannot be written" in refused.err
    assert run("show", study).code == 0
    assert run("check", study).code == 0
    assert (study / "study.sqlite").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.study", note.name]


def test_a_full_disk_while_importing(small_disk: Path, tmp_path: Path) -> None:
    study = small_disk / "full.study"
    assert workbench("new", study).code == 0
    large = tmp_path / "large.txt"
    large.write_text("word " * 400_000, encoding="utf-8")
    refused = workbench("import", study, large)
    assert refused.refused()
    assert "space" in refused.err or "full" in refused.err
    assert list((study / "media").iterdir()) == []
    assert workbench("show", study).json()["sessions"] == []
    assert workbench("check", study).code == 0


def test_a_full_disk_while_writing_a_report(small_disk: Path, own_study: Path) -> None:
    out = small_disk / "report.docx"
    (small_disk / "ballast").write_bytes(bytes(2**21 - 2**15))
    refused = workbench("report", own_study, "--out", out)
    assert refused.refused()
    assert "full" in refused.err
    assert [path.name for path in small_disk.iterdir()] == ["ballast"]


def test_a_full_disk_while_making_a_study(small_disk: Path) -> None:
    (small_disk / "ballast").write_bytes(bytes(2**21 - 2**15))
    assert workbench("new", small_disk / "new.study").refused()
    assert [path.name for path in small_disk.iterdir()] == ["ballast"]


def test_a_full_disk_while_transcribing_keeps_what_was_there(
    small_disk: Path, study_of_note: Path, short_wav: Path, cli: Cli
) -> None:
    cli("import", study_of_note, short_wav)
    study = Path(shutil.copytree(study_of_note, small_disk / "s.study"))
    free = shutil.disk_usage(small_disk).free
    (small_disk / "ballast").write_bytes(bytes(max(0, free - 2**15)))
    refused = workbench("transcribe", study, *FAKE)
    assert refused.refused()
    (small_disk / "ballast").unlink()
    assert workbench("check", study).code == 0
    done = workbench("transcribe", study, *FAKE)
    assert done.code == 0, done.err
    assert turns_of(study)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk, and not in every container")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)  # noqa: S607


def without_leave(folder: Path) -> Callable[..., Ran]:
    """Make a folder read-only; return what runs a command without root's leave to write there."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    if os.geteuid() != 0:
        return workbench
    # The bounding set takes from root alone what lets it write where it may not.
    setpriv = shutil.which("setpriv")
    weak = [str(setpriv), "--bounding-set", "-dac_override"]
    if not setpriv or subprocess.run([*weak, "true"], capture_output=True, check=False).returncode:
        pytest.skip("root writes everywhere here, and there is no way to hold it back")
    return partial(workbench, before=weak)


def turns_of(study: Path) -> list[dict[str, int]]:
    """Return the turns of all recordings."""
    shown = workbench("show", study).json()
    return [
        turn
        for session in shown["sessions"]
        for source in session["sources"]
        if source["kind"] == "audio"
        for turn in source["transcript"]["turns"]
    ]


def stamp(study: Path, version: int) -> None:
    """Let a study say that another version wrote it."""
    connection = sqlite3.connect(study / "study.sqlite")
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()


@pytest.mark.parametrize(
    "command",
    [
        ("people", "set", ""),
        ("sessions", "remove", ""),
        ("stages", "remove", " "),
        ("observe", "--id", "", "--emotion", "1"),
        ("observe", "--id", "", "--remove"),
        ("observe", "--source", "", "--words", "x"),
        ("speakers", "--source", ""),
        ("insight", "remove", ""),
        ("opportunity", "set", "", "--owner", "x"),
        ("bin", "--restore", ""),
        ("codebook", "--starter", ""),
        ("journey", "--segment", ""),
        ("search", "router", "--stage", ""),
        ("transcribe", "--source", ""),
        ("export", "--source", "", "--format", "txt", "--out", "never.txt"),
    ],
    ids=" ".join,
)
def test_an_empty_name_means_nothing(
    cli: Cli, study_of_note: Path, command: tuple[str, ...]
) -> None:
    """Not even what has no name, as a recording has none that a file had."""
    with Study.open(study_of_note) as study:
        recording(study)
    before = cli("show", study_of_note).out
    noun, *rest = command
    assert cli(noun, study_of_note, *rest, "--json").refused()
    assert cli("show", study_of_note).out == before


@pytest.mark.parametrize("odd", ["a\0b", "caf\udce9"], ids=["zero", "no UTF-8"])
@pytest.mark.parametrize(
    "command",
    [
        "stages S add ODD",
        "stages S set x --need ODD",
        "observe S --id x --memo ODD",
        "observe S --id x --code ODD",
        "observe S --id x --emotion 1 --coder ODD",
        "insight S add --claim ODD --json",
        "opportunity S add --title ODD",
        "memo S add study --text ODD",
        "journey S --segment ODD",
        "bin S --restore ODD",
        "models remove ODD",
    ],
)
def test_what_is_no_text_is_refused_at_the_door(cli: Cli, command: str, odd: str) -> None:
    refused = cli(*(odd if word == "ODD" else word for word in command.split()))
    assert refused.refused()
    assert "no letters" in refused.err


@pytest.mark.parametrize("command", ["codebook S --export", "report S --out", "demo --out"])
def test_the_name_of_a_file_has_no_zero_in_it(cli: Cli, command: str) -> None:
    assert "no letters" in cli(*command.split(), "a\0b").err


def test_the_name_of_a_file_may_be_no_utf8(cli: Cli, study: Path) -> None:
    refused = cli("codebook", study, "--import", "caf\udce9.csv", "--json")
    assert refused.code == 1
    assert refused.json()["refused"][0]["file"] == "caf\udce9.csv"


@pytest.mark.parametrize(
    "command",
    [
        "observe S --source x --words a --occurrence",
        "stages S set x --position",
        "history S --back-to",
        "backups S --restore",
    ],
)
@pytest.mark.parametrize("odd", ["nan", "1_0", "2.5", "²", "٣", "9" * 30, "", "2026-02-30"])
def test_what_is_no_whole_number_is_refused(cli: Cli, command: str, odd: str) -> None:
    refused = cli(*command.split(), odd)
    assert refused.refused()
    assert "is not a whole number" in refused.err


def test_there_is_no_occurrence_nought(cli: Cli, study_of_note: Path) -> None:
    found = ("observe", study_of_note, "--source", "first evening", "--words", "router")
    assert "no occurrence 0" in cli(*found, "--occurrence", "0").err
    assert "no occurrence -1" in cli(*found, "--occurrence=-1").err
    assert cli(*found, "--occurrence", "1").code == 0


@pytest.mark.parametrize("command", ["backups", "unlock", "undo", "check"])
@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_is_no_study_is_refused(cli: Cli, tmp_path: Path, command: str, what: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("words", encoding="utf-8")
    assert cli(command, tmp_path / what, "--json").refused()


def test_nothing_steers_the_console_and_nothing_is_endless(cli: Cli, study: Path) -> None:
    assert cli("stages", study, "add", "a\x1b[31mred\x07\u202e\nb").code == 0
    assert cli("stages", study).out == "1  a\\x1b[31mred\\x07\\u202e b  0 observations\n"
    assert cli("stages", study, "--json").json()[0]["name"] == "a\x1b[31mred\x07\u202e b"
    for name in ("x" * 5000, "word " * 1000):
        refused = cli("stages", study, "remove", name)
        assert refused.refused()
        assert len(refused.err) < 500
        assert "…”" in refused.err


def test_a_name_too_long_for_the_disk_is_no_mistake_of_the_program(
    cli: Cli, study_of_note: Path
) -> None:
    name = "x" * 3000
    for command in (
        ("show", name),
        ("people", name),
        ("new", name),
        (name,),
        ("import", study_of_note, name),
        ("report", study_of_note, "--out", name),
        ("export", study_of_note, "--format", "csv", "--out", name),
        ("codebook", study_of_note, "--import", name),
    ):
        assert cli(*command).refused(), command[0]


def test_a_console_without_the_letters_of_a_name(
    cli: Cli, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli("people", study, "add", "--pseudonym", "مريم").code == 0
    console = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr(sys, "stdout", console)
    assert main(["people", str(study)]) == 0
    console.flush()
    assert b"\\u0645" in console.buffer.getvalue()  # type: ignore[attr-defined]
    assert main(["people", str(study), "--json"]) == 0
    console.flush()
    assert "مريم".encode() in console.buffer.getvalue()  # type: ignore[attr-defined]


def test_a_study_needs_a_name(cli: Cli) -> None:
    assert cli("new", Path(Path.cwd().anchor)).refused()


def test_a_pattern_that_takes_for_ever_to_read_is_refused(cli: Cli, study: Path) -> None:
    refused = cli("search", study, "x" * 10_000, "--mode", "pattern")
    assert refused.refused()
    assert "10000 letters" in refused.err
