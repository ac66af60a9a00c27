"""Who made this and under which licences; every part that ships is named."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import metadata

from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

import workbench
from ui.i18n import Phrase, t
from ui.views.widgets.fitting import resize_to_fit
from ui.views.widgets.foot import close_foot
from ui.views.widgets.looks import label


@dataclass(frozen=True, slots=True)
class Part:
    """Something the program is made of; `package` is its name among installed packages."""

    name: str
    purpose: Phrase
    licence: Phrase
    package: str = ""


PARTS = (
    Part("Qt for Python", "window", "LGPL-3.0", "PySide6-Essentials"),
    Part("sqlite-utils", "study files", "Apache-2.0", "sqlite-utils"),
    Part("SQLite", "study files", "public domain"),
    Part("python-docx", "Word reports", "MIT", "python-docx"),
    Part("Pillow", "pictures in reports", "MIT-CMU", "pillow"),
    Part("platformdirs", "folders of the system", "MIT", "platformdirs"),
    Part("RapidFuzz", "command palette", "MIT", "rapidfuzz"),
    Part("XlsxWriter", "Excel workbooks", "BSD-2-Clause", "XlsxWriter"),
    Part("Lucide", "icons", "ISC"),
    Part("faster-whisper", "transcription", "MIT", "faster-whisper"),
    Part("CTranslate2", "transcription", "MIT", "ctranslate2"),
    Part("Whisper models", "transcription", "MIT"),
    Part("ONNX Runtime", "telling voices apart", "MIT", "onnxruntime"),
    Part("PyAV and FFmpeg", "audio and video", "BSD-3-Clause, LGPL-2.1", "av"),
    Part("NumPy", "audio", "BSD-3-Clause", "numpy"),
    Part("SciPy", "audio", "BSD-3-Clause", "scipy"),
    Part("certifi", "fetching a model by name", "MPL-2.0", "certifi"),
    Part("lxml", "documents", "BSD-3-Clause", "lxml"),
    Part("markdown-it-py", "documents", "MIT", "markdown-it-py"),
    Part("pypdfium2 and PDFium", "documents", "Apache-2.0, BSD-3-Clause", "pypdfium2"),
    Part("regex", "search", "Apache-2.0, CNRI-Python", "regex"),
    Part("typing_extensions", "language", "PSF-2.0", "typing-extensions"),
    Part("Python", "language", "PSF-2.0"),
)


class AboutDialog(QDialog):
    """Version, promise and licences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("About Workbench"))
        resize_to_fit(self, 680, 520)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(6)
        column.addWidget(label(t("Workbench"), "title"))
        column.addWidget(
            label(t("Version {version} · MIT licence", version=workbench.__version__), "meta")
        )
        column.addWidget(
            label(t("Your material stays on this computer. The program makes no network call "
                    "unless you ask for a model by name."), "soft", wrap=True)
        )  # fmt: skip
        column.addSpacing(12)
        column.addWidget(label(t("Made with"), "heading"))
        self.table = _table()
        column.addWidget(self.table, 1)
        column.addWidget(close_foot(self))


def version_of(part: Part) -> str:
    """Return the installed version of a part, or an empty text."""
    if not part.package:
        return ""
    try:
        return metadata.version(part.package)
    except metadata.PackageNotFoundError:
        return ""


def _table() -> QTableWidget:
    table = QTableWidget(len(PARTS), 4)
    table.setHorizontalHeaderLabels([t("Part"), t("For"), t("Licence"), t("Version")])
    table.setAccessibleName(t("Parts and licences"))
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    for row, part in enumerate(PARTS):
        for place, text in enumerate(
            (part.name, t(part.purpose), t(part.licence), version_of(part))
        ):
            table.setItem(row, place, QTableWidgetItem(text))
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    return table
