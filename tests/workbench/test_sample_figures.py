"""The figures of the sample study, wherever they are shown, against its raw rows."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support import raw_figures
from tests.support.sample import make_sample
from workbench.domain.report import Picture, ReportModel, Run, Table
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


@pytest.fixture(scope="module")
def model(sample: Study) -> ReportModel:
    return sample.reports.model()


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


# The report


def _tables(model: ReportModel, start: str) -> dict[str, list[list[str]]]:
    """Return the tables whose caption begins so: the rest of the caption, and texts of the rows."""
    return {
        block.caption.removeprefix(start): [
            ["".join(run.text for run in cell.runs if isinstance(run, Run)).strip() for cell in row]
            for row in block.rows
        ]
        for section in model.sections
        for block in section.blocks
        if isinstance(block, Table) and block.caption.startswith(start)
    }


def _by_hand(value: float, digits: int) -> str:
    """Round as one does by hand, worked out in whole numbers."""
    shifted = math.floor(abs(value) * 10**digits + 0.5 + 1e-9)
    whole, rest = divmod(shifted, 10**digits)
    sign = "" if not shifted or digits == 0 else "−" if value < 0 else "+"
    return f"{sign}{whole}.{rest:0{digits}}" if digits else str(shifted)


def _printed(figure: dict[str, Any]) -> list[str]:
    """Return mean, range and index as the report prints them."""
    if not figure["n"]:
        return ["not rated", "–", "–"]
    if figure["n"] < raw_figures.FEWEST:
        return [f"n {figure['n']}", "–", "–"]
    mean, low, high = (_by_hand(figure[key], 1) for key in ("mean", "low", "high"))
    return [
        f"{mean} n {figure['n']}",
        f"{low} to {high}",
        _by_hand(25 * (figure["mean"] + 2), 0),
    ]


def test_tables_of_the_stages(raw: dict[str, Any], model: ReportModel) -> None:
    tables = _tables(model, "Experience: ")
    rated = [name for name, stage in raw["stages"].items() if name in tables]
    assert len(rated) == 6  # nobody rated “Life changes”
    for name in rated:
        true, rows = raw["stages"][name], {row[0].lower(): row[1:] for row in tables[name]}
        for dimension in DIMENSIONS:
            assert rows[dimension][:3] == _printed(true["had"][dimension]), (name, dimension)
            seen = true["seen"][dimension]
            assert rows[dimension][3] == (f"n {seen['n']}" if seen["n"] else "–")
        expected = true["expected"]["overall"]
        assert ("expected" in rows) == bool(expected["n"])
        if expected["n"]:
            assert rows["expected"][:3] == _printed(expected)


def test_segments_and_map_of_the_report(raw: dict[str, Any], model: ReportModel) -> None:
    [rows] = _tables(model, "Experience per segment").values()
    names = [segment for stage, segment in raw["segments"] if stage == "Waiting"]
    for row in rows:
        for segment, said in zip(names, row[1:], strict=True):
            figure = raw["segments"][row[0], segment]
            heard = any((r["stage"], r["segment"]) == (row[0], segment) for r in raw["rows"])
            assert said == (_printed(figure)[0] if heard else "no voice yet")
    [lanes] = _tables(model, "The journey map").values()
    cells = next(row[1:] for row in lanes if row[0] == "Experience")
    for name, said in zip(raw["stages"], cells, strict=True):
        figure, seen = (raw["stages"][name][what]["overall"] for what in ("had", "seen"))
        hole = "rated by shoppers alone" if seen["n"] else "not rated yet"
        begin = _printed(figure)[0] if figure["n"] else hole
        assert said.startswith(begin), name


def test_names_of_the_lanes_have_room_beside_eight_stages(tmp_path: Path) -> None:
    with Study.open(make_sample(tmp_path / "sample.study")) as study:
        study.journeys.add_stage("Moving on")
        [table] = [
            block
            for section in study.reports.model().sections
            for block in section.blocks
            if isinstance(block, Table) and block.caption.startswith("The journey map")
        ]
    assert len(table.header) == 9
    assert table.widths[0] / sum(table.widths) >= 0.1


def test_curve_of_the_report(raw: dict[str, Any], model: ReportModel) -> None:
    [picture] = [b for s in model.sections for b in s.blocks if isinstance(b, Picture)]
    for name, stage in raw["stages"].items():
        figure = stage["had"]["overall"]
        shown = f"{name} {_printed(figure)[0].replace(' n', ' (n')})"
        few = f"{name}: no mean, n {figure['n']}" if figure["n"] else f"{name}: no rating"
        assert (shown if figure["n"] >= raw_figures.FEWEST else few) in picture.alt


def test_visits_and_codes_of_the_report(raw: dict[str, Any], model: ReportModel) -> None:
    [rows] = _tables(model, "Visit scores").values()
    whole = next(row[1:] for row in rows if row[0] == "Whole visit")
    assert whole == [_by_hand(score, 0) for score in raw["visits"].values()]
    [codes] = _tables(model, "Codebook").values()
    for name, _, mentions, people in codes:
        if name in raw["codes"]:
            assert (int(mentions), int(people)) == raw["codes"][name], name
    assert sum(row[0] in raw["codes"] for row in codes) > 20
