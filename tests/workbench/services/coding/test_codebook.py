"""Codes move, split and travel between studies; observations follow them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.examples import examples
from tests.support.studies import Clock, observe, person, rows_of, written
from workbench.domain.codebook import Counts
from workbench.domain.ids import CodeId
from workbench.domain.materials import Method
from workbench.domain.personal import contacts
from workbench.domain.report import EvidenceRef, Run, Table
from workbench.errors import UserError, WorkbenchError
from workbench.services.leaving.codebook_files import PALETTE_SIZE
from workbench.study import Study


def _tree(study: Study, parent_id: CodeId | None = None) -> list[object]:
    return [
        (code.name, below) if (below := _tree(study, code.id)) else code.name
        for code in study.codebook.children(parent_id)
    ]


@pytest.fixture
def family(study: Study) -> dict[str, CodeId]:
    """A with A1 and A2, then B, then C."""
    book = study.codebook
    made = {name: book.add(name).id for name in ("A", "B", "C")}
    made |= {name: book.add(name, parent_id=made["A"]).id for name in ("A1", "A2")}
    return made


def test_codes_move_together_and_keep_their_order(study: Study, family: dict[str, CodeId]) -> None:
    assert _tree(study) == [("A", ["A1", "A2"]), "B", "C"]
    study.codebook.move([family["C"], family["A2"]], parent_id=None, row=0)
    assert _tree(study) == ["C", "A2", ("A", ["A1"]), "B"]
    assert [code.name for code in study.codebook.codes()] == ["C", "A2", "A", "A1", "B"]
    study.codebook.move([family["A"], family["A1"]], parent_id=family["B"])
    assert _tree(study) == ["C", "A2", ("B", [("A", ["A1"])])]
    study.undo()
    study.undo()
    assert _tree(study) == [("A", ["A1", "A2"]), "B", "C"]


def test_a_branch_cannot_move_into_itself(study: Study, family: dict[str, CodeId]) -> None:
    before = rows_of(study)
    for parent in ("A", "A1"):
        with pytest.raises(UserError) as caught:
            study.codebook.move([family["B"], family["A"]], parent_id=family[parent])
        assert caught.value.code == "code-circle"
    assert rows_of(study) == before


def test_names_are_unique_however_they_come(study: Study, family: dict[str, CodeId]) -> None:
    assert study.codebook.change(family["B"], name="  b ").name == "b"
    for name, problem in (("a1", "name-taken"), ("  ", "name-missing")):
        with pytest.raises(UserError) as caught:
            study.codebook.change(family["B"], name=name)
        assert caught.value.code == problem
        with pytest.raises(UserError):
            study.recoding.split(family["B"], name, [])


def test_a_split_takes_the_observations_along(study: Study, family: dict[str, CodeId]) -> None:
    transcript = written(study, "One two three.")
    one, two, three = (
        observe(study, transcript, word, code_ids=[family["A1"]])
        for word in ("One", "two", "three")
    )
    new = study.recoding.split(family["A1"], "Other", [one.id, three.id])
    assert _tree(study) == [("A", ["A1", "Other", "A2"]), "B", "C"]
    assert new.colour == study.codebook.code(family["A1"]).colour
    codes = [study.observations.codes_of(found.id) for found in (one, two, three)]
    assert codes == [[new.id], [family["A1"]], [new.id]]
    study.undo()
    assert _tree(study) == [("A", ["A1", "A2"]), "B", "C"]
    assert study.observations.codes_of(one.id) == [family["A1"]]


def test_recoding_leaves_other_codes_and_other_observations(
    study: Study, family: dict[str, CodeId]
) -> None:
    a, b, c = family["A"], family["B"], family["C"]
    transcript = written(study, "One two three.")
    both = observe(study, transcript, "One", code_ids=[a, b, c])
    other = observe(study, transcript, "two", code_ids=[c])
    study.recoding.replace([both.id, other.id], a, b)
    assert set(study.observations.codes_of(both.id)) == {b, c}
    assert study.observations.codes_of(other.id) == [c]
    study.recoding.replace([both.id], b, b)
    assert set(study.observations.codes_of(both.id)) == {b, c}


def test_counts_tell_mentions_people_and_sources(study: Study, family: dict[str, CodeId]) -> None:
    maya, ruth = person(study, "Maya"), person(study, "Ruth")
    for people in ([maya], [maya], [ruth], [maya, ruth]):
        transcript = written(study, "It took weeks.", people=people, method=Method.INTERVIEW)
        found = observe(study, transcript, "weeks", code_ids=[family["A"]])
    assert study.codebook.use.counts() == {family["A"]: Counts(4, 2, 4)}
    study.observations.remove([found.id])
    assert study.codebook.use.counts() == {family["A"]: Counts(3, 2, 3)}


def test_many_codes_go_at_once(study: Study, family: dict[str, CodeId]) -> None:
    study.codebook.remove_all([family["A"], family["A1"], family["B"]])
    assert _tree(study) == ["A2", "C"] or _tree(study) == ["C", "A2"]
    study.undo()
    assert _tree(study) == [("A", ["A1", "A2"]), "B", "C"]


_texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=12
).filter(lambda text: not contacts(text))  # which would hold the file back, as “@00A” does
_names = _texts.map(lambda text: " ".join(text.split())).filter(bool)


@examples(0.5)
@given(
    st.lists(
        st.tuples(_names, st.integers(0, 9), _texts.map(str.strip)),
        min_size=1,
        max_size=8,
        unique_by=lambda code: code[0].casefold(),
    )
)
@example([("'=", 0, "''+1"), ("=1", 0, "-")])
def test_a_codebook_comes_back_as_it_went_out(
    tmp_path_factory: pytest.TempPathFactory, codes: list[tuple[str, int, str]]
) -> None:
    folder = tmp_path_factory.mktemp("book")
    with Study.create(folder / "a.study") as study:
        made: list[CodeId] = []
        for name, parent, text in codes:
            parent_id = made[parent] if parent < len(made) else None
            made.append(study.codebook.add(name, parent_id=parent_id, definition=text).id)
        out = study.codebook_files.write(folder / "book.csv")
        tree, texts = _tree(study), {code.name: code.definition for code in study.codebook.codes()}
    with Study.create(folder / "b.study") as other:
        assert other.codebook_files.read(out) == len(codes)
        assert sorted(map(str, _tree(other))) == sorted(map(str, tree))
        assert {code.name: code.definition for code in other.codebook.codes()} == texts
        assert other.codebook_files.read(out) == 0
        other.undo()
        assert other.codebook.codes() == []


def test_what_is_there_stays_and_gaps_are_filled(study: Study, tmp_path: Path) -> None:
    table = tmp_path / "book.csv"
    table.write_text(
        "Parent;Name;Definition;Colour\nTop > Middle;Leaf;new words;3\n;old;theirs;2\n",
        encoding="utf-8",
    )
    mine = study.codebook.add("Old", definition="mine")
    assert study.codebook_files.read(table) == 2
    assert study.codebook.code(mine.id) == study.codebook.find("old")
    assert study.codebook.code(mine.id).definition == "mine"
    leaf = study.codebook.find("Leaf")
    assert leaf is not None
    assert (leaf.definition, leaf.colour) == ("new words", 2)
    assert _tree(study) == ["Old", ("Middle", ["Leaf"])]


@pytest.mark.parametrize("table", ["code,text\nA,B\n", "name,colour\n,2\n", "name\n", ""])
def test_what_is_no_codebook_is_refused(study: Study, tmp_path: Path, table: str) -> None:
    path = tmp_path / "book.csv"
    path.write_text(table, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        study.codebook_files.read(path)
    assert "book.csv" in caught.value.happened
    assert study.codebook.codes() == []


@pytest.mark.parametrize("colour", ["9" * 30, "9" * 5_000, "²", "-1", "red"])
def test_a_colour_that_is_none_costs_no_code(study: Study, tmp_path: Path, colour: str) -> None:
    path = tmp_path / "book.csv"
    path.write_text(f"name,colour\nDelay,{colour}\n", encoding="utf-8")
    study.codebook_files.read(path)
    [code] = study.codebook.codes()
    assert 0 <= code.colour < PALETTE_SIZE


def test_a_circle_in_a_file_is_refused_whole(study: Study, tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    path.write_text("name,parent\nA,B\nB,A\n", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        study.codebook_files.read(path)
    assert caught.value.code == "code-circle"
    assert study.codebook.codes() == []


def test_starters_are_whole_and_do_not_clash(study: Study) -> None:
    starters = study.codebook_files.starters()
    assert len(starters) >= 6
    for starter in starters:
        assert study.codebook_files.begin_with(starter.name) == starter.codes
    assert len(study.codebook.codes()) == sum(starter.codes for starter in starters)
    assert all(code.definition for code in study.codebook.codes())
    assert all(0 <= code.colour < PALETTE_SIZE for code in study.codebook.codes())
    with pytest.raises(UserError, match="no starter"):
        study.codebook_files.begin_with("../needs")


def test_a_merge_loses_nothing_that_was_written(study: Study, family: dict[str, CodeId]) -> None:
    book, a, b, c = study.codebook, family["A"], family["B"], family["C"]
    found = observe(study, written(study, "It took weeks."), "weeks", code_ids=[b])
    book.change(a, definition="Too long.", include="Days.", example="“Weeks!”")
    book.change(b, definition="Too slow.", exclude="Hours.", example_id=found.id)
    book.change(c, definition="Too long.", include="Days.", exclude="Minutes.")
    for code_id, text in ((a, "First."), (b, "Second."), (c, "First.")):
        study.memos.write("code", code_id, text)
    before = rows_of(study)
    merged = study.recoding.merge([b, c], a)
    assert merged.texts == ("Too long.\n\nToo slow.", "Days.", "Hours.\n\nMinutes.", "“Weeks!”")
    assert merged.example_id == found.id
    memo = study.memos.of("code", a)
    assert memo is not None
    assert memo.text == "First.\n\nSecond."
    study.undo()
    assert rows_of(study) == before


def test_gestures_on_codes_are_one_step_each(
    study: Study, family: dict[str, CodeId], clock: Clock, tmp_path: Path
) -> None:
    book = study.codebook
    tables = []
    for name in ("one", "two"):
        tables.append(tmp_path / f"{name}.csv")
        tables[-1].write_text(f"name\n{name}\n", encoding="utf-8")

    def refused(path: Path, why: WorkbenchError) -> None:
        raise AssertionError(path) from why

    for gesture in (
        lambda: book.paint([family["A"], family["B"]], 7),
        lambda: study.codebook_files.read_all(tables, on_refused=refused),
        lambda: book.name_new(book.add("New code").id, "waiting alone"),
    ):
        clock.tick()
        before, newest = rows_of(study), study.history()[0].id
        gesture()
        assert rows_of(study) != before
        assert sum(step.id > newest for step in study.history()) == 1
        study.undo()
        assert rows_of(study) == before
    clock.tick()
    book.change(family["A"], name="One")
    book.change(family["A"], name="Two")
    study.undo()
    assert book.code(family["A"]).name == "One"


def test_the_example_travels_only_if_it_may_be_quoted(
    study: Study, family: dict[str, CodeId], tmp_path: Path
) -> None:
    ruth, maya = person(study, "Ruth"), person(study, "Maya", quotes=False)
    for code, people, words in (("A", ruth, "It took weeks."), ("B", maya, "Nobody called.")):
        transcript = written(study, words, people=[people], method=Method.INTERVIEW)
        found = observe(study, transcript, words, code_ids=[family[code]])
        study.codebook.change(family[code], example_id=found.id)
    study.codebook.change(family["C"], example="=typed")
    out = study.codebook_files.write(tmp_path / "book.csv")
    text = out.read_text("utf-8-sig")
    assert "It took weeks." in text
    assert "Nobody called" not in text
    with Study.create(tmp_path / "other.study") as other:
        other.codebook_files.read(out)
        examples = {code.name: code.example for code in other.codebook.codes()}
    assert examples == {"A": "It took weeks.", "A1": "", "A2": "", "B": "", "C": "=typed"}


def test_the_report_tells_what_codes_mean(study: Study, family: dict[str, CodeId]) -> None:
    ruth, maya = person(study, "Ruth"), person(study, "Maya", quotes=False)
    one = written(study, "It took weeks.", people=[ruth], method=Method.INTERVIEW)
    two = written(study, "Nobody called.", people=[maya], method=Method.INTERVIEW)
    shown = observe(study, one, "took weeks", code_ids=[family["A1"]])
    silent = observe(study, two, "Nobody called", code_ids=[family["B"]])
    study.codebook.change(
        family["A1"], definition="Too long.", include="Days.", exclude="Hours.",
        example_id=shown.id,
    )  # fmt: skip
    study.codebook.change(family["B"], example_id=silent.id)
    study.codebook.change(family["C"], example="nobody called")
    section = next(s for s in study.reports.model().sections if s.id == "codebook")
    table = next(block for block in section.blocks if isinstance(block, Table))
    rows = {
        "".join(run.text for run in row[0].runs if isinstance(run, Run)): row for row in table.rows
    }
    assert list(rows) == ["A", "\u2003A1", "\u2003A2", "B", "C"]
    told = {
        name.strip(): "".join(run.text for run in row[1].runs if isinstance(run, Run))
        for name, row in rows.items()
    }
    assert told["A1"].startswith("Too long.\nWhen: Days.\nNot: Hours.\nExample: “took weeks” Ruth")
    assert any(isinstance(run, EvidenceRef) for run in rows["\u2003A1"][1].runs)
    assert told["B"] == told["C"] == "not defined yet"
    assert [cell.runs for cell in rows["\u2003A1"][2:]] == [(Run("1"),), (Run("1"),)]
