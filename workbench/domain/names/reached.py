"""What to look for because the key says how somebody can be reached."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.domain import personal
from workbench.domain.names.forms import Wanted
from workbench.domain.names.sorts import Sort
from workbench.domain.personal import Kind

SORTS = {
    Kind.EMAIL: Sort.EMAIL,
    Kind.LINK: Sort.LINK,
    Kind.HANDLE: Sort.HANDLE,
    Kind.PHONE: Sort.PHONE,
    Kind.ACCOUNT: Sort.ACCOUNT,
    Kind.ADDRESS: Sort.ADDRESS,
}
_TELLING = re.compile(r"[\d@_]")  # what words do not have
_INSTEAD = "contact data"
_SHORTEST = 5
_SIGNS = ("@", "＠")


def wanted(contact: str) -> Iterator[Wanted]:
    """Yield what of a contact, in free text, tells who somebody is wherever it stands.

    Such as numbers, addresses, and names in other networks; “by letter” tells nothing.
    """
    rest = contact
    for part in map(str.strip, contact.split(";")):
        if any(one.kind is Kind.ADDRESS for one in personal.contacts(part)):
            yield Wanted(part, Sort.ADDRESS)  # with the town
    for one in personal.contacts(contact):
        written = contact[one.start : one.end]
        if written.startswith(_SIGNS):
            yield from _of_network(written)
        else:
            yield Wanted(written, SORTS.get(one.kind, Sort.OTHER))
        blank = " " * (one.end - one.start)
        rest = rest[: one.start] + blank + rest[one.end :]
    for word in re.split(r"[\s,;|()<>]+", rest):
        name = re.sub(r"^\W+|\W+$", "", word)
        if len(name) >= _SHORTEST and _TELLING.search(word):
            sort = Sort.PHONE if name.isdigit() else Sort.OTHER
            yield Wanted(name, sort, "" if sort.is_number else _INSTEAD)


def _of_network(written: str) -> Iterator[Wanted]:
    """Yield the name of “@maya_k”, which is said and typed without its sign as well."""
    name, *server = re.split("[@＠]", written[1:])
    for one in (name, written[1:]) if server else (name,):
        yield Wanted(one if len(one) >= _SHORTEST else written, Sort.OTHER, _INSTEAD)


__all__ = ["SORTS", "wanted"]
