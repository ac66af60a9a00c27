"""How insights and opportunities look in a list."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from ui.i18n import plural, t
from ui.models.findings import InsightRow, OpportunityRow
from ui.theme import Theme
from ui.views.widgets.row_ground import paint_focus_frame

_PAD, _GAP, _OUT = 14, 5, 4

Index = QModelIndex | QPersistentModelIndex
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)


class CardDelegate(QStyledItemDelegate):
    """Paints a row as a card: a line of colour, the title, and what there is to know.

    Args:
        theme: colours and fonts.
        framed: with an outline, for a board; else as a plain row with a hairline.
    """

    def __init__(self, theme: Theme, *, framed: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._framed = framed

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 300
        inner = width - 2 * _PAD - (2 * _OUT if self._framed else 0)
        row = index.data(Qt.ItemDataRole.UserRole)
        height = self._title_height(row.title, inner) + 2 * _PAD - 6
        small = QFontMetrics(self._theme.font("small")).height()
        height += sum(small + _GAP for line in self._lines(row) if line)
        return QSize(inner, height + (2 * _OUT if self._framed else 1))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        theme = self._theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self._paint_ground(painter, option, row)
        title = QRect(box.left() + _PAD, box.top() + _PAD - 3, box.width() - 2 * _PAD, 0)
        title.setHeight(self._title_height(row.title, title.width()))
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour("ink"))
        painter.drawText(title, _WRAP, row.title)
        metrics = QFontMetrics(theme.font("small"))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("ink_faint"))
        line = QRect(title.left(), title.bottom() + 1, title.width(), metrics.height())
        for text in filter(None, self._lines(row)):
            line.translate(0, _GAP)
            painter.drawText(
                line, 0, metrics.elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            )
            line.translate(0, metrics.height())
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, row: InsightRow | OpportunityRow
    ) -> QRect:
        theme, state = self._theme, option.state
        box = option.rect.adjusted(_OUT, _OUT, -_OUT, -_OUT) if self._framed else option.rect
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        ground = "accent_soft" if chosen else "hover" if over else "surface"
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        if self._framed:
            painter.setPen(QPen(theme.colour("focus" if focused else "line"), 1))
            painter.setBrush(theme.colour(ground))
            painter.drawRoundedRect(
                QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), theme.tokens.radius, theme.tokens.radius
            )
        else:
            if chosen or over:
                painter.fillRect(box, theme.colour(ground))
            line = QRect(box.left() + _PAD, box.bottom(), box.width() - _PAD, 1)
            painter.fillRect(line, theme.colour("line"))
            paint_focus_frame(painter, theme, option, box)
        if isinstance(row, OpportunityRow) and row.stage:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.stage_line(row.stage.colour))
            bar = QRectF(box.left() + 4, box.top() + 8, 3, box.height() - 16)
            painter.drawRoundedRect(bar, 1.5, 1.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        return box

    def _lines(self, row: InsightRow | OpportunityRow) -> list[str]:
        if isinstance(row, InsightRow):
            return [row.meta]
        found = row.opportunity
        stage = row.stage.name if row.stage else ""
        evidence = plural(row.evidence, "{n} piece of evidence", "{n} pieces of evidence")
        weights = [
            t("severity {n}", n=found.severity) if found.severity else "",
            t("value {n}", n=found.business_value) if found.business_value else "",
        ]
        return [
            " · ".join(filter(None, (t(found.kind.label).capitalize(), stage))),
            t("Owner: {owner}", owner=found.owner) if found.owner else "",
            t("KPI: {kpi}", kpi=found.kpi) if found.kpi else "",
            " · ".join(filter(None, (*weights, evidence if row.evidence else ""))),
        ]

    def _title_height(self, title: str, width: int) -> int:
        metrics = QFontMetrics(self._theme.font("strong"))
        return metrics.boundingRect(QRect(0, 0, max(width, 40), 10_000), _WRAP, title).height()
