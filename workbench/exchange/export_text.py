"""Transcripts out: plain text, WebVTT and SubRip."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.domain.transcript import TurnDraft


@dataclass(frozen=True, slots=True)
class TranscriptText:
    """A transcript as it is exported.

    Attributes:
        title: title of the source.
        turns: the turns in order; `speaker` holds the name to print.
        language: ISO 639-1 code, "" if unknown.
    """

    title: str
    turns: tuple[TurnDraft, ...]
    language: str = ""


def export_txt(transcripts: Sequence[TranscriptText], out: Path, *, first_line: str = "") -> Path:
    """Write transcripts as text: “[00:05] Maya: words”, a blank line between turns."""
    texts = [first_line] if first_line else []
    texts += ["\n\n".join([t.title, *map(spoken_line, t.turns)]) for t in transcripts]
    return write_text("\n\n\n".join(texts) + "\n", out)


def export_vtt(transcript: TranscriptText, out: Path, *, first_line: str = "") -> Path:
    """Write the timed turns of one transcript as WebVTT, with voice tags."""
    head = f"WEBVTT - {first_line}" if first_line else "WEBVTT"
    head += f"\nLanguage: {transcript.language}" if transcript.language else ""
    cues = [
        f"{stamp(start, '.')} --> {stamp(end, '.')}\n{_voice(turn)}{_escape(turn.text)}"
        for turn, start, end in _timed(transcript)
    ]
    return write_text("\n\n".join([head, *cues]) + "\n", out)


def export_srt(transcript: TranscriptText, out: Path, *, first_line: str = "") -> Path:
    """Write the timed turns of one transcript as SubRip, which has room for words in cues alone."""
    cues = [(0, 1, first_line)] if first_line else []
    cues += [(start, end, _labelled(turn)) for turn, start, end in _timed(transcript)]
    texts = [
        f"{number}\n{stamp(start, ',')} --> {stamp(end, ',')}\n{words}"
        for number, (start, end, words) in enumerate(cues, start=1)
    ]
    return write_text("\n\n".join(texts) + "\n", out)


def write_text(text: str, out: Path) -> Path:
    """Write a text file in UTF-8; line ends stay as they are in `text`."""
    out.write_bytes(text.encode())
    return out


def spoken_line(turn: TurnDraft) -> str:
    """Return a turn on one line, with time and speaker where they are known."""
    start = "" if turn.start_ms is None else f"[{stamp(turn.start_ms, '.')[:8]}] "
    return f"{start}{_labelled(turn)}"


def _timed(transcript: TranscriptText) -> list[tuple[TurnDraft, int, int]]:
    return [
        # A cue without length is none to a player.
        (turn, turn.start_ms, max(turn.end_ms, turn.start_ms + 1))
        for turn in transcript.turns
        if turn.start_ms is not None and turn.end_ms is not None
    ]


def _labelled(turn: TurnDraft) -> str:
    words = _one_line(turn.text)
    return f"{_one_line(turn.speaker)}: {words}" if turn.speaker else words


def _voice(turn: TurnDraft) -> str:
    return f"<v {_escape(turn.speaker)}>" if turn.speaker else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _escape(text: str) -> str:
    """A cue ends at an empty line and knows tags: both must not come from the words."""
    return html.escape(_one_line(text), quote=False)


def stamp(milliseconds: int, point: str = ".") -> str:
    """Return a time as 00:01:02.345."""
    seconds, fraction = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{point}{fraction:03}"
