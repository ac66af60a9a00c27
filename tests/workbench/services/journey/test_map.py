"""The words in the cells of the map."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import map_study
from workbench.domain.materials import Method
from workbench.domain.passage import Query
from workbench.services.journey import lanes
from workbench.services.journey.lanes import FilledMap, fill
from workbench.study import Study


@pytest.fixture(scope="module")
def map_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return map_study.build(tmp_path_factory.mktemp("map"))


@pytest.fixture
def study(map_folder: Path) -> Iterator[Study]:
    with Study.open(map_folder) as study:
        yield study


def _map(study: Study, query: Query | None = None) -> FilledMap:
    return fill(study.journeys.map(query))


def test_mean_is_of_people_and_leaves_the_shopper_out(study: Study) -> None:
    made = _map(study)
    assert made.cell(lanes.EXPERIENCE, 1).spoken == "−1.0 n 3"
    score = made.journey.columns[1].had.overall
    assert score is not None
    assert (score.mean, score.low, score.high, score.people) == (-1, -2, 0, 3)


def test_shoppers_have_their_own_figure(study: Study) -> None:
    made = _map(study, Query(method=Method.MYSTERY_VISIT))
    score = made.journey.columns[1].had.overall
    assert score is not None
    assert (score.mean, score.people) == (2, 1)


def test_mean_of_fewer_than_three_is_not_printed(study: Study) -> None:
    """One person’s mean is not shown anywhere: her words stand there."""
    made = _map(study)
    assert made.journey.columns[0].point is None
    assert made.cell(lanes.EXPERIENCE, 0).spoken == f"n 1 “{map_study.SAID['Maya'][0]}” Maya"


def test_empty_cells_teach(study: Study) -> None:
    made = _map(study)
    assert made.cell(lanes.NEED, 2).spoken == "no need yet"
    for lane in (lanes.TOUCHPOINTS, lanes.EXPERIENCE, lanes.EXPECTED, lanes.WORDS):
        assert made.cell(lane, 2).spoken == "no voice yet"
    assert made.cell(lanes.TOUCHPOINTS, 0).spoken == "none: white space"
    assert made.cell(lanes.COMPANY, 2).spoken == "unknown to the company"


def test_a_cell_says_why_nobody_stands_for_it(study: Study) -> None:
    """What was rated is not called unrated, whoever it was."""
    seen = study.passages.find(Query(method=Method.MYSTERY_VISIT))[0]
    people = {p.pseudonym: p.id for p in study.people.participants()}
    study.observations.change(seen.observation.id, stage_id=study.journeys.stages()[2].id)
    assert _map(study).cell(lanes.EXPERIENCE, 2).spoken == "rated by shoppers alone"
    study.undo()
    [session] = [p.session.id for p in study.passages.find() if p.codes[0].name == "clarity"]
    study.materials.set_roster(session, [people["Maya"], people["Daniel"]])
    made = _map(study)
    assert made.cell(lanes.EXPERIENCE, 0).spoken == "rated by nobody known"
    assert made.cell(lanes.WORDS, 0).spoken == "nobody known here yet"
    study.undo()


def test_touchpoints_are_counted(study: Study) -> None:
    assert _map(study).cell(lanes.TOUCHPOINTS, 1).spoken == "E-mail 2"


def test_expected_and_had_are_named_by_their_codes(study: Study) -> None:
    assert _map(study).cell(lanes.EXPECTED, 1).spoken == (
        "a message → broken date Maya; both told by 1 person"
    )


def test_nobody_is_quoted_who_did_not_agree(study: Study) -> None:
    made = _map(study)
    everything = " ".join(c.spoken for cells in made.cells.values() for c in cells)
    assert map_study.SAID["Ruth"][0] not in everything
    assert made.cell(lanes.MOMENTS, 1).spoken == "● silence"
    assert "eleventh" in made.cell(lanes.WORDS, 1).spoken


def test_feeling_colours_moments_of_truth(study: Study) -> None:
    made = _map(study)
    assert {span.tone for span in made.cell(lanes.MOMENTS, 0).lines[0]} == {"good"}
    assert {span.tone for span in made.cell(lanes.MOMENTS, 1).lines[0]} == {"bad"}


def test_footnotes_tell_divergence_and_counts(study: Study) -> None:
    divergence, counts = _map(study).notes
    assert divergence.startswith(
        "Divergence of company and customer 0.33 (0 = the same dance): "
        "1 stage the company does not know (Living)"
    )
    assert "the company puts Activate before Order" in divergence
    assert counts == (
        "6 passages · 3 people · 1 visit · 2 methods. Shoppers’ ratings are not in the curve."
    )


def test_every_cell_carries_its_passages(study: Study) -> None:
    made = _map(study)
    counts = {lane: len(made.cell(lane, 1).passages) for lane in lanes.LANES}
    assert counts[lanes.STAGE] == 5
    assert counts[lanes.TOUCHPOINTS] == 2
    assert counts[lanes.EXPECTED] == 2
    assert counts[lanes.MOMENTS] == 1
