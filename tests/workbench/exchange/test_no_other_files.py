"""Reading a document opens that document: no file it names, no address, and no words that breed."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.workbench.exchange import files
from workbench.errors import UserError
from workbench.exchange import registry

_OTHERS = "the words of another file"
_LAUGHS = "".join(f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 30))


class Watched:
    """A file and an address; both tell whether anybody came.

    Args:
        path: where the file is made: a pipe, whose writer waits until it is opened for reading.
    """

    def __init__(self, path: Path, server: socket.socket) -> None:
        self.path, self.server = path, server
        self.address = f"http://127.0.0.1:{server.getsockname()[1]}/other.xml"
        self._opened = Event()
        self._writer = Thread(target=self._write)
        os.mkfifo(path)
        self._writer.start()

    def _write(self) -> None:
        with self.path.open("w", encoding="utf-8") as pipe:
            self._opened.set()
            pipe.write(_OTHERS)

    @property
    def seen(self) -> bool:
        """Tell whether the file was opened or the address was asked."""
        try:
            self.server.accept()[0].close()
        except BlockingIOError:
            return self._opened.is_set()
        return True

    def end(self) -> None:
        """Let the writer go."""
        reading = os.open(self.path, os.O_RDONLY | os.O_NONBLOCK)
        self._writer.join()
        os.close(reading)


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        made = Watched(tmp_path / "other.xml", server)
        yield made
        made.end()


def _doctypes(watched: Watched) -> dict[str, str]:
    """Return ways to name another file, each with the entity that stands for it."""
    found = {}
    for name, place in (("file", watched.path.as_uri()), ("address", watched.address)):
        found |= {
            f"entity, {name}": f'<!DOCTYPE d [<!ENTITY e SYSTEM "{place}">]>',
            f"public entity, {name}": f'<!DOCTYPE d [<!ENTITY e PUBLIC "x" "{place}">]>',
            f"definitions, {name}": f'<!DOCTYPE d SYSTEM "{place}" [<!ENTITY e "x">]>',
            f"parameter, {name}": f'<!DOCTYPE d [<!ENTITY % p SYSTEM "{place}"> %p; '
            '<!ENTITY e "x">]>',
        }
    return found


def _word(folder: Path, head: str, body: str) -> Path:
    text = f"<w:p><w:r><w:t>{body}</w:t></w:r></w:p>"
    document = f'{head}<w:document xmlns:w="{files.W}"><w:body>{text}</w:body></w:document>'
    return files.pack(folder, "a.docx", {"word/document.xml": document})


def _word_styles(folder: Path, head: str, body: str) -> Path:
    path = _word(folder, "", "words")
    document = f'<w:document xmlns:w="{files.W}"><w:body><w:p/></w:body></w:document>'
    styles = f'{head}<w:styles xmlns:w="{files.W}">{body}</w:styles>'
    return files.pack(folder, path.name, {"word/document.xml": document, "word/styles.xml": styles})


def _opendocument(folder: Path, head: str, body: str) -> Path:
    names = ('xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
             'xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0"')  # fmt: skip
    text = f"<o:body><o:text><t:p>{body}</t:p></o:text></o:body>"
    content = f"{head}<o:document-content {names}>{text}</o:document-content>"
    return files.pack(folder, "a.odt", {"content.xml": content})


def _book(folder: Path, head: str, body: str) -> Path:
    return files.book(folder, {"one": "x"}, **{"META-INF/container.xml": f"{head}<c>{body}</c>"})


def _chapter(folder: Path, head: str, body: str) -> Path:
    page = f"{head}<html><body><p>said {body}</p></body></html>"
    return files.book(folder, {"one": "x"}, **{"OEBPS/text/one.xhtml": page})


def _page(folder: Path, head: str, body: str) -> Path:
    link = '<link rel="stylesheet" href="{0}"/><img src="{0}"/><iframe src="{0}"></iframe>'
    place = (folder / "other.xml").as_uri()
    page = f"{head}<html><head>{link.format(place)}</head><body><p>said {body}</p></body></html>"
    return files.write(folder, "a.html", page)


_REFUSING: tuple[Callable[[Path, str, str], Path], ...] = (
    _word, _word_styles, _opendocument, _book,
)  # fmt: skip
_PLAIN = (_chapter, _page)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it has no pipes with names")


@pytest.mark.parametrize("make", _REFUSING)
def test_xml_that_names_another_file_is_refused_unopened(
    watched: Watched, tmp_path: Path, make: Callable[[Path, str, str], Path]
) -> None:
    for what, head in _doctypes(watched).items():
        with pytest.raises(UserError, match="cannot be read as"):
            registry.read_document(make(tmp_path, head, "&e;"))
        assert not watched.seen, what


@pytest.mark.parametrize("make", _PLAIN)
def test_a_page_that_names_another_file_is_read_without_it(
    watched: Watched, tmp_path: Path, make: Callable[[Path, str, str], Path]
) -> None:
    for what, head in _doctypes(watched).items():
        document = registry.read_document(make(tmp_path, head, "&e;"))
        assert not watched.seen, what
        text = " ".join(turn.text for turn in document.turns)
        assert "said" in text
        assert _OTHERS not in text


def test_what_xml_includes_is_not_read(watched: Watched, tmp_path: Path) -> None:
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="{}"/>'
    for place in (watched.path.as_uri(), watched.address):
        inside = f"words{include.format(place)}"
        [turn] = registry.read_document(_opendocument(tmp_path, "", inside)).turns
        assert turn.text == "words"
        style = f'<?xml-stylesheet href="{place}"?>'
        assert registry.read_document(_word(tmp_path, style, "words")).turns[0].text == "words"
    assert not watched.seen


@pytest.mark.parametrize("make", _REFUSING)
def test_words_that_breed_are_refused(
    tmp_path: Path, make: Callable[[Path, str, str], Path]
) -> None:
    head = f'<!DOCTYPE d [<!ENTITY a0 "ha">{_LAUGHS}]>'
    with pytest.raises(UserError, match="cannot be read as"):
        registry.read_document(make(tmp_path, head, "&a29;"))


@pytest.mark.parametrize("make", _PLAIN)
def test_words_that_breed_stay_one_on_a_page(
    tmp_path: Path, make: Callable[[Path, str, str], Path]
) -> None:
    head = f'<!DOCTYPE d [<!ENTITY a0 "ha">{_LAUGHS}]>'
    document = registry.read_document(make(tmp_path, head, "&a29;"))
    assert sum(len(turn.text) for turn in document.turns) < 10_000
