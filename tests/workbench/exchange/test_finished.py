"""A finished file is read to its last corner, or says what cannot be read."""

from __future__ import annotations

import base64
import html
import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import av
import docx
import numpy as np
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.pseudo import pseudo_spoken, untranslated
from workbench.exchange.finished import Piece, pieces, plain
from workbench.exchange.finished.piece import CELL, ROW
from workbench.words import t

WORD = "Xenophanes"


def _read(data: bytes, name: str, tmp_path: Path) -> list[Piece]:
    path = tmp_path / "draft"
    path.write_bytes(data)
    return list(pieces(path, name))


def _places(data: bytes, name: str, tmp_path: Path) -> set[str]:
    found = (one for one in _read(data, name, tmp_path) if not one.unread)
    said = ((one, scrap) for one in found for scrap in one.scraps if WORD in scrap)
    return {
        place
        for one, scrap in said
        for at in one.where(scrap)
        for place in one.places(at + scrap.index(WORD))
    }


def _word(change: Callable[[docx.document.Document], object]) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph("She waited.")
    change(document)
    document.save(out)
    return out.getvalue()


def _in_runs(document: docx.document.Document) -> None:
    paragraph = document.add_paragraph()
    for part in ("Xeno", "pha", "nes"):
        paragraph.add_run(part).bold = True


def _header(document: docx.document.Document) -> None:
    document.sections[0].header.paragraphs[0].text = WORD


def _alt_text(document: docx.document.Document) -> None:
    picture = document.add_picture(io.BytesIO(_png()))
    picture._inline.docPr.set("descr", WORD)


def _link(document: docx.document.Document) -> None:
    document.part.relate_to(f"mailto:{WORD}", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)


def _bookmark(document: docx.document.Document) -> None:
    mark = document.paragraphs[0]._p.makeelement(docx.oxml.ns.qn("w:bookmarkStart"))
    mark.set(docx.oxml.ns.qn("w:name"), WORD)
    document.paragraphs[0]._p.append(mark)


def _table(document: docx.document.Document) -> None:
    document.add_table(1, 1).cell(0, 0).text = WORD


WORD_PLACES: dict[str, Callable[[docx.document.Document], object]] = {
    "text, paragraph": _in_runs,
    "text, paragraph ": _table,
    "header": _header,
    "text, description of a picture": _alt_text,
    "text, link": _link,
    "text, name": _bookmark,
    "properties, “creator”": lambda doc: setattr(doc.core_properties, "author", WORD),
    "properties, “keywords”": lambda doc: setattr(doc.core_properties, "keywords", WORD),
    "comments": lambda doc: doc.add_comment(doc.paragraphs[0].runs, WORD, "A", "A"),
    "comments, author": lambda doc: doc.add_comment(doc.paragraphs[0].runs, "so", WORD, "A"),
}


def _png(*chunks: tuple[bytes, bytes]) -> bytes:
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    listed = [(b"IHDR", head), *chunks, (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b"")]
    made = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in listed
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def _zip(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)
    return out.getvalue()


def test_what_a_document_is_printed_in_is_nobody(tmp_path: Path) -> None:
    def write(document: docx.document.Document) -> None:
        document.paragraphs[0].runs[0].font.name = "Georgia"

    said = " ".join(one.text for one in _read(_word(write), "a.docx", tmp_path))
    assert "She waited." in said
    assert not {"Courier", "Cambria", "Calibri", "Georgia", "Roman"} & set(said.split())


@pytest.mark.parametrize("place", WORD_PLACES)
def test_a_word_document_is_read_in_every_part(place: str, tmp_path: Path) -> None:
    found = _places(_word(WORD_PLACES[place]), "report.docx", tmp_path)
    assert [one for one in found if one.startswith(place.strip())]


def test_words_on_two_lines_of_word_are_two_words(tmp_path: Path) -> None:
    def broken(document: docx.document.Document) -> None:
        document.add_paragraph().add_run("telling us\nXenophanes\tagain")

    texts = [one.text for one in _read(_word(broken), "report.docx", tmp_path)]
    assert "telling us Xenophanes again" in texts


TEXTS: dict[str, tuple[str, str]] = {
    "a.txt": ("one\ntwo Xenophanes", "line 2"),
    "a.md": ("# Xenophanes\n", "line 1"),
    "a.csv": ('code,words\r\nx,"a\nb, Xenophanes"\r\n', "row 2, column “words”"),
    "a.vtt": ("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Xenophanes>A &amp; B\n", "line 4"),
    "a.srt": ("1\n00:00:01,000 --> 00:00:02,000\nXenophanes: so\n", "line 3"),
    "a.json": (json.dumps({"people": [{"note": "\nXenophanes"}]}), "people[0].note"),
    "b.json": (json.dumps({"Xenophanes": 1}), "Xenophanes"),
    "a.svg": ("<svg><title>Xenophanes</title></svg>", "drawing, title"),
    "b.svg": ("<?xml version='1.0'?><svg><text>Xeno<tspan>phanes</tspan></text></svg>", "drawing"),
    "c.svg": ('<svg xmlns="http://www.w3.org/2000/svg"><g id="Xenophanes"/></svg>',
              "drawing, attribute “id”"),
    "a.html": ("<!DOCTYPE html><p>so<p>a <b>Xeno</b>phanes", "paragraph 2"),
    "b.html": ('<html><img alt="Xenophanes"></html>', "description of a picture"),
    "c.html": ('<html><p aria-label="Xenophanes">so</html>', "description"),
    "d.html": ("<html><!-- Xenophanes --></html>", "remark"),
    "e.html": ('<html><style>a{content:"Xenophanes"}</style></html>', "style sheet"),
    "f.html": ("<html><style>/* Xenophanes */</style></html>", "style sheet"),
    "g.html": ("<html><style>a{b:url(Xenophanes.png)}</style></html>", "style sheet"),
    "h.html": ("<html><style>a{}</style>for Xenophanes</html>", "paragraph 1"),
    "c.txt": ("<Xenophanes> said so & left", "line 1"),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_texts_are_read_with_their_places(name: str, tmp_path: Path) -> None:
    text, place = TEXTS[name]
    assert _places(text.encode(), name, tmp_path) == {place}
    packed = _places(_zip(**{name: text.encode()}), "all.zip", tmp_path)
    assert packed == {f"{name}, {place}"}


def test_what_is_said_in_a_vtt_is_read_without_its_escapes(tmp_path: Path) -> None:
    [_, found] = _read(b"WEBVTT\n\nA &amp; B", "a.vtt", tmp_path)
    assert "A & B" in found.text


def test_cells_of_a_table_are_parted(tmp_path: Path) -> None:
    [_, found] = _read(b'\xef\xbb\xbfa,b\r\n"1,5",2\r\n', "a.csv", tmp_path)
    assert found.text == f"a{CELL}b{ROW}1,5{CELL}2"


@pytest.mark.parametrize("name", ["Xenophanes.docx", "map.Xenophanes"])
def test_the_name_is_read_with_its_ending(name: str, tmp_path: Path) -> None:
    assert _places(b"so", name, tmp_path) == {"name of the file"}


PICTURES = {
    "text": _png((b"tEXt", b"Comment\0Xenophanes")),
    "key": _png((b"tEXt", b"Xenophanes\0so")),
    "packed": _png((b"zTXt", b"Comment\0\0" + zlib.compress(b"by Xenophanes"))),
    "international": _png((b"iTXt", b"Title\0\0\0en\0\0Xenophanes")),
    "international, packed": _png((b"iTXt", b"T\0\1\0\0\0" + zlib.compress(b"Xenophanes"))),
    "exif": _png((b"eXIf", b"MM\0*\0\0Xenophanes\0")),
    "wide": _png((b"eXIf", b"MM\0*" + WORD.encode("utf-16-le"))),
    "jpeg": b"\xff\xd8\xff\xe1\0\x12Exif\0\0" + b"Xenophanes" + b"\xff\xda",
    "jpeg, remark": b"\xff\xd8\xff\xfe\0\x0cXenophanes" + b"\xff\xda",
}


def test_a_style_sheet_names_forms_and_nobody(tmp_path: Path) -> None:
    page = "<html><style>p { max-width: 9em; font: Georgia } </style><p style='color: red'>so"
    said = " ".join(one.text for one in _read(page.encode(), "a.html", tmp_path))
    assert said == "a.html so"


@pytest.mark.parametrize("kind", PICTURES)
def test_what_was_written_into_a_picture_of_a_page_is_read(kind: str, tmp_path: Path) -> None:
    packed = base64.b64encode(PICTURES[kind]).decode()
    page = f'<html><img src="data:image/png;base64,{packed}"></html>'
    assert _places(page.encode(), "a.html", tmp_path) == {"link, properties"}


def test_a_picture_of_a_page_is_no_text(tmp_path: Path) -> None:
    packed = base64.b64encode(_png()).decode()
    found = _read(f'<html><img src="data:image/png;base64,{packed}">'.encode(), "a.html", tmp_path)
    assert [one.text for one in found] == ["a.html"]
    [_, odd] = _read(b'<html><img src="data:image/png;base64,???">', "a.html", tmp_path)
    assert odd.unread


@pytest.mark.parametrize("kind", PICTURES)
def test_what_was_written_into_a_picture_is_is_read(kind: str, tmp_path: Path) -> None:
    assert _places(PICTURES[kind], "map.png", tmp_path) == {"properties"}
    inside = _places(_zip(**{"map.png": PICTURES[kind]}), "all.zip", tmp_path)
    assert inside == {"map.png, properties"}


def _sheet() -> bytes:
    return _zip(
        **{
            "[Content_Types].xml": b"<Types/>",
            "xl/workbook.xml": b'<workbook xmlns:r="r"><sheet name="People" r:id="rId7"/>'
            b'<sheet name="Xenophanes" r:id="rId8"/></workbook>',
            "xl/_rels/workbook.xml.rels": b'<R><L Id="rId7" Target="worksheets/sheet1.xml"/>'
            b'<L Id="rId8" Target="/xl/worksheets/sheet2.xml"/></R>',
            "xl/sharedStrings.xml": b"<sst><si><r><t>Xeno</t></r><r><t>phanes</t></r></si>"
            b"<si><t>fine</t></si><si><t>Gone Xenophanes</t></si></sst>",
            "xl/worksheets/sheet1.xml": b'<w><c r="A1" t="s"><v>1</v></c>'
            b'<c r="B12" t="s"><v>0</v></c><evenHeader>Xenophanes</evenHeader>'
            b'<formula1><f>"Xenophanes,Ada"</f></formula1></w>',
            "xl/worksheets/sheet2.xml": b'<w><c r="C3" t="inlineStr"><is><t>Xeno</t><t>phanes</t>'
            b'</is></c><c r="D4" t="str"><f>"Xenophanes"&amp;A1</f><v>so</v></c></w>',
            "xl/comments1.xml": b"<comments><comment><text><t>Xenophanes</t></text></comment>"
            b"</comments>",
            "docProps/core.xml": b"<core><creator>Xenophanes</creator></core>",
            "docProps/custom.xml": b'<p><property name="Xenophanes"/></p>',
        }
    )


def test_a_spreadsheet_is_read_in_every_part(tmp_path: Path) -> None:
    found = _places(_sheet(), "codes.xlsx", tmp_path)
    assert found == {
        "names of sheets, name",
        *("sheet “People”, B12", "sheet “People”, evenHeader", "sheet “People”, f"),
        "sheet “Xenophanes”, C3",
        "sheet “Xenophanes”, D4",
        "deleted cells",
        "comments, paragraph 3",
        "properties, “creator”",
        "properties, name",
    }


def test_packages_in_packages_are_read_to_a_depth_and_their_names_too(tmp_path: Path) -> None:
    inner = _word(lambda document: document.add_paragraph(WORD))
    data = _zip(**{"one.zip": _zip(**{f"{WORD}.docx": inner})})
    found = _places(data, "all.zip", tmp_path)
    assert f"one.zip, {WORD}.docx" in found
    assert [one for one in found if "text, paragraph" in one]
    for _ in range(6):
        data = _zip(**{"in.zip": data})
    assert [one.text for one in _read(data, "all.zip", tmp_path) if one.unread] == [
        "packed too often to be searched"
    ]


def _unreadable() -> list[tuple[bytes, str]]:
    whole = _word(lambda document: document.add_paragraph("so"))
    at = whole.index(b"word/document.xml") + 60
    return [
        (b"RIFF\0\0\0\0WAVE\xff", "a.wav"),
        (b"%PDF-1.7\n\xe2\xe3\xcf", "a.pdf"),
        (b"PK\3\4 not a package", "a.zip"),
        (whole[:at] + bytes(20) + whole[at + 20 :], "a.docx"),
        (_zip(**{"[Content_Types].xml": b"<Types>", "word/document.xml": b"<p>"}), "b.docx"),
    ]


def test_what_cannot_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for data, name in _unreadable():
        unread = [one for one in _read(data, name, tmp_path) if one.unread]
        assert unread, name
    monkeypatch.setattr("workbench.exchange.finished.whole.MOST_BYTES", 1000)
    data = _zip(**{"large.txt": b"so " * 900, "small.txt": WORD.encode()})
    found = _read(data, "all.zip", tmp_path)
    assert [one.part for one in found if one.unread] in (["large.txt"], ["content"])


def _sound(container: str, codec: str) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format=container) as file:
        file.metadata["title"] = f"With {WORD}"
        stream = file.add_stream(codec, rate=8_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 800), np.int16), "s16", "mono")
        frame.sample_rate = 8_000
        file.mux([*stream.encode(frame), *stream.encode(None)])
    return out.getvalue()


@pytest.mark.parametrize(
    ("container", "codec"), [("flac", "flac"), ("wav", "pcm_s16le"), ("ipod", "aac")]
)
def test_what_is_written_into_sound_is_read_and_what_is_heard_must_be_told(
    tmp_path: Path, container: str, codec: str
) -> None:
    data = _sound(container, codec)
    assert _places(data, "call", tmp_path) == {"properties"}
    assert [one.text for one in _read(data, "call", tmp_path) if one.unread] == [
        "sound, which cannot be searched"
    ]
    heard = [Piece("She waited.", "what is heard at 0:00")]
    told = list(pieces(tmp_path / "draft", "call", heard))
    assert told[-1:] == heard
    assert not any(one.unread for one in told)


@given(
    st.lists(st.sampled_from(("a", "bc", "&amp;", "\r", "\n", "\r\n"))),
    st.integers(1, 8),
    st.booleans(),
)
def test_lines_are_numbered_wherever_a_block_of_them_ends(
    parts: list[str], block: int, subtitles: bool
) -> None:
    head = "WEBVTT" if subtitles else "a"
    text = "".join((head, *parts))
    with pytest.MonkeyPatch.context() as small:
        small.setattr(plain, "_BLOCK", block)
        read = list(plain.read(io.BytesIO(text.encode()), text.encode(), "a.txt"))
    found = {one.number + at: line for one in read for at, line in enumerate(one.text.split("\n"))}
    lines = re.split("\r\n|\r|\n", html.unescape(text) if subtitles else text)
    assert [found[number] for number in sorted(found)] == (lines if lines[-1] else lines[:-1])
    assert sorted(found) == list(range(1, len(found) + 1))


@given(st.text("ab \n", max_size=12))
@example("a\n\na\nb")
@example("\na\n\n\na")
def test_each_paragraph_of_a_text_stands_in_one_place(text: str) -> None:
    piece = Piece(text, "", "line")
    paragraphs = list(filter(None, piece.scraps))
    places = [at for one in dict.fromkeys(paragraphs) for at in piece.where(one)]
    assert len(places) == len(set(places)) == len(paragraphs)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("block", range(20, 50))
def test_a_paragraph_is_one_wherever_a_block_ends(
    block: int, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain, "_BLOCK", block)
    paragraph = end.join(("hid", "the", "old", "one"))
    text = "".join((f"something that is read first{end}{end}", paragraph, f"{end} {end}last"))
    read = plain.read(io.BytesIO(text.encode()), text.encode(), "a.txt")
    scraps = [one.rstrip() for piece in read for one in piece.scraps]
    assert paragraph.replace(end, "\n") in scraps


def test_no_word_about_a_place_is_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [(_word(change), "д.docx") for change in WORD_PLACES.values()]
    files += [(text.encode(), f"д.{name[2:]}") for name, (text, _) in TEXTS.items()]
    files += [(PICTURES["text"], "д.png"), (_sheet(), "д.xlsx"), (_sound("wav", "pcm_s16le"), "д")]
    files += [(data, f"д.{name[2:]}") for data, name in _unreadable()]
    page = '<html><img src="data:image/png;base64,{}">'
    files += [(page.format(base64.b64encode(PICTURES["text"]).decode()).encode(), "д.html")]
    files += [(b'<html><img src="data:image/png;base64,???">', "д.html")]
    deep = _zip(д=b"so")
    for _ in range(6):
        deep = _zip(д=deep)
    files += [(_zip(**{name: data for data, name in files}), "д.zip"), (deep, "д.zip")]
    with pseudo_spoken(tmp_path / "locale"):
        found = [piece for data, name in files for piece in _read(data, name, tmp_path)]
        monkeypatch.setattr("workbench.exchange.finished.whole.MOST_BYTES", 1)
        found += _read(b"so", "д", tmp_path)
        places = {place for one in found for place in one.places(0)}
        said = [t(one.text) for one in found if one.unread]
    own = {WORD, "People", "words", "people", "note", *(f"д.{name[2:]}" for name in TEXTS)}
    assert len(places) > 40
    assert len(set(said)) == 7
    names = re.compile(r"“[\w:]+”|[\w/\[\]]*\.(?:xml|rels|jpeg)\b|д\.\w+|evenHeader|\btitle$")
    places = {names.sub(" ", one) for one in places}
    english = [one for one in (*places, *said) if untranslated(one, own)]
    assert "\n".join(english) == ""
