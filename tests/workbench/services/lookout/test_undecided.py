"""What may be a name and was never decided makes a file wait, once, where somebody is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.studies import document, observe, person, recognised, written
from workbench.domain.looking_out import Found, What, undecided
from workbench.domain.names import Sort
from workbench.domain.names.decisions import Decision
from workbench.services.door import Waits
from workbench.services.lookout.letting_out import everything, just
from workbench.study import Study


@pytest.fixture
def heard(study: Study) -> Study:
    """A study in which two names were said that are nobody's of it, one of them not quoted."""
    maya = person(study, "Maya", real_name="Anna Berger")
    text = recognised(study, "I met Pauline Weber at the counter.", people=[maya], title="First")
    observe(study, text.id, "I met Pauline Weber")
    recognised(study, "We went to Potsdam then.", people=[maya], title="Second")
    study.codebook.add("Meeting")
    return study


def _held(study: Study, out: Path, form: str = "csv") -> list[Found]:
    with study.letting_out.asking(), pytest.raises(Waits) as waits:
        study.exports.write(form, out)
    assert not out.exists()
    return [one for one in waits.value.findings if isinstance(one, Found)]


def test_only_what_stands_in_the_file_is_told_and_once(heard: Study, tmp_path: Path) -> None:
    assert {one.written for one in heard.names.proposals()} == {"Pauline Weber", "Potsdam"}
    [one] = _held(heard, tmp_path / "a.csv")
    assert (one.what, one.several) == (What.UNDECIDED, ("Pauline Weber",))
    assert one.sentence == "1 proposed name in it is undecided."
    [both] = _held(heard, tmp_path / "a.txt", "txt")
    assert both.several == ("Pauline Weber", "Potsdam")
    assert both.sentence == "2 proposed names in it are undecided."
    with heard.letting_out.asking():
        assert heard.exports.write("codebook-csv", tmp_path / "codes.csv").exists()


def test_where_nobody_is_asked_it_leaves_and_that_is_said(heard: Study, tmp_path: Path) -> None:
    said: list[str] = []
    assert heard.exports.write("csv", tmp_path / "a.csv").exists()
    with heard.letting_out.telling(said.append):
        assert heard.exports.write("csv", tmp_path / "b.csv").exists()
        assert heard.exports.write("codebook-csv", tmp_path / "codes.csv").exists()
        heard.codebook.add("Ring", definition="0664/1234567")
        with pytest.raises(Waits):
            heard.exports.write("codebook-csv", tmp_path / "held.csv")
    assert said == ["“b.csv”: 1 proposed name in it is undecided."]


def test_whoever_let_it_out_is_asked_about_new_names_alone(heard: Study, tmp_path: Path) -> None:
    found = _held(heard, tmp_path / "a.csv")
    with heard.letting_out.allowing(just(found)):
        heard.exports.write("csv", tmp_path / "a.csv")
    with heard.letting_out.asking():
        assert heard.exports.write("csv", tmp_path / "b.csv").exists()
    [kept] = heard.letting_out.all()
    assert kept.sentence == "a.csv, with 1 undecided name"
    assert [one.several for one in _held(heard, tmp_path / "a.txt", "txt")] == [("Potsdam",)]
    with heard.letting_out.allowing(everything):
        heard.exports.write("txt", tmp_path / "a.txt")
    document(heard, "She rang Telekom twice.")
    assert [one.several for one in _held(heard, tmp_path / "b.txt", "txt")] == [("Telekom",)]


def test_what_has_come_since_somebody_looked_is_not_let_out(heard: Study, tmp_path: Path) -> None:
    found = _held(heard, tmp_path / "a.txt", "txt")
    document(heard, "She rang Telekom twice.")
    with heard.letting_out.allowing(just(found)), pytest.raises(Waits):
        heard.exports.write("txt", tmp_path / "a.txt")


def test_a_decision_of_any_kind_ends_it(heard: Study, tmp_path: Path) -> None:
    heard.names.decide("Pauline Weber", Decision.REPLACE, sort=Sort.PERSON)
    heard.names.decide("Potsdam", Decision.NEVER)
    with heard.letting_out.asking():
        text = heard.exports.write("txt", tmp_path / "a.txt").read_text("utf-8")
    assert "[a person]" in text
    assert "Potsdam" in text


def test_undecided_names_may_stay_for_good(heard: Study, tmp_path: Path) -> None:
    heard.letting_out.leave_alone(_held(heard, tmp_path / "a.txt", "txt"))
    with heard.letting_out.asking():
        assert heard.exports.write("txt", tmp_path / "a.txt").exists()
    assert heard.letting_out.all() == []


def test_a_name_in_the_name_of_the_file_is_not_kept(heard: Study, tmp_path: Path) -> None:
    with heard.letting_out.allowing(everything):
        heard.exports.write("codebook-csv", tmp_path / "for Pauline Weber.csv")
    [kept] = heard.letting_out.all()
    assert kept.file == "for […].csv"


def test_contact_data_is_told_as_such_and_not_twice(heard: Study, tmp_path: Path) -> None:
    code = heard.codebook.codes()[0]
    heard.codebook.change(code.id, definition="Ring 0664/1234567")
    assert [one.what for one in _held(heard, tmp_path / "c.csv", "codebook-csv")] == [What.CONTACT]


def test_who_signs_is_listed_with_its_place(heard: Study) -> None:
    written(heard, "We waited.", "And then?", speakers=("Wojciech", "Interviewer"), title="Talk")
    found = {one.written: one for one in heard.names.proposals()}
    assert [(place.table, place.title) for place in found["Wojciech"].places] == [
        ("source", "Talk")
    ]
    assert "Interviewer" not in found


@pytest.mark.parametrize(("coder", "count"), [("Ada Moss", 1), ("Researcher", 0)])
def test_a_coder_is_listed_where_there_is_a_name(tmp_path: Path, coder: str, count: int) -> None:
    with Study.create(tmp_path / "own.study", coder=coder) as study:
        text = recognised(study, "It moved twice.", people=[person(study, "Maya")])
        seen = observe(study, text.id, "It moved")
        entries = study.names.proposals()
        assert len(entries) == count
        for one in entries:
            assert [(place.table, place.id) for place in one.places] == [("observation", seen.id)]


def test_many_names_are_shown_in_short_and_told_apart_in_full() -> None:
    names = [f"Anna{number}" for number in range(200)]
    one, other = undecided(names), undecided([*names[:-1], "Berta"])
    assert one.text.endswith("Anna11 + 188")
    assert one.text == other.text
    assert one.key != other.key
    assert len(set(one.keys)) == len(names)
