"""What is found in a workbook is told with each cell in which it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.studies import observe, person, recognised
from workbench.domain.looking_out import Found, What
from workbench.exchange.export_xlsx import LONGEST
from workbench.services.door import Waits
from workbench.study import Study


def test_each_cell_that_shows_a_name_is_told(study: Study, tmp_path: Path) -> None:
    maya = person(study, "Maya")
    study.people.set_real_name(maya, "Anna Berger")
    stage = study.journeys.add_stage("Desk of Mrs Berger").id
    text = recognised(study, "The date moved twice. Nobody called.", people=[maya])
    for words in ("The date moved", "Nobody called"):
        observe(study, text.id, words, stage_id=stage)
    with pytest.raises(Waits) as waits:
        study.exports.write("xlsx", tmp_path / "table.xlsx")
    found = [one for one in waits.value.findings if isinstance(one, Found)]
    assert {(one.what, one.text) for one in found} == {(What.NAME, "Berger")}
    assert sorted(one.place for one in found) == [f"sheet “Observations”, K{n}" for n in (2, 3)]
    assert {one.origin.kind for one in found if one.origin} == {"stage"}


@pytest.mark.parametrize("before", [0, 25, 60])
def test_what_stands_where_a_long_text_goes_on_is_found(
    study: Study, tmp_path: Path, before: int
) -> None:
    said = "The cheapest washing powder available there smelled of plums."
    recognised(study, said, people=[person(study, "Nora", quotes=False)])
    text = recognised(study, "A fine day it was.", people=[person(study, "Tom")])
    seen = observe(study, text.id, "fine day")
    memo = ("so it goes on " * LONGEST)[: LONGEST - before] + said + " So she said."
    study.memos.write("observation", seen.id, memo)
    with pytest.raises(Waits) as waits:
        study.exports.write("xlsx", tmp_path / "table.xlsx")
    assert What.WORDS in {one.what for one in waits.value.findings if isinstance(one, Found)}
