"""What the engine recognised in the turn one reads, against what stands there now."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui.context import AppContext
from ui.i18n import t
from ui.views.widgets.looks import button, hairline, icon_button, label, look
from workbench.domain.comparing import Piece, compare
from workbench.domain.figures import clock
from workbench.domain.transcript import Turn, TurnDraft

_HEIGHT = 132


class HeardBox(QWidget):
    """The words as they were recognised; those that were corrected are coloured.

    Signals:
        restore_wanted: the recognised words shall stand there again.
        closed: the box was closed.
    """

    restore_wanted = Signal()
    closed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._theme = context.theme
        self._shown: tuple[Turn, TurnDraft | None] | None = None
        look(self, "paper")
        self.title = label("", "meta")
        self.restore = button(t("Restore this turn"), "quiet")
        self.close_button = icon_button(context.icons, "x", t("Close"))
        self.close_button.setIconSize(QSize(16, 16))
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._build()
        self.restore.clicked.connect(self.restore_wanted)
        self.close_button.clicked.connect(self.closed)
        context.theme.changed.connect(self._paint)
        self.hide()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(24, 8, 12, 0)
        head.addWidget(self.title, 1)
        head.addWidget(self.restore)
        head.addWidget(self.close_button)
        inner = look(QWidget(), "paper")
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 2, 24, 12)
        column.addWidget(self.words)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(hairline())
        whole.addLayout(head)
        whole.addWidget(area, 1)
        self.setFixedHeight(_HEIGHT)

    def show_turn(self, turn: Turn, said: TurnDraft | None, *, read_only: bool) -> None:
        """Compare a turn with what was recognised in its time."""
        self._shown = (turn, said)
        same = said is None or said.text == turn.text
        self.restore.setVisible(not same and not read_only)
        begin = clock(turn.start_ms or 0)
        self.title.setText(
            t("Nothing was recognised here")
            if said is None
            else t("Recognised at {time}: as it stands", time=begin)
            if same
            else t("Recognised at {time}", time=begin)
        )
        self._paint()

    def _paint(self) -> None:
        if self._shown is None or self._shown[1] is None:
            self.words.setText("")
            return
        turn, said = self._shown
        pieces = compare(said.text, turn.text) if said else []
        self.words.setText("".join(self._painted(piece) for piece in pieces))

    def _painted(self, piece: Piece) -> str:
        if piece.same:
            return escape(piece.old)
        colour = self._theme.colour
        old, new = escape(piece.old), escape(piece.new)
        gone = f'<s style="color:{colour("bad").name()}">{old}</s>' if old.strip() else ""
        come = f'<span style="color:{colour("good").name()}">{new}</span>' if new.strip() else ""
        return f"{gone}{' ' if gone and come else ''}{come}" or (new or old)
