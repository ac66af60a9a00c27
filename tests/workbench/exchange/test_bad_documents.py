"""Bad documents get one clear sentence, and nothing of them stays in the study."""

from __future__ import annotations

import errno
import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.pseudo import pseudo_spoken, untranslated
from tests.workbench.exchange import files
from workbench.errors import UserError, WorkbenchError
from workbench.exchange import registry
from workbench.study import Study

_ENTITIES = (
    '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    f'<w:document xmlns:w="{files.W}"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body>'
    "</w:document>"
)
_FILE_ENTITY = _ENTITIES.replace('"ha"', 'SYSTEM "file:///etc/hostname"')


def _bomb(folder: Path) -> Path:
    return files.word(folder, "<w:p><w:r><w:t>" + "waiting " * 4_000_000 + "</w:t></w:r></w:p>")


def _liar(folder: Path) -> Path:
    """A part that says it is small and is not."""
    path = _bomb(folder)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        true_size = archive.getinfo("word/document.xml").file_size.to_bytes(4, "little")
    for _ in range(2):
        place = data.find(true_size)
        data[place : place + 4] = (1000).to_bytes(4, "little")
    path.write_bytes(data)
    return path


def _many_words(folder: Path) -> Path:
    """More text than a document may hold, as large as it is on the disk."""
    path = folder / "big.txt"
    with path.open("wb") as stream:
        stream.truncate(200_000_000)
    return path


def _scan(folder: Path) -> Path:
    return files.pdf(folder, [[], [], []], name="scan.pdf")


def _noise(folder: Path) -> Path:
    return files.write(folder, "noise.txt", random.Random(1).randbytes(5000))


def _drm(folder: Path) -> Path:
    more = {
        "META-INF/encryption.xml": '<encryption xmlns="urn:x"><EncryptedData><CipherReference '
        'URI="OEBPS/text/one.xhtml"/></EncryptedData></encryption>'
    }
    return files.book(folder, {"one": "<p>no</p>"}, **more)


BAD: dict[str, tuple[str, Callable[[Path], Path]]] = {
    "scanned PDF": ("OCR", _scan),
    "encrypted PDF": ("password", lambda f: files.pdf(f, [[]], encrypt=True)),
    "broken PDF": ("PDF", lambda f: files.write(f, "a.pdf", "%PDF-1.7 and no more")),
    "PDF by name": ("PDF", lambda f: files.write(f, "a.pdf", "just words")),
    "broken Word": ("Word", lambda f: files.write(f, "a.docx", b"PK\x03\x04nothing")),
    "half a Word": (
        "Word",
        lambda f: files.write(f, "h.docx", files.word(f, "<w:p/>").read_bytes()[:150]),
    ),
    "Word without body": ("Word", lambda f: files.pack(f, "a.docx", {"x.xml": "<x/>"})),
    "Word with bad XML": (
        "Word", lambda f: files.pack(f, "a.docx", {"word/document.xml": "<w:document>"})
    ),
    "Word with entities": (
        "Word", lambda f: files.pack(f, "a.docx", {"word/document.xml": _ENTITIES})
    ),
    "Word naming a file": (
        "Word", lambda f: files.pack(f, "a.docx", {"word/document.xml": _FILE_ENTITY})
    ),
    "protected Word": (
        "password", lambda f: files.write(f, "a.docx", b"\xd0\xcf\x11\xe0" + bytes(512))
    ),
    "zip bomb": ("packed", _bomb),
    "lying zip bomb": ("Word", _liar),
    "empty Word": ("no text", lambda f: files.word(f, "<w:p/>")),
    "protected OpenDocument": (
        "password",
        lambda f: files.pack(
            f, "a.odt",
            {"META-INF/manifest.xml": "<m><encryption-data/></m>", "content.xml": b"\x01\x02"},
        ),
    ),
    "no OpenDocument": ("OpenDocument", lambda f: files.pack(f, "a.odt", {"content.xml": "<x/>"})),
    "protected e-book": ("password", _drm),
    "no e-book": ("e-book", lambda f: files.pack(f, "a.epub", {"mimetype": "x"})),
    "200 MB text": ("200 MB", _many_words),
    "sound named .txt": (
        "recording", lambda f: files.write(f, "a.txt", b"RIFF\x24\x00\x00\x00WAVEfmt ")
    ),
    "PDF named .txt": ("PDF", lambda f: files.write(f, "a.txt", "%PDF-1.4 …")),
    "noise named .txt": ("not a text", _noise),
    "Rich Text by name": ("Rich Text", lambda f: files.write(f, "a.rtf", "words")),
    "empty web page": ("no text", lambda f: files.write(f, "a.html", "<p> </p>")),
    "no oTranscribe": ("oTranscribe", lambda f: files.write(f, "a.otr", '{"words": 1}')),
    "table without rows": ("no rows", lambda f: files.write(f, "a.csv", "a,b\n")),
    "old Word": (".doc", lambda f: files.write(f, "a.doc", b"\xd0\xcf\x11\xe0")),
    "spreadsheet": (".xlsx", lambda f: files.pack(f, "a.xlsx", {"x": "y"})),
    "missing": ("no file", lambda f: f / "gone.pdf"),
}  # fmt: skip


LARGE = (_bomb, _liar, _many_words)
NAMES = {"Word", "LibreOffice", "PDF", "OCR", "EPUB", "OpenDocument", "oTranscribe", "Rich Text"}
NAMES |= {
    os.strerror(errno.ENOENT),
    "txt",
    "doc",
    "docx",
    "odt",
    "rtf",
    "pdf",
    "xlsx",
    "csv",
    "otr",
    "md",
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_document_is_refused_whole(study: Study, tmp_path: Path, what: str) -> None:
    word, make = BAD[what]
    folder = tmp_path / "in"
    folder.mkdir()
    good, bad = files.write(folder, "good.md", "She waited."), make(folder)
    before = study.history()
    with pytest.raises(UserError) as caught:
        study.imports.take_in([good, bad])
    assert bad.name in caught.value.happened
    assert word in str(caught.value)
    assert caught.value.todo
    assert study.materials.sources() == []
    assert list(study.materials.media.iterdir()) == []
    assert study.history() == before


def test_no_word_of_a_refused_document_is_english(tmp_path: Path) -> None:
    said = {}
    with pseudo_spoken(tmp_path / "locale"):
        for what, (_, make) in BAD.items():
            if make in LARGE:
                continue
            (tmp_path / what).mkdir()
            bad = make(tmp_path / what)
            with pytest.raises(WorkbenchError) as caught:
                registry.read_document(bad)
            told = f"{caught.value.happened} {caught.value.todo}"
            if untranslated(told.replace(bad.name, ""), NAMES):
                said[what] = told
    assert said == {}


def test_a_book_with_hidden_fonts_is_read(tmp_path: Path) -> None:
    more = {
        "META-INF/encryption.xml": '<encryption xmlns="urn:x"><CipherReference '
        'URI="OEBPS/fonts/a.otf"/></encryption>'
    }
    [turn] = registry.read_document(files.book(tmp_path, {"one": "<p>yes</p>"}, **more)).turns
    assert turn.text == "yes"


def test_a_file_comes_in_twice_only_on_purpose(study: Study, tmp_path: Path) -> None:
    one = files.write(tmp_path, "one.txt", "She waited.")
    two = files.write(tmp_path, "two.txt", "She waited.")
    with pytest.raises(UserError, match=r"“two.txt” is in the study already, as “one.txt”"):
        study.imports.take_in([one, two])
    assert study.materials.sources() == []
    study.imports.take_in([one])
    with pytest.raises(UserError, match="keep both"):
        study.imports.take_in([two])
    assert len(list(study.materials.media.iterdir())) == 1
    study.imports.take_in([two], keep_both=True)
    assert [source.original_name for source in study.materials.sources()] == ["one.txt", "two.txt"]


def test_a_file_in_the_bin_may_come_again(study: Study, tmp_path: Path) -> None:
    note = files.write(tmp_path, "one.txt", "She waited.")
    [source] = study.imports.take_in([note])
    study.materials.remove_source(source.id)
    assert len(study.imports.take_in([note])) == 1


@pytest.mark.parametrize("suffix", sorted(registry.IMPORTERS))
def test_no_bytes_at_all_make_an_importer_fall(tmp_path: Path, suffix: str) -> None:
    """Whatever a file holds, an importer reads it or says in a sentence why not."""
    chance = random.Random(7)
    heads = [b"", b"PK\x03\x04", b"%PDF-1.4\n", b"{\\rtf1 \\u", b"WEBVTT\n\n", b"<p>", b'{"text":']
    outcomes = 0
    for head in heads:
        body = bytes(chance.choices(b"<>&{}\\'\"|,:;\n \x00\xffab0-#[]u/", k=300))
        try:
            outcomes += bool(
                registry.read_document(files.write(tmp_path, f"a{suffix}", head + body))
            )
        except WorkbenchError as refusal:
            outcomes += bool(refusal.todo)
    assert outcomes == len(heads)
