"""The dialogs of a real desktop, behind the port in `ui.context`."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QPushButton, QWidget

from ui.context import NewStudy
from ui.errors import ErrorDialog
from ui.i18n import t
from ui.views.new_study import NewStudyDialog


class DesktopDialogs:
    """Asks with the desktop's own pickers and with small dialogs of ours."""

    def __init__(self) -> None:
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        self._folder = Path(QStandardPaths.writableLocation(documents) or Path.home())

    def open_files(self, parent: QWidget, title: str, *, filters: str = "") -> list[Path]:
        """Ask for existing files."""
        names, _ = QFileDialog.getOpenFileNames(parent, title, str(self._folder), filters)
        paths = [Path(name) for name in names]
        if paths:
            self._folder = paths[0].parent
        return paths

    def open_folder(self, parent: QWidget, title: str) -> Path | None:
        """Ask for an existing folder."""
        name = QFileDialog.getExistingDirectory(parent, title, str(self._folder))
        if not name:
            return None
        self._folder = Path(name).parent
        return Path(name)

    def save_file(
        self, parent: QWidget, title: str, *, name: str, filters: str = ""
    ) -> Path | None:
        """Ask where to write a file."""
        chosen, _ = QFileDialog.getSaveFileName(parent, title, str(self._folder / name), filters)
        if not chosen:
            return None
        self._folder = Path(chosen).parent
        return Path(chosen)

    def ask_text(self, parent: QWidget, title: str, label: str, *, text: str = "") -> str | None:
        """Ask for one line of text."""
        answer, accepted = QInputDialog.getText(parent, title, label, text=text)
        return answer.strip() if accepted else None

    def confirm(
        self, parent: QWidget, question: str, *, detail: str = "", accept: str, danger: bool = False
    ) -> bool:
        """Ask whether to go on; the safe answer is the default when there is danger."""
        box = QMessageBox(parent)
        box.setWindowTitle(t("Workbench"))
        box.setText(question)
        box.setInformativeText(detail)
        yes = QPushButton(accept)
        yes.setProperty("look", "danger" if danger else "primary")
        box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        no = box.addButton(t("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no if danger else yes)
        box.setEscapeButton(no)
        box.exec()
        return box.clickedButton() is yes

    def ask_new_study(self, parent: QWidget) -> NewStudy | None:
        """Ask for title and place of a new study."""
        dialog = NewStudyDialog(self._folder, self, parent)
        return dialog.answer() if dialog.exec() else None

    def show_error(self, parent: QWidget | None, error: BaseException) -> None:
        """Tell what went wrong."""
        ErrorDialog(error, parent).exec()
