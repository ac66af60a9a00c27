"""How a widget says what it is, so that the one style sheet can dress it."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QIcon,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.icons import Icons
from ui.plain import set_tip

W = TypeVar("W", bound=QWidget)
_SENTENCE = 400  # pixels
_NARROW = 200
_AIR = 32


def look(widget: W, name: str) -> W:
    """Dress a widget in one of the looks of the style sheet, and return it.

    Args:
        widget: a label, button, frame or pane.
        name: labels "title", "heading", "meta", "soft", "quote", "bad", "good"; buttons
            "primary", "quiet", "danger", "link", "chip"; panes "surface", "sunken", "paper".
    """
    widget.setProperty("look", name)
    if name in {"surface", "sunken", "paper"}:
        widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    return widget


def label(text: str, name: str = "", *, wrap: bool = False) -> QLabel:
    """Return a plain-text label in one of the looks; the text is shown as given."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    return look(made, name) if name else made


class ShortLabel(QLabel):
    """One line that ends in "…" where there is no room, and then says all of it as a tip."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        look(self, name)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect()
        end = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self.text(), end, room.width())
        tip = self.text() if shown != self.text() else ""
        if tip != self.toolTip():
            set_tip(self, tip)
        painter = QPainter(self)
        flags = self.alignment() | Qt.TextFlag.TextSingleLine
        self.style().drawItemText(
            painter, room, int(flags), self.palette(), True, shown, self.foregroundRole()
        )
        painter.end()


def button(text: str, name: str = "") -> QPushButton:
    """Return a push button in one of the looks; the text is shown as given."""
    made = PushButton(text)
    return look(made, name) if name else made


def bold_width(widget: QWidget, text: str) -> int:
    """Return how wide words are once the style sheet makes them bold, in pixels."""
    font = QFont(widget.font())
    font.setWeight(QFont.Weight.DemiBold)
    return QFontMetrics(font).size(Qt.TextFlag.TextShowMnemonic, text).width()


class PushButton(QPushButton):
    """Enter presses it, and it has room for its words when it is on, when they are bold."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _presses(event, self):
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if not self.isCheckable():
            return hint
        thin = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text()).width()
        more = max(0, bold_width(self, self.text()) - thin)
        return QSize(hint.width() + more, hint.height())


class _IconButton(QToolButton):
    """Enter presses it."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _presses(event, self):
            self.click()
        else:
            super().keyPressEvent(event)


def _presses(event: QKeyEvent, pressed: QWidget) -> bool:
    """Tell whether a key presses a button: in a dialog, Enter is the dialog's own."""
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return enter and not isinstance(pressed.window(), QDialog)


def icon_button(icons: Icons, icon: str, name: str, *, size: int = 18) -> QToolButton:
    """Return a quiet button that shows only an icon.

    Args:
        icons: gives the icon.
        icon: Lucide name.
        name: what the button does; shown as a tip and read aloud.
        size: edge of the icon in pixels.
    """
    made = _IconButton()
    made.setIcon(icons.icon(icon))
    made.setIconSize(made.iconSize().scaled(size, size, Qt.AspectRatioMode.IgnoreAspectRatio))
    made.setAutoRaise(True)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    set_tip(made, name)
    made.setAccessibleName(name)
    return made


def hairline(*, upright: bool = False) -> QFrame:
    """Return a line of one pixel that parts two areas."""
    line = look(QFrame(), "hairline")
    if upright:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line


class _Picture(QWidget):
    """An icon to look at, which wears the colours of the theme and does nothing."""

    def __init__(self, icon: QIcon) -> None:
        super().__init__()
        self._icon = icon
        self.setFixedSize(40, 40)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._icon.paint(painter, self.rect().adjusted(4, 4, -4, -4))
        painter.end()


class EmptyState(QWidget):
    """What an empty place shows: an icon, one sentence that teaches, what one begins with.

    Args:
        icons: gives the icon.
        icon: Lucide name.
        sentence: what will be here, and how it gets here.
        action: text of the button; empty for none. Connect `self.button.clicked`.
        other: another way to begin, quieter; empty for none. Connect `self.other.clicked`.
    """

    def __init__(
        self,
        icons: Icons,
        icon: str,
        sentence: str,
        *,
        heading: str = "",
        action: str = "",
        other: str = "",
    ) -> None:
        super().__init__()
        picture = _Picture(icons.icon(icon, colour="ink_faint"))
        self.heading = label(heading, "title")
        self.sentence = label("", "soft", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sentence.setMinimumWidth(_NARROW)
        self.sentence.setMaximumWidth(_SENTENCE)
        self.button = button(action, "primary")
        self.other = button(other, "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(_AIR, _AIR, _AIR, _AIR)
        column.setSpacing(8)
        column.addStretch(2)
        for part in (picture, self.heading):
            column.addWidget(part, alignment=Qt.AlignmentFlag.AlignHCenter)
        line = QHBoxLayout()  # as wide as it may be, in the middle
        line.addStretch(0)
        line.addWidget(self.sentence, 1)
        line.addStretch(0)
        column.addLayout(line)
        column.addSpacing(8)
        for choice in (self.button, self.other):
            column.addWidget(choice, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        # Now that they have a parent; before, each would be a window for a moment.
        self.heading.setVisible(bool(heading))
        self.button.setVisible(bool(action))
        self.other.setVisible(bool(other))
        self.say(sentence)

    def say(self, sentence: str) -> None:
        """Show another sentence."""
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self._fit()

    def _fit(self) -> None:
        # A fixed height, because a layout measures wrapped words at the width of the whole page.
        width = min(
            max(self.width() - 2 * _AIR, self.sentence.minimumWidth()), self.sentence.maximumWidth()
        )
        self.sentence.setFixedHeight(max(0, self.sentence.heightForWidth(width)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
