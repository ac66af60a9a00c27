"""A consent form of a locked study: opened in memory and shown here, for no other program can.

Nothing of it lies in clear anywhere unless somebody saves a copy, who is told what that means.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ui.attempts import attempt
from ui.context import AppContext
from ui.i18n import t
from ui.views.widgets.fitting import resize_to_fit
from ui.views.widgets.foot import close_foot
from ui.views.widgets.looks import ShortLabel, button, label
from workbench.domain.consent import ConsentForm
from workbench.services.consent.forms import as_text
from workbench.study import Study

_LARGEST = QSize(2400, 2400)  # pixels of a picture that are shown
Looked = bytes | str | QImage | None
"""A PDF, a text or a picture; `None` = something that only other programs can show."""


def look_into(study: Study, form: ConsentForm) -> Looked:
    """Read a form so that it can be shown; in any thread.

    Raises:
        OSError: it cannot be read.
    """
    data, ending = study.ledger.forms.content(form), Path(form.file).suffix.lower()
    if ending == ".pdf":
        return data
    if (words := as_text(form, data)) is not None:
        return words
    reader = QImageReader(buffer := _buffer(data))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.width() > _LARGEST.width() or size.height() > _LARGEST.height():
        reader.setScaledSize(size.scaled(_LARGEST, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    buffer.close()
    return None if image.isNull() else image


class FormView(QDialog):
    """Shows a form.

    Args:
        context: dialogs.
        study: the open study.
        form: what is shown.
        looked: what is in it.
        parent: the dialog that asks for it.
    """

    def __init__(
        self,
        context: AppContext,
        study: Study,
        form: ConsentForm,
        looked: Looked,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._study, self._form = context, study, form
        self.setWindowTitle(t("Consent form"))
        resize_to_fit(self, 720, 640)
        self.body = self._shown(looked)
        self.told = label("", "good", wrap=True)
        self.told.hide()
        self.save_button = button(t("Save as…"))
        self.save_button.clicked.connect(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(ShortLabel(form.title, "title"))
        column.addWidget(self.body, 1)
        column.addWidget(self.told)
        column.addWidget(close_foot(self, aside=[self.save_button]))

    def save(self) -> None:
        """Write a copy that everybody can read where somebody wants it, after a word of warning."""
        sure = self._context.dialogs.confirm(
            self,
            t("Save a copy that everybody can read?"),
            detail=t("The study is locked, the copy is not: whoever finds it reads who agreed."
                     " Delete it when it is no longer needed."),
            accept=t("Save a readable copy"),
            danger=True,
        )  # fmt: skip
        name = self._form.title
        out = sure and self._context.dialogs.save_file(self, t("Save the form"), name=name)
        if not out:
            return
        if attempt(self._context, self, lambda: self._study.ledger.forms.save(self._form, out)):
            self.told.setText(t("Saved as “{name}”.", name=out.name))
            self.told.show()

    def _shown(self, looked: Looked) -> QWidget:
        shown: QWidget
        if isinstance(looked, bytes):
            shown = self._pages(looked)
        elif isinstance(looked, str):
            shown = text = QPlainTextEdit(looked)
            text.setReadOnly(True)
            text.setTabChangesFocus(True)
        elif looked is not None:
            shown = _Picture(looked)
        else:
            return self._nothing()
        shown.setAccessibleName(t("Consent form “{name}”", name=self._form.title))
        return shown

    def _pages(self, data: bytes) -> QWidget:
        from PySide6.QtPdf import QPdfDocument  # loads slowly, needed rarely
        from PySide6.QtPdfWidgets import QPdfView

        document, buffer = QPdfDocument(self), _buffer(data, self)
        document.load(buffer)
        if document.status() is not QPdfDocument.Status.Ready:
            return self._nothing()
        pages = QPdfView()
        pages.setPageMode(QPdfView.PageMode.MultiPage)
        pages.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        pages.setDocument(document)
        return pages

    def _nothing(self) -> QWidget:
        told = label(
            t("It can only be shown by another program, and none can read it in a locked study."
              " “Save as…” writes a copy that it can read."),
            wrap=True,
        )  # fmt: skip
        told.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return told


class _Picture(QScrollArea):
    """A picture as wide as there is room, and never larger than it is."""

    def __init__(self, image: QImage) -> None:
        super().__init__()
        self._picture = QPixmap.fromImage(image)
        self._label = label("")
        self._label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._label)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        width = min(self.viewport().width(), self._picture.width())
        how = Qt.TransformationMode.SmoothTransformation
        self._label.setPixmap(self._picture.scaledToWidth(max(1, width), how))
        super().resizeEvent(event)


def _buffer(data: bytes, parent: QWidget | None = None) -> QBuffer:
    buffer = QBuffer(parent)
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return buffer


__all__ = ["FormView", "Looked", "look_into"]
