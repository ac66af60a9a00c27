"""The loudness near by: only what is looked at is read, and nothing is needed to be there."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.support.studies import recording
from workbench.domain.ids import SessionId, SourceId, new_id
from workbench.domain.materials import Source, SourceKind
from workbench.services.files.loudness import Loudness
from workbench.speech import audio
from workbench.study import Study

RATE = 16_000


def _detail(cache: Path, sha256: str, start_ms: int, end_ms: int, count: int) -> tuple[int, ...]:
    source_id, session_id, name = SourceId(new_id()), SessionId(new_id()), "call.wav"
    heard = Source(source_id, session_id, SourceKind.AUDIO, "Call", name, name, sha256, size=1)
    return Loudness(cache).detail(heard, start_ms, end_ms, count)


def _noisy(seconds: int) -> np.ndarray:
    """One loud 10 ms at the begin of each second, louder from second to second."""
    pcm = np.zeros(seconds * RATE + 7, np.int16)
    for second in range(seconds):
        pcm[second * RATE : second * RATE + 160] = -300 * (second + 1)
    return pcm


def test_the_detail_is_what_the_worker_heard(tmp_path: Path) -> None:
    audio.write_detail(_noisy(100), tmp_path / "a.peaks")
    assert (tmp_path / "a.peaks").stat().st_size == 100 * 100 + 1
    found = _detail(tmp_path, "a", 49_000, 51_000, 200)
    assert (found[0], found[100], sum(found)) == (50, 51, 101)
    assert _detail(tmp_path, "a", 0, 100_000, 4) == (25, 50, 75, 100)
    assert _detail(tmp_path, "a", 99_000, 103_000, 4) == (100, 0, 0, 0)
    assert len(_detail(tmp_path, "a", 0, 50, 9)) == 9
    assert [file.name for file in tmp_path.iterdir()] == ["a.peaks"]


def test_silence_and_nothing_have_a_detail(tmp_path: Path) -> None:
    audio.write_detail(np.zeros(1_600, np.int16), tmp_path / "quiet.peaks")
    audio.write_detail(np.zeros(0, np.int16), tmp_path / "empty.peaks")
    assert _detail(tmp_path, "quiet", 0, 100, 2) == (0, 0)
    assert _detail(tmp_path, "empty", 0, 100, 2) == (0, 0)


def test_the_loudest_number_of_sixteen_bits_is_no_silence(tmp_path: Path) -> None:
    audio.write_detail(np.full(160, -32_768, np.int16), tmp_path / "a.peaks")
    assert _detail(tmp_path, "a", 0, 10, 1) == (100,)


def test_a_place_that_cannot_be_written_ends_no_job(tmp_path: Path) -> None:
    audio.write_detail(_noisy(1), tmp_path / "missing" / "a.peaks")
    assert list(tmp_path.iterdir()) == []


def test_without_its_file_there_is_no_detail(study: Study) -> None:
    source = recording(study)
    assert study.materials.loudness.detail(source, 0, 1_000, 10) == ()
    audio.write_detail(_noisy(2), study.folder / "cache" / f"{source.sha256}.peaks")
    assert study.materials.loudness.detail(source, 0, 2_000, 2) == (50, 100)
