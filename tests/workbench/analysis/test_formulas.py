"""The formulas of the method, with its values and what must hold for any values."""

from __future__ import annotations

import re
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.source import ROOT
from workbench.analysis import visits
from workbench.analysis.divergence import divergence
from workbench.analysis.experience import Rated, experience, index, score
from workbench.analysis.gaps import Moment, gap
from workbench.domain.figures import minutes, rounded, signed
from workbench.domain.visits import FormItem, ItemKind
from workbench.exchange.curve_picture import (
    CurvePoint,
    _font,
    _wrap,
    describe_curve,
    draw_curve,
    is_drawn,
    monotone,
)

people = st.sampled_from("ABCDE")
ratings = st.integers(-2, 2)
rated_values = st.lists(st.tuples(people, ratings), min_size=1, max_size=40)

# Experience


def test_nobody_who_talks_a_lot_outweighs_the_others() -> None:
    found = score([("Maya", -2), ("Maya", -2), ("Maya", -2), ("Maya", -2), ("Ruth", 2)])
    assert found is not None
    assert (found.mean, found.people, found.mentions) == (0, 2, 5)
    assert not found.printable


def test_index_runs_from_0_to_100() -> None:
    assert [index(mean) for mean in (-2, -1, 0, 0.5, 2)] == [0, 25, 50, 62.5, 100]


def test_empty_ratings_are_no_ratings() -> None:
    found = experience([Rated("A", emotion=-2), Rated("B", 2, None, 1), Rated("C")])
    assert found.ease is None
    assert found.effectiveness is not None
    assert (found.effectiveness.people, found.effectiveness.mean) == (1, 2)
    assert found.emotion is not None
    assert (found.emotion.people, found.emotion.mean) == (2, -0.5)
    assert found.overall is not None
    assert (found.overall.people, found.overall.mean) == (2, -0.25)
    assert score([]) is None


@given(rated_values, st.randoms())
def test_a_score_stays_in_range_and_knows_no_order(values, random) -> None:
    found = score(values)
    shuffled = list(values)
    random.shuffle(shuffled)
    again = score(shuffled)
    assert found is not None
    assert again is not None
    assert -2 <= found.low <= found.mean + 1e-9
    assert found.mean <= found.high + 1e-9 <= 2 + 1e-9
    assert found.people == len({person for person, _ in values})
    assert again.mean == pytest.approx(found.mean)


@given(rated_values, st.integers(2, 5))
def test_saying_everything_again_changes_nothing(values, times) -> None:
    once, often = score(values), score(values * times)
    assert once is not None
    assert often is not None
    assert often.mean == pytest.approx(once.mean)


# Gap


def test_the_gap_counts_only_people_who_spoke_of_both() -> None:
    found = gap(
        [
            Moment("Ruth", had=False, value=1),
            Moment("Ruth", had=True, value=-2),
            Moment("Ruth", had=True, value=-1),
            Moment("Owen", had=False, value=2),
            Moment("Frank", had=True, value=2),
        ]
    )
    assert found is not None
    assert (found.gap, found.expected, found.had, found.people) == (-2.5, 1, -1.5, 1)
    assert gap([Moment("A", had=True, value=1)]) is None


@given(st.lists(st.tuples(people, st.booleans(), ratings), max_size=40))
def test_a_gap_is_antisymmetric_and_bounded(values) -> None:
    found = gap(Moment(p, h, v) for p, h, v in values)
    swapped = gap(Moment(p, not h, v) for p, h, v in values)
    if found is None:
        assert swapped is None
        return
    assert swapped is not None
    assert swapped.gap == pytest.approx(-found.gap)
    assert -4 <= found.gap <= 4


# Divergence


def test_the_same_dance_has_no_divergence() -> None:
    same = divergence(["a", "b", "c"], ["1", "2", "3"], [("a", "1"), ("b", "2"), ("c", "3")])
    assert same is not None
    assert (same.value, same.unknown_stages, same.inversions) == (0, (), ())


def test_divergence_of_the_sample_study() -> None:
    """Seven stages, five steps, all five matched, Use and Support swapped: 3 / (7 + 5 + 10)."""
    stages = ["Life", "Working out", "Committing", "Waiting", "First", "Help", "Living"]
    steps = ["Search", "Order", "Activate", "Use", "Support"]
    matches = [
        ("Working out", "Search"),
        ("Committing", "Order"),
        ("Waiting", "Activate"),
        ("Living", "Use"),
        ("Help", "Support"),
    ]
    found = divergence(stages, steps, matches)
    assert found is not None
    assert found.value == pytest.approx(3 / 22)
    assert found.unknown_stages == ("Life", "First")
    assert found.inversions == ((("Help", "Support"), ("Living", "Use")),)


def test_nothing_in_common_is_1_and_nothing_at_all_is_none() -> None:
    apart = divergence(["a"], ["1", "2"], [])
    assert apart is not None
    assert apart.value == 1
    assert divergence([], [], []) is None


@given(st.permutations(list("abcdef")), st.integers(0, 6))
def test_divergence_lies_between_0_and_1(order, matched) -> None:
    stages = list("abcdef")
    matches = [(name, name.upper()) for name in stages[:matched]]
    found = divergence(stages, [name.upper() for name in order], matches)
    assert found is not None
    assert 0 <= found.value <= 1
    pairs = matched * (matched - 1) // 2
    parts = len(found.unknown_stages) + len(found.unused_steps) + len(found.inversions)
    assert found.value == pytest.approx(parts / (12 + pairs))


# Visits


def item(
    key: str, kind: ItemKind, weight: int, highest: int = 1, *, critical: bool = False
) -> FormItem:
    return FormItem(key, "form", "Listening", 0, key, key, kind, "", 0, highest, weight, critical)


FORM = [
    item("asked", ItemKind.YES_NO, 4),
    item("listening", ItemKind.SCALE, 3, 5),
    item("wait", ItemKind.NUMBER, 0),
    item("note", ItemKind.TEXT, 2),
]


def test_a_visit_score_weighs_answered_items() -> None:
    full = visits.score(FORM, {"asked": True, "listening": 2, "wait": 6, "note": "warm"})
    assert full.score == pytest.approx(100 * (4 * 1 + 3 * 2) / (4 * 1 + 3 * 5))
    assert visits.score(FORM, {"asked": True, "listening": "n/a"}).score == 100
    assert visits.score(FORM, {}).score is None
    assert visits.score(FORM, {"asked": None, "wait": 6}).score is None


def test_a_failed_critical_item_caps_its_section() -> None:
    form = [item("asked", ItemKind.YES_NO, 4, critical=True), FORM[1]]
    answers = {"asked": False, "listening": 5}
    assert visits.score(form, answers).score == 0
    assert visits.score(form, answers).sections[0].capped
    assert visits.score(form, answers, critical_cap=0.5).score == pytest.approx(50)
    assert visits.score(form, answers | {"asked": True}).score == 100


@given(st.booleans() | st.none(), st.integers(0, 5) | st.none())
def test_a_score_is_a_percentage(asked, listening) -> None:
    found = visits.score(FORM, {"asked": asked, "listening": listening}).score
    assert found is None or 0 <= found <= 100


def test_waits_are_differences_of_marks_also_over_midnight() -> None:
    marks = [("door", "23:50"), ("greeted", "23:56"), ("left", "00:10")]
    assert visits.waits(marks) == [("door", "greeted", 6), ("greeted", "left", 14)]


# The curve


@given(st.lists(st.floats(-2, 2), min_size=1, max_size=8))
def test_the_curve_never_leaves_the_values_beside_it(values) -> None:
    points = list(enumerate(values))
    path = monotone(points)
    assert path[0] == points[0]
    assert path[-1] == points[-1]
    for x, y in path:
        left, right = values[int(x)], values[min(int(x) + 1, len(values) - 1)]
        assert min(left, right) - 1e-9 <= y <= max(left, right) + 1e-9


def test_the_curve_in_words_and_pixels() -> None:
    points = [
        CurvePoint("Waiting", 1, -1.44, -2, -0.3, 3, 3),
        CurvePoint("Committing", 2, None, -1, 1, 2, 2),
        CurvePoint("Living", 3, None, None, None, 0, 6),
    ]
    assert describe_curve(points).endswith(
        "Waiting −1.4 (n 3); Committing: no mean, n 2; Living: no rating."
    )
    assert draw_curve(tuple(points)).startswith(b"\x89PNG")
    assert draw_curve(()).startswith(b"\x89PNG")


def test_a_stage_in_letters_that_the_picture_lacks_stands_there_by_its_number() -> None:
    assert [is_drawn(name) for name in ("Łódź – “Après”", "Ожидание", "Waiting 1:2")] == [True] * 3
    assert not any(map(is_drawn, ("الانتظار", "המתנה", "待つ", "Waiting 🙂")))
    arabic, number = (
        draw_curve((CurvePoint(name, 7, 0.0, -1, 1, 3, 0),)) for name in ("الانتظار", "7")
    )
    assert arabic == number


def test_names_of_stages_keep_to_their_columns() -> None:
    font = _font(31, bold=True)
    long = "Supercalifragilisticexpialidocious waits for a man who comes on the eleventh"
    for width in (60, 200):
        lines = _wrap(long, width)
        assert len(lines) <= 3
        assert all(font.getlength(line) <= width for line in lines)
        assert lines[-1].endswith("…")
    assert _wrap("Waiting", 200) == ["Waiting"]


def test_figures_are_written_as_one_does_by_hand() -> None:
    written = ["0.0", "0.0", "+1.3", "−0.5", "−1.9"]
    assert [signed(v) for v in (0.04, -0.04, 1.25, -0.5, -1.8611)] == written
    assert [signed(v, 0) for v in (-2, 0, 1)] == ["−2", "0", "+1"]
    assert [rounded(v) for v in (12.5, 13.5, 0.49, 99.5)] == ["13", "14", "0", "100"]
    assert [rounded(v) for v in (-12.5, -0.49, -0.0)] == ["-13", "0", "0"]
    assert [minutes(v) for v in (0, 1000, 30_000, 90_000)] == ["0", "< 1", "1", "2"]
    assert [minutes(v, 1) for v in (2999, 3000, 141_000)] == ["< 0.1", "0.1", "2.4"]
    assert rounded(fmean([0.1, 0.2]), 1) == "0.2"  # 0.15000000000000002, written by hand 0.15


def test_figures_are_rounded_in_one_room() -> None:
    """Python rounds a half to the even neighbour: no text of the program may do so."""
    own = re.compile(r"\{[^{}\n]*:[+]?\.\df\}|[nm]b?=round\(")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for folder in ("workbench/services", "workbench/exchange", "workbench/cli", "ui")
        for path in (ROOT / folder).rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if own.search(line)
    ]
    assert found == []
