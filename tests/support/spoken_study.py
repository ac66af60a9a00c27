"""A study with real speech in which a name is said, and voices that others may not hear."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from tests.support.studies import agree, drafts, recording
from workbench.domain.consent import State, Use
from workbench.domain.ids import ParticipantId, SourceId
from workbench.domain.materials import Method
from workbench.study import Study

NAME = "Priya Nandakumar"
TITLE = f"Call with {NAME}"
SPEECH = Path(__file__).parents[1] / "data" / "jfk.flac"
"""Eleven seconds; what the transcript says is said in it is made up."""
LENGTH_MS = 11_000

TONE = (1_000, 2_200)
"""When the name is said, with its margin, in ms."""
SILENT = ((3_000, 6_000), (9_000, 10_800))
"""When Leila speaks, who gave no voice clips, and somebody of whom nobody knows who it is."""


def build(folder: Path) -> SourceId:
    """Make the study, close it, and return the recording."""
    with Study.create(folder, title=f"Moving with {NAME}") as study:
        maya, leila = (
            _person(study, name, clips=name == "Maya", real=NAME if name == "Maya" else "")
            for name in ("Maya", "Leila")
        )
        return talk(study, maya, leila)


def talk(study: Study, maya: ParticipantId, leila: ParticipantId) -> SourceId:
    """Add a group's recording with what an engine heard, and say whose two of the voices are."""
    source = recording(
        study, people=[maya, leila], method=Method.FOCUS_GROUP, title=TITLE,
        duration_ms=LENGTH_MS, file=SPEECH,
    )  # fmt: skip
    text = study.arrivals.start(source.id, model="base")
    study.arrivals.accept(
        text.id,
        (
            *drafts(f"So I called {NAME} twice", speakers=["S1"]),
            *drafts("my landlord keeps the spare key", speakers=["S2"], first=1, begin_ms=3_200),
            *drafts("and then it was fine again", speakers=["S1"], first=2, begin_ms=6_400),
            *drafts("somebody else spoke", speakers=["S3"], first=3, begin_ms=9_200),
        ),
    )
    for voice, person in zip(study.transcripts.speakers.of(text.id), (maya, leila), strict=False):
        study.speaking.assign(voice.id, person)
    return source.id


def _person(study: Study, pseudonym: str, *, clips: bool, real: str) -> ParticipantId:
    person = study.people.add(pseudonym=pseudonym, real_name=real).id
    agree(study, person)
    study.ledger.set([person], {Use.VOICE: State.GIVEN if clips else State.REFUSED})
    return person


def sound_in(path: Path) -> tuple[NDArray[np.float64], int]:
    """Return the samples of a file of one channel, between −1 and 1, and how many a second has."""
    with av.open(str(path)) as container:
        [stream] = container.streams.audio
        blocks = []
        for frame in container.decode(stream):
            most = (
                1.0 if frame.format.name.startswith("flt") else 2.0 ** (frame.format.bytes * 8 - 1)
            )
            blocks.append(frame.to_ndarray()[0] / most)
        return np.concatenate(blocks).astype(np.float64), stream.rate


def written_in(path: Path) -> dict[str, str]:
    """Return what is written into a file of sound, as other programs find it."""
    with av.open(str(path)) as container:
        return dict(container.metadata) | dict(container.streams.audio[0].metadata)
