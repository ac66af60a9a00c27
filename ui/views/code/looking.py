"""How one looks at the text: what the colours mean, and which observations are shown."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from ui.context import AppContext
from ui.i18n import t
from ui.views.code.gestures import CodeGestures
from ui.views.code.lens_bar import LensBar
from ui.views.picking.options import code_options
from ui.views.reading.lens import ColourBy, Lens, Show
from workbench.domain.ids import CodeId

_REMEMBERED = "code.colour"


class CodeLooking(CodeGestures):
    """The lens between the study and the text.

    Args:
        context: everything the window shares.
    """

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        known = context.settings.current.window.choices.get(_REMEMBERED, "")
        colour = ColourBy(known) if known in list(ColourBy) else ColourBy.STAGE
        self.lens = Lens(colour_by=colour)
        self.lens_bar = LensBar(context)
        self.view.add_to_head(self.lens_bar.button, self.lens_bar)
        self.lens_bar.all_wanted.connect(lambda: self.show_only(Show.ALL))
        context.theme.changed.connect(self.show_lens)

    # Actions

    def colour_by(self, name: str) -> None:
        """Let the colours stand for stages, codes, emotion or coders, and remember it."""
        self.context.choices[_REMEMBERED] = name
        self._look(replace(self.lens, colour_by=ColourBy(name)))

    def is_coloured_by(self, name: str) -> bool:
        """Tell what the colours stand for."""
        return self.lens.colour_by == name

    def show_only(self, name: str) -> None:
        """Show all observations, only one's own, those of one code, or none."""
        if name == Show.CODE:
            self._pick_shown_code()
            self._refresh_actions()
        else:
            self._look(replace(self.lens, show=Show(name), code_id=None))

    def is_shown(self, name: str) -> bool:
        """Tell which observations are shown."""
        return self.lens.show == name

    def shown_code(self) -> CodeId | None:
        """Return the code one would most likely want to see alone."""
        codes = [code for passage in self.chosen for code in passage.codes]
        return codes[0].id if codes else None

    def _pick_shown_code(self) -> None:
        if self.study is None:
            return
        first = self.shown_code()
        options = code_options(self.study, recent=[first] if first else [])
        self.picker.ask(
            options,
            prompt=t("Show only"),
            nothing=t("There are no codes yet. Select words and type the name of one."),
            near=QRect(self.view.title.mapTo(self, self.view.title.rect().bottomLeft()),
                       self.view.title.rect().size() * 0),
            picked=lambda key: self._look(
                replace(self.lens, show=Show.CODE, code_id=CodeId(key))
            ),
        )  # fmt: skip

    # The lens

    def look_at_all(self) -> None:
        """Hide nothing; what another study hid is not this one's."""
        self.lens = Lens(colour_by=self.lens.colour_by)
        self.show_lens()

    def show_hidden(self, observation_id: str) -> None:
        """Show all observations if this one is hidden, since somebody asks for it."""
        seen = self._open.markings.get(observation_id) if self._open else None
        if seen is not None and not self.lens.shows(seen):
            self.show_only(Show.ALL)

    def refresh_lens(self) -> None:
        """Take over who has coded, and forget a code that is gone."""
        if self.study is None or self._open is None:
            return
        lens = replace(self.lens, me=self.study.coders.me(), coders=tuple(self.study.coders.all()))
        if lens.code_id is not None and not self._name_of(lens.code_id):
            lens = replace(lens, show=Show.ALL, code_id=None)
        if lens != self._open.lens:
            self._look(lens)

    def _look(self, lens: Lens) -> None:
        self.lens = lens
        if self._open is not None:
            self._open.lens = lens
            self._open.show_marks()
            # What one does not see must not be changed together with what one sees.
            read, marks = self._open.markings, self.text.marks
            seen = [one for one in self._ids if one not in read or marks.get(one)]
            if len(seen) != len(self._ids):
                self.choose(seen)
        self._refresh_actions()

    def show_lens(self) -> None:
        """Bring legend and sign up to date."""
        markings = self._open.markings if self._open else {}
        shown = (seen for seen in markings.values() if self.lens.shows(seen))
        self.lens_bar.show_legend(self.lens.legend(shown))
        self.lens_bar.say(self._sign(len(markings)))

    def _sign(self, total: int) -> str:
        count = len(self.text.marks)
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
        codes = self.study.codebook.codes() if self.study else []
        return next((code.name for code in codes if code.id == code_id), "")
