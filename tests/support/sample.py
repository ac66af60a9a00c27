"""The sample study as an engine without a single mistake would have recognised it."""

from __future__ import annotations

import atexit
import json
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import resources
from workbench.domain.jobs import JobState
from workbench.domain.materials import SourceKind
from workbench.domain.transcript import TurnDraft, Word
from workbench.sample import SampleStudy
from workbench.study import Study

RECORDINGS = ("interview_maya", "interview_daniel", "focus_group", "mystery_shop_memo")


@dataclass(frozen=True, slots=True)
class Said:
    """A true turn: who said what, and when."""

    speaker: str
    text: str
    start_ms: int
    end_ms: int


def truth(stem: str) -> list[Said]:
    """Return what is said in a recording of the sample study."""
    path = resources.path("sample_study", "audio", f"{stem}.truth.json")
    return [
        Said(turn["speaker"], turn["text"], round(turn["start"] * 1000), round(turn["end"] * 1000))
        for turn in json.loads(path.read_text("utf-8"))
    ]


def make_sample(folder: Path) -> Path:
    """Make the sample study with its true transcripts: in a second, from then on as a copy."""
    return Path(shutil.copytree(_made(), folder))


@cache
def _made() -> Path:
    place = Path(tempfile.mkdtemp(prefix="sample-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return _make(place / "Sample.study")


def _make(folder: Path) -> Path:
    sample = SampleStudy()
    with Study.create(folder, title=sample.title, coder="Researcher") as study:
        sample.load(study)
        for source in study.materials.sources():
            if source.kind is SourceKind.TEXT:
                continue
            job = study.jobs.add(source.id, model="truth")
            turns = drafts(Path(source.original_name).stem)
            study.recognition.accept(job.id, turns)
            study.arrivals.finish(job.transcript_id, "en")
            study.jobs.change(job.id, state=JobState.DONE)
            sample.name_voices(study, source.id)
    return folder


def drafts(stem: str) -> tuple[TurnDraft, ...]:
    """Return the true turns as an engine tells them; each letter takes the same time."""
    made = []
    for ordinal, said in enumerate(truth(stem)):
        pace = (said.end_ms - said.start_ms) / len(said.text)
        words, position = [], 0
        for word in said.text.split(" "):
            end = position + len(word)
            begins, ends = (round(said.start_ms + at * pace) for at in (position, end))
            words.append(Word(position, end, begins, ends, 950))
            position = end + 1
        made.append(
            TurnDraft(ordinal, said.text, said.start_ms, said.end_ms, said.speaker, tuple(words))
        )
    return tuple(made)
