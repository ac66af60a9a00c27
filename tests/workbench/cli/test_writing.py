"""What leaves a study by command is read back with other people's libraries."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import docx
import pytest

from tests.support import word
from tests.support.sample import truth
from tests.workbench.cli.conftest import Cli
from workbench.domain.quoting import WORKING_COPY
from workbench.study import Study

_VTT_TIME = re.compile(r"^(\d\d:\d\d:\d\d\.\d{3}) --> (\d\d:\d\d:\d\d\.\d{3})$", re.MULTILINE)
_SRT_CUE = re.compile(
    r"^\d+\n\d\d:\d\d:\d\d,\d{3} --> \d\d:\d\d:\d\d,\d{3}\n.+?\n$", re.MULTILINE | re.DOTALL
)


def source_of(cli: Cli, study: Path, title: str) -> str:
    for session in cli("show", study).json()["sessions"]:
        for source in session["sources"]:
            if source["title"] == title:
                return str(source["id"])
    raise LookupError(title)


def write(cli: Cli, study: Path, out: Path, *more: object) -> Path:
    done = cli("export", study, "--format", out.suffix[1:], "--out", out, *more)
    assert done.code == 0, done.err
    assert done.out == f"Wrote {out}\n"
    assert [path.name for path in out.parent.iterdir()] == [out.name]
    return out


def test_report(cli: Cli, own_study: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.docx"
    assert cli("report", own_study, "--out", out, "--json").json() == {
        "report": str(out), "listed": True, "provisional": [],
    }  # fmt: skip
    report = docx.Document(str(out))
    headings = [p.text for p in report.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings[0] == "The study in one page"
    assert "Appendix A: Evidence register" in headings


def test_a_report_beside_the_open_window_says_what_is_not_kept(
    cli: Cli, own_study: Path, tmp_path: Path
) -> None:
    out = tmp_path / "report.docx"
    with Study.open(own_study):
        done = cli("report", own_study, "--out", out, "--json")
    assert done.code == 0
    assert "not put on its list" in done.err
    assert done.json()["listed"] is False
    assert done.json()["provisional"][0] == 1
    assert "are provisional" in word.text(out)
    assert cli("show", own_study).json()["reports"] == []


def test_report_of_an_empty_study(cli: Cli, study_of_note: Path, tmp_path: Path) -> None:
    assert cli("report", study_of_note, "--out", tmp_path / "r.docx").code == 0
    assert docx.Document(str(tmp_path / "r.docx")).paragraphs


def test_docx(cli: Cli, coded_study: Path, tmp_path: Path) -> None:
    written = docx.Document(str(write(cli, coded_study, tmp_path / "all.docx", "--working-copy")))
    text = "\n".join(paragraph.text for paragraph in written.paragraphs)
    for stem in ("interview_maya", "focus_group"):
        for said in truth(stem):
            assert said.text in text


def test_txt(cli: Cli, coded_study: Path, tmp_path: Path) -> None:
    source = source_of(cli, coded_study, "Interview with Daniel")
    out = tmp_path / "one.txt"
    write(cli, coded_study, out, "--source", source, "--working-copy")
    text = out.read_text("utf-8")
    assert text.startswith(WORKING_COPY)
    assert "Daniel" in text
    for said in truth("interview_daniel"):
        assert said.text in text
    assert "Maya" not in text


def test_vtt(cli: Cli, coded_study: Path, tmp_path: Path) -> None:
    source = source_of(cli, coded_study, "Interview with Maya")
    text = write(cli, coded_study, tmp_path / "one.vtt", "--source", source).read_text("utf-8")
    assert text.startswith("WEBVTT")
    times = _VTT_TIME.findall(text)
    assert len(times) >= len(truth("interview_maya"))
    assert times == sorted(times)
    assert "<v Maya>" in text


def test_srt(cli: Cli, coded_study: Path, tmp_path: Path) -> None:
    source = source_of(cli, coded_study, "Interview with Maya")
    text = write(cli, coded_study, tmp_path / "one.srt", "--source", source).read_text("utf-8")
    cues = _SRT_CUE.findall(text)
    assert len(cues) >= len(truth("interview_maya"))
    assert cues[0].startswith("1\n00:00:0")


def test_csv(cli: Cli, coded_study: Path, tmp_path: Path) -> None:
    out = write(cli, coded_study, tmp_path / "observations.csv")
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 38
    assert rows[0]["words"] == "broadband was about the tenth thing on my list"
    assert rows[0]["stage"] == "Life changes"
    assert {row["may be quoted"] for row in rows} == {"yes", "no"}


def test_json(cli: Cli, coded_study: Path, tmp_path: Path) -> None:
    out = write(cli, coded_study, tmp_path / "study.json")
    assert json.loads(out.read_text("utf-8")) == cli("show", coded_study).json()


@pytest.mark.parametrize("name", ["docx", "txt", "vtt", "srt", "csv", "json"])
def test_nothing_that_leaves_holds_a_real_name(
    cli: Cli, coded_study: Path, tmp_path: Path, name: str
) -> None:
    source = source_of(cli, coded_study, "Evening group")
    out = write(cli, coded_study, tmp_path / f"out.{name}", "--source", source)
    text = word.text(out) if name == "docx" else out.read_text("utf-8-sig")
    assert "Ruth" in text
    assert not [real for real in ("Shirin", "Daneshvar", "Gethin", "Pryce") if real in text]


@pytest.mark.parametrize("command", ["report", "export"])
def test_a_missing_folder_is_refused(
    cli: Cli, own_study: Path, tmp_path: Path, command: str
) -> None:
    kind = () if command == "report" else ("--format", "docx")
    refused = cli(command, own_study, *kind, "--out", tmp_path / "no" / "folder" / "x.docx")
    assert refused.refused()
    assert "does not exist" in refused.err
