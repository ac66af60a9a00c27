"""What every printed form of a report says alike: contents, captions, signatures, the register.

An exporter decides how these look; what they say is decided here, so that Word and HTML say the
same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.domain.report import (
    EvidenceEntry,
    EvidenceState,
    Heading,
    Quote,
    RegisterTable,
    ReportModel,
    Section,
)
from workbench.words import Phrase, t

_HEAD: tuple[Phrase, ...] = ("No.", "Words", "Person", "Source and time", "Stage")
REGISTER_WIDTHS = (12.0, 62.0, 19.0, 34.0, 27.0)
JOURNEY = "journey"
"""The id of the chapter with the journey map, to which the window leads."""
KINDS: dict[str, Phrase] = {"Table": "Table", "Figure": "Figure"}
"""What stands before the number of a caption."""
_DEEPEST = 2  # level of a heading that the contents name


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents.

    Attributes:
        level: 1 for a chapter, 2 for a heading in it.
        text: what stands there.
        section: place of the chapter.
        block: place of the heading among the blocks of the chapter; −1 for the chapter itself.
    """

    level: int
    text: str
    section: int
    block: int = -1


def contents(model: ReportModel) -> Iterator[Entry]:
    """Yield the lines of the contents in their order."""
    for place, section in enumerate(model.sections):
        yield Entry(1, section.heading, place)
        for at, block in enumerate(section.blocks):
            if isinstance(block, Heading) and block.level <= _DEEPEST:
                yield Entry(block.level, block.text, place, at)


def is_register(section: Section) -> bool:
    """Tell whether a section holds the evidence register."""
    return any(isinstance(block, RegisterTable) for block in section.blocks)


def prints_register(model: ReportModel) -> bool:
    """Tell whether evidence numbers have a line to lead to; a brief names those of the report."""
    return any(map(is_register, model.sections))


def signature(quote: Quote) -> str:
    """Return what stands below a quotation: person, source, time."""
    return " · ".join(part for part in (quote.person, quote.source, quote.time) if part)


def label(number: int) -> str:
    """Return how an evidence number is called: E7."""
    return f"E{number}"


def register_head() -> tuple[str, ...]:
    """Return the names of the columns of the register."""
    return tuple(map(t, _HEAD))


def register_line(entry: EvidenceEntry) -> tuple[str, str, str, str, str]:
    """Return the cells of a line of the register, below `register_head`."""
    words = f"“{entry.words}”" if entry.state is EvidenceState.QUOTED else entry.why_not
    where = f"{entry.source} {entry.time}".strip()
    return (label(entry.number), words, entry.person, where, entry.stage)
