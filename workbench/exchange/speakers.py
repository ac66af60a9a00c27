"""Who speaks, and when: found in paragraphs as people and programs write them.

“Name: words”, with a time before the name, after it or around it; a line “Name  0:12” above the
words, as meeting programs write; “#00:01:02-3#” at the end, as f4 does. A colon alone proves
nothing, since it also stands in ordinary sentences: only several lines that look alike do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from workbench.exchange.document import Paragraph

_CLOCK = r"(?:(?:(\d{1,3}):)?([0-5]?\d):([0-5]\d)(?:[.,](\d{1,3}))?)"
_PLAIN_CLOCK = _CLOCK.replace("(\\d", "(?:\\d").replace("([0-5]", "(?:[0-5]")
_TIME = re.compile(_CLOCK)
_NAME = r"(?P<name>[^\W\d_][^:\n\t|\[(#]{0,62}?)"
# “Name: words”, “Name (00:12): words”, and the two cells of a table “Name: | words”. Names as
# MAXQDA reads them: at most 63 characters.
_LABEL = re.compile(
    rf"{_NAME}\s*(?P<time>[\[(]?{_PLAIN_CLOCK}[\])]?)?\s*:(?:\s+\|)?\s+(?P<text>\S)"
)
_HEADER = re.compile(
    rf"(?:{_NAME})\s+(?P<time>[\[(]?{_PLAIN_CLOCK}[\])]?)\s*:?\s*(?:\n\s*(?P<text>\S)|$)"
)
_BRACKETED = re.compile(
    rf"[\[(]\s*(?P<time>{_PLAIN_CLOCK})(?:\s*(?:-->|[-–])\s*(?P<end>{_PLAIN_CLOCK}))?\s*[\])]"
    r"(?:\s*\|)?\s*(?=\S)"
)
_BARE = re.compile(rf"(?P<time>{_PLAIN_CLOCK})(?:\s*\|)?\s+(?=\S)")
_HASHED = re.compile(r"#(?P<time>\d{1,2}:\d\d:\d\d)(?:-(?P<tenth>\d))?#")
_REACH = 250  # letters in which a name and a time stand, with the first of the words
_MOST_WORDS_IN_NAME = 5
_FEWEST = 2
_RECURRING = 3
_SILENT = ("heading", "code")  # blocks in which nobody speaks


def attribute(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Move times and names from the words of paragraphs to where they belong.

    Args:
        paragraphs: without empty ones.
    """
    headed = _under_headers(paragraphs)
    if headed is not None:
        return headed
    return _labelled(_hashed(_timed(paragraphs)))


def label_turns(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Move names from the words to the speaker, as in “Name: words”.

    Labels count when at least half of the paragraphs carry one, or when two names come back
    again and again.
    """
    return _labelled(paragraphs)


def milliseconds(clock: str) -> int | None:
    """Return a time such as “1:02:03.5” or “02:03” in milliseconds; `None` if it is none."""
    found = _TIME.search(clock)
    if found is None:
        return None
    hours, minutes, seconds, fraction = found.groups(default="0")
    whole = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
    return whole * 1000 + int(fraction.ljust(3, "0"))


def _under_headers(paragraphs: Sequence[Paragraph]) -> list[Paragraph] | None:
    """Read “Name  0:12” lines above the words; `None` when the text is not written so."""
    headers = [_header(part) for part in paragraphs]
    times = [milliseconds(found["time"]) for found in headers if found]
    if len(times) < 2 or not _rise(times) or len(times) * 4 < len(paragraphs):
        return None
    attributed: list[Paragraph] = []
    speaker, start = None, None
    for part, found in zip(paragraphs, headers, strict=True):
        words = part
        if found:
            speaker, start = found["name"].strip(), milliseconds(found["time"])
            if found["text"] is None:
                continue
            words = part.cut(found.start("text"))
        attributed.append(replace(words, speaker=speaker, start_ms=start))
        start = None
    return attributed


def _header(part: Paragraph) -> re.Match[str] | None:
    found = _HEADER.match(part.text, 0, _REACH)
    if found is None or not _is_name(found["name"]):
        return None
    whole = found["text"] is not None or found.end() == len(part.text)
    return found if whole else None


def _timed(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Take the times in front of paragraphs; bare ones only where they are the habit."""
    bracketed = [_BRACKETED.match(part.text, 0, _REACH) for part in paragraphs]
    bare = [_BARE.match(part.text, 0, _REACH) for part in paragraphs]
    found = [first or second for first, second in zip(bracketed, bare, strict=True)]
    if sum(match is not None for match in found) * 2 < len(paragraphs):
        found = bracketed
    if not _rise([milliseconds(match["time"]) for match in found if match]):
        return list(paragraphs)
    return [
        _with_time(part, match) if match else part
        for part, match in zip(paragraphs, found, strict=True)
    ]


def _with_time(part: Paragraph, found: re.Match[str]) -> Paragraph:
    end = found.groupdict().get("end")
    return replace(
        part.cut(found.end()),
        start_ms=milliseconds(found["time"]),
        end_ms=milliseconds(end) if end else None,
    )


def _hashed(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Take f4's times: at the end of a paragraph they say when it ends, and the next begins."""
    taken: list[Paragraph] = []
    before: int | None = 0
    for part in paragraphs:
        found = list(_HASHED.finditer(part.text))
        if not found:
            taken.append(part)
            continue
        first, last = found[0], found[-1]
        start, end, words = part.start_ms, part.end_ms, part
        if last.end() == len(part.text):
            end, words = _hash_time(last), words.cut(0, last.start())
        if first.start() == 0 and words.text:
            start, words = _hash_time(first), words.cut(first.end())
        start = before if start is None and end is not None else start
        before = end
        taken.append(replace(words, start_ms=start, end_ms=end))
    return [part for part in taken if part.text]


def _hash_time(found: re.Match[str]) -> int:
    return (milliseconds(found["time"]) or 0) + int(found["tenth"] or 0) * 100


def _labelled(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    labels = [_label(part) for part in paragraphs]
    names = Counter(found["name"].strip() for found in labels if found)
    able = sum(not part.layout.block.startswith(_SILENT) for part in paragraphs)
    recurring = {name for name, number in names.items() if number >= _RECURRING}
    if names.total() >= _FEWEST and names.total() * 2 >= able:
        speaking = set(names)
    elif len(recurring) >= 2:
        speaking = recurring
    else:
        return list(paragraphs)
    return [
        _spoken(part, found) if found and found["name"].strip() in speaking else part
        for part, found in zip(paragraphs, labels, strict=True)
    ]


def _label(part: Paragraph) -> re.Match[str] | None:
    if part.layout.block.startswith(_SILENT) or part.speaker is not None:
        return None
    found = _LABEL.match(part.text, 0, _REACH)
    return found if found and _is_name(found["name"]) else None


def _spoken(part: Paragraph, found: re.Match[str]) -> Paragraph:
    words = part.cut(found.start("text"))
    start, end = part.start_ms, part.end_ms
    if found["time"]:
        start = milliseconds(found["time"])
    elif start is None and (inner := _BRACKETED.match(words.text, 0, _REACH)):
        start, end = milliseconds(inner["time"]), milliseconds(inner["end"] or "") or end
        words = words.cut(inner.end())
    # The row of a table that held a name and words is now a paragraph.
    block = "" if words.layout.block == "table" else words.layout.block
    return replace(
        words,
        speaker=found["name"].strip(),
        start_ms=start,
        end_ms=end,
        layout=replace(words.layout, block=block),
    )


def _is_name(name: str) -> bool:
    return len(name.split()) <= _MOST_WORDS_IN_NAME


def _rise(times: Sequence[int | None]) -> bool:
    """Tell whether times are those of a recording: they go up, but for a slip in twenty."""
    known = [time for time in times if time is not None]
    falls = sum(later < earlier for earlier, later in pairwise(known))
    return falls * 20 <= len(known)
