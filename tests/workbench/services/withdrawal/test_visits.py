"""What a shopper wrote in a visit form is theirs; what others wrote of them is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.report_text import text_of
from tests.support.studies import person
from tests.support.withdrawn import remains
from workbench.domain.ids import ParticipantId, SessionId
from workbench.domain.materials import Method, Role
from workbench.domain.quoting import Silence
from workbench.domain.visits import ItemKind
from workbench.domain.withdrawal import ERASED, Deed, Kind
from workbench.errors import UserError
from workbench.services.materials.visits import FilledVisit
from workbench.study import Study

FORM = [
    {"section": "At the till", "key": "seen", "ask": "What was seen?", "kind": ItemKind.TEXT},
    {
        "section": "At the till", "key": "greeted", "ask": "Greeted?", "kind": ItemKind.YES_NO,
        "weight": 2,
    },
]  # fmt: skip


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with Study.create(tmp_path / "visits.study") as made:
        made.visits.add_form("Till", FORM)
        yield made


def _visit(
    study: Study,
    people: list[ParticipantId],
    *,
    role: Role = Role.SHOPPER,
    shopper: str = "",
    narrative: str = "The zeppelin stood still.",
    seen: str = "A kraken at the till",
) -> SessionId:
    session_id = study.materials.add_session(Method.MYSTERY_VISIT, "Castle Street").id
    study.materials.set_roster(session_id, people, role)
    study.visits.fill(session_id, answers={"seen": seen, "greeted": "yes"}, narrative=narrative)
    if shopper:
        study.visits.set_visit(replace(_filled(study, session_id).visit, shopper=shopper))
    return session_id


def _filled(study: Study, session_id: SessionId) -> FilledVisit:
    filled = study.visits.visit(session_id)
    assert filled is not None
    return filled


def test_words_go_and_what_is_counted_stays(study: Study) -> None:
    maya, tom = person(study, "Maya"), person(study, "Tom")
    by_maya = _visit(study, [maya, tom], role=Role.PARTICIPANT, shopper="maya")
    by_tom = _visit(study, [maya, tom], shopper="Tom", narrative="Maya bought a hat.")
    score = _filled(study, by_maya).score
    study.keeping.copies.backup()
    study.withdrawal.erase(maya, Deed.WORDS)
    left = _filled(study, by_maya)
    assert left.visit.narrative == ERASED
    assert {item.key: left.answers[item.id] for item in left.items} == {
        "seen": ERASED,
        "greeted": True,
    }
    assert left.score == score
    assert _filled(study, by_tom).visit.narrative == "Maya bought a hat."
    assert "A kraken at the till" in _filled(study, by_tom).answers.values()
    assert remains(study.folder, "zeppelin") == []
    assert study.check() == []


def test_everything_takes_the_visits_they_made(study: Study) -> None:
    maya = person(study, "Maya", real_name="Jürgen Größlhuber")
    tom = person(study, "Tom")
    by_maya = _visit(study, [maya, tom], shopper="Maya")
    by_tom = _visit(
        study, [tom], narrative="I met Größlhuber there.", seen="Herr Größlhuber at the till"
    )
    study.keeping.copies.backup()
    study.withdrawal.erase(maya, Deed.EVERYTHING)
    assert study.visits.visit(by_maya) is None
    assert study.materials.session(by_maya).title == "Castle Street"
    left = _filled(study, by_tom)
    assert left.visit.narrative == "I met ██████████ there."
    assert "Herr ██████████ at the till" in left.answers.values()
    assert remains(study.folder, "zeppelin", "Größlhuber", r"Gr\u00f6\u00dflhuber") == []
    assert study.check() == []


def test_where_nobody_can_tell_who_wrote_it_is_left_and_said(study: Study) -> None:
    maya, tom = person(study, "Maya"), person(study, "Tom")
    both = _visit(study, [maya, tom], role=Role.PARTICIPANT)
    [place] = [one for one in study.withdrawal.places(maya) if one.kind is Kind.OPEN]
    assert place.target == ("session", both)
    study.withdrawal.erase(maya, Deed.WORDS)
    assert _filled(study, both).visit.narrative == "The zeppelin stood still."


def test_others_read_only_what_the_shopper_agreed_to(study: Study, tmp_path: Path) -> None:
    maya = person(study, "Maya", quotes=False)
    _visit(study, [maya])
    _visit(study, [], narrative="Somebody of the agency wrote this.", seen="Nothing at all")
    said = text_of(study.reports.model())
    assert "zeppelin" not in said
    assert "kraken" not in said
    assert Silence.NO_CONSENT.instead in said
    assert "Somebody of the agency wrote this." in said
    assert "Nothing at all" in said
    study.journeys.add_stage("The zeppelin stood still.")  # typed again by hand
    with pytest.raises(UserError, match="may not be quoted"):
        study.reports.write(tmp_path / "report.docx")
