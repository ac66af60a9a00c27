"""A short answer of somebody who is not quoted is found where it was typed again in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.studies import observe, person, written
from workbench.errors import UserError
from workbench.study import Study

ANSWER = "It was humiliating."
DEFINITION = "As one of them said, it was humiliating, and that was that."


@pytest.fixture
def silent(study: Study) -> Study:
    """A study in which somebody who is not quoted answers in three words."""
    nora = person(study, "Nora", quotes=False)
    written(study, ANSWER, "I know that.", people=[nora])
    return study


def test_it_is_found_within_what_was_written(silent: Study, tmp_path: Path) -> None:
    silent.codebook.add("shame", definition=DEFINITION)
    with pytest.raises(UserError, match="words of somebody who may not be quoted"):
        silent.codebook_files.write(tmp_path / "codes.csv")


def test_what_others_said_is_no_secret(silent: Study, tmp_path: Path) -> None:
    written(silent, ANSWER, people=[person(silent, "Tom")])
    silent.codebook.add("shame", definition=DEFINITION)
    out = silent.codebook_files.write(tmp_path / "codes.csv")
    assert DEFINITION in out.read_text("utf-8-sig")


def test_words_that_everybody_says_are_left(silent: Study, tmp_path: Path) -> None:
    silent.codebook.add("known", definition="Whoever says: I know that, and goes on")
    out = silent.codebook_files.write(tmp_path / "codes.csv")
    assert "I know that, and goes on" in out.read_text("utf-8-sig")


@pytest.mark.parametrize(
    "type_it",
    [
        lambda study: study.findings.add_opportunity("Ask first", kpi=DEFINITION),
        lambda study: study.findings.add_opportunity("Ask first", owner=DEFINITION),
        lambda study: study.journeys.add_stage(DEFINITION),
        lambda study: study.people.add_segment(DEFINITION),
        lambda study: study.materials.change_session(
            study.materials.sessions()[0].id, title=DEFINITION
        ),
        lambda study: study.edit_charter(questions=(DEFINITION,)),
        lambda study: study.edit_charter(client=DEFINITION),
    ],
    ids=["measure", "owner", "stage", "segment", "session", "question", "client"],
)
def test_it_is_found_wherever_a_report_prints_what_was_typed(
    silent: Study, tmp_path: Path, type_it: Callable[[Study], object]
) -> None:
    type_it(silent)
    with pytest.raises(UserError, match="words of somebody who may not be quoted"):
        silent.reports.write(tmp_path / "report.docx")


def test_it_is_found_in_a_field_of_an_observation(silent: Study, tmp_path: Path) -> None:
    text = written(silent, "A fine day it was.", people=[person(silent, "Tom")])
    observe(silent, text, "fine day", comparator=DEFINITION)
    with pytest.raises(UserError, match="words of somebody who may not be quoted"):
        silent.exports.write("csv", tmp_path / "observations.csv")
