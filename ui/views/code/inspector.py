"""The inspector: everything one can say about the selected observation."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.context import AppContext
from ui.i18n import clock, t
from ui.models.passages import voice, words_of
from ui.views.code.memo import MemoField
from ui.views.code.ratings import Ratings
from ui.views.widgets.controls import Segmented, add_chip, chip
from ui.views.widgets.flow import FlowLayout
from ui.views.widgets.looks import button, label, look
from workbench.domain.journey import Stage
from workbench.domain.observation import Expectation, Kind, Placement, Promise
from workbench.domain.passage import Passage

_PROMISES = {
    None: ("Promise", "add"),
    Promise.NAMED: ("Promise named", ""),
    Promise.KEPT: ("Promise kept", "good"),
    Promise.BROKEN: ("Promise broken", "bad"),
}


class Inspector(QStackedWidget):
    """Shows one passage, or how to make one.

    Args:
        context: colours and icons.

    Signals:
        changed: field of the observation and its new value.
        code_dropped: id of the code to take off.
        code_wanted: a code is to be added.
        touchpoint_wanted: a touchpoint is to be chosen.
        memo_written: observation id and text.
        play_wanted: the passage is to be heard.
        place_wanted: the waiting observation belongs to the words now selected.
        left: a person wants to go back to the text.
    """

    changed = Signal(str, object)
    code_dropped = Signal(str)
    code_wanted = Signal()
    touchpoint_wanted = Signal()
    memo_written = Signal(str, str)
    play_wanted = Signal()
    place_wanted = Signal()
    left = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.passage: Passage | None = None
        self._stages: Sequence[Stage] = ()
        self.setAccessibleName(t("Observation"))
        self.setMinimumWidth(248)
        look(self, "paper")
        self.addWidget(_teaching())
        self._page = QWidget()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._page)
        self.addWidget(area)
        self._build()

    def _build(self) -> None:
        self.quote = label("", "quote", wrap=True)
        self.quote.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.source = label("", "meta")
        self.play = button(t("▶ play"), "link")
        self.play.setAccessibleName(t("Play this passage"))
        self.play.clicked.connect(self.play_wanted)
        self.place = button(t("Place on the selected words"), "primary")
        self.place.clicked.connect(self.place_wanted)
        self.lost = label(
            t("These words are no longer in the text. Select where they belong now."),
            "meta",
            wrap=True,
        )
        self._codes = _flow()
        self._place_row = _flow()
        self.ratings = Ratings()
        self.ratings.rated.connect(self.changed)
        self.ratings.left.connect(self.left)
        self.kind = Segmented(
            ((Kind.FACT, t("Fact")), (Kind.PERCEPTION, t("Perception"))),
            name=t("Fact or perception"),
            empty=True,
        )
        self.kind.chosen.connect(lambda value: self.changed.emit("kind", value))
        self.expectation = Segmented(
            ((Expectation.EXPECTED, t("Expected")), (Expectation.HAD, t("Had"))),
            name=t("Expected or had"),
            empty=True,
        )
        self.expectation.chosen.connect(lambda value: self.changed.emit("expectation", value))
        self._flags = _flow()
        self.memo = MemoField()
        self.memo.written.connect(self.memo_written)
        self.memo.left.connect(self.left)
        self._lay_out()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(2)
        line.addWidget(self.source)
        line.addWidget(self.play)
        line.addStretch(1)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(16, 18, 16, 16)
        column.setSpacing(0)
        column.addWidget(self.quote)
        column.addLayout(line)
        column.addWidget(self.lost)
        column.addWidget(self.place)
        sections: tuple[tuple[str, tuple[QWidget, ...]], ...] = (
            ("Codes", (self._codes,)),
            ("Stage and touchpoint", (self._place_row,)),
            ("Experience", (self.ratings,)),
            ("What it is", (self.kind, self.expectation, self._flags)),
            ("Memo", (self.memo,)),
        )
        for title, widgets in sections:
            column.addSpacing(14)
            column.addWidget(label(t(title), "heading"))
            for widget in widgets:
                column.addSpacing(6)
                column.addWidget(widget)
        column.addStretch(1)

    def show_passage(self, passage: Passage | None, stages: Sequence[Stage]) -> None:
        """Show an observation, or how to make one.

        Args:
            passage: the observation in its surroundings.
            stages: of the journey, for the menu.
        """
        self.passage, self._stages = passage, stages
        if passage is None:
            self.memo.forget()
            self.setCurrentIndex(0)
            return
        seen = passage.observation
        self.quote.setText(_quoted(passage))
        span = seen.span
        times = f"{clock(span.start_ms)}–{clock(span.end_ms)}" if span else ""
        self.source.setText(" · ".join(filter(None, (voice(passage), times))))
        self.play.setVisible(span is not None)
        waits = seen.placement is Placement.REVIEW
        self.lost.setVisible(waits)
        self.place.setVisible(waits)
        self._show_codes(passage)
        self._show_place(passage)
        self.ratings.show_values(seen)
        self.kind.set_value(seen.kind)
        self.expectation.set_value(seen.expectation)
        self._show_flags(passage)
        self.memo.show_memo(seen.id, passage.memo)
        self.setCurrentIndex(1)

    def _show_codes(self, passage: Passage) -> None:
        flow = _emptied(self._codes)
        stage = passage.stage
        colour = self._context.theme.stage_line(stage.colour) if stage else None
        for code in passage.codes:
            made = chip(f"{code.name}  ×", colour=colour)
            made.setAccessibleName(t("Take off the code {name}", name=code.name))
            made.setToolTip(code.definition or t("Press to take this code off"))
            made.clicked.connect(lambda _on=False, key=code.id: self.code_dropped.emit(key))
            flow.addWidget(made)
        add = add_chip(t("code"))
        add.clicked.connect(self.code_wanted)
        flow.addWidget(add)

    def _show_place(self, passage: Passage) -> None:
        flow = _emptied(self._place_row)
        stage, point = passage.stage, passage.touchpoint
        if stage:
            made = chip(stage.name, colour=self._context.theme.stage_line(stage.colour))
        else:
            made = add_chip(t("stage"))
        made.setToolTip(t("Choose a stage (1–8)"))
        made.clicked.connect(lambda: self._ask_stage(made))
        flow.addWidget(made)
        other = chip(point.name) if point else add_chip(t("touchpoint"))
        other.setToolTip(t("Choose a touchpoint (T)"))
        other.clicked.connect(self.touchpoint_wanted)
        flow.addWidget(other)

    def _ask_stage(self, near: QPushButton) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, stage in enumerate(self._stages, start=1):
            entry = menu.addAction(stage.name)
            if number <= 8:
                entry.setText(f"{stage.name}\t{number}")
            entry.triggered.connect(
                lambda _on=False, key=stage.id: self.changed.emit("stage_id", key)
            )
        menu.addSeparator()
        menu.addAction(t("No stage")).triggered.connect(lambda: self.changed.emit("stage_id", None))
        menu.popup(near.mapToGlobal(near.rect().bottomLeft()))

    def _show_flags(self, passage: Passage) -> None:
        flow = _emptied(self._flags)
        seen = passage.observation
        text, tone = _PROMISES[seen.promise]
        promise = chip(t(text), tone=tone)
        promise.setToolTip(t("Promise named, kept or broken (P)"))
        promise.clicked.connect(lambda: self._ask_promise(promise))
        flow.addWidget(promise)
        moment = chip(t("Moment of truth"), tone="" if seen.moment_of_truth else "add")
        moment.setCheckable(True)
        moment.setChecked(seen.moment_of_truth)
        moment.setToolTip(t("A moment that decides about the relationship (O)"))
        moment.clicked.connect(lambda on: self.changed.emit("moment_of_truth", on))
        flow.addWidget(moment)

    def _ask_promise(self, near: QPushButton) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for value in (Promise.NAMED, Promise.KEPT, Promise.BROKEN, None):
            text = _PROMISES[value][0] if value else "No promise"
            menu.addAction(t(text)).triggered.connect(
                lambda _on=False, value=value: self.changed.emit("promise", value)
            )
        menu.popup(near.mapToGlobal(near.rect().bottomLeft()))

    @override
    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            # Keys that press buttons here must not reach the shortcuts of the text.
            event.accept()
            return True
        return super().event(event)


def _quoted(passage: Passage) -> str:
    words = words_of(passage)
    if len(words) > 280:
        words = words[:280].rsplit(" ", 1)[0] + " …"
    return f"“{words}”"


def _teaching() -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(16, 18, 16, 16)
    column.setSpacing(6)
    column.addWidget(label(t("Select words, then type a code’s name."), "soft", wrap=True))
    column.addSpacing(8)
    for key, meaning in (
        ("Space", "the last code again"),
        ("V", "their words become the code"),
        ("1–8", "the stage of the journey"),
    ):
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(label(t(key), "keys"))
        line.addWidget(label(t(meaning), "meta"), 1)
        column.addLayout(line)
    column.addStretch(1)
    return page


def _flow() -> QWidget:
    holder = QWidget()
    FlowLayout(holder, gap=5)
    return holder


def _emptied(holder: QWidget) -> FlowLayout:
    flow = holder.layout()
    if not isinstance(flow, FlowLayout):
        raise TypeError("Chips lie in a flow.")
    flow.clear()
    return flow
