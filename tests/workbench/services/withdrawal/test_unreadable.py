"""A recording that is missing, changed or no sound keeps nobody from withdrawing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.studies import drafts, person, recording
from tests.support.withdrawn import NAMES, WORDS, Planted, remains
from tests.workbench.speech.recordings import silence, write_wav
from workbench.domain.ids import ParticipantId
from workbench.domain.materials import Method, Source
from workbench.domain.withdrawal import Deed, Fate, Kind, Unreadable
from workbench.errors import UserError
from workbench.services.lookout.letting_out import everything
from workbench.services.withdrawal import certificate
from workbench.speech import audio
from workbench.speech.engine import SAMPLE_RATE
from workbench.study import Study


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _replace(path: Path) -> None:
    path.write_bytes(b"RIFF no sound at all" * 100)


_DAMAGES = {
    "its file is missing": Path.unlink,
    "its file is no longer as it was taken in": _cut,
}


@pytest.mark.parametrize("why", _DAMAGES)
@pytest.mark.parametrize("decided", Unreadable)
def test_somebody_decides_about_a_recording_of_several(
    study_of: Planted, why: str, decided: Unreadable
) -> None:
    with Study.open(study_of.folder) as study:
        talk = study.materials.source(study_of.talk)
        path = study.materials.media_path(talk)
        _DAMAGES[why](path)
        left = path.read_bytes() if path.exists() else None
        places = study.withdrawal.places(study_of.person)
        [place] = [one for one in places if one.kind is Kind.UNREADABLE]
        assert why in place.where
        with pytest.raises(UserError, match=f"“Talk”: {why}"):
            study.withdrawal.erase(study_of.person, Deed.EVERYTHING)
        assert study.withdrawal.done() == []
        done = study.withdrawal.erase(study_of.person, Deed.EVERYTHING, decided)
        said = certificate.plain(study.withdrawal.certificate(done))
        fate = Fate.BLANK if decided is Unreadable.DELETE else Fate.LEFT
        assert f"“Talk”: {fate.told} ({why})" in said
        now = study.materials.source(talk.id)
        if decided is Unreadable.DELETE:
            assert not path.exists()
            _is_silent(study, now, talk.duration_ms)
            assert study.check() == []
        else:
            assert (now.file, now.sha256) == (talk.file, talk.sha256)
            assert (path.read_bytes() if path.exists() else None) == left
    assert remains(study_of.folder, *WORDS, *NAMES) == []


@pytest.mark.parametrize("damage", [Path.unlink, _cut, _replace])
def test_one_of_the_person_alone_goes_whole(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    with Study.create(tmp_path / "alone.study") as study:
        maya = person(study, "Maya")
        file = write_wav(tmp_path / "talk.wav", silence(2))
        [talk] = study.imports.take_in([file], people=[maya])
        damage(study.materials.media_path(talk))
        done = study.withdrawal.erase(maya, Deed.WORDS)
        now = study.materials.source(talk.id)
        assert now.sha256 != talk.sha256  # else the one of before could come back
        _is_silent(study, now, 2_000)
        assert study.check() == []
        said = certificate.plain(study.withdrawal.certificate(done))
        assert Fate.BLANK.told in said


def test_a_name_that_is_no_file_keeps_nobody_from_withdrawing(tmp_path: Path) -> None:
    other = tmp_path / "other.wav"
    other.write_bytes(b"stays")
    with Study.create(tmp_path / "changed.study") as study:
        maya = person(study, "Maya")
        file = write_wav(tmp_path / "talk.wav", silence(2))
        [talk] = study.imports.take_in([file], people=[maya])
    with closing(sqlite3.connect(study.folder / "study.sqlite")) as db, db:
        db.execute("UPDATE source SET file = '../../other.wav'")
    with Study.open(study.folder) as study:
        study.withdrawal.erase(maya, Deed.WORDS)
        _is_silent(study, study.materials.source(talk.id), 2_000)
        study.withdrawal.erase(maya, Deed.EVERYTHING)
        assert study.materials.sources() == []
    assert other.read_bytes() == b"stays"


def test_what_only_fails_when_it_is_decoded_is_asked_for_too(tmp_path: Path) -> None:
    with Study.create(tmp_path / "group.study") as study:
        maya, tom = person(study, "Maya"), person(study, "Tom")
        file = tmp_path / "no sound.wav"
        _replace(file)
        group = recording(study, people=[maya, tom], method=Method.FOCUS_GROUP, file=file)
        _say(study, group, maya, tom)
        before = study.materials.media_path(group).read_bytes()
        assert Kind.UNREADABLE not in {one.kind for one in study.withdrawal.places(maya)}
        with pytest.raises(UserError, match="Nobody can silence"):
            study.withdrawal.erase(maya, Deed.WORDS)
        assert study.materials.media_path(group).read_bytes() == before
        assert len(list((study.folder / "media").iterdir())) == 1
        study.withdrawal.erase(maya, Deed.WORDS, Unreadable.DELETE)
        _is_silent(study, study.materials.source(group.id), group.duration_ms)


def test_who_withdraws_next_goes_from_what_was_told(study_of: Planted, tmp_path: Path) -> None:
    with Study.open(study_of.folder) as study:
        with study.letting_out.allowing(everything):
            study.reports.write(tmp_path / "for Theo Blip.docx")
        study.withdrawal.erase(study_of.person, Deed.WORDS)
        assert "Theo" in study.withdrawal.done()[0].told
        [tom] = study.people.participants()[1:]
        study.withdrawal.erase(tom.id, Deed.EVERYTHING)
        assert len(study.withdrawal.done()) == 2
        assert study.check() == []
    assert remains(study_of.folder, "Theo", "Blip") == []


def _say(study: Study, source: Source, maya: ParticipantId, tom: ParticipantId) -> None:
    text = study.arrivals.start(source.id, model="base")
    told = drafts("The kraken waited.", "Tom says bread.", speakers=["S1", "S2"])
    study.arrivals.accept(text.id, told)
    study.arrivals.finish(text.id, "en")
    for voice, who in zip(study.transcripts.speakers.of(text.id), (maya, tom), strict=True):
        study.speaking.assign(voice.id, who)


def _is_silent(study: Study, source: Source, length_ms: int | None) -> None:
    sound = audio.decode_head(study.materials.media_path(source), 600_000)
    assert len(sound) == (length_ms or 0) * SAMPLE_RATE // 1000
    assert not sound.any()
