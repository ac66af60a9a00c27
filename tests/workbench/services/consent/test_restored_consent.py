"""What people said does not go back when a backup is put in the place of the study."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.older import LAST_WITHOUT_LEDGER, tick, write_older
from tests.support.studies import observe, person, recognised
from workbench.domain.consent import State, Use
from workbench.domain.ids import ParticipantId
from workbench.domain.withdrawal import Deed
from workbench.services.keeping.backups import Backups
from workbench.storage import migrations
from workbench.study import Study


@pytest.fixture
def maya(study: Study) -> ParticipantId:
    """Somebody who was not asked yet, of whom there are words."""
    who = person(study, "Maya", quotes=False)
    observe(study, recognised(study, "It took weeks.", people=[who]).id, "weeks")
    return who


def _say(study: Study, who: ParticipantId, state: State, how: str = "by phone") -> None:
    study.ledger.set([who], {Use.QUOTE: state}, how=how)


def _go_back(study: Study) -> Study:
    """Put the only backup that was made by hand in the place of the study."""
    study.close()
    there = Backups(study.folder)
    there.restore(next(one for one in there.all() if one.reason == ""))
    return Study.open(study.folder)


@pytest.mark.parametrize("since", [State.WITHDRAWN, State.REFUSED])
def test_a_no_stays_a_no(study: Study, maya: ParticipantId, since: State) -> None:
    _say(study, maya, State.GIVEN)
    study.keeping.copies.backup()
    study.codebook.add("After")
    _say(study, maya, since)
    with _go_back(study) as back:
        assert not back.codebook.codes()
        assert back.ledger.standing(maya, Use.QUOTE).state is since
        assert [one.state for one in back.ledger.entries(maya, Use.QUOTE)][:2] == [
            since, State.GIVEN,
        ]  # fmt: skip
        assert back.check() == []
        _say(back, maya, State.GIVEN, "asked again")
        assert back.ledger.allows(maya, Use.QUOTE)


def test_a_yes_that_came_since_holds_with_its_form(
    study: Study, maya: ParticipantId, tmp_path: Path
) -> None:
    study.keeping.copies.backup()
    form = tmp_path / "form.txt"
    form.write_text("I agree.", "utf-8")
    study.ledger.set([maya], {Use.QUOTE: State.GIVEN}, form=form)
    with _go_back(study) as back:
        [entry] = [one for one in back.ledger.entries(maya, Use.QUOTE) if one.form_id]
        assert entry.form_id
        assert back.ledger.allows(maya, Use.QUOTE)
        forms = back.ledger.forms
        assert forms.path(forms.get(entry.form_id)).read_text() == "I agree."
        assert back.check() == []


def test_a_slip_that_was_taken_back_does_not_come_back(study: Study, maya: ParticipantId) -> None:
    _say(study, maya, State.GIVEN)
    study.keeping.copies.backup()
    study.undo()
    with _go_back(study) as back:
        assert not back.ledger.allows(maya, Use.QUOTE)
        assert back.check() == []
        back.undo()  # whatever is undone now, nobody gains a right by it
        assert not back.ledger.allows(maya, Use.QUOTE)


def test_what_was_said_in_a_recording_that_is_not_there_is_known(
    study: Study, maya: ParticipantId
) -> None:
    study.keeping.copies.backup()
    text = recognised(study, "No, do not quote me.", people=[maya], title="Later")
    study.ledger.set([maya], {Use.QUOTE: State.REFUSED}, spoken=(text.source_id, 0))
    with _go_back(study) as back:
        assert back.ledger.standing(maya, Use.QUOTE).state is State.REFUSED
        assert [one.code for one in back.check()] == ["media-orphan"]


def test_a_withdrawal_is_known_for_ever(study: Study, maya: ParticipantId) -> None:
    code = study.people.participant(maya).code
    study.keeping.copies.backup()
    study.withdrawal.erase(maya, Deed.EVERYTHING)
    with _go_back(study) as back:
        assert [one.code for one in back.withdrawal.done()] == [code]
        assert back.people.add(pseudonym="Leo").code != code
        assert back.check() == []


def _older_backup(study: Study, minor: int) -> None:
    """Let an earlier version have made the backup, and close the study."""
    study.close()
    there = study.folder / "backups" / "20260101-101010.sqlite"
    write_older(study.folder / "study.sqlite", there, minor)


@pytest.mark.parametrize("minor", [LAST_WITHOUT_LEDGER, migrations.NAMELESS - 1])
def test_a_no_stays_a_no_when_the_backup_is_of_an_earlier_version(
    study: Study, maya: ParticipantId, minor: int
) -> None:
    _say(study, maya, State.GIVEN)
    _older_backup(study, minor)
    backup = study.folder / "backups" / "20260101-101010.sqlite"
    if minor == LAST_WITHOUT_LEDGER:
        tick(backup, maya, quotes=True)
    with Study.open(study.folder) as later:
        later.codebook.add("After")
        _say(later, maya, State.REFUSED)
    with _go_back(study) as back:
        assert not back.codebook.codes()
        said = [one.state for one in back.ledger.entries(maya, Use.QUOTE)]
        assert said[0] is State.REFUSED
        assert State.GIVEN in said
        assert back.check() == []


def test_a_no_stays_a_no_when_both_are_of_an_earlier_version(
    study: Study, maya: ParticipantId
) -> None:
    _older_backup(study, LAST_WITHOUT_LEDGER)
    backup, present = (
        study.folder / name for name in ("backups/20260101-101010.sqlite", "study.sqlite")
    )
    present.write_bytes(backup.read_bytes())
    tick(backup, maya, quotes=True)
    tick(present, maya, quotes=True, withdrawn_at="2026-02-03T10:00:00+00:00")
    with _go_back(study) as back:
        assert back.ledger.standing(maya, Use.QUOTE).state is State.WITHDRAWN
        assert back.check() == []
    assert not list((study.folder / "backups").glob("*.partial*"))


@pytest.mark.parametrize("minor", [0, LAST_WITHOUT_LEDGER], ids=["of today", "older"])
def test_who_was_erased_and_comes_back_from_elsewhere_is_not_quoted(
    study: Study, maya: ParticipantId, minor: int
) -> None:
    _say(study, maya, State.GIVEN)
    code = study.people.participant(maya).code
    study.keeping.copies.backup()
    [backup] = Backups(study.folder).all()
    if minor:
        write_older(study.folder / "study.sqlite", backup.file, minor)
        tick(backup.file, maya, quotes=True)
    elsewhere = backup.file.read_bytes()
    study.withdrawal.erase(maya, Deed.EVERYTHING)
    study.close()
    backup.file.write_bytes(elsewhere)
    problem = Backups(study.folder).restore(backup).carried.problem
    assert problem is not None
    assert problem.code == "withdrawal-came-back"
    assert problem.happened.startswith(code)
    with Study.open(study.folder) as back:
        assert {one.state for one in back.ledger.standings(maya).values()} == {State.WITHDRAWN}
        assert [one.deed for one in back.withdrawal.done(code)] == [Deed.EVERYTHING]
        assert not any(one.quotable for one in back.passages.find())
        assert [one.code for one in back.check()] == ["media-missing"]


def test_what_was_said_since_and_cannot_be_read_is_missed(
    study: Study, maya: ParticipantId
) -> None:
    study.keeping.copies.backup()
    study.close()
    (study.folder / "study.sqlite").write_bytes(b"not a database")
    problem = Backups(study.folder).restore(Backups(study.folder).all()[0]).carried.problem
    assert problem is not None
    assert problem.code == "consent-went-back"
