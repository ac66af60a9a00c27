"""The sheet of paper in the middle of the Report workspace."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QImage, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QWidget
from typing_extensions import override

from ui.i18n import t
from ui.theme import Theme
from ui.views.report.portions import Portions
from ui.views.report.preview import TOP, Preview
from ui.views.widgets.looks import look

_WIDEST = 860  # of the sheet; the journey table needs it, longer lines tire the eye
_MARGIN = 48


class ReportPage(QWidget):
    """Shows a preview on a sheet that stays in the middle.

    Args:
        theme: fonts.

    Signals:
        link_followed: a QUrl.
        width_changed: the sheet is wider or narrower, pictures want another size.
    """

    link_followed = Signal(QUrl)
    width_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[Preview, object] | None = None
        self._there = ""
        self._pictures: dict[tuple[bytes, int], QImage] = {}
        self._document: QTextDocument | None = None
        self._portions = Portions(self)
        self._portions.filled.connect(self._take)
        self.browser = QTextBrowser()
        look(self.browser, "reading")
        self.browser.setAccessibleName(t("Preview of the report"))
        self.browser.setOpenLinks(False)
        self.browser.setMaximumWidth(_WIDEST)
        self.browser.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.browser.anchorClicked.connect(self.link_followed)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.addStretch(1)
        row.addWidget(self.browser, 100)
        row.addStretch(1)

    @property
    def text_width(self) -> int:
        """Return the width of the text in pixels."""
        inner = min(self.width() - 32, _WIDEST) - 2 * self._margin - 30
        return max(inner, 300)

    @property
    def _margin(self) -> int:
        return _MARGIN if self.width() > 700 else _MARGIN // 2

    @property
    def busy(self) -> bool:
        """Tell whether a large report is being read."""
        return self._portions.busy

    def show_preview(self, preview: Preview, *, large: bool = False) -> None:
        """Show a report, scrolled to where the last one was; the same one is left alone.

        Args:
            preview: the report.
            large: read it in portions, while what was there stays.
        """
        font, ratio = self._theme.font("base"), self.devicePixelRatioF()
        looks = (font, self._margin, self.text_width, ratio)
        if (preview, looks) == self._shown:
            return
        self._shown = preview, looks
        self._portions.end()
        document = QTextDocument(self.browser) if large else self.browser.document()
        if document.defaultFont() != font:  # which lays out what was shown before once more
            document.setDefaultFont(font)
        self._give_pictures(document, preview.pictures)
        if large:
            document.setDocumentMargin(self._margin)
            self._portions.fill(document, preview.style, preview.parts)
            return
        before = self.browser.verticalScrollBar().value()
        self.browser.setHtml(preview.html)
        document.setDocumentMargin(self._margin)
        self._go_back(before)

    def _give_pictures(self, document: QTextDocument, pictures: Sequence[bytes]) -> None:
        known, self._pictures = self._pictures, {}
        ratio = self.devicePixelRatioF()
        width = round(self.text_width * ratio)
        for number, png in enumerate(pictures):
            image = known.get((png, width)) or _shrunk(png, width)
            self._pictures[png, width] = image
            image.setDevicePixelRatio(ratio)
            url = QUrl(f"picture{number}")
            document.addResource(QTextDocument.ResourceType.ImageResource.value, url, image)

    def _take(self, document: QTextDocument) -> None:
        """Show a large report, which has been read meanwhile."""
        before, last = self.browser.verticalScrollBar().value(), self._document
        self._document = document
        self.browser.setDocument(document)
        if last is not None:
            last.deleteLater()
        there, self._there = self._there, ""
        if there:
            self._scroll_to(there)
        else:
            self._go_back(before)

    def _go_back(self, before: int) -> None:
        bar = self.browser.verticalScrollBar()
        if bar.maximum() < before:  # which is a guess until everything is laid out
            self.browser.document().documentLayout().documentSize()
        bar.setValue(before)

    def clear(self) -> None:
        """Show an empty sheet."""
        self._shown, self._there = None, ""
        self._portions.end()
        self._pictures.clear()
        self.browser.clear()

    def go_to(self, anchor: str) -> None:
        """Scroll to a named place, of a report that is being read as soon as it is shown."""
        self._there = anchor if self._portions.busy else ""
        self._scroll_to(anchor)

    def _scroll_to(self, anchor: str) -> None:
        if anchor == TOP:  # of the sheet, whose margin is above all words
            self.browser.verticalScrollBar().setValue(0)
        else:
            self.browser.scrollToAnchor(anchor)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.width_changed.emit()


def _shrunk(png: bytes, width: int) -> QImage:
    """Return a picture at the size it is shown: the document itself shrinks it roughly."""
    image = QImage.fromData(png)
    return image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
