"""Codes that come from files or starter codebooks, and the codebook as a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ui.bridge.importing import Refused
from ui.i18n import plural, t
from ui.views.codebook.reading import CodebookReading
from ui.views.desk import Desk
from ui.views.refused_dialog import tell_refused
from ui.views.saving import ask_place, write_out

if TYPE_CHECKING:
    from ui.views.codebook.panel import CodebookPanel


class FileCommands:
    """Takes codes in and writes them out.

    Args:
        desk: the open study.
        reading: shows what came of it.
    """

    def __init__(self, desk: Desk[CodebookPanel], reading: CodebookReading) -> None:
        self._desk = desk
        self._reading = reading
        desk.hear(desk.page.menu.aboutToShow, self._fill_menu)

    def import_codes(self) -> None:
        """Ask for tables of codes and take them in; a bad one keeps no other out."""
        self._import_codes(
            self._desk.context.dialogs.open_files(
                self._desk.page, t("Import codes"), filters=t("Tables (*.csv *.tsv)")
            )
        )

    def export_codes(self) -> None:
        """Ask for a place and write the codebook there."""
        context, page = self._desk.context, self._desk.page
        title = t("Export the codebook")
        out = ask_place(context, page, title, name="codebook", suffix=".csv")
        if out is not None:
            write_out(
                context,
                page,
                out,
                lambda study: study.codebook_files.write(out, replace=True),
                size=len(self._reading.counts),
                elsewhere=self.export_codes,
            )

    def begin_with(self, starter: str) -> None:
        """Take a starter codebook in."""
        if self._desk.can_change:
            self._tell_new(self._desk.study.codebook_files.begin_with(starter))

    def _fill_menu(self) -> None:
        menu, can_change = self._desk.page.menu, self._desk.can_change
        menu.clear()
        menu.addAction(t("Import codes…"), self.import_codes).setEnabled(can_change)
        menu.addAction(t("Export the codebook…"), self.export_codes)
        starters = menu.addMenu(t("Begin with"))
        starters.setEnabled(can_change)
        for starter in self._desk.study.codebook_files.starters():
            title = t("{title} ({n} codes)", title=starter.title, n=starter.codes)
            starters.addAction(title, partial(self.begin_with, starter.name))

    def _import_codes(self, files: Sequence[Path]) -> None:
        if not files or not self._desk.can_change:
            return
        refused: list[Refused] = []
        new = self._desk.study.codebook_files.read_all(
            files, on_refused=lambda path, why: refused.append(Refused(path, why))
        )
        if len(refused) < len(files):
            self._tell_new(new)
        added = len(files) - len(refused)
        tell_refused(self._desk.context, self._desk.page, refused, added, self._ask_again)

    def _ask_again(self, files: Sequence[Path]) -> None:
        if files:
            self._import_codes(files)
        else:
            self.import_codes()

    def _tell_new(self, count: int) -> None:
        self._reading.show_tree()
        self._desk.say(plural(count, "{n} new code", "{n} new codes"))
