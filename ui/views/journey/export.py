"""The map as a picture: PNG for slides, SVG for print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from ui.context import AppContext
from ui.i18n import t
from ui.theme import Theme
from ui.views.journey.sheet import MapSheet
from ui.views.journey.sheet_painting import SheetPainting
from ui.views.saving import ask_place, write_out
from workbench.services.journey.lanes import FilledMap, Lane
from workbench.services.leaving.exports import Exports
from workbench.study import Study

WIDTH = 1600.0  # of the sheet; wide enough for seven stages on a slide
_MARGIN, _TITLE = 40.0, 44.0
_SCALE = 2  # pixels of the PNG for each pixel of the sheet


def ask_and_export(
    context: AppContext,
    page: QWidget,
    filled: FilledMap,
    *,
    lanes: Sequence[Lane],
    title: str,
    suffix: str,
) -> None:
    """Ask where the map goes as a picture, and write it there.

    Args:
        context: has the open study, and the dialogs.
        page: what they belong to.
        filled: the map.
        title: headline of the picture.
        suffix: “png” or “svg”.
    """
    if context.study is None:
        return
    name = f"{context.study.title} – map"
    out = ask_place(context, page, t("Export the map"), name=name, suffix=f".{suffix}")
    if out is None:
        return

    def write(study: Study) -> None:
        export_map(study.exports, filled, context.theme, title, out, lanes=lanes)

    again = partial(ask_and_export, context, page, filled, lanes=lanes, title=title, suffix=suffix)
    write_out(context, page, out, write, size=1, elsewhere=again)


def export_map(
    exports: Exports,
    filled: FilledMap,
    theme: Theme,
    title: str,
    out: Path,
    *,
    lanes: Sequence[Lane],
) -> Path:
    """Write a map as PNG or SVG, by the ending of the file; one that is there is replaced.

    Args:
        exports: through which it leaves the study.
        filled: the map.
        lanes: those that are shown.
        theme: whose colours are used.
        title: headline of the picture.
        out: the file; “.png” is added when it ends in neither.
        lanes: those that are shown.

    Raises:
        UserError: the file would lie in a study.
        EnvironmentProblem: the file cannot be written.
    """
    if out.suffix.lower() not in {".png", ".svg"}:
        out = out.with_name(f"{out.name}.png")
    sheet = MapSheet(theme, exports.shown(filled), lanes, WIDTH)
    title = exports.words(title)
    size = _size(sheet)

    def draw(painter: QPainter) -> None:
        _paint(painter, sheet, theme, title)

    if out.suffix.lower() == ".svg":
        return exports.picture(out, lambda path: _write(path, _drawing(size, draw)), replace=True)
    return exports.picture(
        out, lambda path: _write_png(path, size, draw), drawn=_drawing(size, draw), replace=True
    )


def _size(sheet: MapSheet) -> QSize:
    width = round(sheet.width + 2 * _MARGIN)
    return QSize(width, round(sheet.height + 2 * _MARGIN + _TITLE))


def _paint(painter: QPainter, sheet: MapSheet, theme: Theme, title: str) -> None:
    size = _size(sheet)
    painter.fillRect(QRect(0, 0, size.width(), size.height()), theme.colour("paper"))
    painter.setPen(theme.colour("ink"))
    painter.setFont(theme.font("title"))
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
    painter.drawText(QRectF(_MARGIN, _MARGIN, sheet.width, _TITLE), flags, title)
    painter.translate(QPointF(_MARGIN, _MARGIN + _TITLE))
    SheetPainting(sheet).paint(painter)


def _write_png(path: Path, size: QSize, paint: Callable[[QPainter], None]) -> None:
    image = QImage(size * _SCALE, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(_SCALE, _SCALE)
    paint(painter)
    painter.end()
    if not image.save(str(path), "PNG"):  # type: ignore[call-overload]
        raise OSError(path)


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _drawing(size: QSize, paint: Callable[[QPainter], None]) -> bytes:
    """Return a picture as SVG, in which words can be read."""
    buffer = QBuffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    generator.setTitle(t("Journey map"))
    painter = QPainter(generator)
    paint(painter)
    painter.end()
    return bytes(buffer.data().data())
