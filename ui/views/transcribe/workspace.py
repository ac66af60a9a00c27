"""Transcribe: recordings become text, live, on this computer; voices get their names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.actions import Action
from ui.bridge.jobs import JobRunner
from ui.context import AppContext
from ui.i18n import t
from ui.opening import Turn
from ui.views import faces, splitting
from ui.views.desk import Desk
from ui.views.transcribe.choices import Choices
from ui.views.transcribe.queue import QueueList
from ui.views.transcribe.queue_commands import OF_ONE, QUEUE_ACTIONS, SOUND
from ui.views.transcribe.recording_commands import ALL, OF_JOB, RECORDINGS
from ui.views.transcribe.speakers_pane import SpeakersPane
from ui.views.transcribe.text_pane import TextPane
from ui.views.transcribe.typing_actions import TYPING_ACTIONS, has_text
from ui.views.transcribe.voice_commands import VOICE_ACTIONS
from ui.views.transcribe.work import QUEUE, TEXT, TranscribeWork
from ui.views.transcribe.writing_commands import (
    EXPORT_ACTIONS,
    WRITING_ACTIONS,
)
from ui.views.video.pane import with_picture
from ui.views.who_speaks import actions_on_speaker
from ui.views.widgets.looks import EmptyState, button, hairline, icon_button, label, look
from ui.views.workspace import Workspace
from workbench.domain.change import ChangeSet
from workbench.study import Study

_OPEN: Action[TranscribeWorkspace] = Action(
    "transcribe.code", "Open in Code", "Transcribe", shortcut="Ctrl+Return", icon="pencil",
    context="transcribe", run=RECORDINGS.run(lambda it: it.open_in_code()),
    enabled=has_text, group=2,
)  # fmt: skip


class TranscribeWorkspace(Workspace):
    """The queue, the text as it comes, and the voices."""

    key, title, icon = faces.TRANSCRIBE
    opens = ("source",)
    reads = (*QUEUE, *TEXT)
    shows_own_steps = True  # in the text, where they were written
    # Declared here, since the actions ask for them.
    work: TranscribeWork | None = None
    runner: JobRunner
    queue: QueueList
    choices: Choices
    text: TextPane
    speakers: SpeakersPane
    all_button: QPushButton

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        jobs = context.jobs
        # One queue for the whole window: two would recognise the same recording twice.
        if isinstance(jobs, JobRunner):
            self.runner = jobs
        else:
            self.runner = JobRunner(context.signals, self)
            runner = self.runner
            context.opening.at(Turn.WORK, runner, runner.set_study, partial(runner.set_study, None))
            if context.study is not None:
                self.runner.set_study(context.study)
        context.running_jobs = self.runner.running
        context.stop_jobs = self.runner.stop
        self.all_button = button(t("Transcribe all"), "primary")
        self.queue = QueueList(context.theme)
        self.choices = Choices(context)
        self.text = TextPane(context, self)
        self.speakers = SpeakersPane(context)
        self.empty = EmptyState(
            context.icons,
            "audio-lines",
            t("Recordings become text on this computer; nothing ever leaves it."),
            heading=t("No recordings yet"),
            action=t("Add recordings…"),
        )
        self.tools: dict[str, QToolButton] = {}
        self._build()
        self._connect()
        context.actions.add(TYPING_ACTIONS, owner=self, widget=self.text.view.text)

    # Contract

    @override
    def set_study(self, study: Study | None) -> None:
        self.speakers.clear()  # what was being typed still belongs to the study before
        super().set_study(study)
        if self.work is not None:
            self.work.close()
        self.work = TranscribeWork(Desk(self.context, study, self)) if study is not None else None
        self.text.clear()
        self.text.view.open(study)
        self.queue.show_recordings([])
        self.empty.button.setEnabled(study is not None and not study.read_only)
        self.choices.refresh()

    @override
    def refresh(self, changes: ChangeSet | None) -> None:
        if self.work is not None:
            self.work.refresh(changes)

    @override
    def in_hand(self) -> Sequence[tuple[str, str]]:
        row, turn = self.queue.current, self.text.view.text.selection.turn()
        turns = (("turn", str(turn.id)),) if turn is not None else ()
        return (*turns, ("source", str(row.source.id))) if row is not None else ()

    @override
    @classmethod
    def actions_offered(cls) -> Sequence[Action[TranscribeWorkspace]]:
        return (
            ALL,
            *OF_JOB,
            _OPEN,
            *QUEUE_ACTIONS,
            *WRITING_ACTIONS,
            *EXPORT_ACTIONS,
            *VOICE_ACTIONS,
            *actions_on_speaker(cls.key, cls.title, 5),
        )

    @override
    def focus_object(self, kind: str, object_id: str) -> None:
        self.queue.select(object_id)

    def show_list(self, *, on: bool) -> None:
        """Show the recordings, or that there are none yet."""
        self._pages.setCurrentIndex(1 if on else 0)

    # Inside

    def _build(self) -> None:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setObjectName("transcribe")
        for pane in (self._left(), self._middle(), self.speakers):
            splitter.addWidget(pane)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([272, 820, 272])
        splitting.remember(self.context, splitter)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(splitter)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)

    def _left(self) -> QWidget:
        left = look(QWidget(), "paper")
        head = QHBoxLayout()
        head.setContentsMargins(16, 16, 16, 8)
        head.addWidget(label(t("Recordings"), "heading"), 1)
        head.addSpacing(8)
        head.addWidget(self.all_button)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(with_picture(self, self.queue), 1)
        column.addWidget(hairline())
        column.addWidget(self.choices)
        return left

    def _middle(self) -> QWidget:
        middle = look(QWidget(), "surface")
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 16, 8)
        head.setSpacing(2)
        head.addLayout(self.text.head, 1)
        for action in OF_JOB:
            tool = icon_button(self.context.icons, action.icon, action.name)
            tool.setIconSize(QSize(18, 18))
            tool.clicked.connect(lambda _on=False, run=action.run: run(self))
            self.tools[action.id] = tool
            head.addWidget(tool, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.text, 1)
        return middle

    def _connect(self) -> None:
        self.empty.button.clicked.connect(lambda: self.context.signals.import_requested.emit([]))
        self.queue.chosen.connect(self._on_chosen)
        self.queue.customContextMenuRequested.connect(self._on_menu)
        self.text.play_wanted.connect(self._play)

    def follow(self) -> None:
        """Show what can be done with the recording chosen."""
        for action in OF_JOB:
            self.tools[action.id].setVisible(bool(action.enabled and action.enabled(self)))
        self.all_button.setEnabled(bool(ALL.enabled and ALL.enabled(self)))
        self.context.actions.refresh()

    def _on_chosen(self, source_id: str) -> None:
        if self.work is not None:
            self.work.show_text(None)
        self.follow()
        if self.isVisible():
            self.context.signals.source_shown.emit(source_id)

    def _on_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in (*OF_JOB, *OF_ONE, *SOUND):
            if action.enabled and action.enabled(self):
                menu.addAction(self.context.actions.qaction(action.id))
        menu.addAction(self.context.actions.qaction("transcribe.code"))
        menu.popup(self.queue.viewport().mapToGlobal(at))

    def _play(self, start_ms: int, end_ms: int) -> None:
        row = self.queue.current
        if row is not None:
            self.context.signals.play_requested.emit(row.source.id, start_ms, end_ms)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        row = self.queue.current
        if row is not None:
            self.context.signals.source_shown.emit(row.source.id)
