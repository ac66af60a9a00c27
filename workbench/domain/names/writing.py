"""The pattern that finds many names at once, in the borders that each script gives to words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from workbench.domain.names.folding import BREAK
from workbench.domain.names.parts import HANGUL, UNSPACED, is_together
from workbench.domain.names.shapes import shapes_of
from workbench.domain.names.titles import TOGETHER

_SIGNS = rf"_.\-·・･{BREAK}"
_BETWEEN = rf"(?:\s{{1,4}}|[{_SIGNS}])"
_MAYBE_BETWEEN = rf"[\s{_SIGNS}]{{0,3}}"
_IN_NUMBER = r"[\s().\-/]{0,3}"
_SIGN = {" ": _BETWEEN, "-": _MAYBE_BETWEEN, BREAK: _MAYBE_BETWEEN, "'": "'?\\s?"}
# A letter, or a sign of a script whose vowels are signs.
_MARKS = "\u0300-\u036f\u0900-\u0963\u0970-\u0dff"
_LETTER = rf"(?:[^\W\d_]|[{_MARKS}])"
_TOGETHER = UNSPACED.pattern.strip("[]") + HANGUL.pattern.strip("[]")
_BORDERING = rf"[^\W\d_{_TOGETHER}]"  # a letter of a script that has spaces
_LEFT = rf"(?<!{_BORDERING})(?<![{_MARKS}])"
_RIGHT = rf"(?!{_BORDERING})(?![{_MARKS}])(?!'t\b)"  # a name is none in “Don't”
_SUFFIXED = rf"(?={_LETTER}{{0,4}}(?!{_LETTER}))"
_LEAST_SUFFIXED = 4
_POLITE = "さん|ちゃん|くん|君|様|さま|氏|先生"
# Letters that Arabic and Hebrew write together with the next word: and, to, in, from, the.
_JOINED = {"arabic": ("\u0600-\u06ff", "وفبلكس"), "hebrew": ("\u0590-\u05ff", "ושבכלמה")}
# Bengali to Sinhala, Georgian, Armenian: endings are written to the name.
_SUFFIXING = re.compile("[\u0980-\u0dff\u10a0-\u10ff\u0530-\u058f]")
# Small words of Hindi and Marathi that many write to the name.
_DEVANAGARI = re.compile("[\u0900-\u097f]")
_POSTPOSED = "ने|को|से|का|की|के|में|पर|जी|चा|ची|चे|च्या|ला|शी"
_HIRAGANA, _KATAKANA = re.compile("[ぁ-ゖ]+"), re.compile("[ァ-ヺー]+")
_THAI_SIGNS = "[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"
_BORDERS = {
    "bracket": ("", ""),
    "family": ("", rf"(?=\s?(?:{TOGETHER}))"),
    "number": (r"(?<!\w)", r"(?!\w)"),
    "hangul": ("", ""),
    "short hangul": (r"(?<!\w)", ""),
    "katakana": ("(?<![ァ-ヺー])", "(?![ァ-ヺー])"),
    "unspaced": ("", f"(?!{_THAI_SIGNS})"),
    "suffixing": (_LEFT, _SUFFIXED),
    "devanagari": (_LEFT, rf"(?:{_RIGHT}|(?=(?:{_POSTPOSED})(?!{_LETTER})))"),
}
_LEAST_DIGITS = 5
_WHOLE_HANGUL = 3  # letters: family and given name


class Names:
    """Finds folded names; the longest at a place.

    Args:
        pattern: finds them.
        firsts: the letters with which they begin. Texts without any of them are passed over, which
            are most in a script of thousands of letters.
    """

    def __init__(self, pattern: str, firsts: str) -> None:
        self._pattern = re.compile(pattern)
        self._firsts = re.compile(f"[{re.escape(firsts)}]")

    def within(self, plain: str) -> Iterable[re.Match[str]]:
        """Go through where they stand in a folded text."""
        return self._pattern.finditer(plain) if self._firsts.search(plain) else ()


def any_of(names: Iterable[str]) -> Names | None:
    """Return what finds some folded names; `None` if none is given.

    Args:
        names: folded; a number is found however its digits are grouped.
    """
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(_script(name), []).append(name)
    firsts = {script: _firsts(listed) for script, listed in sorted(groups.items())}
    found = [
        f"(?=[{re.escape(letters)}])" + _pattern(script, _tree(groups[script]))
        for script, letters in firsts.items()
    ]
    return Names("|".join(found), "".join(sorted(set("".join(firsts.values()))))) if found else None


def _script(name: str) -> str:
    """Return which borders a name has."""
    fits = {
        "bracket": name[0] == "[",
        "number": is_number(name),
        "family": len(name) == 1 and is_together(name),
        "hangul": HANGUL.match(name) and len(name) >= _WHOLE_HANGUL,
        "short hangul": HANGUL.match(name),
        "hiragana": _HIRAGANA.fullmatch(name),
        "katakana": _KATAKANA.fullmatch(name),
        "unspaced": UNSPACED.match(name),
        "devanagari": _DEVANAGARI.match(name),
        "suffixing": _SUFFIXING.match(name) and len(name) >= _LEAST_SUFFIXED,
        **{script: re.match(f"[{letters}]", name) for script, (letters, _) in _JOINED.items()},
    }
    return next((script for script, fit in fits.items() if fit), "spaced")


def _pattern(script: str, tree: str) -> str:
    """Return the pattern of names of a script, inside its borders."""
    if script == "hiragana":
        return rf"(?:(?<![ぁ-ゖ]){tree}|{tree}(?={_POLITE}))"
    before, behind = _BORDERS.get(script, (_LEFT, _RIGHT))
    if script in _JOINED:
        letters = _JOINED[script][1]
        joined = "|".join(rf"(?<=\b[{letters}]{{{n}}})" for n in (1, 2, 3))
        before = rf"(?:{before}|{joined})"
    return before + tree + behind


def is_number(name: str) -> bool:
    """Tell whether a folded name is a number, which may be grouped in many ways."""
    digits = sum(map(str.isdigit, name))
    return name[0] != "[" and digits >= _LEAST_DIGITS and 2 * digits > len(name)


def _firsts(names: Iterable[str]) -> str:
    """Return the letters with which names can begin: most places are passed over by them."""
    found = {shape for name in names for shape in shapes_of(name.lstrip("'")[:1])}
    apostrophe = "'" if any(name.startswith("'") for name in names) else ""
    return "".join(sorted(found)) + apostrophe


def _tree(names: Iterable[str]) -> str:
    """Return the pattern of names, in which those that begin alike share their beginning."""
    root: dict[str, Any] = {}
    for name in names:
        node = root
        for letter in _letters(name):
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branches(root)


def _letters(name: str) -> Iterator[str]:
    grouped = is_number(name)
    together = bool(UNSPACED.match(name) or HANGUL.match(name))
    for at, letter in enumerate(name):
        if grouped:
            if letter.isalnum() or letter == "+":
                yield re.escape(letter) + (_IN_NUMBER if at < len(name) - 1 else "")
        else:
            yield _MAYBE_BETWEEN if together and letter == " " else _sign(letter)


def _sign(letter: str) -> str:
    shapes = shapes_of(letter)
    return _SIGN.get(letter) or (re.escape(letter) if len(shapes) == 1 else f"[{shapes}]")


def _branches(node: dict[str, Any]) -> str:
    """Return the pattern of everything below a node, the longer first."""
    chain = ""
    while len(node) == 1 and "" not in node:
        [(letter, node)] = node.items()
        chain += letter
    listed = [letter + _branches(below) for letter, below in sorted(node.items()) if letter]
    if not listed:
        return chain
    ends = "?" if "" in node else ""
    return f"{chain}(?:{'|'.join(listed)}){ends}"
