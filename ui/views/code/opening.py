"""Which text is open, and how one comes to a place in it from the list or from anywhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ui.views.code.desk import CodeDesk
from ui.views.code.field_commands import FieldCommands
from ui.views.code.looking import Looking
from ui.views.code.materials import REVIEW, material_rows
from ui.views.code.selection import Selection
from ui.views.code.sound import Sound
from ui.views.workspace import split_moment
from workbench.domain.change import ChangeSet
from workbench.domain.ids import CodeId, ObservationId, SourceId, TurnId
from workbench.domain.passage import Query


class Opening:
    """Opens texts.

    Args:
        desk: the open study.
        selection: what is selected in the text.
        looking: an observation that is asked for is not hidden.
        fields: writes the memo that is asked for.
        sound: goes with the text.
    """

    def __init__(
        self,
        desk: CodeDesk,
        selection: Selection,
        looking: Looking,
        *,
        fields: FieldCommands,
        sound: Sound,
    ) -> None:
        self._desk = desk
        self._selection = selection
        self._looking = looking
        self._fields = fields
        self._sound = sound
        desk.hear(desk.panes.materials.chosen, self._on_row_chosen)

    def refresh(self, changes: ChangeSet | None) -> None:
        """Bring list and text up to date; without a text, open the first."""
        opened, panes = self._desk.opened, self._desk.panes
        rows = material_rows(self._desk.study)
        panes.materials.show_rows(rows)
        first = next((row.id for row in rows if row.id), "")
        if opened.source is not None and opened.source.id not in {row.id for row in rows}:
            opened.close()
        if opened.source is None and first:
            panes.materials.select(first)
        elif not panes.writing.is_open:
            opened.refresh(changes)
        self.show_page()

    def show_page(self) -> None:
        """Show the text, the page to write on, or why there is neither."""
        opened, panes = self._desk.opened, self._desk.panes
        page: QWidget = panes.view
        if opened.source is None:
            page = panes.empty
        elif panes.writing.is_open:
            page = panes.writing
        elif not self._desk.has_text:
            page = panes.waiting
        panes.show_page(page)

    def show(self, kind: str, object_id: str) -> None:
        """Show one object, as `Workspace.focus_object` wants it."""
        match kind:
            case "source":
                self._open(SourceId(object_id))
                self._desk.panes.materials.select(object_id)
            case "turn":
                self._show_turn(TurnId(object_id))
            case "moment":
                self._show_moment(*split_moment(object_id))
            case "code":
                self._show_code(CodeId(object_id))
            case "memo":
                self._show_memo(object_id)
            case _:
                self._show_observation(ObservationId(object_id))

    def in_hand(self) -> Sequence[tuple[str, str]]:
        """Return what is selected, as `Workspace.in_hand` wants it."""
        panes, source, one = self._desk.panes, self._desk.opened.source, self._selection.passage
        if source is None:
            return ()
        codes = panes.codebook.selected() if panes.left.with_codebook else []
        text = panes.writing.text if panes.writing.is_open else panes.text
        row = text.textCursor().blockNumber()
        return (
            *((("observation", str(one.id)),) if one else ()),
            *(("turn", turn.id) for turn in text.turns[row : row + 1]),
            *(("code", code_id) for code_id in codes),
            ("source", source.id),
        )

    def _open(self, source_id: SourceId) -> None:
        opened = self._desk.opened
        if opened.source is None or opened.source.id != source_id:
            self._desk.panes.writing.leave()
            opened.open(source_id)
            self._selection.choose([])
            self._desk.follow()
            self._desk.coding.remember(source_id)
            self._sound.offer_soon()
        self.show_page()

    def _on_row_chosen(self, row_id: str) -> None:
        if row_id.startswith(REVIEW):
            self._show_observation(ObservationId(row_id.removeprefix(REVIEW)))
        else:
            self._open(SourceId(row_id))

    def _show_moment(self, source_id: str, ms: int) -> None:
        self._open(SourceId(source_id))
        self._desk.opened.complete()
        self._desk.panes.materials.select(source_id)
        self._desk.text.sound.go_to(ms)

    def _show_turn(self, turn_id: TurnId) -> None:
        transcripts, text = self._desk.study.transcripts, self._desk.text
        turn = transcripts.turn(turn_id)
        source_id = transcripts.transcript(turn.transcript_id).source_id
        self._desk.panes.materials.select(source_id)
        self._open(source_id)
        self._desk.opened.complete()
        row = text.row_of(turn_id)
        if row < 0 and turn.start_ms is not None:  # of an earlier text of the recording
            text.sound.go_to(turn.start_ms)
        else:
            text.page.reveal(max(0, row), 0)

    def _show_code(self, code_id: CodeId) -> None:
        self._desk.panes.left.show_codebook(True)
        self._desk.panes.codebook.select(code_id)
        found = self._desk.study.passages.find(Query(code_ids=(code_id,)))
        if found:
            self._show_observation(found[0].observation.id)

    def _show_memo(self, memo_id: str) -> None:
        memo = next((one for one in self._desk.study.memos.all() if one.id == memo_id), None)
        if memo is not None and memo.subject == "observation":
            self._show_observation(ObservationId(memo.subject_id))
            self._fields.write_memo()

    def _show_observation(self, observation_id: ObservationId) -> None:
        desk, materials = self._desk, self._desk.panes.materials
        found = desk.study.observations.get(observation_id)
        if materials.current_id != REVIEW + observation_id:
            materials.select(found.source_id)
        self._open(found.source_id)
        desk.opened.complete()
        if desk.text.marks.get(observation_id) is None:
            desk.opened.take([found.id])  # made a moment ago, before the views were told
        self._looking.show_hidden(observation_id)
        self._selection.choose([observation_id], reveal=True)
