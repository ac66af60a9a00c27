"""Sound lies where the player plays it, and only a file that states its length can be cut off."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from tests.support.source import ROOT
from tests.support.spoken_study import sound_in
from tests.workbench.speech import laid
from tests.workbench.speech.recordings import RATE, samples_of
from workbench.domain.transcript import TurnDraft
from workbench.speech import audio, client, silence, survey
from workbench.speech.jobstate import Event, JobMachine, TurnsArrived
from workbench.speech.protocol import Note, Order, Silence
from workbench.speech.timeline import Timeline

DATA = ROOT / "tests" / "data"
GAP = [(0, 4), (10, 16)]
HEARD = [0, 1, 2, 3, *[None] * 6, 10, 11, 12, 13, 14, 15]


def test_a_gap_is_silence_and_a_trifle_is_none() -> None:
    line = Timeline(5.0)
    assert line.lay(5.0, 1.0) == 0
    assert line.lay(6.05, 1.0) == 0
    assert line.lay(None, 1.0) == 0
    assert line.lay(10.0, 1.0) == pytest.approx(2.0)
    assert line.lay(10.7, 1.0) == 0  # early: nothing of it is cut
    assert line.end == pytest.approx(7.0)
    assert not line.broken


def test_losses_that_add_up_are_made_up_for() -> None:
    """Each packet of a browser in a bad network may lack a little."""
    line = Timeline(0.0)
    for number in range(1_000):
        line.lay(number * 0.03, 0.02)
    assert line.end == pytest.approx(1_000 * 0.03, abs=0.11)


@pytest.mark.parametrize("stamp", [0.2, -7.0, 1e9])
def test_stamps_that_cannot_be_are_not_believed(stamp: float) -> None:
    line = Timeline(0.0)
    line.lay(0.0, 3.0)
    assert line.lay(stamp, 3.0) == 0
    assert line.broken
    assert line.lay(20.0, 1.0) == 0
    assert line.end == 7.0


@pytest.mark.parametrize(
    ("name", "codec"),
    [("gap.mkv", "flac"), ("gap.webm", "libopus"), ("gap.mp4", "aac"), ("gap.ogg", "libopus")],
)
def test_where_a_recorder_paused_there_is_silence(name: str, codec: str, tmp_path: Path) -> None:
    path = laid.write(tmp_path / name, codec, GAP)
    assert laid.seconds(samples_of(path, tmp_path), RATE)[:15] == HEARD[:15]
    assert audio.probe(path).duration_ms == pytest.approx(16_000, abs=50)


@pytest.mark.parametrize(
    ("name", "codec"), [("late.mp4", "aac"), ("late.mkv", "aac"), ("late.ts", "aac")]
)
def test_sound_that_begins_after_the_picture_and_ends_before_it(
    name: str, codec: str, tmp_path: Path
) -> None:
    path = laid.write(tmp_path / name, codec, [(3, 9)], pictures_s=12)
    found = survey.survey(path)
    pcm = samples_of(path, tmp_path)
    assert laid.seconds(pcm, RATE)[:8] == [None, None, None, 3, 4, 5, 6, 7]
    assert len(pcm) / RATE == pytest.approx(12, abs=0.05)
    assert not audio.missing_ms(found.stated_ms, audio.milliseconds(pcm))


def test_stamps_that_go_back_are_counted(tmp_path: Path) -> None:
    path = laid.write(tmp_path / "back.ogg", "libopus", [(0, 5)])
    again = laid.write(tmp_path / "again.ogg", "libopus", [(5, 9)], stamps=[0])
    path.write_bytes(path.read_bytes() + again.read_bytes())
    assert survey.survey(path).counted
    heard = laid.seconds(samples_of(path, tmp_path), RATE)
    assert heard[:4] + heard[5:8] == [0, 1, 2, 3, 5, 6, 7]


@pytest.mark.parametrize(
    ("name", "length_ms"),
    [
        ("audio_no_duration.webm", 7_940),
        ("audio_vbr_no_header.mp3", 32_966),
        ("audio_gap.webm", 27_933),
    ],
)
def test_of_a_whole_file_nothing_is_missing(name: str, length_ms: int, tmp_path: Path) -> None:
    path = DATA / name
    found = survey.survey(path)
    decoded = audio.milliseconds(samples_of(path, tmp_path))
    assert decoded == pytest.approx(length_ms, abs=10)
    assert audio.probe(path).duration_ms == pytest.approx(length_ms, abs=10)
    assert not audio.missing_ms(found.stated_ms, decoded)
    assert not audio.probe(path).warning


@pytest.mark.parametrize(
    ("name", "codec"), [("raw.aac", "aac"), ("raw.mp3", "libmp3lame"), ("raw.ac3", "ac3")]
)
def test_a_raw_stream_is_as_long_as_its_sound(name: str, codec: str, tmp_path: Path) -> None:
    options = {"write_xing": "0"} if codec == "libmp3lame" else {}
    path = laid.write(tmp_path / name, codec, [(0, 20)], options=options)
    found = survey.survey(path)
    assert found.stated_ms == 0
    decoded = len(samples_of(path, tmp_path)) * 1000 // RATE
    assert audio.probe(path).duration_ms == pytest.approx(decoded, abs=100)


def test_a_negative_length_is_none(tmp_path: Path) -> None:
    path = laid.write(tmp_path / "negative.mkv", "flac", [(0, 6)])
    data = bytearray(path.read_bytes())
    at = data.index(b"\x44\x89\x88") + 3
    data[at : at + 8] = struct.pack(">d", -6_000.0)
    path.write_bytes(data)
    assert survey.survey(path).stated_ms == 0
    assert audio.probe(path).duration_ms == pytest.approx(6_000, abs=50)


def test_an_mp3_that_counts_its_frames_states_its_length(tmp_path: Path) -> None:
    path = laid.write(tmp_path / "whole.mp3", "libmp3lame", [(0, 20)])
    assert survey.survey(path).stated_ms == pytest.approx(20_000, abs=60)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    found = survey.survey(path)
    decoded = audio.milliseconds(samples_of(path, tmp_path))
    assert audio.missing_ms(found.stated_ms, decoded) == pytest.approx(10_000, abs=500)


@pytest.mark.parametrize(("counted", "silent_s"), [(False, (11, 13)), (True, (5, 7))])
def test_silence_falls_where_the_words_are(
    counted: bool, silent_s: tuple[int, int], tmp_path: Path
) -> None:
    """Times of transcripts made before count samples; they still say where somebody speaks."""
    path = laid.write(tmp_path / "gap.mkv", "flac", GAP)
    target = tmp_path / "new.flac"
    spans = (silent_s[0] * 1000, silent_s[1] * 1000)
    done = silence.silence(
        Silence(str(path), str(target), spans, within=True, counted=counted), lambda *_: None
    )
    new, rate = sound_in(target)
    heard = laid.seconds((new.reshape(-1) * 30_000).astype(np.int16), rate)
    whole = [0, 1, 2, 3, 10, 11, 12, 13, 14] if counted else HEARD
    expected = [None if silent_s[0] <= at < silent_s[1] else tone for at, tone in enumerate(whole)]
    assert heard[: len(expected) - 1] == expected[:-1]
    assert done.duration_ms == pytest.approx(10_000 if counted else 16_000, abs=60)


@pytest.mark.speech
def test_words_behind_a_gap_stand_where_they_are_heard(tmp_path: Path, base_model: Path) -> None:
    turns: list[TurnDraft] = []
    notes: list[Note] = []

    def keep(event: Event, _machine: JobMachine) -> None:
        if isinstance(event, TurnsArrived):
            turns.extend(event.turns)
        elif isinstance(event, Note):
            notes.append(event)

    media = DATA / "audio_gap.webm"
    folders = {"cache": str(tmp_path / "cache"), "spool": str(tmp_path / "spool")}
    client.run_job(Order("j", str(media), "", **folders, speakers=0), keep)
    assert [turn.start_ms for turn in turns] == pytest.approx([0, 23_500], abs=500)
    assert notes == []
