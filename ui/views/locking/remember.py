"""The choice that this computer remembers a locked study, where it has a keyring for that."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QVBoxLayout, QWidget
from typing_extensions import override

from ui.errors import sentences
from ui.i18n import t
from ui.views.locking.working import Aside
from ui.views.widgets.fitting import make_room
from ui.views.widgets.looks import label
from workbench.errors import WorkbenchError
from workbench.services.locking import remembering
from workbench.services.locking.locking import OnShare


class RememberChoice(QWidget):
    """A box and what it means, or why it cannot be chosen; that is found out beside the window.

    Args:
        remembered: whether this computer remembers the study already.
        parent: the dialog.
    """

    def __init__(self, *, remembered: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._was = remembered
        self._aside: Aside | None = None
        self.box = QCheckBox(t("Remember on this computer"))
        self.box.setChecked(remembered)
        self.says = label("", "meta", wrap=True)
        self.says.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.box)
        column.addWidget(self.says)
        self._tell(t("Looking for the keyring of this computer…"), offered=False)

    @property
    def wish(self) -> bool | None:
        """Return whether the study is to be remembered; `None` = as it is."""
        on = self.box.isChecked()
        return None if on == self._was or not self.box.isEnabled() else on

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._aside is None:
            # It is the program's: a dialog that is closed meanwhile does not wait for its end.
            self._aside = aside = Aside(QApplication.instance())
            aside.ended.connect(self._on_ended)
            aside.ended.connect(aside.deleteLater)
            aside.begin(_look)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        if self._aside is not None:
            self._aside.stop()
        super().hideEvent(event)

    def _on_ended(self, problem: Exception | None) -> None:
        if problem is None:
            words = t("Its keyring then opens the study for whoever is logged in as you here.")
            self._tell(words, offered=True)
        elif isinstance(problem, WorkbenchError):
            self._tell(" ".join(filter(None, sentences(problem))), offered=False)

    def _tell(self, words: str, *, offered: bool) -> None:
        self.box.setEnabled(offered)
        self.says.setText(words)
        self.box.setAccessibleDescription(words)
        make_room(self)


def _look(on_share: OnShare) -> Any:
    remembering.require_keyring(lambda: on_share(0))
