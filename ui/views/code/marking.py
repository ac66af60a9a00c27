"""From passages of the study to marks beside and under the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ui.i18n import plural, t
from ui.views.reading.marks import Mark
from ui.views.reading.text import ReadingText
from workbench.domain.passage import Passage


def marks_of(passages: Iterable[Passage], text: ReadingText) -> Iterator[Mark]:
    """Return the marks of those passages whose words are in the text that is shown."""
    for passage in passages:
        seen = passage.observation
        first, last = text.row_of(seen.first_turn_id), text.row_of(seen.last_turn_id)
        if seen.anchor is None or first < 0 or last < 0:
            continue
        yield Mark(
            id=seen.id,
            first=first,
            start=text.units(first, seen.start),
            last=last,
            end=text.units(last, seen.end),
            colour=passage.stage.colour if passage.stage else None,
            label=name_of(passage),
            tip=tip_of(passage),
        )


def name_of(passage: Passage) -> str:
    """Return what stands beside the words: the codes, else the stage."""
    if passage.codes:
        return ", ".join(code.name for code in passage.codes)
    return t("no code yet")


def tip_of(passage: Passage) -> str:
    """Return what hovering tells, in lines."""
    where = (passage.stage, passage.touchpoint)
    lines = [
        name_of(passage),
        " · ".join(place.name for place in where if place),
        passage.memo,
    ]
    return "\n".join(line for line in lines if line)


def length_of(ms: int) -> str:
    """Return a length as "2 min 9 s"."""
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return t("{hours} h {minutes} min", hours=hours, minutes=minutes)
    if minutes:
        return t("{minutes} min {seconds} s", minutes=minutes, seconds=seconds)
    return plural(seconds, "{n} second", "{n} seconds")
