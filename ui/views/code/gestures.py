"""What a person does with words and observations; `CodeWorkspace` puts the panes around it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.actions import Action
from ui.context import AppContext
from ui.i18n import t
from ui.views.code.actions import CODE_ACTIONS
from ui.views.code.coding import Coding, next_expectation, next_kind, next_promise
from ui.views.code.inspector import Inspector
from ui.views.code.picker import Picker
from ui.views.code.reading import OpenText
from ui.views.reading.view import ReadingView
from ui.views.workspace import Workspace
from workbench.domain.anchors import TextAnchor
from workbench.domain.ids import CodeId, ObservationId, StageId, TouchpointId
from workbench.domain.journey import Stage
from workbench.domain.passage import Passage


class CodeGestures(Workspace):
    """The text, the inspector and the picker, and every action on them.

    Args:
        context: everything the window shares.
    """

    key = "code"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._coding: Coding | None = None
        self._open: OpenText | None = None
        self._stages: list[Stage] = []
        self.view = ReadingView(context.theme)
        self.text = self.view.text
        self.text.reserved_letters = "vV"
        self.inspector = Inspector(context)
        self.picker = Picker(context, self)
        inspector = self.inspector
        self.text.selectionChanged.connect(self._refresh_actions)
        self.text.letter_typed.connect(self._ask_code)
        self.view.mark_pressed.connect(self._on_mark_pressed)
        inspector.changed.connect(self._on_field_changed)
        inspector.code_dropped.connect(self._on_code_dropped)
        inspector.code_wanted.connect(self._on_code_wanted)
        inspector.touchpoint_wanted.connect(self.pick_touchpoint)
        inspector.memo_written.connect(self._on_memo_written)
        inspector.play_wanted.connect(self.play_passage)
        inspector.place_wanted.connect(self._on_place_wanted)
        inspector.left.connect(self.text.setFocus)

    # The selected observation

    @property
    def passage(self) -> Passage | None:
        """Return the selected observation with all around it."""
        return self._open.passage(self.text.selected_mark) if self._open else None

    @property
    def _selected(self) -> ObservationId | None:
        return self.passage.observation.id if self.passage else None

    def _select(self, observation_id: str, *, reveal: bool = False) -> None:
        self.text.select_mark(observation_id, reveal=reveal)
        self._show_passage()

    def _show_passage(self) -> None:
        self.inspector.show_passage(self.passage, self._stages)
        self._refresh_actions()

    def _refresh_actions(self) -> None:
        self.context.actions.refresh(self)

    def _on_mark_pressed(self, mark_id: str) -> None:
        self._select(mark_id)
        self.text.setFocus()

    def _targets(self) -> tuple[TextAnchor | None, ObservationId | None]:
        """Return what a gesture is about: new words, or the selected observation."""
        anchor = self.text.selected_anchor()
        chosen = self.passage
        if anchor is None:
            return None, self._selected
        if chosen is not None and chosen.observation.anchor == anchor:
            return None, chosen.observation.id
        return anchor, None

    def _made(self, observation_id: ObservationId | None, *, keep_words: bool = False) -> None:
        """Show what a gesture made, without waiting for the study to tell it."""
        if observation_id is None or self._open is None:
            return
        self._open.take([observation_id])
        if not keep_words and self.text.textCursor().hasSelection():
            self.text.drop_selection()
        self._select(observation_id)
        self.text.setFocus()

    # Actions

    @override
    def actions_offered(self) -> Sequence[Action]:
        return CODE_ACTIONS

    def has_text(self) -> bool:
        """Tell whether a text is shown."""
        return bool(self.text.turns)

    def can_change(self) -> bool:
        """Tell whether the study may be changed."""
        return self.study is not None and not self.study.read_only

    def has_words(self) -> bool:
        """Tell whether words are selected."""
        return self.can_change() and self.text.selected_anchor() is not None

    def has_observation(self) -> bool:
        """Tell whether an observation is selected."""
        return self.can_change() and self.passage is not None

    def can_code(self) -> bool:
        """Tell whether there is something to give a code to."""
        return self.has_words() or self.has_observation()

    def has_stage(self, number: int) -> bool:
        """Tell whether the journey has so many stages and something to put there."""
        return self.can_code() and number <= len(self._stages)

    def has_sound(self) -> bool:
        """Tell whether the selected observation can be heard."""
        return self.passage is not None and self.passage.observation.span is not None

    def is_moment(self) -> bool:
        """Tell whether the selected observation is a moment of truth."""
        return self.passage is not None and self.passage.observation.moment_of_truth

    def stage_label(self, number: int) -> str:
        """Return the name of a stage."""
        if number <= len(self._stages):
            return self._stages[number - 1].name
        return t("Stage {number}", number=number)

    def pick_code(self) -> None:
        """Open the picker with all codes, those used last first."""
        self._ask_code("")

    def _ask_code(self, typed: str) -> None:
        if self._coding is None or not self.can_code():
            return
        anchor, observation_id = self._targets()
        coding = self._coding
        self.picker.ask(
            coding.code_options(),
            prompt=t("Code"),
            near=self._near(),
            text=typed,
            creates="New code “{name}”",
            picked=lambda key: self._made(coding.add_code(CodeId(key), anchor, observation_id)),
            named=lambda name: self._made(coding.add_new_code(name, anchor, observation_id)),
        )

    def _near(self) -> QRect:
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

    def code_again(self) -> None:
        """Give the last code to the selected words."""
        if self._coding is None:
            return
        last = self._coding.last_code
        if last is None:
            self.pick_code()
        else:
            self._made(self._coding.add_code(last, *self._targets()))

    def code_in_vivo(self) -> None:
        """Make the selected words a code of that name."""
        anchor = self.text.selected_anchor()
        if self._coding is not None and anchor is not None:
            words = self.text.textCursor().selectedText().replace("\u2029", " ")
            self._made(self._coding.code_in_vivo(anchor, words))

    def set_stage(self, number: int) -> None:
        """Put the words or the observation into a stage of the journey."""
        if self._coding is not None:
            stage = self._stages[number - 1]
            self._made(self._coding.set_stage(stage.id, *self._targets()), keep_words=True)

    def pick_touchpoint(self) -> None:
        """Choose the touchpoint of the observation."""
        coding, chosen = self._coding, self._selected
        if coding is None or chosen is None:
            return

        def give(key: str) -> None:
            coding.change(chosen, touchpoint_id=TouchpointId(key))
            self._made(chosen, keep_words=True)

        def name(text: str) -> None:
            coding.set_new_touchpoint(chosen, text)
            self._made(chosen, keep_words=True)

        self.picker.ask(
            coding.touchpoint_options(),
            prompt=t("Touchpoint"),
            near=self._near(),
            creates="New touchpoint “{name}”",
            picked=give,
            named=name,
        )

    def rate(self) -> None:
        """Put the focus on the ratings."""
        self.inspector.ratings.begin()

    def write_memo(self) -> None:
        """Put the focus into the memo."""
        self.inspector.memo.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def turn_kind(self) -> None:
        """Fact, perception, neither."""
        if self.passage:
            self._on_field_changed("kind", next_kind(self.passage.observation.kind))

    def turn_expectation(self) -> None:
        """Expected, had, neither."""
        if self.passage:
            value = next_expectation(self.passage.observation.expectation)
            self._on_field_changed("expectation", value)

    def turn_promise(self) -> None:
        """Promise named, kept, broken, none."""
        if self.passage:
            self._on_field_changed("promise", next_promise(self.passage.observation.promise))

    def turn_moment(self) -> None:
        """Moment of truth or not."""
        if self.passage:
            value = not self.passage.observation.moment_of_truth
            self._on_field_changed("moment_of_truth", value)

    def play_passage(self) -> None:
        """Play the selected observation from its first to its last word."""
        span = self.passage.observation.span if self.passage else None
        if self.passage and span:
            self.context.signals.play_requested.emit(
                self.passage.source.id, span.start_ms, span.end_ms
            )

    def next_observation(self) -> None:
        """Select the next observation of the text."""
        self._step(1)

    def previous_observation(self) -> None:
        """Select the previous observation of the text."""
        self._step(-1)

    def _step(self, by: int) -> None:
        if self._open is not None:
            self._open.complete()
        marks = self.text.marks.all()
        if not marks:
            return
        ids = [mark.id for mark in marks]
        if self.text.selected_mark in ids:
            at = ids.index(self.text.selected_mark) + by
        else:
            at = 0 if by > 0 else -1
        self._select(ids[at % len(ids)], reveal=True)

    def remove_observation(self) -> None:
        """Put the selected observation into the bin; undo brings it back."""
        chosen = self._selected
        if self._coding is None or self._open is None or chosen is None:
            return
        self._coding.remove(chosen)
        self._open.take([chosen])
        self._select("")

    # Qt and what the inspector asks for

    def _on_field_changed(self, name: str, value: object) -> None:
        chosen = self._selected
        if self._coding is None or self._open is None or chosen is None:
            return
        if name == "stage_id" and value is not None:
            value = StageId(str(value))
        self._coding.change(chosen, **{name: value})
        self._open.take([chosen])
        self._show_passage()

    def _on_code_dropped(self, code_id: str) -> None:
        if self._coding is not None and self._selected is not None:
            self._coding.remove_code(self._selected, CodeId(code_id))
            self._made(self._selected, keep_words=True)

    def _on_code_wanted(self) -> None:
        if self.text.textCursor().hasSelection():
            self.text.drop_selection()
        self._ask_code("")

    def _on_memo_written(self, observation_id: str, text: str) -> None:
        if self._coding is not None and self.can_change():
            self._coding.write_memo(ObservationId(observation_id), text)
            if self._open is not None:
                self._open.take([ObservationId(observation_id)])

    def _on_place_wanted(self) -> None:
        anchor, chosen = self.text.selected_anchor(), self._selected
        if self._coding is None or chosen is None:
            return
        if anchor is None:
            self.context.signals.toast_requested.emit(t("Select the words first."))
            return
        self._coding.move(chosen, anchor)
        self._made(chosen)
