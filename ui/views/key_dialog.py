"""Where the real names lie, and what to do where they are missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.attempts import attempt
from ui.bridge.long_steps import LARGE
from ui.bridge.typing import end_edit
from ui.context import AppContext
from ui.i18n import plural, t
from ui.views.widgets.foot import close_foot
from ui.views.widgets.looks import button, label
from workbench.services.keys.keys import Cleared
from workbench.study import Study

_WIDTH = 560  # pixels


class KeyDialog(QDialog):
    """Says where the key is, moves it, is pointed at it, and empties backups of names.

    Args:
        context: has the dialogs.
        study: the open one.
        parent: the window.
    """

    def __init__(self, context: AppContext, study: Study, parent: QWidget) -> None:
        super().__init__(parent)
        end_edit()
        self._context, self._study = context, study
        self.setWindowTitle(t("Where is the key"))
        self.setMinimumWidth(_WIDTH)
        about = t(
            "The key says who people really are: real name and contact. It is a file of its own,"
            " for you alone. The study, its history, its backups and copies do not hold it."
        )
        self.place = label("", "strong", wrap=True)
        self.place.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.place.setAccessibleName(t("Where the key is"))
        self.older = label("", "soft", wrap=True)
        self.move_away = button(t("Move elsewhere…"))
        self.bring_back = button(t("Back into the study"))
        self.choose = button(t("Choose the key…"))
        self.anew = button(t("Begin a new key…"))
        self.clear = button(t("Take names out of backups"))
        pressed = {
            self.move_away: self._on_move,
            self.bring_back: lambda: self._move(self._study.folder),
            self.choose: self._on_find,
            self.anew: self._on_anew,
            self.clear: self._on_clear,
        }
        for made, does in pressed.items():
            made.clicked.connect(does)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(label(about, "soft", wrap=True))
        column.addWidget(self.place)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.older, 1)
        row.addWidget(self.clear)
        column.addLayout(row)
        column.addSpacing(4)
        of_place = [self.move_away, self.bring_back, self.choose, self.anew]
        column.addWidget(close_foot(self, aside=of_place))
        self.refresh()

    def refresh(self) -> None:
        """Read again where the key is, and what can be done."""
        keys = self._study.keys
        protects, may = keys.found.state.protects, not self._study.read_only
        self.place.setText(keys.sentence)
        copies = keys.named_copies()
        self.older.setText(
            plural(
                len(copies),
                "One backup from before there was a key holds real names still.",
                "{n} backups from before there was a key hold real names still.",
            )
        )
        self.older.setVisible(bool(copies))
        shown = {
            self.move_away: may and protects,
            self.bring_back: may and protects and keys.is_elsewhere,
            self.choose: not protects,
            self.anew: may and not protects,
            self.clear: may and bool(copies),
        }
        for made, visible in shown.items():
            made.setVisible(visible)
        self.setAccessibleDescription(f"{self.place.text()} {self.older.text()}")
        self.adjustSize()

    def _on_move(self) -> None:
        folder = self._context.dialogs.open_folder(self, t("Where the key shall lie"))
        if folder is not None:
            self._move(folder)

    def _move(self, folder: Path) -> None:
        self._do(lambda: self._study.keys.move(folder))

    def _on_find(self) -> None:
        files = self._context.dialogs.open_files(
            self, t("Choose the key"), filters=t("Keys (*.key);;All files (*)")
        )
        if files:
            self._do(lambda: self._study.keys.find(files[0]))

    def _on_anew(self) -> None:
        if self._context.dialogs.confirm(
            self,
            t("Begin a new key?"),
            detail=t(
                "Do this only where the old one is lost. Nobody has a real name then, and names"
                " that stand in words are no longer taken out of them until you type them again."
            ),
            accept=t("Begin a new key"),
            danger=True,
        ):
            self._do(self._study.keys.begin_anew)

    def _on_clear(self) -> None:
        if self._context.dialogs.confirm(
            self,
            t("Take names out of backups?"),
            detail=t(
                "They are written anew without real names, which are in the key alone then. This"
                " cannot be undone."
            ),
            accept=t("Take names out"),
            danger=True,
        ):
            self._context.run_long(
                t("Taking names out of backups"),
                lambda study: study.keys.clear_copies(),
                self._on_cleared,
                size=LARGE,
            )

    def _on_cleared(self, done: Cleared) -> None:
        said = [
            plural(
                len(done.rewritten),
                "Wrote one backup anew without names.",
                "Wrote {n} backups anew without names.",
            )
        ]
        if done.left:
            said.append(t("“{name}” is damaged; delete it by hand.", name=done.left[0].name))
        self._context.signals.toast_requested.emit(" ".join(said))
        if isValid(self):  # it may be closed by now
            self.refresh()

    def _do(self, work: Callable[[], object]) -> None:
        attempt(self._context, self, work)
        self.refresh()
