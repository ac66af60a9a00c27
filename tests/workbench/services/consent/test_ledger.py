"""The ledger of a study: entered, undone, extended; what it keeps from beginning."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.earlier import as_of
from tests.support.examples import examples
from tests.support.studies import Clock, agree, document, observe, person, recognised, recording
from workbench.domain.consent import Entry, Standing, State, Use
from workbench.domain.ids import ParticipantId, SourceId
from workbench.domain.jobs import JobState
from workbench.errors import UserError
from workbench.study import Study

_BEFORE = 10  # the version of a study before there was a ledger
QUOTED = {Use.QUOTE: State.GIVEN}


@pytest.fixture
def maya(study: Study) -> ParticipantId:
    return study.people.add(pseudonym="Maya").id


def _quotes(study: Study, who: ParticipantId) -> Standing:
    return study.ledger.standing(who, Use.QUOTE)


def test_nobody_new_has_given_anything_whatever_way_they_come_in(
    study: Study, tmp_path: Path
) -> None:
    study.people.add(pseudonym="Maya")
    study.people.called("P07")
    survey = tmp_path / "survey.csv"
    survey.write_text("Respondent,What went wrong?\nR1,It took weeks.\n", "utf-8")
    study.imports.take_in([survey])
    text = recognised(study, "Hello there.", title="Call")
    voice = study.voices.new_voice([study.transcripts.turns(text.id)[0].id])
    study.speaking.become(voice.id, "Ruth")
    found = study.ledger.all()
    assert len(found) == len(study.people.participants()) == 4
    for said in found.values():
        assert {one.state for one in said.values()} == {State.NOT_ASKED}
    assert not any(study.people.may_quote(who) for who in found)


def test_an_entry_keeps_what_was_said_when_how_and_by_whom_it_was_entered(
    study: Study, maya: ParticipantId, clock: Clock
) -> None:
    study.coder = "Ada"
    [entry] = study.ledger.set(
        [maya], QUOTED, date="yesterday", until="31 Dec 2027", how="  on the  phone "
    )
    assert (entry.date, entry.until) == ("2026-09-11", "2027-12-31")
    assert (entry.how, entry.coder) == ("on the phone", "Ada")
    assert entry.entered_at == clock().isoformat(timespec="seconds")
    assert study.people.may_quote(maya)
    assert study.ledger.set([maya], QUOTED, date="2026-09-11", until="2027-12-31",
                            how="on the phone") == []  # fmt: skip
    clock.tick()
    study.ledger.set([maya], {Use.QUOTE: State.REFUSED})
    assert not study.people.may_quote(maya)
    assert [one.state for one in study.ledger.entries(maya, Use.QUOTE)] == [
        State.REFUSED, State.GIVEN,
    ]  # fmt: skip
    assert study.undo_label == "Edit consent"
    assert study.chronicle.told(study.history()[0]).about == "Maya"


_ACTS = st.lists(st.tuples(st.sampled_from(Use), st.sampled_from(State)), min_size=1, max_size=8)


@examples(0.3)
@given(_ACTS)
def test_undo_brings_the_answer_before_back(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[Use, State]]
) -> None:
    clock = Clock()
    folder = tmp_path_factory.mktemp("ledger")
    with Study.create(folder / "a.study", now=clock) as study:
        maya = study.people.add(pseudonym="Maya").id
        seen = [study.ledger.standings(maya)]
        for at, (use, state) in enumerate(acts):
            clock.tick()
            study.ledger.set([maya], {use: state}, how=f"call {at}")
            seen.append(study.ledger.standings(maya))
            assert study.ledger.standing(maya, use).state is state
        for before in reversed(seen[:-1]):
            study.undo()
            assert study.ledger.standings(maya) == before
        for after in seen[1:]:
            study.redo()
            assert study.ledger.standings(maya) == after
        assert study.check() == []
    shutil.rmtree(folder)


def test_several_people_are_set_at_once_and_in_one_step(study: Study) -> None:
    both = [person(study, "Maya"), person(study, "Ruth")]
    before = len(study.history())
    study.ledger.set(both, {Use.PHOTO: State.REFUSED, Use.CONTACT: State.ASKED})
    assert len(study.history()) == before + 1
    for who in both:
        said = study.ledger.standings(who)
        assert (said[Use.PHOTO].state, said[Use.CONTACT].state) == (State.REFUSED, State.ASKED)


def test_after_its_last_day_nobody_is_quoted_until_somebody_extends(
    study: Study, clock: Clock, maya: ParticipantId
) -> None:
    found = observe(study, recognised(study, "It took weeks.", people=[maya]).id, "weeks")

    def is_quoted() -> bool:
        return study.passages.read([found.id])[0].quotable

    study.ledger.set([maya], QUOTED, until="2026-09-12")
    assert is_quoted()
    assert study.ledger.due() == []
    rows = len(study.history())
    clock.tick(86_400)
    assert not is_quoted()
    assert not study.people.may_quote(maya)
    [due] = study.ledger.due()
    assert (due.person.id, [one.sentence for one in due.ended]) == (
        maya, ["quotes: ended 12 Sep 2026"],
    )  # fmt: skip
    assert len(study.history()) == rows  # nothing happened by itself
    study.ledger.extend([maya], "2027-09-12")
    assert is_quoted()
    assert study.ledger.due() == []
    study.undo()
    study.ledger.let_end([maya])
    assert study.ledger.due() == []
    assert _quotes(study, maya).state is State.NOT_ASKED
    assert "not extended" in study.ledger.entries(maya)[0].how


@pytest.mark.parametrize(
    "asked",
    [
        {"until": "2027"},
        {"date": "12/09/2026"},
        {"date": "2026-09-12", "until": "2026-09-11"},
    ],
)
def test_dates_that_cannot_be_are_refused(
    study: Study, maya: ParticipantId, asked: dict[str, str]
) -> None:
    with pytest.raises(UserError):
        study.ledger.set([maya], QUOTED, **asked)
    assert study.ledger.entries(maya) == []


def test_only_what_is_given_can_end(study: Study, maya: ParticipantId) -> None:
    with pytest.raises(UserError, match="Nothing is given"):
        study.ledger.set([maya], {Use.QUOTE: State.REFUSED}, until="2027-12-31")
    with pytest.raises(UserError, match="Nothing is given"):
        study.ledger.extend([maya], "2027-12-31")


# --- how it is known


def test_a_form_is_copied_once_checked_and_found_again(
    study: Study, maya: ParticipantId, tmp_path: Path
) -> None:
    ruth = person(study, "Ruth")
    form = tmp_path / "signed.pdf"
    form.write_bytes(b"%PDF signed by both")
    [entry, _] = study.ledger.set([maya, ruth], QUOTED, form=form)
    study.ledger.set([ruth], {Use.PHOTO: State.GIVEN}, form=form)
    assert entry.form_id is not None
    kept = study.ledger.forms.get(entry.form_id)
    copy = study.ledger.forms.path(kept)
    assert (kept.original_name, copy.read_bytes()) == ("signed.pdf", form.read_bytes())
    assert [path.name for path in study.materials.media.iterdir()] == [kept.file]
    assert study.check() == []
    copy.unlink()
    [problem] = study.check()
    assert (problem.code, "signed.pdf" in problem.text) == ("media-missing", True)
    assert study.keeping.lost.bring_back([form]) == [kept]
    assert study.check() == []


def test_an_undone_form_goes_when_it_cannot_come_back(
    study: Study, maya: ParticipantId, tmp_path: Path, clock: Clock
) -> None:
    form = tmp_path / "signed.jpg"
    form.write_bytes(b"signed")
    clock.tick()
    study.ledger.set([maya], QUOTED, form=form)
    study.undo()
    assert len(list(study.materials.media.iterdir())) == 1
    study.redo()
    assert study.people.may_quote(maya)
    assert study.check() == []
    study.undo()
    study.ledger.set([maya], QUOTED)
    assert list(study.materials.media.iterdir()) == []
    assert study.check() == []


@pytest.mark.parametrize("what", ["empty", "gone", "a date"])
def test_a_form_that_cannot_be_leaves_nothing(
    study: Study, maya: ParticipantId, tmp_path: Path, what: str
) -> None:
    form = tmp_path / "form.pdf"
    if what != "gone":
        form.write_bytes(b"" if what == "empty" else b"signed")
    with pytest.raises(UserError):
        study.ledger.set([maya], QUOTED, form=form, until="2027" if what == "a date" else "")
    assert study.ledger.entries(maya) == []
    assert list(study.materials.media.iterdir()) == []


def test_what_is_said_in_a_recording_leads_to_its_second(study: Study, maya: ParticipantId) -> None:
    source, text = recording(study, duration_ms=60_000), document(study, "A note.")
    [entry] = study.ledger.set([maya], QUOTED, spoken=(source.id, 12_000))
    assert (entry.source_id, entry.at_ms) == (source.id, 12_000)
    for wrong in ((source.id, 61_000), (text.id, 0), (SourceId("none"), 0)):
        with pytest.raises(UserError):
            study.ledger.set([maya], {Use.PHOTO: State.GIVEN}, spoken=wrong)
    assert _quotes(study, maya).entry == entry


# --- what does not begin


@pytest.mark.parametrize("use", [Use.RECORD, Use.TRANSCRIBE])
@pytest.mark.parametrize("how", ["refused", "withdrawn", "ended"])
def test_no_job_begins_with_somebody_who_did_not_agree(
    study: Study, clock: Clock, use: Use, how: str
) -> None:
    maya, ruth = person(study, "Maya"), person(study, "Ruth")
    both = recording(study, people=[maya, ruth], title="Both")
    other = recording(study, people=[maya], title="Alone")
    queued = study.jobs.add(both.id, model="base")
    if how == "ended":
        study.ledger.extend([ruth], "2026-09-12", [use])
        clock.tick(86_400)
    else:
        study.ledger.set([ruth], {use: State(how)})
    study.jobs.add(other.id, model="base")
    for begin in (
        lambda: study.jobs.add(both.id, model="base"),
        lambda: study.recognition.order(queued),
        lambda: study.jobs.retry(queued.id, model="other"),
    ):
        with pytest.raises(UserError, match="Ruth") as caught:
            begin()
        assert "“Both”" in caught.value.happened
        assert "Maya" not in caught.value.happened
        assert "consent" in caught.value.todo.casefold()
    if how == "ended":
        study.ledger.extend([ruth], "2027-09-12")
    else:
        agree(study, ruth)
    assert study.recognition.order(queued).job == queued.id
    assert study.jobs.get(queued.id).state is JobState.WAITING


# --- what was there before


def test_a_study_of_before_may_do_no_more_and_no_less(tmp_path: Path) -> None:
    folder = tmp_path / "old.study"
    with Study.create(folder) as study:
        people = {
            name: study.people.add(pseudonym=name).id
            for name in ("All", "Words", "Quiet", "Gone", "Over", "Odd", "Unknown")
        }
    rows = {
        # recording, quotes, kept until, withdrawn
        "All": (1, 1, "2099-12-31", None),
        "Words": (0, 1, "", None),
        "Quiet": (1, 0, "2099", None),
        "Gone": (1, 1, "", "2026-09-01T10:00:00+00:00"),
        "Over": (1, 1, "2020-01-01", None),
        "Odd": (1, 1, "when it is over", None),
    }
    _as_before(folder, {people[name]: row for name, row in rows.items()})
    with Study.open(folder) as study:
        assert {name: study.people.may_quote(who) for name, who in people.items()} == {
            "All": True, "Words": True, "Quiet": False, "Gone": False, "Over": False, "Odd": True,
            "Unknown": False,
        }  # fmt: skip

        def said(name: str, use: Use) -> str:
            return study.ledger.standing(people[name], use).words

        assert said("All", Use.TRANSCRIBE) == "given until 31 Dec 2099"
        assert said("Words", Use.RECORD) == said("Words", Use.TRANSCRIBE) == "refused"
        assert (said("Quiet", Use.QUOTE), said("Quiet", Use.RECORD)) == (
            "not asked", "given until 31 Dec 2099",
        )  # fmt: skip
        assert {said("Gone", use) for use in Use} == {"withdrawn"}
        assert "when it is over" in _newest(study, people["Odd"]).how
        assert said("All", Use.PHOTO) == said("Unknown", Use.RECORD) == "not asked"
        assert [due.person.pseudonym for due in study.ledger.due()] == ["Over"]
        assert study.check() == []


def _newest(study: Study, who: ParticipantId) -> Entry:
    return study.ledger.entries(who, Use.QUOTE)[0]


def _as_before(folder: Path, rows: dict[ParticipantId, tuple[int, int, str, str | None]]) -> None:
    """Let a study be as it was before there was a ledger."""
    with closing(sqlite3.connect(folder / "study.sqlite")) as db, db:
        as_of(db, _BEFORE)
        for who, row in rows.items():
            db.execute("INSERT INTO consent VALUES (?, ?, ?, ?, ?)", [who, *row])
