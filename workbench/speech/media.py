"""The one door through which FFmpeg opens anything: recordings that lie on this computer.

FFmpeg takes a name such as `tcp:host:9` for a place on the network, and reads what a playlist names
as if it were part of it. So it gets whole paths of files, no other protocol, and only the formats
in which there are recordings, told by their content. What its libraries say of a bad file becomes
one sentence. They crash on malformed files now and then: this module is only ever loaded in a child
process.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import av

from workbench.errors import UserError, Way
from workbench.speech.timeline import Timeline
from workbench.vault import contents, files, ring
from workbench.words import Phrase, said

_FORMATS = (
    *("aac", "ac3", "aiff", "amr", "amrnb", "amrwb", "ape", "asf", "au", "avi", "caf", "dsf"),
    *("dss", "dts", "eac3", "flac", "flv", "gsm", "loas", "matroska", "mov", "mp3", "mpc", "mpc8"),
    *("mpeg", "mpegts", "mxf", "ogg", "oma", "qcp", "tak", "truehd", "tta", "voc", "w64", "wav"),
    *("wtv", "wv", "xwma"),
)
_ONLY = {"protocol_whitelist": "file", "format_whitelist": ",".join(_FORMATS)}
LOWEST_RATE = 2_000
"""Hz; below, a few bytes would become hours."""
_NO_LANGUAGE = "und"


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """Open a recording for reading; whatever FFmpeg says of it becomes one sentence.

    Raises:
        UserError: it is no recording, or unreadable.
    """
    try:
        with (
            _source(path) as source,
            av.open(source, metadata_errors="ignore", container_options=_ONLY) as container,
        ):
            yield container
    except av.error.ArgumentError as error:  # what it says of formats that are not listed
        raise unreadable(path) from error
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise unreadable(path, getattr(error, "strerror", "") or str(error)) from error


@contextmanager
def _source(path: Path) -> Iterator[Any]:
    """Yield what FFmpeg reads: a whole path, or what opens a locked file piece by piece."""
    if ring.file_key(path) is None:
        yield f"file:{path.absolute()}"
        return
    with files.opened(path) as file:
        yield file


def sounds_of(path: Path, container: Any) -> list[Any]:
    """Return the streams of sound that can be decoded, at least one.

    Raises:
        UserError: there is none.
    """
    streams = container.streams.audio
    if not streams:
        raise UserError(
            "no-sound",
            "“{file}” has no sound.",
            "Choose a recording with speech in it.",
            file=path.name,
        )
    found = [stream for stream in streams if stream.codec_context is not None]
    if not found:
        raise unreadable(path, "its sound is of a kind nobody knows")
    return found


def heard_of(path: Path, container: Any, track: int) -> list[Any]:
    """Return the streams of sound that are heard.

    Args:
        path: the recording.
        container: opened.
        track: number of the only one, from 1; 0 = all, or of a film in several languages the first.

    Raises:
        UserError: there is none, or no such one.
    """
    found = sounds_of(path, container)
    if track > len(found):
        raise UserError(
            "track-unknown",
            "“{file}” has no track {track} of sound; it has {n}.",
            "Choose another track, or all of them.",
            file=path.name,
            track=track,
            n=len(found),
        )
    if track:
        return [found[track - 1]]
    spoken = {stream.metadata.get("language", _NO_LANGUAGE) for stream in found}
    return found[:1] if len(spoken - {_NO_LANGUAGE}) > 1 else found


def is_moving(stream: Any) -> bool:
    """Tell whether a stream of pictures is more than the cover of an album."""
    return not stream.disposition & av.stream.Disposition.attached_pic


def zero_of(container: Any) -> float:
    """Return the stamp with which a recording begins, in seconds; players count from there."""
    return float((container.start_time or 0) / av.time_base)


def stamp_of(piece: Any, ticks: int | None) -> float | None:
    """Return when a packet or a frame begins by the file, in seconds."""
    return None if ticks is None or not piece.time_base else float(ticks * piece.time_base)


def packets(container: Any, *streams: Any) -> Iterator[Any]:
    """Yield the packets of streams; a bad end of the container costs only what follows."""
    found = container.demux(*streams)
    while True:
        try:
            packet = next(found)
        except StopIteration:
            return
        except IndexError:  # a packet of a stream that began later than the file
            found = container.demux(*streams)
            continue
        except (av.error.InvalidDataError, av.error.EOFError):
            return
        yield packet


def frames(container: Any, stream: Any) -> Iterator[Any]:
    """Yield decoded frames; a bad packet costs only itself."""
    for packet in packets(container, stream):
        try:
            yield from packet.decode()
        except av.error.InvalidDataError:
            continue
        except av.error.EOFError:
            return


def laid(container: Any, stream: Any, *, counted: bool) -> Iterator[tuple[float, Any]]:
    """Yield decoded frames in their places on the time of the recording, without stamps.

    Args:
        container: opened.
        stream: which sound of it.
        counted: the pieces of sound are laid end to end, whatever the file says.

    Yields:
        seconds of silence before a frame, and the frame.
    """
    line = Timeline(zero_of(container), counted=counted)
    for frame in frames(container, stream):
        if frame.sample_rate < LOWEST_RATE:
            continue
        gap = line.lay(stamp_of(frame, frame.pts), frame.samples / frame.sample_rate)
        frame.pts = None  # broken time stamps would make a resampler refuse
        yield gap, frame


def refuse_plainly_wrong(path: Path) -> None:
    """Refuse what needs no library to be seen through.

    Raises:
        UserError: the file is missing, empty, or holds text.
    """
    if not path.is_file():
        raise UserError(
            "file-missing",
            "“{path}” is not there.",
            "Check the name, or plug in the drive.",
            ways=(Way.CHOOSE, Way.AGAIN),
            path=path,
        )
    try:
        head = contents.head_of(path)
    except OSError as error:
        raise unreadable(path, error.strerror or "") from error
    if not head:
        raise UserError(
            "file-empty",
            "“{file}” is empty (0 bytes).",
            "Copy the recording from the recorder again.",
            file=path.name,
        )
    if contents.is_text(head):
        raise UserError(
            "not-a-recording",
            "“{file}” holds text, not sound.",
            "Choose the recording itself, or import the text as a document.",
            file=path.name,
        )


def unreadable(path: Path, why: Phrase = "") -> UserError:
    """Return the refusal of a recording that cannot be read."""
    return UserError(
        "unreadable",
        "“{file}” cannot be read as a recording ({reason})."
        if why
        else "“{file}” cannot be read as a recording.",
        "Play it in another program; if it plays there, save it as WAV or M4A and import that.",
        file=path.name,
        reason=said(why),
    )
