"""A language in which every translated text is strange: what is not, is not translated."""

from __future__ import annotations

import atexit
import re
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cache
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase
from types import ModuleType
from typing import Any

import pytest

from tests.support.source import ROOT
from workbench import words
from workbench.words.catalogue import VARIABLE

_PLAIN = re.compile(r"[A-Za-z]{2,}(?:['’.-][A-Za-z]+)*")
"""Translated texts have none of these letters; one alone is a sign, such as the E of a number."""


def pseudo_catalogue(folder: Path) -> str:
    """Write the catalogue of the strange language, with every text of the program.

    Args:
        folder: holds the catalogues of all languages; `words.speak` takes it as `own`.

    Returns:
        The code of the language.
    """
    shutil.copytree(_made(), folder, dirs_exist_ok=True)
    return str(_script().PSEUDO)


@contextmanager
def pseudo_spoken(folder: Path) -> Iterator[None]:
    """Speak the strange language in this process and in its children, then English again."""
    language = pseudo_catalogue(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, language)
        assert words.speak(own=folder) == language
        try:
            yield
        finally:
            patch.setenv(VARIABLE, "")
            words.speak()


def untranslated(text: str, own: Collection[str] = ()) -> list[str]:
    """Return the words of a text that no catalogue has said, in order.

    Args:
        text: what people read, without the marks of a file format.
        own: what the study holds or the system tells: names, codes, quotations, whole. Longer
            ones are recognised before shorter ones, so one may stand in another.
    """
    return _PLAIN.findall(_without(frozenset(own)).sub(" ", text))


@cache
def _made() -> Path:
    """Go through the source once in a process: that takes seconds."""
    place = Path(tempfile.mkdtemp(prefix="pseudo-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    _script().write_pseudo(place)
    return place


@cache
def _without(own: frozenset[str]) -> re.Pattern[str]:
    listed = sorted(filter(str.strip, own), key=len, reverse=True)
    told = "|".join(re.sub(r"(?:\\\s|\s)+", r"\\s+", re.escape(one)) for one in listed)
    return re.compile(rf"(?<![A-Za-z])(?:{told})(?![A-Za-z])" if told else r"(?!)")


@cache
def _script() -> ModuleType:
    sys.path.insert(0, str(ROOT / "packaging"))
    try:
        import words as script
    finally:
        del sys.path[0]
    return script


def foreign(value: Any) -> Any:
    """Return data with every text of it in letters of another alphabet, each for one of ours.

    So what people typed cannot be taken for words of the program. Enumerations stay, and texts that
    were equal are equal afterwards, ids too.

    Args:
        value: a text, or rows, tuples, sets and tables of them.
    """
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return value.translate(_CYRILLIC)
    if isinstance(value, tuple | frozenset):
        return type(value)(map(foreign, value))
    if isinstance(value, Mapping):
        return {foreign(key): foreign(one) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        parts = {f.name: foreign(getattr(value, f.name)) for f in fields(value) if f.init}
        return replace(value, **parts)
    return value


_CYRILLIC = {
    ord(letter): chr(first + place)
    for letters, first in ((ascii_lowercase, 0x430), (ascii_uppercase, 0x410))
    for place, letter in enumerate(letters)
}
