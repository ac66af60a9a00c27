"""Channels that are people of their own are recognised each alone; two microphones are not."""

from __future__ import annotations

import io
import os
import wave
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.support.source import ROOT
from tests.support.wer import word_error_rate
from tests.workbench.speech.recordings import RATE, ignore, samples_of
from workbench.domain.transcript import TurnDraft, Word
from workbench.domain.voices import SPEAKS_OVER
from workbench.speech import audio, channels, client, mixing
from workbench.speech.attribution import interleave
from workbench.speech.channels import Line
from workbench.speech.engines import Engines
from workbench.speech.fake import FakeEngine
from workbench.speech.jobstate import Event, JobMachine
from workbench.speech.link import Link
from workbench.speech.listening import Listening
from workbench.speech.protocol import Decoder, Note, Order, Progress, Speakers
from workbench.speech.run import Run
from workbench.speech.survey import survey
from workbench.speech.turns import Heard

DATA = ROOT / "tests" / "data"
Sound = NDArray[np.float64]
JFK = "And so my fellow Americans ask not what your country can do for you ask what you can do"


def write(path: Path, left: Sound, right: Sound) -> Path:
    """Write two channels with a little hiss of their own."""
    hiss = np.random.default_rng(5).normal(0, 3, (len(left), 2))
    both = np.clip(np.stack([left, right], axis=1) + hiss, -32_767, 32_767).astype(np.int16)
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 2, RATE, 0, "NONE", ""))
        file.writeframes(both.tobytes())
    return path


def room(sound: Sound, delay: int, loud: float, seed: int) -> Sound:
    """Return what a microphone in a room hears of somebody."""
    tail = np.random.default_rng(seed).normal(0, 1, RATE * 4 // 10)
    tail *= 0.08 * np.exp(-6.9 * np.arange(len(tail)) / len(tail))
    tail[0] += loud
    return np.convolve(sound, np.concatenate([np.zeros(delay), tail]))[: len(sound)]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sound, Sound]:
    """Eleven seconds of one person, and of another who talks over them and after."""
    folder = tmp_path_factory.mktemp("two")
    one = samples_of(DATA / "jfk.flac", folder).astype(np.float64)
    call = samples_of(DATA / "audio_gap.webm", folder).astype(np.float64)
    other = np.zeros(len(one) + 8 * RATE)
    other[11 * RATE : 14 * RATE + RATE // 2] = call[: 3 * RATE + RATE // 2]
    return np.concatenate([one, np.zeros(8 * RATE)]), other


def speech(pcm: audio.Pcm) -> list[float]:
    return audio.speech_probabilities(pcm, on_progress=ignore)


def seen(path: Path) -> channels.Seen:
    whole = np.concatenate(list(mixing.parts(path)))
    parts = [np.ascontiguousarray(column) for column in whole.T]
    return channels.judge(parts, [speech(part) for part in parts])


def test_two_ends_of_a_call_are_apart_however_quiet_one_is(
    two: tuple[Sound, Sound], tmp_path: Path
) -> None:
    path = write(tmp_path / "call.wav", two[0], two[1] / 20)
    assert seen(path).apart
    assert channels.may_be_apart(path, survey(path), 0, speech) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [((0, 1.0), (0, 1.0)), ((0, 1.0), (0, -1.0)), ((0, 1.0), (0, 0.0)), ((40, 1.0), (5, 0.1))],
)
def test_one_sound_in_two_channels_is_not(
    first: tuple[int, float], second: tuple[int, float], two: tuple[Sound, Sound], tmp_path: Path
) -> None:
    """Twice the same, a mirrored plug, a dead channel, and one that leaks into the other."""
    both = two[0] + two[1]
    sides = [loud * np.roll(both, delay) for delay, loud in (first, second)]
    assert not seen(write(tmp_path / "same.wav", sides[0], sides[1])).apart


def test_two_microphones_in_a_room_are_not(two: tuple[Sound, Sound], tmp_path: Path) -> None:
    near = room(two[0], 5, 1.0, 1) + room(two[1], 60, 0.6, 2)
    far = room(two[0], 50, 0.6, 3) + room(two[1], 8, 1.0, 4)
    path = write(tmp_path / "room.wav", near, far)
    assert not seen(path).apart
    assert channels.may_be_apart(path, survey(path), 0, speech) == 0


def test_the_parts_lie_one_after_the_other(two: tuple[Sound, Sound], tmp_path: Path) -> None:
    path = write(tmp_path / "call.wav", *two)
    line = channels.line_of(len(two[0]), 2)
    target = tmp_path / "line.pcm"
    channels.write(path, target, survey(path), line, 0)
    pcm = audio.open_pcm(target)
    assert audio.milliseconds(pcm) == 2 * line.stride_ms
    for number, sound in enumerate(two):
        part = line.of(pcm, number)[: len(sound)].astype(np.float64)
        assert np.corrcoef(part, sound)[0, 1] > 0.99
    assert sorted(one.name for one in tmp_path.iterdir()) == ["call.wav", "line.pcm"]


def test_words_of_a_part_get_their_times_back() -> None:
    line = Line(2, 10_000)
    words = [Heard("yes", True, 10_500, 10_900, 900)]
    placed, holes = line.placed(10_400, words, [(11_000, 12_500)])
    assert (placed[0].start_ms, placed[0].end_ms, holes) == (500, 900, [(1_000, 2_500)])
    assert [line.label(ms) for ms in (0, 9_999, 10_000, 25_000)] == ["S1", "S1", "S2", "S2"]


def test_whoever_is_interrupted_goes_on_in_a_turn_of_their_own() -> None:
    turns = interleave(
        [
            _said("S1", "We waited. Then they came.", [0, 400, 2_000, 2_400, 2_800]),
            _said("S2", "Really?", [1_000]),
            _said("S2", "When was that?", [2_700, 2_900, 3_100]),
        ]
    )
    assert [(turn.speaker, turn.text) for turn in turns] == [
        ("S1", "We waited."),
        ("S2", "Really?"),
        ("S1", "Then they came."),
        ("S2", "When was that?"),
    ]
    assert [SPEAKS_OVER in turn.doubt for turn in turns] == [False, False, True, True]
    assert [turn.ordinal for turn in turns] == [0, 1, 2, 3]
    assert interleave([]) == []


def _said(speaker: str, text: str, starts: list[int]) -> TurnDraft:
    words, at = [], 0
    for word, start in zip(text.split(), starts, strict=True):
        words.append(Word(at, at + len(word), start, start + 350, 900))
        at += len(word) + 1
    return TurnDraft(0, text, starts[0], starts[-1] + 350, speaker, tuple(words))


def test_no_time_is_counted_for_voices_that_are_known(
    two: tuple[Sound, Sound], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Listening, "expected_s", lambda *_: 1_000.0)
    path = write(tmp_path / "call.wav", *two)
    folders = {"cache": str(tmp_path / "cache"), "spool": str(tmp_path / "spool")}
    said = io.BytesIO()
    with Path(os.devnull).open("rb", buffering=0) as nobody:
        Run(Order("j", str(path), "", **folders), Link(nobody, said), Engines(_fake)).go()
    told = Decoder().feed(said.getvalue())
    [voices] = [one for one in told if isinstance(one, Speakers)]
    assert {turn.speaker for turn in voices.turns} == {"S1", "S2"}
    steps = [one for one in told if isinstance(one, Progress) and one.stage != "preparing"]
    assert {one.stage for one in steps} == {"recognising"}
    assert all(one.done_ms <= one.total_ms for one in steps)
    assert steps[-1].eta_s == 0


def _fake(_job: Order) -> FakeEngine:
    return FakeEngine()


def heard(path: Path, folder: Path, speakers: int | None = None) -> tuple[Speakers, list[Note]]:
    told: list[Event] = []

    def keep(event: Event, _machine: JobMachine) -> None:
        told.append(event)

    folders = {"cache": str(folder / "cache"), "spool": str(folder / "spool")}
    client.run_job(Order("j", str(path), "", **folders, speakers=speakers), keep)
    [voices] = [one for one in told if isinstance(one, Speakers)]
    return voices, [one for one in told if isinstance(one, Note)]


@pytest.mark.speech
def test_a_call_in_two_channels_has_its_two_voices_for_certain(
    two: tuple[Sound, Sound], tmp_path: Path, base_model: Path
) -> None:
    other = np.roll(two[1], -6 * RATE)  # speaks while the first one does
    voices, _ = heard(write(tmp_path / "call.wav", two[0], other / 20), tmp_path)
    assert voices.count == 2
    texts = {
        voice: " ".join(turn.text for turn in voices.turns if turn.speaker == voice)
        for voice in ("S1", "S2")
    }
    assert word_error_rate(JFK, texts["S1"][: len(JFK) + 20]) <= 0.3
    assert "three weeks" in texts["S2"]
    starts = [turn.start_ms or 0 for turn in voices.turns]
    assert starts == sorted(starts)
    assert max(starts) < 12_000


@pytest.mark.speech
@pytest.mark.parametrize(("speakers", "count"), [(None, 2), (0, 0)])
def test_one_person_per_track_is_heard_by_track(
    speakers: int | None, count: int, tmp_path: Path, base_model: Path
) -> None:
    voices, notes = heard(DATA / "audio_two_tracks.m4a", tmp_path, speakers)
    assert voices.count == count
    assert {turn.speaker for turn in voices.turns} == ({"S1", "S2"} if count else {None})
    assert [note.code for note in notes] == ["tracks"]
    assert "by itself" in notes[0].text
