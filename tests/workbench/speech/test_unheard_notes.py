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
from workbench.speech.link import Link
from workbench.speech.protocol import Decoder, Note, Order
from workbench.speech.run import Run


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
        language: str | None,
        temperatures: tuple[float, ...] = (0.0,),
    ) -> EngineResult:
        self._heard += 1
        if self._heard == 1:
            return super().transcribe(samples, language=language, temperatures=temperatures)
        return EngineResult((), language or "en", 1.0)


def test_a_stretch_without_words_is_told_with_its_place(jfk: Path, tmp_path: Path) -> None:
    speech = samples_of(jfk, tmp_path)
    media = write_wav(tmp_path / "a.wav", np.concatenate([speech, silence(4), speech]))
    job = Order("j", str(media), "", str(tmp_path / "cache"), str(tmp_path / "spool"), speakers=0)
    said = io.BytesIO()
    with Path(os.devnull).open("rb", buffering=0) as nobody:
        Run(job, Link(nobody, said), Engines(lambda _job: Deaf())).go()
    notes: Sequence[Note] = [m for m in Decoder().feed(said.getvalue()) if isinstance(m, Note)]
    assert {note.code for note in notes} == {"unheard"}
    begin, end = notes[0].start_ms, notes[-1].end_ms
    assert begin is not None
    assert end is not None
    assert 14_500 < begin < 16_000
    assert 24_000 < end < 26_500
    assert spool.read(spool.path_of(tmp_path / "spool", "j")).notes == list(notes)
    [detail] = (tmp_path / "cache").glob("*.peaks")
    assert detail.stat().st_size == pytest.approx(2_600, abs=10)
