"""Packed documents, opened with suspicion: Word, OpenDocument and e-books are ZIP files of XML.

Nothing is ever unpacked to the disk. A few kilobytes can claim to be gigabytes, and an XML file
can define words that grow without end or name other files; both are refused before they begin.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, cast

from lxml import etree

from workbench.errors import EnvironmentProblem, UserError
from workbench.exchange.document import LARGEST, damaged, too_long
from workbench.words import said

_MOST_ENTRIES = 20_000
_SMALL = 1_000_000
_MOST_GROWTH = 200
_OLE = b"\xd0\xcf\x11\xe0"


class Archive:
    """An open ZIP file; `read` and `xml` count what they unpack.

    Args:
        path: the file.
        kind: with its article: “a Word document”.
        todo: how to get a good one.
    """

    def __init__(self, path: Path, kind: str, todo: str) -> None:
        self.path = path
        self._kind = kind
        self._todo = todo
        self._left = LARGEST
        self._zip = zipfile.ZipFile(path)
        if len(self._zip.infolist()) > _MOST_ENTRIES:
            raise self.damaged()

    def damaged(self) -> UserError:
        """Return the refusal of this file."""
        return damaged(self.path, self._kind, self._todo)

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return self._zip.namelist()

    def has(self, name: str) -> bool:
        """Tell whether there is a part of this name."""
        return name in self._zip.NameToInfo

    def read(self, name: str) -> bytes:
        """Return a part.

        Raises:
            UserError: it is missing, protected, or grows beyond reason.
        """
        info = self._zip.NameToInfo.get(name)
        if info is None:
            raise self.damaged()
        if info.flag_bits & 1:
            raise protected(self.path)
        if info.file_size > max(_SMALL, info.compress_size * _MOST_GROWTH):
            raise self._bomb()
        if info.file_size > self._left:
            raise too_long(self.path, said("more than {mb} MB", mb=LARGEST // 1_000_000))
        with self._zip.open(info) as part:
            data = part.read(info.file_size + 1)
        if len(data) > info.file_size:
            raise self._bomb()
        self._left -= len(data)
        return data

    def xml(self, name: str) -> etree._Element:
        """Return a part as a tree.

        Raises:
            UserError: as `read`; or it is no XML, or brings definitions of its own.
        """
        return parse_xml(self.read(name), self.damaged())

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def _bomb(self) -> UserError:
        return UserError(
            "document-bomb",
            "“{file}” is packed so that it would fill the memory; it was not opened.",
            "Ask its sender for the document in another form, such as a PDF.",
            file=self.path.name,
        )


@contextmanager
def opened(path: Path, kind: str, todo: str) -> Iterator[Archive]:
    """Open a packed document; whatever is wrong with it becomes one sentence.

    Raises:
        UserError: damaged, protected, or dangerous.
        EnvironmentProblem: it cannot be read.
    """
    try:
        if _starts_with(path, _OLE):
            raise protected(path)
        archive = Archive(path, kind, todo)
    except (zipfile.BadZipFile, ValueError, RuntimeError) as problem:
        raise damaged(path, kind, todo) from problem
    except OSError as problem:
        raise EnvironmentProblem(
            "cannot-read",
            "“{file}” cannot be read ({reason}).",
            "Check that you may read it and that its drive is connected.",
            file=path.name,
            reason=problem.strerror,
        ) from problem
    try:
        yield archive
    # Packing methods nobody uses, sums that do not match, attributes that are no numbers.
    except (
        *(zipfile.BadZipFile, zlib.error, EOFError, OSError),
        *(KeyError, ValueError, IndexError, RuntimeError),
    ) as problem:
        raise damaged(path, kind, todo) from problem
    finally:
        archive.close()


def parse_xml(data: bytes, refusal: UserError) -> etree._Element:
    """Return XML as a tree, if it defines nothing and names no other file.

    Raises:
        UserError: the refusal.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as problem:
        raise refusal from problem
    if root.getroottree().docinfo.doctype:
        raise refusal
    return root


def protected(path: Path) -> UserError:
    """Return the refusal of a document with a password."""
    return UserError(
        "document-protected",
        "“{file}” is protected by a password, or comes from an Office before 2007.",
        "Open it in its program, remove the password, and save it again in the present format.",
        file=path.name,
    )


def beside(part: str, target: str) -> str:
    """Return the name of a part that another part names relative to itself."""
    pieces: list[str] = []
    for piece in (*PurePosixPath(part).parent.parts, *PurePosixPath(target).parts):
        if piece == "..":
            pieces[-1:] = []
        elif piece not in {".", "/"}:
            pieces.append(piece)
    return "/".join(pieces)


def local(node: Any) -> str:
    """Return the name of an element without its namespace: programs disagree on those."""
    tag = node.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def value(node: Any, name: str = "val") -> str | None:
    """Return an attribute whatever its namespace."""
    if node is None:
        return None
    for key, found in node.attrib.items():
        if key.rsplit("}", 1)[-1] == name:
            return cast("str", found)
    return None


def _starts_with(path: Path, start: bytes) -> bool:
    with path.open("rb") as stream:
        return stream.read(len(start)) == start
