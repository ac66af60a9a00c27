"""Real names go out of free words; what the researcher declared is never touched."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import report_study
from workbench.domain.names import Sort, Wanted
from workbench.domain.protection import FREE_WORDS, Protection, clashes
from workbench.domain.report import map_text
from workbench.services.report.data import ReportData
from workbench.services.report.reporting import build_report

DECLARED = {
    "pseudonym": ["Maya", "Ruth"],
    "segment": ["Young adults"],
    "stage": ["Waiting"],
    "code": ["March", "I told Priya everything"],
}


@pytest.mark.parametrize(
    ("names", "text", "shown"),
    [
        ({"Priya Nandakumar": "Maya"}, "Priya Nandakumar rang", "[Maya] rang"),
        ({"Priya Nandakumar": "Maya"}, "Mrs Nandakumar rang", "Mrs [Maya] rang"),
        ({"Tom Young": "Ruth"}, "Young adults asked Mr Young", "Young adults asked Mr [Ruth]"),
        ({"Tom Young": "Ruth"}, "Young Adults", "Young Adults"),
        ({"Maya Lopez": "Ruth"}, "Maya met Maya Lopez", "Maya met [Ruth]"),
        ({"Maya Lopez": "Ruth"}, "Mrs Lopez", "Mrs [Ruth]"),
        ({"Jo March": "Ruth"}, "In March", "In March"),
        # A code that repeats what somebody said keeps nothing: it is free words itself.
        ({"Priya Nandakumar": "Maya"}, "I told Priya everything", "I told [Maya] everything"),
        ({"A Smith": "Maya", "B Smith": "Ruth"}, "Mr Smith", "Mr [a participant]"),
        ({"Li Na": "Maya"}, "Li said, Li Na", "[Maya] said, [Maya]"),
        ({"John O'Neill Jr.": "Ruth"}, "John O'Neill Jr. rang", "[Ruth] rang"),
        ({}, "Nobody", "Nobody"),
        # However it is written: case, accents, apostrophes, hyphens, spaces, order.
        ({"Maria Lopez": "Ruth"}, "maria lopez, MARIA", "[Ruth], [Ruth]"),
        ({"maria lopez": "Ruth"}, "Maria Lopez, Mrs Lopez", "[Ruth], Mrs [Ruth]"),
        ({"MARIA LOPEZ": "Ruth"}, "Mrs Lopez", "Mrs [Ruth]"),
        ({"Lopez, Maria (Mia)": "Ruth"}, "Maria or Mia Lopez", "[Ruth] or [Ruth]"),
        ({"Zo\u00eb Kr\u00fcger": "Ruth"}, "Mrs Kru\u0308ger", "Mrs [Ruth]"),
        ({"Zoe\u0308 Kru\u0308ger": "Ruth"}, "Zo\u00eb", "[Ruth]"),
        ({"Zoe Berg": "Ruth"}, "Zoe\u0308", "[Ruth]"),
        ({"John O'Neill": "Ruth"}, "Mr O’Neill", "Mr [Ruth]"),
        ({"Anne-Marie Meyer-Roth": "Ruth"}, "Anne\u2011Marie, Mrs Roth", "[Ruth], Mrs [Ruth]"),
        ({"Maria Lopez": "Ruth"}, "Maria\u00a0 Lopez", "[Ruth]"),
        ({"Jo": "Ruth"}, "Jo, joy, jo", "[Ruth], joy, jo"),
        ({"anna van der berg": "Ruth"}, "Der Berg", "Der Berg"),
        ({"Tom Young": "Ruth"}, "when I was young", "when I was young"),
        # Scripts without capitals, and without spaces.
        ({"عمر خالد": "Ruth"}, "قال خالد نعم", "قال [Ruth] نعم"),
        ({"דוד כהן": "Ruth"}, "כהן", "[Ruth]"),
        # … that write small words together with the next one.
        ({"عمر خالد": "Ruth"}, "قلت لخالد وبعمر خالد", "قلت ل[Ruth] وب[Ruth]"),
        ({"דוד כהן": "Ruth"}, "אמרתי לכהן ושלדוד כהן", "אמרתי ל[Ruth] ושל[Ruth]"),
        ({"山田 太郎": "Ruth"}, "私は山田太郎です、山田さん", "私は[Ruth]です、[Ruth]さん"),
        ({"김민수": "Ruth"}, "김민수는", "[Ruth]는"),
        ({"Иван Петров": "Ruth"}, "Петров", "[Ruth]"),
        # Of an address nothing is left that leads to the person as well.
        ({"Maria Keller": "Ruth"}, "mail maria.k89@gmx.de now", "mail [Ruth] now"),
        ({"Maria Keller": "Ruth"}, "I am @maria.k89, Maria", "I am [Ruth], [Ruth]"),
        ({"Maria Keller": "Ruth"}, "on linkedin.com/in/maria-keller-7.", "on [Ruth]."),
        ({"Maria Keller": "Ruth"}, "see x.com/mariakeller", "see [Ruth]"),
        ({"Maria Keller": "Ruth"}, "Maria-Keller-Straße 5", "[Ruth]"),
        # Nor of a name, where its other part is an initial.
        ({"Maria Kellermann": "Ruth"}, "M. Kellermann said", "[Ruth] said"),
        ({"Maria Kellermann": "Ruth"}, "Kellermann, M., 2019", "[Ruth], 2019"),
        ({"Maria Kellermann": "Ruth"}, "I saw Maria K. yesterday", "I saw [Ruth] yesterday"),
        ({"Maria Kellermann": "Ruth"}, "I saw Maria K. She left", "I saw [Ruth]. She left"),
        ({"Anna-Lena Vossberg": "Ruth"}, "A.-L. Vossberg", "[Ruth]"),
        ({"Иван Петров": "Ruth"}, "к И. Петрову, Петров И. там", "к [Ruth], [Ruth] там"),
        ({"Maria Kellermann": "Ruth"}, "Group M. Maria came", "Group M. [Ruth] came"),
        ({"Maria Kellermann": "Ruth"}, "Maria B., flat K. Maria", "[Ruth] B., flat K. [Ruth]"),
        ({"Maria Keller": "Ruth"}, "Maria, call +43 664 1234567", "[Ruth], call +43 664 1234567"),
    ],
)
def test_only_real_names_are_replaced(names: dict[str, str], text: str, shown: str) -> None:
    assert Protection(names.items(), DECLARED).words(text) == shown


@pytest.mark.parametrize(
    ("sort", "shown"),
    [
        (Sort.PERSON, "ask [x] or [x]"),
        (Sort.STAFF, "ask [x] or [x]"),
        (Sort.FIRM, "ask [x] or zoltan.[x]@[x].org"),
    ],
)
def test_of_an_address_of_somebody_else_nothing_is_left_either(sort: Sort, shown: str) -> None:
    protect = Protection([], {}, [Wanted("Nandor", sort, "x")])
    assert protect.words("ask Nandor or zoltan.nandor@nandor.org") == shown


def test_a_real_name_that_two_people_have_does_not_say_which() -> None:
    protect = Protection([("Ana Lima", "Maya"), ("Ana Lima", "Ruth")], DECLARED)
    assert protect.words("Ana Lima rang") == "[a participant] rang"


def _names_in(data: ReportData) -> dict[str, list[str]]:
    return {
        "pseudonym": [person.pseudonym for person in data.participants],
        "segment": [segment.name for segment in data.segments],
        "stage": [stage.name for stage in data.stages],
        "code": [code.name for code in data.codes],
    }


SAMPLE = report_study.sample()
WORDS = sorted(
    {word for names in _names_in(SAMPLE).values() for name in names for word in name.split()}
    | {"Table", "The", "Mentions", "Person", "Interview", "Stage", "Words"}
)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6))
def test_no_real_name_changes_who_signs_or_what_a_column_is(words: list[str]) -> None:
    """Whatever people are really called, the same report is built round their free words."""
    real = [(f"Zxq {word.capitalize()}", "Leila") for word in words]
    protect = Protection(real, _names_in(SAMPLE))
    # Without free words nothing is left in which a name could be.
    bare = Protection([("Zxq Qxz", "x")])
    bare.words = lambda text: "–" if text else ""  # type: ignore[method-assign]
    silent = bare.of(SAMPLE)
    assert build_report(protect.of(silent)) == build_report(silent)


def test_every_field_of_free_words_exists_and_is_protected() -> None:
    for kind, names in FREE_WORDS.items():
        known = {part.name for part in fields(kind)} if is_dataclass(kind) else set(kind._fields)  # type: ignore[attr-defined]
        assert set(names) <= known, kind


def test_a_name_in_any_free_words_does_not_reach_the_report() -> None:
    told = Protection([("Qxzv Zvxq", "Maya")])
    slip = Protection([("Qxzv Zvxq", "Maya")])
    slip.words = lambda text: f"{text} Qxzv Zvxq said Zvxq."  # type: ignore[method-assign]
    seen: list[str] = []
    slipped = slip.of(replace(SAMPLE, coders=1))
    map_text(build_report(slipped), lambda text: seen.append(text) or text)
    assert sum("Qxzv" in text for text in seen) > 50, "the test looks at nothing"
    seen.clear()
    map_text(build_report(told.of(slipped)), lambda text: seen.append(text) or text)
    assert not [text for text in seen if "Qxzv" in text or "Zvxq" in text]


def test_a_clash_is_said_without_the_real_name() -> None:
    found = clashes([("P01", "Tom Young"), ("P02", "Priya Nandakumar")], DECLARED)
    assert [(one.what, one.name, one.person) for one in found] == [
        ("segment", "Young adults", "P01"),
        ("code", "I told Priya everything", "P02"),
    ]
    assert "Tom" not in found[0].sentence
    assert clashes([("P01", "Al")], DECLARED) == []
