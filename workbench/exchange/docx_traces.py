"""What a Word file says of the computer it was made on; it is taken out before the file is written.

Somebody's template brings it along: who made it and for which firm, where it lay on their disk and
their own template, a picture of its first page, for every picture where that was taken from, and
who changed or remarked what.
"""

from __future__ import annotations

import re
from typing import Any

from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn

_DROPPED = ("/custom-properties", "/metadata/thumbnail")
_PLACES = ("/attachedTemplate", "/mailMergeSource", "/mailMergeHeaderSource", "/recipientData")
_PEOPLE = "/people"
_SIGNED = ("author", "initials")
_NAMED = ("attachedTemplate", "mailMerge")
_WORDS = ("author", "category", "comments", "content_status", "identifier", "keywords")
_MORE = ("last_modified_by", "subject", "title", "version")
_PATH = re.compile(r"^(?:[A-Za-z]:|file:|~?/|\\\\).*[/\\]", re.DOTALL)
_APP = (
    b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Workbench</Application></Properties>"
)


def remove(document: Document) -> None:
    """Take out what tells who and where somebody is; title and language are set afterwards."""
    for name in (*_WORDS, *_MORE):
        setattr(document.core_properties, name, "")
    package: Any = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith(_DROPPED):
            del package.rels[key]
        elif relation.reltype.endswith("/extended-properties"):
            relation._target = Part(PackURI("/docProps/app.xml"), _TYPE, _APP, package)  # noqa: SLF001
    for part in package.iter_parts():
        _forget_places(part)


_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"


def _forget_places(part: Any) -> None:
    for key, relation in list(part.rels.items()):
        if relation.reltype.endswith((*_PLACES, _PEOPLE)):
            del part.rels[key]
        elif relation.is_external:
            relation._target = _PATH.sub("", relation.target_ref)  # noqa: SLF001
    if not isinstance(part, XmlPart):
        return
    for node in part.element.iter("{*}docPr", "{*}cNvPr"):
        for name in ("name", "descr", "title"):
            if name in node.attrib:
                node.set(name, _PATH.sub("", node.get(name)))
    for name in _SIGNED:
        for node in part.element.xpath(f"//*[@w:{name}]"):
            node.set(qn(f"w:{name}"), "")
    for name in _NAMED:
        for node in list(part.element.iter(f"{{*}}{name}")):
            node.getparent().remove(node)


__all__ = ["remove"]
