"""`workbench consent`, and what `people` and `transcribe` have to do with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.studies import person, recording
from tests.workbench.cli.conftest import Cli
from tests.workbench.speech.recordings import silence, write_wav
from workbench.domain.consent import State, Use
from workbench.domain.materials import Source
from workbench.study import Study


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Maya and Ruth, of whom nobody has asked anything yet."""
    folder = tmp_path / "a.study"
    with Study.create(folder) as made:
        made.people.add(pseudonym="Maya")
        made.people.add(pseudonym="Ruth")
        recording(made, title="Call", duration_ms=60_000)
    return folder


def _said(cli: Cli, study: Path, code: str = "P01") -> dict[str, str]:
    rows = cli("consent", study, "--json").json()
    [row] = [row for row in rows if row["code"] == code]
    return {use: one["words"] for use, one in row["standing"].items()}


def test_what_people_said_is_entered_with_how_it_is_known(
    cli: Cli, study: Path, tmp_path: Path
) -> None:
    assert set(_said(cli, study).values()) == {"not asked"}
    form = tmp_path / "both.pdf"
    form.write_bytes(b"signed")
    told = cli(
        "consent", study, "set", "P01", "ruth", "quote=yes", "voice=refused", "--form", form,
        "--date", "12 Sep 2026", "--until", "31 Dec 2099", "--how", "at the door",
        "--spoken", "Call@0:12",
    )  # fmt: skip
    assert told.code == 0
    assert "quotes: given until 31 Dec 2099" in told.out
    for code in ("P01", "P02"):
        assert _said(cli, study, code)["voice"] == "refused"
    [row, _] = cli("consent", study, "list", "--json").json()
    quote = next(one for one in row["entries"] if one["use"] == "quote")
    assert (quote["date"], quote["until"], quote["how"], quote["at_ms"]) == (
        "2026-09-12", "2099-12-31", "at the door", 12_000,
    )  # fmt: skip
    assert cli("check", study).code == 0
    assert "P01  Maya  –  quotes: given until 31 Dec 2099" in cli("people", study).out


def test_what_was_one_box_before_is_two_uses(cli: Cli, study: Path) -> None:
    people = ("people", study, "set", "P01")
    assert cli(*people, "--consent", "recording=no", "--consent", "quotes=yes").code == 0
    said = _said(cli, study)
    assert (said["record"], said["transcribe"], said["quote"]) == ("refused", "refused", "given")
    assert cli(*people, "--consent", "retain-until=2099-12-31").code == 0
    assert _said(cli, study)["quote"] == "given until 31 Dec 2099"
    assert cli(*people, "--consent", "retain-until=").code == 0
    assert _said(cli, study)["quote"] == "given"


def test_what_is_over_is_due_until_somebody_decides(cli: Cli, study: Path) -> None:
    assert cli("consent", study, "due").out == "Nothing is due.\n"
    asked = ("--date", "2020-01-01", "--until", "2020-12-31")
    cli("consent", study, "set", "P01", "P02", "quote=given", *asked)
    due = cli("consent", study, "due", "--json").json()
    assert [(row["code"], row["ended"]) for row in due] == [
        ("P01", {"quote": "2020-12-31"}),
        ("P02", {"quote": "2020-12-31"}),
    ]
    assert "not quoted" in cli("consent", study, "due").out
    assert cli("consent", study, "extend", "P01", "--until", "2099-01-01").code == 0
    assert cli("consent", study, "end", "P02").code == 0
    assert cli("consent", study, "due", "--json").json() == []
    assert _said(cli, study)["quote"] == "given until 1 Jan 2099"
    assert _said(cli, study, "P02")["quote"] == "not asked"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("set", "P01"), "USE=STATE"),
        (("set", "quote=yes"), "whose answers"),
        (("set", "P09", "quote=yes"), "no person"),
        (("set", "P01", "quote=perhaps"), "yes or no"),
        (("set", "P01", "sing=yes"), "transcribe"),
        (("set", "P01", "quote=yes", "--until", "2020"), "whole date"),
        (("set", "P01", "quote=no", "--until", "2099-01-01"), "Nothing is given"),
        (("set", "P01", "quote=yes", "--spoken", "Call"), "Interview@0:12"),
        (("set", "P01", "quote=yes", "--spoken", "Call@2:00"), "no such second"),
        (("extend", "P01", "--until", "2099-01-01"), "Nothing is given"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_does(
    cli: Cli, study: Path, asked: tuple[str, ...], told: str
) -> None:
    ran = cli("consent", study, *asked)
    assert ran.refused()
    assert told in ran.err
    assert set(_said(cli, study).values()) == {"not asked"}


def test_one_recording_with_a_no_keeps_the_others_in(cli: Cli, study: Path) -> None:
    with Study.open(study) as opened:
        leila = person(opened, "Leila")
        recording(opened, people=[leila], title="Hers")
        opened.ledger.set([leila], {Use.TRANSCRIBE: State.REFUSED})
    [hers] = [row for row in _sources(study) if row == "Hers"]
    alone = cli("transcribe", study, "--source", hers)
    assert alone.refused()
    assert "“Hers” is not transcribed" in alone.err
    assert "Leila (P03) – transcript: refused" in alone.err
    batch = cli("transcribe", study, "--all")
    assert "“Hers” is not transcribed" in batch.err
    assert "text, not sound" in batch.err  # the other one was begun


def _sources(study: Path) -> list[str]:
    with Study.open(study, read_only=True) as opened:
        assert not opened.jobs.all()
        return [row.title for row in opened.materials.sources()]


def test_a_no_is_taken_back_by_who_says_so_alone(cli: Cli, study: Path) -> None:
    cli("consent", study, "set", "P01", "quote=given")
    [before, *_] = cli("history", study, "--json").json()
    cli("consent", study, "set", "P01", "quote=refused", "voice=given")
    turned = "Maya (P01), quotes: refused → given"
    for command in (("undo", study), ("history", study, "--back-to", before["id"])):
        told = cli(*command)
        assert told.refused()
        assert turned in told.err
        assert "--unsay" in told.err
    assert _said(cli, study)["quote"] == "refused"
    undone = cli("undo", study, "--unsay")
    assert undone.code == 0
    assert turned in undone.out
    assert "voice clips: given → not asked" in undone.out
    assert _said(cli, study)["quote"] == "given"
    told = cli("redo", study, "--json").json()
    assert "Maya (P01), quotes: given → refused" in told["consent"]
    assert cli("history", study, "--back-to", before["id"], "--unsay").code == 0
    assert cli("undo", study).code == 0  # nobody gains by it that “given” goes
    assert _said(cli, study)["quote"] == "not asked"


def test_a_recording_of_who_wants_none_comes_in_when_that_is_said(
    cli: Cli, study: Path, tmp_path: Path
) -> None:
    cli("consent", study, "set", "P01", "record=refused")
    talk = write_wav(tmp_path / "talk.wav", silence(1))
    told = cli("import", study, talk, "--person", "P01")
    assert told.refused()
    assert "Maya (P01) – recording: refused" in told.err
    assert "--refused-too" in told.err
    assert cli("import", study, talk, "--person", "P01", "--refused-too").code == 0
    assert cli("transcribe", study, "--source", "talk").refused()


def test_a_transcript_by_others_is_refused_where_somebody_wants_none(
    cli: Cli, study: Path, tmp_path: Path
) -> None:
    cli("people", study, "set", "P01", "--consent", "transcribe=refused")
    talk = write_wav(tmp_path / "talk.wav", silence(2))
    assert cli("import", study, talk, "--person", "P01").code == 0
    for name in ("talk.vtt", "Call.vtt"):
        (tmp_path / name).write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nI waited.\n", "utf-8")
    refused = cli("import", study, tmp_path / "talk.vtt", "--attach-to", "talk")
    assert refused.refused()
    assert "“talk” is not given a transcript" in refused.err
    assert "Maya (P01) – transcript: refused" in refused.err
    both = cli("import", study, tmp_path / "talk.vtt", tmp_path / "Call.vtt", "--attach", "--json")
    assert both.code == 1
    assert "Maya (P01)" in both.err
    with Study.open(study, read_only=True) as opened:
        assert all(opened.transcripts.of_source(row.id) is None for row in _of(opened, "talk"))
    cli("consent", study, "set", "P01", "transcribe=given")
    assert cli("import", study, tmp_path / "talk.vtt", "--attach-to", "talk").code == 0


def _of(study: Study, title: str) -> list[Source]:
    return [row for row in study.materials.sources() if row.title == title]


def test_the_form_behind_an_answer_is_shown_or_copied(
    cli: Cli, study: Path, tmp_path: Path
) -> None:
    told = cli("consent", study, "form", "P01")
    assert told.refused()
    assert "No form shows what Maya (P01) said" in told.err
    for use, name in (("quote", "letter.txt"), ("voice", "scan.pdf")):
        (tmp_path / name).write_text(f"signed for {use}", "utf-8")
        cli("consent", study, "set", "P01", f"{use}=given", "--form", tmp_path / name)
    assert cli("consent", study, "form", "P01", "--use", "quote").out == "signed for quote\n"
    told = cli("consent", study, "form", "P01")  # the newest
    assert "scan.pdf, 16 bytes: " in told.out
    assert Path(told.out.split(": ", 1)[1].strip()).read_bytes() == b"signed for voice"
    out = tmp_path / "copy.pdf"
    assert cli("consent", study, "form", "maya", "--out", out).out == f"Wrote {out}\n"
    assert out.read_bytes() == b"signed for voice"
    assert cli("consent", study, "form", "maya", "--out", out).refused()
    data = cli("consent", study, "form", "maya", "--out", out, "--force", "--json").json()
    assert (data["form"]["original_name"], data["locked"]) == ("scan.pdf", False)
    Path(data["path"]).unlink()
    for asked in ((), ("--out", tmp_path / "lost.pdf")):
        lost = cli("consent", study, "form", "maya", *asked)
        assert lost.refused()
        assert "“scan.pdf” is missing in the study" in lost.err
        assert "--find" in lost.err
    assert not (tmp_path / "lost.pdf").exists()
