"""Reads a file that is about to leave as whoever gets it could read it: every word, with its place.

Exporters say what they write; this says what stands in the file, also where nobody thought of it:
in properties, alt texts, names of sheets, the file's own name. What cannot be read is a piece that
says so, because nobody can vouch for it.
"""

from workbench.exchange.finished.piece import Piece
from workbench.exchange.finished.whole import MOST_BYTES, drawing, pieces

__all__ = ["MOST_BYTES", "Piece", "drawing", "pieces"]
