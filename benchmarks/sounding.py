"""Measure sound that leaves: against decoding and encoding the same file and nothing else.

    python benchmarks/sounding.py [--hours H]

A sample recording is repeated, as Opus, until it is ten minutes and H hours long. Each is written
as M4A and as FLAC, with a tone every ten seconds and a silence every minute, and by a bare loop
over PyAV that only decodes and encodes; each in a process of its own. The promises are that the
covering costs little, that it is many times faster than listening, and that memory does not grow
with length.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path
from typing import Any

import av
from measuring import in_child, peak_memory_mb, print_table

import resources
from workbench.speech import silence
from workbench.speech.protocol import Silence

SAMPLE = resources.path("sample_study", "audio", "interview_maya.opus")
CODECS = {".m4a": ("ipod", "aac"), ".flac": ("flac", "flac")}
MINUTE = 60_000


def main() -> None:
    """Make the recordings, measure and print; or be a process that is measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--hours", type=float, default=2)
    parser.add_argument("--child", choices=["bare", "ours"], help=argparse.SUPPRESS)
    parser.add_argument("--media", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--ending", choices=list(CODECS), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        print(json.dumps(_measure(asked.child, asked.media, asked.ending)))
        return
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        for minutes in (10, round(60 * asked.hours)):
            media = _repeated(Path(scratch) / f"{minutes}.opus", minutes * MINUTE)
            for ending in CODECS:
                bare, ours = (
                    in_child(
                        __file__, "--child", how, "--media", media, "--ending", ending,
                        home=Path(scratch) / "home",
                    )
                    for how in ("bare", "ours")
                )  # fmt: skip
                rows.append([
                    f"{minutes} minutes as {ending}",
                    f"{ours['seconds']:.1f} s",
                    f"{ours['seconds'] / bare['seconds']:.2f}",
                    f"{minutes * 60 / ours['seconds']:.0f}",
                    f"{ours['memory']:.0f} MB",
                    f"{bare['memory']:.0f} MB",
                ])  # fmt: skip
    head = [
        "recording",
        "processor",
        "× bare loop",
        "× as fast as listening",
        "memory",
        "bare loop",
    ]
    print_table(head, rows)


def _repeated(target: Path, length_ms: int) -> Path:
    """Write the sample again and again, without encoding it anew."""
    with av.open(str(target), "w", format="ogg") as out:
        stream: Any = None
        at = 0
        while stream is None or at * stream.time_base * 1000 < length_ms:
            with av.open(str(SAMPLE)) as one:
                sound = one.streams.audio[0]
                stream = stream or out.add_stream_from_template(sound)
                for packet in one.demux(sound):
                    if packet.pts is not None and packet.duration:
                        packet.pts = packet.dts = at
                        at += packet.duration
                        packet.stream = stream
                        out.mux(packet)
    return target


def _measure(how: str, media: Path, ending: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as scratch:
        target, begin = Path(scratch) / f"new{ending}", time.process_time()
        if how == "bare":
            _bare(media, target, *CODECS[ending])
        else:
            length = 12 * 60 * MINUTE
            tones = tuple(ms for at in range(0, length, 10_000) for ms in (at, at + 800))
            quiet = tuple(ms for at in range(5_000, length, MINUTE) for ms in (at, at + 4_000))
            silence.silence(
                Silence(str(media), str(target), quiet, within=True, tones=tones, ending=ending),
                lambda *_: None,
            )
        return {"seconds": time.process_time() - begin, "memory": peak_memory_mb()}


def _bare(media: Path, target: Path, container: str, codec: str) -> None:
    with av.open(str(media)) as source, av.open(str(target), "w", format=container) as out:
        sound = source.streams.audio[0]
        stream: Any = out.add_stream(codec, rate=sound.rate, layout=sound.layout.name)
        for frame in source.decode(sound):
            frame.pts = None
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


if __name__ == "__main__":
    main()
