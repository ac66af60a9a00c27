"""How one looks at a coded text: which observations are shown, and what their colours mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ui.i18n import t
from workbench.domain.figures import signed
from workbench.domain.ids import CodeId, CoderId
from workbench.domain.passage import Marking
from workbench.domain.people import Coder


class ColourBy(StrEnum):
    """What the colours stand for."""

    STAGE = "stage"
    CODE = "code"
    EMOTION = "emotion"
    CODER = "coder"


class Show(StrEnum):
    """Which observations are shown."""

    ALL = "all"
    MINE = "mine"
    CODE = "code"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Lens:
    """What is shown, and how.

    Attributes:
        show: which observations.
        code_id: the one code with `Show.CODE`.
        me: the person at work; without a name, what nobody's name is on counts as one's own.
        coders: everybody who has coded; the place decides about the colour.
    """

    colour_by: ColourBy = ColourBy.STAGE
    show: Show = Show.ALL
    code_id: CodeId | None = None
    me: CoderId | None = None
    coders: tuple[Coder, ...] = ()

    def shows(self, seen: Marking) -> bool:
        """Tell whether an observation is shown."""
        if self.show is Show.ALL:
            return True
        if self.show is Show.MINE:
            return seen.coder_id == self.me
        if self.show is Show.CODE:
            return any(code.id == self.code_id for code in seen.codes)
        return False

    def colour(self, seen: Marking) -> str | None:
        """Return the key of an observation's colour, see `MarkColours`; `None`: quiet."""
        if self.colour_by is ColourBy.STAGE:
            return f"hue/{seen.stage.colour}" if seen.stage else None
        if self.colour_by is ColourBy.CODE:
            of = [code for code in seen.codes if code.id == self.code_id] or seen.codes
            return f"hue/{of[0].colour}" if of else None
        if self.colour_by is ColourBy.EMOTION:
            return None if seen.emotion is None else f"emotion/{seen.emotion}"
        return self._of_coder(seen.coder_id)

    def legend(self, markings: Iterable[Marking]) -> list[tuple[str | None, str]]:
        """Return the colours of emotion or coders that occur, with their meaning.

        Codes stand beside their marks anyway, and stages are one's own few.
        """
        if self.colour_by is ColourBy.EMOTION:
            known = [(f"emotion/{n}", signed(n, digits=0)) for n in range(-2, 3)]
            last = t("not rated")
        elif self.colour_by is ColourBy.CODER:
            known = [(self._of_coder(coder.id) or "", coder.name) for coder in self.coders]
            last = t("nobody’s name")
        else:
            return []
        keys = {self.colour(seen) for seen in markings}
        return [entry for entry in (*known, (None, last)) if entry[0] in keys]

    def _of_coder(self, coder_id: CoderId | None) -> str | None:
        place = next((at for at, one in enumerate(self.coders) if one.id == coder_id), None)
        return None if place is None else f"hue/{place}"
