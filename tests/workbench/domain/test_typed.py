"""What people type is read in every usual form, refused in words, and printed so that it reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workbench.domain import typed
from workbench.errors import UserError

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("", ""), ("  ", ""), ("9:05", "09:05"), ("9.05", "09:05"), ("9h05", "09:05"),
        ("9 h 05", "09:05"), ("9,05", "09:05"), ("0905", "09:05"), ("905", "09:05"),
        ("9 05", "09:05"), ("9", "09:00"), ("9h", "09:00"), ("9 am", "09:00"), ("9pm", "21:00"),
        ("9:40 pm", "21:40"), ("9.40 p.m.", "21:40"), ("9:40 P. M.", "21:40"), ("940pm", "21:40"),
        ("21:40", "21:40"), ("21.40 Uhr", "21:40"), ("9 o’clock", "09:00"), ("21:40h", "21:40"),
        ("21:40:10", "21:40:10"), ("9:40:10 pm", "21:40:10"), ("21:40:00", "21:40"),
        ("12 am", "00:00"), ("12:30 am", "00:30"), ("12 pm", "12:00"), ("13:10 pm", "13:10"),
        ("noon", "12:00"), ("Midday", "12:00"), ("midnight", "00:00"), ("24:00", "00:00"),
        ("0:00", "00:00"), ("９：０５", "09:05"),
    ],
)  # fmt: skip
def test_a_time_of_day_is_read(text: str, clock: str) -> None:
    assert typed.time_of_day(text, "Arrived") == clock


@pytest.mark.parametrize(
    "text",
    ["9:5x", "25:00", "24:01", "9:60", "9:5", "soon", "13 am", "9:05:99", "-9:05", "99999",
     "2026-09-12", "15:10+02:00", "9..05", "9-05", "15.10–15.31"],
)  # fmt: skip
def test_what_is_no_time_is_refused_with_field_and_words(text: str) -> None:
    with pytest.raises(UserError) as caught:
        typed.time_of_day(text, "Arrived")
    assert caught.value.happened.startswith(f"Arrived: “{text}” ")
    assert "9:05" in caught.value.todo or "one time" in caught.value.todo


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("15.10–15.31", ("15:10", "15:31")), ("15:10-15:31", ("15:10", "15:31")),
        ("15:10 — 15:31", ("15:10", "15:31")), ("from 9 am to 10:30", ("09:00", "10:30")),
        ("9:40–10:10 pm", ("21:40", "22:10")), ("11:40–1:10 pm", ("11:40", "13:10")),
        ("1510-1531", ("15:10", "15:31")), ("23:50 bis 0:10", ("23:50", "00:10")),
        ("9-10", ("09:00", "10:00")), ("09–12", ("09:00", "12:00")),
        ("08-09", ("08:00", "09:00")), ("9 to 10", ("09:00", "10:00")),
        ("9-10 pm", ("21:00", "22:00")), ("9:05", None), ("", None),
    ],
)  # fmt: skip
def test_a_span_is_read(text: str, span: tuple[str, str] | None) -> None:
    assert typed.time_span(text) == span


def test_a_span_fills_both_times_or_is_refused() -> None:
    both = typed.arrival_and_departure
    assert both("15.10–15.31", "") == ("15:10", "15:31")
    assert both("", "15.10–15.31") == ("15:10", "15:31")
    assert both("15.10–15.31", "15:31") == ("15:10", "15:31")
    assert both("9.05", "") == ("09:05", "")
    with pytest.raises(UserError, match=r"Arrived: “15.10–15.31” .*“Left” says 16:00"):
        both("15.10–15.31", "16:00")
    with pytest.raises(UserError, match=r"Left: .*“Arrived” says 14:00"):
        both("14:00", "15.10–15.31")
    with pytest.raises(UserError, match=r"“15.10–soon” is not a time or a span"):
        both("15.10–soon", "")
    assert both("9-10", "") == ("09:00", "10:00")
    for doubtful in ("9-05", "9-5", "9-9", "9-40"):  # a time, or an end in the afternoon?
        with pytest.raises(UserError, match=f"“{doubtful}” is not a time or a span"):
            both(doubtful, "")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("", ""), ("2026-09-12", "2026-09-12"), ("2026-9-2", "2026-09-02"),
        ("20260912", "2026-09-12"), ("2026/09/12", "2026-09-12"),
        ("2026-09-12T15:10:00", "2026-09-12"), ("12.9.2026", "2026-09-12"),
        ("12. 9. 2026", "2026-09-12"), ("12.09.26", "2026-09-12"), ("13/09/2026", "2026-09-13"),
        ("09/13/2026", "2026-09-13"), ("9/9/26", "2026-09-09"), ("12 Sep 2026", "2026-09-12"),
        ("12 September 2026", "2026-09-12"), ("12. September 2026", "2026-09-12"),
        ("12th of Sept 2026", "2026-09-12"), ("Sept 12, 2026", "2026-09-12"),
        ("September 12th 2026", "2026-09-12"), ("Sat, 12 Sep 2026", "2026-09-12"),
        ("Samstag, 12. Oktober 2024", "2024-10-12"), ("12-Sep-2026", "2026-09-12"),
        ("2026 Sep 12", "2026-09-12"), ("3 März 2026", "2026-03-03"), ("29.2.2028", "2028-02-29"),
        ("12 Sep ’26", "2026-09-12"), ("today", "2026-11-29"), ("Yesterday", "2026-11-28"),
        ("12 Sep", "2026-09-12"), ("12.9.", "2026-09-12"), ("1 May 1999", "1999-05-01"),
    ],
)  # fmt: skip
def test_a_date_is_read(text: str, iso: str) -> None:
    assert typed.date(text, today=TODAY) == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [("2026-09", "2026-09"), ("September 2026", "2026-09"), ("Sep 2026", "2026-09"),
     ("9/2026", "2026-09"), ("9.2026", "2026-09"), ("2026", "2026"), ("2026 Sept", "2026-09")],
)  # fmt: skip
def test_a_partial_date_is_read_where_the_field_can_hold_it(text: str, iso: str) -> None:
    assert typed.date(text, partial=True) == iso
    with pytest.raises(UserError, match="has no day"):
        typed.date(text, "Keep until")


def test_a_date_with_two_meanings_is_read_as_one_does_here_or_refused() -> None:
    assert typed.date("12/09/2026", day_first=True) == "2026-09-12"
    assert typed.date("12/09/2026", day_first=False) == "2026-12-09"
    assert typed.date("12-09-2026", day_first=True) == "2026-09-12"
    with pytest.raises(UserError, match="may be 12 September 2026 or 9 December 2026"):
        typed.date("12/09/2026")


@pytest.mark.parametrize(
    "text",
    ["soon", "31.9.2026", "29.2.2026", "2026-13-01", "13/13/2026", "0026-09-12", "12 Foo 2026",
     "12 Sep", "Sep", "2026-09-12-01", "0"],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_field_and_words(text: str) -> None:
    with pytest.raises(UserError) as caught:
        typed.date(text, "Keep until")
    assert caught.value.happened.startswith(f"Keep until: “{text}” ")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None), ("4", 4), ("2.5", 2.5), ("2,5", 2.5), (".5", 0.5), ("5.", 5), ("0.125", 0.125),
        ("-3", -3), ("−3", -3), ("+3", 3), ("- 2,5", -2.5), ("1000", 1000), ("1 000", 1000),
        ("1'000", 1000), ("1,000,000", 1_000_000), ("1.234,5", 1234.5), ("1,234.5", 1234.5),
        ("12345,678", 12345.678), ("1\u202f000", 1000), ("4 cm", 4), ("2.0", 2), ("٣", 3),
    ],
)  # fmt: skip
def test_a_number_is_read(text: str, value: float | None) -> None:
    found = typed.number(text, unit="cm")
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "text",
    ["two", "1.2.3", "1,2,3", "nan", "inf", "1e5", "--3", "1,23,456", "9" * 400, "cm", "4 kg", "½",
     "-" + "9" * 12],
)  # fmt: skip
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(UserError, match=r"^Depth: “"):
        typed.number(text, "Depth", unit="cm")


def test_a_number_with_two_meanings_is_refused() -> None:
    with pytest.raises(UserError, match=r"“1,000” may be 1000 or 1\. Type 1000"):
        typed.number("1,000")
    with pytest.raises(UserError, match=r"may be 2500 or 2\.5"):
        typed.number("2.500")


def test_a_number_is_held_to_its_range() -> None:
    with pytest.raises(UserError, match="is less than 1"):
        typed.number("0", lowest=1, highest=5)
    with pytest.raises(UserError, match="is more than 5"):
        typed.number("6", lowest=1, highest=5)
    with pytest.raises(UserError, match="not a whole number"):
        typed.number("2.5", whole=True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4", 4), ("2.5", 2.5), ("2,5 min", 2.5), ("80 minutes", 80), ("90 s", 1.5),
        ("1 h 20 min", 80), ("1h20", 80), ("1 hour, 20 minutes", 80), ("1.5 h", 90), ("2'", 2),
        ("2 min 30 s", 2.5), ("1 Std. 5 Min.", 65), ("", None),
    ],
)  # fmt: skip
def test_minutes_are_read(text: str, value: float | None) -> None:
    assert typed.minutes(text) == value


@pytest.mark.parametrize(
    "text", ["1:20", "20 min 1 h", "5-10", "4 pigs", "-3", "1 h 2 h", "9" * 99 + " h"]
)
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(UserError, match=r"^Waited: “"):
        typed.minutes(text, "Waited")


@given(st.times())
def test_a_printed_time_reads_as_itself(clock) -> None:
    text = clock.strftime("%H:%M:%S")
    kept = typed.time_of_day(text)
    assert typed.time_of_day(kept) == kept
    assert typed.seconds_of_day(kept) == clock.hour * 3600 + clock.minute * 60 + clock.second
    assert typed.time_of_day(clock.strftime("%I.%M%p")) == clock.strftime("%H:%M")


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.booleans())
def test_a_printed_date_reads_as_itself(day, short) -> None:
    for iso in (day.isoformat(), f"{day:%Y-%m}", f"{day:%Y}"):
        assert typed.date(typed.show_date(iso, short=short), partial=True) == iso
    for form in ("%d.%m.%Y", "%d %B %Y", "%b %d, %Y", "%Y%m%d"):
        assert typed.date(day.strftime(form)) == day.isoformat()
    assert typed.date(f"{day:%d/%m/%Y}", day_first=True) == day.isoformat()
    assert typed.date(f"{day:%m/%d/%Y}", day_first=False) == day.isoformat()


@given(st.integers(-(10**9), 10**9) | st.floats(-(10**9), 10**9, allow_nan=False))
@example(1.234)
@example(-0.0)
@example(1e-7)
def test_a_printed_number_reads_as_itself(value) -> None:
    assert typed.number(typed.show_number(value)) == value


@pytest.mark.parametrize(
    "read",
    [typed.time_of_day, typed.time_span, typed.date, typed.number, typed.minutes,
     lambda text: typed.date(text, partial=True, today=TODAY, day_first=True)],
)  # fmt: skip
@given(text=st.text() | st.text("0123456789.,:-/–'’ hapms", max_size=12))
def test_any_text_is_read_or_refused(read: Callable[[str], object], text: str) -> None:
    refusals: list[UserError] = []
    try:
        read(text)
    except UserError as refused:
        refusals.append(refused)
    assert all(one.happened and one.todo for one in refusals)


def test_a_stored_date_that_nobody_can_read_is_kept_as_it_is() -> None:
    assert typed.stored_date("2026-09") == "2026-09"
    assert typed.stored_date("12.9.2026") == "2026-09-12"
    found = typed.stored_date("in autumn")
    assert isinstance(found, typed.Unreadable)
    assert found.text == "in autumn"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(4, "4"), (2.5, "2.5"), (-3, "−3"), (1.0, "1"), (1e-7, "0.0000001"), (1.234, "1.2340")],
)
def test_a_number_is_printed_so_that_it_reads_as_itself(value: float, shown: str) -> None:
    assert typed.show_number(value) == shown
    assert typed.number(shown) == value


@pytest.mark.parametrize(
    ("unit", "minutes"),
    [("min", True), ("Minutes", True), ("min.", True), ("h", False), ("€", False)],
)
def test_units_of_minutes_are_known(unit: str, minutes: bool) -> None:
    assert typed.counts_minutes(unit) is minutes
