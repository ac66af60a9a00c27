"""A text with its title, its margins and its density bar: what Code and Transcribe both show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.theme import Theme
from ui.views.reading.aloud import Aloud
from ui.views.reading.density import DensityBar
from ui.views.reading.layout import measure
from ui.views.reading.margins import LabelMargin, SpeakerMargin
from ui.views.reading.marks import Mark
from ui.views.reading.text import ReadingText
from ui.views.reading.turns import TurnText
from ui.views.widgets.looks import ShortLabel, look
from workbench.domain.consent import Standing
from workbench.domain.ids import SpeakerId
from workbench.domain.transcript import Turn

_SPEAKERS = 100  # width of the margin with times and names
_LABELS = 200  # widest margin with codes
_LEAST = 330  # with a pane at each side of it this fits 1366 pixels at a scale of 1.5
_TICKS = 20  # where there is no room for words


class ReadingView(QWidget):
    """A text to read.

    Args:
        theme: colours and fonts.
        text: where the words are shown; `None` = one to read only.

    Signals:
        mark_pressed: id of the observation whose words or label were pressed, or "".
    """

    mark_pressed = Signal(str)

    def __init__(self, theme: Theme, text: TurnText | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._names: Mapping[SpeakerId | None, str] = {}
        self._standings: Mapping[SpeakerId | None, Standing] = {}
        look(self, "surface")
        self.text: TurnText = text or ReadingText(theme)
        self.speakers = SpeakerMargin(self.text, theme, self._name_of, self._standing_of)
        self.labels = LabelMargin(self.text, theme)
        self.density = DensityBar(self.text, theme)
        self._aloud = Aloud(self.text, self.speakers.aloud)
        self.title = ShortLabel("", "title")
        self.meta = ShortLabel("", "meta")
        self._build()
        self.text.highlights.pressed.connect(self.mark_pressed)
        self.labels.mark_pressed.connect(self.mark_pressed)
        theme.changed.connect(self._on_theme_changed)

    def _build(self) -> None:
        self.speakers.setFixedWidth(_SPEAKERS)
        self._head = QVBoxLayout()
        self._head.setContentsMargins(_SPEAKERS + 5, 22, 16, 8)
        self._head.setSpacing(2)
        self._top = QHBoxLayout()
        self._top.addWidget(self.title, 1)
        self._head.addLayout(self._top)
        self._head.addWidget(self.meta)
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        self._row.addWidget(self.speakers)
        self._row.addWidget(self.text)
        self._row.addWidget(self.labels)
        self._row.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(self._head)
        left.addLayout(self._row, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(left, 1)
        whole.addWidget(self.density)
        self.setFocusProxy(self.text)
        self.setMinimumWidth(_LEAST)

    def add_to_head(self, corner: QWidget, below: QWidget) -> None:
        """Put a widget beside the title, and another one below the quiet line."""
        self._top.addWidget(corner)
        self._head.addWidget(below)

    def show_text(
        self,
        turns: Sequence[Turn],
        names: Mapping[SpeakerId | None, str],
        *,
        title: str,
        meta: str = "",
        standings: Mapping[SpeakerId | None, Standing] | None = None,
    ) -> None:
        """Show a text, or bring the one that is shown up to date.

        Args:
            turns: in order.
            names: what to call each speaker.
            title: above the text.
            meta: the quiet line below the title.
            standings: what the people behind the speakers said to being quoted.
        """
        self._names, self._standings = names, standings or {}
        self.title.setText(title)
        self.meta.setText(meta)
        self.meta.setVisible(bool(meta))
        self.text.setAccessibleName(title)
        self.text.show_turns(turns)
        self.density.turns_changed()

    def show_marks(self, marks: Iterable[Mark]) -> None:
        """Show these marks and no others."""
        self.text.marks.replace(marks)
        self.text.highlights.show_again()
        self.density.turns_changed()

    def change_marks(
        self, changed: Iterable[Mark], gone: Iterable[str] = (), *, at_once: bool = False
    ) -> None:
        """Show some marks anew and take some away; the rest stays as it is.

        Args:
            changed: the marks.
            gone: ids of those that go.
            at_once: painted before this returns, for what takes its time to be stored.
        """
        marks, new = self.text.marks, list(changed)
        ids = [*gone, *(mark.id for mark in new)]
        rows = marks.rows(ids)
        for mark_id in ids:
            marks.remove(mark_id)
        for mark in new:
            marks.put(mark)
        self.text.highlights.show_again(rows | marks.rows(ids), at_once=at_once)
        self.density.marks_changed()

    def _name_of(self, turn: Turn) -> str:
        return self._names.get(turn.speaker_id, "") if turn.speaker_id else ""

    def _standing_of(self, turn: Turn) -> Standing | None:
        return self._standings.get(turn.speaker_id)

    def _on_theme_changed(self) -> None:
        self.text.dress()
        self._arrange()
        self.density.turns_changed()
        self.update()

    def _arrange(self) -> None:
        """Give the text its measure; what is left belongs to the codes."""
        room = self.width() - _SPEAKERS - self.density.sizeHint().width()
        wide = measure(self._theme) + 10
        labels = _LABELS if room - wide >= _LABELS else max(room - wide, _TICKS)
        if labels < 96:
            labels = _TICKS
        self.labels.setFixedWidth(labels)
        self.text.setFixedWidth(max(200, min(wide, room - labels)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
