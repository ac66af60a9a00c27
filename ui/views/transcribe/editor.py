"""The text of a recording, to read while it comes, to hear and to correct."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.context import AppContext
from ui.i18n import t
from ui.views.reading.aloud import Aloud
from ui.views.reading.density import DensityBar
from ui.views.reading.editing import EditableText
from ui.views.reading.layout import measure
from ui.views.reading.margins import SpeakerMargin
from ui.views.transcribe.checking import Checking
from ui.views.transcribe.doubt_margin import NARROW, DoubtMargin
from ui.views.transcribe.find_bar import FindBar
from ui.views.transcribe.gap_marks import GapMarks
from ui.views.transcribe.heard_box import HeardBox
from ui.views.transcribe.hits import Hits
from ui.views.transcribe.recognised import Recognised
from ui.views.transcribe.text_menu import TextMenu
from ui.views.writing.keeping import Keeper
from workbench.domain.consent import Standing
from workbench.domain.ids import SpeakerId, TurnId
from workbench.domain.transcript import Turn
from workbench.study import Study

_SPEAKERS, _DOUBTS = 112, 168
_END = 8  # pixels from the end that still count as being there


class Editor(QWidget):
    """The editor with its margins, its find bar and what was recognised.

    Args:
        context: theme, icons, actions.
        origin: who corrects; comes back in the changes.

    Attributes:
        gaps: the speech without words.
        checking: goes from one doubtful place to the next.
        hits: what is found, and put in its place.
        recognised: what the engine heard.
        menu: what a press with the other button offers.

    Signals:
        play_wanted: start and end in ms; end 0 plays on.
        shape_changed: turns were cut or joined here.
    """

    play_wanted = Signal(int, int)
    shape_changed = Signal()

    def __init__(self, context: AppContext, origin: object) -> None:
        super().__init__()
        self._context = context
        self._names: Mapping[SpeakerId, str] = {}
        self.keeper = Keeper(origin)
        self.text = EditableText(context.theme, self.keeper)
        self.gaps = GapMarks(self.text, context.theme)
        self.text.setAccessibleName(t("Text"))
        self._standings: Mapping[SpeakerId | None, Standing] = {}
        self.speakers = SpeakerMargin(
            self.text,
            context.theme,
            self._name_of,
            lambda turn: self._standings.get(turn.speaker_id),
        )
        self.doubts = DoubtMargin(self.text, context.theme)
        self.density = DensityBar(self.text, context.theme)
        self._aloud = Aloud(self.text, self.speakers.aloud)
        self.finder = FindBar(context, self.keeper)
        self.heard = HeardBox(context)
        say = context.signals.toast_requested.emit
        self.checking = Checking(self.text, self.gaps, self.keeper, say)
        self.hits = Hits(self.text, self.density, self.finder)
        self.recognised = Recognised(self.text, self.heard, self.keeper)
        self.menu = TextMenu(self.text, context.actions, self.checking)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.speakers.setFixedWidth(_SPEAKERS)
        row = QHBoxLayout()
        row.setSpacing(0)
        for part in (self.speakers, self.text, self.doubts):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.density)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.finder)
        column.addLayout(row, 1)
        column.addWidget(self.heard)
        self.setFocusProxy(self.text)

    def _connect(self) -> None:
        text = self.text
        text.sound.wanted.connect(lambda ms: self.play_wanted.emit(ms, 0))
        self.gaps.pressed.connect(self.play_wanted)
        text.shape_changed.connect(self._on_shape_changed)
        text.textChanged.connect(self.finder.search_soon)
        text.cursorPositionChanged.connect(self._on_caret_moved)
        text.focus_changed.connect(lambda _on: self._context.actions.refresh())
        self._context.theme.changed.connect(self._on_theme_changed)

    # What is shown

    def open(self, study: Study | None) -> None:
        """Correct another study, or none."""
        self.keeper.open(study)
        self.text.set_editable(on=study is not None and not study.read_only)
        if study is None:
            self.finder.hide()
            self.heard.hide()

    @property
    def turns(self) -> Sequence[Turn]:
        """Return the turns shown, as they are now."""
        return self.text.turns

    def show_turns(
        self,
        turns: Sequence[Turn],
        names: Mapping[SpeakerId, str],
        standings: Mapping[SpeakerId | None, Standing] | None = None,
    ) -> None:
        """Show a text; it follows its end as long as its end is in view.

        Args:
            turns: what is said.
            names: what the speakers are called.
            standings: what the people behind them said to being quoted.
        """
        bar = self.text.verticalScrollBar()
        grows = len(turns) > len(self.turns) > 0 and self.turns[0].id == turns[0].id
        follow = grows and bar.value() >= bar.maximum() - _END and not self.text.hasFocus()
        self._names, self._standings = names, standings or {}
        self.speakers.update()
        self.text.show_turns(turns)
        if follow:
            bar.setValue(bar.maximum())
        transcript_id = turns[0].transcript_id if turns else None
        self.finder.set_transcript(transcript_id)
        self._after_change()

    def change_turns(self, turns: Sequence[Turn]) -> None:
        """Show turns as they are now; all others stay as they are."""
        self.text.change_turns(turns)
        self._after_change()

    def lines(self) -> list[tuple[str, str]]:
        """Return voice and words of every turn, as shown."""
        return [(self._name_of(turn), turn.text) for turn in self.turns]

    def selected_turns(self) -> list[TurnId]:
        """Return the turns of the selection, or the one with the caret."""
        return [turn.id for turn in self.text.selection.turns()]

    def _name_of(self, turn: Turn) -> str:
        return self._names.get(turn.speaker_id, "") if turn.speaker_id else ""

    def _after_change(self) -> None:
        self.density.turns_changed()
        self.doubts.update()
        self.speakers.update()
        self.recognised.follow()

    # Commands

    def can_correct(self) -> bool:
        """Tell whether there is a text that may be changed."""
        return bool(self.turns) and not self.text.isReadOnly()

    def play_here(self) -> None:
        """Play from the word at the caret, or the speech without words that is there."""
        if gap := self.gaps.here():
            self.play_wanted.emit(gap.start_ms, gap.end_ms)
            return
        cursor = self.text.textCursor()
        cursor.setPosition(cursor.position())
        if (ms := self.text.sound.time_of(cursor)) is not None:
            self.play_wanted.emit(ms, 0)

    def go_to_sound(self) -> None:
        """Put the caret at the word that is being said."""
        if lit := self.text.sound.lit:
            self.text.page.reveal(lit[0], lit[1])
            self.text.setFocus()

    # Inside

    def _on_shape_changed(self) -> None:
        self._after_change()
        self.shape_changed.emit()

    def _on_caret_moved(self) -> None:
        self.speakers.update()
        self.recognised.follow()

    def _on_theme_changed(self) -> None:
        self.text.dress()
        self._arrange()
        self.update()

    def _arrange(self) -> None:
        """Give the text its measure; what is left tells why a turn is doubtful."""
        room = self.width() - _SPEAKERS - self.density.sizeHint().width()
        needed = measure(self._context.theme) + 10
        wide = room - needed >= _DOUBTS
        self.doubts.setFixedWidth(_DOUBTS if wide else NARROW)
        self.text.setFixedWidth(max(200, min(needed, room - self.doubts.width())))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
