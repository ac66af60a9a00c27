"""The six workspaces, each made when it is first needed.

To make all of them took most of the time until the window was there, though a person needs one.
Those that are missing are loaded and made while nobody waits, a piece at a time, so that to change
to one is as quick as if it had always been there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from ui import later
from ui.actions import Promised
from ui.context import AppContext
from ui.views import faces
from ui.views.transcribe.typing_actions import TYPING_ACTIONS
from ui.views.workspace import Workspace

if TYPE_CHECKING:
    from ui.views.collect.workspace import CollectWorkspace
    from ui.views.transcribe.workspace import TranscribeWorkspace


def _collect() -> type[Workspace]:
    from ui.views.collect.workspace import CollectWorkspace

    return CollectWorkspace


def _transcribe() -> type[Workspace]:
    from ui.views.transcribe.workspace import TranscribeWorkspace

    return TranscribeWorkspace


def _code() -> type[Workspace]:
    from ui.views.code.workspace import CodeWorkspace

    return CodeWorkspace


def _journey() -> type[Workspace]:
    from ui.views.journey.workspace import JourneyWorkspace

    return JourneyWorkspace


def _findings() -> type[Workspace]:
    from ui.views.findings.workspace import FindingsWorkspace

    return FindingsWorkspace


def _report() -> type[Workspace]:
    from ui.views.report.workspace import ReportWorkspace

    return ReportWorkspace


_LOADED: dict[faces.Face, Callable[[], type[Workspace]]] = {
    faces.COLLECT: _collect,
    faces.TRANSCRIBE: _transcribe,
    faces.CODE: _code,
    faces.JOURNEY: _journey,
    faces.FINDINGS: _findings,
    faces.REPORT: _report,
}
WORKSPACES = tuple(_LOADED)
# Where an object is shown unless the workspace in front can show it.
HOMES = {
    "participant": "collect", "segment": "collect", "session": "collect", "source": "code",
    "turn": "code", "moment": "code", "observation": "code", "memo": "code", "code": "code",
    "stage": "journey", "touchpoint": "journey", "insight": "findings",
    "opportunity": "findings", "report": "report",
}  # fmt: skip
_QUIET_MS = 1000  # after a study or the window has appeared
_BETWEEN_MS = 60


class Workspaces(Mapping[str, Workspace]):
    """The workspaces by their keys; to ask for one makes it.

    Args:
        context: everything the window shares.
        pages: where they are shown.
        made: is told of each, which is in its place by then.
    """

    def __init__(
        self, context: AppContext, pages: QStackedWidget, made: Callable[[Workspace], object]
    ) -> None:
        self._context, self._pages, self._tell = context, pages, made
        self._kinds = {face.key: load for face, load in _LOADED.items()}
        self._drafts: dict[str, Workspace] = {}
        self._made: dict[str, Workspace] = {}
        self._ahead = QTimer(pages, singleShot=True)
        self._ahead.timeout.connect(self._make_one)
        context.actions.promise(TYPING_ACTIONS, partial(self.__getitem__, "transcribe"))
        context.actions.expect(self._actions)
        # What is asked of one that nobody may have seen yet.
        context.signals.import_requested.connect(self._on_import_requested)
        context.signals.readying.connect(self._hear_jobs)

    @override
    def __getitem__(self, key: str) -> Workspace:
        while not self.prepare(key):
            continue
        return self._made[key]

    @override
    def __contains__(self, key: object) -> bool:
        return key in self._kinds  # without making it

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    @override
    def __len__(self) -> int:
        return len(self._kinds)

    def made(self) -> Sequence[Workspace]:
        """Return those that are there."""
        return list(self._made.values())

    def tell(self, workspace: Workspace) -> None:
        """Have a workspace show the open study."""
        if workspace.study is not self._context.study:
            workspace.set_study(self._context.study)

    def prepare(self, key: str) -> bool:
        """Do one piece of what it takes to make a workspace; tell whether it is there."""
        if key in self._made:
            return True
        self._context.get_ready()
        if key not in self._drafts:
            self._drafts[key] = self._kinds[key]()(self._context)
            self._pages.destroyed.connect(self._drafts[key].deleteLater)
            return False
        workspace = self._made[key] = self._drafts.pop(key)
        self._pages.addWidget(workspace)
        actions = workspace.actions_offered()
        self._context.actions.add(actions, owner=workspace, widget=workspace)
        workspace.set_study(self._context.study)
        self._tell(workspace)
        return True

    def make_ahead(self) -> None:
        """Make those that are missing as soon as it is quiet."""
        self._ahead.start(_QUIET_MS)

    def rest(self) -> None:
        """Make none ahead any longer."""
        self._ahead.stop()

    def _actions(self) -> Iterator[Promised]:
        """Yield the actions of all that are no part's own, with what makes their owner."""
        for key, load in self._kinds.items():
            make = partial(self.__getitem__, key)
            yield from ((action, make) for action in load().actions_offered())

    def _make_one(self) -> None:
        if later.load_some():
            self._ahead.start(_BETWEEN_MS)
            return
        missing = next((key for key in self._kinds if key not in self._made), None)
        if missing is not None:
            self.prepare(missing)
            self._ahead.start(_BETWEEN_MS)

    def _on_import_requested(self, paths: list[Path]) -> None:
        cast("CollectWorkspace", self["collect"]).take_files(paths)

    def _hear_jobs(self) -> None:
        if self._context.jobs is not None:
            self._context.jobs.ended.connect(self._on_job_ended)

    def _on_job_ended(self, job_id: str) -> None:
        if "transcribe" not in self._made:  # it listens itself from then on
            work = cast("TranscribeWorkspace", self["transcribe"]).work
            if work is not None:
                work.writing.tell_what_to_review(job_id)
