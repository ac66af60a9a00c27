"""A study in which one person's words, name and sound are planted in every place, and a search."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np

from tests.support.studies import agree, anchor_of, drafts
from tests.support.words import told
from tests.workbench.services.recognition.voice_prints import two_voices
from tests.workbench.speech.recordings import write_wav
from workbench.domain.anchors import Edit
from workbench.domain.change import Op
from workbench.domain.consent import State, Use
from workbench.domain.ids import ObservationId, ParticipantId, SourceId, TranscriptId
from workbench.domain.materials import Method
from workbench.domain.names.decisions import Decision
from workbench.domain.names.sorts import Sort
from workbench.speech.engine import SAMPLE_RATE
from workbench.study import Study

REAL = "Anselma Quuxington"
WORDS = ("Xylophonberg", "Typosecretium", "quivering zeppelin", "Ottermandel", "kraken")
"""What only the person said, each in another place."""
NAMES = ("Anselma", "Quuxington", "Quacksington", "Mayfly", "quux_online")
"""Real name, pseudonym and contact."""
MEMO = "Memosecretium"
SAID = "I hated the Xylophonberg so much"
OTHERS = ("I like bread", "Bread it is", "The queue was short today", "and nothing else")
"""What others said, and what was noted of it."""


@dataclass(frozen=True, slots=True)
class Planted:
    """Where what is.

    Attributes:
        loud: seconds of the recording in which only others are heard.
        quiet: those in which the person is.
    """

    folder: Path
    person: ParticipantId
    group: SourceId
    talk: SourceId
    others: ObservationId
    quiet: tuple[tuple[float, float], ...]
    loud: tuple[tuple[float, float], ...]


def planted(folder: Path) -> Planted:
    """Make the study, and close it."""
    with Study.create(folder / "planted.study", title=f"Study with {REAL}", coder="Ada") as study:
        person = study.people.add(
            pseudonym="Mayfly", code="P07", real_name=REAL, note=f"{REAL} is kind"
        )
        study.keys.set(person.id, contact="@quux_online")
        tom = study.people.add(
            pseudonym="Tom", code="P08", real_name="Theo Blip",
            note=f"{REAL} is a friend, and {SAID}",
        )  # fmt: skip
        study.keys.set(tom.id, contact=f"tom@example.org; or through {NAMES[0]}")
        agree(study, tom.id)
        form = folder / f"signed by {REAL}.txt"
        form.write_text(f"I, {REAL}, agree.", "utf-8")
        given = dict.fromkeys((Use.RECORD, Use.TRANSCRIBE, Use.QUOTE), State.GIVEN)
        study.ledger.set([person.id], given, how=f"{NAMES[0]} signed it", form=form)
        people = [person.id, tom.id]
        group = _document(study, folder, people)
        _alone(study, folder, person.id)
        talk = _recording(study, folder, people)
        others = _findings(study, group, talk)
        study.reports.desk.door.decide = lambda *_: True  # it was written with names all the same
        study.reports.write(folder / f"report for {NAMES[0]}.docx")
        study.keeping.copies.backup()
        study.memos.write("observation", others, "and nothing else")
    return Planted(
        folder / "planted.study",
        person.id,
        group,
        talk,
        others,
        quiet=((3.0, 6.8), (11.0, 13.2)),
        loud=((0.0, 3.0), (6.8, 11.0), (13.2, 20.0)),
    )


def _document(study: Study, folder: Path, people: list[ParticipantId]) -> SourceId:
    file = folder / f"group with {REAL}.txt"
    file.write_text(
        f"Mayfly: {SAID} that day.\n\n"
        "Tom: Well, Anselma, I like bread.\n\n"
        "Mayfly: And again the quivering zeppelin.\n\nTom: Bread it is.\n",
        encoding="utf-8",
    )
    [source] = study.imports.take_in([file], people=people, method=Method.FOCUS_GROUP)
    text = study.transcripts.of_source(source.id)
    assert text is not None
    first, second, *_ = study.transcripts.turns(text.id)
    with study.step(Op.EDIT_TURN):
        study.corrections.edit(first.id, Edit(0, 0, "Typosecretium "))
    with study.step(Op.REPLACE_WORDS):
        study.corrections.edit(first.id, Edit(0, len("Typosecretium "), ""))
        study.corrections.edit(second.id, Edit(0, 0, "Oh. "))
    return source.id


def _alone(study: Study, folder: Path, person: ParticipantId) -> None:
    file = folder / "alone.txt"
    file.write_text("Mayfly: Only me and the Ottermandel.\n\nInterviewer: Thanks.\n", "utf-8")
    [source] = study.imports.take_in([file], people=[person], title="Alone")
    observed = anchor_of(study, _text(study, source.id), "Ottermandel")
    study.memos.write("observation", study.observations.place(observed).id, MEMO)


def _recording(study: Study, folder: Path, people: list[ParticipantId]) -> SourceId:
    rnd = np.random.default_rng(7)
    sound = (rnd.normal(0, 0.1, 20 * SAMPLE_RATE) * 32_767).astype(np.int16)
    [source] = study.imports.take_in(
        [write_wav(folder / "talk.wav", sound)], people=people, method=Method.FOCUS_GROUP,
        title="Talk",
    )  # fmt: skip
    transcript = study.arrivals.start(source.id, model="base")
    told = (
        *drafts("The queue was short today, and friendly.", speakers=["S1"]),
        *drafts("A kraken came to me, then.", "It waited.", speakers=["S2", "S2"], first=1,
                begin_ms=3_200),
        *drafts("We all waited a while, it was fine.", speakers=["S1"], first=3, begin_ms=7_200),
        *drafts("No kraken, no more.", speakers=["S2"], first=4, begin_ms=11_200),
        *drafts("Right, that was it then.", speakers=["S1"], first=5, begin_ms=13_800),
    )  # fmt: skip
    study.arrivals.accept(transcript.id, told)
    study.arrivals.finish(transcript.id, "en")
    first, second = study.transcripts.speakers.of(transcript.id)
    two_voices(study, transcript.id)
    study.speaking.assign(first.id, people[1])
    study.speaking.assign(second.id, people[0])
    _leave_traces(study, source.id)
    return source.id


def _leave_traces(study: Study, source_id: SourceId) -> None:
    """Put into cache and spool what recognition leaves there."""
    sha256 = study.materials.source(source_id).sha256
    cache = study.folder / "cache"
    for ending in (".peaks", ".peaks.json", ".pcm"):
        (cache / f"{sha256}{ending}").write_bytes(b"kraken")
    job = study.jobs.add(source_id, model="base")
    (study.folder / "spool" / f"{job.id}.jsonl").write_bytes(b'{"text": "kraken"}\n')
    study.jobs.queue.pause_all()


def _findings(study: Study, group: SourceId, talk: SourceId) -> ObservationId:
    code = study.codebook.add("waiting")
    study.codebook.change(
        code.id,
        definition=f"As Anselma said: “{SAID}”, and she meant it.",
    )
    stage = study.journeys.add_stage("Buying")
    values = {"code_ids": [code.id], "stage_id": stage.id, "ease": -1}
    hated = study.observations.place(
        anchor_of(study, _text(study, group), "hated the Xylophonberg"), **values
    )
    study.observations.place(
        anchor_of(study, _text(study, group), "I like bread. And again the quivering zeppelin"),
        **values,
    )
    study.observations.place(anchor_of(study, _text(study, talk), "kraken came"), **values)
    others = study.observations.place(
        anchor_of(study, _text(study, group), "Bread it is"), **values
    )
    study.memos.write("observation", hated.id, f"{MEMO} of {NAMES[0]}")
    study.memos.write("code", code.id, "Ask Quacksington again (@quux_online), and nothing else")
    for name in ("Quacksington", "Anselma"):
        study.names.decide(name, Decision.REPLACE, sort=Sort.PERSON, instead="Mayfly")
    insight = study.findings.add_insight("Waiting hurts, says Anselma")
    study.findings.add_evidence(insight.id, hated.id)
    study.findings.add_evidence(insight.id, others.id)
    return others.id


def _text(study: Study, source_id: SourceId) -> TranscriptId:
    found = study.transcripts.of_source(source_id)
    assert found is not None
    return found.id


def remains(folder: Path, *needles: str) -> list[tuple[str, str]]:
    """Return needle and file wherever one is still there, also inside of packed files."""
    found = []
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        for needle in needles:
            if needle.casefold() in name.casefold():
                found += [(needle, f"the name of {name}")]
        if path.is_file():
            for data in _contents(path.read_bytes()):
                found += [(needle, name) for needle in told(data, needles)]
    return found


def _contents(data: bytes) -> list[bytes]:
    if not data.startswith(b"PK"):
        return [data]
    with zipfile.ZipFile(BytesIO(data)) as packed:
        return [data, *(packed.read(name) for name in packed.namelist())]
