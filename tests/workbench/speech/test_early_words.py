"""The first words of a long recording come before the rest of it is even decoded."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.workbench.speech.recordings import RATE, ignore, samples_of, silence, write_wav
from workbench.domain.transcript import TurnDraft
from workbench.speech import audio, client, protocol, spool
from workbench.speech.jobstate import Event, JobMachine, RunState, TurnsArrived
from workbench.speech.protocol import ChunkDone, Order, Peaks

MINUTES = 5.2


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory, jfk: Path) -> Path:
    """Five minutes with a few sentences in them."""
    folder = tmp_path_factory.mktemp("recording")
    speech = samples_of(jfk, folder)
    begin = np.concatenate([speech, silence(4), speech, silence(9), speech])
    rest = silence(MINUTES * 60 - len(begin) / RATE)
    return write_wav(folder / "long.wav", np.concatenate([begin, rest]))


def _run(folder: Path, media: Path) -> tuple[list[Event], dict[int, TurnDraft]]:
    events: list[Event] = []

    def keep(event: Event, _machine: JobMachine) -> None:
        events.append(event)

    job = Order(
        "j", str(media), "", str(folder / "cache"), str(folder / "spool"), "fake", "en", speakers=0
    )
    assert client.run_job(job, keep) is RunState.DONE
    turns = [turn for event in events if isinstance(event, TurnsArrived) for turn in event.turns]
    return events, {turn.ordinal: turn for turn in turns}


def _chunks(path: Path) -> list[int]:
    found = map(protocol.decode, path.read_bytes().splitlines())
    return [message.index for message in found if isinstance(message, ChunkDone)]


def test_the_first_words_come_before_the_waveform(recording: Path, tmp_path: Path) -> None:
    events, turns = _run(tmp_path, recording)
    kinds = [type(event) for event in events]
    assert kinds.index(TurnsArrived) < kinds.index(Peaks)
    path = spool.path_of(tmp_path / "spool", "j")
    indexes = _chunks(path)
    assert indexes == list(range(len(indexes)))
    assert len(indexes) > 2
    # Nothing is done twice, and words that ended where no chunk ends any more are given up.
    lines = path.read_bytes().splitlines(keepends=True)
    at = next(i for i, line in enumerate(lines) if b'"type":"chunk"' in line)
    message = protocol.decode(lines[at])
    assert isinstance(message, ChunkDone)
    odd = protocol.encode(ChunkDone(0, message.end_ms - 40))
    path.write_bytes(b"".join([*lines[:at], odd]))
    assert _run(tmp_path, recording)[1] == turns
    assert _chunks(path) == indexes
    assert list(spool.read(path).turns.values()) == list(turns.values())


def test_the_head_has_the_same_samples(recording: Path, tmp_path: Path) -> None:
    audio.decode(recording, tmp_path / "all.pcm", on_progress=ignore)
    head = audio.decode_head(recording, 30_000)
    assert len(head) == 30 * RATE
    assert np.array_equal(head, audio.open_pcm(tmp_path / "all.pcm")[: 30 * RATE])
