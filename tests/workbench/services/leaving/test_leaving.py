"""What leaves a study goes through one door: never over a study, never over a file unasked."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.studies import observe, recognised
from workbench.cli import main
from workbench.domain.brief import ReportKind
from workbench.errors import UserError
from workbench.exchange.registry import FORMATS
from workbench.study import Study

Leave = Callable[[Study, Path, bool], Path]


def _report(study: Study, out: Path, replace: bool) -> Path:
    return study.reports.write(out, replace=replace)


def _brief(study: Study, out: Path, replace: bool) -> Path:
    return study.reports.write(out, kind=ReportKind.BRIEF, replace=replace)


def _picture(study: Study, out: Path, replace: bool) -> Path:
    return study.exports.picture(out, lambda path: path.write_text("map") and None, replace=replace)


def _codebook(study: Study, out: Path, replace: bool) -> Path:
    return study.codebook_files.write(out, replace=replace)


def _export(name: str) -> Leave:
    return lambda study, out, replace: study.exports.write(name, out, replace=replace)


LEAVES: dict[str, Leave] = {
    "report.docx": _report, "report.html": _report,
    "brief.docx": _brief, "brief.html": _brief, "picture": _picture, "codebook": _codebook,
    **{name: _export(name) for name in FORMATS if name != "sound"},  # see test_sounding.py
}  # fmt: skip


def out_of(name: str, folder: Path) -> Path:
    """Return a file as what leaves wants to be called; all but a report leave under any ending."""
    return folder / f"out{Path(name).suffix or '.txt'}"


@pytest.fixture
def left(study: Study) -> Study:
    """A study with something for every export."""
    found = observe(study, recognised(study, "The date moved.").id, "date moved")
    study.memos.write("observation", found.id, "The date is the point.")
    study.codebook.add("Losing face")
    return study


@pytest.mark.parametrize("name", LEAVES)
def test_nothing_is_written_into_a_study_or_over_a_file(
    name: str, left: Study, tmp_path: Path
) -> None:
    leave = LEAVES[name]
    link = tmp_path / "elsewhere"
    link.symlink_to(left.folder / "media", target_is_directory=True)
    before = _content(left.folder)
    for place in (
        left.folder / "study.sqlite",
        left.folder / "new.csv",
        left.folder / "media" / "new.csv",
        link / "new.csv",
    ):
        with pytest.raises(UserError, match="is a study"):
            leave(left, place, True)
    assert _content(left.folder) == before
    out = out_of(name, tmp_path)
    out.write_text("mine")
    with pytest.raises(UserError, match="exists already"):
        leave(left, out, False)
    assert out.read_text() == "mine"
    assert leave(left, out, True) == out
    assert out.read_bytes() != b"mine"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_a_file_gets_the_rights_of_new_files(mask: int, left: Study, tmp_path: Path) -> None:
    before = os.umask(mask)
    try:
        for name, leave in LEAVES.items():
            (tmp_path / name).mkdir()
            out = leave(left, out_of(name, tmp_path / name), False)
            assert out.stat().st_mode & 0o777 == 0o666 & ~mask, name
    finally:
        os.umask(before)


@pytest.mark.parametrize("database", [True, False])
def test_no_study_is_made_in_another(left: Study, tmp_path: Path, database: bool) -> None:
    other = tmp_path / "other.study"
    Study.create(other).close()
    if not database:
        (other / "study.sqlite").unlink()
    link = tmp_path / "link"
    link.symlink_to(other / "media", target_is_directory=True)
    before = _content(other)
    for place in (other / "new.study", link / "new.study", tmp_path / "link/../backups/new.study"):
        with pytest.raises(UserError, match="is a study"):
            Study.create(place)
        with pytest.raises(UserError, match="is a study"):
            left.keeping.copy_to(place)
        with pytest.raises(UserError, match="is a study"):
            left.reports.write(place.with_suffix(".docx"))
    assert _content(other) == before


@pytest.mark.parametrize(
    "command",
    [
        (".docx", "report", "--out"), (".html", "report", "--out"),
        (".txt", "export", "--format", "json", "--out"), (".txt", "codebook", "--export"),
    ],
)  # fmt: skip
def test_the_command_line_replaces_only_by_force(
    command: tuple[str, ...], left: Study, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = left.folder
    left.close()
    ending, verb, *options = command
    out = tmp_path / f"out{ending}"
    out.write_text("mine")
    asked = [verb, str(folder), *options]
    assert main([*asked, str(out)]) == 1
    assert "--force" in capsys.readouterr().err
    assert out.read_text() == "mine"
    assert main([*asked, str(folder / "study.sqlite"), "--force"]) == 1
    assert "is a study" in capsys.readouterr().err
    assert main([*asked, str(out), "--force"]) == 0
    assert out.read_bytes() != b"mine"


@pytest.mark.parametrize("name", ["report.pdf", "report.txt", "report", "report.docx.zip"])
def test_a_report_that_cannot_be_written_says_what_can(
    name: str, left: Study, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match=r"end in \.docx or \.html"):
        left.reports.write(tmp_path / name)
    assert not left.reports.register.numbers()
    assert [path for path in tmp_path.iterdir() if path.is_file()] == []


def _content(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "lock"
    }
