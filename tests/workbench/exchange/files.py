"""Makes the files that importers are tested with, byte by byte and without their libraries."""

from __future__ import annotations

import zipfile
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def pack(folder: Path, name: str, parts: dict[str, str | bytes]) -> Path:
    """Write a ZIP file."""
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return path


def word(folder: Path, body: str, name: str = "a.docx", **parts: str) -> Path:
    """Write a Word document with this XML in its body, and more parts such as `styles`."""
    others: dict[str, str | bytes] = {
        f"word/{part}.xml": f'<w:{part} xmlns:w="{W}">{xml}</w:{part}>'
        for part, xml in parts.items()
    }
    document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return pack(folder, name, {"word/document.xml": document, **others})


def opendocument(folder: Path, body: str, styles: str = "", name: str = "a.odt") -> Path:
    """Write an OpenDocument text with this XML in its body."""
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (
            ("office", "office"),
            ("text", "text"),
            ("style", "style"),
            ("table", "table"),
            ("draw", "drawing"),
            ("fo", "xsl-fo-compatible"),
        )
    )
    content = (
        f"<office:document-content{names}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
        "</office:body></office:document-content>"
    )
    return pack(folder, name, {"content.xml": content})


def book(folder: Path, chapters: dict[str, str], name: str = "a.epub", **more: str) -> Path:
    """Write an e-book whose spine holds chapters, each the inside of a body."""
    items = "".join(
        f'<item id="{key}" href="text/{key}.xhtml" media-type="application/xhtml+xml"/>'
        for key in chapters
    )
    spine = "".join(f'<itemref idref="{key}"/>' for key in chapters)
    parts: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:'
        'container"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:language>de-CH</dc:language>'
        f"</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>",
        **{
            f"OEBPS/text/{key}.xhtml": '<?xml version="1.0" encoding="utf-8"?>'
            '<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><title>no</title>'
            f"</head><body>{body}</body></html>"
            for key, body in chapters.items()
        },
        **more,
    }
    return pack(folder, name, parts)


def pdf(folder: Path, pages: list[list[tuple[float, float, float, str]]], **how: object) -> Path:
    """Write a PDF; a page is a list of (x, y, size, text) in Helvetica.

    Args:
        folder: where to.
        pages: what stands where; an empty page holds nothing. A tab is a gap, as wide as the
            letters are high.
        how: `name`, and `encrypt` = put in a dictionary as protected files have.
    """
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", font]
    kids = []
    for page in pages:
        text = "".join(
            f"BT /F1 {size} Tf {x} {y} Td {_shown(said)} TJ ET\n" for x, y, size, said in page
        )
        objects.append(f"<< /Length {len(text)} >>\nstream\n{text}endstream")
        kids.append(len(objects) + 1)
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font "
            f"<< /F1 3 0 R >> >> /Contents {len(objects)} 0 R >>"
        )
    references = " ".join(f"{number} 0 R" for number in kids)
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{references}] >>"
    trailer = "/Root 1 0 R"
    if how.get("encrypt"):
        key = "<" + "ab" * 32 + ">"
        objects.append(f"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O {key} /U {key} >>")
        trailer += f" /Encrypt {len(objects)} 0 R /ID [<{'01' * 16}> <{'01' * 16}>]"
    data, places = "%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    data += f"trailer << /Size {len(objects) + 1} {trailer} >>\nstartxref\n{start}\n%%EOF\n"
    return write(folder, str(how.get("name", "a.pdf")), data.encode("cp1252"))


def column(x: float, y: float, lines: list[str], size: float = 10) -> list[tuple[float, ...]]:
    """Return lines one below the other."""
    return [(x, y - 12 * number, size, line) for number, line in enumerate(lines)]  # type: ignore[misc]


def _shown(text: str) -> str:
    return "[" + " -1000 ".join(f"({_escaped(part)})" for part in text.split("\t")) + "]"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
