"""What is selected in Code: words, one observation, or several; `gestures` does things to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.context import AppContext
from ui.views.code.clicks import Clicks
from ui.views.code.coding import Coding, Target
from ui.views.code.inspector import Inspector
from ui.views.code.together import Together
from ui.views.picking.picker import Picker
from ui.views.reading.open_text import OpenText
from ui.views.reading.view import ReadingView
from ui.views.workspace import Workspace
from workbench.domain.anchors import TextAnchor, surroundings
from workbench.domain.ids import ObservationId
from workbench.domain.journey import Stage
from workbench.domain.passage import Passage
from workbench.domain.sentences import wider


class CodeSelecting(Workspace):
    """The text, the inspector, and what is selected.

    Args:
        context: everything the window shares.
    """

    key = "code"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._coding: Coding | None = None
        self._open: OpenText | None = None
        self._stages: list[Stage] = []
        self._ids: tuple[ObservationId, ...] = ()
        self.chosen: tuple[Passage, ...] = ()
        self.view = ReadingView(context.theme)
        self.text = self.view.text
        self.text.spoken = context.spoken
        self.inspector = Inspector(context)
        self.picker = Picker(context, self)
        clicks = Clicks(self.view)
        self.text.selectionChanged.connect(self._refresh_actions)
        self.text.installEventFilter(self)
        self.view.mark_pressed.connect(self._on_mark_pressed)
        clicks.joined.connect(self.join)
        clicks.reached.connect(self.reach)
        clicks.widened.connect(self.widen)
        self.inspector.left.connect(self.text.setFocus)

    # What there is

    def has_text(self) -> bool:
        """Tell whether a text is shown."""
        return bool(self.text.turns)

    def can_change(self) -> bool:
        """Tell whether the study may be changed."""
        return self.study is not None and not self.study.read_only

    def can_change_text(self) -> bool:
        """Tell whether there is a text to code."""
        return self.can_change() and self.has_text()

    def has_words(self) -> bool:
        """Tell whether words are selected."""
        return self.can_change() and self.text.selected_anchor() is not None

    def has_observation(self) -> bool:
        """Tell whether an observation is selected, or several."""
        return self.can_change() and bool(self.chosen)

    def can_code(self) -> bool:
        """Tell whether there is something to give a code to."""
        return self.has_words() or self.has_observation()

    def can_note(self) -> bool:
        """Tell whether there is one thing to write a memo on."""
        return self.has_words() or (self.can_change() and self.passage is not None)

    # Observations

    @property
    def passage(self) -> Passage | None:
        """Return the selected observation with all around it, if there is just one."""
        return self.chosen[0] if len(self.chosen) == 1 else None

    def choose(self, ids: Sequence[str], *, reveal: bool = False) -> None:
        """Select observations; the last one is where keys go on from."""
        self.inspector.flush()
        if not ids and not self._ids:
            return
        self._ids = tuple(ObservationId(one) for one in dict.fromkeys(ids) if one)
        self.text.select_mark(self._ids[-1] if self._ids else "", also=self._ids, reveal=reveal)
        self._show_passage()

    def join(self, observation_id: str) -> None:
        """Select one more observation, or one less."""
        ids: list[str] = [one for one in self._ids if one != observation_id]
        if observation_id not in self._ids:
            ids.append(observation_id)
        self.choose(ids)
        self.text.setFocus()

    def reach(self, observation_id: str) -> None:
        """Select all observations from the selected one to another."""
        ids = [mark.id for mark in self.text.marks.all()]
        known = [ids.index(one) for one in (self.text.selected_mark, observation_id) if one in ids]
        if not known:
            return
        between = ids[min(known) : max(known) + 1]
        self.choose(between if between[-1] == observation_id else between[::-1])
        self.text.setFocus()

    def select_all(self) -> None:
        """Select all observations that are shown."""
        self._complete()
        self.choose([mark.id for mark in self.text.marks.all()])

    def next_observation(self) -> None:
        """Select the next observation of the text."""
        self._step(1)

    def previous_observation(self) -> None:
        """Select the previous observation of the text."""
        self._step(-1)

    def join_next(self) -> None:
        """Select the next observation as well."""
        self._step(1, join=True)

    def join_previous(self) -> None:
        """Select the previous observation as well."""
        self._step(-1, join=True)

    def _step(self, by: int, *, join: bool = False) -> None:
        self._complete()
        ids = [mark.id for mark in self.text.marks.all()]
        if not ids:
            return
        if self.text.selected_mark in ids:
            at = ids.index(self.text.selected_mark) + by
        else:
            at = self._next_from_caret(by)
        there = ids[at % len(ids)]
        if join:
            # Going back over what was joined takes it off again.
            kept = [one for one in self._ids if one != there]
            if there in self._ids and self._ids[-2:-1] == (there,):
                kept = [one for one in self._ids[:-1] if one != there]
            self.choose([*kept, there], reveal=True)
        else:
            self.choose([there], reveal=True)

    def _complete(self) -> None:
        """Have all marks of the text, not only those of the first page."""
        if self._open is not None:
            self._open.complete()

    def _next_from_caret(self, by: int) -> int:
        """Return the place of the first mark behind the caret, or of the last one before it."""
        cursor = self.text.textCursor()
        here = (cursor.blockNumber(), cursor.positionInBlock())
        before = sum((mark.first, mark.start) < here for mark in self.text.marks.all())
        return before if by > 0 else before - 1

    def _show_passage(self) -> None:
        """Read the selected observations and show them at the right."""
        known = self._open.passage(self._ids[0]) if self._open and len(self._ids) == 1 else None
        found = [known] if known else []
        if self._ids and not found and self.study is not None:
            found = self.study.observations.passages(self._ids)
        self.chosen = tuple(one for one in found if one.observation.deleted_at is None)
        self._ids = tuple(passage.id for passage in self.chosen)
        together = Together(self.chosen) if self.chosen else None
        self.inspector.show_together(together, self._stages)
        only = self.passage
        if only is not None:
            self.inspector.show_surroundings(*self._around(only), coder=self._coder_of(only))
        self._refresh_actions()

    def _refresh_actions(self) -> None:
        self.context.actions.refresh(self)

    def _around(self, passage: Passage) -> tuple[str, str]:
        anchor = passage.observation.anchor
        if anchor is None:
            return "", ""
        first, last = self.text.row_of(anchor.first_turn), self.text.row_of(anchor.last_turn)
        if first < 0 or last < 0:
            return "", ""
        return surroundings(self.text.turns, first, last, anchor)

    def _coder_of(self, passage: Passage) -> str:
        coders = self.study.coders.all() if self.study else []
        wanted = passage.observation.coder_id
        return next((coder.name for coder in coders if coder.id == wanted), "")

    def _on_mark_pressed(self, mark_id: str) -> None:
        self.choose([mark_id])
        self.text.setFocus()

    # Words

    def widen(self) -> None:
        """Select the word, then the sentence, then the turn around the caret or the words."""
        if not self.text.turns:
            return
        first, start, last, end = self._range()
        turns = self.text.turns
        tail = turns[last].text if last > first else None
        start, end = wider(turns[first].text, start, end, tail=tail)
        self.text.select_anchor(TextAnchor(turns[first].id, start, turns[last].id, end))

    def select_turn(self) -> None:
        """Select all of the turn with the caret, or of those with selected words."""
        if not self.text.turns:
            return
        first, _, last, _ = self._range()
        turns = self.text.turns
        whole = TextAnchor(turns[first].id, 0, turns[last].id, len(turns[last].text))
        self.text.select_anchor(whole)

    def _range(self) -> tuple[int, int, int, int]:
        """Return first row and code point, last row and code point of what is selected."""
        anchor = self.text.selected_anchor()
        if anchor is not None:
            rows = self.text.row_of(anchor.first_turn), self.text.row_of(anchor.last_turn)
            return rows[0], anchor.start, rows[1], anchor.end
        cursor = self.text.textCursor()
        row = cursor.blockNumber()
        point = self.text.points(row, cursor.positionInBlock())
        return row, point, row, point

    def _target(self) -> Target:
        """Return what a gesture is about: new words, or the selected observations."""
        anchor = self.text.selected_anchor()
        if anchor is None:
            return Target(ids=self._ids, words=" ".join(p.words for p in self.chosen))
        words = self.text.textCursor().selectedText().replace("\u2029", " ")
        if self.passage is not None and self.passage.observation.anchor == anchor:
            return Target(ids=self._ids, words=words)
        return Target(anchor, words=words)

    def _near(self) -> QRect:
        """Return where on the page the words or the observation are."""
        text = self.text
        cursor = text.textCursor()
        cursor.setPosition(cursor.selectionStart())
        place = text.cursorRect(cursor).united(text.cursorRect())
        place.setWidth(1)
        mark = text.marks.get(text.selected_mark)
        if mark is not None and not text.textCursor().hasSelection():
            place = text.place_of(mark)
        corner = text.viewport().mapTo(self, QPoint(place.left(), place.top()))
        return QRect(corner, place.size())

    def leave(self) -> bool:
        """Select less: no words, else one observation, else none; tell whether that was so."""
        if self.text.textCursor().hasSelection():
            self.text.drop_selection()
        elif len(self._ids) > 1:
            self.choose(self._ids[-1:])
        elif self._ids:
            self.choose([])
        else:
            return False
        return True

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return (
            watched is self.text
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.leave()
        )
