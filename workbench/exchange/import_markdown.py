"""Markdown: rendered to HTML by markdown-it, then read as every HTML is."""

from __future__ import annotations

import re
from pathlib import Path

from markdown_it import MarkdownIt

from workbench.exchange import html_blocks
from workbench.exchange.document import Document, Losses, finished
from workbench.exchange.plaintext import read_text
from workbench.exchange.speakers import attribute

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*\n", re.DOTALL)


def read(path: Path) -> Document:
    """Read Markdown with its headings, lists, quotations, tables, bold and italic.

    Raises:
        UserError: there is no text.
        EnvironmentProblem: the file cannot be read.
    """
    losses = Losses()
    # The data some editors put on top would turn into headings.
    text = _FRONT_MATTER.sub(r"```\n\1\n```\n\n", read_text(path, losses))
    renderer = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    root = html_blocks.parse(renderer.render(text))
    parts = attribute(html_blocks.blocks(root, losses))
    return finished(path, parts, notes=losses.notes())
