"""What is chosen in a box is the value that was offered, and every filter finds what it says."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support.sample import make_sample
from tests.support.source import name_of, python_files, tree_of
from ui.context import AppContext
from ui.main_window import MainWindow
from ui.views.findings.workspace import FindingsWorkspace
from ui.views.journey.workspace import JourneyWorkspace
from ui.views.search.panel import SearchPanel
from ui.views.widgets.inputs import ComboBox
from workbench.domain.materials import Method
from workbench.domain.passage import Passage, Query
from workbench.study import Study


class Fruit(StrEnum):
    APPLE = "apple"
    PEAR = "pear"


def test_values_come_back_as_what_they_are(qtbot: QtBot) -> None:
    box: ComboBox[object] = ComboBox("Anything")
    qtbot.addWidget(box)
    values = [Fruit.PEAR, Query(any_rating=True), (1, "two"), None, 3, "three"]
    box.fill([(str(value), value) for value in values])
    for place, value in enumerate(values):
        box.setCurrentIndex(place)
        assert box.value == value
        assert type(box.value) is type(value)
    box.set_value(Fruit.PEAR)
    box.fill([("Nothing", None), ("Apple", Fruit.APPLE)], [("Pear", Fruit.PEAR)])
    assert (box.value, box.currentText()) == (Fruit.PEAR, "Pear")  # kept, across a line
    assert box.values == (None, Fruit.APPLE, None, Fruit.PEAR)
    box.fill([("Nothing", None), ("Apple", Fruit.APPLE)])
    assert (box.value, box.currentText()) == (None, "Nothing")


def test_no_value_is_given_to_qt() -> None:
    """A box keeps its values in Python: what Qt keeps, it may give back as something else."""
    banned = {"currentData", "itemData", "setItemData", "findData", "insertItem"}
    found = [
        f"{name_of(file)}:{node.lineno}"
        for file in python_files("ui")
        if name_of(file) != "ui/views/widgets/inputs.py"
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (node.func.attr in banned or (node.func.attr == "addItem" and len(node.args) > 1))
    ]
    assert found == []


def test_no_signal_carries_a_dict() -> None:
    """Qt copies a dict into one of its own; an enum in it arrives as a bare text."""
    found = [
        f"{name_of(file)}:{node.lineno}"
        for file in python_files("ui")
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "Signal"
        and any(getattr(one, "id", "") == "dict" for one in node.args)
    ]
    assert found == []


def _choose(box: ComboBox[object], place: int) -> object:
    box.setCurrentIndex(place)
    box.activated.emit(place)
    return box.value


def _passages(study: Study) -> list[Passage]:
    return study.passages.find()


# What each filter means, said once more in other words than those of the program.

_ONLY: dict[str, Callable[[Passage], bool]] = {
    "All kinds": lambda p: True,
    "Moments of truth": lambda p: p.moment_of_truth,
    "What was expected": lambda p: p.observation.expectation == "expected",
    "What people had": lambda p: p.observation.expectation == "had",
    "Promise named": lambda p: p.observation.promise == "named",
    "Promise kept": lambda p: p.observation.promise == "kept",
    "Promise broken": lambda p: p.observation.promise == "broken",
    "Facts": lambda p: p.observation.kind == "fact",
    "Perceptions": lambda p: p.observation.kind == "perception",
    "Rated": lambda p: {p.effectiveness, p.ease, p.emotion} != {None},
    "Without a stage": lambda p: p.observation.stage_id is None,
    "Waiting for review": lambda p: p.observation.placement == "review",
}


@pytest.fixture(scope="module")
def sample_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory.mktemp("choices") / "Sample.study")


@pytest.fixture
def sample(window: MainWindow, context: AppContext, sample_made: Path, tmp_path: Path) -> Study:
    """The sample study, open in the window; one of its passages has lost its stage."""
    assert window.open_path(Path(shutil.copytree(sample_made, tmp_path / sample_made.name)))
    study = context.study
    assert study is not None
    study.observations.change(_passages(study)[0].id, stage_id=None)
    return study


def test_every_choice_of_findings_finds_what_it_says(window: MainWindow, sample: Study) -> None:
    window.show_workspace("findings")
    findings = window.workspaces["findings"]
    assert isinstance(findings, FindingsWorkspace)
    column, everything = findings.filters, _passages(sample)

    def check(box: ComboBox[object], rule: Callable[[object, str], Callable[[Passage], bool]]):
        for place in range(box.count()):
            value = _choose(box, place)
            holds = rule(value, box.itemText(place))
            wanted = [p.id for p in everything if holds(p)]
            assert [p.id for p in findings.list.passages] == wanted, box.itemText(place)
            if place:
                assert [chip.text for chip in column.chips()] == [box.itemText(place)]
            assert findings.found.pages.currentIndex() == (0 if wanted else 1)
        _choose(box, 0)
        assert len(findings.list.passages) == len(everything)

    check(column.stage, lambda v, _: lambda p: v in (None, p.observation.stage_id))
    check(column.method, lambda v, _: lambda p: v in (None, p.session.method))
    check(column.person, lambda v, _: lambda p: v in (None, p.person and p.person.id))
    check(column.segment, lambda v, _: lambda p: v in (None, p.person and p.person.segment_id))
    check(column.only, lambda _, text: _ONLY[text])
    assert {column.only.itemText(n) for n in range(column.only.count())} == set(_ONLY)


def test_conditions_of_findings_join(window: MainWindow, sample: Study) -> None:
    window.show_workspace("findings")
    findings = window.workspaces["findings"]
    assert isinstance(findings, FindingsWorkspace)
    column = findings.filters
    _choose(column.method, column.method.place_of(Method.INTERVIEW))
    _choose(column.only, column.only.findText("Moments of truth"))
    _choose(column.stage, column.stage.findText("Waiting"))
    assert [p.words for p in findings.list.passages] == ["Just a new date, as if it was nothing"]
    _choose(column.method, column.method.place_of(Method.FIELD_NOTE))
    assert findings.found.nothing.isVisible()
    assert "Nobody said this" in findings.found.nothing.sentence.text()
    findings.found.nothing.button.click()
    assert len(findings.list.passages) == len(_passages(sample))


def test_every_choice_of_the_map_shows_what_it_says(window: MainWindow, sample: Study) -> None:
    window.show_workspace("journey")
    journey = window.workspaces["journey"]
    assert isinstance(journey, JourneyWorkspace)
    filters, everything = journey.filters, _passages(sample)
    for at in range(filters.segment.count()):
        for place in range(filters.method.count()):
            segment, method = _choose(filters.segment, at), _choose(filters.method, place)
            wanted = {
                p.id
                for p in everything
                if method in (None, p.session.method)
                and segment in (None, p.person and p.person.segment_id)
            }
            shown = journey.map.sheet.filled.journey  # type: ignore[union-attr]
            assert {p.id for p in shown.passages} == wanted, (segment, method)
            said = [box.currentText() for box in (filters.segment, filters.method) if box.value]
            assert filters.said(shown.query) == said
            assert journey._nothing.isVisible() == (not wanted)
            if not wanted:
                assert " · ".join(said) in journey._nothing.sentence.text()
    assert not wanted  # the last choice finds nothing
    journey._nothing.button.click()
    assert journey.map.isVisible()
    assert len(journey.map.sheet.filled.journey.passages) == len(everything)  # type: ignore[union-attr]


def test_every_method_of_the_search_finds_its_own(context: AppContext, sample: Study) -> None:
    panel = SearchPanel(context)
    panel.refresh()
    panel.field.setText("the")
    for place in range(panel.method.count()):
        method = _choose(panel.method, place)
        turns = [panel.model.hit(panel.model.index(row)) for row in range(panel.model.rowCount())]
        sessions = {s.id: s.method for s in sample.materials.sessions()}
        sources = {s.id: sessions[s.session_id] for s in sample.materials.sources()}
        found = {sources[hit.source_id] for hit in turns if hit and hit.kind == "turn"}
        assert found if method is None else found == {method}
    panel.deleteLater()
