"""How the six workspaces are called and which sign they have, for whoever shows none of them yet.

A workspace itself takes long to load; the rail and the menus need no more of it than this.
"""

from __future__ import annotations

from typing import NamedTuple

from ui.i18n import Phrase


class Face(NamedTuple):
    """What is known of a workspace before it is loaded.

    Attributes:
        key: its stored name.
        title: what the rail and its menu say, in English.
        icon: Lucide name.
    """

    key: str
    title: Phrase
    icon: str


COLLECT = Face("collect", "Collect", "folder")
TRANSCRIBE = Face("transcribe", "Transcribe", "audio-lines")
CODE = Face("code", "Code", "pencil")
JOURNEY = Face("journey", "Journey", "route")
FINDINGS = Face("findings", "Findings", "lightbulb")
REPORT = Face("report", "Report", "file-text")
