"""Whatever is killed, no word that was shown is lost, and nothing is recognised twice."""

from __future__ import annotations

import os
import re
import select
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import resources
from tests.support.commands import started, workbench, worker_of
from tests.support.demo import Demo
from tests.support.forked import Child
from tests.workbench.speech.recordings import samples_of, silence, write_wav
from workbench.speech import protocol
from workbench.speech.protocol import ChunkDone, Message, TurnFound
from workbench.study import Study

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the tests find the worker through /proc"
)

CHUNKS = 6
FAKE = ("--model", "fake:500", "--speakers", "0")
_HEADWAY = re.compile(rb": transcribing \d+ %")


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory, jfk: Path) -> Path:
    """Six utterances of eleven seconds with silences between them: a chunk each."""
    folder = tmp_path_factory.mktemp("recording")
    speech = samples_of(jfk, folder)
    return write_wav(folder / "long.wav", np.concatenate([speech, silence(4)] * CHUNKS))


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, recording: Path) -> list[dict[str, Any]]:
    """The turns of a run that nobody disturbs."""
    study = make(tmp_path_factory.mktemp("undisturbed"), recording)
    assert workbench("transcribe", study, "--model", "fake", "--speakers", "0").code == 0
    return turns_of(study)


def test_a_killed_worker_is_replaced_and_goes_on(
    undisturbed: list[dict[str, Any]], recording: Path, tmp_path: Path
) -> None:
    study = make(tmp_path, recording)
    with started("transcribe", study, *FAKE) as program:
        headway(program)
        kill(worker_of(program.pid))
        shown = turns_of(study)
        spool = keep_spool(study, tmp_path)
        rest = program.communicate()[1].decode()
        assert program.returncode == 0
    assert "goes on where it stopped" in rest
    assert 0 < len(shown) < len(undisturbed)
    assert_nothing_lost(shown, study, undisturbed)
    assert_nothing_twice(spool)


def test_a_killed_worker_and_then_a_killed_program(
    undisturbed: list[dict[str, Any]], recording: Path, tmp_path: Path
) -> None:
    study = make(tmp_path, recording)
    with started("transcribe", study, *FAKE) as program:
        headway(program)
        kill(worker_of(program.pid))
        headway(program)
        with end_of(worker_of(program.pid)):
            kill(program.pid)
            assert program.wait() == -signal.SIGKILL
    shown = turns_of(study)
    before = messages(spool := keep_spool(study, tmp_path))
    assert 0 < len(shown) < len(undisturbed)
    assert len(chunks(before)) < CHUNKS
    done = workbench("transcribe", study)
    assert done.code == 0, done.err
    assert_nothing_lost(shown, study, undisturbed)
    assert_nothing_twice(spool)
    assert messages(spool)[: len(before)] == before, "the job began anew"


def test_a_program_killed_while_nobody_was_listening(
    undisturbed: list[dict[str, Any]], recording: Path, tmp_path: Path
) -> None:
    study = make(tmp_path, recording)
    with started("transcribe", study, *FAKE) as program:
        headway(program)
        worker = worker_of(program.pid)
        with end_of(worker):
            kill(worker)
            kill(program.pid)
    with Study.open(study) as opened:
        assert [job.state.value for job in opened.jobs.queue.unfinished()] == ["waiting"]
        assert opened.check() == []
    shown = turns_of(study)
    assert shown
    assert workbench("transcribe", study).code == 0
    assert_nothing_lost(shown, study, undisturbed)
    assert list((study / "spool").iterdir()) == []


def test_a_study_that_was_killed_can_be_undone(recording: Path, tmp_path: Path) -> None:
    study = make(tmp_path, recording)
    with started("transcribe", study, *FAKE) as program:
        headway(program)
        with end_of(worker_of(program.pid)):
            kill(program.pid)
    assert workbench("undo", study).code == 0
    assert workbench("redo", study).code == 0
    assert workbench("check", study).code == 0


@pytest.mark.speech
def test_real_words_survive_both_kills(demo: Demo, tmp_path: Path) -> None:
    study = make(tmp_path, resources.path("sample_study", "audio", "mystery_shop_memo.opus"))
    with started("transcribe", study, "--speakers", "1") as program:
        headway(program)
        with end_of(worker := worker_of(program.pid)):
            kill(worker)
            kill(program.pid)
    shown, spool = words_of(turns_of(study)), keep_spool(study, tmp_path)
    assert len(chunks(messages(spool))) == 1
    assert shown
    done = workbench("transcribe", study)
    assert done.code == 0, done.err
    assert_nothing_twice(spool)
    final = words_of(turns_of(study))
    assert final[: len(shown)] == shown
    assert final == words_of(demo.sources()["mystery_shop_memo"]["transcript"]["turns"])
    assert workbench("check", study).code == 0


def make(folder: Path, media: Path) -> Path:
    study = folder / "crash.study"
    assert workbench("new", study).code == 0
    assert workbench("import", study, media).code == 0
    return study


def headway(program: Child) -> None:
    """Wait until the program says that it is further than before."""
    assert program.stderr is not None
    said = []
    for line in program.stderr:
        if _HEADWAY.search(line):
            return
        said.append(line.decode())
    pytest.fail(f"the program ended: {''.join(said)}")


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


@contextmanager
def end_of(pid: int) -> Iterator[None]:
    """Wait at the end of the block until a process, not our child, has ended as well."""
    handle = os.pidfd_open(pid)
    try:
        yield
        assert select.select([handle], [], [], 60)[0], "the worker outlives its program"
    finally:
        os.close(handle)


def turns_of(study: Path) -> list[dict[str, Any]]:
    """Return the turns as another program sees them at this moment."""
    with Study.open(study, read_only=True) as opened:
        [session] = opened.show()["sessions"]
    transcript = session["sources"][0]["transcript"]
    return list(transcript["turns"]) if transcript else []


def words_of(turns: list[dict[str, Any]]) -> list[tuple[str, int, int]]:
    return [
        (word["text"], word["start_ms"], word["end_ms"]) for turn in turns for word in turn["words"]
    ]


def keep_spool(study: Path, folder: Path) -> Path:
    """Keep a second name of the spool file, which a finished job takes away."""
    [spool] = (study / "spool").glob("*.jsonl")
    os.link(spool, folder / "kept.jsonl")
    return folder / "kept.jsonl"


def messages(spool: Path) -> list[Message | None]:
    """Return what is in a spool up to its last border between chunks."""
    found = [protocol.decode(line) for line in spool.read_bytes().splitlines(keepends=True)]
    borders = [at for at, message in enumerate(found) if isinstance(message, ChunkDone)]
    return found[: borders[-1] + 1] if borders else []


def chunks(found: list[Message | None]) -> list[int]:
    return [message.index for message in found if isinstance(message, ChunkDone)]


def assert_nothing_lost(
    shown: list[dict[str, Any]], study: Path, undisturbed: list[dict[str, Any]]
) -> None:
    final = turns_of(study)
    assert [turn for turn in final if turn["id"] in {row["id"] for row in shown}] == shown
    plain = [{**turn, "id": ""} for turn in final]
    assert plain == [{**turn, "id": ""} for turn in undisturbed]
    assert workbench("check", study).code == 0


def assert_nothing_twice(spool: Path) -> None:
    found = messages(spool)
    assert chunks(found) == list(range(len(chunks(found))))
    ordinals = [message.turn.ordinal for message in found if isinstance(message, TurnFound)]
    assert ordinals == list(range(len(ordinals)))
