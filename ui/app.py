"""Starts the window: `run` is what the command `workbench` without a command calls."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, cast, get_args

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

import resources
from ui import language
from ui.actions import Actions
from ui.attempts import tell
from ui.bridge import garbage
from ui.bridge.clashes import ClashWatch
from ui.context import AppContext, ModelChoice, Signals
from ui.dialogs import DesktopDialogs
from ui.errors import ExceptionDesk
from ui.i18n import t
from ui.icons import Icons
from ui.main_window import MainWindow
from ui.opening import Turn
from ui.theme import Choice, Theme
from workbench import crash_log, log, paths, rights, underway
from workbench.domain.figures import rounded
from workbench.settings import SettingsStore

if TYPE_CHECKING:
    from workbench.domain.ids import JobId
    from workbench.study import Study


def run(argv: list[str]) -> int:
    """Show the window until it is closed.

    Args:
        argv: arguments after the program's name; at most the folder of a study.

    Returns:
        The exit code of the program.
    """
    parser = argparse.ArgumentParser(prog="workbench")
    parser.add_argument("study", nargs="?", type=Path, help="folder of a study to open")
    asked = parser.parse_args(argv)
    app = QApplication.instance() or QApplication([sys.argv[0]])
    if not isinstance(app, QApplication):
        raise TypeError("A window needs a QApplication.")
    app.setApplicationName("Workbench")
    app.setDesktopFileName("workbench")
    log.start()
    with crash_log.watching():
        return _show(app, asked.study)


def _show(app: QApplication, study: Path | None) -> int:
    context = build_context(app)
    window = MainWindow(context)
    desk = ExceptionDesk(partial(tell_stray, context, window))
    desk.install()
    sweeping = Thread(target=underway.sweep, name="sweep")  # a copy of a study takes its time
    try:
        window.show()
        garbage.search_from_here(window)  # before there is another thread
        sweeping.start()
        if study is not None:
            window.open_path(study)
        return app.exec()
    finally:
        desk.remove()
        window.deleteLater()
        if sweeping.ident is not None:
            sweeping.join()


def tell_stray(context: AppContext, window: QWidget, error: BaseException) -> None:
    """Tell what nobody foresaw."""
    tell(context, window, error)


def build_context(app: QApplication) -> AppContext:
    """Return the context of a real desktop."""
    settings = SettingsStore(paths.config_dir() / "settings.json")
    chosen = settings.current
    language.speak(app, chosen.spoken)
    known = chosen.theme in get_args(Choice)
    theme = Theme(
        app,
        choice=cast("Choice", chosen.theme) if known else "system",
        reading_size=chosen.reading_size,
    )
    icons = Icons(theme)
    app.setWindowIcon(icons.icon("route", colour="accent"))
    shipped = resources.path("sample_study", "study.json").exists()
    signals = Signals(app)
    context = AppContext(
        settings=settings,
        theme=theme,
        icons=icons,
        actions=Actions(chosen.shortcuts, icons.icon),
        dialogs=DesktopDialogs(),
        signals=signals,
        models=installed_models,
        sample=make_sample if shipped else None,
    )
    ClashWatch(signals, context.opening)
    signals.readying.connect(partial(_give_jobs, context, app))
    return context


def _give_jobs(context: AppContext, app: QApplication) -> None:
    from ui.bridge.jobs import JobRunner
    from workbench.domain.ids import JobId

    jobs = JobRunner(context.signals, app)
    context.opening.at(Turn.WORK, jobs, jobs.set_study, partial(jobs.set_study, None))
    jobs.ended.connect(lambda job_id: name_voices_of_sample(context.study, JobId(job_id)))
    context.jobs, context.running_jobs, context.stop_jobs = jobs, jobs.running, jobs.stop


def installed_models() -> Sequence[ModelChoice]:
    """Return the speech models on this computer in words: name and size."""
    from ui.bridge import models

    return [
        ModelChoice(
            model.name, t("{name} · {mb} MB", name=model.title, mb=rounded(model.size_bytes / 1e6))
        )
        for model in models.installed()
    ]


def make_sample() -> Path:
    """Return the folder of the person's own copy of the sample study, made on first use.

    The copy is kept, so that what somebody tries in it is still there the next day; to begin
    anew, remove the folder.

    Raises:
        WorkbenchError: it could not be made; nothing half-made is left.
    """
    from ui.views.new_study import folder_name
    from workbench.sample import SampleStudy
    from workbench.study import Study

    sample = SampleStudy()
    folder = paths.data_dir() / "sample" / folder_name(sample.title)
    if folder.exists():
        return folder
    rights.own_folder(folder.parent)
    draft = folder.with_name(f"new-{folder.name}")
    shutil.rmtree(draft, ignore_errors=True)
    QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        with Study.create(draft, title=sample.title) as study:
            sample.load(study)
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    finally:
        QApplication.restoreOverrideCursor()
    return folder


def name_voices_of_sample(study: Study | None, job_id: JobId) -> None:
    """Name the voices when a recording of the sample study is done, as its researcher would."""
    from workbench.domain.jobs import JobState
    from workbench.sample import SampleStudy

    if study is None or study.read_only or not SampleStudy().is_in(study):
        return
    job = study.jobs.get(job_id)
    if job.state is JobState.DONE:
        SampleStudy().name_voices(study, job.source_id)
