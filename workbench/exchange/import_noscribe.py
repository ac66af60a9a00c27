"""noScribe's transcripts: every stretch of speech stands in an anchor that carries its times.

`<a name="ts_12140_22800_S01">S01: <span>[00:00:12]</span> Good morning.</a>`, times in
milliseconds. A speaker that breaks in stands in the paragraph of another one, between slashes:
`<a name="ts_30090_30910_//S02"> //S02: Yes.</a>`. People rename “S01:” in the text; the anchors
keep the old name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from lxml import etree, html

from workbench.domain.transcript import Word
from workbench.exchange.document import SURE, Document, Paragraph, finished

_ANCHOR = re.compile(r"ts_(\d{1,12})_(\d{1,12})_(.*)", re.DOTALL)
_LANGUAGE = re.compile(r"\(\s*Language:.{0,80}?\(([a-z]{2})\)", re.IGNORECASE)
_TIME = re.compile(r"\[\d\d:\d\d:\d\d\]")
_LABEL = re.compile(r"\s*(?P<name>[^:\n]{1,63}?)\s*:\s*")


@dataclass(slots=True)
class _Segment:
    start_ms: int
    end_ms: int
    voice: str
    text: str = ""


def is_transcript(root: html.HtmlElement) -> bool:
    """Tell whether a page comes from noScribe."""
    return any(_ANCHOR.match(anchor.get("name") or "") for anchor in root.iter("a"))


def read_tree(path: Path, root: html.HtmlElement) -> Document:
    """Read a transcript; a paragraph is parted where the voice changes.

    Raises:
        UserError: there is no text.
    """
    names: dict[str, str] = {}
    parts: list[Paragraph] = []
    said = " ".join(root.itertext())
    for paragraph in root.iter("p"):
        segments = list(_segments(paragraph))
        for voice, group in groupby(segments, key=lambda segment: segment.voice.strip("/")):
            own = list(group)
            if voice:
                _take_label(own[0], names, first=own[0] is segments[0])
            parts.append(_turn(own, names.get(voice, voice)))
    language = _LANGUAGE.search(said)
    return finished(path, parts, language=language[1].lower() if language else "")


def _segments(paragraph: html.HtmlElement) -> Iterator[_Segment]:
    """Part a paragraph at its anchors; text after an anchor still belongs to it."""
    segment: _Segment | None = None
    for event, node in etree.iterwalk(paragraph, events=("start", "end")):
        if event == "start":
            found = _ANCHOR.fullmatch(node.get("name") or "") if node.tag == "a" else None
            if found:
                if segment is not None:
                    yield segment
                segment = _Segment(int(found[1]), int(found[2]), found[3].strip())
            text = node.text
        else:
            text = node.tail if node is not paragraph else ""
        if segment is not None and text:
            segment.text += text
    if segment is not None:
        yield segment


def _take_label(segment: _Segment, names: dict[str, str], *, first: bool) -> None:
    """Take “S01:” from the words; where a paragraph begins, also a name put in its place."""
    voice = segment.voice.strip("/")
    words = segment.text.strip().removeprefix("//")
    found = _LABEL.match(words)
    if found is None:
        return
    name = found["name"].strip()
    if name == voice or name == names.get(voice) or first:
        names[voice] = name
        segment.text = words[found.end() :]


def _turn(segments: list[_Segment], speaker: str) -> Paragraph:
    text, words = "", []
    for segment in segments:
        said = " ".join(_TIME.sub(" ", segment.text).split())
        said = said.removeprefix("//").removesuffix("//").strip()
        if not said:
            continue
        text += " " if text else ""
        start = len(text)
        text += said
        end_ms = max(segment.start_ms, segment.end_ms)  # noScribe slips at the end of files
        words.append(Word(start, len(text), segment.start_ms, end_ms, SURE))
    # A stretch of speech stands as one long word: seeking and quotes find its time.
    return Paragraph(
        text,
        start_ms=segments[0].start_ms,
        end_ms=segments[-1].end_ms,
        speaker=speaker or None,
        words=tuple(words),
    )
