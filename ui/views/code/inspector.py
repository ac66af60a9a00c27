"""The inspector: everything one can say about the selected observation, or about several."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.actions import native
from ui.context import AppContext
from ui.i18n import N_, t
from ui.views.code.chips import CodeChips, FlagChips, PlaceChips
from ui.views.code.coding import memo_spot, text_spot
from ui.views.code.details import BasisField, Details, Expected, More
from ui.views.code.memo_page import MemoPage
from ui.views.code.parts import ChoiceField
from ui.views.code.quote import QuoteBox
from ui.views.code.ratings import Ratings
from ui.views.code.together import Together
from ui.views.widgets.looks import label, look
from ui.views.widgets.pages import Pages
from workbench.domain.fields import EXPECTATION, KIND
from workbench.domain.journey import Stage

# Keys that work in the fields of the inspector must not reach the shortcuts of the text.
_OWN_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
_SIDE = 16  # pixels


class Inspector(Pages):
    """Shows what is selected, or how to begin.

    Args:
        context: colours and icons.

    Signals:
        changed: what the observations are to have, as a `Given`.
        code_added: id of a code that all shall have.
        code_dropped: id of the code to take off.
        code_wanted: a code is to be added.
        touchpoint_wanted: a touchpoint is to be chosen.
        stage_wanted: a stage is to be chosen or made.
        play_wanted: the passage is to be heard.
        place_wanted: the waiting observation belongs to the words now selected.
        left: a person wants to go back to the text.
    """

    changed = Signal(object)
    code_added = Signal(str)
    code_dropped = Signal(str)
    code_wanted = Signal()
    touchpoint_wanted = Signal()
    stage_wanted = Signal()
    play_wanted = Signal()
    place_wanted = Signal()
    left = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.setAccessibleName(t("Observation"))
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
        self._area = area
        self._build()
        self._connect()

    def _build(self) -> None:
        self.head = QuoteBox()
        self.quote, self.place = self.head.quote, self.head.place
        self.codes, self.places, self.flags = CodeChips(), PlaceChips(), FlagChips()
        self.ratings, self.basis = Ratings(), BasisField()
        self.kind, self.expectation = ChoiceField(KIND), ChoiceField(EXPECTATION)
        self.expected, self.more = Expected(), More()
        self.memo_page = MemoPage()
        self.memo = self.memo_page.field
        self._memo_title = label(t("Memo"), "heading")
        column = QVBoxLayout(self._page)
        column.setContentsMargins(_SIDE, 18, _SIDE, 16)
        column.setSpacing(0)
        column.addWidget(self.head)
        sections: tuple[tuple[QLabel, tuple[QWidget, ...]], ...] = (
            (label(t("Codes"), "heading"), (self.codes,)),
            (label(t("Stage and touchpoint"), "heading"), (self.places,)),
            (label(t("Experience"), "heading"), (self.ratings, self.basis)),
            (label(t("What it is"), "heading"),
             (self.kind, self.expectation, self.expected, self.flags)),
            (self._memo_title, (self.memo_page,)),
        )  # fmt: skip
        for title, widgets in sections:
            title.setContentsMargins(0, 14, 0, 0)
            column.addWidget(title)
            for widget in widgets:
                if not isinstance(widget, Details):  # those may hide, with the air above them
                    column.addSpacing(6)
                column.addWidget(widget)
        column.addSpacing(8)
        column.addWidget(self.more)
        column.addStretch(1)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Only now dressed. Nothing scrolls sideways, and these rows neither wrap nor shrink.
        rows = (self.ratings, self.basis, self.kind, self.expectation)
        widest = max(row.minimumSizeHint().width() for row in rows)
        bar = self._area.verticalScrollBar().sizeHint().width()
        self.setMinimumWidth(widest + 2 * _SIDE + bar)

    def _connect(self) -> None:
        self.head.play_wanted.connect(self.play_wanted)
        self.head.place_wanted.connect(self.place_wanted)
        self.codes.added.connect(self.code_added)
        self.codes.dropped.connect(self.code_dropped)
        self.codes.wanted.connect(self.code_wanted)
        self.places.touchpoint_wanted.connect(self.touchpoint_wanted)
        self.places.stage_wanted.connect(self.stage_wanted)
        for part in (
            *(self.places, self.flags, self.ratings, self.basis),
            *(self.kind, self.expectation, self.expected, self.more),
        ):
            part.changed.connect(self.changed)
        for details in (self.ratings, self.basis, self.expected, self.more):
            details.left.connect(self.left)
        self.memo.left.connect(self.left)

    def show_together(self, together: Together | None, stages: Sequence[Stage]) -> None:
        """Show one observation, what several have in common, or how to make one.

        Args:
            together: what is selected.
            stages: of the journey, for the menu.
        """
        study = self._context.study
        if together is None or study is None:
            self.memo.forget()
            self.setCurrentIndex(0)
            return
        theme = self._context.theme
        self.head.show_together(together)
        self.codes.show_together(together, theme)
        self.places.show_together(together, theme, stages)
        for part in (self.ratings, self.basis, self.kind, self.expectation, self.more, self.flags):
            part.show_together(together)
        self.expected.show_together(together, partial(text_spot, study, together.ids))
        only = together.only
        for widget in (self._memo_title, self.memo_page):
            widget.setVisible(only is not None)
        if only is None:
            self.memo.forget()
        else:
            spot = memo_spot(study, only.id, self.memo.accessibleName())
            self.memo_page.show_memo(only.id, only.memo, spot)
        self.setCurrentIndex(1)

    def flush(self) -> None:
        """Keep what was typed, before something else is selected."""
        self.memo.flush()
        self.expected.flush()

    def show_surroundings(self, before: str, after: str, *, coder: str) -> None:
        """Show what stands around the words, and who made the observation."""
        self.head.show_surroundings(before, after, coder=coder)

    def begin_rating(self) -> None:
        """Put the focus on the first dimension."""
        self.ratings.begin()
        self._area.ensureWidgetVisible(self.ratings)

    def begin_memo(self) -> None:
        """Put the focus into the memo."""
        self.memo_page.begin()
        self._area.ensureWidgetVisible(self.memo_page)

    @override
    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _OWN_KEYS
        ):
            event.accept()
            return True
        return super().event(event)


def _teaching() -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(16, 18, 16, 16)
    column.setSpacing(6)
    column.addWidget(label(t("Select words, then type a code’s name."), "soft", wrap=True))
    column.addSpacing(8)
    for key, meaning in (
        (native("Space"), N_("the last code again")),
        ("V", N_("their words become the code")),
        ("1–8", N_("the stage of the journey")),
        (".", N_("more words: sentence, turn")),
        (native("Shift+Return"), N_("code the whole turn")),
        (native("Shift+E"), N_("rate; Shift with T F X P O M too")),
    ):
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(label(key, "keys"))
        line.addWidget(label(t(meaning), "meta", wrap=True), 1)
        column.addLayout(line)
    column.addStretch(1)
    return page
