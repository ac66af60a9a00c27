"""Web pages: headings, lists, quotations, tables, bold and italic; and noScribe's transcripts."""

from __future__ import annotations

from pathlib import Path

from workbench.exchange import html_blocks, import_noscribe
from workbench.exchange.document import Document, Losses, finished
from workbench.exchange.plaintext import read_bytes
from workbench.exchange.speakers import attribute


def read(path: Path) -> Document:
    """Read a web page, or a transcript that noScribe has saved as one.

    Raises:
        UserError: there is no text.
        EnvironmentProblem: the file cannot be read.
    """
    root = html_blocks.parse(read_bytes(path))
    if root is not None and import_noscribe.is_transcript(root):
        return import_noscribe.read_tree(path, root)
    losses = Losses()
    parts = attribute(html_blocks.blocks(root, losses))
    language = (root.get("lang") or "")[:2].lower() if root is not None else ""
    return finished(path, parts, language=language, notes=losses.notes())
