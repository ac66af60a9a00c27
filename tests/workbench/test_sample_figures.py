"""The figures of the sample study, wherever they are shown, against its raw rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support import raw_figures
from tests.support.sample import make_sample
from workbench.study import Study

DIMENSIONS = (*raw_figures.DIMENSIONS, "overall")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory.mktemp("figures") / "sample.study")


@pytest.fixture(scope="module")
def raw(folder: Path) -> dict[str, Any]:
    return raw_figures.read(folder)


@pytest.fixture(scope="module")
def sample(folder: Path, raw: dict[str, Any]) -> Iterator[Study]:
    with Study.open(folder, read_only=True) as study:
        yield study


@pytest.fixture(scope="module")
def data(sample: Study) -> dict[str, Any]:
    return sample.journeys.data()


def _shown(figure: dict[str, Any]) -> dict[str, Any]:
    """Return a raw figure as it may be shown: of fewer than three people the n alone."""
    if figure["n"] >= raw_figures.FEWEST:
        shown = {key: pytest.approx(figure[key]) for key in ("mean", "low", "high")}
        return {"n": figure["n"], **shown, "index": pytest.approx(25 * (figure["mean"] + 2))}
    return {"n": figure["n"], "mean": None, "low": None, "high": None, "index": None}


def test_the_raw_rows_say_what_the_issue_says(raw: dict[str, Any]) -> None:
    """Numbers worked out by hand, so that the script itself is not taken on trust."""
    waiting = raw["stages"]["Waiting"]["had"]["overall"]
    assert (waiting["n"], round(waiting["mean"], 2)) == (3, -1.86)
    assert raw["stages"]["Living with it"]["had"]["overall"]["n"] == 2
    assert raw["stages"]["Committing"]["had"]["overall"]["n"] == 0
    assert raw["stages"]["Committing"]["expected"]["overall"]["n"] == 2
    assert round(raw["divergence"], 2) == 0.14
    assert {title: round(score) for title, score in raw["visits"].items()} == {
        "Castle Street shop": 19,
        "Riverside shop": 100,
    }


def test_data_of_the_journey(raw: dict[str, Any], data: dict[str, Any]) -> None:
    assert [stage["name"] for stage in data["stages"]] == list(raw["stages"])
    assert data["divergence"]["value"] == pytest.approx(raw["divergence"])
    for stage in data["stages"]:
        true = raw["stages"][stage["name"]]
        for name in DIMENSIONS:
            assert stage["dimensions"][name] == _shown(true["had"][name]), (stage["name"], name)
            assert stage["expected_dimensions"][name] == _shown(true["expected"][name])
            assert stage["shoppers"][name] == _shown(true["seen"][name])
        top = {key: stage[key] for key in ("n", "mean", "low", "high", "index")}
        assert top == stage["dimensions"]["overall"]
        assert stage["had"] == stage["mean"]
        assert (stage["mentions"], stage["people"]) == (true["mentions"], true["people"])
        assert stage["gap_n"] == true["gap"]["n"]
        assert (stage["gap"] is None) == (true["gap"]["n"] < raw_figures.FEWEST)
        pairs = {
            pair["person"]: (
                {q["words"] for q in pair["expected"]},
                {q["words"] for q in pair["had"]},
            )
            for pair in stage["pairs"]
        }
        assert pairs == true["pairs"], stage["name"]


def test_data_quotes_only_those_who_agreed(raw: dict[str, Any], data: dict[str, Any]) -> None:
    agreed = {row["words"] for row in raw["rows"] if row["agreed"]}
    silent = {row["words"] for row in raw["rows"] if row["person"] and not row["agreed"]}
    assert silent
    for stage in data["stages"]:
        quotes = {quote["words"] for quote in stage["quotes"]}
        here = {row["words"] for row in raw["rows"] if row["stage"] == stage["name"]}
        assert quotes == here & agreed
    assert not [words for words in silent if words in str(data)]
