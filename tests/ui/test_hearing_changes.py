"""A workspace reads anew what has changed, once, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from pytestqt.qtbot import QtBot

from ui.context import AppContext
from ui.main_window import MainWindow
from workbench.domain.change import TableName
from workbench.storage.tables import Tables
from workbench.study import Study


def test_all_that_can_change_has_a_name(study: Study) -> None:
    assert {rows.name for rows in Tables(study._desk.db).all()} | {"key"} == set(
        get_args(TableName)
    )


@pytest.fixture
def left_in(request: pytest.FixtureRequest) -> str:
    """The workspace that a test is about."""
    return str(getattr(request, "param", "collect"))


@pytest.fixture
def asked(
    window: MainWindow, context: AppContext, map_folder: Path, qtbot: QtBot
) -> Callable[[Callable[[Study], object]], Counter[str]]:
    """Return what is read, by table, when something is done in the study that the window shows."""
    assert window.open_path(map_folder)
    study = context.study
    assert study is not None

    def count(do: Callable[[Study], object]) -> Counter[str]:
        found, told = Counter[str](), list[object]()
        context.signals.changed.connect(told.append)
        study._desk.db.conn.set_trace_callback(
            lambda text: (
                found.update([text.split(" FROM ")[1].split()[0]])
                if text.startswith("SELECT") and " FROM " in text
                else None
            )
        )
        do(study)
        qtbot.waitUntil(lambda: bool(told))
        study._desk.db.conn.set_trace_callback(None)
        context.signals.changed.disconnect(told.append)
        return found

    return count


def _write_insight(study: Study) -> None:
    study.findings.change_insight(study.findings.insights()[0].id, so_what="Keep them.")


@pytest.mark.parametrize("left_in", ["collect", "transcribe", "journey"], indirect=True)
def test_an_insight_makes_nobody_read_observations(
    asked: Callable[[Callable[[Study], object]], Counter[str]],
) -> None:
    assert asked(_write_insight)["observation"] == 0


@pytest.mark.parametrize("left_in", ["findings"], indirect=True)
def test_an_insight_is_read_without_looking_all_passages_up(
    asked: Callable[[Callable[[Study], object]], Counter[str]],
) -> None:
    written, coded = (
        asked(do)
        for do in (
            _write_insight,
            lambda study: study.codebook.change(study.codebook.codes()[0].id, colour=3),
        )
    )
    assert written["observation"] < coded["observation"]
    assert written["evidence"] <= 4  # once for all insights, once for this one
