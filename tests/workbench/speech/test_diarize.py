"""Telling voices apart on a real telephone call, and again without the models."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from tests.support.source import ROOT
from workbench.errors import EnvironmentProblem, UserError
from workbench.speech import audio
from workbench.speech.diarize import Diarization, diarize, recluster
from workbench.speech.windows import EMBEDDING, SEGMENTATION

CALL = ROOT / "tests" / "data" / "call_two_speakers.flac"
COLLAR_MS = 250


@pytest.fixture(scope="module")
def pcm(tmp_path_factory: pytest.TempPathFactory) -> audio.Pcm:
    target = tmp_path_factory.mktemp("call") / "call.pcm"
    audio.decode(CALL, target, on_progress=lambda _: None)
    return audio.open_pcm(target)


@pytest.fixture(scope="module")
def call(pcm: audio.Pcm) -> Diarization:
    return diarize(pcm)


def test_hears_two_people_unasked(call: Diarization) -> None:
    assert call.speakers == 2
    assert {speaker for *_, speaker in call.timeline} == {0, 1}


def test_error_rate_of_the_call(call: Diarization) -> None:
    assert _error_rate(call) <= 0.05


def test_timeline_is_exclusive_and_starts_with_the_first_speaker(call: Diarization) -> None:
    edges = [edge for start, end, _ in call.timeline for edge in (start, end)]
    assert edges == sorted(edges)
    assert all(start < end for start, end, _ in call.timeline)
    assert call.timeline[0][2] == 0


def test_overlap_is_found_where_both_speak(call: Diarization) -> None:
    both = [(start, end) for start, end in call.overlaps if start < 18_590 and end > 18_150]
    assert both
    assert sum(end - start for start, end in call.overlaps) < 4_000


@pytest.mark.parametrize("speakers", [1, 2, 3])
def test_recluster_gives_the_number_asked_for(call: Diarization, speakers: int) -> None:
    again = recluster(call, speakers)
    assert again.speakers == speakers
    assert again.embeddings is call.embeddings


def test_recluster_comes_back_to_the_same(call: Diarization) -> None:
    assert recluster(recluster(call, 1), None).timeline == call.timeline


def test_more_people_than_prints(call: Diarization) -> None:
    assert 2 < recluster(call, 500).speakers <= len(call.embeddings)


def test_bytes_keep_everything(call: Diarization) -> None:
    again = Diarization.from_bytes(call.to_bytes())
    assert again.timeline == call.timeline
    assert again.overlaps == call.overlaps
    assert again.step_ms == pytest.approx(16.875)
    assert np.array_equal(again.centroids, call.centroids)
    assert recluster(again, 2).timeline == recluster(call, 2).timeline


@pytest.mark.parametrize("damage", ["empty", "other", "half"])
def test_damaged_bytes_are_refused(call: Diarization, damage: str) -> None:
    whole = call.to_bytes()
    packed = {"empty": b"", "other": b"no archive", "half": whole[: len(whole) // 2]}[damage]
    with pytest.raises(UserError, match="damaged"):
        Diarization.from_bytes(packed)


def test_progress_ends_at_one_and_may_stop_the_work(pcm: audio.Pcm) -> None:
    heard: list[float] = []

    def stop(share: float) -> None:
        heard.append(share)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        diarize(pcm, on_progress=stop)
    shares: list[float] = []
    diarize(pcm[:160_000], on_progress=shares.append)
    assert len(heard) == 1
    assert shares == [1.0]


def test_one_voice_is_one_person(pcm: audio.Pcm) -> None:
    monologue = np.tile(pcm[int(22.0 * 16_000) : int(27.6 * 16_000)], 3)
    assert diarize(monologue).speakers == 1


@pytest.mark.parametrize("samples", [0, 100, 40_000])
def test_silence_has_no_speakers(samples: int) -> None:
    silent = diarize(np.zeros(samples, np.int16), speakers=2)
    assert silent.timeline == ()
    assert silent.speakers == 0
    assert Diarization.from_bytes(silent.to_bytes()).embeddings.shape == (0, 192)


def test_missing_or_damaged_model_is_said(pcm: audio.Pcm, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match=SEGMENTATION):
        diarize(pcm, models=tmp_path)
    shutil.copy(ROOT / "resources" / "models" / SEGMENTATION, tmp_path)
    (tmp_path / EMBEDDING).write_bytes(b"half a model")
    with pytest.raises(EnvironmentProblem, match=EMBEDDING):
        diarize(pcm, models=tmp_path)


def _error_rate(found: Diarization) -> float:
    """Missed, false and confused time ÷ spoken time, overlap included, edges forgiven."""
    from scipy.optimize import linear_sum_assignment  # a second, in every process of a run

    lines = [line.split() for line in CALL.with_suffix(".rttm").read_text().splitlines()]
    turns = [(round(float(f[3]) * 1000), round(float(f[4]) * 1000), f[7]) for f in lines]
    names = sorted({name for *_, name in turns})
    true, told = np.zeros((31_000, len(names)), int), np.zeros((31_000, found.speakers), int)
    scored = np.ones(31_000, bool)
    for start, length, name in turns:
        true[start : start + length, names.index(name)] = 1
        for edge in (start, start + length):
            scored[max(0, edge - COLLAR_MS) : edge + COLLAR_MS] = False
    for start, end, speaker in found.timeline:
        told[start:end, speaker] = 1
    true, told = true[scored], told[scored]
    rows, columns = linear_sum_assignment(true.T @ told, maximize=True)
    right = (true[:, rows] & told[:, columns]).sum()
    return float((np.maximum(true.sum(axis=1), told.sum(axis=1)).sum() - right) / true.sum())
