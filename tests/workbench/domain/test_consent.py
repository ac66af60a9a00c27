"""What somebody agreed to follows from the newest entry, and ends with its day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.consent import (
    ConsentForm,
    Entry,
    State,
    Use,
    in_order,
    standing,
    standings,
    state_named,
    uses_named,
)
from workbench.domain.ids import EntryId, FormId, ParticipantId
from workbench.domain.typed import unreadable_member
from workbench.errors import UserError

TODAY = date(2026, 9, 12)
_DAYS = st.integers(-400, 400).map(lambda days: (TODAY + timedelta(days)).isoformat())


def _entry(number: int, use: Use, state: State, until: str = "") -> Entry:
    return Entry(EntryId(f"{number}"), number, ParticipantId("maya"), use, state, until=until)


_ENTRIES = st.lists(
    st.tuples(st.sampled_from(Use), st.sampled_from(State), st.one_of(st.just(""), _DAYS)),
    max_size=12,
).map(lambda drafts: [_entry(at, *draft) for at, draft in enumerate(drafts)])


@given(_ENTRIES, st.randoms())
def test_the_newest_entry_of_a_use_decides_in_whatever_order_they_come(
    entries: list[Entry], random: Random
) -> None:
    shuffled = list(entries)
    random.shuffle(shuffled)
    found = standings(shuffled, TODAY.isoformat())
    for use in Use:
        newest = _newest(entries, use)
        one = found[use]
        assert one == standing(shuffled, use, TODAY.isoformat())
        assert one.entry == newest
        assert one.state == (newest.state if newest else State.NOT_ASKED)
        over = bool(newest and newest.until and newest.until < TODAY.isoformat())
        given = newest is not None and newest.state is State.GIVEN
        assert one.allows == (given and not over)
        assert one.ended == (given and over)
        assert not (one.allows and one.bars)


def _newest(entries: Sequence[Entry], use: Use) -> Entry | None:
    return next((one for one in reversed(entries) if one.use is use), None)


@pytest.mark.parametrize(
    ("until", "allows", "words"),
    [
        ("", True, "given"),
        ("2026-09-12", True, "given until 12 Sep 2026"),
        ("2026-09-11", False, "ended 11 Sep 2026"),
        ("9:5x {[", False, "ended 9:5x {["),
    ],
)
def test_what_is_given_until_a_day_ends_with_it(until: str, allows: bool, words: str) -> None:
    one = standing([_entry(1, Use.QUOTE, State.GIVEN, until)], Use.QUOTE, TODAY.isoformat())
    assert (one.allows, one.bars, one.words) == (allows, not allows, words)
    assert one.sentence == f"quotes: {words}"


@pytest.mark.parametrize("state", State)
def test_nothing_but_given_allows_and_a_no_bars(state: State) -> None:
    one = standing([_entry(1, Use.QUOTE, state)], Use.QUOTE, TODAY.isoformat())
    assert one.allows == (state is State.GIVEN)
    assert one.bars == (state in {State.REFUSED, State.WITHDRAWN})


def test_who_was_never_asked_has_given_nothing_and_an_answer_nobody_can_read_allows_nothing() -> (
    None
):
    never = standing([], Use.QUOTE, TODAY.isoformat())
    assert (never.state, never.allows, never.bars) == (State.NOT_ASKED, False, False)
    odd = _entry(1, Use.QUOTE, unreadable_member(State, "perhaps"))
    assert not standing([odd], Use.QUOTE, TODAY.isoformat()).allows


@pytest.mark.parametrize(
    ("said", "uses"),
    [
        ("quote", (Use.QUOTE,)),
        ("Quotes", (Use.QUOTE,)),
        ("voice-clip", (Use.VOICE,)),
        ("contact again", (Use.CONTACT,)),
        ("recording", (Use.RECORD, Use.TRANSCRIBE)),
        ("all", tuple(Use)),
    ],
)
def test_uses_are_known_by_what_people_call_them(said: str, uses: tuple[Use, ...]) -> None:
    assert uses_named(said) == uses


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("yes", State.GIVEN), ("No", State.REFUSED), ("not asked", State.NOT_ASKED),
        ("withdrawn", State.WITHDRAWN),
    ],
)  # fmt: skip
def test_answers_are_known_by_what_people_say(said: str, state: State) -> None:
    assert state_named(said) is state


def test_what_is_none_is_refused_with_what_there_is() -> None:
    with pytest.raises(UserError, match="nothing that a person agrees to"):
        uses_named("quoting it all")
    with pytest.raises(UserError, match="no answer"):
        state_named("perhaps")


def test_what_a_later_version_or_damage_left_is_shown_as_it_stands() -> None:
    strange = unreadable_member(Use, "holograms")
    assert (strange.label, strange.told) == (str(strange), str(strange))
    assert (Use.QUOTE.label, State.NOT_ASKED.label) == ("quotes", "not asked")
    assert Use.QUOTE.told != str(Use.QUOTE)
    assert standings([_entry(1, strange, State.GIVEN)], TODAY.isoformat()).keys() == set(Use)


def test_a_last_day_that_is_no_day_has_ended() -> None:
    for until in ("2026-13-01", "soon", "2030"):
        found = standing([_entry(1, Use.QUOTE, State.GIVEN, until)], Use.QUOTE, TODAY.isoformat())
        assert (found.allows, found.ended) == (False, True)


def test_a_form_is_called_as_the_file_it_came_as() -> None:
    form = ConsentForm(FormId("f"), "f.pdf", "Signed by Maya.pdf", "0" * 64, 9, "2026-09-12")
    assert form.title == "Signed by Maya.pdf"


def test_entries_are_listed_with_the_newest_first() -> None:
    entries = [_entry(number, Use.QUOTE, State.ASKED) for number in (2, 1, 3)]
    assert [one.number for one in in_order(entries)] == [3, 2, 1]
