"""Word files as what they are: a package of XML parts."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

_TAG = re.compile(r"<[^>]+>")
_PARAGRAPH = re.compile(r"</w:p>")


def parts(path: Path) -> dict[str, str]:
    """Return name -> content of every part that is text."""
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
        return {name: package.read(name).decode("utf-8") for name in names}


def text(path: Path) -> str:
    """Return all words of all parts, a paragraph to a line, wherever Word has cut its runs."""
    return "\n".join(_TAG.sub("", _PARAGRAPH.sub("\n", part)) for part in parts(path).values())
