"""What may be a name is the same however much of a study was read before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.names import Sort
from workbench.domain.names.decisions import Reason
from workbench.domain.names.proposing import Known, proposals
from workbench.domain.names.reading import Readings, Text

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


def _of(study: list[tuple[str, str]]) -> list[Text]:
    return [Text("turn", "", "", group, text) for group, text in study]


@given(st.lists(_studies, min_size=2, max_size=3))
def test_what_was_read_before_changes_nothing(studies: list[list[tuple[str, str]]]) -> None:
    readings = Readings()
    for study in studies:
        assert proposals(_of(study), _KNOWN, readings) == proposals(_of(study), _KNOWN, Readings())


def test_words_are_counted_over_all_texts_and_capitals_go_by_language() -> None:
    study = [
        ("a", "We met Pauline Weber in Potsdam and saw Dr. Kranz. Then Nowicki called."),
        ("a", "She wrote to p.weber@northline.com about Telekom."),
        ("b", "Dann ist der Brief nicht mit der Post und die Karte nicht in den Laden."),
        ("c", "the telekom again"),
    ]
    found = {one.written: (one.sort, one.why) for one in proposals(_of(study), _KNOWN, Readings())}
    assert found == {
        "p.weber@northline.com": (Sort.EMAIL, Reason.FORM),
        "Kranz": (Sort.PERSON, Reason.TITLE),
        "Nowicki": (Sort.PERSON, Reason.HEARD),
        "Pauline Weber": (Sort.PERSON, Reason.GIVEN),
        "Pauline": (Sort.PERSON, Reason.GIVEN),
        "Potsdam": (Sort.PLACE, Reason.CAPITAL),
    }
