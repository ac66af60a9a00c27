"""The Code workspace: read, select words, say what they are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QWidget
from typing_extensions import override

from ui.context import AppContext
from ui.i18n import t
from ui.views.code.coding import Coding
from ui.views.code.looking import CodeLooking
from ui.views.code.materials import REVIEW, material_rows
from ui.views.codebook.left import LeftPane
from ui.views.codebook.panel import CodebookPanel
from ui.views.reading.marks import Mark
from ui.views.reading.open_text import OpenText
from ui.views.video.pane import with_picture
from ui.views.widgets.looks import EmptyState, look
from ui.views.widgets.pages import Pages
from ui.views.widgets.side_list import SideList
from ui.views.workspace import split_moment
from ui.views.writing.page import WritingPage
from workbench.domain.change import ChangeSet
from workbench.domain.ids import (
    CodeId,
    ObservationId,
    SourceId,
    TranscriptId,
    TurnId,
)
from workbench.domain.passage import Query
from workbench.domain.transcript import Turn
from workbench.study import Study

_HANDLES = 2  # pixels between the panes


class CodeWorkspace(CodeLooking):
    """Materials at the left, the text in the middle, the observation at the right."""

    key = "code"
    title = "Code"
    icon = "pencil"
    opens = ("source", "turn", "moment", "observation", "memo", "code")
    codebook: CodebookPanel

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.materials = SideList(context.theme, t("Materials"))
        self.materials.hint = t(
            "Recordings and texts are listed here by method. Add some with Ctrl+I, or drop files"
            " on the window."
        )
        self._empty = EmptyState(
            context.icons,
            "pencil",
            t("Here you read what people said and say what it is. Bring some material first."),
            heading=t("Nothing to read yet"),
            action=t("Add material"),
        )
        self._waiting = EmptyState(
            context.icons,
            "audio-lines",
            t("This recording has no text yet. Its words appear here while they are recognised."),
            heading=t("No words yet"),
            action=t("Go to Transcribe"),
        )
        self._middle = Pages()
        self._middle.setMinimumWidth(self.view.minimumWidth())  # whatever the other pages want
        self.writing = WritingPage(context)
        self.codebook = CodebookPanel(context)
        self.left = LeftPane(with_picture(self, self.materials), self.codebook)
        self._build()
        self._connect()

    def _build(self) -> None:
        for page in (self.view, self.writing, self._waiting, self._empty):
            look(page, "surface")
            self._middle.addWidget(page)
        side = self._side = look(QWidget(), "paper")
        column = QHBoxLayout(side)
        column.setContentsMargins(0, 12, 0, 8)
        column.addWidget(self.left)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setObjectName("code")
        self._splitter.setHandleWidth(1)
        for pane in (side, self._middle, self.inspector):
            self._splitter.addWidget(pane)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([232, 840, 300])
        self.remember_splitter(self._splitter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._splitter)
        self.setFocusProxy(self.text)

    def _connect(self) -> None:
        signals = self.context.signals
        # The player may appear for it, which lays out the window anew: first the text.
        self._sound_soon = QTimer(self)
        self._sound_soon.setSingleShot(True)
        self._sound_soon.setInterval(0)
        self._sound_soon.timeout.connect(self._offer_sound)
        self.materials.chosen.connect(self._on_row_chosen)
        self.left.turned.connect(self._refresh_actions)
        self.codebook.passages.list.selectionModel().selectionChanged.connect(
            self._on_passages_chosen
        )
        self.writing.left.connect(self._on_written)
        self.text.word_activated.connect(self._on_word_activated)
        signals.played.connect(self._on_played)
        self._empty.button.clicked.connect(lambda: signals.import_requested.emit([]))
        self._waiting.button.clicked.connect(
            lambda: self.context.actions.trigger("view.transcribe")
        )
        self.context.theme.changed.connect(self._show_passage)

    # The study

    @override
    def set_study(self, study: Study | None) -> None:
        self.picker.cancel()
        self.choose([])  # what was being typed still belongs to the study before
        if self._open is not None:
            self._open.close()
            self._open.deleteLater()
        super().set_study(study)
        self.writing.forget()
        self.codebook.set_study(study)
        self._coding = Coding(study, self) if study else None
        self._open = OpenText(study, self.view, self) if study else None
        if self._open is not None:
            self._open.shown.connect(self.show_lens)
        self._stages = []
        self.look_at_all()
        self.materials.show_rows([])

    @override
    def rehearse(self) -> None:
        said = t("Here you read what people said and say what it is. Bring some material first.")
        turn = Turn(TurnId(""), TranscriptId(""), 0, said, 0, 0, None, (), "")
        self.view.show_text([turn], {}, title=t(self.title))
        self.view.show_marks([Mark("", 0, 0, 0, len(said), None, said)])
        super().rehearse()
        self.view.show_text([], {}, title="")
        self.view.show_marks([])

    @override
    def refresh(self, changes: ChangeSet | None) -> None:
        if self.study is None or self._open is None or self._coding is None:
            return
        waits = self.writing.refresh(changes)
        if changes is not None and changes.origin is self.writing and not waits:
            return  # a keystroke; the text that rests is read anew when it is shown
        self._stages = self._coding.stages()
        self.refresh_lens()
        rows = material_rows(self.study)
        self.materials.show_rows(rows)
        first = next((row.id for row in rows if row.id), "")
        known = {row.id for row in rows}
        if self._open.source is not None and self._open.source.id not in known:
            self._open.close()
        if self._open.source is None and first:
            self.materials.select(first)
        elif not self.writing.is_open:
            self._open.refresh(changes)
        self._show_page()
        self._show_passage()
        self.left.refresh(changes)

    # Codebook

    def shows_codebook(self) -> bool:
        """Tell whether the codebook is at the left."""
        return self.left.with_codebook

    def toggle_codebook(self) -> None:
        """Show the codebook at the left, or the materials again."""
        self.left.show_codebook(not self.left.with_codebook)
        (self.codebook if self.left.with_codebook else self.text).setFocus()

    def can_change_codebook(self) -> bool:
        """Tell whether codes can be changed now."""
        return self.left.with_codebook and self.codebook.can_change

    def _on_passages_chosen(self) -> None:
        """Edit together what is selected in the codebook's list, of whatever text it is."""
        chosen = self.codebook.passages.chosen()
        if chosen and self.codebook.passages.list.hasFocus():
            self.choose(chosen)

    @override
    def shown_code(self) -> CodeId | None:
        """Return the code selected in the codebook, if that is shown."""
        chosen = self.codebook.selected() if self.left.with_codebook else []
        return chosen[0] if len(chosen) == 1 else super().shown_code()

    # Writing

    def is_writing(self) -> bool:
        """Tell whether somebody writes in the text."""
        return self.writing.is_open

    def can_write(self) -> bool:
        """Tell whether there is a text to write in."""
        return self.can_change() and self.has_text()

    def toggle_writing(self) -> None:
        """Write in the text that is open, or be done with that."""
        if self.writing.is_open:
            self.writing.leave()
        elif self.study is not None and self._open is not None and self._open.source is not None:
            self._complete()
            cursor = self.text.textCursor()
            row = cursor.blockNumber()
            point = self.text.points(row, cursor.positionInBlock())
            self.writing.open(self.study, self._open.source.id, row=row, point=point)
            self._show_page()
            self.writing.setFocus()
            self.context.actions.refresh()

    def _on_written(self, row: int, point: int) -> None:
        if self._open is not None and self._open.source is not None:
            self._open.refresh(None)
            self._complete()
            self._show_page()
            self._show_passage()
            if row < len(self.text.turns):
                self.text.reveal(row, self.text.units(row, point))
            self.text.setFocus()
        self.context.actions.refresh()

    def _show_page(self) -> None:
        page: QWidget = self.view
        if self._open is None or self._open.source is None:
            page = self._empty
        elif self.writing.is_open:
            page = self.writing
        elif not self.text.turns:
            page = self._waiting
        self._middle.setCurrentWidget(page)

    def _show_source(self, source_id: str) -> None:
        if self._open is None or self._coding is None:
            return
        if self._open.source is None or self._open.source.id != source_id:
            self.writing.leave()
            self._open.lens = self.lens
            self._open.open(SourceId(source_id))
            self.choose([])
            self._refresh_actions()
            self._coding.remember(SourceId(source_id))
            self._sound_soon.start()
        self._show_page()

    def _on_row_chosen(self, row_id: str) -> None:
        if row_id.startswith(REVIEW):
            self._show_observation(row_id.removeprefix(REVIEW))
        else:
            self._show_source(row_id)

    @override
    def focus_object(self, kind: str, object_id: str) -> None:
        if self.study is None or self._open is None:
            return
        match kind:
            case "source":
                self._show_source(object_id)
                self.materials.select(object_id)
            case "turn":
                self._show_turn(TurnId(object_id))
            case "moment":
                source_id, ms = split_moment(object_id)
                self._show_source(source_id)
                self._complete()
                self.materials.select(source_id)
                self.text.go_to(ms)
            case "code":
                self._show_code(CodeId(object_id))
            case "memo":
                self._show_memo(object_id)
            case _:
                self._show_observation(object_id)

    def _show_turn(self, turn_id: TurnId) -> None:
        if self.study is None:
            return
        turn = self.study.transcripts.turn(turn_id)
        transcript = self.study.transcripts.transcript(turn.transcript_id)
        self.materials.select(transcript.source_id)
        self._show_source(transcript.source_id)
        self._complete()
        row = self.text.row_of(turn_id)
        if row < 0 and turn.start_ms is not None:  # of an earlier text of the recording
            self.text.go_to(turn.start_ms)
        else:
            self.text.reveal(max(0, row), 0)

    def _show_code(self, code_id: CodeId) -> None:
        if self.study is not None:
            self.left.show_codebook(True)
            self.codebook.select(code_id)
            found = self.study.observations.find(Query(code_ids=(code_id,)))
            if found:
                self._show_observation(found[0].observation.id)

    def _show_memo(self, memo_id: str) -> None:
        if self.study is None:
            return
        memo = next((memo for memo in self.study.memos.all() if memo.id == memo_id), None)
        if memo is not None and memo.subject == "observation":
            self._show_observation(memo.subject_id)
            self.write_memo()

    def _show_observation(self, observation_id: str) -> None:
        if self.study is None:
            return
        found = self.study.observations.get(ObservationId(observation_id))
        if self.materials.current_id != REVIEW + observation_id:
            self.materials.select(found.source_id)
        self._show_source(found.source_id)
        self._complete()
        if self._open is not None and self.text.marks.get(observation_id) is None:
            self._open.take([found.id])  # made a moment ago, before the views were told
        self.show_hidden(observation_id)
        self.choose([observation_id], reveal=True)

    @override
    def in_hand(self) -> Sequence[tuple[str, str]]:
        if self._open is None or self._open.source is None:
            return ()
        codes = self.codebook.selected() if self.left.with_codebook else []
        text = self.writing.text if self.writing.is_open else self.text
        turns, row = text.turns, text.textCursor().blockNumber()
        return (
            *(("observation", str(one.observation.id)) for one in (self.passage,) if one),
            *(("turn", turn.id) for turn in turns[row : row + 1]),
            *(("code", code_id) for code_id in codes),
            ("source", self._open.source.id),
        )

    # Room

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    @override
    def _show_passage(self) -> None:
        super()._show_passage()
        self._make_room()

    def _make_room(self) -> None:
        """Beside the text, show the inspector of what is selected before the list, if not both."""
        text = self.view.minimumWidth() + _HANDLES
        side, details = self._side.minimumSizeHint().width(), self.inspector.minimumWidth()
        both = self.width() >= text + side + details
        at_side = self._side.isAncestorOf(QApplication.focusWidget() or self)
        alone = self.passage is not None and not at_side and self.width() >= text + details
        self.inspector.setVisible(both or alone)
        self._side.setVisible(both or (self.width() >= text + side and not alone))

    # Sound

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._sound_soon.start()

    def _offer_sound(self) -> None:
        if self._open is not None and self._open.source is not None:
            self.context.signals.source_shown.emit(self._open.source.id)

    def can_play_here(self) -> bool:
        """Tell whether it is known when the word at the caret was said."""
        return self.text.time_of(self.text.textCursor()) is not None

    def play_here(self) -> None:
        """Play from the word at the caret, or from the first selected one."""
        ms = self.text.time_of(self.text.textCursor())
        if ms is not None:
            self._on_word_activated(ms)

    def _on_word_activated(self, ms: int) -> None:
        if self._open is not None and self._open.source is not None:
            self.context.signals.play_requested.emit(self._open.source.id, ms, 0)

    def _on_played(self, source_id: str, ms: int) -> None:
        if self._open is not None and self._open.source and self._open.source.id == source_id:
            self.text.light(ms if ms >= 0 else None)
