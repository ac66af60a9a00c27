"""Transcripts: turns of words with times, said by speakers.

Plain documents are transcripts too: a paragraph is a turn without time or speaker, so that
coding, search and reports have one kind of text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self, overload

from typing_extensions import override

from workbench.domain.ids import ParticipantId, SourceId, SpeakerId, TranscriptId, TurnId
from workbench.domain.layout import PLAIN, Layout
from workbench.words import Phrase, t

DOUBTFUL = 500
"""Thousandths: words of which the engine was less sure are marked."""
# A stored word with a probability below that.
_STORED_DOUBT = re.compile(r"\[(\d+),(\d+),(\d+),(\d+),([1-4]?\d?\d)\]")


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word inside the text of its turn.

    Attributes:
        start: first code point of the word in the turn's text.
        end: code point after the last one.
        start_ms: begin of the word in the recording, in milliseconds.
        end_ms: end of the word in the recording, in milliseconds.
        probability: the engine's probability in thousandths, 0…1000.
    """

    start: int
    end: int
    start_ms: int
    end_ms: int
    probability: int

    def as_list(self) -> list[int]:
        """Return the five numbers in the order of the attributes."""
        return [self.start, self.end, self.start_ms, self.end_ms, self.probability]

    @classmethod
    def from_list(cls, numbers: Sequence[int]) -> Self:
        """Read what `as_list` wrote."""
        return cls(*numbers)


class Words(Sequence[Word]):
    """The words of a turn as the study keeps them, read when somebody asks for them.

    An hour of speech has ten thousand words, of which one looks at a page: most are never read.

    Args:
        stored: JSON of what `Word.as_list` returns, word by word.
    """

    __slots__ = ("_read", "stored")

    def __init__(self, stored: str) -> None:
        self.stored = stored
        self._read: tuple[Word, ...] | None = None

    @staticmethod
    def written(words: Iterable[Word]) -> str:
        """Return words as they are stored."""
        if isinstance(words, Words):
            return words.stored
        return json.dumps([word.as_list() for word in words], separators=(",", ":"))

    def doubtful(self) -> list[Word]:
        """Return the words of which the engine was not sure, mostly without reading the others."""
        if self._read is not None:
            return [word for word in self._read if word.probability < DOUBTFUL]
        return [Word(*map(int, found.groups())) for found in _STORED_DOUBT.finditer(self.stored)]

    @property
    def _all(self) -> tuple[Word, ...]:
        if self._read is None:
            try:
                self._read = tuple(Word.from_list(numbers) for numbers in json.loads(self.stored))
            except (ValueError, TypeError, LookupError):
                self._read = ()  # the text of the turn is there all the same, without word times
        return self._read

    @override
    def __len__(self) -> int:
        return len(self._all)

    @override
    def __iter__(self) -> Iterator[Word]:
        return iter(self._all)

    @overload
    def __getitem__(self, at: int) -> Word: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Word, ...]: ...
    @override
    def __getitem__(self, at: int | slice) -> Word | tuple[Word, ...]:
        return self._all[at]

    @override
    def __eq__(self, other: object) -> bool:
        if isinstance(other, Words) and other.stored == self.stored:
            return True
        return isinstance(other, (tuple, Words)) and self._all == tuple(other)

    @override
    def __hash__(self) -> int:
        return hash(self._all)

    @override
    def __repr__(self) -> str:
        return repr(self._all)


def doubtful(words: Sequence[Word]) -> list[Word]:
    """Return the words of which the engine was not sure."""
    if isinstance(words, Words):
        return words.doubtful()
    return [word for word in words if word.probability < DOUBTFUL]


@dataclass(frozen=True, slots=True)
class TurnDraft:
    """A turn as an engine or an importer delivers it, before it has an identity.

    Attributes:
        ordinal: place in the transcript, from 0.
        text: the words, in code points.
        start_ms: begin in the recording; `None` for documents.
        end_ms: end in the recording; `None` for documents.
        speaker: label of the voice ("S1", or a name in imported files), if known.
        words: word times, in order; empty for documents.
        doubt: why a person should check this turn ("" = no reason).
        layout: how it looked in its document.
    """

    ordinal: int
    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    speaker: str | None = None
    words: tuple[Word, ...] = ()
    doubt: str = ""
    layout: Layout = PLAIN


class ByHand(StrEnum):
    """What people decided about a turn, so that no machine decides it anew."""

    NOTHING = ""
    BORDERS = "borders"  # where it begins and ends
    VOICE = "voice"  # who speaks, and with it where


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of a transcript as the study keeps it.

    Attributes:
        by_hand: what of it people decided, besides its text.
    """

    id: TurnId
    transcript_id: TranscriptId
    ordinal: int
    text: str
    start_ms: int | None
    end_ms: int | None
    speaker_id: SpeakerId | None
    words: Sequence[Word]
    doubt: str
    layout: Layout = PLAIN
    by_hand: ByHand = ByHand.NOTHING


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice in one transcript; `participant_id` says whose, once somebody has named it."""

    id: SpeakerId
    transcript_id: TranscriptId
    label: str
    name: str
    participant_id: ParticipantId | None

    @property
    def number(self) -> int:
        """Return the number in a label that a machine gave, as in "S2"; 0 for other labels."""
        digits = self.label.removeprefix("S")
        return int(digits) if self.label.startswith("S") and digits.isdecimal() else 0


TRANSLATED: Phrase = "translated into English by machine"
"""Stands with every text that leaves the study and is nobody's own words."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """The text of a source, typed, imported or recognised by a model.

    Attributes:
        model: name of the speech model; empty for documents and imported transcripts.
        language: the one that is spoken.
        language_probability: thousandths; how sure the engine was of it, `CERTAIN` if nobody
            had to find it out. Below `spoken.UNCERTAIN` it is marked.
        replaced_at: when a newer transcript of the source took its place.
        translated: the model wrote English whatever is spoken: no word is anybody's own.
        track: number of the only track of sound that was heard, from 1; 0 = all.
        laid: its times are those that players show, also behind a gap in the sound.
    """

    id: TranscriptId
    source_id: SourceId
    model: str
    language: str
    created_at: str
    replaced_at: str | None = None
    translated: bool = False
    laid: bool = False
    track: int = 1
    language_probability: int = 1000

    @property
    def counted(self) -> bool:
        """Tell whether its times count samples, as those of earlier programs do."""
        return bool(self.model) and not self.laid

    @property
    def origin(self) -> str:
        """Return which model heard it, and whether it translated."""
        return f"{self.model}, {t(TRANSLATED)}" if self.translated else self.model
