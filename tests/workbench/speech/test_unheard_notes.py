"""Speech that no word came of is told with its place, on the line and in the spool."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from typing_extensions import override

from tests.workbench.speech.recordings import samples_of, silence, write_wav
from workbench.speech import spool
from workbench.speech.engine import EngineResult, Samples
from workbench.speech.engines import Engines
from workbench.speech.fake import FakeEngine
from workbench.speech.guards import Hole
from workbench.speech.link import Link
from workbench.speech.protocol import Decoder, HeardAgain, Message, Note, Order, Progress, Speakers
from workbench.speech.recognise import Recogniser
from workbench.speech.run import Run
from workbench.speech.turns import Heard


class Deaf(FakeEngine):
    """Hears the first chunk and nothing after it."""

    def __init__(self) -> None:
        super().__init__()
        self._heard = 0

    @override
    def transcribe(
        self,
        samples: Samples,
        *,
        language: str,
        prompt: str = "",
        temperatures: tuple[float, ...] = (0.0,),
    ) -> EngineResult:
        self._heard += 1
        if self._heard == 1:
            return super().transcribe(samples, language=language, temperatures=temperatures)
        return EngineResult(())


def test_a_stretch_without_words_is_told_with_its_place(jfk: Path, tmp_path: Path) -> None:
    speech = samples_of(jfk, tmp_path)
    media = write_wav(tmp_path / "a.wav", np.concatenate([speech, silence(4), speech]))
    job = Order("j", str(media), "", str(tmp_path / "cache"), str(tmp_path / "spool"), speakers=0)
    notes: Sequence[Note] = [m for m in _told(job) if isinstance(m, Note)]
    assert {note.code for note in notes} == {"unheard"}
    begin, end = notes[0].start_ms, notes[-1].end_ms
    assert begin is not None
    assert end is not None
    assert 14_500 < begin < 16_000
    assert 24_000 < end < 26_500
    assert spool.read(spool.path_of(tmp_path / "spool", "j")).notes == list(notes)
    [detail] = (tmp_path / "cache").glob("*.peaks")
    assert detail.stat().st_size == pytest.approx(2_600, abs=10)


def test_a_voice_without_words_is_heard_again_and_found_once(
    jfk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speech = samples_of(jfk, tmp_path)
    media = write_wav(tmp_path / "a.wav", np.concatenate([speech, silence(4), speech]))
    job = Order("j", str(media), "", str(tmp_path / "cache"), str(tmp_path / "spool"))
    asked: list[Hole] = []

    def hear(_self: Recogniser, hole: Hole, words: Sequence[Heard], _code: str) -> list[Heard]:
        asked.append(hole)
        assert words
        return [Heard("Again.", True, hole[0] + 100, hole[0] + 500, 900)] if not asked[1:] else []

    monkeypatch.setattr(Recogniser, "hear_again", hear)
    told = _told(job)
    steps = [one.done_ms for one in told if isinstance(one, Progress) and one.stage == "again"]
    assert len(steps) == len(asked)
    assert steps[0] == 0
    assert steps == sorted(steps), "nothing stands at the end while it is heard again"
    told = _told(job)
    [again] = [message for message in told if isinstance(message, HeardAgain)]
    [speakers] = [message for message in told if isinstance(message, Speakers)]
    assert len(asked) == len(set(asked)), "it is not heard anew when a job goes on"
    assert [again.turns[ordinal].text for ordinal in again.added] == ["Again."]
    assert "Again." in " ".join(turn.text for turn in speakers.turns)
    assert min(again.holes) >= asked[0][0] + 500
    content = spool.read(spool.path_of(tmp_path / "spool", "j"))
    assert content.said() == list(again.turns)
    assert content.final_turns() == list(speakers.turns)


def _told(job: Order) -> list[Message]:
    said = io.BytesIO()
    with Path(os.devnull).open("rb", buffering=0) as nobody:
        Run(job, Link(nobody, said), Engines(lambda _job: Deaf())).go()
    return Decoder().feed(said.getvalue())
