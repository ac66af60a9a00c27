"""The dialogs of a real desktop, behind the port in `ui.context`; each is loaded when it asks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.context import Leaving, NewStudy, Opened
from ui.views.widgets.lent import lent, shown
from workbench.errors import Way

if TYPE_CHECKING:
    from workbench.services.keeping.backups import Backup, Backups
    from workbench.services.unsaved import Waiting

_SHARED = "QtProject"
_PLACES = ("FileDialog/history", "FileDialog/lastVisited", "FileDialog/shortcuts")


@contextmanager
def without_trace() -> Iterator[None]:
    """Let nothing be noted of the folders that somebody goes through: they may be called by people.

    Qt notes them in a file that belongs to all its programs; what stood there before stays.
    """
    notes = QSettings(QSettings.Scope.UserScope, _SHARED)
    before = {place: notes.value(place) for place in _PLACES}
    try:
        yield
    finally:
        for place, value in before.items():
            if value is None:
                notes.remove(place)
            else:
                notes.setValue(place, value)
        notes.sync()


class DesktopDialogs:
    """Asks with the desktop's own pickers and with small dialogs of ours."""

    def __init__(self) -> None:
        named = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        documents = Path(named or Path.home())
        self._folder = documents if documents.is_dir() else Path.home()

    def open_files(self, parent: QWidget, title: str, *, filters: str = "") -> list[Path]:
        """Ask for existing files."""
        with without_trace():
            names, _ = QFileDialog.getOpenFileNames(parent, title, str(self._folder), filters)
        paths = [Path(name) for name in names]
        if paths:
            self._folder = paths[0].parent
        return paths

    def open_folder(self, parent: QWidget, title: str) -> Path | None:
        """Ask for an existing folder."""
        with without_trace():
            name = QFileDialog.getExistingDirectory(parent, title, str(self._folder))
        if not name:
            return None
        self._folder = Path(name).parent
        return Path(name)

    def save_file(
        self, parent: QWidget, title: str, *, name: str, filters: str = ""
    ) -> Path | None:
        """Ask where to write a file."""
        start = str(self._folder / name)
        with without_trace():
            chosen, _ = QFileDialog.getSaveFileName(parent, title, start, filters)
        if not chosen:
            return None
        self._folder = Path(chosen).parent
        return Path(chosen)

    def ask_text(
        self, parent: QWidget, title: str, question: str, *, accept: str, text: str = ""
    ) -> str | None:
        """Ask for one line of text."""
        from ui.views.questions import TextDialog

        with lent(TextDialog(title, question, accept, text=text, parent=parent)) as dialog:
            return dialog.answer if dialog.exec() else None

    def confirm(
        self, parent: QWidget, question: str, *, detail: str = "", accept: str, danger: bool = False
    ) -> bool:
        """Ask whether to go on; the safe answer is the default when there is danger."""
        from ui.views.questions import QuestionDialog

        return shown(QuestionDialog(question, detail, accept, danger=danger, parent=parent))

    def ask_unsaved(self, parent: QWidget, waiting: Sequence[Waiting]) -> Leaving:
        """Ask what becomes of texts that are not saved yet; Escape goes on working."""
        from ui.views.questions import UnsavedDialog

        with lent(UnsavedDialog(waiting, parent)) as dialog:
            if not dialog.exec():
                return Leaving.STAY
            return Leaving.WITHOUT if dialog.without else Leaving.TRY_AGAIN

    def ask_new_study(self, parent: QWidget) -> NewStudy | None:
        """Ask for title and place of a new study."""
        from ui.views.new_study import NewStudyDialog

        with lent(NewStudyDialog(self._folder, self, parent)) as dialog:
            return dialog.answer() if dialog.exec() else None

    def ask_passphrase(self, parent: QWidget, folder: Path) -> Opened | None:
        """Ask for the passphrase of a locked study until it is right; `None` = it is not open.

        Raises:
            WorkbenchError: it cannot be opened, whatever is typed.
        """
        from ui.views.locking.passphrase import PassphraseDialog

        with lent(PassphraseDialog(folder, parent)) as dialog:
            done = bool(dialog.exec())
            if dialog.problem is not None:
                raise dialog.problem
            return Opened(dialog.remember.wish) if done else None

    def ask_backup(self, parent: QWidget, backups: Backups) -> Backup | None:
        """Ask which backup to go back to."""
        from ui.views.restore_dialog import RestoreDialog

        with lent(RestoreDialog(backups, parent)) as dialog:
            return dialog.chosen if dialog.exec() else None

    def show_error(
        self, parent: QWidget | None, error: BaseException, ways: Collection[Way] = ()
    ) -> Way | None:
        """Tell what went wrong; return which of the ways out is chosen."""
        from ui.views.error_dialog import ErrorDialog

        with lent(ErrorDialog(error, parent, ways)) as dialog:
            dialog.exec()
            return dialog.chosen
