"""Names and terms that recordings are expected to hold, as people list them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from workbench.words import Phrase

HINT: Phrase = "Names and terms, to be recognised in recordings"


def terms_of(text: str) -> tuple[str, ...]:
    """Return the terms of a list with commas, semicolons or lines, each once."""
    parts = (" ".join(part.split()) for part in re.split(r"[,;\n]", text))
    return tuple(dict.fromkeys(filter(None, parts)))


def listed(terms: Iterable[str]) -> str:
    """Return terms as people list them; `terms_of` reads it again."""
    return ", ".join(terms)
