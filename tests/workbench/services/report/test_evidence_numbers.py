"""A number that has left the program means the same piece of evidence for ever."""

from __future__ import annotations

import csv
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from tests.support import map_study
from workbench.domain import report as tree
from workbench.domain.change import Op
from workbench.domain.findings import Stance
from workbench.domain.ids import ObservationId
from workbench.domain.report import EvidenceState, ReportModel
from workbench.study import Study


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return map_study.build(tmp_path_factory.mktemp("numbers"))


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / made.name))


@pytest.fixture
def study(folder: Path) -> Iterator[Study]:
    with Study.open(folder, coder="Ada") as opened:
        yield opened


def kept(study: Study) -> dict[str, int]:
    return {row.observation_id: row.number for row in study.reports.register.numbers()}


def shown(model: ReportModel) -> dict[str, int]:
    return {entry.key: entry.number for entry in model.register}


def evidence_of(study: Study) -> ObservationId:
    insight = study.findings.insights()[0]
    return study.findings.evidence(insight.id)[0].observation_id


def states(study: Study) -> dict[str, str]:
    return {row["observation_id"]: row["state"] for row in study.reports.evidence()}


def remove_from_insight(study: Study) -> None:
    insight = study.findings.insights()[0]
    study.findings.remove_evidence(insight.id, evidence_of(study))


def remove_observation(study: Study) -> None:
    study.observations.remove([evidence_of(study)])


def remove_source(study: Study) -> None:
    source = study.observations.get(evidence_of(study)).source_id
    study.materials.remove_source(source)


def reorder(study: Study) -> None:
    insight = study.findings.add_insight("Said first of all.")
    study.findings.change_insight(insight.id, position=-1)
    for passage in reversed(study.passages.find()):
        study.findings.add_evidence(insight.id, passage.id, Stance.FOR)


@pytest.mark.parametrize(
    "change", [remove_from_insight, remove_observation, remove_source, reorder]
)
def test_numbers_on_paper_stay(change, study: Study, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    before = shown(study.reports.model())
    study.reports.write(tmp_path / "one.docx")
    assert kept(study) == before
    change(study)
    assert shown(study.reports.model()).items() >= before.items()
    study.reports.write(tmp_path / "two.docx")
    study.undo()
    assert kept(study).items() >= before.items()
    assert shown(study.reports.model()) == kept(study)


def test_preview_and_report_show_the_same_numbers(study: Study, tmp_path: Path) -> None:
    model = study.reports.model()
    assert study.reports.provisional(model) == tuple(e.number for e in model.register)
    written = docx.Document(str(study.reports.write(tmp_path / "report.docx")))
    register = next(t for t in written.tables if t.cell(0, 0).text == "No.")
    assert [row.cells[0].text for row in register.rows][1:] == [
        f"E{entry.number}" for entry in model.register
    ]
    assert study.reports.model() == model
    assert study.reports.provisional() == ()


def test_looking_gives_no_number_away(study: Study) -> None:
    study.reports.model()
    assert kept(study) == {}
    assert study.history()[0].op is not Op.NUMBER_EVIDENCE


def test_an_undone_observation_leaves_its_number(study: Study, tmp_path: Path) -> None:
    passage = study.passages.find()[0]
    anchor = passage.observation.anchor
    assert anchor is not None
    new = study.observations.place(anchor, stage_id=passage.observation.stage_id, emotion=2)
    study.reports.write(tmp_path / "one.docx")
    number = kept(study)[new.id]
    assert study.undo() is Op.PLACE_OBSERVATION
    assert states(study)[new.id] == "removed"
    assert study.redo_label == "Code passage"  # writing a report takes no redo away
    study.reports.write(tmp_path / "two.docx")
    assert study.redo() is Op.PLACE_OBSERVATION
    assert states(study)[new.id] == "quoted"
    study.undo()
    other = study.observations.place(anchor, stage_id=passage.observation.stage_id, emotion=1)
    study.reports.write(tmp_path / "three.docx")
    assert kept(study)[new.id] == number
    assert kept(study)[other.id] > max(kept(study).values()) - 1
    assert study.check() == []


def test_going_back_to_the_beginning_frees_no_number(folder: Path, tmp_path: Path) -> None:
    with Study.open(folder) as study:
        study.reports.write(tmp_path / "one.docx")
        before = kept(study)
        study.rewind(1)
        assert study.passages.find() == []
        assert kept(study) == before
        assert set(states(study).values()) == {"removed"}
    with Study.open(folder) as study:
        model = study.reports.model()
        assert shown(model) == before
        assert {e.state for e in model.register} == {EvidenceState.REMOVED}


def test_who_asks_for_the_numbers_gets_them_for_ever(study: Study) -> None:
    asked = study.reports.evidence()
    assert [row["number"] for row in asked] == list(range(1, len(asked) + 1))
    assert {row["observation_id"]: row["number"] for row in asked} == kept(study)
    assert {row["state"] for row in asked} == {"quoted", "withheld"}
    remove_observation(study)
    again = {row["number"]: row for row in study.reports.evidence()}
    gone = [row["number"] for row in again.values() if row["state"] == "removed"]
    assert len(gone) == 1
    assert [again[row["number"]]["observation_id"] for row in asked] == [
        row["observation_id"] for row in asked
    ]


def test_written_reports_are_on_a_list(study: Study, tmp_path: Path) -> None:
    assert study.reports.written() == []
    first = study.reports.write(tmp_path / "one.docx", leave_out=["insights", "roadmap"])
    (record,) = study.reports.written()
    assert record.report.file == "one.docx"
    assert record.report.sha256 == hashlib.sha256(first.read_bytes()).hexdigest()
    assert record.report.coder == "Ada"
    model = study.reports.model(leave_out=["insights", "roadmap"])
    assert set(record.numbers) == set(tree.references(model))
    assert (record.changed, record.removed) == ((), ())
    remove_observation(study)
    seen = next(p for p in study.passages.find() if kept(study)[p.id] in record.numbers)
    study.observations.change(seen.id, emotion=-2 if seen.emotion != -2 else 2)
    study.reports.write(tmp_path / "two.docx")
    newest, oldest = study.reports.written()
    assert newest.report.file == "two.docx"
    assert oldest.changed == (kept(study)[seen.id],)
    assert len(oldest.removed) == 1
    assert (newest.changed, newest.removed) == ((), ())
    study.undo()
    study.undo()
    assert [(r.changed, r.removed) for r in study.reports.written()][1] == ((), ())
    data = study.show()
    assert [row["file"] for row in data["reports"]] == ["two.docx", "one.docx"]
    assert data["reports"][1]["numbers"] == list(oldest.numbers)
    assert {r["observation_id"]: r["number"] for r in data["evidence_numbers"]} == kept(study)


def test_a_report_that_fails_is_not_on_the_list(study: Study, tmp_path: Path) -> None:
    with pytest.raises(Exception, match="nowhere"):
        study.reports.write(tmp_path / "nowhere" / "one.docx")
    assert study.reports.written() == []


def test_a_study_for_reading_numbers_behind_the_kept_ones_and_says_so(
    folder: Path, tmp_path: Path
) -> None:
    with Study.open(folder) as study:
        study.reports.write(tmp_path / "one.docx")
        before = kept(study)
        passage = next(p for p in study.passages.find() if p.quotable)
        assert passage.observation.anchor is not None
        study.observations.place(passage.observation.anchor, stage_id=passage.stage.id, emotion=2)
    with Study.open(folder, read_only=True) as study:
        model = study.reports.model()
        assert shown(model).items() >= before.items()
        (new,) = study.reports.provisional(model)
        assert new == max(before.values()) + 1
        assert {row["number"] for row in study.reports.evidence()} == set(before.values())
        written = docx.Document(str(study.reports.write(tmp_path / "draft.docx")))
        said = "\n".join(p.text for p in written.paragraphs)
        assert f"E{new} is provisional" in said
        assert [r.report.file for r in study.reports.written()] == ["one.docx"]


def test_tables_name_coder_date_and_number(study: Study, tmp_path: Path) -> None:
    passage = study.passages.find()[0]
    assert passage.observation.anchor is not None
    new = study.observations.place(passage.observation.anchor, comparator="Acme", initiator="other")
    study.memos.write("observation", new.id, "By Ada, too.")
    study.reports.write(tmp_path / "report.docx")
    out = study.exports.write("csv", tmp_path / "observations.csv")
    rows = {row["id"]: row for row in csv.DictReader(out.read_text("utf-8-sig").splitlines())}
    row = rows[new.id]
    assert (row["coder"], row["coded at"]) == ("Ada", new.created_at)
    assert (row["compared with"], row["initiator"]) == ("Acme", "other")
    numbers = {key: str(number) for key, number in kept(study).items()}
    assert {key: row["evidence"] for key, row in rows.items() if row["evidence"]} == numbers
    memos = study.exports.write("memos-csv", tmp_path / "memos.csv").read_text("utf-8-sig")
    assert "Ada" in memos
