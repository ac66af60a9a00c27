"""Two views, one truth: what the window shows of a study is what its report says.

On the sample study, and on one in which everything happened that a study should not be asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import map_study
from tests.support.sample import make_sample
from workbench.domain import fields
from workbench.domain import report as tree
from workbench.domain.change import Op
from workbench.domain.findings import Stance
from workbench.domain.materials import Method
from workbench.domain.observation import Expectation
from workbench.domain.passage import Query
from workbench.domain.report import ReportModel
from workbench.services.journey.lanes import EXPERIENCE, LANES, STAGE, Evidence, FilledMap, fill
from workbench.study import Study

UNPLACED = "Your activation is now the eleventh."


def _nasty(folder: Path) -> Path:
    """Two stages of one name, passages without a stage, people and material in the bin."""
    made = map_study.build(folder)
    with Study.open(made) as study:
        passages = {p.words: p for p in study.passages.find()}
        choosing, waiting, living = study.journeys.stages()
        with study.step(Op.EDIT_JOURNEY):  # as earlier versions let it be named
            study.journeys._tables.stage.change(living.id, name=waiting.name)
        lost = passages[UNPLACED]
        study.observations.change(lost.id, stage_id=None, moment_of_truth=True)
        silent = passages[map_study.SAID["Ruth"][0]]
        study.codebook.change(silent.codes[0].id, name="silence is the worst")
        shopper = passages[map_study.SEEN]
        study.observations.change(shopper.id, expectation=Expectation.HAD, stage_id=choosing.id)
        daniel = passages[map_study.SAID["Daniel"][0]]
        insight = study.findings.insights()[0]
        study.findings.add_evidence(insight.id, daniel.id)
        study.findings.add_evidence(insight.id, shopper.id, Stance.AGAINST)
        study.observations.remove([passages[map_study.SAID["Maya"][0]].id])
        study.findings.add_evidence(insight.id, passages[map_study.SAID["Maya"][0]].id)
        session = next(s for s in study.materials.sessions() if s.id == daniel.session.id)
        study.materials.remove_session(session.id)
    return made


@pytest.fixture(scope="module", params=["sample", "nasty"])
def study(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Study]:
    folder = tmp_path_factory.mktemp("views")
    made = make_sample(folder / "s.study") if request.param == "sample" else _nasty(folder)
    with Study.open(made, read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def model(study: Study) -> ReportModel:
    return study.reports.model()


@pytest.fixture(scope="module")
def shown(study: Study) -> FilledMap:
    return fill(study.journeys.map())


def _tables(model: ReportModel, start: str) -> list[tree.Table]:
    return [
        block
        for section in model.sections
        for block in section.blocks
        if isinstance(block, tree.Table) and block.caption.startswith(start)
    ]


def _text(cell: tree.Cell) -> str:
    """Return the words of a cell without the numbers of evidence."""
    return " ".join("".join(r.text for r in cell.runs if isinstance(r, tree.Run)).split())


def _words(model: ReportModel) -> str:
    texts: list[str] = []

    def collect(text: str) -> str:
        texts.append(text)
        return text

    tree.map_text(model, collect)
    return "\n".join(texts)


def test_every_cell_of_the_map_reads_alike(shown: FilledMap, model: ReportModel) -> None:
    [table] = _tables(model, "The journey map")
    assert table.header[1:] == tuple(column.name for column in shown.journey.columns)
    printed = [lane for lane in LANES if lane.printed and lane is not STAGE]
    assert [_text(row[0]) for row in table.rows] == [lane.title for lane in printed]
    for lane, row in zip(printed, table.rows, strict=True):
        for number, cell in enumerate(row[1:]):
            parts = [p for line in shown.cell(lane, number).lines for p in line]
            said = " ".join(
                p.spoken if isinstance(p, Evidence) else p.text
                for p in parts
                if not (isinstance(p, Evidence) and p.brief)
            )
            assert _text(cell) == (" ".join(said.split()) or "–"), (lane.key, number)
            cited = [r for r in cell.runs if isinstance(r, tree.EvidenceRef)]
            assert len(cited) == sum(isinstance(p, Evidence) for p in parts)


def test_no_mean_of_too_few_is_readable_anywhere(study: Study, model: ReportModel) -> None:
    for query in (Query(), Query(method=Method.MYSTERY_VISIT), Query(method=Method.FOCUS_GROUP)):
        made = fill(study.journeys.map(query))
        for number, column in enumerate(made.journey.columns):
            score, spoken = column.had.overall, made.cell(EXPERIENCE, number).spoken
            if score and score.people < 3:
                assert column.point is None
                assert not re.search(r"[+−]\d\.\d", spoken.split("expected")[0]), spoken
    for table in (*_tables(model, "Experience"), *_tables(model, "Experience per segment")):
        for row in table.rows:
            for cell in row[1:]:
                if found := re.search(r"n (\d+)", _text(cell)):
                    few = int(found[1]) < 3
                    assert few == any(isinstance(run, tree.EvidenceRef) for run in cell.runs)
                    assert few != bool(re.match(r"[+−]?\d\.\d", _text(cell)))


def test_segments_of_the_report_are_the_filters_of_the_map(
    study: Study, model: ReportModel
) -> None:
    [table] = _tables(model, "Experience per segment")
    for place, segment in enumerate(study.people.segments(), start=1):
        made = study.journeys.map(Query(segment_id=segment.id))
        for column, row in zip(made.columns, table.rows, strict=False):
            score = column.had.overall
            n = re.search(r"n (\d+)", _text(row[place]))
            assert (int(n[1]) if n else 0) == (score.people if score else 0)


def test_cards_count_the_evidence_of_the_report(study: Study, model: ReportModel) -> None:
    notes = re.findall(r"Evidence: (\d+) for, (\d+) against(?:, (\d+) removed)?\.", _words(model))
    counted = [tuple(int(n or 0) for n in note) for note in notes]
    supports = [found for _, found in study.findings.supported()]
    assert counted == [(s.speaks_for, s.against, s.removed) for s in supports]
    by_insight = {insight.id: found for insight, found in study.findings.supported()}
    [table] = _tables(model, "The roadmap")
    rows = {_text(row[1]).rsplit(" ", 1)[0]: row for row in table.rows}
    for one in study.findings.opportunities():
        cited = [r for r in rows[one.title][-1].runs if isinstance(r, tree.EvidenceRef)]
        assert len(cited) == (by_insight[one.insight_id].speaks_for if one.insight_id else 0)


def test_codebook_counts_as_the_appendix(study: Study, model: ReportModel) -> None:
    [table] = _tables(model, "Codebook")
    counts = study.codebook.use.counts()
    for code in study.codebook.codes():
        row = next((r for r in table.rows if _text(r[0]).endswith(code.name)), None)
        if row is not None:  # else it is in the words of somebody who is not quoted
            mentions, people = (_text(cell) for cell in row[2:4])
            found = counts.get(code.id)
            assert (int(mentions), int(people)) == (
                (found.mentions, found.people) if found else (0, 0)
            )


def test_what_has_no_stage_is_nowhere_absent(tmp_path: Path) -> None:
    with Study.open(_nasty(tmp_path)) as study:
        made, data = fill(study.journeys.map()), study.journeys.data()
        model = study.reports.model()
        assert made.journey.columns[-1].name == "No stage yet"
        assert "1 passage has no stage yet, 1 moment of truth among them." in made.notes
        assert data["no_stage"]["mentions"] == 1
        [table] = _tables(model, "Moments of truth")
        assert [_text(row[0]) for row in table.rows if UNPLACED[:-1] in _text(row[1])] == [
            "No stage yet"
        ]
        for stage in study.journeys.stages():
            study.journeys.remove_stage(stage.id)
        words = _words(study.reports.model())
        assert UNPLACED[:-1] in words
        assert "Moments of truth" in words


def test_words_of_who_is_not_quoted_are_in_no_view(tmp_path: Path) -> None:
    with Study.open(_nasty(tmp_path)) as study:
        made = fill(study.journeys.map())
        views = [c.spoken for cells in made.cells.values() for c in cells]
        for view in (*views, str(study.journeys.data()), _words(study.reports.model())):
            assert "ilence is the worst" not in view


def test_real_names_are_in_no_view(tmp_path: Path) -> None:
    with Study.open(map_study.build(tmp_path)) as study:
        [said] = study.passages.find(Query(text=UNPLACED))
        study.observations.change(said.id, words="Mrs Castellane, they said to me", emotion=-2)
        made = fill(study.journeys.map())
        views = [" ".join(c.spoken for cells in made.cells.values() for c in cells)]
        views += [str(study.journeys.data()), _words(study.reports.model())]
        for view in views:
            assert "they said to me" in view
            assert "Castellane" not in view


def test_a_code_in_the_words_of_who_is_not_quoted_is_in_no_view(tmp_path: Path) -> None:
    """Also where a real name is in them, which the report takes out of the words alone."""
    with Study.open(map_study.build(tmp_path)) as study:
        [said] = study.passages.find(Query(text=map_study.SAID["Ruth"][0]))
        words = "Mrs Castellane never rang me"
        others = [one.id for one in study.passages.find() if one.id != said.id]
        study.observations.change_all(others, fields.EXPECTATION.to(None))
        study.observations.change(said.id, words=words, expectation=Expectation.HAD)
        study.codebook.change(said.codes[0].id, name=words)
        made = fill(study.journeys.map())
        views = [" ".join(c.spoken for cells in made.cells.values() for c in cells)]
        views += [str(study.journeys.data()), _words(study.reports.model())]
        for view in views:
            assert "never rang me" not in view
