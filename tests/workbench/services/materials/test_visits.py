"""A visit is filled from what people type; nonsense is refused, and what was stored stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workbench.domain.change import Op
from workbench.domain.consent import State, Use
from workbench.domain.ids import SessionId
from workbench.domain.materials import Method
from workbench.domain.visits import ItemKind, VisitAnswer
from workbench.errors import UserError
from workbench.services.materials.visits import FilledVisit
from workbench.study import Study


@pytest.fixture
def session_id(study: Study) -> SessionId:
    """A mystery visit without a form yet."""
    return study.materials.add_session(Method.MYSTERY_VISIT, "Castle Street").id


def test_a_visit_is_filled_as_people_type(study: Study, session_id: SessionId) -> None:
    filled = study.visits.fill(
        session_id,
        answers={
            "greeted": "yes", "wait_minutes": "2,5 min", "asked_need": "No", "listening": "4",
            "ease": "n/a",
        },
        arrived="15.10–15.31",
        narrative="Nobody asked.",
    )  # fmt: skip
    plain = filled.plain()
    assert plain["answers"]["wait_minutes"] == 2.5
    assert plain["answers"]["greeted"] is True
    assert plain["answers"]["asked_need"] is False
    assert plain["answers"]["ease"] is None
    assert (plain["visit"]["arrived"], plain["visit"]["left_at"]) == ("15:10", "15:31")
    assert plain["minutes"] == 21
    assert plain["visit"]["narrative"] == "Nobody asked."
    # 2 · 1 greeted + 3 · 4 listening of 2 · 1 + 4 · 1 asked + 3 · 5 listening
    assert plain["score"] == pytest.approx(100 * 14 / 21)
    assert [part["section"] for part in plain["sections"]] == [
        "Arrival", "Listening", "Promise", "Feeling",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"answers": {"greeted": "maybe"}}, "Greeted within two minutes: “maybe” is neither"),
        ({"answers": {"greeted": "yes", "listening": "6"}}, "“6” is more than 5"),
        ({"answers": {"listening": "2.5"}}, "not a whole number"),
        ({"answers": {"wait_minutes": "long"}}, "Minutes until attended: “long” is not a length"),
        ({"answers": {"wait_minutes": "-3"}}, "is less than 0"),
        ({"answers": {"greted": "yes"}}, "no item “greted”. Did you mean “greeted”"),
        ({"arrived": "9:5x"}, "Arrived: “9:5x” is not a time of day"),
        ({"arrived": "15.10–15.31", "left": "16:00"}, "does not agree"),
        ({"form": "Shop vist"}, "no form “Shop vist”. Did you mean “Shop visit”"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_and_nothing_is_written(
    study: Study, session_id: SessionId, values: dict[str, str], sentence: str
) -> None:
    with pytest.raises(UserError) as caught:
        study.visits.fill(session_id, **values)  # type: ignore[arg-type]
    assert sentence in str(caught.value)
    assert study.visits.visit(session_id) is None


def test_only_a_mystery_visit_has_a_form(study: Study) -> None:
    talk = study.materials.add_session(Method.INTERVIEW, "Maya")
    with pytest.raises(UserError, match="“Maya” is no mystery visit"):
        study.visits.fill(talk.id)
    with pytest.raises(UserError, match="“nowhere” is no mystery visit"):
        study.visits.fill(SessionId("nowhere"))


def test_a_form_is_chosen_by_name_until_it_is_answered(study: Study, session_id: SessionId) -> None:
    study.visits.starter_form()
    item = {"section": "A", "key": "clean", "ask": "Clean", "kind": ItemKind.YES_NO}
    study.visits.add_form("Bank visit", [item])
    assert study.visits.fill(session_id, form="bank visit").items[0].key == "clean"
    assert study.visits.fill(session_id, form="Shop visit").items[0].key == "greeted"
    study.visits.fill(session_id, answers={"greeted": "yes"})
    with pytest.raises(UserError, match="another form"):
        study.visits.fill(session_id, form="Bank visit")


def test_a_time_nobody_can_read_says_so_and_leaves_the_rest_to_be_mended(
    study: Study, session_id: SessionId
) -> None:
    visit = study.visits.begin(session_id)
    with study._desk.step(Op.EDIT_VISIT):
        study._desk.tables.visit.put(replace(visit, arrived="9:5x", left_at="soon"))
    assert _shown(study, session_id) == ("not readable: 9:5x", "not readable: soon")
    kept = _visit(study, session_id).visit
    study.visits.set_visit(replace(kept, scenario="A lost parcel"))  # the times are not in its way
    study.visits.set_visit(replace(kept, arrived="9.05"))
    assert _shown(study, session_id) == ("09:05", "not readable: soon")
    with pytest.raises(UserError, match="Left: “late”"):
        study.visits.set_visit(replace(_visit(study, session_id).visit, left_at="late"))
    study.visits.fill(session_id, left="9:40 pm")
    assert _shown(study, session_id) == ("09:05", "21:40")
    assert _visit(study, session_id).plain()["minutes"] == 755


@pytest.mark.parametrize(
    ("arrived", "left", "minutes"),
    [("9:05", "9.40", 35), ("15.10–15.31", "", 21), ("9:40 pm", "12 am", 140), ("", "9:05", None)],
)  # fmt: skip
def test_times_as_older_studies_hold_them_are_read(
    study: Study, session_id: SessionId, arrived: str, left: str, minutes: int | None
) -> None:
    visit = study.visits.begin(session_id)
    with study._desk.step(Op.EDIT_VISIT):
        study._desk.tables.visit.put(replace(visit, arrived=arrived, left_at=left))
    assert _visit(study, session_id).plain()["minutes"] == minutes


@pytest.mark.parametrize("value", ["{", "[1]", "NaN", "1e999", '"three"', "9" * 400, '{"a": 1}'])
def test_an_answer_nobody_can_read_says_so_and_is_not_scored(
    study: Study, session_id: SessionId, value: str
) -> None:
    filled = study.visits.fill(session_id, answers={"greeted": "yes"})
    listening = next(item for item in filled.items if item.key == "listening")
    with study._desk.step(Op.EDIT_VISIT):
        study._desk.tables.visit_answer.put(VisitAnswer(session_id, listening.id, value))
    plain = _visit(study, session_id).plain()
    assert plain["answers"]["listening"].startswith("not readable: ")
    assert plain["score"] == 100


def test_dates_are_read_wherever_they_come_from(study: Study) -> None:
    session = study.materials.add_session(Method.INTERVIEW, "Maya", date="12.9.2026")
    assert session.date == "2026-09-12"
    assert study.materials.change_session(session.id, date="September 2026").date == "2026-09"
    maya = study.people.add(pseudonym="Maya")
    given = {Use.QUOTE: State.GIVEN}
    [entry] = study.ledger.set([maya.id], given, date="12.9.2026", until="31 Dec 2027")
    assert (entry.date, entry.until) == ("2026-09-12", "2027-12-31")
    for refused in (
        lambda: study.materials.change_session(session.id, date="soon"),
        lambda: study.materials.add_session(Method.INTERVIEW, "Tom", date="12/09/2026"),
        lambda: study.imports.take_in([], date="31.9.2026"),
        lambda: study.ledger.extend([maya.id], "2027"),
    ):
        with pytest.raises(UserError, match="“"):
            refused()
    assert study.materials.session(session.id).date == "2026-09"
    assert study.ledger.standing(maya.id, Use.QUOTE).entry == entry


def _visit(study: Study, session_id: SessionId) -> FilledVisit:
    filled = study.visits.visit(session_id)
    assert filled is not None
    return filled


def _shown(study: Study, session_id: SessionId) -> tuple[str, str]:
    visit = _visit(study, session_id).plain()["visit"]
    return visit["arrived"], visit["left_at"]
