"""E-books: the chapters in the order of their spine, each a web page."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote

from workbench.exchange import html_blocks
from workbench.exchange.archive import Archive, beside, opened, protected, value
from workbench.exchange.document import Document, Losses, Paragraph, finished
from workbench.words import Phrase

_KIND: Phrase = "an e-book"
_WHAT_NEXT: Phrase = "Ask its sender for an EPUB without protection, or for a PDF."
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})


def read(path: Path) -> Document:
    """Read an e-book chapter by chapter.

    Raises:
        UserError: not an e-book, damaged, protected, or without text.
        EnvironmentProblem: it cannot be read.
    """
    losses = Losses()
    with opened(path, _KIND, _WHAT_NEXT) as archive:
        package_name = _package_name(archive)
        package = archive.xml(package_name)
        chapters = _chapters(package, package_name)
        if not _protected(archive).isdisjoint(chapters):
            raise protected(path)
        parts: list[Paragraph] = []
        for chapter in chapters:
            if archive.has(chapter):
                parts += html_blocks.blocks(html_blocks.parse(archive.read(chapter)), losses)
            else:
                losses.add("chapter")
        language = next((node.text or "" for node in package.iter("{*}language")), "")
    return finished(path, parts, language=language[:2].lower(), notes=losses.notes())


def _package_name(archive: Archive) -> str:
    for node in archive.xml("META-INF/container.xml").iter("{*}rootfile"):
        if name := value(node, "full-path"):
            return name
    raise archive.damaged()


def _chapters(package: Any, package_name: str) -> list[str]:
    """Return the names of the chapters; the table of contents is not one."""
    items = {value(node, "id"): node for node in package.iter("{*}item")}
    found = []
    for reference in package.iter("{*}itemref"):
        item = items.get(value(reference, "idref"))
        if item is None or value(item, "media-type") not in _PAGES:
            continue
        if "nav" not in (value(item, "properties") or "").split():
            found.append(beside(package_name, unquote(value(item, "href") or "")))
    return list(dict.fromkeys(found))


def _protected(archive: Archive) -> set[str]:
    """Return the names of parts that are encrypted; fonts often are, which does not matter."""
    name = "META-INF/encryption.xml"
    if not archive.has(name):
        return set()
    references = archive.xml(name).iter("{*}CipherReference")
    return {unquote(value(node, "URI") or "") for node in references}
