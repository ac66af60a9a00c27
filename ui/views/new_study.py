"""Two questions before a study: what it is called and where it lives."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from ui.context import NewStudy
from ui.i18n import t
from ui.views.widgets.dropping import Line
from ui.views.widgets.foot import ask_foot
from ui.views.widgets.looks import button, label

_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


class _FolderPicker(Protocol):
    def open_folder(self, parent: QWidget, title: str) -> Path | None:
        """Ask for an existing folder."""


class NewStudyDialog(QDialog):
    """Asks for title and folder and says what will be created.

    Args:
        folder: proposed place.
        picker: asks for another folder.
        parent: the window.
    """

    def __init__(self, folder: Path, picker: _FolderPicker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picker = picker
        self._place = folder
        self.setWindowTitle(t("New study"))
        self.setMinimumWidth(480)
        self.title = Line()
        self.title.setPlaceholderText(t("For example: Moving home with Northline"))
        self.title.setAccessibleName(t("Title"))
        self.title.textChanged.connect(self._follow)
        self._folder = Line()
        self._folder.setReadOnly(True)
        self._folder.setAccessibleName(t("Folder"))
        browse = button(t("Choose…"))
        browse.clicked.connect(self._on_browse)
        self._says = label("", "meta", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(6)
        column.addWidget(label(t("Title"), "heading"))
        column.addWidget(self.title)
        column.addSpacing(8)
        column.addWidget(label(t("Folder"), "heading"))
        row = QHBoxLayout()
        row.addWidget(self._folder, 1)
        row.addWidget(browse)
        column.addLayout(row)
        column.addWidget(self._says)
        column.addSpacing(12)
        self.foot = ask_foot(self, t("Create study"))
        column.addWidget(self.foot.box)
        self._follow()

    def answer(self) -> NewStudy:
        """Return the title and the study folder to create."""
        title = self.title.text().strip()
        return NewStudy(title, self._place / folder_name(title))

    def _on_browse(self) -> None:
        chosen = self._picker.open_folder(self, t("Where shall the study live?"))
        if chosen is not None:
            self._place = chosen
            self._follow()

    def _follow(self) -> None:
        self._folder.setText(str(self._place))
        title = self.title.text().strip()
        taken = bool(title) and self.answer().folder.exists()
        self.foot.main.setEnabled(bool(title) and not taken)
        if taken:
            self._says.setText(
                t(
                    "There is already a folder {name}. Choose another title.",
                    name=folder_name(title),
                )
            )
        elif title:
            self._says.setText(t("Everything stays in one folder: {name}", name=folder_name(title)))
        else:
            self._says.setText(t("A study is one folder; it never leaves this computer by itself."))


def folder_name(title: str) -> str:
    """Return the folder name of a study with this title, valid on every system."""
    safe = _UNSAFE.sub(" ", title).strip(" .")
    return f"{' '.join(safe.split())[:80] or t('Study')}.study"
