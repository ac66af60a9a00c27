"""Collects the texts of the program for translators, and makes catalogues of what they write.

    words.py template            writes locale/workbench.pot: every text, to be translated
    words.py update de           brings the German catalogue to the texts of today, or begins it
    words.py compile de          checks it and makes the file that the program reads
    words.py pseudo              makes the language “qps”, in which every translated text is marked

Catalogues lie in `resources/locale`, or in the folder given by `--into`.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import catalogues
from catalogues import Entry, Malformed
from collecting import collected, parsed
from console import fail, say

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("workbench", "ui")
PSEUDO = "qps"
"""The code that stands for no language; systems use it for the same purpose."""
_LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀćđéƒǧĥíĵķłɱñóƥɋřšťúṽŵẋýžÁƁĆĐÉƑǦĤÍĴĶŁṀÑÓƤɊŘŠŤÚṼŴẊÝŽ",
)
_KEPT = re.compile(r"\{[^{}]*\}|<[^<>]+>|&[a-z]+;")  # what is filled in, and marks of a text


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what is asked.

    Returns:
        0 when it was done, else 1.
    """
    parser = argparse.ArgumentParser(description="Collects and compiles texts of the program.")
    parser.add_argument("what", choices=("template", "update", "compile", "pseudo"))
    parser.add_argument("language", nargs="?", default="")
    parser.add_argument("--into", type=Path, default=ROOT / "resources" / "locale")
    asked = parser.parse_args(arguments)
    try:
        if asked.what == "template":
            file, number = _write_template(asked.into)
        elif asked.what == "pseudo":
            file, number = write_pseudo(asked.into)
        elif not asked.language:
            parser.error(f"{asked.what} wants a language, such as “de”")
        elif asked.what == "update":
            file, number = update(asked.into, asked.language)
        else:
            file, number = compile_(asked.into, asked.language)
    except (Malformed, OSError) as problem:
        fail(str(problem))
        return 1
    say(f"✓ {file}: {number} texts")
    return 0


def texts() -> list[Entry]:
    """Return every text of the program.

    Raises:
        Malformed: some could not be collected; it says which.
    """
    found, faults = collected(parsed(ROOT, FOLDERS))
    if faults:
        raise Malformed("\n".join(f"{file}:{one.line}: {one.what}" for file, one in faults))
    return catalogues.template(found)


def update(folder: Path, language: str) -> tuple[Path, int]:
    """Bring the catalogue of a language to the texts of today; what was translated stays."""
    file = place(folder, language).with_suffix(".po")
    known, forms = catalogues.read(file.read_text("utf-8")) if file.exists() else ([], "")
    entries = catalogues.updated(texts(), known)
    _write(file, catalogues.written(entries, language, forms).encode())
    return file, sum(entry.is_told for entry in entries)


def compile_(folder: Path, language: str) -> tuple[Path, int]:
    """Make of what translators wrote what the program reads.

    Raises:
        Malformed: a translation would fail where it is shown.
    """
    file = place(folder, language)
    entries, forms = catalogues.read(file.with_suffix(".po").read_text("utf-8"))
    if faults := list(filter(None, map(catalogues.wrong, entries))):
        raise Malformed("\n".join(faults))
    _write(file, catalogues.compiled(entries, language, forms))
    return file, sum(entry.is_told for entry in entries)


def write_pseudo(folder: Path) -> tuple[Path, int]:
    """Write a catalogue that marks each text: what is not marked on screen is not translated."""
    entries = [
        Entry(one.one, (pseudo(one.one), pseudo(one.many)), one.many)
        if one.many
        else Entry(one.one, pseudo(one.one))
        for one in texts()
    ]
    file = place(folder, PSEUDO)
    _write(file, catalogues.compiled(entries, PSEUDO))
    return file, len(entries)


def pseudo(text: str) -> str:
    """Return a text with strange letters, a third longer, in brackets: “⟦Ťéẋť··⟧”."""
    parts = _KEPT.split(text)
    kept = [*_KEPT.findall(text), ""]
    strange = "".join(
        part.translate(_LETTERS) + mark for part, mark in zip(parts, kept, strict=True)
    )
    return f"⟦{strange}{'·' * (len(text) // 3)}⟧"


def place(folder: Path, language: str) -> Path:
    """Return where the program looks for the catalogue of a language."""
    return folder / language / "LC_MESSAGES" / "workbench.mo"


def _write_template(folder: Path) -> tuple[Path, int]:
    entries = texts()
    file = folder / "workbench.pot"
    _write(file, catalogues.written(entries, "").encode())
    return file, len(entries)


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


if __name__ == "__main__":
    sys.exit(main())
