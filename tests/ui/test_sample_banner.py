"""The sample study opened from the window gets its words by itself, and says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import ui.app as program
from ui.context import AppContext, ModelChoice
from ui.main_window import MainWindow
from workbench.domain.jobs import JobState

_FAKE = ModelChoice("fake", "Fake")


@pytest.fixture
def sample(
    tmp_path: Path, context: AppContext, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The sample as it is made for a new user, without words."""
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "home"))
    context.sample = program.make_sample
    return program.make_sample()


def test_its_recordings_are_recognised_at_once(
    sample: Path, context: AppContext, window: MainWindow, qtbot: QtBot
) -> None:
    context.models = lambda: [_FAKE]
    assert window.open_path(sample)
    study, banner = context.study, window.banners.sample
    assert study is not None
    jobs = study.jobs.all()
    assert [job.model for job in jobs] == ["fake"] * 4
    assert sorted(job.speakers or 0 for job in jobs) == [1, 2, 2, 5]
    assert banner.isVisible()
    assert "0 of 4 done" in banner.words.text()
    context.stop_jobs()
    lengths = {one.id: one.duration_ms or 0 for one in study.materials.sources()}
    heard = 0
    for number, job in enumerate(jobs[:3], start=1):
        study.jobs.change(job.id, state=JobState.DONE)
        heard += lengths[job.source_id]
        percent = 100 * heard // sum(lengths.values())
        said = f"{number} of 4 done · {percent} %"
        qtbot.waitUntil(lambda said=said: said in banner.words.text())
    for job in jobs:
        study.jobs.change(job.id, state=JobState.DONE)
    qtbot.waitUntil(lambda: "have their words" in banner.words.text())
    banner.more.click()
    assert window.workspace is window.workspaces["code"]
    # Whoever opens it again is not asked again.
    assert window.open_path(sample)
    assert len(context.study.jobs.all()) == 4
    assert not banner.isVisible()


def test_without_a_model_it_says_what_to_do(
    sample: Path, context: AppContext, window: MainWindow
) -> None:
    assert window.open_path(sample)
    banner = window.banners.sample
    assert "no speech model" in banner.words.text()
    assert banner.more.text() == "Install a model…"
    context.models = lambda: [_FAKE]
    context.signals.models_changed.emit()
    assert "being recognised" in banner.words.text()


def test_other_studies_are_left_alone(
    sample: Path, context: AppContext, open_window: MainWindow
) -> None:
    assert not open_window.banners.sample.isVisible()
