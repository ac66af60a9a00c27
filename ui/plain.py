"""Words from a study or a file are shown as they are: Qt takes what looks like HTML for HTML.

A name like `<img src=…>` would have a picture fetched by a tool tip. Labels are made by
`ui.views.widgets.looks`, which show plain text; everything else that guesses is asked here.
"""

from __future__ import annotations

import html
from typing import Protocol

from PySide6.QtCore import QPoint
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QToolTip, QWidget


class _Tipped(Protocol):
    def setToolTip(self, text: str, /) -> None: ...


def plain(text: str) -> str:
    """Return what Qt shows as `text` where it guesses whether a text is HTML."""
    if not Qt.mightBeRichText(text):
        return text
    return f"<qt>{html.escape(text, quote=False).replace(chr(10), '<br>')}</qt>"


def set_tip(what: _Tipped, text: str) -> None:
    """Give a widget or an action its tool tip."""
    what.setToolTip(plain(text))


def show_tip(place: QPoint, text: str, over: QWidget) -> None:
    """Show a tool tip at a place of the screen; an empty one hides it."""
    QToolTip.showText(place, plain(text), over)
