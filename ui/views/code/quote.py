"""The head of the inspector: the words, a little of what is around them, who, when, and ▶."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.i18n import plural, t
from ui.models.passages import counted, signature, words_of
from ui.plain import set_tip
from ui.views.code.together import Together
from ui.views.widgets.looks import button, label
from workbench.domain.figures import clock
from workbench.domain.observation import Placement
from workbench.domain.passage import Passage

_LONGEST = 280  # letters of a quote


class QuoteBox(QWidget):
    """What is selected.

    Signals:
        play_wanted: the passage is to be heard.
        place_wanted: the waiting observation belongs to the words now selected.
    """

    play_wanted = Signal()
    place_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.before = label("", "meta", wrap=True)
        self.quote = label("", "quote", wrap=True)
        self.after = label("", "meta", wrap=True)
        for words in (self.before, self.quote, self.after):
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.source = label("", "meta")
        self.coder = label("", "meta", wrap=True)
        self.play = button(t("▶ play"), "link")
        self.play.setAccessibleName(t("Play this passage"))
        self.play.clicked.connect(self.play_wanted)
        self.place = button(t("Place on the selected words"), "primary")
        self.place.clicked.connect(self.place_wanted)
        self.lost = label(
            t("These words are no longer in the text. Select where they belong now."),
            "meta",
            wrap=True,
        )
        line = QHBoxLayout()
        line.setSpacing(2)
        line.addWidget(self.source)
        line.addWidget(self.play)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        above: tuple[QWidget, ...] = (self.before, self.quote, self.after)
        below: tuple[QWidget, ...] = (self.coder, self.lost, self.place)
        for part in above:
            column.addWidget(part)
        column.addLayout(line)
        for part in below:
            column.addWidget(part)

    def show_together(self, together: Together) -> None:
        """Show the words of one passage, or how many there are."""
        self.show_surroundings("", "", coder="")
        passage = together.only
        if passage is None:
            self._show_several(together)
            return
        span = passage.observation.span
        self.quote.setText(_quoted(passage))
        times = f"{clock(span.start_ms)}–{clock(span.end_ms)}" if span else ""
        self.source.setText(" · ".join(filter(None, (signature(passage), times))))
        set_tip(self.source, passage.silence.sentence if passage.silence else "")
        self.play.setVisible(span is not None)
        waits = passage.observation.placement is Placement.REVIEW
        self.lost.setVisible(waits)
        self.place.setVisible(waits)

    def _show_several(self, together: Together) -> None:
        count = len(together)
        self.quote.setText(plural(count, "{n} observation", "{n} observations"))
        self.source.setText(counted(together.passages).partition(" · ")[2])
        for part in (self.play, self.lost, self.place):
            part.hide()

    def show_surroundings(self, before: str, after: str, *, coder: str) -> None:
        """Show what stands around the words, and who made the observation."""
        for part, text in (
            (self.before, before),
            (self.after, after),
            (self.coder, t("Coded by {name}", name=coder) if coder else ""),
        ):
            part.setText(text)
            part.setVisible(bool(text))


def _quoted(passage: Passage) -> str:
    words = words_of(passage)
    if len(words) > _LONGEST:
        words = words[:_LONGEST].rsplit(" ", 1)[0] + " …"
    return f"“{words}”"
