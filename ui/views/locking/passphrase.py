"""Asks for the passphrase of a study; whether it is right is found out beside the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from ui.errors import sentences
from ui.i18n import t
from ui.views.locking.remember import RememberChoice
from ui.views.locking.working import Aside
from ui.views.widgets.dropping import Line
from ui.views.widgets.fitting import make_room
from ui.views.widgets.foot import ask_foot, close_foot
from ui.views.widgets.looks import button, label, look
from ui.views.widgets.spoken import announce
from workbench.errors import WorkbenchError
from workbench.services.locking import locking, remembering

WIDTH = 480


class SecretLine(Line):
    """A field whose letters are not seen, and which nobody keeps, also while they are shown.

    Args:
        name: what it is; read aloud.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleName(name)


def seen_box(*fields: SecretLine) -> QCheckBox:
    """Return the choice that the letters of fields are seen."""
    made = QCheckBox(t("Show what is typed"))

    def show(on: bool) -> None:
        mode = QLineEdit.EchoMode
        for field in fields:
            field.setEchoMode(mode.Normal if on else mode.Password)

    made.toggled.connect(show)
    return made


class PassphraseDialog(QDialog):
    """Asks for a passphrase until it is right; `exec` returns whether the study is open.

    Args:
        folder: of the study.
        parent: the window.

    Attributes:
        problem: what kept the study closed though nobody mistyped; `None` = nothing.
    """

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problem: Exception | None = None
        self._folder = folder
        self._aside = Aside(self)
        self._aside.ended.connect(self._on_ended)
        self.setWindowTitle(t("Open a locked study"))
        self.setMinimumWidth(WIDTH)
        self.field = SecretLine(t("Passphrase, or the key of the recovery sheet"))
        self.field.textChanged.connect(self._follow)
        seen = seen_box(self.field)
        self.says = label("", "meta", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(label(t("“{name}” is locked", name=folder.stem), "strong", wrap=True))
        column.addWidget(label(self.field.accessibleName(), "heading", wrap=True))
        column.addWidget(self.field)
        column.addWidget(seen)
        column.addWidget(self.says)
        self.remember = RememberChoice(remembered=remembering.is_remembered(folder))
        column.addWidget(self.remember)
        column.addSpacing(6)
        self.foot = ask_foot(self, t("Open"))
        column.addWidget(self.foot.box)
        self._follow()

    @override
    def accept(self) -> None:
        said = self.field.text()
        if not said or self.field.isReadOnly():
            return
        self.field.setReadOnly(True)  # not disabled: the keys stay here for another attempt
        self.foot.main.setEnabled(False)
        self.says.setText(t("One moment…"))
        look(self.says, "meta")
        self._aside.begin(lambda _on_share: locking.open_with(self._folder, said))

    @override
    def done(self, result: int) -> None:
        self._aside.wait()
        super().done(result)

    def _on_ended(self, problem: Exception | None) -> None:
        self.field.setReadOnly(False)
        if problem is None:
            super().accept()
            return
        if not isinstance(problem, locking.WrongPassphrase):
            self.problem = problem
            self.reject()
            return
        self._follow()
        self.says.setText(" ".join(filter(None, sentences(problem))))
        look(self.says, "bad")
        make_room(self)
        self.field.selectAll()
        self.field.setFocus()

    def _follow(self) -> None:
        self.foot.main.setEnabled(bool(self.field.text()))


class NewPassphraseDialog(QDialog):
    """Asks twice for a new passphrase.

    Args:
        title: of the dialog.
        words: what it means.
        verb: on the button.
        sheet: offer to make a new recovery sheet, too; `False` where one is made anyway.
        remembered: whether this computer remembers the study.
        parent: the window.
    """

    def __init__(
        self,
        title: str,
        words: str,
        verb: str,
        *,
        sheet: bool,
        remembered: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH)
        self.first, self.second = (
            SecretLine(name) for name in (t("New passphrase"), t("Once more"))
        )
        self.sheet = QCheckBox(t("Make a new recovery sheet; the old one opens nothing then"))
        self.sheet.setVisible(sheet)
        self.says = label("", "meta", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(label(words, "soft", wrap=True))
        for field in (self.first, self.second):
            column.addWidget(label(field.accessibleName(), "heading"))
            column.addWidget(field)
            field.textChanged.connect(self._follow)
        column.addWidget(seen_box(self.first, self.second))
        column.addWidget(self.says)
        column.addWidget(self.sheet)
        self.remember = RememberChoice(remembered=remembered)
        column.addWidget(self.remember)
        column.addSpacing(6)
        self.foot = ask_foot(self, verb)
        column.addWidget(self.foot.box)
        self._follow()

    @property
    def passphrase(self) -> str:
        """Return what was typed."""
        return self.first.text()

    def _follow(self) -> None:
        trouble = ""
        try:
            locking.require_good(self.first.text())
        except WorkbenchError as problem:
            trouble = " ".join(filter(None, sentences(problem)))
        if not trouble and self.second.text() != self.first.text():
            trouble = t("Type the same once more.")
        self.says.setText(trouble if self.first.text() else t(locking.ADVICE))
        make_room(self)
        self.foot.main.setEnabled(not trouble)


class SheetDialog(QDialog):
    """Shows the recovery key, once; who closes it without having saved it is told so first.

    Args:
        key: as it is printed.
        save: asks for a place and writes the sheet; tells whether it is written.
        parent: the window.
    """

    def __init__(self, key: str, save: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("Recovery sheet"))
        self.setMinimumWidth(WIDTH + 60)
        self.key = Line(key)
        self.key.setReadOnly(True)
        self.key.setAccessibleName(t("Recovery key"))
        self.save_button = button(t("Save the sheet…"))
        self.save_button.clicked.connect(lambda _on=False: self._on_save(save))
        self._may_close = False
        self.says = label(t("It is shown this once, and kept nowhere."), "meta", wrap=True)
        self.says.setMinimumHeight(2 * self.says.fontMetrics().lineSpacing())
        self.says.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(label(t("Keep this key on paper"), "strong", wrap=True))
        column.addWidget(label(t(locking.WARNING), "soft", wrap=True))
        column.addWidget(self.key)
        column.addWidget(self.says)
        column.addSpacing(6)
        column.addWidget(close_foot(self, aside=[self.save_button]))

    @override
    def done(self, result: int) -> None:
        if self._may_close:
            super().done(result)
            return
        self._may_close = True  # the second time
        self.says.setText(
            t("The sheet is not saved, and this key is never shown again. If you have it on paper,"
              " close this once more.")
        )  # fmt: skip
        look(self.says, "bad")
        announce(self.says, self.says.text())

    def _on_save(self, save: Callable[[], object]) -> None:
        self._may_close = bool(save()) or self._may_close
