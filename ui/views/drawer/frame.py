"""What the panels of the drawer have in common: questions above, a list, what one can do below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from ui.i18n import day, moment
from ui.views.widgets.dropping import Line
from ui.views.widgets.looks import look
from ui.views.widgets.side_list import SideRow

Part = QWidget | QLayout


def filter_field(asks: str, name: str) -> Line:
    """Return the field above a list.

    Args:
        asks: what to type, shown while it is empty.
        name: what it does; read aloud.
    """
    field = Line()
    field.setPlaceholderText(asks)
    field.setAccessibleName(name)
    field.setClearButtonEnabled(True)
    return field


def lay_out(panel: QWidget, above: Sequence[Part], shown: QWidget, below: Sequence[Part]) -> None:
    """Put a panel together: what is asked, what is found, and what is known and done about it."""
    head, foot = QVBoxLayout(), QVBoxLayout()
    head.setContentsMargins(16, 0, 16, 6)
    foot.setContentsMargins(16, 8, 16, 14)
    for layout, parts in ((head, above), (foot, below)):
        layout.setSpacing(8)
        for part in parts:
            if isinstance(part, QWidget):
                layout.addWidget(part)
            else:
                layout.addLayout(part)
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addLayout(head)
    column.addWidget(shown, 1)
    column.addLayout(foot)
    look(panel, "paper")


def under_days(rows: Iterable[tuple[str, SideRow]]) -> Iterator[SideRow]:
    """Give rows under the days on which they were done.

    Args:
        rows: when, as the study keeps it, and the row.
    """
    shown: str | None = None
    for at, row in rows:
        date = moment(at).date
        if date != shown:
            shown = date
            yield SideRow("", day(date))
        yield row


def holds_all(text: str, words: Iterable[str]) -> bool:
    """Tell whether a text holds all words of a filter, which are folded already."""
    folded = text.casefold()
    return all(word in folded for word in words)
