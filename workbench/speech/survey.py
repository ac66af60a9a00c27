"""Goes through a recording without decoding it: how long it is, and whether its times hold.

That takes a moment even for hours of sound. It is asked for where a file does not say how long it
is, and before anything is laid on the time of the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av

from workbench.speech import media
from workbench.speech.timeline import Timeline
from workbench.vault import files

# In raw streams and broadcasts FFmpeg guesses the length, by their size or their last stamp.
_STATING = frozenset(
    {
        *("aiff", "ape", "asf", "au", "avi", "caf", "dsf", "dss", "flac", "flv", "matroska", "mov"),
        *("mpc", "mpc8", "mxf", "ogg", "tak", "tta", "voc", "w64", "wav", "wtv", "wv", "xwma"),
    }
)
_COUNTS = re.compile(rb"(?:Xing|Info)\0\0\0[\x01\x03\x05\x07\x09\x0b\x0d\x0f]|VBRI")
_MP3_HEAD = 4_096


@dataclass(frozen=True, slots=True)
class Survey:
    """What the packets of a recording say.

    Attributes:
        stated_ms: how long the file says it is, 0 when it does not say it.
        sound_ms: to the end of its sound.
        pictured_ms: to the end of its moving pictures, 0 without.
        counted: its stamps are broken, so that times are counted in samples.
        tracks: how many tracks of sound it has.
    """

    stated_ms: int
    sound_ms: int
    pictured_ms: int
    counted: bool
    tracks: int = 1

    @property
    def length_ms(self) -> int:
        """How long it lasts."""
        return max(self.sound_ms, self.pictured_ms)


def survey(path: Path) -> Survey:
    """Go through a recording.

    Raises:
        UserError: it is no recording, without sound, or unreadable.
    """
    with media.opened(path) as container:
        sounds = media.sounds_of(path, container)
        moving = [video for video in container.streams.video if media.is_moving(video)]
        zero = media.zero_of(container)
        stated = stated_ms(path, container)
        stamped = {sound.index: Timeline(zero) for sound in sounds}
        counted = {sound.index: Timeline(zero, counted=True) for sound in sounds}
        pictured = 0.0
        for packet in media.packets(container, *sounds, *moving):
            stamp = media.stamp_of(packet, packet.pts if packet.pts is not None else packet.dts)
            lasts = float((packet.duration or 0) * packet.time_base) if packet.time_base else 0.0
            number = packet.stream.index
            if number not in stamped:
                pictured = max(pictured, stamp - zero + lasts) if stamp is not None else pictured
            elif packet.size:
                stamped[number].lay(stamp, lasts)
                counted[number].lay(stamp, lasts)
    broken = any(line.broken for line in stamped.values())
    longest = max(line.end for line in (counted if broken else stamped).values())
    return Survey(
        stated,
        round(longest * 1000),
        0 if broken else round(pictured * 1000),
        counted=broken,
        tracks=len(sounds),
    )


def stated_ms(path: Path, container: Any) -> int:
    """Return how long a file says it is, 0 when it does not say it or FFmpeg only guesses."""
    kinds = set(container.format.name.split(","))
    length = (container.duration or 0) * 1000 // av.time_base
    if length <= 0 or not (kinds & _STATING or ("mp3" in kinds and _counts_frames(path))):
        return 0
    # Matroska counts from the zero of its clock, the others from where they begin.
    late = max(0.0, media.zero_of(container)) if "matroska" in kinds else 0.0
    return max(0, int(length - 1000 * late))


def _counts_frames(path: Path) -> bool:
    """Tell whether an MP3 file says in its head how many frames it has."""
    with files.opened(path) as file:
        head = file.read(10)
        if head[:3] == b"ID3":
            size = 0
            for byte in head[6:10]:
                size = size << 7 | byte & 0x7F
            file.seek(10 + size)
        else:
            file.seek(0)
        return _COUNTS.search(file.read(_MP3_HEAD)) is not None


__all__ = ["Survey", "stated_ms", "survey"]
