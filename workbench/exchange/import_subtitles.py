"""Subtitles become turns with times: WebVTT and SubRip."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.domain.transcript import TurnDraft
from workbench.errors import UserError
from workbench.exchange.import_text import Document, document, read_text

_STAMP = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{3})"
_TIMES = re.compile(rf"^\s*{_STAMP}\s+-->\s+{_STAMP}")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?[a-zA-Z0-9][^>]*>")
_LANGUAGE = re.compile(r"^Language:\s*([a-zA-Z]{2})\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Cue:
    start_ms: int
    end_ms: int
    speaker: str | None
    text: str


def read_subtitles(path: Path) -> Document:
    """Read WebVTT or SubRip; speakers come from voice tags, or from “Name: words”.

    Raises:
        UserError: there is no cue with a time.
    """
    text = read_text(path)
    cues = [cue for block in re.split(r"\n\s*\n", text) if (cue := _cue(block)) is not None]
    if not cues:
        raise UserError(
            "subtitles-empty",
            f"“{path.name}” holds no subtitle with a time.",
            "Check that it is a .vtt or .srt file and export it again.",
        )
    # The rule for labels is the one of plain texts.
    labelled = document(path, [cue.text for cue in cues]).turns
    turns = []
    for number, (cue, draft) in enumerate(zip(cues, labelled, strict=True)):
        same = TurnDraft(number, cue.text, speaker=cue.speaker) if cue.speaker else draft
        turns.append(replace(same, ordinal=number, start_ms=cue.start_ms, end_ms=cue.end_ms))
    language = _LANGUAGE.search(text.split("-->", maxsplit=1)[0])
    return Document(tuple(turns), language[1].lower() if language else "")


def _cue(block: str) -> _Cue | None:
    lines = block.strip().splitlines()
    for number, line in enumerate(lines):
        found = _TIMES.match(line)
        if found is None:
            continue
        start, end = _milliseconds(found.groups()[:4]), _milliseconds(found.groups()[4:])
        raw = " ".join(part.strip() for part in lines[number + 1 :])
        voice = _VOICE.search(raw)
        text = html.unescape(_TAG.sub("", raw)).strip()
        speaker = html.unescape(voice[1]).strip() if voice else None
        return _Cue(start, max(start, end), speaker, text) if text else None
    return None


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, fraction = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction
