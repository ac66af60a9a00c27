"""A workspace reads anew what has changed, once, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import get_args
from uuid import uuid4

import pytest

from ui.context import AppContext
from ui.main_window import MainWindow
from ui.views.hearing import Hearing
from workbench.domain.change import ChangeSet, Op, RowChange, TableName
from workbench.storage.tables import Tables
from workbench.study import Study

Asked = Callable[..., Counter[str]]


def test_all_that_can_change_has_a_name(study: Study) -> None:
    assert {rows.name for rows in Tables(study._desk.db).all()} | {"key"} == set(
        get_args(TableName)
    )


_PANELS = {"search panel": "search", "memos panel": "memos", "history": "history", "bin": "bin"}
"""Shown beside Collect, which reads nothing of what is done here but sessions."""
_STEPS: dict[str, Callable[[Study], object]] = {
    "insight": lambda study: study.findings.change_insight(
        study.findings.insights()[0].id, so_what=f"Keep them {uuid4()}."
    ),
    "cell": lambda study: study.journeys.change_stage(
        study.journeys.stages()[0].id, need=f"Compare {uuid4()}"
    ),
    "passage": lambda study: study.observations.change(
        study.passages.find()[0].id,
        moment_of_truth=not study.passages.find()[0].observation.moment_of_truth,
    ),
    "session": lambda study: study.materials.change_session(
        study.materials.sessions()[0].id, place=f"Her kitchen {uuid4()}"
    ),
}
_MOST: dict[str, tuple[int, int, int, int]] = {
    "collect": (0, 9, 19, 29),
    "transcribe": (0, 9, 0, 11),
    "code": (12, 24, 15, 35),
    "journey": (0, 31, 29, 29),
    "findings": (27, 76, 67, 67),
    "report": (65, 67, 65, 65),
    "search panel": (0, 12, 19, 29),
    "memos panel": (0, 12, 22, 32),
    "history": (2, 11, 21, 31),
    "bin": (14, 23, 33, 43),
}
"""How often a view asks the study after each of these steps. These numbers only fall."""


@pytest.fixture
def left_in(request: pytest.FixtureRequest) -> str:
    """The workspace that a test is about, or beside which its panel is."""
    view = str(request.node.callspec.params["view"]) if hasattr(request.node, "callspec") else ""
    return "collect" if view in _PANELS or not view else view


@pytest.fixture
def asked(
    request: pytest.FixtureRequest,
    window: MainWindow,
    context: AppContext,
    map_folder: Path,
) -> Asked:
    """Return what is read, by table, when something is done in the study that the window shows."""
    assert window.open_path(map_folder)
    panel = _PANELS.get(request.node.callspec.params["view"])
    if panel is not None:
        window.drawer.show_panel(panel)
    study = context.study
    assert study is not None

    def count(*steps: Callable[[Study], object]) -> Counter[str]:
        found = Counter[str]()
        window._studies._bridge.flush()
        for do in steps:
            do(study)
        study._desk.db.conn.set_trace_callback(
            lambda text: (
                found.update([text.split(" FROM ")[1].split()[0]])
                if text.startswith("SELECT") and " FROM " in text
                else None
            )
        )
        window._studies._bridge.flush()  # now, so that nothing is painted meanwhile
        study._desk.db.conn.set_trace_callback(None)
        return found

    return count


@pytest.mark.parametrize("view", _MOST)
def test_a_view_asks_no_more_than_it_has_to(asked: Asked, view: str) -> None:
    found = tuple(asked(step).total() for step in _STEPS.values())
    assert all(n <= most for n, most in zip(found, _MOST[view], strict=True)), found


@pytest.mark.parametrize("view", _MOST)
def test_what_a_person_did_is_read_though_the_machine_did_something_beside(
    asked: Asked, view: str
) -> None:
    alone = asked(_STEPS["session"])
    for steps in ((_STEPS["session"], _by_machine), (_by_machine, _STEPS["session"])):
        assert asked(*steps) == alone  # all of it, and once
    assert alone.total() > 0


@pytest.mark.parametrize("view", ["findings", "report"])
def test_what_the_machine_does_alone_is_not_followed(asked: Asked, view: str) -> None:
    assert asked(_by_machine).total() == 0


@pytest.mark.parametrize("view", ["findings", "report"])
def test_what_the_machine_did_is_read_when_one_comes_back(
    asked: Asked, window: MainWindow, view: str
) -> None:
    def come_back(_study: Study) -> None:
        window._studies._bridge.flush()
        window.show_workspace("collect")
        window.show_workspace(view)

    shown, told = window.workspaces[view], list[ChangeSet | None]()
    shown.hearing._refresh = told.append
    asked(_by_machine)
    assert told == []
    asked(come_back)
    assert told == [None]
    asked(come_back)
    assert told == [None]


def _by_machine(study: Study) -> None:
    session = study.materials.sessions()[0]
    with study.step(Op.EDIT_JOB):  # as a recording that ends to be recognised
        study.materials.change_session(session.id, place=f"Her kitchen {uuid4()}")


def test_a_view_hears_what_it_reads_and_nothing_it_shows_already() -> None:
    told: list[ChangeSet | None] = []
    view = object()
    hearing = Hearing(told.append, reads=("insight",), own=view)
    insight, session = (RowChange(table, ("1",), "updated") for table in ("insight", "session"))
    heard = ChangeSet((Op.EDIT_INSIGHT,), None, (insight,))
    for changes in (
        ChangeSet((Op.EDIT_SESSION,), None, (session,)),
        ChangeSet((Op.EDIT_INSIGHT,), view, (insight,)),
        heard,
        None,
    ):
        hearing.hear(changes)
    assert told == [heard, None]
