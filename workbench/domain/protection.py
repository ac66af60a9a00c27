"""Real names are taken out of free words, and out of nothing else.

Free words are what people said and what the researcher wrote: quotes, memos, narratives, claims,
titles. The names the researcher declared (pseudonyms, segments, stages, codes, touchpoints) are no
free words: they say who signs a quote and what a column is, so they are printed as they stand, even
where a real name has a word in common with one of them. Such a clash is said when it is typed.
`FREE_WORDS` lists what is free; what is not on it is never touched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from workbench.domain.charter import Charter
from workbench.domain.codebook import Code, may_repeat_words
from workbench.domain.findings import Insight, Opportunity
from workbench.domain.journey import Stage, Touchpoint
from workbench.domain.materials import Session, Source
from workbench.domain.observation import Observation
from workbench.domain.passage import Further, Mention, Passage
from workbench.domain.people import Participant, Segment
from workbench.domain.typed import Unreadable
from workbench.domain.visits import Visit

T = TypeVar("T")

FREE_WORDS: Mapping[type, tuple[str, ...]] = {
    Charter: ("title", "client", "purpose", "promise", "values", "questions"),
    Participant: ("note",),
    Segment: ("persona",),
    Session: ("title", "place", "note"),
    Source: ("title", "original_name"),
    Stage: ("need", "outcome", "context"),
    Touchpoint: ("channel", "owner"),
    Code: ("definition", "include", "exclude", "example"),
    Observation: ("words", "initiator", "comparator", "expectation_source"),
    Mention: ("words", "speaker"),
    Passage: ("memo", "speaker"),
    Further: ("comparator", "expectation_source"),
    Insight: ("claim", "so_what"),
    Opportunity: ("title", "owner", "kpi"),
    Visit: ("shopper", "scenario", "narrative"),
    Unreadable: ("text",),
}
"""The fields of each kind of thing that hold free words."""

_SHORTEST = 3  # letters; shorter parts of names are common words
_PARTICLES = frozenset(
    ("van", "von", "der", "den", "ter", "del", "della", "dos", "das", "bin", "ibn", "abu")
)
_HYPHENS, _APOSTROPHES = "-‐‑–", "'’‘ʼ"
_ALIKE = {sign: f"[{signs}]" for signs in (_HYPHENS, _APOSTROPHES) for sign in signs}
_ONE = str.maketrans({sign: signs[0] for signs in (_HYPHENS, _APOSTROPHES) for sign in signs})
_AROUND = '()[]{}.,;:/"“”„«»'
# Thai to Khmer, kana, Han and Hangul: no spaces, so a name has no borders and is short.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff"
                       "\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")  # fmt: skip
# Letters that Arabic and Hebrew write together with the next word: and, to, in, from, the.
_JOINED = ("\u0600-\u06ff", "وفبلكس"), ("\u0590-\u05ff", "ושבכלמה")
_SEVERAL = "a participant"


@dataclass(frozen=True, slots=True)
class Clash:
    """A declared name that has a word in common with a real name.

    Attributes:
        what: "pseudonym", "segment", "stage", "touchpoint" or "code".
        name: the declared name.
        person: code of the person whose real name it is.
    """

    what: str
    name: str
    person: str

    @property
    def sentence(self) -> str:
        """Say it, without the real name."""
        return (
            f"The {self.what} “{self.name}” has a word in common with the real name of "
            f"{self.person}. It is printed as it stands, in reports and exports too."
        )


class Protection:
    """Takes real names out of the free words of one study.

    Args:
        names: real name and pseudonym of everybody who ever took part.
        declared: what -> names of that kind, as in `Clash.what`.
    """

    def __init__(
        self,
        names: Iterable[tuple[str, str]],
        declared: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        people = list(names)
        pseudonyms = [who for _, who in people]
        kept = {
            name
            for what, listed in (declared or {}).items()
            for name in (*listed, *(pseudonyms if what == "pseudonym" else ()))
            if name.strip() and (what != "code" or not may_repeat_words(name))
        }
        several = {real for real, _ in people if len(real.split()) > 1}
        single = set(map(_key, kept))
        parts = {
            (part, who)
            for real, who in people
            for part in parts_of(real)
            if _key(part) not in single
        }
        whole = _meant((_key(real), who) for real, who in people if real in several)
        self._meant = _meant((_key(part), who) for part, who in parts) | whole
        # At one place the first that fits wins: whole real names, then what was declared. A word
        # alone may be a common one, so it has to be written as a name is.
        choices = [
            *(
                (name, rf"(?i:{_written(name)})")
                for names in (several, kept)
                for name in _longest(names)
            ),
            *((name, _as_name(name)) for name in _longest({part for part, _ in parts})),
        ]
        self._pattern = _any_of(choices) if self._meant else None

    def words(self, text: str) -> str:
        """Return free words without real names; the pseudonym stands there, in brackets."""
        if self._pattern is None:
            return text
        return self._pattern.sub(self._instead, text)

    def of(self, value: T) -> T:
        """Return a value, whatever it holds, with all its free words protected."""
        return value if self._pattern is None else self._of(value, {})

    def _instead(self, found: re.Match[str]) -> str:
        meant = self._meant.get(_key(found[0]))
        return found[0] if meant is None else f"[{meant}]"

    def _of(self, value: Any, known: dict[int, Any]) -> Any:
        """Go through tuples, mappings (of answers, if they are texts) and what has free words.

        Args:
            value: anything.
            known: id of a value -> what has become of it.
        """
        if isinstance(value, tuple) and type(value) is tuple:
            return tuple(self._of(part, known) for part in value)
        if isinstance(value, Mapping):
            return {
                key: self.words(part) if isinstance(part, str) else self._of(part, known)
                for key, part in value.items()
            }
        is_named = isinstance(value, tuple)
        if not is_named and not is_dataclass(value):
            return value
        if id(value) not in known:
            free = FREE_WORDS.get(type(value), ())
            changed = {
                name: self._free(part) if name in free else self._of(part, known)
                for name, part in _parts(value)
            }
            make = value._replace if is_named else lambda **new: replace(value, **new)
            known[id(value)] = make(**changed)
        return known[id(value)]

    def _free(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.words(value)
        return tuple(map(self.words, value)) if isinstance(value, tuple) else value


def clashes(
    people: Iterable[tuple[str, str]], declared: Mapping[str, Iterable[str]]
) -> list[Clash]:
    """Return the declared names that have a word in common with a real name.

    Args:
        people: code and real name of everybody whose real name is known.
        declared: what -> names of that kind.
    """
    found = []
    listed = [(what, name) for what, names in declared.items() for name in names]
    for code, real in people:
        parts = parts_of(real)
        if parts:
            pattern = _any_of((part, rf"(?i:{_written(part)})") for part in parts)
            found += [Clash(what, name, code) for what, name in listed if pattern.search(name)]
    return found


def parts_of(real: str) -> list[str]:
    """Return a real name and its parts, as far as they can be told from common words.

    A name that was typed in one case is taken as if it had its capitals.
    """
    real = " ".join(unicodedata.normalize("NFC", real).split())
    written = real.title() if real.islower() or real.isupper() else real
    words = [word.strip(_AROUND) for word in written.split()]
    words += [part for word in words for part in re.split(f"[{_HYPHENS}]", word)]
    parts = [
        word for word in words if len(word) >= _least(word) and word.casefold() not in _PARTICLES
    ]
    whole = [written] if len(written) > 1 else []
    return [part for part in dict.fromkeys(whole + parts) if _is_begun_as_name(part)]


def _is_begun_as_name(word: str) -> bool:
    """Tell whether a word begins with a capital, or with a letter of a script that has none."""
    return word[0].isalpha() and not word[0].islower()


def _least(word: str) -> int:
    return 2 if _UNSPACED.match(word) else _SHORTEST


def _meant(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return whom each real name means; one that several have does not say which."""
    meant: dict[str, str] = {}
    for name, pseudonym in pairs:
        meant[name] = pseudonym if meant.get(name, pseudonym) == pseudonym else _SEVERAL
    return meant


def _key(name: str) -> str:
    """Return a name so that all ways to write it are equal."""
    plain = unicodedata.normalize("NFC", name).casefold().translate(_ONE)
    return "".join(unicodedata.normalize("NFC", plain).split())


def _longest(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (-len(name), name))


def _as_name(name: str) -> str:
    """Return the pattern of a part of a name: as it is, or in capitals."""
    loud = name.upper()
    shouted = len(name) >= _SHORTEST and loud != name
    return f"(?:{_written(name)}|{_written(loud)})" if shouted else _written(name)


def _written(name: str) -> str:
    """Return the pattern of a name, whatever its accents, signs and spaces are made of."""
    between = r"\s*" if _UNSPACED.match(name) else r"\s+"
    words = unicodedata.normalize("NFC", name).split()
    return between.join("".join(map(_letter, word)) for word in words)


def _letter(letter: str) -> str:
    if letter in _ALIKE:
        return _ALIKE[letter]
    parted = unicodedata.normalize("NFD", letter)
    return re.escape(letter) if parted == letter else f"(?:{letter}|{parted})"


def _any_of(choices: Iterable[tuple[str, str]]) -> re.Pattern[str]:
    """Return the pattern that finds names, as whole words where the script has words.

    Args:
        choices: name and its pattern, the more important first.
    """
    listed = list(choices)
    free = [pattern for name, pattern in listed if _UNSPACED.match(name)]
    words = [_begun(name) + pattern for name, pattern in listed if not _UNSPACED.match(name)]
    whole = [rf"(?:{'|'.join(words)})(?![\w\u0300-\u036f])"] if words else []
    return re.compile("|".join(whole + free))


def _begun(name: str) -> str:
    """Return the pattern of the place where a name may begin: a word, or behind such letters."""
    for script, letters in _JOINED:
        if re.match(f"[{script}]", name):
            behind = (rf"(?<=\b[{letters}]{{{n}}})" for n in (1, 2, 3))
            return rf"(?:\b|{'|'.join(behind)})"
    return r"\b"


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    is_data = is_dataclass(value)
    names = [part.name for part in fields(value) if part.init] if is_data else value._fields
    for name in names:
        yield name, getattr(value, name)
