"""Exports of a large study are written while they are read, never held whole."""

from __future__ import annotations

import gc
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import map_study
from tests.support.studies import anchor_of, written
from workbench.domain.change import Op
from workbench.services.coding import passages
from workbench.study import Study

_LETTERS = 4000  # of the words of one observation


def _coded(study: Study, count: int) -> None:
    words = "word " * (_LETTERS // 5)
    text = written(study, f"{words}and the end.")
    anchor = anchor_of(study, text, words.strip())
    with study.step(Op.PLACE_OBSERVATION):
        for _ in range(count):
            study.observations.place(anchor)


@pytest.fixture
def python_searches() -> Iterator[None]:
    """Garbage is searched for as in every program; between tests only else."""
    gc.enable()
    yield
    gc.disable()


@pytest.mark.usefixtures("python_searches")
@pytest.mark.parametrize("form", ["json", "csv"])
def test_an_export_holds_a_few_observations_at_a_time(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr(passages, "_MANY", 10)

    def peak() -> int:
        out = tmp_path / f"study.{form}"
        gc.collect()
        tracemalloc.start()
        study.exports.write(form, out, replace=True)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    _coded(study, 20)
    peak()  # modules are loaded now
    few = peak()
    _coded(study, 400)
    more = 400 * _LETTERS
    assert (tmp_path / f"study.{form}").stat().st_size < more
    assert peak() - few < more / 4
    assert (tmp_path / f"study.{form}").stat().st_size > more


@pytest.mark.parametrize("build", [None, map_study.build], ids=["empty", "journey"])
def test_a_study_is_the_same_written_in_pieces(tmp_path: Path, build: object) -> None:
    folder = build(tmp_path) if callable(build) else tmp_path / "empty.study"
    if build is None:
        Study.create(folder).close()
    with Study.open(folder) as study:
        out = study.exports.write("json", tmp_path / "study.json")
        whole = json.dumps(study.show(), ensure_ascii=False, indent=2) + "\n"
    assert out.read_bytes().decode() == whole
