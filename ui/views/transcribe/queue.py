"""The recordings of a study as a queue: where each stands, how far it is, how long it will take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import (
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QObject,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from ui.bridge.jobs import JobRunner
from ui.bridge.run import share, time_left
from ui.i18n import t
from ui.models.rows import Index, KeyedRows
from ui.plain import plain
from ui.theme import Theme
from ui.views.widgets.looks import look
from ui.views.widgets.row_ground import paint_row_ground
from ui.views.widgets.steady import show_steadily
from workbench.domain.figures import clock
from workbench.domain.jobs import Job, JobState
from workbench.domain.materials import Source, SourceKind
from workbench.study import Study

_ROW, _EDGE = 58, 16
_DRAG = "application/x-workbench-recording"
_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording with its newest job.

    Attributes:
        state: in words.
        share: 0…100 while there is something left to do, else −1.
        tone: theme token of the words.
    """

    source: Source
    job: Job | None
    state: str
    share: int = -1
    tone: str = "ink_faint"


def recordings(study: Study, runner: JobRunner) -> list[Recording]:
    """Return all recordings: the unfinished in the order of the queue, then the others."""
    jobs, texts = study.jobs.newest(), study.transcripts.present()
    order = {job.source_id: place for place, job in enumerate(study.jobs.queue.waiting())}
    sources = [one for one in study.materials.sources() if one.kind is not SourceKind.TEXT]
    sources.sort(key=lambda source: order.get(source.id, len(order)))
    return [
        recording(source, jobs.get(source.id), runner, recognised=source.id in texts)
        for source in sources
    ]


def recording(source: Source, job: Job | None, runner: JobRunner, *, recognised: bool) -> Recording:
    """Return a recording in words."""
    length = clock(source.duration_ms or 0)
    if job is None or job.state is JobState.DONE:
        words = t("transcribed") if job or recognised else t("new")
        return Recording(source, job, f"{length} · {words}")
    done = min(100, 100 * job.done_ms // max(1, job.total_ms))
    match job.state:
        case JobState.RUNNING:
            state, done = _running(job, runner, done)
            return Recording(source, job, state, done, "accent")
        case JobState.PAUSED:
            return Recording(
                source, job, t("paused at {n} %", n=done) if done else t("paused"), done
            )
        case JobState.FAILED:
            state = t("failed at {n} %", n=done) if done else t("failed")
            return Recording(source, job, state, tone="bad")
        case JobState.CANCELLED:
            state = t("cancelled at {n} %", n=done) if done else t("cancelled")
            return Recording(source, job, state)
    return Recording(source, job, f"{length} · {t('waiting')}")


def _running(job: Job, runner: JobRunner, done: int) -> tuple[str, int]:
    progress = runner.progress(job.id)
    if progress is None or progress.stage == "preparing":
        return t("preparing"), done
    if progress.stage == "speakers":
        state, done = t("telling the voices apart"), 100
    elif progress.stage == "again":
        state, done = t("hearing again where words are missing"), 100
    else:
        done = share(progress)
        state = t("{n} %", n=done)
    return (
        (state, done)
        if progress.eta_s is None
        else (f"{state} · {time_left(progress.eta_s)}", done)
    )


class QueueList(QListView):
    """The list.

    Signals:
        chosen: source id of the recording that became current.
        dropped: source id of a recording that was dragged, and its new place in the queue.
    """

    chosen = Signal(str)
    dropped = Signal(str, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setItemDelegate(_Painter(theme, self))
        self.setAccessibleName(t("Recordings"))
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setDragDropMode(QListView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)
        self._rows.dropped.connect(self.dropped)
        look(self, "plain")
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    @property
    def current(self) -> Recording | None:
        """Return the current recording."""
        index = self.currentIndex()
        return index.data(_ROLE) if index.isValid() else None

    def show_recordings(self, rows: Sequence[Recording]) -> None:
        """Show recordings; the current one stays current, else the first becomes it."""
        others = show_steadily(self, partial(self._rows.show_rows, rows))
        if others and rows and self.current is None:
            self.select(rows[0].source.id)

    def select(self, source_id: str) -> bool:
        """Make a recording current; tell whether it is there."""
        index = self._rows.find(source_id)
        if index.isValid():
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self.scrollTo(index)
        return index.isValid()

    def _on_current_changed(self, current: QModelIndex) -> None:
        self.chosen.emit(current.data(_ROLE).source.id if current.isValid() else "")


class _Rows(KeyedRows[Recording]):
    dropped = Signal(str, int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(lambda row: row.source.id, parent)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        row = self.row_at(index)
        if row is None:
            return flags | Qt.ItemFlag.ItemIsDropEnabled
        job = row.job
        if job is not None and job.state in {JobState.WAITING, JobState.PAUSED}:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags

    @override
    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    @override
    def mimeTypes(self) -> list[str]:
        return [_DRAG]

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        if indexes and (row := self.row_at(indexes[0])) is not None:
            data.setData(_DRAG, row.source.id.encode())
        return data

    @override
    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        source_id = bytes(data.data(_DRAG).data()).decode()
        old = self.row_of(source_id)
        if old >= 0 and row >= 0:
            self.dropped.emit(source_id, row - (row > old))
        # The list is built anew from the study; the view must not take the old row out itself.
        return False

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.source.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.source.title}, {row.state}"
        if role == Qt.ItemDataRole.ToolTipRole and row.job is not None and row.job.reason:
            return plain(row.job.reason)
        return row if role == _ROLE else None


class _Painter(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, _ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Recording = index.data(_ROLE)
        rect, theme = option.rect, self._theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        paint_row_ground(painter, theme, option, bar=True)
        inner = rect.adjusted(_EDGE, 8, -_EDGE, -8)
        tone = "ink_soft" if chosen and row.tone == "ink_faint" else row.tone
        self._line(painter, QRect(inner.left(), inner.top(), inner.width(), 20), row.source.title)
        self._line(
            painter, QRect(inner.left(), inner.top() + 21, inner.width(), 20), row.state, tone
        )
        if row.share >= 0:
            track = QRectF(inner.left(), inner.bottom() + 2, inner.width(), 3)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("line"))
            painter.drawRoundedRect(track, 1.5, 1.5)
            track.setWidth(track.width() * row.share / 100)
            painter.setBrush(theme.colour("ink_faint" if row.tone == "ink_faint" else "accent"))
            painter.drawRoundedRect(track, 1.5, 1.5)
        painter.restore()

    def _line(self, painter: QPainter, area: QRect, text: str, tone: str = "") -> None:
        """Write the title, or with a tone the small words below it."""
        font = self._theme.font("small" if tone else "base")
        painter.setFont(font)
        painter.setPen(self._theme.colour(tone or "ink"))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)
