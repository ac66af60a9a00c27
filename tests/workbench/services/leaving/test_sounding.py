"""Sound that leaves: names lie under a tone, who did not agree is silent, all else is as it was."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.support import spoken_study
from tests.support.spoken_study import NAME, SILENT, SPEECH, TITLE, TONE, sound_in, written_in
from tests.support.studies import anchor_of
from tests.support.vault import SAID, cheap_keys
from workbench.cli import main
from workbench.domain.anchors import TimeSpan
from workbench.domain.change import Op
from workbench.domain.consent import State, Use
from workbench.domain.names.decisions import Decision
from workbench.domain.names.sorts import Sort
from workbench.domain.quoting import WORKING_COPY
from workbench.errors import UserError
from workbench.services.door import Waits
from workbench.services.leaving.sounding import Sounded
from workbench.services.locking import locking
from workbench.services.lookout.letting_out import everything
from workbench.storage.refusals import Stopped
from workbench.study import Study
from workbench.vault import ring


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spoken") / "Spoken.study"
    spoken_study.build(folder)
    return folder


@pytest.fixture
def spoken(built: Path, tmp_path: Path) -> Iterator[Study]:
    folder = tmp_path / "own" / "Spoken.study"
    shutil.copytree(built, folder)
    with Study.open(folder) as study:
        yield study


def _part(sound, span: tuple[int, int], rate: int = 16_000):  # type: ignore[no-untyped-def]
    return sound[span[0] * rate // 1000 : span[1] * rate // 1000]


def _loudest_hertz(part, rate: int = 16_000) -> float:  # type: ignore[no-untyped-def]
    return float(np.abs(np.fft.rfft(part)).argmax() * rate / len(part))


@pytest.mark.parametrize("ending", [".flac", ".wav"])
def test_names_lie_under_a_tone_and_the_rest_is_as_it_was(
    spoken: Study, tmp_path: Path, ending: str
) -> None:
    done = spoken.exports.sound.write(tmp_path / f"call{ending}")
    after, rate = sound_in(done.file)
    before, _ = sound_in(SPEECH)
    assert (rate, len(after), done.words, done.silenced) == (16_000, len(before), 2, 2)
    tone, said = _part(after, TONE), _part(before, TONE)
    assert abs(_loudest_hertz(tone) - 1_000) < 5
    spectrum = np.abs(np.fft.rfft(tone)) ** 2
    at = round(1_000 * len(tone) / rate)
    assert spectrum[at - 20 : at + 21].sum() > 0.99 * spectrum.sum()
    assert abs(np.corrcoef(tone, said)[0, 1]) < 0.02
    speech = np.sqrt((before**2).mean())
    assert 0.3 * speech < np.sqrt((tone**2).mean()) < 1.5 * speech
    assert np.abs(tone).max() < 0.3
    assert np.abs(np.diff(tone)[:20]).max() < 0.02  # soft ends
    for span in SILENT:
        assert not _part(after, span).any()
        assert _part(before, span).any()
    stays = ((0, TONE[0]), (TONE[1], SILENT[0][0]), (SILENT[0][1], SILENT[1][0]),
             (SILENT[1][1], 11_000))  # fmt: skip
    for span in stays:
        assert np.array_equal(_part(after, span), _part(before, span))
    assert written_in(done.file) == {}
    assert b"Spoken" not in done.file.read_bytes()


def test_a_passage_is_a_voice_clip(spoken: Study, tmp_path: Path) -> None:
    text = spoken.transcripts.of_source(spoken.materials.sources()[0].id)
    assert text is not None
    seen = spoken.observations.place(anchor_of(spoken, text.id, "called Priya"))
    _, part = spoken.exports.sound.passage(seen.id)
    assert part == TimeSpan(600, 1_800)
    spoken.close()
    out = tmp_path / "clip.m4a"
    asked = ["export", str(spoken.folder), "--format", "sound", "--out", str(out)]
    assert main([*asked, "--observation", seen.id]) == 0
    after, rate = sound_in(out)
    assert abs(len(after) - 1.2 * rate) <= 1_024  # a block of the coder
    assert abs(_loudest_hertz(_part(after, (500, 1_100))) - 1_000) < 5
    assert not {"title", "comment", "date"} & written_in(out).keys()
    assert main([*asked, "--from", "0:09", "--to", "0:10", "--force"]) == 1


def test_what_is_written_into_it_and_what_is_heard_is_looked_through(
    spoken: Study, tmp_path: Path
) -> None:
    [source] = spoken.materials.sources()
    spoken.names.decide("Priya", Decision.LEAVE, sort=Sort.PERSON)
    out = tmp_path / f"{NAME}.flac"
    with pytest.raises(Waits) as waits:
        spoken.exports.sound.write(out, source.id, part=TimeSpan(0, 2_600))
    said = [one.sentence for one in waits.value.findings]
    assert any("name of the file" in one for one in said)
    assert not out.exists()
    with spoken.letting_out.allowing(everything):
        spoken.exports.sound.write(out, source.id, part=TimeSpan(0, 2_600))
    [kept] = spoken.letting_out.all()
    assert NAME not in kept.file


def test_a_working_copy_is_as_it_is_and_says_so(spoken: Study, tmp_path: Path) -> None:
    [source] = spoken.materials.sources()
    spoken.arrivals.start(source.id, model="base")
    done = spoken.exports.sound.write(tmp_path / "own.flac", source.id, working_copy=True)
    assert np.array_equal(sound_in(done.file)[0], sound_in(SPEECH)[0])
    assert (done.own, written_in(done.file)["comment"]) == (True, WORKING_COPY)


def test_who_stops_it_leaves_nothing(spoken: Study, tmp_path: Path) -> None:
    [source] = spoken.materials.sources()
    desk = spoken.reports.desk
    desk.on_share = lambda _: True
    with pytest.raises(Stopped):
        spoken.exports.sound.write(tmp_path / "call.flac", source.id)
    assert not list(tmp_path.glob("*.flac"))
    assert not list((spoken.folder / "data" / "drafts").iterdir())


def test_a_locked_study_gives_the_same_and_nothing_lies_in_clear(
    built: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "Locked.study"
    shutil.copytree(built, folder)
    pytest.importorskip("sqlcipher3")
    with cheap_keys():
        locking.lock(folder, SAID, lambda _: False)
        locking.open_with(folder, SAID)
        assert not any(b"fLaC" in path.read_bytes()[:64] for path in (folder / "media").iterdir())
        with Study.open(folder) as study:
            done = study.exports.sound.write(tmp_path / "call.flac")
            assert ring.study_key(folder) is not None
    after, before = sound_in(done.file)[0], sound_in(SPEECH)[0]
    assert not _part(after, SILENT[0]).any()
    assert np.array_equal(_part(after, (0, 1_000)), _part(before, (0, 1_000)))
    assert not any(b"fLaC" in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def _refused(study: Study, tmp_path: Path, **asked: object) -> str:
    with pytest.raises(UserError) as refused:
        study.exports.sound.write(tmp_path / "call.flac", **asked)  # type: ignore[arg-type]
    assert not (tmp_path / "call.flac").exists()
    return f"{refused.value}"


def test_what_nobody_transcribed_does_not_leave_for_others(spoken: Study, tmp_path: Path) -> None:
    [source] = spoken.materials.sources()
    text = spoken.transcripts.of_source(source.id)
    assert text is not None
    spoken.arrivals.accept_unheard(text.id, 5_900, 6_300)
    assert "at 0:05 somebody speaks" in _refused(spoken, tmp_path)
    assert "Nothing of" in _refused(spoken, tmp_path, part=TimeSpan(9_300, 9_900))
    spoken.corrections.dismiss_unheard(text.id, 5_900)
    job = spoken.jobs.add(source.id, model="fake:x")
    with spoken.step(Op.EDIT_TURN):
        spoken.reports.desk.tables.job.change(job.id, transcript_id=text.id)
    assert "not transcribed to its end" in _refused(spoken, tmp_path)
    turn = spoken.transcripts.turns(text.id)[0]
    with spoken.step(Op.EDIT_TURN):
        spoken.reports.desk.tables.job.remove(job.id)
        spoken.reports.desk.tables.turn.change(turn.id, start_ms=None, end_ms=None)
    assert "no times" in _refused(spoken, tmp_path)
    spoken.arrivals.start(source.id, model="base")
    with spoken.step(Op.EDIT_TURN):
        spoken.reports.desk.tables.turn.change(turn.id, text=" ")
    assert TITLE in _refused(spoken, tmp_path, part=TimeSpan(12_000, 13_000))


def test_who_did_not_agree_keeps_it_from_leaving(spoken: Study, tmp_path: Path) -> None:
    maya, leila = (one.id for one in spoken.people.participants())
    spoken.ledger.set([maya], {Use.VOICE: State.WITHDRAWN})
    said = _refused(spoken, tmp_path)
    assert "Maya – voice clips: withdrawn; Leila – voice clips: refused" in said
    assert "it is not known who spoke" in said
    spoken.ledger.set([maya], {Use.VOICE: State.GIVEN, Use.QUOTE: State.REFUSED})
    assert "Maya – no consent to quotes" in _refused(spoken, tmp_path)
    spoken.ledger.set([leila], {Use.RECORD: State.REFUSED})
    assert "recording: refused" in _refused(spoken, tmp_path)


def test_there_must_be_a_recording_and_a_kind_of_sound(spoken: Study, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"\.m4a, \.flac or \.wav"):
        spoken.exports.sound.write(tmp_path / "call.mp3")
    [source] = spoken.materials.sources()
    spoken.materials.media_path(source).unlink()
    assert "is missing" in _refused(spoken, tmp_path)


def test_only_what_was_done_is_told() -> None:
    silent = Sounded(Path("call.flac"), 1000, silenced=1)
    assert silent.sentence == "1 stretch is silent (no consent to quotes and voice clips)."
    assert Sounded(Path("call.flac"), 1000, words=1).sentence == "1 word lies under a tone."
    assert Sounded(Path("call.flac"), 1000).sentence.startswith("No word lies under a tone")
