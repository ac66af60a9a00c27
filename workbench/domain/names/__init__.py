"""Names: how they are written, bent and found; what the researcher decided about them.

The one room that tells whether a name stands in a text. `workbench/domain/protection.py` puts
something else in its place.
"""

from workbench.domain.names.finder import Finder, Place, may_find
from workbench.domain.names.folding import folded, key
from workbench.domain.names.forms import SEVERAL, Wanted
from workbench.domain.names.initials import parts_by, with_initials
from workbench.domain.names.ordinary import is_ordinary
from workbench.domain.names.parts import parts_of, words_of
from workbench.domain.names.sorts import Sort

__all__ = [
    "SEVERAL",
    "Finder",
    "Place",
    "Sort",
    "Wanted",
    "folded",
    "is_ordinary",
    "key",
    "may_find",
    "parts_by",
    "parts_of",
    "with_initials",
    "words_of",
]
