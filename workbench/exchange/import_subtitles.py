"""Subtitles become turns with times: WebVTT and SubRip."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

from workbench.errors import UserError
from workbench.exchange.document import Document, Losses, Paragraph, finished
from workbench.exchange.plaintext import read_text
from workbench.exchange.speakers import label_turns

_STAMP = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMES = re.compile(rf"^[ \t]*{_STAMP}[ \t]*-->[ \t]*{_STAMP}", re.MULTILINE)
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s([^<>]+)>")
_TAG = re.compile(r"</?[a-zA-Z0-9][^<>]*>|\{\\[^{}]*\}")
# SubRip has no way to write “<”, so that people's own <unclear> must not be taken for a tag.
_SUBRIP_TAG = re.compile(r"</?(?:[bius]|font)\b[^<>]*>|\{\\[^{}]*\}", re.IGNORECASE)
_SILENT = re.compile(r"(?:NOTE|STYLE|REGION)\b")
_LANGUAGE = re.compile(r"^Language:\s*([a-zA-Z]{2})\b", re.MULTILINE)


def read(path: Path) -> Document:
    """Read WebVTT or SubRip; speakers come from voice tags, or from “Name: words”.

    Raises:
        UserError: there is no cue with a time.
        EnvironmentProblem: the file cannot be read.
    """
    losses = Losses()
    text = read_text(path, losses)
    tag = _TAG if text.startswith("WEBVTT") else _SUBRIP_TAG
    cues = [cue for block in re.split(r"\n[ \t]*\n", text) for cue in _cues(block, tag)]
    if not cues:
        raise UserError(
            "subtitles-empty",
            "“{file}” holds no subtitle with a time.",
            "Check that it is a .vtt or .srt file and export it again.",
            file=path.name,
        )
    language = _LANGUAGE.search(text.split("-->", maxsplit=1)[0])
    return finished(
        path,
        label_turns(cues),
        language=language[1].lower() if language else "",
        notes=losses.notes(),
    )


def _cues(block: str, tag: re.Pattern[str]) -> Iterator[Paragraph]:
    """Return the words of one cue; two voices in one cue are two turns at the same time."""
    found = _TIMES.search(block)
    if found is None or _SILENT.match(block.strip()):
        return
    start, end = _milliseconds(found.groups()[:4]), _milliseconds(found.groups()[4:])
    # What follows on the line of the times says where on the screen the cue stands.
    raw = " ".join(part.strip() for part in block[found.end() :].split("\n")[1:])
    before, *voices = _VOICE.split(raw)
    spoken = [(None, before), *zip(voices[::2], voices[1::2], strict=True)]
    for speaker, words in spoken:
        text = " ".join(html.unescape(tag.sub("", words)).split())
        if text:
            name = html.unescape(speaker).strip() if speaker else None
            yield Paragraph(text, start_ms=start, end_ms=max(start, end), speaker=name)


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds = (int(part or 0) for part in parts[:3])
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + int((parts[3] or "0").ljust(3, "0"))
