"""A report as a tree without a file format.

The builder decides what is said and shown, the exporters how it looks: one tree becomes Word,
a preview in the window, or plain text, and all of them carry the same evidence numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import StrEnum
from itertools import pairwise
from string import ascii_uppercase
from typing import Literal, TypeVar

from workbench.errors import Bug
from workbench.words import t

T = TypeVar("T")
Tone = Literal[
    "",
    "head",
    "quiet",
    "good",
    "bad",
    "warn",
    "stage1",
    "stage2",
    "stage3",
    "stage4",
    "stage5",
    "stage6",
    "stage7",
    "stage8",
]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look."""

    text: str
    bold: bool = False
    italic: bool = False
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class EvidenceRef:
    """A numbered reference, written [E7], that leads to the register."""

    number: int


Inline = Run | EvidenceRef


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section; the section's own title is level 1."""

    level: Literal[2, 3]
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `lead` opens a section, `note` is small print below a figure."""

    runs: tuple[Inline, ...]
    style: Literal["body", "lead", "note"] = "body"


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words.

    Attributes:
        words: the words, without quotation marks.
        person: pseudonym, never a real name.
        source: title of the session or the source.
        time: where in the recording, ready to print ("00:55"); "" for documents.
        evidence: number in the register.
    """

    words: str
    person: str
    source: str
    time: str
    evidence: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; the tone colours its background."""

    runs: tuple[Inline, ...]
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption.

    Attributes:
        header: one text for each column.
        rows: as many cells as the header in each row.
        caption: what the table shows, without "Table 3".
        widths: share of each column; only their relation counts.
        dense: small type, for wide tables.
        header_tones: colour of each head cell; empty = all alike.
        big_head: the header holds key figures, in large type.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str
    widths: tuple[float, ...]
    dense: bool = False
    header_tones: tuple[Tone, ...] = ()
    big_head: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as PNG, with the text for those who cannot see it."""

    png: bytes
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class BulletList:
    """Short points."""

    items: tuple[tuple[Inline, ...], ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """The one thing of a section that a hurried reader should see."""

    title: str
    runs: tuple[Inline, ...]
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class RegisterTable:
    """The place in the document where the evidence register is printed."""

    caption: str


Block = Heading | Paragraph | Quote | Table | Picture | BulletList | Callout | RegisterTable


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter: a level-1 heading and its blocks.

    Attributes:
        id: by which it is found, left out and remembered, in every language.
        title: name of the chapter, for readers.
        appendix: stands behind the text.
        letter: of an appendix, as `lettered` gives it.
    """

    id: str
    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False
    new_page: bool = True
    appendix: bool = False
    letter: str = ""

    @property
    def heading(self) -> str:
        """Return what is printed above the chapter."""
        if not self.letter:
            return self.title
        return t("Appendix {letter}: {title}", letter=self.letter, title=self.title)


class EvidenceState(StrEnum):
    """Whether the words of a piece of evidence may be and can be shown."""

    QUOTED = "quoted"
    WITHHELD = "withheld"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class EvidenceEntry:
    """One line of the evidence register.

    Attributes:
        number: the 7 of E7.
        key: id of the observation behind it.
        state: quoted, withheld (no consent to quotes) or removed from the study since.
        words: the quoted words; "" unless quoted.
        person: pseudonym; "" when the speaker is unknown.
        source: title of the session or the source.
        time: where in the recording, ready to print; "" for documents.
        stage: stage of the journey, "" if none.
        why_not: sentence that stands where the words would be.
        content: short checksum of what the study says of the observation; "" when removed.
    """

    number: int
    key: str
    state: EvidenceState
    words: str = ""
    person: str = ""
    source: str = ""
    time: str = ""
    stage: str = ""
    why_not: str = ""
    content: str = ""


@dataclass(frozen=True, slots=True)
class ReportModel:
    """A whole report.

    Attributes:
        title: name of the study.
        subtitle: lines below it on the title page.
        sections: the chapters, in order.
        register: the evidence, in order of its numbers.
        kicker: small line above the title.
        notice: small print at the foot of the title page.
        foot: small print at the foot of every page.
        short: it is a page or two, with neither a title page nor contents.
        compact: it has to fit one page, so that everything is smaller.
    """

    title: str
    subtitle: tuple[str, ...]
    sections: tuple[Section, ...]
    register: tuple[EvidenceEntry, ...] = ()
    kicker: str = ""
    notice: str = ""
    foot: str = ""
    short: bool = False
    compact: bool = False


@dataclass(slots=True)
class EvidenceNumbers:
    """Hands out evidence numbers in the order of first citation.

    A number, once given, belongs to its observation for ever: start from the numbers that the
    study keeps, and what was removed since keeps its number as a tombstone.
    """

    kept: Mapping[str, int] = field(default_factory=dict)
    _numbers: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        """Take over the numbers that readers may already hold on paper."""
        self._numbers = dict(self.kept)

    def cite(self, key: str) -> EvidenceRef:
        """Return the reference for an observation, with a new number at its first citation."""
        if key not in self._numbers:
            self._numbers[key] = max(self._numbers.values(), default=0) + 1
        return EvidenceRef(self._numbers[key])

    def __iter__(self) -> Iterator[tuple[int, str]]:
        """Yield (number, key) in the order of the numbers."""
        return iter(sorted((number, key) for key, number in self._numbers.items()))


def lettered(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Return sections whose appendices have letters without a gap: A, B, C."""
    letters = iter(ascii_uppercase)
    return tuple(
        replace(section, letter=next(letters)) if section.appendix else section
        for section in sections
    )


def text(*parts: str | Inline) -> tuple[Inline, ...]:
    """Return runs from plain strings and ready-made runs or references."""
    return tuple(Run(part) if isinstance(part, str) else part for part in parts)


def cell(*parts: str | Inline, tone: Tone = "") -> Cell:
    """Return a table cell from plain strings and ready-made runs or references."""
    return Cell(text(*parts), tone)


def evenly(things: Sequence[T], most: int) -> list[Sequence[T]]:
    """Return what stands beside each other in rows of about the same length.

    Args:
        things: in order.
        most: so many fit into a row.
    """
    rows = max(1, -(-len(things) // most))
    ends = [round(len(things) * row / rows) for row in range(rows + 1)]
    return [things[start:end] for start, end in pairwise(ends)]


def references(model: ReportModel) -> list[int]:
    """Return the evidence numbers in the order in which the report cites them."""
    return [
        number for section in model.sections for block in section.blocks for number in _cited(block)
    ]


def check(model: ReportModel) -> None:
    """Make sure that every reference has its line in the register.

    Raises:
        Bug: a number is cited that the register does not hold, or stands there twice.
    """
    numbers = [entry.number for entry in model.register]
    missing = sorted(set(references(model)) - set(numbers))
    if missing or len(set(numbers)) != len(numbers):
        raise Bug(
            "report.evidence",
            "The evidence register does not match the text (E-numbers {numbers}).",
            "Please send us the log: this is our mistake, your study is not harmed.",
            numbers=missing or numbers,
        )


def _cited(block: Block) -> Iterator[int]:
    match block:
        case Quote(evidence=number):
            yield number
        case Paragraph(runs=runs) | Callout(runs=runs):
            yield from _numbers_in(runs)
        case BulletList(items=items):
            for item in items:
                yield from _numbers_in(item)
        case Table(rows=rows):
            for row in rows:
                for one in row:
                    yield from _numbers_in(one.runs)
        case _:
            return


def _numbers_in(runs: Iterable[Inline]) -> Iterator[int]:
    return (run.number for run in runs if isinstance(run, EvidenceRef))


def map_text(model: ReportModel, change: Callable[[str], str]) -> ReportModel:
    """Return the report with every text in it changed, numbers and pictures as they are."""
    changed = _map(model, change)
    assert isinstance(changed, ReportModel)  # noqa: S101
    return changed


def _map(value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, StrEnum):
        return value
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_map(part, change) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        # Names of ours, not words of people.
        kept = {"id", "key", "content", "letter", "style", "tone", "header_tones"}
        parts = {f.name: getattr(value, f.name) for f in fields(value)}
        return replace(value, **{n: p if n in kept else _map(p, change) for n, p in parts.items()})
    return value
