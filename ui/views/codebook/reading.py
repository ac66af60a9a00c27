"""What the codebook shows of the study: the tree, the selected code, and where it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.views.desk import Desk
from workbench.domain import speaking
from workbench.domain.change import ChangeSet, TableName
from workbench.domain.codebook import Counts
from workbench.domain.example import strongest
from workbench.domain.ids import CodeId
from workbench.domain.passage import Passage, Query

if TYPE_CHECKING:
    from ui.views.codebook.panel import CodebookPanel

_TABLES: tuple[TableName, ...] = (
    *speaking.TABLES, "code", "memo", "observation", "observation_code",
)  # fmt: skip


class CodebookReading:
    """Reads it and shows it.

    Args:
        desk: the open study.

    Attributes:
        counts: how widely each code is used.
    """

    def __init__(self, desk: Desk[CodebookPanel]) -> None:
        self._desk = desk
        self.counts: dict[CodeId, Counts] = {}
        self._example: Passage | None = None
        page = desk.page
        desk.hear(page.search.textChanged, self.show_tree)
        desk.hear(page.tree.selectionModel().selectionChanged, self._show_code)
        desk.hear(page.tree.opened, self.show_passages)
        desk.hear(page.inspector.passages_wanted, self.show_passages)
        desk.hear(page.inspector.example_wanted, self._show_example)

    def refresh(self, changes: ChangeSet | None) -> None:
        """Bring the pane up to date."""
        if changes is None or changes.touches(*_TABLES):
            self.show_tree()

    def show_tree(self) -> None:
        """Read all codes anew; what was selected or folded together stays so."""
        study, page = self._desk.study, self._desk.page
        chosen, closed = page.tree.selected(), page.tree.closed_ids()
        wanted = page.search.text()
        self.counts = study.codebook.use.counts()
        unknown = sum(one.observations for one in study.speaking.unknown())
        page.who.show_count(study, unknown)
        page.model.editable = self._desk.can_change
        page.model.show_codes(study.codebook.codes(), self.counts, wanted)
        page.tree.open_all_but(set() if wanted.strip() else closed)
        page.tree.select([str(code_id) for code_id in chosen])
        page.add.setEnabled(self._desk.can_change)
        self._show_code()
        if page.passages.isVisible():
            self._fill_passages()

    def show_passages(self) -> None:
        """Show where the selected code is used."""
        page = self._desk.page
        if len(page.selected()) == 1:
            page.show_passages()
            self._fill_passages()
            page.passages.list.setFocus()

    def _show_code(self) -> None:
        study, page = self._desk.study, self._desk.page
        chosen = page.selected()
        page.details.setVisible(len(chosen) == 1)
        if len(chosen) != 1:
            return
        code = study.codebook.code(chosen[0])
        memo = study.memos.of("code", code.id)
        passages = self._passages_of(code.id)
        example = next((p for p in passages if p.observation.id == code.example_id), None)
        self._example = example or strongest(passages)
        page.inspector.show_code(
            study,
            code,
            memo.text if memo else "",
            self._example,
            counts=self.counts.get(code.id, Counts()),
            editable=self._desk.can_change,
        )

    def _fill_passages(self) -> None:
        page = self._desk.page
        known = page.passages.code
        shown = known.id if known else next(iter(page.selected()), None)
        if shown is None:
            return
        code = self._desk.study.codebook.code(shown)
        if code.deleted_at is not None:
            page.show_codes()
            return
        passages = self._passages_of(code.id)
        page.passages.show_passages(code, passages, editable=self._desk.can_change)

    def _passages_of(self, code_id: CodeId) -> list[Passage]:
        return self._desk.study.passages.find(Query(code_ids=(code_id,)))

    def _show_example(self) -> None:
        if self._example is not None:
            found = self._example.observation.id
            self._desk.context.signals.open_requested.emit("observation", found)
