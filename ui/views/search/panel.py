"""Search as one types, restrict it, open a hit in its place, code all of them after a look."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QWidget
from typing_extensions import override

from ui.context import AppContext
from ui.i18n import Phrase, plural, t
from ui.views.drawer.frame import filter_field, lay_out
from ui.views.hearing import Hearing
from ui.views.picking.matching import resolved
from ui.views.picking.options import code_options
from ui.views.picking.picker import Picker
from ui.views.search.model import ResultsModel
from ui.views.search.row import HitPainter
from ui.views.search.said import SaidBy
from ui.views.widgets.controls import Segmented, ShortBox
from ui.views.widgets.looks import button, label, look
from ui.views.widgets.steady import show_steadily
from workbench.domain import speaking
from workbench.domain.change import ChangeSet, TableName
from workbench.domain.ids import CodeId, ParticipantId, StageId
from workbench.domain.materials import Method
from workbench.domain.searching import KINDS, Extent, Mode, Search
from workbench.errors import WorkbenchError

_PAUSE_MS = 150
_SHOWN, _CODED = 100, 2000  # hits of each kind
_READS: tuple[TableName, ...] = (
    "turn", "memo", "observation", "observation_code", "code", "stage", "touchpoint", "insight",
    "opportunity", "charter", "visit_answer",
    *speaking.TABLES,  # who said it, to whom one can restrict it
)  # fmt: skip
_MODES: tuple[tuple[Mode, Phrase], ...] = (
    (Mode.WORDS, "Words"),
    (Mode.PREFIX, "Beginnings"),
    (Mode.PHRASE, "Phrase"),
    (Mode.NEAR, "Near"),
    (Mode.PATTERN, "Pattern"),
)
_EXTENTS: tuple[tuple[Extent, Phrase], ...] = (
    (Extent.WORDS, "Words"),
    (Extent.SENTENCE, "Sentence"),
    (Extent.TURN, "Turn"),
)


class SearchPanel(QWidget):
    """The search over the open study.

    Args:
        context: everything the window shares.
    """

    title: Phrase = "Search"

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.hearing = Hearing(self.refresh, reads=_READS)
        self.field = filter_field(t("Search in everything"), t("Search in everything"))
        self.modes = Segmented([(mode, t(title)) for mode, title in _MODES], name=t("How"))
        self.person = ShortBox[ParticipantId | None](t("Person"))
        self.method = ShortBox[Method | None](t("Method"))
        self.stage = ShortBox[StageId | None](t("Stage"))
        self.model = ResultsModel()
        self._shown: Search | None = None  # what was searched for
        self.list = QListView()
        self.count = label("", "meta", wrap=True)
        self.code = button(t("Code all hits…"))
        self.extent = Segmented(
            [(extent, t(title)) for extent, title in _EXTENTS],
            name=t("How much is coded"),
        )
        self.cancel = button(t("Cancel"), "quiet")
        self.picker = Picker(context, self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE_MS)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.modes.set_value(Mode.WORDS)
        self.extent.set_value(Extent.SENTENCE)
        self.list.setModel(self.model)
        self.list.setItemDelegate(HitPainter(self._context.theme, self.list))
        self.list.setAccessibleName(t("Hits"))
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        look(self.list, "plain")
        boxes = QHBoxLayout()
        boxes.setSpacing(6)
        for box in (self.person, self.method, self.stage):
            boxes.addWidget(box, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.code)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        lay_out(
            self,
            [self.field, self.modes, boxes],
            self.list,
            [self.count, self.extent, buttons],
        )
        self.setFocusProxy(self.field)
        self.field.installEventFilter(self)

    def _connect(self) -> None:
        self._soon.timeout.connect(self.search)
        self.field.textChanged.connect(lambda _text: self._soon.start())
        self.modes.chosen.connect(lambda _mode: self.search())
        for box in (self.person, self.method, self.stage):
            box.activated.connect(lambda _row: self.search())
        self.list.clicked.connect(self._on_clicked)
        self.list.activated.connect(self._on_clicked)
        self.model.ticked.connect(self._show_count)
        self.code.clicked.connect(self.code_hits)
        self.cancel.clicked.connect(self.search)

    def refresh(self, changes: ChangeSet | None = None) -> None:
        """Search anew, unless ticks would be lost."""
        if changes is None or changes.touches("participant", "stage"):
            self._fill_boxes()
        if not self.model.ticking:
            self.search()

    def search(self) -> None:
        """Show what is found."""
        self._soon.stop()
        study, asked = self._context.study, self._asked(_SHOWN)
        try:
            hits = study.searching.find(asked) if study else []
        except WorkbenchError as problem:
            self.model.show_hits([])
            self.count.setText(f"{problem.happened} {problem.todo}")
            return
        self.model.tell = SaidBy(study).of
        if asked == self._shown:
            show_steadily(self.list, partial(self.model.show_hits, hits))
            return
        self._shown = asked
        self.model.show_hits(hits)
        self.list.setCurrentIndex(QModelIndex())
        self.list.scrollToTop()

    def code_hits(self) -> None:
        """First show all hits in the texts with ticks; then ask for the code."""
        study = self._context.study
        if study is None or study.read_only:
            return
        if not self.model.ticking:
            asked = self._asked(_CODED, kinds=("turn",))
            self.model.show_hits(study.searching.find(asked), ticking=True)
            return
        options = code_options(study, words=self.field.text())
        self.picker.ask(
            options,
            prompt=t("Code"),
            near=QRect(16, self.list.y(), 1, 1),
            creates="New code “{name}”",
            resolve=lambda name: resolved(options, name),
            picked=lambda key: self._give(CodeId(key), ""),
            named=lambda name: self._give(None, name),
        )

    def _give(self, code_id: CodeId | None, name: str) -> None:
        chosen, extent = self.model.chosen(), Extent(str(self.extent.value))

        def say(done: int) -> None:
            self.search()
            self._context.signals.toast_requested.emit(
                plural(done, "{n} passage coded", "{n} passages coded")
            )

        self._context.run_long(
            t("Coding what was found"),
            lambda study: study.searching.code_all(chosen, code_id or name, extent=extent),
            say,
            size=len(chosen),
        )

    def _asked(self, limit: int, kinds: tuple[str, ...] = KINDS) -> Search:
        return Search(
            self.field.text(),
            Mode(str(self.modes.value)),
            participant_id=self.person.value,
            method=self.method.value,
            stage_id=self.stage.value,
            limit=limit,
            kinds=kinds,
        )

    def _fill_boxes(self) -> None:
        study = self._context.study
        people = study.people.participants() if study else []
        stages = study.journeys.stages() if study else []
        self.person.fill([(t("Person"), None), *((one.pseudonym, one.id) for one in people)])
        self.method.fill([(t("Method"), None), *((t(one.plural), one) for one in Method)])
        self.stage.fill([(t("Stage"), None), *((one.name, one.id) for one in stages)])

    def _show_count(self) -> None:
        ticking, study = self.model.ticking, self._context.study
        hits = self.model.chosen()
        turns = sum(hit.kind == "turn" for hit in hits)
        self.count.setText(
            plural(len(hits), "{n} hit is ticked", "{n} hits are ticked")
            if ticking
            else plural(len(hits), "{n} hit", "{n} hits")
            if self.field.text().strip()
            else t("Type what to look for.")
        )
        can = study is not None and not study.read_only
        self.code.setEnabled(bool(turns) and can)
        self.code.setText(t("Give a code…") if ticking else t("Code all hits…"))
        for part in (self.extent, self.cancel):
            part.setVisible(ticking)

    def _on_clicked(self, index: object) -> None:
        hit = self.model.hit(self.list.currentIndex())
        if hit is not None and index is not None:
            self._context.signals.open_requested.emit(hit.kind, hit.id)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Down and self.model.rowCount() > 1:
                self.list.setFocus()
                self.list.setCurrentIndex(self.model.index(1))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.search()
                return True
        return super().eventFilter(watched, event)
