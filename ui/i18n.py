"""The one place where texts of the interface become the texts people read.

Every sentence of the window passes `t` or `plural`, which ask the catalogue that reports and errors
ask too (`workbench/words`). Figures and lengths are those of `workbench/domain/figures.py`, dates
those of `workbench/domain/moments.py`.
"""

from __future__ import annotations

from PySide6.QtCore import QLocale

from workbench.domain.figures import length_of
from workbench.domain.moments import Moment, day, moment, when
from workbench.words import N_, Phrase, plural, t

__all__ = [
    "N_", "Moment", "Phrase", "day", "day_first", "length_of", "moment", "plural", "t", "when",
]  # fmt: skip


def day_first() -> bool | None:
    """Tell whether 12/09/2026 is a day in September here; `None` where neither is usual."""
    form = QLocale.system().dateFormat(QLocale.FormatType.ShortFormat).lower()
    return None if form.startswith("y") else form.find("d") < form.find("m")
