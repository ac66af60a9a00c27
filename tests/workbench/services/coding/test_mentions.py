"""What is counted lightly is the same as what is read in full, and quoted by the same rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.sample import make_sample
from workbench.analysis.gaps import gap
from workbench.analysis.ratings import moments, told
from workbench.domain import fields
from workbench.domain.anchors import TextAnchor
from workbench.domain.materials import Method
from workbench.domain.observation import Expectation, Promise
from workbench.domain.passage import Mention, Query, tally
from workbench.services.report.reporting import build_report
from workbench.study import Study

_COMMON = ("span", *(name for name in Mention._fields if not name.endswith("_ms")))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study, in which somebody withdrew and a passage goes over several voices."""
    made = make_sample(tmp_path_factory.mktemp("mentions") / "sample.study")
    with Study.open(made) as study:
        people = {person.pseudonym: person.id for person in study.people.participants()}
        study.ledger.withdraw(people["Owen"], date="2026-10-01")
        group = next(s for s in study.materials.sessions() if s.method is Method.FOCUS_GROUP)
        [source] = study.materials.sources(group.id)
        transcript = study.transcripts.of_source(source.id)
        assert transcript is not None
        turns = study.transcripts.turns(transcript.id)
        first, last = turns[1], turns[6]
        study.observations.place(
            TextAnchor(first.id, 0, last.id, len(last.text)),
            stage_id=study.journeys.stages()[0].id,
            emotion=-2,
            moment_of_truth=True,
        )
        gone = study.passages.find()[3]
        study.observations.remove([gone.id])
    return made


@pytest.fixture
def sample(folder: Path) -> Iterator[Study]:
    with Study.open(folder, read_only=True) as study:
        yield study


def _queries(study: Study) -> list[Query]:
    some = study.passages.find()
    return [
        Query(),
        *(Query(method=method) for method in Method),
        *(Query(participant_id=person.id) for person in study.people.participants()),
        *(Query(segment_id=segment.id) for segment in study.people.segments()),
        *(Query(stage_id=stage.id, any_rating=True) for stage in study.journeys.stages()),
        *(Query(code_ids=tuple(code.id for code in row.codes)) for row in some),
        Query(having=(fields.EXPECTATION.to(Expectation.HAD),)),
        Query(having=(fields.PROMISE.to(Promise.BROKEN), fields.MOMENT_OF_TRUTH.to(True))),
        Query(text="message"),
    ]


def test_mentions_are_the_passages_in_brief(sample: Study) -> None:
    for query in _queries(sample):
        full = sample.passages.find(query)
        brief = sample.passages.mentions(query)
        expected = [{name: getattr(row, name) for name in _COMMON} for row in full]
        found = [{name: getattr(row, name) for name in _COMMON} for row in brief]
        assert found == expected, query
    quotable = Counter(row.quotable for row in sample.passages.mentions())
    assert quotable[True] > 10
    assert quotable[False] > 3


def test_codes_can_stay_away_where_no_map_shows_them(sample: Study) -> None:
    full = sample.passages.mentions()
    brief = sample.passages.mentions(coded=False)
    assert [row._replace(codes=()) for row in brief] == [row._replace(codes=()) for row in full]
    for light, whole in zip(brief, full, strict=True):
        telling = whole.expectation is not None or whole.moment_of_truth
        assert light.codes == (whole.codes if telling else ())
    assert any(row.codes for row in brief)


def test_what_is_looked_up_is_what_is_found(sample: Study) -> None:
    for query in _queries(sample):
        full = sample.passages.find(query)
        found = sample.passages.look_up(query)
        assert list(found.passages) == full
        assert found.tally == tally(full)
    assert sample.passages.look_up().passages[1:3] == sample.passages.find()[1:3]


def test_figures_are_those_of_the_passages(sample: Study) -> None:
    for query in (Query(), Query(method=Method.INTERVIEW), Query(method=Method.MYSTERY_VISIT)):
        visits = query.method is Method.MYSTERY_VISIT
        for found in sample.journeys.map(query).columns:
            assert found.stage is not None
            full = sample.passages.find(replace(query, stage_id=found.stage.id))
            assert [row.id for row in found.passages] == [row.id for row in full]
            assert found.had == told(full, visits=visits)
            assert found.expected == told(full, expected=True, visits=visits)
            assert found.gap == gap(moments(full))


def test_report_is_the_same_from_mentions_and_from_passages(sample: Study) -> None:
    data = sample.reports.data()
    full = replace(data, passages=tuple(sample.passages.find()))
    assert build_report(data) == build_report(full)
    assert all(isinstance(row, Mention) for row in data.passages)


def test_counts_leave_out_the_bin(sample: Study) -> None:
    live = sample.passages.find()
    stages = Counter(row.stage.id for row in live if row.stage)
    codes = Counter(code.id for row in live for code in row.codes)
    assert sample.observations.per_stage() == stages
    assert sample.codebook.use.mentions() == codes


def test_a_shelf_reads_by_the_batch_and_tells_what_is_gone(tmp_path: Path) -> None:
    with Study.open(make_sample(tmp_path / "sample.study")) as study:
        shelf = study.passages.look_up().passages
        assert shelf[0] is shelf[0]
        last = shelf[-1]
        again = study.passages.shelf([*shelf.ids, "undone"])  # type: ignore[list-item]
        assert again[len(shelf) - 1] == last
        with pytest.raises(KeyError):
            again[len(shelf)]
