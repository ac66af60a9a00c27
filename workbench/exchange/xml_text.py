"""What XML and HTML can hold of a text."""

from __future__ import annotations

import re

# Characters that XML 1.0 does not know; recognised and imported texts may hold them.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """Return a text without the characters that a Word or HTML file cannot hold."""
    return _NOT_IN_XML.sub("", text)
