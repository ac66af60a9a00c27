"""What is erased is nowhere any more; what is others' is as it was, and so is undo."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from tests.support.withdrawn import MEMO, NAMES, OTHERS, WORDS, Planted, remains
from workbench.domain.materials import SourceKind
from workbench.domain.report import EvidenceState
from workbench.domain.withdrawal import ERASED, Deed, Kind
from workbench.errors import UserError
from workbench.services.keeping.backups import Backups
from workbench.speech import audio
from workbench.speech.engine import SAMPLE_RATE
from workbench.study import JournalConflict, Study

each_erasing = pytest.mark.parametrize("deed", [Deed.WORDS, Deed.EVERYTHING])


def gone_with(deed: Deed) -> tuple[str, ...]:
    """Return what must be nowhere."""
    return (*WORDS, *NAMES, MEMO) if deed is Deed.EVERYTHING else WORDS


def test_it_is_there_before(study_of: Planted) -> None:
    found = {needle for needle, _ in remains(study_of.folder, *WORDS, *NAMES, MEMO, *OTHERS)}
    assert found == {*WORDS, *NAMES, MEMO, *OTHERS}


@each_erasing
def test_nothing_is_left_in_any_file(study_of: Planted, deed: Deed) -> None:
    with Study.open(study_of.folder) as study:
        study.withdrawal.erase(study_of.person, deed)
        assert remains(study_of.folder, *gone_with(deed)) == []
        assert study.check() == []
    assert remains(study_of.folder, *gone_with(deed)) == []
    assert {needle for needle, _ in remains(study_of.folder, *OTHERS)} == set(OTHERS)
    assert not list((study_of.folder / "voices").iterdir())
    assert not (study_of.folder / "withdrawal.json").exists()


def test_words_keep_what_is_counted(study_of: Planted) -> None:
    with Study.open(study_of.folder) as study:
        before = [_counted(passage) for passage in study.passages.find()]
        study.withdrawal.erase(study_of.person, Deed.WORDS)
        passages = study.passages.find()
        assert [_counted(passage) for passage in passages] == before
        words = [passage.words for passage in passages]
        assert sum(one == ERASED for one in words) == 3
        assert f"I like bread. {ERASED}" in words
        assert not study.people.may_quote(study_of.person)
        assert study.people.real_name(study_of.person) == "Anselma Quuxington"


def _counted(passage):  # type: ignore[no-untyped-def]
    person = passage.person and passage.person.code
    codes = [code.name for code in passage.codes]
    return (passage.id, person, codes, passage.stage, passage.observation.ease)


def test_everything_leaves_the_person_in_no_figure(study_of: Planted) -> None:
    with Study.open(study_of.folder) as study:
        study.withdrawal.erase(study_of.person, Deed.EVERYTHING)
        assert [person.code for person in study.people.participants()] == ["P08"]
        assert {p.words for p in study.passages.find()} == {"I like bread.", "Bread it is"}
        assert "Alone" not in [session.title for session in study.materials.sessions()]
        model = study.reports.model()
        states = [entry.state for entry in model.register]
        assert states.count(EvidenceState.REMOVED) == 3
        assert [report.removed for report in study.reports.written()] != [()]


def test_who_has_the_same_name_is_reached_as_before(study_of: Planted) -> None:
    with Study.open(study_of.folder) as study:
        [tom] = (one.id for one in study.people.participants() if one.id != study_of.person)
        mail = "theo.quuxington@example.org"
        study.keys.set(tom, real_name="Theo Quuxington", contact=f"{mail}, or at Anselma’s")
        study.withdrawal.erase(study_of.person, Deed.EVERYTHING)
        assert study.keys.of(tom).contact == f"{mail}, or at ███████’s"


@each_erasing
def test_silence_where_the_person_spoke(study_of: Planted, deed: Deed) -> None:
    with Study.open(study_of.folder) as study:
        before = _sound(study, study_of)
        study.withdrawal.erase(study_of.person, deed)
        source = study.materials.source(study_of.talk)
        after = _sound(study, study_of)
        assert source.kind is SourceKind.AUDIO
    assert len(after) == len(before)
    for start, end in study_of.quiet:
        assert not _part(after, start, end).any()
    for start, end in study_of.loud:
        assert np.array_equal(_part(after, start, end), _part(before, start, end))
    assert len(list((study_of.folder / "media").iterdir())) == (4 if deed is Deed.WORDS else 2)


def _sound(study: Study, planted: Planted):  # type: ignore[no-untyped-def]
    source = study.materials.source(planted.talk)
    return audio.decode_head(study.materials.media_path(source), 60_000)


def _part(sound, start: float, end: float):  # type: ignore[no-untyped-def]
    return sound[int(start * SAMPLE_RATE) : int(end * SAMPLE_RATE)]


@each_erasing
def test_undo_goes_on_with_other_things(study_of: Planted, deed: Deed) -> None:
    with Study.open(study_of.folder) as study:
        study.withdrawal.erase(study_of.person, deed)
        assert study.undo_label == "Edit memo"
        study.undo()
        assert study.memos.of("observation", study_of.others) is None
        study.redo()
        while study.undo_label:
            try:
                study.undo()
            except JournalConflict:
                break
            assert remains(study_of.folder, *gone_with(deed)) == []
        assert [one for one in study.check() if one.serious] == []
        while study.redo_label:
            study.redo()
        assert study.check() == []
        assert "Bread it is" in {passage.words for passage in study.passages.find()}
    assert remains(study_of.folder, *gone_with(deed)) == []


@each_erasing
def test_a_backup_is_a_whole_study_without_it(study_of: Planted, deed: Deed) -> None:
    with Study.open(study_of.folder) as study:
        study.withdrawal.erase(study_of.person, deed)
    backups = Backups(study_of.folder)
    for backup in backups.all():
        backups.restore(backup)
        with Study.open(study_of.folder) as study:
            assert study.check() == []
            assert "Bread it is" in {passage.words for passage in study.passages.find()}
    assert remains(study_of.folder, *gone_with(deed)) == []


def test_a_backup_that_cannot_be_rewritten_goes(study_of: Planted) -> None:
    damaged = study_of.folder / "backups" / "20200101-000000.sqlite"
    damaged.write_bytes(b"SQLite format 3\0 kraken")
    kept = study_of.folder / "backups" / "damaged-20200101-000000.sqlite.kept"
    kept.write_bytes(b"kraken")
    with Study.open(study_of.folder) as study:
        done = study.withdrawal.erase(study_of.person, Deed.WORDS)
    assert not damaged.exists()
    assert not kept.exists()
    assert damaged.name in done.told
    assert kept.name in done.told


def test_no_longer_quoted_erases_nothing(study_of: Planted) -> None:
    with Study.open(study_of.folder) as study:
        before = study.show()
        study.withdrawal.erase(study_of.person, Deed.QUOTES)
        assert not study.people.may_quote(study_of.person)
        assert len(study.show()["observations"]) == len(before["observations"])
        assert study.check() == []
    assert {needle for needle, _ in remains(study_of.folder, *WORDS)} == set(WORDS)


def test_from_the_bin(study_of: Planted) -> None:
    with Study.open(study_of.folder) as study:
        study.people.remove(study_of.person)
        study.withdrawal.erase(study_of.person, Deed.EVERYTHING)
        assert study.bin.items() == []
    assert remains(study_of.folder, *gone_with(Deed.EVERYTHING)) == []


def test_every_place_is_shown(study_of: Planted) -> None:
    with Study.open(study_of.folder, read_only=True) as study:
        places = study.withdrawal.places(study_of.person)
    kinds = {place.kind for place in places}
    assert kinds >= {
        *(Kind.WORDS, Kind.RECOGNISED, Kind.OBSERVATIONS, Kind.INSIGHTS, Kind.REPORTS),
        *(Kind.SOUND, Kind.DOCUMENTS, Kind.PRINTS, Kind.NAME, Kind.CONSENT, Kind.MEMOS),
        *(Kind.TYPED, Kind.HISTORY, Kind.SEARCH, Kind.BACKUPS, Kind.CACHE, Kind.SPOOL),
    }
    words = {place.where: place.count for place in places if place.kind is Kind.WORDS}
    assert words == {
        "turns of “group with Anselma Quuxington”": 2, "turns of “Alone”": 1, "turns of “Talk”": 3,
    }  # fmt: skip


def test_a_running_recognition_keeps_it_from_being_done(study_of: Planted) -> None:
    with Study.open(study_of.folder) as study:
        [job] = study.jobs.all()
        study.jobs.change(job.id, state="running")
        with pytest.raises(UserError, match="recognised just now"):
            study.withdrawal.erase(study_of.person, Deed.WORDS)


def test_the_number_of_somebody_who_is_gone_is_not_given_again(study_of: Planted) -> None:
    with Study.open(study_of.folder) as study:
        study.people.change(study_of.person, code="P09")
        study.withdrawal.erase(study_of.person, Deed.EVERYTHING)
        assert study.people.add(pseudonym="New").code == "P01"
        codes = {study.people.add(pseudonym=f"New {number}").code for number in range(9)}
        assert "P09" not in codes


def test_an_open_study_elsewhere_is_not_touched(study_of: Planted, tmp_path: Path) -> None:
    copy = tmp_path / "copy.study"
    shutil.copytree(study_of.folder, copy)
    with Study.open(study_of.folder) as study:
        study.withdrawal.erase(study_of.person, Deed.EVERYTHING)
    assert remains(copy, "kraken")
