"""What of a recording others may hear, as stretches of its time, and why nothing may leave.

Who may be heard, and what is a name, is answered in `confidential.py` beside this. What nobody has
transcribed is not known to hold no names: where speech has no words, nothing leaves for others, and
of a transcript from elsewhere only what its turns cover is heard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from workbench.domain import quieting
from workbench.domain.anchors import TimeSpan
from workbench.domain.consent import Use
from workbench.domain.figures import clock
from workbench.domain.jobs import JobState
from workbench.domain.materials import Source
from workbench.domain.transcript import Transcript, Turn
from workbench.domain.unheard import Gap, gaps
from workbench.domain.voices import SPEAKS_OVER, reasons
from workbench.errors import UserError
from workbench.exchange.finished import Piece
from workbench.services.confidential.confidential import Confidential
from workbench.services.consent.ledger import Ledger
from workbench.services.desk import Desk
from workbench.words import Phrase, Sentence, counted, said, t

FOREVER = TimeSpan(0, 1 << 40)
"""A part of a recording that is all of it."""


@dataclass(frozen=True, slots=True)
class Audible:
    """What others may hear of a part of a recording.

    Attributes:
        silent: where there is silence, in order.
        tones: where there is a tone, in order.
        words: how many words lie under tones.
        heard: the words that are heard, as others may read them.
        counted: these times count samples.
        track: number of the only track of sound that was heard; 0 = all.
    """

    silent: tuple[TimeSpan, ...]
    tones: tuple[TimeSpan, ...]
    words: int
    heard: tuple[Piece, ...]
    counted: bool = False
    track: int = 0


def audible(desk: Desk, source: Source, part: TimeSpan) -> Audible:
    """Return what others may hear of a part of a recording.

    Raises:
        UserError: somebody does not agree to it being kept, it is not known what is said in it, or
            nobody in it may be heard.
    """
    Ledger(desk).objections.require(
        source.session_id, (Use.RECORD,), source.title, "given to others"
    )
    return _Hearing(desk, source, part).audible()


class _Name(NamedTuple):
    """A name that is said: in which turn, when with its margin, and in how many words."""

    turn: Turn
    span: TimeSpan
    words: int


class _Hearing:
    """Listens to one part of one recording."""

    def __init__(self, desk: Desk, source: Source, part: TimeSpan) -> None:
        self._desk, self._source, self._part = desk, source, part
        self._open_to = Confidential(desk, within=[source.id])
        self._text, self._turns = self._transcribed()
        self._exact = not self._text.translated
        self._why = {turn.id: self._open_to.unheard(self._key(turn)) for turn in self._turns}

    def audible(self) -> Audible:
        """Return what may be heard.

        Raises:
            UserError: it is not known what is said in it, or nobody in it may be heard.
        """
        loud, muted = self._parted()
        silent = self._silent(loud, muted)
        self._require_words(silent)
        there = [turn for turn in loud if self._in_part(quieting.stretches([turn]))]
        if not there:
            raise self._nobody(muted)
        # Names of those who are not heard too: their times may reach into what others say.
        names = [one for turn in self._turns for one in self._names(turn)]
        tones = quieting.joined(one.span for one in names)
        return Audible(
            self._in_part(silent),
            self._in_part(tones),
            sum(one.words for one in names if one.turn in there and self._in_part([one.span])),
            tuple(map(self._piece, there)),
            self._text.counted,
            self._text.track,
        )

    def _names(self, turn: Turn) -> Iterator[_Name]:
        for place in self._open_to.names_in(turn.text):
            span = quieting.covering(turn, place.start, place.end, exact=self._exact)
            many = quieting.words_in(turn, place.start, place.end)
            yield _Name(turn, span, many)

    def _transcribed(self) -> tuple[Transcript, list[Turn]]:
        """Return the text of the recording, when all of it is there and has times."""
        tables, source = self._desk.tables, self._source
        texts = tables.transcript.select(
            source_id=source.id, replaced_at=None, order="created_at, rowid"
        )
        jobs = tables.job.select(source_id=source.id, order="position")
        turns = tables.turn.select(transcript_id=texts[-1].id, order="ordinal") if texts else []
        turns = [turn for turn in turns if turn.text.strip()]
        if not turns:
            raise _unknown(source, "it has no transcript", "Transcribe it")
        if any(
            job.transcript_id == texts[-1].id and job.state is not JobState.DONE for job in jobs
        ):
            raise _unknown(source, "it is not transcribed to its end", "Let that be finished")
        if any(turn.start_ms is None or turn.end_ms is None for turn in turns):
            raise _unknown(source, "its transcript has no times", "Transcribe it here")
        return texts[-1], turns

    def _parted(self) -> tuple[list[Turn], list[Turn]]:
        """Return the turns that may be heard, and those that may not.

        Over whom somebody speaks is not heard either while anybody may not be: it could be them.
        """
        anybody = any(self._why.values())
        loud: list[Turn] = []
        muted: list[Turn] = []
        for turn in self._turns:
            over = anybody and SPEAKS_OVER in reasons(turn.doubt)
            (muted if self._why[turn.id] or over else loud).append(turn)
        return loud, muted

    def _silent(self, loud: Sequence[Turn], muted: Sequence[Turn]) -> list[TimeSpan]:
        spoken = quieting.stretches(loud)
        silent = quieting.silent(quieting.stretches(muted), spoken)
        if self._text.model:
            return quieting.joined(silent)
        open_to_all = quieting.joined(map(quieting.wider, spoken))
        length = self._source.duration_ms or FOREVER.end_ms
        whole = TimeSpan(0, max(length, open_to_all[-1].end_ms) if open_to_all else length)
        return quieting.joined([*silent, *quieting.without(whole, open_to_all)])

    def _require_words(self, silent: Sequence[TimeSpan]) -> None:
        """Make sure that no speech without words is heard.

        Raises:
            UserError: there is some.
        """
        holes = self._desk.tables.unheard.select(transcript_id=self._text.id, order="start_ms")
        found = [
            gap
            for gap in gaps(self._turns, holes)
            if (span := quieting.within(TimeSpan(gap.start_ms, gap.end_ms), self._part))
            and quieting.without(span, silent)
        ]
        if found:
            raise self._wordless(found)

    def _wordless(self, found: Sequence[Gap]) -> UserError:
        time = clock(found[0].start_ms)
        return _unknown(
            self._source,
            counted(
                len(found) - 1,
                "at {time} and in {n} more place somebody speaks and no word was recognised",
                "at {time} and in {n} more places somebody speaks and no word was recognised",
                time=time,
            )
            if len(found) > 1
            else said("at {time} somebody speaks and no word was recognised", time=time),
            "Write the words there, or choose “Dismiss speech without words” there",
        )

    def _nobody(self, muted: Sequence[Turn]) -> UserError:
        there = [turn for turn in muted if self._in_part(quieting.stretches([turn]))]
        why = dict.fromkeys(
            f"{self._called(turn)} – {why}" for turn in there if (why := self._why[turn.id])
        )
        return UserError(
            "sound-nobody",
            "Nothing of “{source}” may be heard by others: {why}.",
            "Enter under “Consent…” who has given quotes and voice clips, and say in Transcribe"
            " whose voices they are.",
            source=self._source.title,
            why="; ".join(why) or said("nobody speaks there"),
        )

    def _called(self, turn: Turn) -> str:
        name = self._open_to.signature(turn.speaker_id) if turn.speaker_id else ""
        return name or t("a voice")

    def _in_part(self, spans: Iterable[TimeSpan]) -> tuple[TimeSpan, ...]:
        return tuple(span for span in spans if quieting.within(span, self._part))

    def _piece(self, turn: Turn) -> Piece:
        """Return what of a turn is heard, as others may read it."""
        text = turn.text
        if self._exact and turn.words:
            there = [
                word
                for word in turn.words
                if word.end_ms >= self._part.start_ms and word.start_ms <= self._part.end_ms
            ]
            text = text[there[0].start : there[-1].end] if there else ""
        return Piece(
            self._open_to.words(text), t("what is heard at {time}", time=clock(turn.start_ms or 0))
        )

    def _key(self, turn: Turn) -> str:
        return turn.speaker_id or self._source.id


def _unknown(source: Source, why: Phrase | Sentence, todo: Phrase) -> UserError:
    instead = said(
        "{first}, or take it along as a working copy, for yourself alone.", first=said(todo)
    )
    return UserError(
        "sound-unknown",
        "“{source}” is not given to others as sound: {why}, so nobody knows which names are heard"
        " in it.",
        instead,
        source=source.title,
        why=why if isinstance(why, Sentence) else said(why),
    )


__all__ = ["FOREVER", "Audible", "audible"]
