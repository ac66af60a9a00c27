"""The certificate of a withdrawal, to be read, saved and opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QTextEdit, QVBoxLayout, QWidget

from ui.context import AppContext
from ui.i18n import t
from ui.views.letting_out import let_out
from ui.views.saving import filter_of
from ui.views.widgets.fitting import resize_to_fit
from ui.views.widgets.foot import close_foot
from ui.views.widgets.looks import button, label
from ui.views.widgets.spoken import announce
from workbench.domain.withdrawal import Withdrawal
from workbench.errors import Way
from workbench.services.withdrawal.certificate import plain
from workbench.study import Study


class CertificateDialog(QDialog):
    """Shows what was done.

    Args:
        context: the dialogs.
        study: the open study.
        done: the withdrawal.
        parent: the window.
    """

    def __init__(
        self, context: AppContext, study: Study, done: Withdrawal, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._study, self._done = context, study, done
        self._written: Path | None = None
        self.setWindowTitle(t("Certificate of withdrawal"))
        resize_to_fit(self, 680, 560)
        self.text = QTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(t("Certificate of withdrawal"))
        self.text.setPlainText(plain(study.withdrawal.certificate(done)))
        self.told = label("", "good", wrap=True)
        self.told.hide()
        self.save_button = button(t("Save as…"))
        self.open_button = button(t("Open the file"))
        self.save_button.clicked.connect(self.save)
        self.open_button.clicked.connect(self.open_file)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(
            label(t("{code}: {deed}", code=done.code, deed=t(done.deed.label)), "title")
        )
        column.addWidget(self.text, 1)
        column.addWidget(self.told)
        column.addWidget(close_foot(self, aside=[self.save_button, self.open_button]))
        self.open_button.hide()  # only now: its row shows what it is given

    def save(self) -> None:
        """Ask where to, and write it there."""
        name = t("Withdrawal {code}", code=self._done.code)
        filters = ";;".join(map(filter_of, (".docx", ".txt")))
        out = self._context.dialogs.save_file(
            self, t("Save the certificate"), name=f"{name}.docx", filters=filters
        )
        if out is None:
            return
        let_out(
            self._context,
            self,
            out,
            lambda study: study.withdrawal.certify(self._done, out, replace=True),
            self._on_written,
            size=1,
            ways={Way.CHOOSE: self.save},
        )

    def _on_written(self, out: Path) -> None:
        self._written = out
        self.told.setText(t("Saved as “{name}”.", name=out.name))
        self.told.show()
        self.open_button.show()
        announce(self.told, self.told.text())

    def open_file(self) -> None:
        """Open the file that was written."""
        if self._written is not None and not QDesktopServices.openUrl(
            QUrl.fromLocalFile(str(self._written))
        ):
            self.told.setText(t("No program here opens “{name}”.", name=self._written.name))
            announce(self.told, self.told.text())


__all__ = ["CertificateDialog"]
