"""Small files of every format that can come in, and what chance makes of them.

A mutated file must end within its limits as content or as one of our errors. The suite tries a few
with a new seed every time; `benchmarks/fuzz_readers.py` tries thousands.
"""

from __future__ import annotations

import io
import json
import random
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import numpy as np
import pytest
from lxml import etree

from tests.support.source import ROOT
from tests.workbench.exchange import files, test_documents
from tests.workbench.speech.recordings import RATE, write_coded, write_wav
from workbench.domain.layout import Layout
from workbench.errors import WorkbenchError
from workbench.exchange import reading
from workbench.exchange.document import Document
from workbench.helper import Helper

SECONDS = 20
"""How long one mutated file may take: it is small."""

_LARGEST = 1_000_000  # bytes; accidents multiply
_MOST_NODES = 3_000
READ, REFUSED, CRASHED, OVER = "read", "refused", "crashed", "over time"
_STOPPED = frozenset({"document-harmful", "stumbled"})

_TEXT = "Maya: She put the router on the floor.\nDaniel (0:12): “Why?” – it took 3 days.\n" * 3
_TEXTS = {
    ".txt": _TEXT,
    ".md": test_documents.MARKDOWN,
    ".html": test_documents.HTML,
    ".rtf": test_documents.RTF,
    ".csv": "code,group,start,text\nP1,Renters,0:01,“yes; no”\nP2,Owners,12.5,\"two\nlines\"\n",
    ".tsv": "Question 1\tName\nIt took weeks\tMaya\nNever\tOmar\n",
    ".vtt": "WEBVTT\nLanguage: en\n\n00:01.000 --> 00:02.000 align:start\n"
    "<v Maya>It <i>took</i>.\n\nNOTE no\n\n"
    "1:00:03.000 --> 1:00:04.500\n<v.loud Omar>Yes &amp; no<v Maya>Oh\n",
    ".srt": "1\n00:00:01,000 --> 00:00:02,000\nMaya: <b>It</b> took.\n\n2\n00:00:03,000 --> "
    "00:00:04,000\nOmar: {\\an8}Never.\n",
    ".otr": json.dumps(
        {"text": '<p><span class="timestamp" data-timestamp="1.5">00:01</span>Maya: <b>It</b></p>'
                 '<p>took <span class="timestamp" data-timestamp="3">00:03</span> weeks</p>'}
    ),
    ".htm": '<html><body><p><a name="ts_10_900_S01">S01: <span>[00:00:00]</span> Good.</a>'
    '<a name="ts_910_990_//S02"> //S02: Yes.//</a></p></body></html>',
}  # fmt: skip
_CODECS = {
    ".mp3": ("libmp3lame", RATE), ".opus": ("libopus", 48_000), ".m4a": ("aac", RATE),
    ".flac": ("flac", RATE), ".aac": ("aac", RATE), ".mka": ("libopus", 48_000),
    ".avi": ("libmp3lame", RATE), ".aiff": ("pcm_s16be", RATE),
    ".ts": ("aac", RATE), ".mov": ("pcm_s16le", RATE),
}  # fmt: skip


def documents(folder: Path) -> dict[str, bytes]:
    """Return a small document of each format, by its ending."""
    made = {ending: text.encode() for ending, text in _TEXTS.items()}
    for ending in (".docx", ".odt", ".epub"):
        made[ending] = test_documents._make(folder, ending).read_bytes()
    lines = files.column(72, 700, ["It took three", "weeks – far too", "long.", "• first"])
    made[".pdf"] = files.pdf(folder, [lines, lines]).read_bytes()
    return made


def recordings(folder: Path) -> dict[str, bytes]:
    """Return two seconds of noise in each format, by its ending."""
    noise = np.random.default_rng(1).normal(0, 3_000, 2 * RATE).astype(np.int16)
    made = {".wav": write_wav(folder / "seed.wav", noise).read_bytes()}
    for ending, (codec, rate) in _CODECS.items():
        made[ending] = write_coded(folder / f"seed{ending}", noise, codec, rate=rate).read_bytes()
    return made


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return a file after some accidents; of a packed one sometimes what is in it."""
    if data.startswith(b"PK") and chance.random() < 0.8:
        return _repacked(data, chance)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        data = chance.choice(_ACCIDENTS)(data, chance)[:_LARGEST]
    return data


def _grown(data: bytes, chance: random.Random) -> bytes:
    """Return XML whose elements were copied, moved and nested, and which is still XML."""
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return _flip(data, chance)
    for _ in range(chance.choice((1, 3, 10))):
        nodes = [node for node in root.iter() if isinstance(node.tag, str)]
        one, other = chance.choice(nodes), chance.choice(nodes)
        for _ in range(chance.choice((1, 1, 4, 60))):
            if sum(1 for _ in root.iter()) > _MOST_NODES:
                break
            copied = deepcopy(one)
            other.append(copied)
            if chance.random() < 0.7:
                other = chance.choice((copied, *copied))
        for name in one.attrib:
            if chance.random() < 0.5:
                one.set(name, chance.choice(("", "-1", "7" * 18, "9" * 5_000, "x", "²")))
    return bytes(etree.tostring(root))


def _repacked(data: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        names = before.namelist()
        victim = chance.choice(names)
        for name in names:
            part = before.read(name)
            if name == victim:
                part = chance.choice((mutated, _grown, _grown))(part, chance)
            kind = chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
            after.writestr(name, part, kind)
    return out.getvalue()


def _slice(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + int(chance.paretovariate(0.7)))


def _flip(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data or b"\0")
    for _ in range(chance.choice((1, 3, 20))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _drop(data: bytes, chance: random.Random) -> bytes:
    start, end = _slice(data, chance)
    return data[:start] + data[end:]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    start, end = _slice(data, chance)
    times = min(chance.choice((2, 10, 300, 5_000)), 200_000 // max(1, end - start) + 2)
    return data[:start] + data[start:end] * times + data[end:]


def _swap(data: bytes, chance: random.Random) -> bytes:
    (a, b), (c, d) = sorted((_slice(data, chance), _slice(data, chance)))
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:] if b <= c else data


def _noise(data: bytes, chance: random.Random) -> bytes:
    start, end = _slice(data, chance)
    return data[:start] + chance.randbytes(min(end - start, 64)) + data[end:]


def _number(data: bytes, chance: random.Random) -> bytes:
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return _flip(data, chance)
    one = chance.choice(found)
    odd = chance.choice((b"0", b"-1", b"1e9", b"4294967296", b"9" * 18, b"9" * 5_000, b"\xc2\xb2"))
    return data[: one.start()] + odd + data[one.end() :]


def _nest(data: bytes, chance: random.Random) -> bytes:
    found = list(re.finditer(rb"<[\w:]{1,20}[^\w<>/][^<>/]{0,99}>|<\w{1,20}>|[{\[]", data))
    if not found:
        return _repeat(data, chance)
    one = chance.choice(found)
    return data[: one.end()] + one[0] * chance.choice((3, 200, 20_000)) + data[one.end() :]


_ACCIDENTS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flip, _cut, _drop, _repeat, _swap, _noise, _number, _nest,
)  # fmt: skip


@dataclass(slots=True)
class Found:
    """What became of the mutated files of one format.

    Attributes:
        counts: how many ended how.
        kept: those that did not end well.
    """

    counts: Counter[str] = field(default_factory=Counter)
    kept: list[Path] = field(default_factory=list)


def try_documents(
    seeds: dict[str, bytes], number: int, seed: int, folder: Path
) -> dict[str, Found]:
    """Let so many mutated documents of each format be read in the child they are read in."""
    with pytest.MonkeyPatch.context() as patch, reading.reader() as reader:
        patch.setattr(reading, "SECONDS", SECONDS)

        def read(path: Path) -> str:
            try:
                _require_storable(reader.read(path))
            except WorkbenchError as error:
                return error.code
            return ""

        return _try(seeds, number, seed, folder, read)


_LISTENING = """
import json, sys
from pathlib import Path
from workbench import confined
from workbench.errors import WorkbenchError
from workbench.speech import audio, mixing
confined.confine()
for line in sys.stdin:
    path, code = Path(json.loads(line)), ""
    try:
        audio.probe(path)
        for _ in mixing.samples(path):
            pass
    except WorkbenchError as error:
        code = error.code
    except Exception as error:
        code = "stumbled"
    print(json.dumps(code), flush=True)
"""


def try_recordings(
    seeds: dict[str, bytes], number: int, seed: int, folder: Path
) -> dict[str, Found]:
    """Let so many mutated recordings of each format be probed and decoded to their end."""
    begin = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
    with Helper([sys.executable, "-c", begin + _LISTENING]) as helper:

        def listen(path: Path) -> str:
            answer = helper.ask(json.dumps(str(path)).encode(), SECONDS)
            return "stumbled" if answer is None else str(json.loads(answer))

        return _try(seeds, number, seed, folder, listen)


def _try(
    seeds: dict[str, bytes], number: int, seed: int, folder: Path, use: Callable[[Path], str]
) -> dict[str, Found]:
    found: dict[str, Found] = {}
    for ending, data in seeds.items():
        one = found[ending] = Found()
        for path in _mutants(ending, data, number, seed, folder):
            begun = monotonic()
            code = use(path)
            if code not in _STOPPED:
                one.counts[REFUSED if code else READ] += 1
                path.unlink()
            else:
                one.counts[OVER if monotonic() - begun >= SECONDS else CRASHED] += 1
                one.kept.append(path)
    return found


def _mutants(ending: str, data: bytes, number: int, seed: int, folder: Path) -> Iterator[Path]:
    chance = random.Random(f"{seed} {ending}")
    for at in range(number):
        path = folder / f"{seed}-{at}{ending}"
        path.write_bytes(mutated(data, chance))
        yield path


def _require_storable(document: Document) -> None:
    """Look whether a study can keep what was read."""
    for turn in document.turns:
        turn.text.encode("utf-8")
        assert turn.text.strip()
        for time in (turn.start_ms, turn.end_ms, turn.layout.number, turn.layout.level):
            assert time is None or -1 <= time < 1 << 40
        assert Layout.from_json(turn.layout.as_json()) == turn.layout
        assert all(0 <= start < end <= len(turn.text) for start, end, _ in turn.layout.runs)
