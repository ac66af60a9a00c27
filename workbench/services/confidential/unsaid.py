"""Codes as others may read them: called or explained in words that nobody may print, they are not.

A code that was made of the words of a passage is called by them; a quote that was typed as an
example may be anybody's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from workbench.analysis.telling import is_own_words, tidy
from workbench.domain.codebook import Code, may_repeat_words
from workbench.domain.ids import CodeId, ObservationId
from workbench.domain.passage import Passage, Query, Said
from workbench.services.coding.passages import Passages
from workbench.services.desk import Desk
from workbench.words import Phrase, t

HIDDEN: Phrase = "a code in words that are not quoted"
"""Stands for the name of such a code."""
_MANY = 500  # passages read at once


def hidden_codes(
    coded: Iterable[tuple[CodeId, Said]],
    names: Mapping[CodeId, str],
    cleaned: Callable[[str], str] = str,
) -> set[CodeId]:
    """Return the codes that repeat the words of somebody who is not quoted, and are nobody else's.

    Args:
        coded: code and passage, for all passages of each of these codes.
        names: of the codes, without real names; codes that are not in it are left out.
        cleaned: takes real names out of words, where they are not out already.
    """
    hidden: set[CodeId] = set()
    said: set[CodeId] = set()
    for key, passage in coded:
        if passage.quotable:
            said.add(key)
        elif key not in hidden and is_own_words(names.get(key, ""), cleaned(passage.words)):
            hidden.add(key)
    return hidden - said


def is_unsaid(quote: str, passages: Iterable[Said]) -> bool:
    """Tell whether a quote repeats the words of somebody who is not quoted."""
    words = tidy(quote).casefold()
    return any(words in tidy(p.words).casefold() for p in passages if not p.quotable)


class OpenCodes:
    """The codes of a study as others may read them; read once, when somebody asks.

    Args:
        desk: of the study.
        words: takes real names out of words.
    """

    def __init__(self, desk: Desk, words: Callable[[str], str]) -> None:
        self._desk = desk
        self._reader = Passages(desk)
        self._words = words

    def shown(self, code: Code) -> Code:
        """Return a code under a name that may be printed; two of them are never called alike."""
        number = self._hidden.get(code.id)
        return code if number is None else replace(code, name=f"[{t(HIDDEN)} {number}]")

    def name(self, code_id: str, name: str) -> str:
        """Return the name of a code that may be printed, by its id and the name that it has."""
        return self.shown(Code(CodeId(code_id), name)).name

    def examples(self, codes: Iterable[Code]) -> dict[CodeId, str]:
        """Return by code the example that may be printed, without real names; "" for none.

        What was typed goes before what was chosen; nobody who did not agree is quoted.
        """
        listed = list(codes)
        typed = {code.id: self._words(code.example) for code in listed if code.example}
        silent = self._silent() if typed else []
        typed = {key: "" if is_unsaid(words, silent) else words for key, words in typed.items()}
        chosen = [ObservationId(code.example_id) for code in listed if code.example_id]
        passages = {p.id: p for p in self._reader.read(chosen) if p.quotable}
        found = {}
        for code in listed:
            passage = passages.get(code.example_id) if code.example_id else None
            quote = passage.words if passage is not None and code in passage.codes else ""
            found[code.id] = typed.get(code.id) or self._words(quote)
        return found

    def _silent(self) -> list[Said]:
        """Return what may not be quoted, without real names."""
        mentions = self._reader.mentions(Query(), coded=False)
        return [one._replace(words=self._words(one.words)) for one in mentions if not one.quotable]

    @cached_property
    def _hidden(self) -> dict[str, int]:
        """Return the codes that are not named, with their numbers."""
        codes = self._desk.tables.code.select(order="position, name")  # the removed, too
        names = {code.id: self._words(code.name) for code in codes}
        long = {key: name for key, name in names.items() if may_repeat_words(name)}
        hidden = hidden_codes(self._coded(long), long, self._words)
        unsaid = (code.id for code in codes if code.id in hidden)
        return {key: number for number, key in enumerate(unsaid, start=1)}

    def _coded(self, codes: Collection[CodeId]) -> Iterator[tuple[CodeId, Passage]]:
        """Yield the passages of some codes, with the code; only a few are held at a time."""
        coded: dict[ObservationId, list[CodeId]] = {}
        for link in self._desk.tables.observation_code.select(code_id=set(codes)):
            coded.setdefault(link.observation_id, []).append(link.code_id)
        ids = list(coded)
        for begin in range(0, len(ids), _MANY):
            for passage in self._reader.read(ids[begin : begin + _MANY]):
                yield from ((key, passage) for key in coded[passage.id])
