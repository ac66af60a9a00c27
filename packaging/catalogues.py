"""Catalogues of translations as files: the template, what translators write, what programs read.

The formats are those of gettext, which every tool for translators knows. They are few lines each,
so the program needs no library for them and no tool to be installed.
"""

from __future__ import annotations

import ast
import re
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from collecting import Text, braces

_MAGIC = 0x950412DE  # the first number of a compiled catalogue
_FORMS = "nplurals=2; plural=(n != 1);"
_LINE = re.compile(r'^(?:(msgid|msgid_plural|msgstr)(?:\[(\d+)\])?\s+)?(".*")\s*$')


class Malformed(Exception):
    """A file that is no catalogue, or one that would fail where its texts are shown."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A text in another language.

    Attributes:
        one: the English text.
        told: its translation, or the forms that go with numbers; empty where there is none yet.
        many: the English text for any number but one, "" where there is no number.
        places: files in which it stands.
    """

    one: str
    told: str | tuple[str, ...] = ""
    many: str = ""
    places: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """Return the translations, one or more."""
        return self.told if isinstance(self.told, tuple) else (self.told,)

    @property
    def is_told(self) -> bool:
        """Tell whether it is translated, every form of it."""
        return all(self.forms)


def template(texts: Mapping[Text, Iterable[Path]]) -> list[Entry]:
    """Return what there is to translate, each text once, in the order of the source."""
    found: dict[str, Entry] = {}
    for text, files in texts.items():
        places = tuple(sorted(file.as_posix() for file in files))
        had = found.get(text.one)
        if had is None:
            told = ("", "") if text.many else ""
            found[text.one] = Entry(text.one, told, text.many, places)
        else:  # “{n} file” alone, and “{n} file” or “{n} files”: gettext knows them by the first
            many = had.many or text.many
            told = ("", "") if many else ""
            merged = tuple(dict.fromkeys((*had.places, *places)))
            found[text.one] = Entry(text.one, told, many, merged)
    return list(found.values())


def updated(entries: Iterable[Entry], known: Iterable[Entry]) -> list[Entry]:
    """Return entries with the translations that are known; those of texts that are gone go."""
    told = {(entry.one, bool(entry.many)): entry.told for entry in known}
    return [replace(one, told=told.get((one.one, bool(one.many)), one.told)) for one in entries]


def written(entries: Iterable[Entry], language: str, forms: str = "") -> str:
    """Return a catalogue as translators edit it."""
    head = _head(language, forms).rstrip("\n").split("\n")
    lines = ['msgid ""', 'msgstr ""', *(_quoted(f"{line}\n") for line in head)]
    for entry in entries:
        lines += ["", *(f"#: {place}" for place in entry.places)]
        if braces(entry.one):
            lines.append("#, python-brace-format")
        lines.append(f"msgid {_quoted(entry.one)}")
        if entry.many:
            lines.append(f"msgid_plural {_quoted(entry.many)}")
            lines += [f"msgstr[{n}] {_quoted(form)}" for n, form in enumerate(entry.forms)]
        else:
            lines.append(f"msgstr {_quoted(entry.forms[0])}")
    return "\n".join(lines) + "\n"


def read(text: str) -> tuple[list[Entry], str]:
    """Return the entries of a catalogue that translators edited, and its line on forms of numbers.

    Raises:
        Malformed: a line is none of a catalogue.
    """
    entries = list(_entries(text.splitlines()))
    head = next((str(entry.told) for entry in entries if not entry.one), "")
    forms = re.search(r"^Plural-Forms:\s*(.+)$", head, re.MULTILINE)
    return [entry for entry in entries if entry.one], forms[1] if forms else ""


def wrong(entry: Entry) -> str:
    """Return what is wrong with a translation, "" if nothing is: it fills what the text fills."""
    wanted = braces(entry.one) | braces(entry.many)
    for form in filter(None, entry.forms):
        if strange := braces(form) - wanted:
            return f"“{form}” names {', '.join(sorted(strange))}, which nothing fills"
        if form.count("{") != form.count("}"):
            return f"“{form}” has a brace alone"
        if missing := wanted - braces(form) - {"n"}:
            return f"“{form}” leaves out {', '.join(sorted(missing))}"
    return ""


def compiled(entries: Iterable[Entry], language: str, forms: str = "") -> bytes:
    """Return a catalogue as programs read it; what is not translated is left out."""
    pairs = {"": _head(language, forms)}
    for entry in entries:
        if entry.is_told:
            several = isinstance(entry.told, tuple)
            key = f"{entry.one}\0{entry.many or entry.one}" if several else entry.one
            pairs[key] = "\0".join(entry.forms)
    ordered = sorted((key.encode(), told.encode()) for key, told in pairs.items())
    count = len(ordered)
    at = 28 + 16 * count
    tables: list[int] = []
    for side in (0, 1):
        for pair in ordered:
            tables += [len(pair[side]), at]
            at += len(pair[side]) + 1
    head = struct.pack("<7I", _MAGIC, 0, count, 28, 28 + 8 * count, 0, 28 + 16 * count)
    words = b"".join(pair[side] + b"\0" for side in (0, 1) for pair in ordered)
    return head + struct.pack(f"<{len(tables)}I", *tables) + words


def _head(language: str, forms: str) -> str:
    return (
        "Project-Id-Version: Workbench\n"
        f"Language: {language}\n"
        "MIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=UTF-8\n"
        "Content-Transfer-Encoding: 8bit\n"
        f"Plural-Forms: {forms or _FORMS}\n"
    )


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"'


def _entries(lines: Iterable[str]) -> Iterator[Entry]:
    parts: dict[str, str] = {}
    places: list[str] = []
    doubtful, key = False, ""
    for number, line in enumerate(lines, start=1):
        if line.startswith("#~") or not line.strip():
            continue
        if line.startswith(("#", "msgid ")):
            if "msgstr" in "".join(parts):
                yield _entry(parts, places, doubtful=doubtful)
                parts, places, doubtful = {}, [], False
            if line.startswith("#:"):
                places.append(line[2:].strip())
            doubtful = doubtful or (line.startswith("#,") and "fuzzy" in line)
            if line.startswith("#"):
                continue
        found = _LINE.match(line)
        if found is None:
            raise Malformed(f"line {number} is none of a catalogue: {line}")
        if found[1]:
            key = found[1] + (found[2] or "")
        try:
            parts[key] = parts.get(key, "") + str(ast.literal_eval(found[3]))
        except (SyntaxError, ValueError) as problem:
            raise Malformed(f"line {number} has quotation marks that do not close") from problem
    if parts:
        yield _entry(parts, places, doubtful=doubtful)


def _entry(parts: Mapping[str, str], places: Iterable[str], *, doubtful: bool) -> Entry:
    many = parts.get("msgid_plural", "")
    told = [text for key, text in sorted(parts.items()) if key.startswith("msgstr")]
    if doubtful and parts.get("msgid"):  # a tool guessed it
        told = [""] * len(told)
    return Entry(
        parts.get("msgid", ""), tuple(told) if many else "".join(told), many, tuple(places)
    )
