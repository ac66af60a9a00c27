"""Where words are in a newer version of a text: the same ones, however often they are said."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workbench.analysis.versions import Point, Versions

OLD = (
    "Yes.",
    "It took three weeks to come, and nobody called me back.",
    "Yes.",
    "The router 😀 lay on the floor for days on end.",
    "Yes.",
)


def _words(texts: tuple[str, ...], place: tuple[tuple[int, int], tuple[int, int]]) -> str:
    (first, start), (last, end) = place
    if first == last:
        return texts[first][start:end]
    return " ".join((texts[first][start:], *texts[first + 1 : last], texts[last][:end]))


@pytest.mark.parametrize(
    ("new", "row", "words", "now"),
    [
        (OLD, 2, "Yes.", (2, "Yes.")),
        (OLD[1:], 2, "Yes.", (1, "Yes.")),  # the second one, though the first is gone
        (OLD[1:], 0, "Yes.", None),  # the first one, though there are others
        (("New.", *OLD), 3, "router 😀 lay", (4, "router 😀 lay")),
        ((OLD[0], "It took 3 weeks to come, and nobody called me back.", *OLD[2:]), 1,
         "nobody called", (1, "nobody called")),
        ((OLD[0], "It took 3 weeks to come, and nobody called me back.", *OLD[2:]), 1,
         "took three weeks to come", (1, "took 3 weeks to come")),
        ((OLD[0], "It was quick.", *OLD[2:]), 1, "nobody called", None),
        ((OLD[3], *OLD[:3], OLD[4]), 3, "lay on the floor for days",
         (0, "lay on the floor for days")),
        (("Yes. It took three weeks to come, and nobody called me back.", *OLD[2:]), 1,
         "It took three weeks", (0, "It took three weeks")),
    ],
)  # fmt: skip
def test_words_are_followed(
    new: tuple[str, ...], row: int, words: str, now: tuple[int, str] | None
) -> None:
    start = OLD[row].index(words)
    place = Versions(OLD, new).follow((row, start), (row, start + len(words)))
    if now is None:
        assert place is None
    else:
        assert place is not None
        assert (place[0][0], _words(new, place)) == now


def test_a_passage_over_paragraphs_ends_where_its_words_end() -> None:
    new = (*OLD[:2], OLD[3], OLD[4])
    place = Versions(OLD, new).follow((1, OLD[1].index("nobody")), (2, 4))
    assert place is not None
    assert _words(new, place) == "nobody called me back."


_TEXTS = st.lists(
    st.text(st.sampled_from("ab 😀e\u0301م"), min_size=1, max_size=8).filter(str.strip),
    min_size=1,
    max_size=6,
)


@st.composite
def passages(draw: st.DrawFn) -> tuple[list[str], tuple[Point, Point]]:
    """Return a text and a passage in it."""
    old = draw(_TEXTS)
    first = draw(st.integers(0, len(old) - 1))
    last = draw(st.integers(first, len(old) - 1))
    start = draw(st.integers(0, len(old[first])))
    end = draw(st.integers(start if first == last else 0, len(old[last])))
    return old, ((first, start), (last, end))


@given(passages(), _TEXTS)
@example((["a", "a"], ((0, 0), (1, 0))), ["a"])
@example((["a", "a", "a"], ((0, 0), (2, 0))), ["a", "a"])
def test_whatever_is_found_lies_in_the_new_text_and_is_not_empty(
    passage: tuple[list[str], tuple[Point, Point]], new: list[str]
) -> None:
    old, place = passage
    versions = Versions(old, new)
    found = versions.follow(*place)
    if found is not None:
        (row, point), (to, stop) = found
        assert row <= to
        assert 0 <= point <= len(new[row])
        assert 0 <= stop <= len(new[to])
        assert _words(tuple(new), found).strip()
    for at in range(len(old)):
        row_now = versions.text_of(at)
        assert row_now is None or 0 <= row_now < len(new)


@given(passages())
def test_nothing_moves_where_nothing_changed(
    passage: tuple[list[str], tuple[Point, Point]],
) -> None:
    old, place = passage
    found = Versions(old, old).follow(*place)
    assert found == (place if _words(tuple(old), place).strip() else None)
    assert [Versions(old, old).text_of(row) for row in range(len(old))] == [*range(len(old))]
