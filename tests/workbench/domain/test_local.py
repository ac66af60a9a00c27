"""Numbers, dates and lengths are written as the language does that is spoken, and read again."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.catalogues import write_catalogue
from workbench import words
from workbench.domain import typed
from workbench.domain.figures import length_of, minutes, nearest, rounded, signed
from workbench.domain.moments import when
from workbench.words import local

GERMAN = [
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
    "November", "Dezember",
]  # fmt: skip
BENT = [
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
    "октября", "ноября", "декабря",
]  # fmt: skip
ALONE = [
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь",
    "ноябрь", "декабрь",
]  # fmt: skip


def dates(
    whole: str, part: str, in_whole: list[str], alone: list[str]
) -> dict[str, str | tuple[str, ...]]:
    """Return what a catalogue says of the dates in each month."""
    found: dict[str, str | tuple[str, ...]] = {}
    for number in range(12):
        name = calendar.month_name[number + 1]
        for english in (name, name[:3]):
            found[f"{{day}} {english} {{year}}"] = whole.replace("M", in_whole[number])
            found[f"{english} {{year}}"] = part.replace("M", alone[number])
    return found


@pytest.fixture
def speak(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Speak a language with these texts; afterwards English again."""
    monkeypatch.setenv(words.VARIABLE, "")

    def of(texts: dict[str, str | tuple[str, ...]]) -> None:
        write_catalogue(tmp_path, "xx", texts)
        assert words.speak("xx", own=tmp_path) == "xx"

    yield of
    monkeypatch.setenv(words.VARIABLE, "")
    words.speak()


def test_numbers_have_the_signs_of_the_language(speak: Callable[..., None]) -> None:
    english = (rounded(2.25, 1), signed(-1.75), minutes(1000, 1), local.grouped(12_345.6, 1))
    assert english == ("2.3", "−1.8", "< 0.1", "12,345.6")
    speak({"1,234.5": "1 234,5"})
    assert (rounded(2.25, 1), signed(-1.75), minutes(1000, 1)) == ("2,3", "−1,8", "< 0,1")
    assert local.grouped(12_345.6, 1) == "12 345,6"
    assert typed.show_number(2.5) == "2,5"


def test_a_number_written_in_signs_that_nobody_reads_stays_english(
    speak: Callable[..., None],
) -> None:
    speak({"1,234.5": "1٬234٫5"})
    assert (rounded(2.25, 1), local.grouped(1234)) == ("2.3", "1,234")


@pytest.mark.parametrize("value", [0.5, 1.234, -12.5, 1234, 1e-7])
def test_a_number_that_is_shown_reads_as_itself(speak: Callable[..., None], value: float) -> None:
    speak({"1,234.5": "1.234,5"})
    assert typed.number(typed.show_number(value)) == value
    assert typed.number(typed.plain_number(value)) == value


def test_what_is_calculated_and_kept_has_a_point(speak: Callable[..., None]) -> None:
    speak({"1,234.5": "1.234,5"})
    assert float(nearest(2.25, 1)) == 2.3
    assert typed.plain_number(2.5) == "2.5"


def test_dates_are_those_of_the_language(speak: Callable[..., None]) -> None:
    assert typed.show_date("2026-05-03") == "3 May 2026"
    speak(dates("{day} M {year} г.", "M {year} г.", BENT, ALONE))
    assert typed.show_date("2026-05-03") == "3 мая 2026 г."
    assert typed.show_date("2026-05", short=True) == "май 2026 г."
    assert typed.show_date("2026") == "2026"
    assert typed.show_date("in autumn") == "in autumn"


@pytest.mark.parametrize(
    "language",
    [
        ("{day}. M {year}", "M {year}", GERMAN, GERMAN),
        ("{day} M {year} г.", "M {year} г.", BENT, ALONE),
        ("{year}年M月{day}日", "{year}年M月", *[[str(n) for n in range(1, 13)]] * 2),
    ],
    ids=["de", "ru", "ja"],
)  # fmt: skip
def test_a_date_that_is_shown_reads_as_itself(
    speak: Callable[..., None], language: tuple[str, str, list[str], list[str]]
) -> None:
    speak(dates(*language))
    for month in range(1, 13):
        for iso in (f"2026-{month:02}", f"2026-{month:02}-09"):
            for short in (False, True):
                assert typed.date(typed.show_date(iso, short=short), partial=True) == iso
    assert typed.date("12 Sept 2026") == "2026-09-12"  # as ever


def test_moments_and_lengths_are_said_whole(speak: Callable[..., None]) -> None:
    speak({
        "{date}, {time}": "am {date} um {time}", "{day} Sep {year}": "{day}.9.{year}",
        "{hours} h {minutes} min": "{hours} Std. {minutes} Min.",
    })  # fmt: skip
    assert when("2026-09-12T14:05:33").startswith("am 12.9.2026 um ")
    assert when("2026-09-12T14:05").endswith("14:05")
    assert length_of(3_900_000) == "1 Std. 5 Min."
