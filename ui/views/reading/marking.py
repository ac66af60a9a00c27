"""From observations of the study to marks beside and under the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ui.i18n import t
from ui.views.reading.lens import Lens
from ui.views.reading.marks import Mark
from ui.views.reading.turns import TurnText
from workbench.domain.codebook import Code
from workbench.domain.passage import Marking, Passage


def marks_of(markings: Iterable[Marking], text: TurnText, lens: Lens) -> Iterator[Mark]:
    """Return the marks of those observations that are shown and whose words are in the text."""
    for seen in markings:
        if not lens.shows(seen):
            continue
        first, last = text.row_of(seen.first_turn_id), text.row_of(seen.last_turn_id)
        if first >= 0 and last >= 0:
            yield Mark(
                seen.id,
                first,
                text.rows.units(first, seen.start),
                last,
                text.rows.units(last, seen.end),
                lens.colour(seen),
                name_of(seen.codes),
            )


def name_of(codes: Iterable[Code]) -> str:
    """Return what stands beside the words."""
    return ", ".join(code.name for code in codes) or t("no code yet")


def tip_of(passage: Passage) -> str:
    """Return what hovering tells, in lines."""
    where = (passage.stage, passage.touchpoint)
    lines = [
        name_of(passage.codes),
        " · ".join(place.name for place in where if place),
        passage.memo,
    ]
    return "\n".join(line for line in lines if line)
