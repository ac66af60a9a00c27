"""Recordings of all sorts, good and bad, become samples or a sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.workbench.speech.recordings import (
    RATE,
    ignore,
    samples_of,
    shorten,
    silence,
    write_coded,
    write_video_without_sound,
    write_wav,
)
from workbench.errors import EnvironmentProblem, UserError
from workbench.speech import audio, client
from workbench.speech.chunks import find_regions, plan_chunks
from workbench.speech.protocol import Probed


def test_a_recording_is_probed_and_decoded_once(jfk: Path, tmp_path: Path) -> None:
    found = audio.probe(jfk)
    assert (found.duration_ms, found.codec, found.has_video) == (11_000, "flac", False)
    told: list[int] = []
    target = tmp_path / "cache" / "jfk.pcm"
    audio.decode(jfk, target, on_progress=told.append)
    assert told[-1] == audio.milliseconds(audio.open_pcm(target)) == 11_000
    assert [path.name for path in target.parent.iterdir()] == ["jfk.pcm"]
    audio.decode(tmp_path / "not there", target, on_progress=told.append)
    assert told[-1] == 11_000


@pytest.mark.parametrize(
    ("name", "codec", "rate"),
    [("a.mp3", "libmp3lame", RATE), ("a.opus", "libopus", 48_000), ("a.m4a", "aac", RATE)],
)
def test_coded_formats_decode_to_the_same_length(
    name: str, codec: str, rate: int, jfk: Path, tmp_path: Path
) -> None:
    path = write_coded(tmp_path / name, samples_of(jfk, tmp_path), codec, rate=rate)
    assert not audio.probe(path).warning
    assert len(samples_of(path, tmp_path)) / RATE == pytest.approx(11, abs=0.1)


@pytest.mark.parametrize(
    ("name", "codec", "rate"), [("a.mp3", "libmp3lame", RATE), ("a.opus", "libopus", 48_000)]
)
def test_of_a_truncated_file_the_rest_is_kept_and_the_loss_told(
    name: str, codec: str, rate: int, jfk: Path, tmp_path: Path
) -> None:
    whole = write_coded(tmp_path / name, samples_of(jfk, tmp_path), codec, rate=rate)
    path = shorten(whole, 0.6)
    found = audio.probe(path)
    decoded = len(samples_of(path, tmp_path)) * 1000 // RATE
    assert 5_000 < decoded < 8_000
    assert found.warning or audio.missing_ms(found.duration_ms, decoded) > 3_000


def test_a_truncated_wav_is_told(jfk: Path, tmp_path: Path) -> None:
    path = shorten(write_wav(tmp_path / "a.wav", samples_of(jfk, tmp_path)), 0.5)
    assert "cut off" in audio.probe(path).warning


def _bad_files(folder: Path) -> dict[str, tuple[Path, str]]:
    empty, text = folder / "empty.wav", folder / "text.wav"
    noise, mute = folder / "noise.mp3", write_video_without_sound(folder / "mute.mp4")
    empty.touch()
    text.write_text("Interviewer: tell me about the move. " * 200, "utf-8")
    noise.write_bytes(bytes(range(256)) * 40)
    return {
        "missing": (folder / "gone.wav", "file-missing"),
        "empty": (empty, "file-empty"),
        "text": (text, "not-a-recording"),
        "noise": (noise, "unreadable"),
        "mute": (mute, "no-sound"),
    }


@pytest.mark.parametrize("kind", ["missing", "empty", "text", "noise", "mute"])
def test_bad_files_get_a_sentence(kind: str, tmp_path: Path) -> None:
    path, code = _bad_files(tmp_path)[kind]
    with pytest.raises(UserError) as caught:
        audio.probe(path)
    assert caught.value.code == code
    assert path.name in caught.value.happened
    assert caught.value.todo


def test_probing_happens_in_a_child_and_keeps_the_order(jfk: Path, tmp_path: Path) -> None:
    bad = _bad_files(tmp_path)
    answers = client.probe([bad["text"][0], jfk, bad["empty"][0]])
    assert isinstance(answers[0], UserError)
    assert answers[0].code == "not-a-recording"
    assert answers[1] == Probed(str(jfk), 11_000, "flac", has_video=False, warning="")
    assert isinstance(answers[2], UserError)
    assert client.probe([]) == []


def test_a_cache_that_cannot_be_written_is_told(jfk: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "a file, no folder"
    blocked.touch()
    with pytest.raises(EnvironmentProblem) as caught:
        audio.decode(jfk, blocked / "jfk.pcm", on_progress=ignore)
    assert caught.value.code == "not-writable"


def test_a_stopped_decoding_leaves_nothing_behind(jfk: Path, tmp_path: Path) -> None:
    def stop(_done_ms: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        audio.decode(jfk, tmp_path / "jfk.pcm", on_progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_speech_is_found_between_silences(jfk: Path, tmp_path: Path) -> None:
    speech = samples_of(jfk, tmp_path)
    pcm = np.concatenate([silence(5), speech, silence(5)])
    regions = find_regions(audio.speech_probabilities(pcm, on_progress=ignore))
    assert regions[0].start_ms == pytest.approx(5_300, abs=400)
    assert regions[-1].end_ms == pytest.approx(15_600, abs=500)
    assert plan_chunks(regions, total_ms=audio.milliseconds(pcm))[0].index == 0


def test_voice_detection_in_blocks_equals_one_go(jfk: Path, tmp_path: Path) -> None:
    speech = samples_of(jfk, tmp_path)
    pcm = np.concatenate([np.concatenate([speech, silence(2)])] * 3)
    told: list[int] = []
    whole = audio.speech_probabilities(pcm, on_progress=ignore)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(audio, "_BLOCK_FRAMES", 300)
        blocks = audio.speech_probabilities(pcm, on_progress=told.append)
    assert len(told) > 3
    assert len(blocks) == len(whole) == -(-len(pcm) // 512)
    assert np.mean(np.abs(np.subtract(blocks, whole)) > 0.2) < 0.02


def test_peaks_show_where_it_is_loud() -> None:
    pcm = np.concatenate([silence(1), np.full(RATE, -20_000, np.int16)])
    found = audio.peaks(pcm, 10)
    assert found[:5] == [0] * 5
    assert found[5:] == [100] * 5
    assert audio.peaks(np.zeros(4, np.int16), 10) == [0] * 10
