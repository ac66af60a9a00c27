"""Contact data in a running text: addresses of all kinds, phone and account numbers, streets.

A text is gone through for what could be one; whether it is, the rules for whole values say
(`looks.py`). It may be large: a whole export is looked through at once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, chain

from workbench.domain.overlaps import apart
from workbench.domain.personal import looks, networks, spoken_numbers, streets, written_out
from workbench.domain.personal.kinds import Contact, Kind
from workbench.domain.personal.letters import TOGETHER, WORD

_SIGNS = b"0123456789@/"  # one of these is in most contact data
_SIGN = re.compile(f"[{_SIGNS.decode()}]")
_AROUND_AT = 255  # letters of an e-mail address on either side of its sign
_EMAIL = re.compile(r"([^\s@<>,;:()\"“”]{1,64})@[^\s@<>,;:()\"“”]{1,190}\.([^\W\d_]{2,24})")
_BEFORE_HANDLE = re.compile(r"\W*|.*/")  # “-@maya.berlin”, “medium.com/@maya.berlin”
_LINK_SIGNS = ("://", "www.", ".com/", ".me/", ".net/", ".app/")
_MONEY = "[€$£¥₽₴₹]|Kč|zł|Ft|kr|EUR|USD|PLN|CZK|[Ee]uro"
_REST = r"[\d ().\-–/]{6,20}\d"
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_GUID_LENGTH = 36
_IBAN = re.compile(r"[A-Za-z](?<!\w.)[A-Za-z]\d\d(?:[ -]?[A-Za-z0-9]{2,4}){3,8}\b")
_CARD = re.compile(r"(?<![\w-])(?:\d{4}([ -])\d{4}\1\d{4}\1\d{4}|[3-6]\d{15})(?![\w-])")
_NUMBER = r"\d{1,4} ?[a-z]?(?:/\d{1,4}[a-z]?){0,3}\b"
_NAME = r"[^\W\d_a-z][\w.'’-]*"
_GERMANIC = r"(?:stra(?:ß|ss)e|str\.|gasse|allee|straat|gracht|kade)"
_HYPHENED = r"[^\W\d_a-z][\w'’]*(?:-[\w'’]+){0,3}-"  # “Karl-Marx-Allee”
_ROMANCE = (
    r"\b(?:Calle|C/|Avda|Avenida|Plaza|Paseo|Via|Viale|Piazza|Corso|Rua|Travessa|Praça|[Uu]l"
    r"|[Uu]lica|[Aa]leja|Osiedle)\.? (?:(?:del?|della|d[ao]s?|l[ao]s?|di) ){0,2}"
)
_FRENCH = (
    r"\b\d{1,4}(?: ?bis| ?ter)?,? (?:rue|chemin|impasse|quai|all[ée]e|avenue|boulevard)"
    r"(?: (?:de|du|des|la|le|les)){0,2} (?:[ld]['’])?"
)
_ENGLISH = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Court|Square|Terrace|Crescent|Boulevard"
    r"|Blvd)\b"
)
_STREETS = tuple(
    re.compile(street)
    for street in (
        rf"(?:{_NAME} )?[^\W\d_a-z][\w'’-]*{_GERMANIC} {_NUMBER}",
        rf"(?:{_NAME} |{_HYPHENED})(?:Stra(?:ß|ss)e|Str\.|Gasse|Allee) {_NUMBER}",
        rf"{_HYPHENED}(?:Weg|Platz|Ring|Damm|Ufer|Promenade) {_NUMBER}",
        rf"[^\W\d_a-z][\w'’-]*(?:weg|platz|plein|laan) {_NUMBER},? \d{{4,5}} ?[A-Z]",
        rf"{_ROMANCE}(?:{_NAME} ?,? ?){{1,4}}(?:n[.o°º]* ?)?{_NUMBER}",
        rf"{_FRENCH}{_NAME}",
        rf"\b\d{{1,5}} ?[A-Za-z]?,? (?:{_NAME} ){{1,4}}{_ENGLISH}",
    )
)
_ENDS = (
    *("straße ", "strasse ", "str. ", "Str. ", "Straße ", "Strasse ", "gasse ", "Gasse "),
    *("-Weg ", "-Platz ", "-Ring ", "-Damm ", "-Ufer ", "-Promenade "),
    *("allee ", "Allee ", "straat ", "gracht ", "kade ", "weg ", "platz ", "plein ", "laan "),
)
_BEHIND = (
    *(" Street", " St", " Road", " Rd", " Avenue", " Ave", " Lane", " Ln", " Drive", " Dr"),
    *(" Court", " Square", " Terrace", " Crescent", " Boulevard", " Blvd", " rue ", " chemin "),
    *(" impasse ", " quai ", " allée ", " allee ", " avenue ", " boulevard "),
)
_IN_FRONT = (
    *("Calle ", "C/", "Avda", "Avenida ", "Plaza ", "Paseo ", "Via ", "Viale ", "Piazza "),
    *("Corso ", "Rua ", "Travessa ", "Praça ", "Ul. ", "ul. ", "Ulica ", "ulica ", "Aleja "),
    *("aleja ", "Osiedle "),
)
_STREET_WORDS = (
    *((word, 1, 0) for word in _ENDS),
    *((word, 0, 60) for word in _BEHIND),
    *((word, 60, 0) for word in _IN_FRONT),
)
"""A word for a street, and within how many letters behind it or before it a number stands."""
_AROUND_STREET = 90
_BETWEEN = "\n\0\n"  # between texts that are looked through together


def contacts(text: str) -> list[Contact]:
    """Return the contact data in a text, in order; none lies in another."""
    text = looks.plain(text)
    emails = chain(_emails(text), written_out.emails(text))
    kinds = (emails, _links(text), _accounts(text), _phones(text), _streets(text))
    return apart(chain(*kinds))


def contacts_in(texts: Sequence[str]) -> Iterator[tuple[int, Contact]]:
    """Go through the contact data in several texts: which text, and where in it.

    They are looked through together, which is quicker, and nothing goes on from one to the next.
    """
    texts = [text if may_hold(text) else "" for text in texts]
    begins = list(accumulate((len(text) + len(_BETWEEN) for text in texts), initial=0))
    for start, end, kind in contacts(_BETWEEN.join(texts)) if any(texts) else ():
        at = bisect_right(begins, start) - 1
        yield at, Contact(start - begins[at], end - begins[at], kind)


def may_hold(text: str) -> bool:
    """Tell quickly whether contact data may stand in a text; most texts have none of its signs."""
    # What is quickest is asked first: each text of a study is, when it is opened.
    text = looks.plain(text)
    if _has_sign(text) or "ww." in text.lower() or networks.may_hold(text):
        return True
    return written_out.may_hold(text) or spoken_numbers.may_hold(text)


def _has_sign(text: str) -> bool:
    if text.isascii():
        plain = text.encode()
        return len(plain.translate(None, _SIGNS)) < len(plain)  # quicker than any search
    return _SIGN.search(text) is not None


def holds_contact(text: str) -> bool:
    """Tell whether an e-mail address or a phone number stands somewhere in a text."""
    text = looks.plain(text)
    return any(True for _ in chain(_emails(text), written_out.emails(text), _phones(text)))


def _emails(text: str) -> Iterator[Contact]:
    at = done = -1
    while (at := text.find("@", at + 1)) >= 0:
        begin = max(at - _AROUND_AT, done, 0)
        for found in _EMAIL.finditer(text, begin, at + _AROUND_AT):
            if found.start() < at < found.end() and not _BEFORE_HANDLE.fullmatch(found[1]):
                start, done = _own(found)
                yield Contact(start, done, Kind.EMAIL)


@cache
def _own_parts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    begin = re.compile(rf"(?:[^{TOGETHER}]+|[{TOGETHER}]+)$")
    return begin, re.compile(rf"[^{TOGETHER}]{{2,}}|[{TOGETHER}]{{2,}}")


def _own(found: re.Match[str]) -> tuple[int, int]:
    """Return where an address begins and ends by itself, of words that stand right beside it."""
    if found[0].isascii():
        return found.span()
    before, after = _own_parts()
    begin, end = before.search(found[1]), after.match(found[2])
    return (
        found.start(1) + begin.start() if begin else found.start(),
        found.start(2) + end.end() if end else found.end(),
    )


def _links(text: str) -> Iterator[Contact]:
    small = text.lower()
    if any(sign in small for sign in _LINK_SIGNS):
        for found in networks.LINK.finditer(text):
            yield Contact(found.start(), found.end(), Kind.LINK)
    for start, end in networks.bare(text):
        yield Contact(start, end, Kind.LINK)
    if "@" in text:
        for found in networks.handle().finditer(text):
            yield Contact(found.start(), found.end(), Kind.HANDLE)


@cache
def _phone() -> re.Pattern[str]:
    # The first sign is looked for before all else: that is what makes it quick. It may stand behind
    # another number, as in “phone 1:0664 …”, but is no part of it: neither cents nor minutes.
    return re.compile(
        rf"[\d+(](?<!{WORD}.)(?<![./-].)(?<!\d,\d)(?!(?<=\d:\d)\d(?!\d))(?:"
        rf"(?<=\+)[1-9]{_REST}|(?<=\()0\d{{1,4}}\){_REST}|(?<=0)0?[1-9]{_REST}"
        r"|(?:(?<=1)[-. ](?:\(\d{3}\) ?|\d{3}[-. ])|(?<=\()\d{3}\) ?|(?<=\d)\d\d[-. ])"
        r"\d{3}[-. ]\d{4}(?!-)"
        r"|(?<=1)[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!-)"
        r"|(?<=[6-9])\d{4}[ -]\d{5}(?!-)"
        rf"|(?<=[5-79])\d\d[ -]\d{{3}}[ -]\d{{3}}(?!-| \d{{3}}\b| ?(?:{_MONEY}))"
        r"|(?<=[78])[ -]?\(?9\d\d\)?[ -]?\d{3}[ -]?\d\d[ -]?\d\d(?!-)"
        r"|(?<=0)(?![ -]1[ -]2[ -]3)(?:[ -]\d){7,14}(?![ -]\d)"  # said digit by digit
        rf")(?!{WORD}|,\d)"
    )


def _phones(text: str) -> Iterator[Contact]:
    for found in _phone().finditer(text):
        if looks.is_phone(found[0]) and not _is_in_guid(text, found.start()):
            yield Contact(found.start(), found.end(), Kind.PHONE)
    yield from spoken_numbers.phones(text)


def _is_in_guid(text: str, at: int) -> bool:
    """Tell whether what begins there is a part of a row's key: some look like account numbers."""
    near = _GUID.finditer(text, max(0, at - _GUID_LENGTH + 1), at + _GUID_LENGTH)
    return any(one.start() <= at < one.end() for one in near)


def _accounts(text: str) -> Iterator[Contact]:
    done = 0
    while found := _IBAN.search(text, done):
        done = found.start() + 1  # what is none may reach into one
        if _is_in_guid(text, found.start()):
            continue
        groups = re.split("(?=[ -])", found[0])
        for count in range(len(groups), 0, -1):  # a word in capitals may stand behind
            number = "".join(groups[:count])
            if looks.is_account(number):
                done = found.start() + len(number)
                yield Contact(found.start(), done, Kind.ACCOUNT)
                break
    for found in _CARD.finditer(text):
        if looks.is_account(found[0]):
            yield Contact(found.start(), found.end(), Kind.ACCOUNT)


def _streets(text: str) -> Iterator[Contact]:
    """Look around each word for a street that has a number near it."""
    yield from (Contact(start, end, Kind.ADDRESS) for start, end in streets.within(text))
    for begin, end in _joined(sorted(_near_numbers(text))):
        for pattern in _STREETS:
            at = begin
            while found := pattern.search(text, at, end):
                is_one = looks.is_address(found[0])
                at = found.end() if is_one else found.start() + 1  # what is none may reach into one
                if is_one:
                    yield Contact(found.start(), at, Kind.ADDRESS)


def _joined(places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join surroundings that overlap: none is cut where another one ends."""
    begin = end = 0
    for start, stop in places:
        if start > end:
            yield begin, end
            begin = start
        end = max(end, stop)
    yield begin, end


def _near_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield the surroundings of words for a street; plain search for each is the quickest way."""
    for word, behind, before in _STREET_WORDS:
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            if any(map(str.isdigit, text[max(0, at - before) : at] + text[end : end + behind])):
                yield max(0, at - _AROUND_STREET), end + _AROUND_STREET
            at = text.find(word, end)
