"""What a withdrawal makes of a video, leaves to people, and says where nothing may be written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from tests.support.studies import Clock, drafts, person
from tests.workbench.speech.recordings import RATE, write_video
from workbench.domain.consent import State, Use
from workbench.domain.materials import Method, SourceKind
from workbench.domain.withdrawal import Deed, Kind
from workbench.services.locking import half_typed
from workbench.services.locking.half_typed import HalfTyped
from workbench.services.withdrawal.plan import Plan
from workbench.speech import audio
from workbench.study import Study


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with Study.create(tmp_path / "left.study", title="Left", now=Clock()) as made:
        yield made


def test_a_video_becomes_sound_with_silence_where_the_person_spoke(
    study: Study, tmp_path: Path
) -> None:
    maya, tom = person(study, "Maya"), person(study, "Tom")
    noise = np.random.default_rng(7).normal(0, 0.1, 6 * RATE) * 32_767
    film = write_video(tmp_path / "film.mp4", noise.astype(np.int16))
    [video] = study.imports.take_in(
        [film], people=[maya, tom], method=Method.FOCUS_GROUP, title="Film"
    )
    assert video.kind is SourceKind.VIDEO
    before = audio.decode_head(study.materials.media_path(video), 60_000)
    text = study.arrivals.start(video.id, model="base")
    said = ("a b c d e", "f g h i j", "k l m n o")  # two seconds each
    study.arrivals.accept(text.id, drafts(*said, speakers=["S1", "S2", "S1"]))
    study.arrivals.finish(text.id, "en")
    for voice, who in zip(study.transcripts.speakers.of(text.id), (tom, maya), strict=True):
        study.speaking.assign(voice.id, who)
    places = {place.kind: place.where for place in study.withdrawal.places(maya)}
    assert places[Kind.PICTURES] == "the picture of “Film”"
    study.withdrawal.erase(maya, Deed.WORDS)
    [left] = study.materials.sources()
    path = study.materials.media_path(left)
    assert left.kind is SourceKind.AUDIO
    assert [one.name for one in study.materials.media.iterdir()] == [path.name]
    with av.open(str(path)) as opened:
        assert [stream.type for stream in opened.streams] == ["audio"]
    after = audio.decode_head(path, 60_000)
    assert abs(len(after) - len(before)) < RATE // 10
    loud = np.abs(after.astype(float)).reshape(-1)
    assert not loud[2 * RATE : 4 * RATE].any()
    for start, end in ((0.1, 1.9), (4.1, 5.9)):
        assert loud[int(start * RATE) : int(end * RATE)].mean() > 0
    assert study.check() == []


def test_a_form_of_several_people_stays_and_is_said(study: Study, tmp_path: Path) -> None:
    maya, tom = person(study, "Maya"), person(study, "Tom")
    alone, both = tmp_path / "alone.pdf", tmp_path / "both.pdf"
    for form, people in ((alone, [maya]), (both, [maya, tom])):
        form.write_bytes(form.name.encode())
        study.ledger.set(people, {Use.QUOTE: State.GIVEN}, how=form.name, form=form)
    [left] = [one for one in study.withdrawal.places(maya) if one.kind is Kind.OPEN]
    assert left.where == "“both.pdf”, a consent form that is also of others; it stays"
    assert left.target == ("participant", maya)
    study.withdrawal.erase(maya, Deed.EVERYTHING)
    [entry] = [one for one in study.ledger.entries(tom, Use.QUOTE) if one.form_id]
    assert entry.form_id is not None
    forms = study.ledger.forms
    assert forms.path(forms.get(entry.form_id)).read_bytes() == b"both.pdf"
    assert len(list(study.materials.media.iterdir())) == 1
    assert study.check() == []


def test_what_stood_half_typed_goes_also_where_there_is_no_recording(study: Study) -> None:
    maya = person(study, "Maya")
    half_typed.keep(study.folder, [HalfTyped("Stage", "Name?", "what Maya said")])
    [kept] = [one for one in study.withdrawal.places(maya) if one.kind is Kind.CACHE]
    assert (kept.count, kept.where) == (1, "what stood half typed when the study locked itself")
    study.withdrawal.erase(maya, Deed.EVERYTHING)
    assert not (study.folder / half_typed.FILE).exists()


def test_who_only_reads_is_told_that_a_deed_is_not_finished(study: Study) -> None:
    maya = person(study, "Maya")
    plan = Plan("w", "2026-09-12", maya, "P01", Deed.EVERYTHING, "Ada")
    plan.told = {"rewritten": [], "removed": []}
    study.close()
    plan.keep(study.folder)
    with Study.open(study.folder, read_only=True) as reader:
        [notice] = reader.keeping.notices
        assert notice.code == "withdrawal-waits"
        assert "The withdrawal of P01 was begun and is not finished" in notice.happened
        assert [problem.code for problem in reader.check()] == ["withdrawal-waits"]
    assert (study.folder / "withdrawal.json").is_file()
    with Study.open(study.folder) as writer:
        assert writer.people.participants() == []
        assert writer.keeping.notices == ()
