"""The words in the cells of the map."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import map_study
from ui.models.journey_map import JourneyMap, Lane, build_map
from workbench.domain.journey import Track
from workbench.domain.materials import Method
from workbench.domain.passage import Query
from workbench.study import Study


@pytest.fixture
def study(map_folder: Path) -> Iterator[Study]:
    with Study.open(map_folder) as study:
        yield study


def _map(study: Study, query: Query | None = None) -> JourneyMap:
    journeys = study.journeys
    steps = journeys.stages(Track.COMPANY)
    return build_map(journeys.figures(query), steps, journeys.divergence())


def test_mean_is_of_people_and_leaves_the_shopper_out(study: Study) -> None:
    made = _map(study)
    assert made.cell(Lane.EXPERIENCE, 1).spoken == "−1.0 n 3"
    score = made.scores[1]
    assert score is not None
    assert (score.mean, score.low, score.high, score.people) == (-1, -2, 0, 3)


def test_shoppers_have_their_own_figure(study: Study) -> None:
    made = _map(study, Query(method=Method.MYSTERY_VISIT))
    score = made.scores[1]
    assert score is not None
    assert (score.mean, score.people) == (2, 1)


def test_mean_of_fewer_than_three_is_not_printed(study: Study) -> None:
    assert _map(study).cell(Lane.EXPERIENCE, 0).spoken == "n 1"


def test_empty_cells_teach(study: Study) -> None:
    made = _map(study)
    assert made.cell(Lane.NEED, 2).spoken == "no need yet"
    for lane in (Lane.TOUCHPOINTS, Lane.EXPERIENCE, Lane.EXPECTED, Lane.WORDS):
        assert made.cell(lane, 2).spoken == "no voice yet"
    assert made.cell(Lane.TOUCHPOINTS, 0).spoken == "none: white space"
    assert made.cell(Lane.COMPANY, 2).spoken == "unknown to the company"


def test_touchpoints_are_counted(study: Study) -> None:
    assert _map(study).cell(Lane.TOUCHPOINTS, 1).spoken == "E-mail 2"


def test_expected_and_had_are_named_by_their_codes(study: Study) -> None:
    assert _map(study).cell(Lane.EXPECTED, 1).spoken == "a message → broken date"


def test_nobody_is_quoted_who_did_not_agree(study: Study) -> None:
    made = _map(study)
    everything = " ".join(c.spoken for cells in made.cells.values() for c in cells)
    assert map_study.SAID["Ruth"][0] not in everything
    assert made.cell(Lane.MOMENTS, 1).spoken == "● silence"
    assert "eleventh" in made.cell(Lane.WORDS, 1).spoken


def test_feeling_colours_moments_of_truth(study: Study) -> None:
    made = _map(study)
    assert {span.tone for span in made.cell(Lane.MOMENTS, 0).lines[0]} == {"good"}
    assert {span.tone for span in made.cell(Lane.MOMENTS, 1).lines[0]} == {"bad"}


def test_footnotes_tell_divergence_and_counts(study: Study) -> None:
    divergence, counts = _map(study).footnotes
    assert divergence.startswith("Divergence 0.33: one stage the company does not know (Living)")
    assert "the company puts Activate before Order" in divergence
    assert counts == (
        "6 passages · 3 people · 1 visit · 2 methods. Shoppers’ ratings are not in the curve."
    )


def test_every_cell_carries_its_passages(study: Study) -> None:
    made = _map(study)
    counts = {lane: len(made.cell(lane, 1).passages) for lane in Lane}
    assert counts[Lane.STAGE] == 5
    assert counts[Lane.TOUCHPOINTS] == 2
    assert counts[Lane.EXPECTED] == 2
    assert counts[Lane.MOMENTS] == 1
