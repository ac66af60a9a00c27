"""Names are found in every script and form, and nothing else is taken for one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workbench.domain.names.table import SCRIPTS, TABLE, Row
from workbench.domain.names import Finder, Place, Sort, Wanted, folded, key, may_find, parts_of
from workbench.domain.protection import Protection
from workbench.services.report.reporting import without_names

NFD = unicodedata.normalize("NFD", "José Núñez waited")


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.script}, {row.form}: {row.name}")
def test_a_name_is_found_as_it_is_written_and_only_as_a_name(row: Row) -> None:
    clean = without_names({row.name: "Maya"})
    assert clean(row.spoken) == row.shown
    assert clean(row.shown) == row.shown


def test_the_table_has_twelve_scripts() -> None:
    assert len(SCRIPTS) >= 12


def test_what_was_declared_is_never_touched() -> None:
    protect = Protection(
        [("Maya Lopez", "Ruth"), ("Jo Li", "Maya Lopez-Berg")], {"pseudonym": [], "stage": ["Jo"]}
    )
    said = "Maya Lopez-Berg met Maya Lopez and Jo and Li"
    assert protect.words(said) == "Maya Lopez-Berg met [Ruth] and Jo and [Maya Lopez-Berg]"


def test_a_bracket_of_an_earlier_replacement_stays() -> None:
    protect = Protection([("Participant Ruiz", "Ruth"), ("Ana Lima", "Leo"), ("Ana Sosa", "Max")])
    once = protect.words("Ana and Participant")
    assert once == "[a participant] and [Ruth]"
    assert protect.words(once) == once


DECIDED = [
    Wanted("Telekom Nord", Sort.FIRM),
    Wanted("Will", Sort.PERSON, "Maya"),
    Wanted("Petra", Sort.STAFF, "an agent"),
    Wanted("+49 30 901820-11", Sort.PHONE),
    Wanted("anna.berg@example.org", Sort.EMAIL),
    Wanted("DE89 3704 0044 0532 0130 00", Sort.ACCOUNT),
    Wanted("Hauptstraße 5", Sort.ADDRESS),
    Wanted("Nandakumar", Sort.PERSON, leave=True),
    Wanted("Priya", Sort.PERSON, never=True),
]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("telekom nord never rang", "[a firm] never rang"),
        ("Will said I will", "[Maya] said I will"),
        ("Petra, petra, Petras", "[an agent], [an agent], [an agent]"),
        ("Ring +4930 90182011 or +49-30-901820 11.", "Ring [phone number] or [phone number]."),
        ("Mail Anna.Berg@example.org!", "Mail [e-mail address]!"),
        ("IBAN DE89370400440532013000", "IBAN [account number]"),
        ("de89 3704 0044 0532 0130 00", "[account number]"),
        ("in der HAUPTSTRASSE 5", "in der [address]"),
        ("Priya and Nandakumar", "Priya and Nandakumar"),
        ("Priya Nandakumar rang", "[Ruth] rang"),
        ("49309018201100", "49309018201100"),
    ],
)
def test_what_the_researcher_decided_comes_first(text: str, shown: str) -> None:
    assert Protection([("Priya Nandakumar", "Ruth")], {}, DECIDED).words(text) == shown


def test_a_pseudonym_may_be_any_sign() -> None:
    protect = Protection([("Ana Lima", "🦊"), ("Leo Sosa", "12")], {"pseudonym": []})
    once = protect.words("Ana, Leo, 🦊, 12, 120")
    assert once == "[🦊], [12], 🦊, 12, 120" == protect.words(once)


def test_what_was_left_is_still_told_and_what_is_no_name_is_not() -> None:
    finder = Finder([("Priya Nandakumar", "Ruth")], (), DECIDED)
    assert finder.found("Priya and Nandakumar") == [Place(10, 20, Sort.PERSON, "a person", True)]


def test_places_are_those_of_the_written_text() -> None:
    finder = Finder([("José Núñez", "Maya")])
    text = "ﬁne, Straße: " + NFD
    [place] = finder.found(text)
    assert unicodedata.normalize("NFC", text[place.start : place.end]) == "José Núñez"
    assert place.whose == "Maya"


REAL = [row.name for row in TABLE]
LETTERS = set("".join(map(folded, REAL)))


EVERYBODY = Protection([(real, "Maya") for real in REAL])


@given(st.text(max_size=60))
def test_a_text_without_letters_of_names_is_never_changed(text: str) -> None:
    bare = "".join(letter for letter in text if not set(folded(letter)) & LETTERS)
    assert EVERYBODY.words(bare) == bare


PIECES = sorted({part for real in REAL for part in parts_of(real)} | {row.spoken for row in TABLE})


@given(
    st.lists(st.sampled_from(REAL), max_size=4, unique=True),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=6),
    st.sampled_from([" ", ", ", "", "-", "_", "\n"]),
    st.sampled_from([str, str.upper, str.lower, str.title]),
)
def test_twice_is_the_same_as_once_and_no_whole_name_is_left(
    names: list[str], pieces: list[str], between: str, cased: object
) -> None:
    people = [(real, f"Ruth{number}") for number, real in enumerate(names)]
    protect = Protection(people, {"pseudonym": []})
    once = protect.words(cased(between.join(pieces)))  # type: ignore[operator]
    assert protect.words(once) == once
    assert not protect.found(once)


@given(st.sampled_from(REAL), st.text(alphabet=" .,!?0123456789()", max_size=6))
def test_a_replaced_text_holds_no_folded_name(real: str, around: str) -> None:
    once = Protection([(real, "Qq")]).words(f"{around} {real} {around}")
    if real != "Will":
        assert key(real) not in key(once)


@given(st.sampled_from(TABLE), st.data())
def test_a_stretch_of_a_text_holds_nothing_of_the_names_across_its_borders(
    row: Row, data: st.DataObject
) -> None:
    protect = Protection([(row.name, "Maya")])
    begin, end = sorted(data.draw(st.integers(0, len(row.spoken))) for _ in range(2))
    hidden = {at for place in protect.replaced(row.spoken) for at in range(place.start, place.end)}
    kept = (row.spoken[at] for at in range(begin, end) if at not in hidden)
    assert protect.within(row.spoken, begin, end).replace("[Maya]", "") == "".join(kept)


@given(
    st.lists(st.sampled_from([row.name for row in TABLE]), min_size=1, max_size=3),
    st.lists(
        st.lists(
            st.sampled_from([word for row in TABLE for word in (row.name, *row.spoken.split())]),
            max_size=4,
        ).map(" ".join),
        max_size=3,
    ),
)
def test_the_quick_look_passes_over_no_name(names: list[str], texts: list[str]) -> None:
    people = [(name, f"P{at}") for at, name in enumerate(names)]
    wanted = [Wanted(names[0], Sort.PERSON), Wanted("0664 / 123-4567", Sort.PHONE)]
    texts = [*texts, *(text.upper() for text in texts)]
    if any(map(Finder(people, (), wanted).found, texts)):
        assert may_find(people, wanted, texts)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.script}, {row.form}: {row.name}")
def test_the_quick_look_sees_a_name_in_every_form(row: Row) -> None:
    people = [(row.name, "Maya")]
    if Finder(people).found(row.spoken):
        assert may_find(people, (), [row.spoken])
    assert not may_find(people, (), ["...", ""])
