"""FFmpeg opens recordings on this computer and nothing else, and takes each stretch as it is."""

from __future__ import annotations

import socket
from pathlib import Path

import numpy as np
import pytest

from tests.workbench.speech.recordings import (
    RATE,
    samples_of,
    write_coded,
    write_wav,
)
from workbench.errors import UserError
from workbench.speech import audio, client, mixing
from workbench.vault import contents

_HLS = "#EXTM3U\n#EXT-X-TARGETDURATION:12\n{odd}#EXTINF:11,\n{file}\n#EXT-X-ENDLIST\n"
_DASH = (
    '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" '
    'profiles="urn:mpeg:dash:profile:isoff-on-demand:2011" mediaPresentationDuration="PT11S">'
    '<Period><AdaptationSet mimeType="audio/flac"><Representation id="1"><BaseURL>{file}'
    "</BaseURL></Representation></AdaptationSet></Period></MPD>"
)
PLAYLISTS = {
    "a.m3u8": _HLS,
    "named like sound.m4a": _HLS,
    "a.ffconcat": "ffconcat version 1.0\n{odd}file {file}\n",
    "a.mpd": _DASH,
    "a.sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\n{odd}m=audio 9 RTP/AVP 0\n",
}


@pytest.mark.parametrize("odd", ["", "#\x01\n"])
@pytest.mark.parametrize("name", PLAYLISTS)
def test_a_playlist_reads_no_other_file(name: str, odd: str, jfk: Path, tmp_path: Path) -> None:
    (tmp_path / "other.flac").write_bytes(jfk.read_bytes())
    made = tmp_path / name
    made.write_text(PLAYLISTS[name].format(odd=odd, file="other.flac"), encoding="utf-8")
    assert not contents.is_playable(made)
    with pytest.raises(UserError):
        audio.probe(made)
    with pytest.raises(UserError):  # also where nobody looked at it before, as in a study's folder
        list(mixing.samples(made))


def test_a_series_of_files_is_not_one(jfk: Path, tmp_path: Path) -> None:
    (tmp_path / "1.flac").write_bytes(jfk.read_bytes())
    with pytest.raises(UserError):
        list(mixing.samples(tmp_path / "%d.flac"))


def test_a_name_is_never_a_place_on_the_network(
    tmp_path: Path, jfk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        name = f"tcp:127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(UserError):
            list(mixing.samples(Path(name)))
        assert isinstance(client.probe([Path(name)])[0], UserError)
        Path(name).write_bytes(jfk.read_bytes())
        assert sum(map(len, mixing.samples(Path(name)))) == 2 * 11 * RATE
        with pytest.raises(BlockingIOError):
            server.accept()


def test_what_is_no_playlist_is_playable(jfk: Path, tmp_path: Path) -> None:
    assert contents.is_playable(jfk)
    assert contents.is_playable(write_wav(tmp_path / "a.wav", np.zeros(RATE, np.int16)))
    assert not contents.is_playable(tmp_path / "gone.wav")


def test_a_recording_that_changes_its_rate_is_heard_to_its_end(jfk: Path, tmp_path: Path) -> None:
    said = samples_of(jfk, tmp_path)
    joined = tmp_path / "joined.mp3"
    joined.write_bytes(
        b"".join(
            write_coded(tmp_path / f"{rate}.mp3", said, "libmp3lame", rate=rate).read_bytes()
            for rate in (RATE, 44_100)
        )
    )
    heard = samples_of(joined, tmp_path).astype(np.float64)
    assert len(heard) / RATE == pytest.approx(22, abs=0.3)
    once, again = (np.abs(half[: 10 * RATE]).reshape(-1, RATE) for half in np.array_split(heard, 2))
    assert np.corrcoef(once.mean(axis=1), again.mean(axis=1))[0, 1] > 0.95


@pytest.mark.parametrize(("place", "what"), [(20, b"\xfe\x7a"), (24, b"\x01\0\0\0")])
def test_sound_nobody_can_decode_gets_a_sentence(place: int, what: bytes, tmp_path: Path) -> None:
    """A kind of sound that does not exist, and one sample a second."""
    path = write_wav(tmp_path / "odd.wav", np.zeros(RATE, np.int16))
    data = bytearray(path.read_bytes())
    data[place : place + len(what)] = what
    path.write_bytes(data)
    with pytest.raises(UserError, match="cannot be read as a recording"):
        audio.decode(path, tmp_path / "odd.pcm", on_progress=lambda _done: None)


def test_a_stream_that_begins_later_does_not_end_the_hearing() -> None:
    """The damaged file names a stream that nobody announced, as broadcasts do when one is added."""
    late = Path(__file__).parents[2] / "data" / "late_stream.ts"
    assert sum(map(len, mixing.samples(late))) > RATE // 4
