"""Voice prints of a real call: kept by the worker, asked again by a process of their own."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tests.support.source import ROOT
from workbench.errors import EnvironmentProblem, UserError
from workbench.speech import client, protocol, worker
from workbench.speech.jobstate import Event, JobMachine, RunState
from workbench.speech.protocol import Failed, Order, Regroup, Speakers
from workbench.words import said

CALL = ROOT / "tests" / "data" / "call_two_speakers.flac"


def _run(folder: Path, *, keep: bool, speakers: int | None) -> Speakers:
    told: list[Speakers] = []

    def listen(event: Event, _machine: JobMachine) -> None:
        if isinstance(event, Speakers):
            told.append(event)

    job = Order(
        "job",
        str(CALL),
        "",
        str(folder / "cache"),
        str(folder / "spool"),
        "fake",
        speakers=speakers,
        voices=str(folder / "voices") if keep else "",
    )
    assert client.run_job(job, listen) is RunState.DONE
    return told[-1]


def test_prints_answer_another_number_without_the_sound(tmp_path: Path) -> None:
    first = _run(tmp_path, keep=True, speakers=1)
    [store] = (tmp_path / "voices").iterdir()
    assert first.count == 1
    again = client.regroup(Regroup(str(store), 2, first.turns))
    assert (again.asked, again.count) == (2, 2)
    assert {turn.speaker for turn in again.turns} == {"S1", "S2"}
    times = [(word.start_ms, word.end_ms) for turn in first.turns for word in turn.words]
    assert [(w.start_ms, w.end_ms) for turn in again.turns for w in turn.words] == times
    back = client.regroup(Regroup(str(store), 1, again.turns))
    assert [turn.text for turn in back.turns] == [turn.text for turn in first.turns]


def test_prints_are_not_kept_where_that_is_not_allowed(tmp_path: Path) -> None:
    assert _run(tmp_path, keep=False, speakers=2).count == 2
    assert not (tmp_path / "voices").exists()
    assert not list(tmp_path.rglob("*.npz"))


def test_missing_prints_are_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        client.regroup(Regroup(str(tmp_path / "none.npz"), 2, ()))


def test_a_child_that_says_nothing_is_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "voices_command", lambda: [sys.executable, "-c", "exit(3)"])
    with pytest.raises(EnvironmentProblem, match="without an answer"):
        client.regroup(Regroup("none", None, ()))
    monkeypatch.setattr(client, "voices_command", lambda: ["/nowhere/to/be/found"])
    with pytest.raises(EnvironmentProblem, match="without an answer"):
        client.regroup(Regroup("none", None, ()))


def test_want_of_memory_is_a_problem_of_the_machine() -> None:
    told = protocol.encode(Failed("no-memory", said("Too little memory."), said("Close programs.")))
    with pytest.raises(EnvironmentProblem, match="Too little memory"):
        client.voices_answer(b"noise\n" + told)


def test_other_messages_get_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "prepare_process", lambda: None)
    out = io.BytesIO()
    asked = protocol.encode(protocol.Pause()) + b"rubbish\n"
    assert worker.voices_main(io.BytesIO(asked), out) == 0
    assert out.getvalue() == b""
