"""Files that did not come in: told once, at the end, with a way to try them again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from ui.bridge.importing import Refused
from ui.context import AppContext
from ui.views.refused_dialog import RefusedDialog, tell_refused
from workbench.errors import WorkbenchError

Ask = Callable[[Sequence[Path]], None]
"""Takes files in; asks for them where none are given."""


class LeftOut:
    """Gathers what is refused while one lot of files comes in.

    Args:
        context: what the dialog needs.
        page: what it belongs to.

    Attributes:
        ask: asks for files that belong where those of this lot belong.
        dialog: the list that is shown, if one is.
    """

    def __init__(self, context: AppContext, page: QWidget) -> None:
        self._context = context
        self._page = page
        self._refused: list[Refused] = []
        self.ask: Ask = _nothing
        self.dialog: RefusedDialog | None = None

    def __bool__(self) -> bool:
        return bool(self._refused)

    def begin(self, ask: Ask) -> None:
        """Begin with another lot; `ask` brings in more of its kind."""
        self.ask, self._refused = ask, []

    def refuse(self, path: Path, why: WorkbenchError) -> None:
        """Note a file that does not come in."""
        self._refused.append(Refused(path, why))

    def add(self, refused: Iterable[Refused]) -> None:
        """Note files that do not come in."""
        self._refused += refused

    def tell(self, added: int) -> None:
        """Show what did not come in beside so many files that did."""
        refused, self._refused = self._refused, []
        dialog = tell_refused(self._context, self._page, refused, added, self._try_again)
        if dialog is not None:
            dialog.finished.connect(self._on_told)
        self.dialog = dialog

    def _try_again(self, paths: Sequence[Path]) -> None:
        self.ask(paths)  # which may have been set since the list is shown

    def _on_told(self) -> None:
        self.dialog = None


def _nothing(_paths: Sequence[Path]) -> None:
    return
