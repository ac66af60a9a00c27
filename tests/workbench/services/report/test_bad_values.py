"""A value that nobody can read costs itself, never the document it stands in."""

from __future__ import annotations

import csv
import json
import logging
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from tests.support import bad_values, map_study
from workbench.domain.materials import Method
from workbench.domain.report import Callout, ReportModel, check, map_text, references
from workbench.exchange.export_docx import export_docx
from workbench.services.door import Waits
from workbench.services.report import chapters
from workbench.services.report.chapters import CHAPTERS
from workbench.services.report.reporting import build_report
from workbench.study import Study

TABLES = (
    "charter", "segment", "participant", "consent_entry", "session", "attendance",
    "source", "visit_form", "form_item", "visit", "visit_answer", "transcript", "speaker", "turn",
    "code", "stage", "touchpoint", "observation", "memo", "insight", "evidence", "opportunity",
)  # fmt: skip
TEXTS = ("txt", "csv", "json", "codebook-csv", "memos-md", "memos-csv")


@pytest.fixture(scope="module")
def full_study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """A study with something in every chapter; what is planted in it is taken back."""
    folder = map_study.build(tmp_path_factory.mktemp("full"))
    with Study.open(folder) as study:
        visit = next(s for s in study.materials.sessions() if s.method is Method.MYSTERY_VISIT)
        study.visits.fill(
            visit.id,
            answers={"greeted": "yes", "wait_minutes": "2.5"},
            arrived="9:05",
            left="9:30",
            narrative="She smiled.",
        )
        study.memos.write("session", visit.id, "Come back.")
        study.findings.add_opportunity("Say the date")
        study.observations.change(study.passages.find()[0].id, initiator="company")
    with Study.open(folder) as study:  # opened anew: no journal refuses writing yet
        yield study


@pytest.fixture(scope="module")
def cited(full_study: Study) -> int:
    """How much evidence the report names while all is well."""
    return len(full_study.reports.model().register)


@pytest.fixture(scope="module")
def ids(full_study: Study) -> list[str]:
    """The chapters of the report while all is well."""
    return [section.id for section in full_study.reports.model().sections]


def words(model: ReportModel) -> str:
    found: list[str] = []
    map_text(model, lambda text: found.append(text) or text)  # type: ignore[func-returns-value]
    return "\n".join(found)


@pytest.mark.parametrize("table", TABLES)
def test_everything_is_written_whatever_a_table_holds(
    full_study: Study,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    cited: int,
    ids: list[str],
    table: str,
) -> None:
    with bad_values.planted(full_study, table, bad_values.NONSENSE) as columns:
        assert columns
        model = full_study.reports.model()
        check(model)
        assert [section.id for section in model.sections] == ids
        assert len(model.register) == cited
        for form in TEXTS:
            full_study.exports.write(form, tmp_path / f"export-{form}")
        json.dumps(full_study.journeys.data())
        full_study.search("smiled")
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert "could not be written" not in words(model)


@pytest.mark.parametrize("table", TABLES)
def test_what_a_table_held_is_forgotten_when_it_is_taken_back(
    full_study: Study, tmp_path: Path, table: str
) -> None:
    with bad_values.planted(full_study, table, bad_values.NONSENSE), suppress(Waits):
        full_study.exports.write("txt", tmp_path / "planted.txt")
    whole = full_study.exports.write("txt", tmp_path / "whole.txt").read_text("utf-8")
    assert bad_values.NONSENSE["TEXT"] not in whole


def test_word_documents_are_written_with_letters_no_file_can_hold(
    full_study: Study, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with ExitStack() as all_at_once:
        for table in TABLES:
            all_at_once.enter_context(bad_values.planted(full_study, table, bad_values.UGLY))
        report = export_docx(full_study.reports.model(), tmp_path / "report.docx", None)
        memos = full_study.exports.write("memos-docx", tmp_path / "memos.docx")
        full_study.exports.write("json", tmp_path / "study.json")
    for file in (report, memos):
        assert "☃" in "".join(p.text for p in docx.Document(str(file)).paragraphs)
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("visit", "not readable: 9:5x {[ – not readable: 9:5x {["),
        ("visit_answer", "not readable: 9:5x {["),
        ("session", "not readable: 9:5x {["),
        ("insight", "Confidence: not readable: 9:5x {["),
        ("evidence", "For or against: not readable: 9:5x {["),
        ("opportunity", "not readable: 9:5x {["),
    ],
)
def test_the_report_says_it_in_its_place(full_study: Study, table: str, said: str) -> None:
    with bad_values.planted(full_study, table, bad_values.NONSENSE):
        assert said in words(full_study.reports.model())


def test_the_exports_say_it_in_their_place(full_study: Study, tmp_path: Path) -> None:
    with bad_values.planted(full_study, "session", bad_values.NONSENSE):
        table = full_study.exports.write("csv", tmp_path / "observations.csv")
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["method"] for row in rows} == {"not readable: 9:5x {["}
    with bad_values.planted(full_study, "visit", bad_values.NONSENSE):
        sessions = full_study.show()["sessions"]
    [visit] = [row["visit"] for row in sessions if row["visit"]]
    assert visit["visit"]["arrived"] == visit["minutes"] == "not readable: 9:5x {["


def test_a_chapter_that_fails_says_so_and_the_rest_is_written(
    full_study: Study, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    data = full_study.reports.data()
    whole = build_report(data)

    def cite_and_fail(data, cite):  # type: ignore[no-untyped-def]
        cite.ref(data.passages[-1])
        raise ValueError("9:5x")

    for at, chapter in list(enumerate(CHAPTERS))[::5]:
        broken = replace(chapter, build=cite_and_fail)
        monkeypatch.setattr(chapters, "CHAPTERS", (*CHAPTERS[:at], broken, *CHAPTERS[at + 1 :]))
        caplog.clear()
        model = build_report(data)
        check(model)
        assert [s.id for s in model.sections] == [s.id for s in whole.sections]
        [section] = [s for s in model.sections if s.id == chapter.id]
        [block] = section.blocks
        assert isinstance(block, Callout)
        assert "ValueError: 9:5x" in "".join(getattr(run, "text", "") for run in block.runs)
        others = [s for s in model.sections if s is not section]
        assert all(len(s.blocks) for s in others)
        assert set(references(model)) <= {e.number for e in model.register}
        [record] = caplog.records
        assert record.exc_info
        assert chapter.id in record.getMessage()


def test_every_chapter_of_a_full_study_is_there(full_study: Study) -> None:
    ids = [section.id for section in full_study.reports.model().sections]
    assert [one for one in ids if one != "register"] == [chapter.id for chapter in CHAPTERS]
    assert len(set(ids)) == len(ids)
