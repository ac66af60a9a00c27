"""Catalogues of made-up languages."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from tests.support.source import ROOT


def write_catalogue(
    folder: Path, language: str, texts: Mapping[str, str | tuple[str, ...]], forms: str = ""
) -> Path:
    """Write a catalogue where the program looks for it.

    Args:
        folder: holds the catalogues of all languages.
        language: its code.
        texts: translations by the English text; several for the forms of a number.
        forms: the line that tells which form goes with a number.
    """
    sys.path.insert(0, str(ROOT / "packaging"))
    try:
        import catalogues
    finally:
        del sys.path[0]
    entries = [catalogues.Entry(text, told) for text, told in texts.items() if text]
    file = folder / language / "LC_MESSAGES" / "workbench.mo"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(catalogues.compiled(entries, language, forms))
    return file
