"""`workbench withdraw`: lists, asks, does, and certifies."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from tests.support.commands import workbench
from tests.support.withdrawn import NAMES, WORDS, Planted, remains
from workbench.services.lookout.letting_out import everything
from workbench.study import Study


def test_lists_every_place(study_of: Planted) -> None:
    told = workbench("withdraw", study_of.folder, "--person", "P07")
    assert told.code == 0, told.err
    assert "Sound: 1  “Talk”, of several people" in told.out
    rows = workbench("withdraw", study_of.folder, "--person", "P07", "--json").json()
    assert {"kind": "search", "count": 6, "where": "turns", "target": None, "fates": None} in rows
    assert {needle for needle, _ in remains(study_of.folder, *WORDS)} == set(WORDS)


def test_refuses_where_nobody_can_be_asked(study_of: Planted) -> None:
    told = workbench("withdraw", study_of.folder, "--person", "P07", "--erase", "everything")
    assert told.refused()
    assert "“--yes”" in told.err
    assert {needle for needle, _ in remains(study_of.folder, *WORDS)} == set(WORDS)


def test_erases_and_certifies(study_of: Planted, tmp_path: Path) -> None:
    out = tmp_path / "certificate.docx"
    told = workbench(
        "withdraw", study_of.folder, "--person", "P07", "--erase", "everything", "--yes",
        "--certificate", out, "--coder", "Ada", "--json",
    )  # fmt: skip
    assert told.code == 0, told.err
    done = told.json()
    assert (done["code"], done["deed"], done["coder"]) == ("P07", "everything", "Ada")
    assert done["rewritten"]
    assert remains(study_of.folder, *WORDS, *NAMES) == []
    assert remains(out.parent / out.name, *WORDS, *NAMES) == []
    with ZipFile(out) as packed:
        words = packed.read("word/document.xml").decode()
    for said in ("P07", "Everything erased", "By: Ada", "E1", "cannot reach", *done["rewritten"]):
        assert said in words
    assert all(one not in words for one in (*NAMES, *WORDS))


def test_a_recording_that_cannot_be_silenced_asks_first(study_of: Planted) -> None:
    with Study.open(study_of.folder) as study:
        study.materials.media_path(study.materials.source(study_of.talk)).unlink()
    asked = ("withdraw", study_of.folder, "--person", "P07")
    assert "cannot be read: 1  “Talk”, of several people; its file is missing" in (
        workbench(*asked).out
    )
    told = workbench(*asked, "--erase", "words", "--yes")
    assert told.refused()
    assert "“Talk”: its file is missing" in told.err
    assert "--unreadable" in told.err
    assert {needle for needle, _ in remains(study_of.folder, *WORDS)} == set(WORDS)
    done = workbench(*asked, "--erase", "words", "--yes", "--unreadable", "leave", "--json").json()
    assert {"title": "Talk", "fate": "left", "why": "its file is missing"} in done["files"]
    assert remains(study_of.folder, *WORDS) == []


def test_the_certificate_of_somebody_who_is_gone(study_of: Planted, tmp_path: Path) -> None:
    asked = ("withdraw", study_of.folder, "--person", "P07")
    assert workbench(*asked, "--erase", "words", "--yes").code == 0
    assert workbench(*asked, "--erase", "everything", "--yes").code == 0
    out = tmp_path / "certificate.txt"
    told = workbench(*asked, "--certificate", out)
    assert told.code == 0, told.err
    words = out.read_text("utf-8")
    assert "Person: P07" in words
    assert "Everything erased" in words
    assert "WHAT THE PROGRAM CANNOT REACH" in words


def test_refuses_before_anything_is_erased(study_of: Planted, tmp_path: Path) -> None:
    asked = ("withdraw", study_of.folder, "--person", "P07", "--erase", "words", "--yes")
    assert workbench(*asked, "--certificate", tmp_path / "certificate.odt").refused()
    assert workbench(*asked, "--certificate", tmp_path / "no" / "certificate.txt").refused()
    assert {needle for needle, _ in remains(study_of.folder, *WORDS)} == set(WORDS)


def test_nobody_of_this_code(study_of: Planted) -> None:
    assert workbench("withdraw", study_of.folder, "--person", "P99").refused()


def test_a_certificate_in_which_a_name_is_found_waits(study_of: Planted, tmp_path: Path) -> None:
    """A report that was written before is called like somebody else."""
    with Study.open(study_of.folder) as study, study.letting_out.allowing(everything):
        study.reports.write(tmp_path / "for Theo Blip.docx")
    asked = ("withdraw", study_of.folder, "--person", "P07")
    out = tmp_path / "certificate.txt"
    told = workbench(*asked, "--erase", "words", "--yes", "--certificate", out)
    assert told.refused()
    assert "P07: words erased, counts kept. That is so" in told.err
    assert "--allow-names" in told.err
    assert not out.exists()
    out.write_text("mine", "utf-8")
    assert workbench(*asked, "--certificate", out, "--allow-names").refused()
    assert workbench(*asked, "--certificate", out, "--allow-names", "--force").code == 0
    assert "Theo Blip" in out.read_text("utf-8")
    with Study.open(study_of.folder, read_only=True) as study:
        assert [(one.file, one.names) for one in study.letting_out.all()][:1] == [
            ("certificate.txt", 1)
        ]
