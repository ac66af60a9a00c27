"""Tells by its first bytes what a file is, before a parser is loaded: that takes time."""

from __future__ import annotations

import re

_HTML = re.compile(r"\s*(?:<!doctype html|<html)", re.IGNORECASE)
_XML = re.compile(r"\s*<(?:\?xml|!--|!doctype|[A-Za-z][\w:.-]*[\s>/])", re.IGNORECASE)


def is_packed(head: bytes) -> bool:
    """Tell whether a file that begins like this is a ZIP."""
    return head.startswith((b"PK\3\4", b"PK\5\6"))


def is_marked_up(head: bytes) -> bool:
    """Tell whether a file that begins like this may be XML or HTML."""
    text = _text(head)
    return bool(_XML.match(text) or _HTML.match(text))


def is_html(head: bytes) -> bool:
    """Tell whether a file that begins like this is HTML."""
    return bool(_HTML.match(_text(head)))


def _text(head: bytes) -> str:
    return head.decode("utf-8-sig", "ignore")
