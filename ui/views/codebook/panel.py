"""What one does with codes; `view` shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QMenu

from ui.bridge.importing import Refused
from ui.context import AppContext
from ui.i18n import plural, t
from ui.views.codebook.inspector import COLOURS
from ui.views.codebook.view import CodebookView
from ui.views.picking.matching import Option
from ui.views.refused_dialog import tell_refused
from ui.views.saving import ask_place, write_out
from ui.views.widgets.controls import swatch
from workbench.domain.codebook import Code, Counts
from workbench.domain.ids import CodeId

_TOP = "top/"  # the option “top level” when codes move


class CodebookPanel(CodebookView):
    """The codebook, and all that changes it.

    Args:
        context: everything the window shares.
    """

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._new = ""
        self._connect()

    def _connect(self) -> None:
        menu = self.more.menu()
        menu.aboutToShow.connect(lambda: self._fill_more(menu))
        self.search.textChanged.connect(self._show_tree)
        self.add.clicked.connect(self.new_code)
        self.model.moved.connect(self._on_moved)
        self.model.renamed.connect(self._on_renamed)
        self.tree.remove_wanted.connect(self.remove)
        self.tree.selectionModel().selectionChanged.connect(self._show_code)
        self.tree.opened.connect(self.show_passages)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._on_menu)
        self.inspector.coloured.connect(self._on_coloured)
        self.inspector.passages_wanted.connect(self.show_passages)
        self.inspector.example_wanted.connect(self._show_example)
        self.passages.closed.connect(self._show_codes)
        self.passages.recode_wanted.connect(self._pick_recode)
        self.passages.split_wanted.connect(self._pick_split)
        self.passages.example_wanted.connect(self._take_example)

    # What one does with codes

    def new_code(self) -> None:
        """Make a code below the one selected, and let its name be typed."""
        if self.study is None or not self.can_change:
            return
        chosen = self.selected()
        parent = self.study.codebook.code(chosen[0]).parent_id if chosen else None
        name, number = t("New code"), 2
        while self.study.codebook.find(name):
            name, number = t("New code {number}", number=number), number + 1
        made = self.study.codebook.add(name, parent_id=parent)
        self._new = made.id
        self.search.clear()
        self._show_tree()
        self.tree.select([made.id])
        self.rename()

    def rename(self) -> None:
        """Type another name in place."""
        index = self.tree.currentIndex()
        if index.isValid() and self.can_change:
            self._show_codes()
            self.tree.setFocus()
            self.tree.edit(index)

    def remove(self) -> None:
        """Put the selected codes into the bin; undo brings them back."""
        chosen = self.selected()
        if self.study is None or not chosen or not self.can_change:
            return
        names = [self.study.codebook.code(code_id).name for code_id in chosen]
        say = plural(len(names), "Removed “{name}”", "Removed {n} codes", name=names[0])

        def done(_none: None) -> None:
            self._show_tree()
            self.context.signals.toast_requested.emit(say)

        self.context.run_long(
            t("Removing codes"),
            lambda study: study.codebook.remove_all(chosen),
            done,
            size=len(chosen),
        )

    def merge(self) -> None:
        """Choose the code that takes over the selected ones."""
        chosen = self.selected()
        if chosen and self.can_change:
            self._pick(t("Merge into"), chosen, lambda into: self._merge(chosen, into))

    def _merge(self, chosen: list[CodeId], into: str) -> None:
        def done(_code: Code) -> None:
            self._show_tree()
            self.tree.select([into])

        self.context.run_long(
            t("Merging codes"),
            lambda study: study.codebook.merge(chosen, CodeId(into)),
            done,
            size=self._given(chosen),
        )

    def _given(self, codes: list[CodeId]) -> int:
        """Return about how many rows speak of some codes."""
        return sum(2 + self._counts.get(code, Counts()).mentions for code in codes)

    def move_codes(self) -> None:
        """Choose what the selected codes shall lie below."""
        chosen = self.selected()
        if chosen and self.can_change:
            top = Option(_TOP, t("Top level"))
            self._pick(
                t("Move below"),
                chosen,
                lambda key: self._on_moved(list(chosen), "" if key == _TOP else key, -1),
                first=top,
            )

    def split(self) -> None:
        """Choose passages of the code that become a code of their own."""
        self.show_passages()

    def _pick_recode(self) -> None:
        code, chosen = self.passages.code, self.passages.chosen()
        study = self.study
        if study is None or code is None or not chosen:
            return

        def give(key: str) -> None:
            self.context.run_long(
                t("Giving another code"),
                lambda study: study.codebook.recode(chosen, code.id, CodeId(key)),
                lambda _none: self._show_tree(),
                size=len(chosen),
            )

        self._pick(t("Give them instead"), [code.id], give)

    def _pick_split(self) -> None:
        code, chosen = self.passages.code, self.passages.chosen()
        study = self.study
        if study is None or code is None or not chosen:
            return

        def name(text: str) -> None:
            self.context.run_long(
                t("Splitting a code"),
                lambda study: study.codebook.split(code.id, text, chosen),
                lambda _code: self._show_tree(),
                size=len(chosen),
            )

        self.picker.ask(
            [], prompt=t("Name of the new code"), near=self._near(),
            picked=name, named=name, creates="New code “{name}”",
        )  # fmt: skip

    def _take_example(self) -> None:
        code, chosen = self.passages.code, self.passages.chosen()
        if self.study is None or code is None or not chosen or not self.can_change:
            return
        taken_back = self.study.codebook.code(code.id).example_id == chosen[0]
        self.study.codebook.change(code.id, example_id=None if taken_back else chosen[0])
        self._show_tree()
        say = (
            "“{name}” has no chosen example any more"
            if taken_back
            else "The passage is now the example of “{name}”"
        )
        self.context.signals.toast_requested.emit(t(say, name=code.name))

    def _pick(
        self,
        prompt: str,
        without: list[CodeId],
        picked: Callable[[str], None],
        *,
        first: Option | None = None,
    ) -> None:
        codes = self.study.codebook.codes() if self.study else []
        options = [_option(code) for code in codes if code.id not in without]
        self.picker.ask(
            [first, *options] if first else options,
            prompt=prompt,
            near=self._near(),
            picked=picked,
            nothing=t("There is no other code yet."),
        )

    def _near(self) -> QRect:
        if self.passages.isVisible():
            return QRect(12, self.height() // 3, 1, 1)
        place = self.tree.visualRect(self.tree.currentIndex())
        return QRect(self.tree.viewport().mapTo(self, place.topLeft()), place.size())

    # Reactions

    def _on_moved(self, ids: list[str], parent_id: str, row: int) -> None:
        if self.study is None or not self.can_change:
            return
        self.study.codebook.move(
            [CodeId(one) for one in ids],
            parent_id=CodeId(parent_id) if parent_id else None,
            row=None if row < 0 else row,
        )
        self._show_tree()

    def _on_renamed(self, code_id: str, name: str) -> None:
        if self.study is None or not self.can_change:
            return
        new, self._new = self._new, ""
        study, key = self.study, CodeId(code_id)

        def write(text: str) -> None:
            if key == new:  # making and naming are one gesture
                study.codebook.name_new(key, text)
            else:
                study.codebook.change(key, name=text)

        study.unsaved.spot(("code", key, "name"), t("Name of a code"), write).keep(name)

    def _on_coloured(self, colour: int) -> None:
        if self.study is not None and self.can_change:
            self.study.codebook.paint(self.selected(), colour)
            self._show_tree()

    def _on_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        self.fill_menu(menu)
        menu.exec(self.tree.viewport().mapToGlobal(at))
        menu.deleteLater()

    def fill_menu(self, menu: QMenu) -> None:
        """Fill the context menu of the selected codes."""
        one = len(self.selected()) == 1 and self.can_change
        some = bool(self.selected()) and self.can_change
        for title, run, enabled in (
            (t("Rename  (F2)"), self.rename, one),
            (t("Merge into…"), self.merge, some),
            (t("Split…"), self.split, one),
            (t("Give passages another code…"), self.split, one),
            (t("Move below…"), self.move_codes, some),
            (t("Remove  (Del)"), self.remove, some),
        ):
            menu.addAction(title, run).setEnabled(enabled)
        colours = menu.addMenu(t("Colour"))
        colours.setEnabled(some)
        for number, name in enumerate(COLOURS):
            icon = swatch(self.context.theme.stage_line(number), size=12)
            colours.addAction(icon, t(name), partial(self._on_coloured, number))

    def _fill_more(self, menu: QMenu) -> None:
        menu.clear()
        if self.study is None:
            return
        menu.addAction(t("Import codes…"), self.import_codes).setEnabled(self.can_change)
        menu.addAction(t("Export the codebook…"), self.export_codes)
        starters = menu.addMenu(t("Begin with"))
        starters.setEnabled(self.can_change)
        for starter in self.study.codebook_files.starters():
            title = t("{title} ({n} codes)", title=starter.title, n=starter.codes)
            starters.addAction(title, partial(self.begin_with, starter.name))

    def import_codes(self) -> None:
        """Ask for tables of codes and take them in; a bad one keeps no other out."""
        self._import_codes(
            self.context.dialogs.open_files(
                self, t("Import codes"), filters=t("Tables (*.csv *.tsv)")
            )
        )

    def _import_codes(self, files: Sequence[Path]) -> None:
        if files and self.study is not None and self.can_change:
            refused: list[Refused] = []
            new = self.study.codebook_files.read_all(
                files, on_refused=lambda path, why: refused.append(Refused(path, why))
            )
            if len(refused) < len(files):
                self._tell_new(new)
            added = len(files) - len(refused)
            tell_refused(self.context, self, refused, added, self._ask_codes)

    def _ask_codes(self, files: Sequence[Path]) -> None:
        if files:
            self._import_codes(files)
        else:
            self.import_codes()

    def export_codes(self) -> None:
        """Ask for a place and write the codebook there."""
        title = t("Export the codebook")
        out = ask_place(self.context, self, title, name="codebook", suffix=".csv")
        if out is not None and self.study is not None:
            write_out(
                self.context,
                self,
                out,
                lambda study: study.codebook_files.write(out, replace=True),
                size=len(self._counts),
                elsewhere=self.export_codes,
            )

    def begin_with(self, starter: str) -> None:
        """Take a starter codebook in."""
        if self.study is not None and self.can_change:
            self._tell_new(self.study.codebook_files.begin_with(starter))

    def _tell_new(self, count: int) -> None:
        self._show_tree()
        self.context.signals.toast_requested.emit(plural(count, "{n} new code", "{n} new codes"))


def _option(code: Code) -> Option:
    return Option(code.id, code.name, stage=code.colour)
