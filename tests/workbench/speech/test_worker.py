"""The real worker process with the fake engine: killed, paused, cancelled, fed with rubbish."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest

from tests.workbench.speech.recordings import samples_of, silence, write_wav
from workbench.domain.transcript import TurnDraft
from workbench.speech import client, protocol, spool
from workbench.speech.jobstate import Event, JobMachine, RunState, StateChanged, TurnsArrived
from workbench.speech.protocol import Done, Failed, Note, Order, Peaks, Progress, State

CHUNKS = 6
Kind = TypeVar("Kind")


@pytest.fixture(scope="module")
def long_recording(tmp_path_factory: pytest.TempPathFactory, jfk: Path) -> Path:
    """Six utterances of eleven seconds with silences between them: a chunk each."""
    folder = tmp_path_factory.mktemp("recording")
    speech = samples_of(jfk, folder)
    return write_wav(folder / "long.wav", np.concatenate([speech, silence(4)] * CHUNKS))


class Listener:
    """Keeps what the app would store, by ordinal, and everything that was told."""

    def __init__(self, act: Callable[[Event, JobMachine], None] | None = None) -> None:
        self.turns: dict[int, TurnDraft] = {}
        self.events: list[Event] = []
        self._act = act

    def __call__(self, event: Event, machine: JobMachine) -> None:
        self.events.append(event)
        if isinstance(event, TurnsArrived):
            self.turns.update({turn.ordinal: turn for turn in event.turns})
        if self._act:
            self._act(event, machine)

    def states(self) -> list[RunState]:
        return [event.state for event in self.events if isinstance(event, StateChanged)]

    def of(self, kind: type[Kind]) -> list[Kind]:
        return [event for event in self.events if isinstance(event, kind)]


def _job(folder: Path, media: Path, model: str = "fake", name: str = "job") -> Order:
    return Order(
        name, str(media), "", str(folder / "cache"), str(folder / "spool"), model, speakers=0
    )


@pytest.fixture(scope="module")
def undisturbed(
    tmp_path_factory: pytest.TempPathFactory, long_recording: Path
) -> dict[int, TurnDraft]:
    """The turns of a run that nobody disturbs."""
    listener = Listener()
    folder = tmp_path_factory.mktemp("undisturbed")
    assert client.run_job(_job(folder, long_recording), listener) is RunState.DONE
    assert sorted(listener.turns) == list(range(len(listener.turns)))
    assert len(listener.of(TurnsArrived)) >= 1
    (peaks,) = listener.of(Peaks)
    assert len(peaks.peaks) == 1_000
    progress = [event for event in listener.of(Progress) if event.stage == "recognising"]
    assert [event.done_ms for event in progress] == sorted(event.done_ms for event in progress)
    assert len(progress) == CHUNKS
    assert progress[-1].eta_s == 0
    assert listener.of(Done)[0].turns == len(listener.turns)
    return listener.turns


def _recognised(event: Event) -> bool:
    return isinstance(event, Progress) and event.stage == "recognising"


def test_a_worker_killed_in_mid_file_resumes_without_loss_or_duplicates(
    undisturbed: dict[int, TurnDraft], long_recording: Path, tmp_path: Path
) -> None:
    pids: list[int] = []

    def kill_once(event: Event, _machine: JobMachine) -> None:
        if _recognised(event) and not pids:
            (pid,) = _children("--speech-worker")
            pids.append(pid)
            os.kill(pid, signal.SIGKILL)

    listener = Listener(kill_once)
    assert client.run_job(_job(tmp_path, long_recording, "fake:100"), listener) is RunState.DONE
    assert pids
    assert listener.states().count(RunState.STARTING) == 2
    assert listener.turns == undisturbed
    content = spool.read(tmp_path / "spool" / "job.jsonl")
    assert content.final_turns() == [undisturbed[ordinal] for ordinal in sorted(undisturbed)]
    lines = (tmp_path / "spool" / "job.jsonl").read_bytes().splitlines(keepends=True)
    ordinals = [
        m.turn.ordinal for m in map(protocol.decode, lines) if isinstance(m, protocol.TurnFound)
    ]
    assert ordinals == sorted(undisturbed)


def _children(word: str) -> list[int]:
    """Return the ids of this process's children that have a word in their command."""
    lists = (tasks.read_text() for tasks in Path("/proc/self/task").glob("*/children"))
    pids = [int(pid) for found in lists for pid in found.split()]
    return [pid for pid in pids if word.encode() in Path(f"/proc/{pid}/cmdline").read_bytes()]


def test_a_program_that_was_killed_finds_everything_told_again(
    undisturbed: dict[int, TurnDraft], long_recording: Path, tmp_path: Path
) -> None:
    job = _job(tmp_path, long_recording)
    client.run_job(job, Listener())
    path = tmp_path / "spool" / "job.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    border = next(i for i, line in enumerate(lines) if b'"type":"chunk"' in line)
    path.write_bytes(b"".join(lines[: border + 2]) + b'{"v":1,"type":"tu')
    listener = Listener()
    assert client.run_job(job, listener) is RunState.DONE
    assert listener.turns == undisturbed
    assert len([event for event in listener.events if _recognised(event)]) == CHUNKS - 1


def test_cancel_stops_and_keeps_what_was_recognised(long_recording: Path, tmp_path: Path) -> None:
    def cancel(event: Event, machine: JobMachine) -> None:
        if _recognised(event) and machine.state is RunState.RUNNING:
            raise KeyboardInterrupt

    listener = Listener(cancel)
    job = _job(tmp_path, long_recording, "fake:200")
    assert client.run_job(job, listener) is RunState.CANCELLED
    kept = spool.read(tmp_path / "spool" / "job.jsonl")
    assert kept.turns
    assert kept.done is None
    assert {o: t for o, t in kept.turns.items() if o in listener.turns} == listener.turns


def _worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        client.worker_command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def test_pause_holds_between_chunks_and_resume_goes_on(
    undisturbed: dict[int, TurnDraft], long_recording: Path, tmp_path: Path
) -> None:
    with _worker() as child:
        assert child.stdin is not None
        assert child.stdout is not None
        for message in (_job(tmp_path, long_recording), protocol.Pause()):
            child.stdin.write(protocol.encode(message))
        child.stdin.flush()
        before = []
        for line in child.stdout:
            before.append(protocol.decode(line))
            if before[-1] == State("paused"):
                break
        assert not [m for m in before if isinstance(m, protocol.TurnFound)]
        child.stdin.write(b"rubbish\n" + protocol.encode(protocol.Resume()))
        child.stdin.flush()
        after = list(map(protocol.decode, child.stdout))
        assert child.wait() == 0
    assert after[0] == State("running")
    turns = {m.turn.ordinal: m.turn for m in after if isinstance(m, protocol.TurnFound)}
    assert turns == undisturbed


def test_a_worker_whose_app_is_gone_ends(long_recording: Path, tmp_path: Path) -> None:
    with _worker() as child:
        job = dataclasses.replace(_job(tmp_path, long_recording), model="fake:60000")
        output, _ = child.communicate(protocol.encode(job), timeout=300)
    assert child.returncode == 0
    assert output.splitlines()[-1:] == [protocol.encode(State("cancelled")).strip()]


def test_a_worker_without_a_job_ends() -> None:
    with _worker() as child:
        output, _ = child.communicate(b"what?\n", timeout=300)
    assert child.returncode == 0
    assert protocol.decode(output) == State("cancelled")


@pytest.mark.parametrize("seconds", [0.2, 20])
def test_silence_is_done_with_a_note(seconds: float, tmp_path: Path) -> None:
    listener = Listener()
    media = write_wav(tmp_path / "silence.wav", silence(seconds))
    assert client.run_job(_job(tmp_path, media), listener) is RunState.DONE
    assert listener.of(Note) == [Note("no-speech", "no speech found")]
    assert listener.turns == {}
    assert listener.of(Done)[0].turns == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "file-missing"), (b"", "file-empty"), (b"plain text\n", "not-a-recording")],
)
def test_a_bad_recording_fails_with_its_sentence(
    content: bytes | None, code: str, tmp_path: Path
) -> None:
    media = tmp_path / "bad.wav"
    if content is not None:
        media.write_bytes(content)
    listener = Listener()
    assert client.run_job(_job(tmp_path, media), listener) is RunState.FAILED
    (failed,) = listener.of(Failed)
    assert failed.code == code
    assert failed.todo


def test_an_unknown_model_fails_with_its_sentence(long_recording: Path, tmp_path: Path) -> None:
    listener = Listener()
    assert client.run_job(_job(tmp_path, long_recording, "nix"), listener) is RunState.FAILED
    assert listener.of(Failed)[0].code == "model-unknown"


def test_the_program_that_asks_never_loads_speech_libraries() -> None:
    code = (
        "import sys; import workbench.speech.client, workbench.speech.models; "
        "sys.exit(any(n in sys.modules for n in ('av', 'numpy', 'faster_whisper', 'onnxruntime')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
