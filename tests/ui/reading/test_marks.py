"""The index of marks: asked for lines, it must answer as a plain search would."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ui.views.reading.margins import LABEL, stack
from ui.views.reading.marks import Mark, Marks

LENGTH = 50
SPANS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 49), st.integers(0, 1), st.integers(1, 50)),
    max_size=25,
)


def mark(number: int, first: int, start: int, more: int, end: int) -> Mark:
    if more == 0:
        start, end = min(start, end - 1), max(end, start + 1)
    return Mark(str(number), first, start, first + more, end, None, "")


@given(SPANS, st.integers(0, 4), st.integers(0, 49), st.integers(1, 50))
def test_over_finds_what_a_plain_search_finds(
    spans: list[tuple[int, int, int, int]], row: int, start: int, end: int
) -> None:
    end = max(end, start + 1)
    known = [mark(number, *span) for number, span in enumerate(spans)]
    marks = Marks()
    marks.replace(known)
    plain = set()
    for one in known:
        if one.first <= row <= one.last:
            begin, stop = one.within(row, LENGTH)
            if begin < stop and begin < end and stop > start:
                plain.add(one.id)
    assert {part.mark.id for part in marks.over(row, LENGTH, start, end)} == plain


@given(SPANS)
def test_marks_that_share_words_have_different_lanes(
    spans: list[tuple[int, int, int, int]],
) -> None:
    marks = Marks()
    marks.replace(mark(number, *span) for number, span in enumerate(spans))
    for row in range(5):
        parts = marks.parts(row, LENGTH)
        for part in parts:
            assert part.lane < part.lanes
            for other in parts:
                if other is not part and other.start < part.end and part.start < other.end:
                    assert other.lane != part.lane


def test_removing_a_mark_touches_only_its_rows() -> None:
    marks = Marks()
    marks.replace([mark(1, 0, 0, 1, 5), mark(2, 2, 0, 0, 5)])
    before = marks.parts(2, LENGTH)
    marks.remove("1")
    assert marks.parts(0, LENGTH) == ()
    assert marks.parts(1, LENGTH) == ()
    assert marks.parts(2, LENGTH) is before


def test_labels_stand_below_each_other_and_count_what_has_no_room() -> None:
    labels = stack((10.0, mark(number, 0, 0, 0, 5)) for number in range(9))
    tops = [label.top for label in labels]
    assert tops == [10 + LABEL * place for place in range(len(tops))]
    assert sum(1 + label.more for label in labels) == 9
    assert labels[-1].more > 0


@given(st.lists(st.integers(0, 30), max_size=60), st.integers(LABEL, 40))
def test_labels_stay_beside_their_lines_however_many(lines: list[int], pitch: int) -> None:
    wanted = [(float(line * pitch), mark(at, 0, 0, 0, 5)) for at, line in enumerate(sorted(lines))]
    labels = stack(wanted)
    assert sum(1 + label.more for label in labels) == len(wanted)
    assert all(b.top - a.top >= LABEL for a, b in pairwise(labels))
    line_of = {mark.id: line for line, mark in wanted}
    first = {line_of[label.mark.id]: label.top for label in reversed(labels)}
    assert set(first) == set(line_of.values())
    assert all(line <= top < line + LABEL for line, top in first.items())
