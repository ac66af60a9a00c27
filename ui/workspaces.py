"""The six workspaces, each made when it is first needed.

To make all of them took most of the time until the window was there, though a person needs one.
Those that are missing are made while nobody waits, a piece at a time, so that to change to one is
as quick as if it had always been there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from ui.context import AppContext
from ui.views.code.workspace import CodeWorkspace
from ui.views.collect.workspace import CollectWorkspace
from ui.views.findings.workspace import FindingsWorkspace
from ui.views.journey.workspace import JourneyWorkspace
from ui.views.report.workspace import ReportWorkspace
from ui.views.transcribe.workspace import TranscribeWorkspace
from ui.views.workspace import Workspace

WORKSPACES: tuple[type[Workspace], ...] = (
    CollectWorkspace,
    TranscribeWorkspace,
    CodeWorkspace,
    JourneyWorkspace,
    FindingsWorkspace,
    ReportWorkspace,
)
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
        self._kinds = {kind.key: kind for kind in WORKSPACES}
        self._drafts: dict[str, Workspace] = {}
        self._made: dict[str, Workspace] = {}
        self._ahead = QTimer(pages, singleShot=True)
        self._ahead.timeout.connect(self._make_one)
        # What is asked of one that nobody may have seen yet.
        context.signals.import_requested.connect(self._on_import_requested)
        if context.jobs is not None:
            context.jobs.ended.connect(self._on_job_ended)

    @override
    def __getitem__(self, key: str) -> Workspace:
        while not self.prepare(key):
            continue
        return self._made[key]

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

    def promise_apart(self) -> None:
        """Make known the actions that belong to one part of a workspace only."""
        for key, kind in self._kinds.items():
            self._context.actions.promise(kind.actions_apart, partial(self.__getitem__, key))

    def promise(self) -> None:
        """Make known all other actions of the workspaces."""
        for key, kind in self._kinds.items():
            self._context.actions.promise(kind.actions_offered(), partial(self.__getitem__, key))

    def prepare(self, key: str) -> bool:
        """Do one piece of what it takes to make a workspace; tell whether it is there."""
        if key in self._made:
            return True
        if key not in self._drafts:
            self._drafts[key] = self._kinds[key](self._context)
            self._pages.destroyed.connect(self._drafts[key].deleteLater)
            return False
        workspace = self._made[key] = self._drafts.pop(key)
        self._pages.addWidget(workspace)
        actions = self._kinds[key].actions_offered()
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

    def _make_one(self) -> None:
        missing = next((key for key in self._kinds if key not in self._made), None)
        if missing is not None:
            self.prepare(missing)
            self._ahead.start(_BETWEEN_MS)

    def _on_import_requested(self, paths: list[Path]) -> None:
        cast("CollectWorkspace", self["collect"]).take_files(paths)

    def _on_job_ended(self, job_id: str) -> None:
        if "transcribe" not in self._made:  # it listens itself from then on
            cast("TranscribeWorkspace", self["transcribe"]).writing.tell_what_to_review(job_id)
