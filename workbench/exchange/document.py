"""What an importer delivers: paragraphs on their way, and a document when it is whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from workbench.domain import counts
from workbench.domain.layout import PLAIN, Layout
from workbench.domain.transcript import TurnDraft, Word
from workbench.errors import UserError
from workbench.exchange import numbering
from workbench.words import Phrase, Sentence, plural, said, t
from workbench.words.local import grouped

LARGEST = 50_000_000
"""Bytes of text one document may hold; a thick novel has one million."""

SURE = 1000
"""Probability of what a file says, in thousandths: nobody guessed it."""

_MOST_TURNS = 200_000
_LATEST_MS = 1_000 * 3_600_000
LOST = {
    "picture": ("{n} picture", "{n} pictures"),
    "drawing": ("{n} drawing", "{n} drawings"),
    "formula": ("{n} formula", "{n} formulas"),
    "object": ("{n} embedded object", "{n} embedded objects"),
    "field": ("{n} form field", "{n} form fields"),
    "box": ("{n} text box", "{n} text boxes"),
    "footnote": ("{n} footnote", "{n} footnotes"),
    "endnote": ("{n} endnote", "{n} endnotes"),
    "comment": ("{n} comment", "{n} comments"),
    "deleted": (
        "{n} deleted passage of tracked changes",
        "{n} deleted passages of tracked changes",
    ),
    "moved": ("{n} moved passage of tracked changes", "{n} moved passages of tracked changes"),
    "change": ("{n} tracked change", "{n} tracked changes"),
    "sign": ("{n} special character", "{n} special characters"),
    "chapter": ("{n} missing chapter", "{n} missing chapters"),
    "time": ("{n} time inside a paragraph", "{n} times inside a paragraph"),
    "page": ("{n} page without text", "{n} pages without text"),
}
"""What a file can hold and a study cannot keep, by short names: how much of it, in words."""

_HALF = re.compile("[\ud800-\udfff]")  # of a letter; no encoding takes it alone


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """A person a file speaks of; what it does not say is ""."""

    code: str
    pseudonym: str
    segment: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """What an importer delivers, before it has a place in the study.

    Attributes:
        turns: the paragraphs or cues, in order.
        language: ISO 639-1 code if the file says so, else "".
        notes: what could not be kept, or had to be guessed; whole sentences for a person.
        people: those whom the file names apart from its words, as a table of answers does.
        kept: what the study may keep of the file, as text, where that is less than the whole file;
            `None` = it may be copied as it is.
    """

    turns: tuple[TurnDraft, ...]
    language: str = ""
    notes: tuple[str, ...] = ()
    people: tuple[PersonDraft, ...] = ()
    kept: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of text on its way to a turn; the fields are those of `TurnDraft`."""

    text: str
    layout: Layout = PLAIN
    start_ms: int | None = None
    end_ms: int | None = None
    speaker: str | None = None
    words: tuple[Word, ...] = ()

    def cut(self, start: int, end: int | None = None) -> Self:
        """Return the part between two code points, without space around it."""
        text = self.text[start:end]
        first = start + len(text) - len(text.lstrip())
        text = text.strip()
        return replace(self, text=text, layout=self.layout.cut(first, first + len(text)))


@dataclass(slots=True)
class Losses:
    """Counts what a file holds and a study cannot keep, and says it in sentences."""

    _counts: Counter[str] = field(default_factory=Counter)
    _sentences: list[str] = field(default_factory=list)

    def add(self, kind: str, number: int = 1) -> None:
        """Count things of a kind, one of `LOST`."""
        self._counts[kind] += number

    def say(self, sentence: str) -> None:
        """Add a sentence once."""
        if sentence not in self._sentences:
            self._sentences.append(sentence)

    def notes(self) -> tuple[str, ...]:
        """Return the sentences."""
        kinds = [plural(n, *LOST[kind]) for kind, n in self._counts.items() if n]
        left_out = [t("Not taken over: {what}.", what=counts.joined(kinds))] if kinds else []
        return (*left_out, *self._sentences)


def finished(
    path: Path,
    paragraphs: Iterable[Paragraph],
    *,
    language: str = "",
    notes: Sequence[str] = (),
    people: Sequence[PersonDraft] = (),
) -> Document:
    """Number paragraphs as turns; each that begins ends at the latest where the next begins.

    Raises:
        UserError: there is no text.
    """
    kept = [_storable(part) for part in paragraphs if part.text.strip()]
    length = sum(len(part.text) for part in kept)
    if length > LARGEST or len(kept) > _MOST_TURNS:
        raise too_long(
            path,
            said(
                "{mb} MB in {paragraphs} paragraphs",
                mb=grouped(length / 1e6, 1),
                paragraphs=grouped(len(kept)),
            ),
        )
    if not kept:
        raise UserError(
            "document-empty",
            "“{file}” holds no text.",
            "If it is a scan, make its text readable with OCR first.",
            file=path.name,
        )
    layouts = list(numbering.spare(part.layout for part in kept))
    turns: list[TurnDraft] = []
    following: int | None = None
    for ordinal, part in reversed(list(enumerate(kept))):
        end = part.end_ms
        if part.start_ms is not None:
            if end is None:
                end = part.start_ms if following is None else following
            end, following = max(end, part.start_ms), part.start_ms
        turns.append(
            TurnDraft(
                ordinal,
                part.text,
                part.start_ms,
                end,
                part.speaker,
                part.words,
                layout=layouts[ordinal],
            )
        )
    return Document(tuple(reversed(turns)), language, tuple(notes), tuple(people))


def _storable(part: Paragraph) -> Paragraph:
    """Return a paragraph that a study can keep: without halves of letters and impossible times."""
    times = (part.start_ms, part.end_ms, *(word.end_ms for word in part.words))
    if any(time is not None and time > _LATEST_MS for time in times):
        part = replace(part, start_ms=None, end_ms=None, words=())
    if _HALF.search(part.text) or _HALF.search(part.speaker or ""):
        speaker = part.speaker and _HALF.sub("\ufffd", part.speaker)
        part = replace(part, text=_HALF.sub("\ufffd", part.text), speaker=speaker)
    return part


def too_long(path: Path, size: Sentence, largest: int = LARGEST) -> UserError:
    """Return the refusal of a text that no one can read."""
    return UserError(
        "document-too-long",
        "“{file}” holds {size} of text; a document may hold {largest} MB.",
        "Divide it into parts, such as one per interview or chapter, and import those.",
        file=path.name,
        size=size,
        largest=largest // 1000000,
    )


def damaged(path: Path, kind: Phrase, todo: Phrase) -> UserError:
    """Return the refusal of a file that is not what its name says.

    Args:
        path: the file.
        kind: with its article: “a Word document”.
        todo: how to get a good one.
    """
    return UserError(
        "document-unreadable",
        "“{file}” cannot be read as {kind}.",
        todo,
        file=path.name,
        kind=said(kind),
    )
