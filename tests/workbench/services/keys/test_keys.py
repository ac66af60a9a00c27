"""Real names and contact lie in a key that is no part of the study."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.named_study import holders
from tests.support.studies import person, written
from workbench.domain.ids import ParticipantId
from workbench.domain.people import Identity
from workbench.errors import EnvironmentProblem, UserError
from workbench.services.keys.protecting import protection
from workbench.storage import backups, key
from workbench.storage.key import State
from workbench.study import Study

NAME, MAIL = "Zyra Quellenbäch", "zyra@quellen.example"


@pytest.fixture
def study(tmp_path: Path):  # type: ignore[no-untyped-def]
    with Study.create(tmp_path / "moving.study", title="Moving") as made:
        yield made


@pytest.fixture
def maya(study: Study) -> ParticipantId:
    who = person(study, "Maya", real_name=NAME)
    study.keys.set(who, contact=MAIL)
    return who


def test_a_name_is_in_the_key_alone(study: Study, maya: ParticipantId, tmp_path: Path) -> None:
    study.people.set_real_name(maya, "Zyra Interim")
    study.people.set_real_name(maya, NAME)
    study.keeping.copies.backup()
    assert holders(study.folder, NAME, MAIL, "Zyra Interim") == ["people.key"]
    study.close()
    assert holders(study.folder, NAME, MAIL) == ["people.key"]
    if sys.platform != "win32":
        assert (study.folder / "people.key").stat().st_mode & 0o777 == 0o600


def test_undo_does_not_touch_it(study: Study, maya: ParticipantId) -> None:
    steps = len(study.history())
    study.people.set_real_name(maya, "Zyra Later")
    assert len(study.history()) == steps
    while study.undo():
        pass
    assert study.keys.of(maya) == Identity("Zyra Later", MAIL, (NAME,))
    while study.redo():
        pass
    assert study.people.real_name(maya) == "Zyra Later"


def test_whoever_reads_sees_what_is_new(study: Study, maya: ParticipantId) -> None:
    with Study.open(study.folder, read_only=True) as reader:
        assert reader.people.real_name(maya) == NAME
        study.people.set_real_name(maya, "Zyra Later")
        assert reader.people.real_name(maya) == "Zyra Later"
        with pytest.raises(UserError) as caught:
            reader.people.set_real_name(maya, "Nobody")
        assert caught.value.code == "read-only"


def test_views_hear_of_it(study: Study, maya: ParticipantId) -> None:
    heard: list[bool] = []
    study.subscribe(lambda changes: heard.append(changes.touches("key")))
    study.keys.set(maya, contact="")
    study.keys.set(maya, contact=" ")  # nothing new
    assert heard == [True]
    assert study.keys.of(maya) == Identity(NAME)


def test_somebody_is_forgotten(study: Study, maya: ParticipantId) -> None:
    assert study.keys.forget(maya)
    assert not study.keys.forget(maya)
    assert holders(study.folder, NAME, MAIL) == []
    (study.folder / "people.key").unlink()
    assert study.keys.found.state is State.NONE  # nobody is in it, so nobody misses it


# --- a key that is not as it should be


def _lose(path: Path) -> None:
    path.unlink()


def _spoil(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"Zyra", b"Zira"))


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def _nest(path: Path) -> None:
    path.write_bytes(b"[" * 100_000)


def _of_another(path: Path) -> None:
    with Study.create(path.parent.parent / "other.study", title="Other") as other:
        person(other, "Tom", real_name="Theo Blip")
    path.write_bytes((path.parent.parent / "other.study" / "people.key").read_bytes())


def _newer(path: Path) -> None:
    path.write_text(json.dumps(json.loads(path.read_bytes()) | {"version": 2}), "utf-8")


HARMS = {
    _lose: State.MISSING, _spoil: State.DAMAGED, _cut: State.DAMAGED, _nest: State.DAMAGED,
    _of_another: State.FOREIGN, _newer: State.NEWER,
}  # fmt: skip


@pytest.mark.parametrize(("harm", "state"), HARMS.items(), ids=lambda one: str(one)[:12])
@pytest.mark.parametrize("read_only", [False, True])
def test_the_study_opens_and_exports_wait(
    study: Study,
    maya: ParticipantId,
    tmp_path: Path,
    harm: Callable[[Path], None],
    state: State,
    read_only: bool,
) -> None:
    written(study, "It took weeks.")
    study.close()
    path = study.folder / "people.key"
    whole = path.read_bytes()
    harm(path)
    with Study.open(study.folder, read_only=read_only) as found:
        assert found.keys.found.state is state
        [notice] = found.keeping.notices
        assert notice.code == f"key-{state}"
        assert str(path) in notice.happened
        assert "exports for others wait" in notice.happened
        assert [one.code for one in found.check()] == ["key"]
        for form in ("csv", "txt"):
            with pytest.raises(EnvironmentProblem) as caught:
                found.exports.write(form, tmp_path / f"out.{form}")
            assert caught.value.code == f"key-{state}"
            assert not (tmp_path / f"out.{form}").exists()
        found.exports.write("txt", tmp_path / "own.txt", working_copy=True)
        if not read_only:
            with pytest.raises(EnvironmentProblem):
                found.people.set_real_name(maya, "Zyra Lost")
        path.write_bytes(whole)
        assert found.people.real_name(maya) == NAME
        found.exports.write("csv", tmp_path / "out.csv")


def test_a_report_waits_too(study: Study, maya: ParticipantId, tmp_path: Path) -> None:
    (study.folder / "people.key").unlink()
    with pytest.raises(EnvironmentProblem):
        study.reports.write(tmp_path / "report.docx")
    assert "write-report" not in {step.op for step in study.history()}
    assert not (tmp_path / "report.docx").exists()


def test_a_new_key_where_the_old_one_is_lost(
    study: Study, maya: ParticipantId, tmp_path: Path
) -> None:
    with pytest.raises(UserError):
        study.keys.begin_anew()  # nothing is lost
    _cut(study.folder / "people.key")
    study.keys.begin_anew()
    assert study.keys.found.state is State.NONE
    study.exports.write("csv", tmp_path / "out.csv")
    study.people.set_real_name(maya, "Zyra Again")
    assert study.people.real_name(maya) == "Zyra Again"
    assert len(list(study.folder.glob("people-*.key.unreadable"))) == 1


def test_a_study_without_names_needs_no_key(tmp_path: Path) -> None:
    with Study.create(tmp_path / "plain") as study:
        person(study, "Maya")
        assert not (study.folder / "people.key").exists()
        study.exports.write("csv", tmp_path / "out.csv")
        assert study.check() == []


# --- elsewhere


def test_the_key_lies_elsewhere(study: Study, maya: ParticipantId, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    place = study.keys.move(stick)
    assert place == stick / "moving.key"
    assert holders(study.folder, NAME, str(stick)) == []
    study.close()
    assert holders(study.folder, NAME, str(stick)) == []
    with Study.open(study.folder) as again:
        assert again.keeping.notices == ()
        assert again.keys.is_elsewhere
        assert protection(again._desk.tables).words(f"{NAME} said so") == "[Maya] said so"
        again.people.set_real_name(maya, "Zyra Later")
        place.rename(tmp_path / "found.key")
        assert again.keys.found.state is State.MISSING
        assert again.keys.find(tmp_path / "found.key") == tmp_path / "found.key"
        assert again.people.real_name(maya) == "Zyra Later"
        assert again.keys.move(study.folder) == study.folder / "people.key"
        assert not (tmp_path / "found.key").exists()
        assert not again.keys.is_elsewhere
        assert again.keys.of(maya) == Identity("Zyra Later", MAIL, (NAME,))


def test_another_computer_does_not_know_where(
    study: Study, maya: ParticipantId, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stick").mkdir()
    place = study.keys.move(tmp_path / "stick")
    study.close()
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "other home"))
    with Study.open(study.folder) as again:
        assert again.keys.found.state is State.MISSING
        assert again.keys.find(place.parent) == place
        assert again.people.real_name(maya) == NAME


def test_places_that_are_refused(study: Study, maya: ParticipantId, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        study.keys.move(tmp_path / "nowhere")
    assert caught.value.code == "key-folder"
    with Study.create(tmp_path / "other.study") as other:
        person(other, "Tom", real_name="Theo Blip")
        with pytest.raises(UserError) as caught:
            study.keys.move(other.folder)
        assert caught.value.code == "in-study"
        with pytest.raises(UserError):
            study.keys.find(other.folder / "people.key")
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "moving.key").write_bytes((study.folder / "people.key").read_bytes())
    with pytest.raises(UserError) as caught:
        study.keys.move(stick)
    assert caught.value.code == "key-taken"
    (stick / "moving.key").write_bytes((other.folder / "people.key").read_bytes())
    assert study.keys.move(stick) == stick / f"moving-{study.charter.id[:8]}.key"
    assert study.people.real_name(maya) == NAME


@pytest.mark.skipif(sys.platform == "win32", reason="rights are others there")
def test_a_place_that_cannot_be_written(
    study: Study, maya: ParticipantId, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()

    def full(_of: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("workbench.storage.key.os.fsync", full)
    with pytest.raises(EnvironmentProblem):
        study.keys.move(stick)
    monkeypatch.undo()
    assert list(stick.iterdir()) == []
    assert not study.keys.is_elsewhere
    assert study.people.real_name(maya) == NAME


# --- copies


@pytest.mark.parametrize("elsewhere", [False, True])
def test_the_key_goes_along_only_when_asked(
    study: Study, maya: ParticipantId, tmp_path: Path, elsewhere: bool
) -> None:
    if elsewhere:
        (tmp_path / "stick").mkdir()
        study.keys.move(tmp_path / "stick")
    for with_key in (False, True):
        target = tmp_path / f"copy {with_key}.study"
        study.keeping.copy_to(target, with_key=with_key).finish(lambda *_: None, lambda: False)
        assert holders(target, NAME) == (["people.key"] if with_key else [])
    with Study.open(tmp_path / "copy True.study") as copy:
        assert copy.people.real_name(maya) == NAME
        assert not copy.keys.is_elsewhere


# --- the file


_IDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)
_PEOPLE = st.dictionaries(
    _IDS.map(ParticipantId),
    st.builds(
        Identity, st.text(st.characters(codec="utf-8")), st.text(max_size=3), st.tuples(st.text())
    ).filter(lambda one: one.is_known),
    max_size=3,
)


@given(_PEOPLE, st.data())
def test_a_key_is_read_as_it_was_written_or_not_at_all(
    people: dict[ParticipantId, Identity], data: st.DataObject
) -> None:
    content = key._packed("study", people)
    assert key._parsed(Path("k"), content, "study").people == people
    at = data.draw(st.integers(0, len(content) - 1))
    letter = data.draw(st.integers(0, 255))
    harmed = content[:at] + bytes([letter]) + content[at + 1 :]
    found = key._parsed(Path("k"), harmed, "study")
    assert found.people in ({}, people)
    assert found.people == people or found.state is not State.THERE


@pytest.mark.parametrize(
    ("contact", "said", "printed"),
    [
        ("@zyra_q", "I am @Zyra_Q there", "I am @[contact data] there"),
        ("Skype: zyraline77", "It is zyraline77.", "It is [contact data]."),
        (MAIL, f"Write to {MAIL}!", "Write to [e-mail address]!"),
        ("+43 664 1234567", "Call +43664 1234567 now", "Call [phone number] now"),
        ("Lindengasse 5, 1070 Wien; Mo", "In Lindengasse 5, 1070 Wien.", "In [address]."),
        ("by letter, evenings", "by letter, evenings", "by letter, evenings"),
        (MAIL, "Zyra Quellenbach said so", "[Maya] said so"),
    ],
)
def test_all_that_is_in_the_key_is_taken_out_of_words(
    study: Study, maya: ParticipantId, contact: str, said: str, printed: str
) -> None:
    study.keys.set(maya, real_name="Zyra Brunnental", contact=contact)
    assert study.keys.of(maya).former == (NAME,)
    assert study.exports.words(said) == printed
    study.people.remove(maya)
    assert study.exports.words(said) == printed


def test_a_name_typed_beside_the_wrong_person_is_that_of_the_right_one(
    study: Study, maya: ParticipantId
) -> None:
    study.people.set_real_name(maya, "Zyra Brunnental")
    leo = person(study, "Leo", real_name=NAME)
    assert study.exports.words(f"So {NAME} waited") == "So [Leo] waited"
    study.people.set_real_name(leo, "")
    assert study.exports.words(f"So {NAME} waited") == "So [Maya] waited"


def test_a_copy_from_before_there_were_names_misses_a_key_that_is_away(
    study: Study, tmp_path: Path
) -> None:
    study.keeping.copies.backup()
    who = person(study, "Maya", real_name=NAME)
    stick = tmp_path / "stick"
    stick.mkdir()
    study.keys.move(stick)
    folder = study.folder
    study.close()
    from_before = backups.listed(folder)[-1]
    backups.restore(folder, from_before, datetime.now(UTC))
    stick.rename(tmp_path / "away")
    with Study.open(folder) as opened:
        assert opened.keys.found.state is State.MISSING
    (tmp_path / "away").rename(stick)
    with Study.open(folder) as opened:
        assert opened.keys.of(who).real_name == NAME


@pytest.mark.skipif(sys.platform == "win32", reason="has no pipes in folders")
def test_what_is_no_file_is_no_key(study: Study, maya: ParticipantId) -> None:
    study.keys.found.path.unlink()
    os.mkfifo(study.folder / "people.key")
    assert study.keys.found.state is State.UNREADABLE
    with pytest.raises(UserError, match="no file"):
        study.keys.find(study.folder / "people.key")
