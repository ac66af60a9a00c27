"""What nobody can read costs itself: the rest of the study can be seen and gone through."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from tests.support import bad_values
from tests.support.studies import recording
from tests.ui.conftest import Answers
from ui.main_window import MainWindow
from ui.views.code.materials import material_rows
from ui.views.findings.workspace import FindingsWorkspace
from workbench.study import Study

TABLES = (
    "segment", "participant", "consent_entry", "session", "attendance", "source", "job",
    "transcript", "speaker", "turn", "code", "stage", "touchpoint", "observation", "memo",
    "insight", "evidence", "opportunity",
)  # fmt: skip


@pytest.mark.parametrize("tables", [TABLES[:7], TABLES[7:13], TABLES[13:]], ids=len)
def test_every_workspace_shows_a_study_with_values_nobody_can_read(
    window: MainWindow, map_folder: Path, answers: Answers, qtbot: QtBot, tables: tuple[str, ...]
) -> None:
    with Study.open(map_folder) as study:
        study.jobs.add(recording(study).id, model="base")
        sources = {source.id for source in study.materials.sources()}
        insight = study.findings.insights()[0].id
    with closing(sqlite3.connect(map_folder / "study.sqlite")) as conn, conn:
        assert all(bad_values.plant(conn, table, bad_values.NONSENSE) for table in tables)
    assert window.open_path(map_folder)
    for key in window.workspaces:
        window.show_workspace(key)
    opened = window._context.study
    assert opened is not None
    assert sources <= {row.id for row in material_rows(opened)}
    findings = cast("FindingsWorkspace", window.workspaces["findings"])
    findings.insights.select(insight)
    for panel in window.drawer._panels:
        window.drawer.show_panel(panel)
    told = {getattr(problem, "code", "") for problem in answers.errors}
    assert told <= {"name-leads-out"}  # the file of a recording, when it is to be heard
