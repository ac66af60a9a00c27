"""What may be a name is the same however much of a study was read before."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from workbench.domain.names import Sort
from workbench.domain.names.decisions import Reason
from workbench.domain.names.proposing import Known, Proposal, proposals
from workbench.domain.names.reading import Reading, Readings, Text, grouped

_PARTS = (
    *(
        "we",
        "waited",
        "nach",
        "in",
        "der",
        "die",
        "und",
        "ist",
        "nicht",
        "Herr",
        "Frau",
        "Dr.",
        "Mr",
    ),
    *(
        "Anna",
        "Berger",
        "Bergers",
        "Nowicki",
        "Will",
        "will",
        "Pauline",
        "Weber’s",
        "Potsdam",
        "GmbH",
    ),
    *("Telekom", "telekom", "O'Neil", "Jean-Pierre", "a.weber@northline.com", "+43 664 1234567"),
    *(".", "!", ",", "\n", "„", "İstanbul", "ქართ", "田中さん", "x²"),
)
_texts = st.lists(st.sampled_from(_PARTS), max_size=12).map(" ".join)
_studies = st.lists(st.tuples(st.sampled_from("abc"), _texts), max_size=8)
_KNOWN = Known(
    [("Anna Berger", "Maya"), ("Will Novicki", "Tom")], ["Deutsche Bank"], frozenset(("x",))
)


def _proposed(study: list[tuple[str, str]], readings: Readings) -> list[Proposal]:
    texts = (Text("turn", "", "", group, text) for group, text in study)
    return proposals(readings.of(grouped(texts)), _KNOWN)


@given(st.lists(_studies, min_size=2, max_size=3))
def test_what_was_read_before_changes_nothing(studies: list[list[tuple[str, str]]]) -> None:
    readings = Readings()
    for study in studies:
        assert _proposed(study, readings) == _proposed(study, Readings())


@given(st.lists(_texts | st.text(max_size=12), max_size=5))
@example(["the old", "5 Anna Berger", "Berger"])
@example(["she lives in", "Berlin"])
@example(["as Dr", "Kranz. Dr. ", "Kranz"])
@example(["write to weber@northline.com", "Weber"])
def test_nothing_goes_on_from_one_text_to_the_next(texts: list[str]) -> None:
    [together] = Readings().of([("a", tuple(texts))])
    alone = [reading for text in texts for reading in Readings().of([("a", (text,))])]
    merged = Reading("a")
    for one in alone:
        merged.small.update(one.small)
        merged.loud.update(one.loud)
        merged.written = one.written | merged.written
        merged.runs |= one.runs
        merged.forms |= one.forms
        merged.titled |= one.titled
    assert together == merged


def test_words_are_counted_over_all_texts_and_capitals_go_by_language() -> None:
    study = [
        ("a", "We met Pauline Weber in Potsdam and saw Dr. Kranz. Then Nowicki called."),
        ("a", "She wrote to p.weber@northline.com about Telekom."),
        ("b", "Dann ist der Brief nicht mit der Post und die Karte nicht in den Laden."),
        ("c", "the telekom again"),
    ]
    found = {one.written: (one.sort, one.why) for one in _proposed(study, Readings())}
    assert found == {
        "p.weber@northline.com": (Sort.EMAIL, Reason.FORM),
        "Kranz": (Sort.PERSON, Reason.TITLE),
        "Nowicki": (Sort.PERSON, Reason.HEARD),
        "Pauline Weber": (Sort.PERSON, Reason.GIVEN),
        "Pauline": (Sort.PERSON, Reason.GIVEN),
        "Potsdam": (Sort.PLACE, Reason.CAPITAL),
    }
