"""What was bold stays on its words, in the file and through edits."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.anchors import Edit
from workbench.domain.layout import GOES_ON, PLAIN, Layout
from workbench.domain.materials import Method
from workbench.study import Study

BOLD_AND_ITALIC = Layout("heading2", 1, 7, ((0, 4, "b"), (9, 12, "bi")))


@pytest.mark.parametrize(
    "layout",
    [
        PLAIN,
        BOLD_AND_ITALIC,
        Layout("table"),
        Layout(page=3),
        Layout("numbered", number=0),
        Layout("list", 2, number=GOES_ON),
    ],
)
def test_layout_comes_back_as_it_was_stored(layout: Layout) -> None:
    assert Layout.from_json(layout.as_json()) == layout


def test_plain_is_stored_as_nothing() -> None:
    assert PLAIN.as_json() == ""


def test_what_a_later_version_says_is_left_out() -> None:
    stored = '{"block":"poster","colour":"red","runs":[[0,2,"b"],[2,3,"blink"]]}'
    assert Layout.from_json(stored) == Layout(runs=((0, 2, "b"),))


def test_a_part_keeps_its_part_of_the_runs() -> None:
    assert BOLD_AND_ITALIC.cut(2, 10).runs == ((0, 2, "b"), (7, 8, "bi"))
    assert BOLD_AND_ITALIC.cut(4, 9).runs == ()


def test_an_item_cut_in_two_counts_on(study: Study, tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    note.write_text("3. One two\n\n   and three\n4. Four", "utf-8")
    [source] = study.imports.take_in([note], method=Method.FIELD_NOTE)
    transcript = study.transcripts.of_source(source.id)
    assert transcript
    first, second, _ = study.transcripts.turns(transcript.id)
    study.corrections.split(first.id, 3)
    study.corrections.split(second.id, 3)
    numbers = [turn.layout.number for turn in study.transcripts.turns(transcript.id)]
    assert numbers == [3, None, GOES_ON, GOES_ON, None]


@given(st.data())
def test_runs_follow_any_edit_without_overlap(data: st.DataObject) -> None:
    text = "the waiting is the worst of it"
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=8)))
    runs = tuple((a, b, "b") for a, b in zip(cuts[::2], cuts[1::2], strict=False))
    position = data.draw(st.integers(0, len(text)))
    removed = data.draw(st.integers(0, len(text) - position))
    edit = Edit(position, removed, data.draw(st.text(max_size=4)))
    moved = Layout(runs=runs).moved(edit.shift).runs
    after = edit.apply(text)
    bounds = [bound for start, end, _ in moved for bound in (start, end)]
    assert bounds == sorted(bounds)
    assert all(0 <= start < end <= len(after) for start, end, _ in moved)


def test_bold_words_stay_bold_while_their_turn_is_edited(study: Study, tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    note.write_text("The **router** stands there.", "utf-8")
    [source] = study.imports.take_in([note], method=Method.FIELD_NOTE)
    transcript = study.transcripts.of_source(source.id)
    assert transcript
    [turn] = study.transcripts.turns(transcript.id)
    study.corrections.edit(turn.id, Edit(0, 3, "Her old"))
    [edited] = study.transcripts.turns(transcript.id)
    [(start, end, style)] = edited.layout.runs
    assert (edited.text[start:end], style) == ("router", "b")
    study.undo()
    assert study.transcripts.turns(transcript.id) == [turn]


def test_what_has_nothing_bold_is_the_same_after_an_edit() -> None:
    heading = Layout("heading2", 1, 7)
    assert heading.moved(lambda _start, _end: (0, 0)) is heading
    assert BOLD_AND_ITALIC.moved(lambda start, end: (start + 1, end + 1)).runs == (
        (1, 5, "b"),
        (10, 13, "bi"),
    )
    assert BOLD_AND_ITALIC.moved(lambda start, _end: (start, start)).runs == ()
