"""What a value looks like as a whole: an e-mail address, a phone number, a street with its number.

Patterns alone would take dates and sums for phone numbers, so each is looked at again: by its
digits, by a checksum, by the library that knows the form.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import suppress

from workbench.domain.personal import networks, streets
from workbench.domain.personal.given_names import GIVEN_NAMES
from workbench.domain.personal.heads import folded
from workbench.domain.personal.kinds import Kind

_LONGEST = 160  # letters
# Digits of every script, wide signs and all dashes, one for one.
_PLAIN = (
    {code: str(unicodedata.digit(chr(code))) for code in range(0x80, 0x20000)
     if unicodedata.category(chr(code)) == "Nd"}
    | {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys(map(ord, "‐‑‒−﹣"), "-")
)  # fmt: skip
_EMAIL = r"[^\s@<>,;:()\"“”]{1,64}@[^\s@<>,;:()\"“”]{1,190}\.[^\W\d_]{2,24}"
_WHOLE_EMAIL = re.compile(rf"(?:mailto:)?{_EMAIL}|[^<>@]{{0,80}}<{_EMAIL}>", re.IGNORECASE)
_PHONE = re.compile(
    r"(?:(?:tel|phone|telefon|mobil|handy)\w*\W{1,3})?([+(]?\d[\d\s().\-–/]{4,24}\d)"
)
_DATE = re.compile(
    r"\d{1,2}\s?([./-])\s?\d{1,2}\s?\1\s?\d{2,4}|\d{4}\s?([./-])\s?\d{1,2}\s?\2\s?\d{1,2}"
)
_DAY = re.compile(
    r"(?:\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(\d{4}|\d\d)|(\d{4})\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,2})"
    r"(?:[T ][\d:.]{4,12}Z?)?"
)
_MOMENTS = re.compile(  # days and times of the day, as they stand one behind the other
    r"(?<![\d.])(?:(?:19|20)\d\d([./-])[01]?\d\1[0-3]?\d"
    r"|[0-3]?\d([./-])\s?[01]?\d\2\s?(?:19|20)\d\d|[0-3]?\d\.\s?[01]?\d\.(?=\s)"
    r"|[0-2]?\d[.:][0-5]\d)(?![\d.])"
)
_WHOLE_DAY = 8  # letters, with its year
_REST = 4  # digits of a moment of which a part is outside, such as seconds before and hours behind
_BORN = range(1915, 2016)
_BETWEEN_BORN = 8  # years between people of a study, at least; visits are nearer to each other
_NATIONAL = (
    re.compile(  # mobile ones that begin with no zero: China, Russia, India; Poland, Spain …
        r"1[3-9]\d[ -]?\d{4}[ -]?\d{4}|[78][ -]?\(?9\d\d\)?[ -]?\d{3}[ -]?\d\d[ -]?\d\d"
        r"|[6-9]\d{4}[ -]\d{5}|[5-79]\d\d[ -]\d{3}[ -]\d{3}"
    )
)
_AMERICAN = re.compile(r"1?[-. ]?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_CARD = re.compile(r"\d{4}(?:[ -]\d{4}){3}|[3-6]\d{15}")
_PLACE = re.compile(r"([-+]?\d{1,2}\.\d{3,})\s*[,;\s]\s*([-+]?\d{1,3}\.\d{3,})")
_DEGREES = re.compile(r"\d{1,2}\s?°.{1,20}[NS]\W{1,4}\d{1,3}\s?°.{1,20}[EWO]")
_GERMANIC = "strasse|str|gasse|weg|platz|allee|straat|laan|plein|gracht|kade"
_ROMANCE = (  # and Polish: what kind of street it is stands first
    "calle|c/|avda|avenida|plaza|paseo|via|viale|piazza|corso|rua|travessa|praca|ulica|ul|aleja|"
    "plac|osiedle"
)
_FRENCH = "rue|chemin|impasse|quai|allee|avenue|boulevard"
_PART = r"[\w.'’-]+"
_HOUSE = r"\d{1,4} ?[a-z]?(?:[/-]\d{1,4}[a-z]?){0,3}"
_TOWN = r"(?:,.{0,60}| \d{4,5}.{0,50})?"
_FOLDED_STREETS = tuple(
    re.compile(street + _TOWN)
    for street in (
        rf"(?:{_PART} ){{0,4}}[\w.'’-]*(?:{_GERMANIC})\.? {_HOUSE}",
        rf"(?:{_ROMANCE})\.? (?:{_PART},? ){{1,5}}(?:n[.o°º]* ?)?{_HOUSE}",
        rf"\d{{1,5}}(?: ?bis| ?ter)?,? (?:{_FRENCH})(?: {_PART}){{1,5}}",
    )
)
_ENGLISH_STREET = re.compile(  # as it is written: “10 minutes drive” is none
    r"(?:[A-Z]\w* \d+\w?, ?)?\d{1,5} ?[A-Za-z]?,? (?:[A-Z][\w.'’-]* ){1,4}(?:Street|St|Road|Rd|"
    r"Avenue|Ave|Lane|Ln|Drive|Dr|Court|Square|Terrace|Crescent|Boulevard|Blvd)\b\.?" + _TOWN
)
_NAME_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*\.?")
_PARTICLES = frozenset("de del della di da do dos van von der den zu la le el bin al y".split())  # noqa: SIM905
_TICKS = frozenset(
    """yes no y n x true false 1 0 selected checked quoted ja nein oui non si sim nao nee tak nie
    gewahlt angekreuzt coche""".split()  # noqa: SIM905  words to be read
)


def plain(text: str) -> str:
    """Return a text with the digits and signs of ASCII; each letter stays where it is."""
    return text if text.isascii() else text.translate(_PLAIN)


def look(value: str) -> Kind | None:
    """Return what a value is as a whole, if that tells who somebody is."""
    value = plain(" ".join(value.split()))
    if not 6 <= len(value) <= _LONGEST:  # nothing of it is shorter
        return None
    forms: tuple[tuple[Kind, Callable[[str], object]], ...] = (
        (Kind.EMAIL, _WHOLE_EMAIL.fullmatch),
        (Kind.NETWORK, is_network),
        (Kind.LINK, networks.is_profile),
        (Kind.ACCOUNT, is_account),
        (Kind.POSITION, _is_place),
        (Kind.PHONE, is_phone),
        (Kind.ADDRESS, is_address),
    )
    return next((kind for kind, fits in forms if fits(value)), None)


def is_phone(value: str) -> bool:
    """Tell whether a value is written as phone numbers are, and as dates and sums are not."""
    found = _PHONE.fullmatch(value.casefold())
    if not found or _DATE.fullmatch(number := found[1].strip()):
        return False
    digits = "".join(filter(str.isdigit, number))
    if not 7 <= len(digits) <= 15 or digits.startswith("000"):
        return False
    if _is_of_moments(number):
        return False
    if number.startswith("+"):
        return digits[0] != "0"
    if number.startswith(("0", "(0")):
        parted = len(digits) < len(number)
        return number.count(".") != 1 and (parted or len(digits) >= 9)
    return bool(_AMERICAN.fullmatch(number) or _NATIONAL.fullmatch(number))


def _is_of_moments(number: str) -> bool:
    """Tell whether digits are those of days and times of the day, one behind the other."""
    found = _MOMENTS.search(number)
    if found is None or (found.start() > 0 and len(found[0]) < _WHOLE_DAY):
        return False
    return sum(map(str.isdigit, _MOMENTS.sub("", number))) <= _REST


def is_network(value: str) -> bool:
    """Tell whether a value is an address of the internet protocol."""
    if "." in value or value.count(":") > 1:
        with suppress(ValueError):
            return bool(ipaddress.ip_address(value))
    return False


def is_account(value: str) -> bool:
    """Tell whether a value is the number of an account or card, by its checksum."""
    joined = re.sub("[ -]", "", value).upper()
    if _IBAN.fullmatch(joined):
        moved = joined[4:] + joined[:4]
        return int("".join(str(int(sign, 36)) for sign in moved)) % 97 == 1
    if not _CARD.fullmatch(value):
        return False
    doubled = (int(d) * (2 - at % 2) for at, d in enumerate(re.sub(r"\D", "", value)))
    return sum(sum(divmod(number, 10)) for number in doubled) % 10 == 0


def is_address(value: str) -> bool:
    """Tell whether a value is a street with the number of a house."""
    if streets.street().fullmatch(value):
        return True
    plain = folded(value)
    begun = not value[0].islower() or plain.startswith(("ul.", "ulica ", "aleja ", "c/"))
    if not begun or not any(map(str.isdigit, value)) or len(value.split()) > 12:
        return False
    return bool(_ENGLISH_STREET.fullmatch(value)) or any(
        street.fullmatch(plain) for street in _FOLDED_STREETS
    )


def are_births(values: Sequence[str]) -> bool:
    """Tell whether the values of a column are days on which people were born.

    Days of interviews and orders lie in a few years, and not long ago. They tell nobody from
    anybody else, and stay.
    """
    days = [found for found in map(_DAY.fullmatch, values) if found]
    if len(values) < 3 or len(days) < 0.9 * len(values):
        return False
    years = [int(found[1] or found[2]) for found in days]
    years = [year + (1900 if year > 30 else 2000) if year < 100 else year for year in years]
    return all(year in _BORN for year in years) and max(years) - min(years) >= _BETWEEN_BORN


def are_names(values: Sequence[str], *, beside_id: bool) -> bool:
    """Tell whether the values of a column are names of people.

    Capitals say little, for answers have them too. Half of the values hold a given name, and nine
    of ten look like a name with its family; beside an id, given names alone do as well.
    """
    words = [_name_words(value) for value in values]
    if len(values) < 2 or sum(map(bool, words)) < 0.9 * len(values):
        return False
    full = sum(len(one) > 1 for one in words) > len(values) / 2
    if not full and not (beside_id and len(values) > 2):
        return False
    known = sum(any(folded(word) in GIVEN_NAMES for word in one) for one in words)
    return known >= (0.5 if full else 0.7) * len(values)


def are_ticks(values: Sequence[str]) -> bool:
    """Tell whether values only say that something was ticked, or rate it."""
    return all(folded(value) in _TICKS or re.fullmatch(r"\d{1,2}", value) for value in values)


def are_categories(values: Sequence[str]) -> bool:
    """Tell whether values repeat, as choices do, and none could be reached by post or phone."""
    if any("@" in value or sum(map(str.isdigit, value)) > 3 for value in values):
        return False
    return len(values) > 3 and len({folded(value) for value in values}) <= len(values) / 2


def _name_words(value: str) -> list[str]:
    """Return the words of a name; none if a value does not look like one."""
    words = value.replace(",", " ").split()
    if not 1 <= len(words) <= 4:
        return []
    names = [word for word in words if word.casefold() not in _PARTICLES]
    whole = all(_NAME_WORD.fullmatch(word) and not word[0].islower() for word in names)
    return names if whole else []


def _is_place(value: str) -> bool:
    if found := _PLACE.fullmatch(value):
        return abs(float(found[1])) <= 90 and abs(float(found[2])) <= 180
    return bool(_DEGREES.match(value))
