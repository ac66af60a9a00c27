"""Icons of one family (Lucide), tinted from the theme at the moment they are painted.

Because the colour is looked up while painting, a change of theme needs no new icons, and because
the SVG is drawn at the size of the screen, they are crisp at any scale. Qt keeps what has been
drawn, since the same few pictures are painted again and again.
"""

from __future__ import annotations

import weakref
from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from typing_extensions import override

import resources
from ui.theme import Theme

_STROKE = 'stroke-width="1.6"'
# Engines live as long as the program. PySide would free one that Qt asked for (a changed icon gets
# an engine of its own) as soon as it was handed over, and Python's search for garbage one that is
# still in use, when it meets it before its icon.
_KEPT: list[QIconEngine] = []


class Icons:
    """Gives icons by their Lucide name."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._proxy = weakref.proxy(theme)  # engines outlive it
        self._icons: dict[tuple[str, str, str], QIcon] = {}

    def icon(self, name: str, *, colour: str = "ink_soft", on: str = "accent") -> QIcon:
        """Return an icon that always wears the colours of the current theme.

        Args:
            name: file name below resources/icons without ".svg".
            colour: theme token for the normal state.
            on: theme token while checked or selected.
        """
        key = (name, colour, on)
        if key not in self._icons:
            self._icons[key] = QIcon(_Engine(svg_text(name), self._proxy, colour, on))
        return self._icons[key]

    def pixmap(
        self, name: str, size: int, *, colour: str = "ink_soft", ratio: float = 1
    ) -> QPixmap:
        """Return a picture of an icon for custom painting.

        Args:
            name: Lucide name.
            size: edge in device-independent pixels.
            colour: theme token.
            ratio: device pixels per pixel of the screen it is painted on.
        """
        return _picture(svg_text(name), self._theme.colour(colour), QSize(size, size), ratio)


@cache
def svg_text(name: str) -> str:
    """Read the SVG of an icon with the one stroke weight of the program."""
    text = resources.path("icons", f"{name}.svg").read_text(encoding="utf-8")
    return text.replace('stroke-width="2"', _STROKE)


class _Engine(QIconEngine):
    """Draws one SVG in a theme colour."""

    def __init__(self, svg: str, theme: Theme, colour: str, on: str) -> None:
        super().__init__()
        self._svg, self._theme, self._colour, self._on = svg, theme, colour, on
        _KEPT.append(self)

    def _tint(self, mode: QIcon.Mode, state: QIcon.State) -> QColor:
        if mode == QIcon.Mode.Disabled:
            faint = self._theme.colour("ink_faint")
            faint.setAlphaF(0.45)
            return faint
        if state == QIcon.State.On or mode == QIcon.Mode.Selected:
            return self._theme.colour(self._on)
        return self._theme.colour(self._colour)

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(
            rect.topLeft(), _picture(self._svg, self._tint(mode, state), rect.size(), ratio)
        )

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return _picture(self._svg, self._tint(mode, state), size, 1)

    @override
    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        # Qt hands over the size in device pixels together with the scale.
        return _picture(self._svg, self._tint(mode, state), size / scale, scale)

    @override
    def clone(self) -> QIconEngine:
        return _Engine(self._svg, self._theme, self._colour, self._on)


def _picture(svg: str, colour: QColor, size: QSize, ratio: float) -> QPixmap:
    tint = colour.name(QColor.NameFormat.HexArgb)
    key = f"{tint} {size.width()}x{size.height()}@{ratio} {svg}"
    pixmap = QPixmap()
    if not QPixmapCache.find(key, pixmap):
        pixmap = _drawn(svg, colour, size, ratio)
        QPixmapCache.insert(key, pixmap)
    return pixmap


def _drawn(svg: str, colour: QColor, size: QSize, ratio: float) -> QPixmap:
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    opaque = QColor(colour)
    opaque.setAlpha(255)
    renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", opaque.name()).encode()))
    painter = QPainter(pixmap)
    painter.setOpacity(colour.alphaF())
    edge = min(size.width(), size.height())
    corner = QPoint((size.width() - edge) // 2, (size.height() - edge) // 2)
    renderer.render(painter, QRectF(corner.x(), corner.y(), edge, edge))
    painter.end()
    return pixmap
