"""What a deed does to the rows of a study, or of a copy of it; the rest is `storage/erasing.py`."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

from workbench.domain.anchors import quote, time_span
from workbench.domain.ids import TurnId
from workbench.domain.layout import PLAIN
from workbench.domain.observation import Observation
from workbench.domain.transcript import Turn
from workbench.domain.visits import ItemKind
from workbench.domain.withdrawal import ERASED, Deed
from workbench.services.withdrawal.belongings import Belongings, Heard, under
from workbench.storage.tables import Tables

_ANSWER = json.dumps(ERASED, ensure_ascii=False)


def erase(tables: Tables, theirs: Belongings, deed: Deed) -> None:
    """Erase a person's words, or the person, from the rows.

    Args:
        tables: of the study or of a copy, in a transaction.
        theirs: what is the person's in these very tables.
        deed: one that erases.
    """
    _forget_raw(tables, theirs)
    if deed is Deed.WORDS:
        _erase_words(tables, theirs)
    else:
        _erase_all(tables, theirs)


def _forget_raw(tables: Tables, theirs: Belongings) -> None:
    """Delete what the engine heard: before voices were told apart, words of several stood in one.

    Words of others stay as people know them; only “restore what was recognised” ends there.
    """
    texts = [text.id for one in theirs.heard if one.is_touched for text in one.texts]
    for raw in tables.recognition.select(transcript_id=texts):
        tables.recognition.remove(raw.transcript_id, raw.ordinal)


def _erase_words(tables: Tables, theirs: Belongings) -> None:
    new = {
        turn.id: replace(turn, text=ERASED, words=(), layout=PLAIN, doubt="")
        for one in theirs.heard
        for turn in one.turns
    }
    for turn in new.values():
        tables.turn.put(turn)
    _each(tables, theirs, (*theirs.own, *theirs.touched), _without_words(new))
    _erase_answers(tables, theirs)


def _erase_all(tables: Tables, theirs: Belongings) -> None:
    for row in theirs.own:
        tables.observation.remove(row.id)
    gone = theirs.turns
    _each(tables, theirs, theirs.touched, lambda row, turns: _trimmed(row, turns, gone))
    _erase_memos(tables, theirs)
    for turn_id in gone:
        tables.turn.remove(turn_id)
    for voice in theirs.voices:
        tables.speaker.remove(voice.id)
    for session_id in theirs.sessions:
        tables.session.remove(session_id)
    for session_id in theirs.visits - theirs.sessions:
        tables.visit.remove(session_id)
    for one in theirs.heard:
        if one.is_touched:
            _forget_heard(tables, one)
    tables.participant.remove(theirs.person_id)
    for form in theirs.forms:
        tables.consent_form.remove(form.id)


def _forget_heard(tables: Tables, one: Heard) -> None:
    """Forget where somebody speaks whom nobody understood, and in which language.

    The sound there may be theirs.
    """
    for text in one.texts:
        for hole in tables.unheard.select(transcript_id=text.id):
            tables.unheard.remove(hole.transcript_id, hole.start_ms)
        for spoken in tables.spoken.select(transcript_id=text.id):
            tables.spoken.remove(spoken.transcript_id, spoken.start_ms)


def _erase_memos(tables: Tables, theirs: Belongings) -> None:
    """Delete the memos on what goes, or has gone."""
    marked = {row.id for row in (*theirs.own, *theirs.touched)}
    left = {row.id for row in tables.observation.select(id=marked)}
    about = {
        "participant": {theirs.person_id},
        "turn": theirs.turns,
        "observation": marked - left,
        "session": theirs.sessions,
        "source": {
            one.source.id for one in theirs.heard if one.source.session_id in theirs.sessions
        },
    }
    for subject, ids in about.items():
        for memo in tables.memo.select(subject=subject, subject_id=set(ids)):
            tables.memo.remove(memo.id)


def _erase_answers(tables: Tables, theirs: Belongings) -> None:
    """Take their words out of the visits that they made; what is counted stays."""
    kinds = {item.id: item.kind for item in tables.form_item.select()}
    for visit in tables.visit.select(session_id=set(theirs.visits)):
        if visit.narrative:
            tables.visit.change(visit.session_id, narrative=ERASED)
        for answer in tables.visit_answer.select(session_id=visit.session_id):
            if kinds.get(answer.item_id) is ItemKind.TEXT and answer.value:
                tables.visit_answer.change(answer.session_id, answer.item_id, value=_ANSWER)


_Changed = Callable[[Observation, Sequence[Turn]], Observation | None]


def _each(
    tables: Tables, theirs: Belongings, rows: Sequence[Observation], change: _Changed
) -> None:
    """Change observations; one of which nothing is left goes."""
    ordered = {
        one.source.id: sorted(
            (*one.turns, *one.others, *one.unknown),
            key=lambda turn: (turn.transcript_id, turn.ordinal),
        )
        for one in theirs.heard
    }
    for row in rows:
        changed = change(row, under(row, ordered[row.source_id]))
        if changed is None:
            tables.observation.remove(row.id)
        else:
            tables.observation.put(changed)


def _without_words(new: dict[TurnId, Turn]) -> _Changed:
    """Return what lets an observation stand over turns of which the words are erased."""

    def change(row: Observation, turns: Sequence[Turn]) -> Observation:
        if row.anchor is None or not turns:
            return replace(row, words=ERASED)
        left = [new.get(turn.id, turn) for turn in turns]
        start = 0 if left[0].id in new else row.start
        end = len(ERASED) if left[-1].id in new else row.end
        placed = replace(row, start=start, end=end)
        assert placed.anchor is not None  # noqa: S101  as before
        return replace(placed, words=quote(left, placed.anchor))

    return change


def _trimmed(
    row: Observation, turns: Sequence[Turn], gone: frozenset[TurnId]
) -> Observation | None:
    """Return an observation of others without the turns that go; `None` if nothing is left."""
    left = [turn for turn in turns if turn.id not in gone]
    if not left:
        return None
    end = row.end if left[-1].id == turns[-1].id else len(left[-1].text)
    placed = replace(row, last_turn_id=left[-1].id, end=end)
    assert placed.anchor is not None  # noqa: S101  it has turns
    words = quote(left, placed.anchor)
    if not words.strip():
        return None
    span = time_span(left, placed.anchor)
    return replace(
        placed,
        words=words,
        start_ms=span.start_ms if span else row.start_ms,
        end_ms=span.end_ms if span else row.end_ms,
    )


__all__ = ["erase"]
