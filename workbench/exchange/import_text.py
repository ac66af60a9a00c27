"""Plain texts: a line is a paragraph, with its speaker and time if it has them."""

from __future__ import annotations

from pathlib import Path

from workbench.exchange.document import Document, Losses, Paragraph, finished
from workbench.exchange.plaintext import read_text
from workbench.exchange.speakers import attribute


def read(path: Path) -> Document:
    """Read a plain text.

    Raises:
        UserError: the file is empty, or no text.
        EnvironmentProblem: it cannot be read.
    """
    losses = Losses()
    lines = [line.strip() for line in read_text(path, losses).split("\n")]
    parts = attribute([Paragraph(line) for line in lines if line])
    return finished(path, parts, notes=losses.notes())
