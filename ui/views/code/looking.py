"""How one looks at the text: what the colours mean, and which observations are shown."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRect

from ui.i18n import t
from ui.views.code.desk import CodeDesk
from ui.views.code.selection import Selection
from ui.views.picking.options import code_options
from ui.views.reading.lens import ColourBy, Lens, Show
from workbench.domain.ids import CodeId

_REMEMBERED = "code.colour"


class Looking:
    """The lens between the study and the text.

    Args:
        desk: the open study.
        selection: what one does not see is not selected.
    """

    def __init__(self, desk: CodeDesk, selection: Selection) -> None:
        self._desk = desk
        self._selection = selection
        self._bar = desk.panes.lens_bar
        before = desk.context.settings.current.window.choices.get(_REMEMBERED, "")
        known = desk.context.choices.get(_REMEMBERED, before)
        colour = ColourBy(known) if known in list(ColourBy) else ColourBy.STAGE
        desk.opened.lens = Lens(colour_by=colour)
        desk.hear(desk.opened.shown, self._show_lens)
        desk.hear(self._bar.all_wanted, lambda: self.show_only(Show.ALL))
        desk.hear(desk.context.theme.changed, self._show_lens)

    @property
    def lens(self) -> Lens:
        """Return what is shown, and how."""
        return self._desk.opened.lens

    # Actions

    def colour_by(self, name: str) -> None:
        """Let the colours stand for stages, codes, emotion or coders, and remember it."""
        self._desk.context.choices[_REMEMBERED] = name
        self._look(replace(self.lens, colour_by=ColourBy(name)))

    def is_coloured_by(self, name: str) -> bool:
        """Tell what the colours stand for."""
        return self.lens.colour_by == name

    def show_only(self, name: str) -> None:
        """Show all observations, only one's own, those of one code, or none."""
        if name == Show.CODE:
            self._pick_code()
            self._desk.follow()
        else:
            self._look(replace(self.lens, show=Show(name), code_id=None))

    def is_shown(self, name: str) -> bool:
        """Tell which observations are shown."""
        return self.lens.show == name

    # The lens

    def show_hidden(self, observation_id: str) -> None:
        """Show all observations if this one is hidden, since somebody asks for it."""
        seen = self._desk.opened.markings.get(observation_id)
        if seen is not None and not self.lens.shows(seen):
            self.show_only(Show.ALL)

    def refresh(self) -> None:
        """Take over who has coded, and forget a code that is gone."""
        coders = self._desk.study.coders
        lens = replace(self.lens, me=coders.me(), coders=tuple(coders.all()))
        if lens.code_id is not None and not self._name_of(lens.code_id):
            lens = replace(lens, show=Show.ALL, code_id=None)
        if lens != self.lens:
            self._look(lens)

    def forget(self) -> None:
        """Have neither legend nor sign; what one study hid is not the next one's."""
        self._bar.show_legend([])
        self._bar.say("")

    def _pick_code(self) -> None:
        first, panes = self._likely_code(), self._desk.panes
        title = panes.view.title
        options = code_options(self._desk.study, recent=[first] if first else [])
        panes.picker.ask(
            options,
            prompt=t("Show only"),
            nothing=t("There are no codes yet. Select words and type the name of one."),
            near=QRect(title.mapTo(self._desk.page, title.rect().bottomLeft()),
                       title.rect().size() * 0),
            picked=lambda key: self._look(
                replace(self.lens, show=Show.CODE, code_id=CodeId(key))
            ),
        )  # fmt: skip

    def _likely_code(self) -> CodeId | None:
        """Return the code one would most likely want to see alone."""
        panes = self._desk.panes
        in_codebook = panes.codebook.selected() if panes.left.with_codebook else []
        if len(in_codebook) == 1:
            return in_codebook[0]
        codes = [code for passage in self._selection.chosen for code in passage.codes]
        return codes[0].id if codes else None

    def _look(self, lens: Lens) -> None:
        opened, marks = self._desk.opened, self._desk.text.marks
        opened.lens = lens
        opened.show_marks()
        # What one does not see must not be changed together with what one sees.
        ids = self._selection.ids
        seen = [one for one in ids if one not in opened.markings or marks.get(one)]
        if len(seen) != len(ids):
            self._selection.choose(seen)
        self._desk.follow()

    def _show_lens(self) -> None:
        """Bring legend and sign up to date."""
        markings = self._desk.opened.markings
        shown = (seen for seen in markings.values() if self.lens.shows(seen))
        self._bar.show_legend(self.lens.legend(shown))
        self._bar.say(self._sign(len(markings)))

    def _sign(self, total: int) -> str:
        count = len(self._desk.text.marks)
        match self.lens.show:
            case Show.MINE:
                return t("Only mine · {n} of {all} shown", n=count, all=total)
            case Show.CODE:
                name = self._name_of(self.lens.code_id)
                return t("Only “{name}” · {n} of {all} shown", name=name, n=count, all=total)
            case Show.NONE:
                return t("{all} observations are hidden", all=total)
        return ""

    def _name_of(self, code_id: CodeId | None) -> str:
        codes = self._desk.study.codebook.codes()
        return next((code.name for code in codes if code.id == code_id), "")
