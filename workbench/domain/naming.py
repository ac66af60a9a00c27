"""What somebody means by an id, a code or a name; what is nearest when nothing has it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Protocol, TypeVar

from workbench.errors import UserError
from workbench.words import Phrase, Sentence, said


class Named(Protocol):
    """Something that has a name."""

    @property
    def name(self) -> str:
        """Return what people call it."""


K = TypeVar("K", bound=str)
N = TypeVar("N", bound=Named)
_SHORTEST_ID = 6  # letters of an id that may stand for the whole
_LISTED = 12


def folded(name: str) -> str:
    """Return a text so that two that read alike are equal: case, spaces, accents, wide letters."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(unicodedata.normalize("NFKC", plain).split())


def required(name: str, what: Phrase) -> str:
    """Return a name on one line, without spaces around it.

    Raises:
        UserError: there is none.
    """
    name = " ".join(name.split())
    if not name:
        raise UserError("name-missing", "The {what} has no name.", "Type a name.", what=said(what))
    return name


def called(name: str, among: Iterable[N]) -> N | None:
    """Return the first of some things that has this name; `None` when none has."""
    wanted = folded(name)
    return next((one for one in among if folded(one.name) == wanted), None)


def unused(name: str, what: Phrase, among: Iterable[Named]) -> str:
    """Return a name for one more of some things.

    Raises:
        UserError: the name is empty, or one of them has it.
    """
    name = required(name, what)
    same = called(name, among)
    if same is not None:
        raise UserError(
            "name-taken",
            "There is a {what} “{name}” already.",
            "Choose another name.",
            what=said(what),
            name=same.name,
        )
    return name


def free(name: str, taken: Iterable[str]) -> str:
    """Return the name, or the first of “name 2”, “name 3” … that nothing has."""
    known = set(map(folded, taken))
    number, found = 1, name
    while folded(found) in known:
        number += 1
        found = f"{name} {number}"
    return found


def nearest(typed: str, known: Iterable[str]) -> str:
    """Return the known word that looks most like what was typed, "" when none does.

    A word that holds what was typed is near, too, if it is the only one.
    """
    words, wanted = {folded(word): word for word in known}, folded(typed)
    found = get_close_matches(wanted, list(words), n=1, cutoff=0.6)
    around = [word for word in words if wanted and wanted in word]
    if not found and len(around) == 1:
        found = around
    return words[found[0]] if found else ""


def suggestion(
    typed: str,
    known: Iterable[str],
    nothing: Phrase | Sentence = "There is none yet.",
    also: Iterable[str] = (),
) -> Sentence:
    """Return what to do about a mistyped name.

    Args:
        typed: the name.
        known: those there are: the nearest is proposed, else they are listed.
        nothing: what to do where there are none.
        also: what else they are called; proposed, but not listed.
    """
    names = list(known)
    if near := nearest(typed, [*names, *also]):
        return said("Did you mean “{near}”?", near=near)
    if not names:
        return nothing if isinstance(nothing, Sentence) else said(nothing)
    more = " …" if len(names) > _LISTED else ""
    return said("Choose one of: {choices}.", choices=", ".join(names[:_LISTED]) + more)


def pick(typed: str, names: Mapping[K, Sequence[str]], what: Phrase) -> K:
    """Return the id of the one thing that somebody means.

    Args:
        typed: an id, the begin of an id, or a name; case and spaces do not matter.
        names: id -> the names it goes by, the best known first.
        what: the kind of thing, such as "person".

    Raises:
        UserError: there is none, or there are several.
    """
    wanted = folded(typed)
    begun = wanted if len(wanted) >= _SHORTEST_ID else None
    for found in (
        [key for key in names if key == typed.strip()],
        [key for key, its in names.items() if wanted and wanted in map(folded, its)],
        [key for key in names if begun and key.startswith(begun)],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            raise UserError(
                f"{what}-several",
                "“{typed}” means more than one {what}.",
                "Give the id instead, one of: {choices}.",
                typed=typed,
                what=said(what),
                choices=", ".join(found),
            )
    others = [name for its in names.values() for name in its[1:]]
    raise unknown(typed, [its[0] for its in names.values()], what, others)


def unknown(typed: str, known: Sequence[str], what: Phrase, also: Sequence[str] = ()) -> UserError:
    """Return the refusal of a name that nothing has, with the nearest one that something has."""
    todo = suggestion(typed, known, said("Add the {what} first.", what=said(what)), also)
    happened = said("The study has no {what} “{typed}”.", what=said(what), typed=typed)
    return UserError(f"{what}-unknown", happened, todo)
