"""What one does with codes: make, name, merge, move, paint and remove them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from ui.actions import native
from ui.i18n import plural, t
from ui.views.codebook.inspector import COLOURS
from ui.views.codebook.reading import CodebookReading
from ui.views.desk import Desk
from ui.views.picking.matching import Option
from ui.views.widgets.controls import swatch
from workbench.domain.codebook import Code, Counts
from workbench.domain.ids import CodeId

if TYPE_CHECKING:
    from ui.views.codebook.panel import CodebookPanel

_TOP = "top/"  # the option “top level” when codes move


class CodeCommands:
    """Carries them out.

    Args:
        desk: the open study.
        reading: shows what came of it.
    """

    def __init__(self, desk: Desk[CodebookPanel], reading: CodebookReading) -> None:
        self._desk = desk
        self._reading = reading
        self._new = ""  # the code that was made last, until it has its name
        page = desk.page
        desk.hear(page.add.clicked, self.new_code)
        desk.hear(page.model.moved, self.move)
        desk.hear(page.model.renamed, self._on_renamed)
        desk.hear(page.tree.remove_wanted, self.remove)
        desk.hear(page.tree.customContextMenuRequested, self._on_menu)
        desk.hear(page.inspector.coloured, self.paint)

    def new_code(self) -> None:
        """Make a code below the one selected, and let its name be typed."""
        desk, codebook = self._desk, self._desk.study.codebook
        if not desk.can_change:
            return
        chosen = desk.page.selected()
        parent = codebook.code(chosen[0]).parent_id if chosen else None
        name, number = t("New code"), 2
        while codebook.find(name):
            name, number = t("New code {number}", number=number), number + 1
        made = codebook.add(name, parent_id=parent)
        self._new = made.id
        desk.page.search.clear()
        self._reading.show_tree()
        desk.page.tree.select([made.id])
        self.rename()

    def rename(self) -> None:
        """Type another name in place."""
        page = self._desk.page
        index = page.tree.currentIndex()
        if index.isValid() and self._desk.can_change:
            page.show_codes()
            page.tree.setFocus()
            page.tree.edit(index)

    def remove(self) -> None:
        """Put the selected codes into the bin; undo brings them back."""
        chosen = self._chosen()
        if not chosen:
            return
        names = [self._desk.study.codebook.code(code_id).name for code_id in chosen]
        say = plural(len(names), "Removed “{name}”", "Removed {n} codes", name=names[0])

        def done(_none: None) -> None:
            self._reading.show_tree()
            self._desk.say(say)

        self._desk.context.run_long(
            t("Removing codes"),
            lambda study: study.codebook.remove_all(chosen),
            done,
            size=len(chosen),
        )

    def merge(self) -> None:
        """Choose the code that takes over the selected ones."""
        chosen = self._chosen()
        if chosen:
            ask_code(
                self._desk, t("Merge into"), chosen, lambda into: self.merge_into(into, chosen)
            )

    def merge_into(self, into: str, chosen: list[CodeId]) -> None:
        """Have a code take over some others."""

        def done(_code: Code) -> None:
            self._reading.show_tree()
            self._desk.page.tree.select([into])

        counts = self._reading.counts
        self._desk.context.run_long(
            t("Merging codes"),
            lambda study: study.recoding.merge(chosen, CodeId(into)),
            done,
            size=sum(2 + counts.get(code, Counts()).mentions for code in chosen),  # about
        )

    def move_codes(self) -> None:
        """Choose what the selected codes shall lie below."""
        chosen = self._chosen()
        if chosen:
            ask_code(
                self._desk,
                t("Move below"),
                chosen,
                lambda key: self.move(list(chosen), "" if key == _TOP else key, -1),
                first=Option(_TOP, t("Top level")),
            )

    def move(self, ids: list[str], parent_id: str, row: int) -> None:
        """Put codes below another one, or at the top.

        Args:
            ids: of the codes.
            parent_id: what they shall lie below; "" = nothing.
            row: before which of its codes; below 0 at the end.
        """
        if self._desk.can_change:
            self._desk.study.codebook.move(
                [CodeId(one) for one in ids],
                parent_id=CodeId(parent_id) if parent_id else None,
                row=None if row < 0 else row,
            )
            self._reading.show_tree()

    def paint(self, colour: int) -> None:
        """Give the selected codes a colour."""
        if self._desk.can_change:
            self._desk.study.codebook.paint(self._desk.page.selected(), colour)
            self._reading.show_tree()

    def fill_menu(self, menu: QMenu) -> None:
        """Fill the context menu of the selected codes."""
        count = len(self._chosen())
        one, some = count == 1, count > 0
        split = self._reading.show_passages
        for title, run, enabled in (
            (f"{t('Rename')}\t{native('F2')}", self.rename, one),
            (t("Merge into…"), self.merge, some),
            (t("Split…"), split, one),
            (t("Give passages another code…"), split, one),
            (t("Move below…"), self.move_codes, some),
            (f"{t('Remove')}\t{native('Del')}", self.remove, some),
        ):
            menu.addAction(title, run).setEnabled(enabled)
        colours = menu.addMenu(t("Colour"))
        colours.setEnabled(some)
        for number, name in enumerate(COLOURS):
            icon = swatch(self._desk.context.theme.stage_line(number), size=12)
            colours.addAction(icon, t(name), partial(self.paint, number))

    def _chosen(self) -> list[CodeId]:
        """Return the selected codes if they may be changed."""
        return self._desk.page.selected() if self._desk.can_change else []

    def _on_renamed(self, code_id: str, name: str) -> None:
        if not self._desk.can_change:
            return
        new, self._new = self._new, ""
        study, key = self._desk.study, CodeId(code_id)

        def write(text: str) -> None:
            if key == new:  # making and naming are one gesture
                study.codebook.name_new(key, text)
            else:
                study.codebook.change(key, name=text)

        study.unsaved.spot(("code", key, "name"), t("Name of a code"), write).keep(name)

    def _on_menu(self, at: QPoint) -> None:
        menu = QMenu(self._desk.page)
        self.fill_menu(menu)
        menu.exec(self._desk.page.tree.viewport().mapToGlobal(at))
        menu.deleteLater()


def ask_code(
    desk: Desk[CodebookPanel],
    prompt: str,
    without: list[CodeId],
    picked: Callable[[str], None],
    *,
    first: Option | None = None,
) -> None:
    """Ask for a code.

    Args:
        desk: the open study.
        prompt: what is asked for.
        without: codes that are not offered.
        picked: called with the id of the one chosen.
        first: is offered before all codes.
    """
    codes = desk.study.codebook.codes()
    options = [_option(code) for code in codes if code.id not in without]
    desk.page.picker.ask(
        [first, *options] if first else options,
        prompt=prompt,
        near=desk.page.near(),
        picked=picked,
        nothing=t("There is no other code yet."),
    )


def _option(code: Code) -> Option:
    return Option(code.id, code.name, stage=code.colour)
