"""Real speech, the real model, the real process."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.wer import normalised, word_error_rate
from workbench.speech import client
from workbench.speech.jobstate import Event, JobMachine, RunState, TurnsArrived
from workbench.speech.protocol import Done, Order, Progress, Speakers

JFK = (
    "And so, my fellow Americans, ask not what your country can do for you, "
    "ask what you can do for your country."
)


@pytest.mark.speech
def test_kennedy_is_recognised_word_for_word(jfk: Path, base_model: Path, tmp_path: Path) -> None:
    events: list[Event] = []

    def keep(event: Event, _machine: JobMachine) -> None:
        events.append(event)

    job = Order("jfk", str(jfk), "", str(tmp_path / "cache"), str(tmp_path / "spool"))
    assert client.run_job(job, keep) is RunState.DONE
    turns = [turn for event in events if isinstance(event, TurnsArrived) for turn in event.turns]
    assert word_error_rate(JFK, " ".join(turn.text for turn in turns)) == 0
    words = [word for turn in turns for word in turn.words]
    assert len(words) == 22
    assert all(0 <= word.start_ms <= word.end_ms <= 11_000 for word in words)
    assert all(word.probability > 300 for word in words)
    assert not any(turn.doubt for turn in turns)
    (done,) = [event for event in events if isinstance(event, Done)]
    assert (done.language, done.model, done.duration_ms) == ("en", "base", 11_000)
    (speakers,) = [event for event in events if isinstance(event, Speakers)]
    assert {turn.speaker for turn in speakers.turns} == {"S1"}
    assert word_error_rate(JFK, " ".join(turn.text for turn in speakers.turns)) == 0


@pytest.mark.speech
def test_voices_are_told_apart_again_without_recognising_again(
    jfk: Path, base_model: Path, tmp_path: Path
) -> None:
    job = Order(
        "jfk", str(jfk), "", str(tmp_path / "cache"), str(tmp_path / "spool"), "fake",
        voices=str(tmp_path / "voices"),
    )  # fmt: skip
    client.run_job(job, lambda _event, _machine: None)
    (prints,) = (tmp_path / "voices").glob("*.npz")
    for damage in (False, True):
        if damage:
            prints.write_bytes(b"damaged")
        events: list[Event] = []
        again = replace(job, speakers=1 + damage)
        assert client.run_job(again, lambda event, _machine, to=events: to.append(event)) is (
            RunState.DONE
        )
        assert [event.asked for event in events if isinstance(event, Speakers)] == [1 + damage]
        assert not [e for e in events if isinstance(e, Progress) and e.stage == "recognising"]
    assert len(prints.read_bytes()) > 1_000


def test_numbers_and_marks_are_evened_out() -> None:
    assert normalised("Twenty-four hours, £8; the second.") == normalised(
        "24 hours 8 pounds the 2nd"
    )
    assert normalised("thirty one") == normalised("31")
    assert normalised("at 3:31, three thirty-one") == ["at", "3", "31", "3", "31"]
    assert word_error_rate("one two three four", "1 2 free four five") == 0.5
    assert word_error_rate("", "") == 0
