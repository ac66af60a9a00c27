"""Somebody does not want to be recorded: no recording of theirs comes in unasked, no job begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.studies import person
from tests.workbench.speech.recordings import silence, write_wav
from workbench.domain.consent import State, Use
from workbench.domain.ids import ParticipantId
from workbench.domain.materials import Method
from workbench.errors import UserError
from workbench.study import Study


@pytest.fixture
def maya(study: Study) -> ParticipantId:
    """Somebody who refused to be recorded."""
    who = person(study, "Maya")
    study.ledger.set([who], {Use.RECORD: State.REFUSED})
    return who


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    return write_wav(tmp_path / "talk.wav", silence(1))


@pytest.mark.parametrize("into", ["new session", "session"])
def test_a_recording_stays_out_until_somebody_says_so(
    study: Study, maya: ParticipantId, talk: Path, into: str
) -> None:
    where = {"people": [maya]} if into == "new session" else {
        "session_id": study.materials.add_session(Method.INTERVIEW, "Call", people=[maya]).id
    }  # fmt: skip
    with pytest.raises(UserError, match=r"“talk.wav”.*Maya \(P01\) – recording: refused") as caught:
        study.imports.take_in([talk], **where)  # type: ignore[arg-type]
    assert caught.value.code == "consent-recording"
    assert list(study.materials.media.iterdir()) == []
    [source] = study.imports.take_in([talk], refused_too=True, **where)  # type: ignore[arg-type]
    with pytest.raises(UserError, match="Maya"):
        study.jobs.add(source.id, model="base")
    assert study.jobs.all() == []
    assert study.check() == []


def test_texts_and_recordings_of_others_come_in(
    study: Study, maya: ParticipantId, talk: Path, tmp_path: Path
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Maya: I was not recorded.", "utf-8")
    study.imports.take_in([note], people=[maya])
    study.imports.take_in([talk], people=[person(study, "Tom")])
    assert len(study.materials.sources()) == 2


def test_a_no_that_comes_while_files_are_copied_counts(
    study: Study, maya: ParticipantId, talk: Path
) -> None:
    study.ledger.set([maya], {Use.RECORD: State.GIVEN})

    def refuse(_done: int, _total: int) -> None:
        study.ledger.set([maya], {Use.RECORD: State.WITHDRAWN})

    with pytest.raises(UserError, match="recording: withdrawn"):
        study.imports.take_in([talk], people=[maya], on_file=refuse)
    assert list(study.materials.media.iterdir()) == []
    assert study.materials.sessions() == []
