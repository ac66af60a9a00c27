"""Build small studies for tests, quickly and through the public door."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from workbench.domain.anchors import TextAnchor, quote
from workbench.domain.change import Op
from workbench.domain.consent import State, Use
from workbench.domain.ids import ParticipantId, SourceId, TranscriptId, new_id
from workbench.domain.materials import Method, Source, SourceKind
from workbench.domain.observation import Observation
from workbench.domain.transcript import Transcript, TurnDraft, Word
from workbench.exchange.registry import Document
from workbench.services.files.intake import Incoming
from workbench.study import Study
from workbench.vault import files

_MECHANISM = ("step", "change", "turn_fts", "memo_fts", "log_mark", "key_mark", "sqlite", "_sqlite")
WORD_MS = 400


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.time = datetime(2026, 9, 12, 10, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def tick(self, seconds: float = 61) -> None:
        """Move on; a minute by default, so that steps do not merge."""
        self.time += timedelta(seconds=seconds)


def drafts(
    *texts: str, speakers: Sequence[str | None] = (), first: int = 0, begin_ms: int = 0
) -> tuple[TurnDraft, ...]:
    """Return turns as an engine says them: each word takes 400 ms."""
    made, now = [], begin_ms
    for number, text in enumerate(texts):
        start, words, position = now, [], 0
        for part in text.split(" "):
            if part.strip():
                words.append(Word(position, position + len(part), now, now + WORD_MS, 900))
                now += WORD_MS
            position += len(part) + 1
        speaker = speakers[number] if speakers else None
        made.append(TurnDraft(first + number, text, start, now, speaker, tuple(words)))
    return tuple(made)


def recording(
    study: Study,
    *,
    people: Sequence[ParticipantId] = (),
    method: Method = Method.INTERVIEW,
    title: str = "Interview",
    duration_ms: int = 60_000,
    file: Path | None = None,
) -> Source:
    """Add a recording with a session of its own; nobody will ever play it without a `file`."""
    return _add(
        study,
        SourceKind.AUDIO,
        None,
        people=people,
        method=method,
        title=title,
        duration_ms=duration_ms,
        sound=file,
    )


def document(
    study: Study,
    *texts: str,
    speakers: Sequence[str | None] = (),
    people: Sequence[ParticipantId] = (),
    method: Method = Method.FIELD_NOTE,
    title: str = "Note",
) -> Source:
    """Add a text, a paragraph each, with a session of its own."""
    turns = tuple(
        TurnDraft(number, text, speaker=speakers[number] if speakers else None)
        for number, text in enumerate(texts)
    )
    return _add(
        study, SourceKind.TEXT, Document(turns, "en"), people=people, method=method, title=title
    )


def new_version(study: Study, source_id: SourceId, *texts: str) -> TranscriptId:
    """Let a newer version take the place of a text, a paragraph each."""
    turns = tuple(TurnDraft(number, text) for number, text in enumerate(texts))
    incoming = _incoming(study, SourceKind.TEXT, Document(turns, "en"), "Newer", None)
    return study.versions.take(source_id, incoming).transcript.id


def recognised(study: Study, *texts: str, **source: Any) -> Transcript:
    """Add a recording and what an engine heard in it."""
    found = recording(study, **source)
    transcript = study.arrivals.start(found.id, model="base")
    study.arrivals.accept(transcript.id, drafts(*texts))
    return study.transcripts.transcript(transcript.id)


def written(study: Study, *texts: str, **source: Any) -> TranscriptId:
    """Add a text and return its transcript."""
    transcript = study.transcripts.of_source(document(study, *texts, **source).id)
    assert transcript is not None
    return transcript.id


def lines(study: Study, transcript_id: TranscriptId) -> list[tuple[str, str]]:
    """Return the label of the voice of each turn, "" for nobody, and its words."""
    labels = {voice.id: voice.label for voice in study.transcripts.speakers.of(transcript_id)}
    return [
        (labels[turn.speaker_id] if turn.speaker_id else "", turn.text)
        for turn in study.transcripts.turns(transcript_id)
    ]


def anchor_of(study: Study, transcript_id: TranscriptId, words: str, nth: int = 0) -> TextAnchor:
    """Return where words stand to the letter; over several turns they are joined by a space."""
    turns = study.transcripts.turns(transcript_id)
    whole = " ".join(turn.text for turn in turns)
    at = -1
    for _ in range(nth + 1):
        at = whole.index(words, at + 1)
    return _between(study, transcript_id, at, at + len(words))


def observe(
    study: Study, transcript_id: TranscriptId, words: str, nth: int = 0, **values: Any
) -> Observation:
    """Make an observation on words."""
    return study.observations.place(anchor_of(study, transcript_id, words, nth), **values)


def text_under(study: Study, observation: Observation) -> str:
    """Return the words that the anchor of an observation covers now."""
    anchor = observation.anchor
    assert anchor is not None
    assert observation.transcript_id is not None
    turns = study.transcripts.turns(observation.transcript_id)
    ids = [turn.id for turn in turns]
    covered = turns[ids.index(anchor.first_turn) : ids.index(anchor.last_turn) + 1]
    return quote(covered, anchor)


def person(study: Study, pseudonym: str, *, quotes: bool = True, **values: Any) -> ParticipantId:
    """Add a participant who agrees to quotes, or does not."""
    with study.step(Op.EDIT_PEOPLE):
        person_id = study.people.add(pseudonym=pseudonym, **values).id
        agree(study, person_id, quotes=quotes)
    return person_id


def agree(study: Study, person_id: ParticipantId, *, quotes: bool = True) -> None:
    """Enter that a person has given recording and transcript, and gives or refuses quotes."""
    given = dict.fromkeys((Use.RECORD, Use.TRANSCRIBE), State.GIVEN)
    study.ledger.set([person_id], {**given, Use.QUOTE: State.GIVEN if quotes else State.REFUSED})


def rows_of(study: Study) -> dict[tuple[str, tuple[Any, ...]], tuple[Any, ...]]:
    """Return all rows that steps change, by table and key, read from the file itself."""
    with sqlite3.connect(f"file:{study.folder / 'study.sqlite'}?mode=ro", uri=True) as connection:
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
            if not name.startswith(_MECHANISM)
        ]
        found = {}
        for name in names:
            info = connection.execute(f"PRAGMA table_info({name})").fetchall()
            columns = [row[1] for row in info if row[1] != "row"]
            key = [row[1] for row in sorted(info, key=lambda row: row[5]) if row[5]]
            key = ["id"] if key == ["row"] else key
            listed = ",".join(f'"{column}"' for column in columns)
            for row in connection.execute(f"SELECT {listed} FROM {name}"):  # noqa: S608
                by_name = dict(zip(columns, row, strict=True))
                found[name, tuple(by_name[column] for column in key)] = row
    connection.close()
    return found


def _between(study: Study, transcript_id: TranscriptId, begin: int, end: int) -> TextAnchor:
    places, at = [], 0
    for turn in study.transcripts.turns(transcript_id):
        places.append((at, turn))
        at += len(turn.text) + 1
    first = max((start, turn.ordinal, turn.id) for start, turn in places if start <= begin)
    last = max((start, turn.ordinal, turn.id) for start, turn in places if start < end)
    return TextAnchor(first[2], begin - first[0], last[2], end - last[0])


def _add(
    study: Study,
    kind: SourceKind,
    content: Document | None,
    *,
    people: Sequence[ParticipantId],
    method: Method,
    title: str,
    duration_ms: int | None = None,
    sound: Path | None = None,
) -> Source:
    incoming = _incoming(study, kind, content, title, duration_ms, sound)
    return study.imports.add([incoming], method=method, people=people, title=title)[0]


def _incoming(
    study: Study,
    kind: SourceKind,
    content: Document | None,
    title: str,
    duration_ms: int | None,
    sound: Path | None = None,
) -> Incoming:
    """Return a file that lies in the study and is nobody's yet."""
    source_id = SourceId(new_id())
    data = sound.read_bytes() if sound else f"{title} {source_id}".encode()
    file = f"{source_id}{sound.suffix if sound else '.bin'}"
    files.write(study.materials.media / file, data)
    return Incoming(
        source_id,
        Path(f"{title}.bin"),
        kind,
        file,
        hashlib.sha256(data).hexdigest(),
        len(data),
        content,
        duration_ms,
    )
