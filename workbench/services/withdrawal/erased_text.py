"""What goes out of texts that stay: a person's words typed again, and their name.

A run of words (`domain/runs.py`) that the person said is theirs wherever a researcher wrote it; a
name is found as it is found when something leaves the study. Letters of a name become as
many blocks, so that times, marks and observations around it keep their places. What other people
said is never taken for a repetition, and names that were declared for others are left alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from workbench.domain import runs
from workbench.domain.withdrawal import BLACK, ERASED
from workbench.storage import holding
from workbench.storage.holding import Holds

Spans = Callable[[str], Sequence[tuple[int, int]]]
"""Returns where in a text names stand."""
_DECLARED = frozenset({("participant", "code"), ("participant", "pseudonym")})
"""Columns that say what other people are called; what is noted of them is as free as any memo."""


def _none(_text: str) -> Sequence[tuple[int, int]]:
    return ()


def without(text: str, names: Spans) -> str:
    """Return a text with blocks where names stood; it is as long as before."""
    letters = list(text)
    for start, end in names(text):
        letters[start:end] = (BLACK if one.isalnum() else one for one in letters[start:end])
    return "".join(letters)


class ErasedText:
    """Takes words and names of one person out of the texts of a study.

    Args:
        words: what the person said, turn by turn.
        names: where in a text their names stand; by default nowhere.
    """

    def __init__(self, words: Iterable[str], names: Spans = _none) -> None:
        self._runs = {run for text in words for run in runs.each(text)}
        self._names = names
        self._holds = holding.free_words()

    def column(self, table: str, column: str, text: str) -> str:
        """Return the text of a column as it is from now on."""
        kind = self._holds.get(table, {}).get(column)
        if kind is None or (table, column) in _DECLARED or not text:
            return text
        if kind is Holds.SAID:
            return self.without_names(text)
        if kind is Holds.ANSWERED:
            return _mask_json(text, self.without_names)
        if kind is Holds.LISTED:
            return _mask_json(text, self.written)
        return self.written(text)

    def written(self, text: str) -> str:
        """Return what a researcher wrote, without the person's words and names."""
        return self.without_names(self._without_words(text))

    def without_names(self, text: str) -> str:
        """Return a text with blocks where names stood; it is as long as before."""
        return without(text, self._names)

    def _without_words(self, text: str) -> str:
        parts, at = [], 0
        for start, end in runs.stretches(text, runs.common(self._runs, text)):
            parts += [text[at:start], ERASED]
            at = end
        return "".join([*parts, text[at:]])


def _mask_json(stored: str, masked: Callable[[str], str]) -> str:
    """Mask the texts of a column that holds JSON, wherever in it they stand."""
    try:
        found = json.loads(stored)
    except ValueError:
        return masked(stored)
    new = _masked_in(found, masked)
    return stored if new == found else json.dumps(new, ensure_ascii=False, separators=(",", ":"))


def _masked_in(found: Any, masked: Callable[[str], str]) -> Any:
    if isinstance(found, str):
        return masked(found)
    if isinstance(found, list):
        return [_masked_in(one, masked) for one in found]
    if isinstance(found, dict):
        return {key: _masked_in(one, masked) for key, one in found.items()}
    return found


__all__ = ["ErasedText", "Spans", "without"]
