"""All that is heard in a recording counts: its tracks, its channels, and one alone if so wished."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.support.source import ROOT
from tests.support.spoken_study import sound_in
from tests.workbench.speech.recordings import RATE, ignore
from workbench.errors import UserError
from workbench.speech import audio, client, silence
from workbench.speech.jobstate import Event, JobMachine, TurnsArrived
from workbench.speech.mixing import Fold, in_blocks, together
from workbench.speech.protocol import Note, Order, Peaks, Silence

DATA = ROOT / "tests" / "data"
HZ = (500.0, 1_500.0)


def write(
    path: Path,
    tracks: list[NDArray[np.int16]],
    codec: str = "aac",
    languages: tuple[str, ...] = (),
) -> Path:
    """Write tracks of 16 kHz, each [channels, moments]."""
    with av.open(str(path), "w") as out:
        streams = []
        for number, pcm in enumerate(tracks):
            layout = "mono" if len(pcm) == 1 else "stereo"
            streams.append(out.add_stream(codec, rate=RATE, layout=layout))
            if languages:
                streams[-1].metadata["language"] = languages[number]
        for stream, pcm in zip(streams, tracks, strict=True):
            layout = "mono" if len(pcm) == 1 else "stereo"
            frame = av.AudioFrame.from_ndarray(
                np.ascontiguousarray(pcm.T).reshape(1, -1), "s16", layout
            )
            frame.sample_rate = RATE
            context = stream.codec_context
            resampler = av.AudioResampler(
                context.format, layout, RATE, frame_size=context.frame_size or 1_024
            )
            for piece in [*resampler.resample(frame), *resampler.resample(None)]:
                out.mux(stream.encode(piece))
            out.mux(stream.encode(None))
    return path


def tone(hertz: float, length_s: float = 3, loud: float = 0.3) -> NDArray[np.int16]:
    time = np.arange(round(length_s * RATE)) / RATE
    return (32_767 * loud * np.sin(2 * np.pi * hertz * time)).astype(np.int16)[None]


def heard(pcm: NDArray[np.int16]) -> list[bool]:
    """Tell of each of the two pitches whether it is heard."""
    middle = pcm[RATE : 2 * RATE].astype(np.float64)
    loud = np.abs(np.fft.rfft(middle)) / len(middle)
    return [bool(loud[round(hertz)] > 300) for hertz in HZ]


def decoded(path: Path, folder: Path, track: int = 0) -> NDArray[np.int16]:
    target = folder / f"{path.name}.{track}.pcm"
    audio.decode(path, target, track=track, on_progress=ignore)
    return audio.open_pcm(target)[:]


@pytest.mark.parametrize(("track", "expected"), [(0, [1, 1]), (1, [1, 0]), (2, [0, 1])])
def test_tracks_are_heard_together_or_one_alone(
    track: int, expected: list[int], tmp_path: Path
) -> None:
    path = write(tmp_path / "two.m4a", [tone(HZ[0]), tone(HZ[1], 5)])
    pcm = decoded(path, tmp_path, track)
    assert heard(pcm) == [bool(one) for one in expected]
    assert len(pcm) / RATE == pytest.approx(3 if track == 1 else 5, abs=0.2)
    assert audio.probe(path).tracks == 2
    target = tmp_path / "new.flac"
    silence.silence(
        Silence(str(path), str(target), (0, 500), within=True, track=track), lambda *_: None
    )
    new, _ = sound_in(target)
    new = (new.reshape(-1) * 32_767).astype(np.int16)
    assert heard(new) == [bool(one) for one in expected]
    assert not new[: RATE // 2].any()


def test_behind_a_silent_track_somebody_speaks(tmp_path: Path) -> None:
    path = write(tmp_path / "two.mka", [0 * tone(HZ[0]), tone(HZ[1])])
    assert heard(decoded(path, tmp_path)) == [False, True]


def test_of_a_film_in_several_languages_the_first_is_heard(tmp_path: Path) -> None:
    path = write(tmp_path / "film.mkv", [tone(HZ[0]), tone(HZ[1])], languages=("ger", "eng"))
    assert heard(decoded(path, tmp_path)) == [True, False]
    assert heard(decoded(path, tmp_path, 2)) == [False, True]


def test_a_track_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "two.m4a", [tone(HZ[0]), tone(HZ[1])])
    with pytest.raises(UserError, match="it has 2"):
        decoded(path, tmp_path, 3)


@pytest.mark.parametrize("second", [-1.0, -0.5, 0.0, 1.0])
def test_one_channel_is_never_taken_from_the_other(second: float, tmp_path: Path) -> None:
    one = tone(HZ[0])
    path = write(tmp_path / "two.flac", [np.vstack([one, (second * one).astype(np.int16)])], "flac")
    loud = np.abs(decoded(path, tmp_path)).max()
    assert loud == pytest.approx(np.abs(one).max() * (1 + abs(second)) / 2, rel=0.01)


def test_two_people_in_two_channels_are_both_heard() -> None:
    fold = Fold()
    both = np.stack([tone(HZ[0])[0], tone(HZ[1])[0]], axis=1)
    pieces = [fold.fold(both[at : at + 320]) for at in range(0, len(both), 320)]
    assert heard(np.concatenate(pieces)) == [True, True]


def test_what_is_too_loud_together_is_softer() -> None:
    loud = np.full(4, 30_000, np.int16)
    assert together((loud, loud)).tolist() == [32_767] * 4
    assert together((loud, -loud[:2])).tolist() == [0, 0, 30_000, 30_000]


def test_blocks_hold_all_that_came_in_pieces() -> None:
    pieces = [np.arange(start, end) for start, end in ((0, 3), (3, 11), (11, 12), (12, 13))]
    blocks = list(in_blocks(iter(pieces), 4))
    assert [len(block) for block in blocks] == [4, 4, 4, 1]
    assert np.concatenate(blocks).tolist() == list(range(13))


@pytest.mark.speech
@pytest.mark.parametrize(
    ("name", "words"),
    [("audio_two_tracks.m4a", 2), ("audio_inverted_channel.flac", 1)],
)
def test_speech_in_all_tracks_and_in_mirrored_channels_becomes_words(
    name: str, words: int, tmp_path: Path, base_model: Path
) -> None:
    told: list[Event] = []

    def keep(event: Event, _machine: JobMachine) -> None:
        told.append(event)

    folders = {"cache": str(tmp_path / "cache"), "spool": str(tmp_path / "spool")}
    client.run_job(Order("j", str(DATA / name), "", **folders, speakers=0), keep)
    turns = [turn for event in told if isinstance(event, TurnsArrived) for turn in event.turns]
    assert sum(len(turn.words) for turn in turns) > 10
    [tracks] = {event.tracks for event in told if isinstance(event, Peaks)}
    assert tracks == words
    notes = [event.code for event in told if isinstance(event, Note)]
    assert ("tracks" in notes) == (tracks > 1)
