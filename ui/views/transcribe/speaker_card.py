"""One voice of a recording: its colour and name, how much it says, a few seconds to listen to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QProgressBar, QVBoxLayout, QWidget
from typing_extensions import override

from ui.context import AppContext
from ui.i18n import clock, t
from ui.theme import Theme
from ui.views.widgets.inputs import ComboBox
from ui.views.widgets.looks import hairline, icon_button, label
from workbench.domain.figures import rounded
from workbench.domain.ids import SpeakerId
from workbench.domain.people import Participant
from workbench.domain.transcript import Speaker
from workbench.domain.voices import Share

_DOT = 10


class Dot(QWidget):
    """A spot in the colour of a voice."""

    def __init__(self, theme: Theme, colour: int) -> None:
        super().__init__()
        self._theme = theme
        self.colour = colour
        self.setFixedSize(QSize(_DOT, _DOT))
        theme.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.stage_line(self.colour))
        painter.drawEllipse(QRectF(1, 1, _DOT - 2, _DOT - 2))


class SpeakerCard(QWidget):
    """One voice.

    Args:
        context: everything the window shares.
        place: place among the voices, from 0; gives the colour.

    Signals:
        named: name, and id of the participant or "".
        merge_wanted: id of the voice that this one is the same as.
    """

    named = Signal(str, str)
    merge_wanted = Signal(str)

    def __init__(self, context: AppContext, place: int) -> None:
        super().__init__()
        self._place = place
        self._shown = ("", "")
        self._filled: tuple[Speaker, dict[str, str]] | None = None
        self.dot = Dot(context.theme, place)
        self.listen = icon_button(context.icons, "volume-2", t("Listen to this voice"))
        self.more = icon_button(context.icons, "merge", t("Is the same voice as…"))
        self.menu = QMenu(self)
        self.more.clicked.connect(self._on_more)
        self.name = ComboBox[str]()
        self.name.setEditable(True)
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.name.setAccessibleName(t("Name of this voice"))
        self.name.setToolTip(t("Who is this? Choose somebody, or type a name"))
        self.name.setMinimumWidth(90)
        line = self.name.lineEdit()
        if line is not None:
            line.editingFinished.connect(self._on_typed)
        self.name.activated.connect(self._on_chosen)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(t("Share of the talk"))
        self._share = label("", "meta")
        self._share.setMinimumWidth(self._share.fontMetrics().horizontalAdvance("00:00 · 100 %"))
        self._share.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._lay_out()

    def show_voice(self, speaker: Speaker, share: Share, people: Mapping[str, str]) -> None:
        """Show a voice.

        Args:
            speaker: the voice.
            share: how much it speaks.
            people: id and name of those to choose from, the likely ones first.
        """
        percent = rounded(100 * share.share)
        self.bar.setValue(int(percent))
        self._share.setText(t("{time} · {n} %", time=clock(share.spoken_ms), n=percent))
        name = speaker.name or (people.get(speaker.participant_id or "") or "")
        called = name or voice_label(speaker)
        self.setAccessibleName(called)
        self.name.setAccessibleName(t("Name of {voice}", voice=called))
        self.listen.setAccessibleName(t("Listen to {voice}", voice=called))
        self.more.setAccessibleName(t("{voice} is the same voice as…", voice=called))
        if self._place < 9:
            self.dot.setToolTip(t("Alt+{n} gives selected turns to this voice", n=self._place + 1))
        line = self.name.lineEdit()
        typing = line is not None and line.hasFocus() and line.isModified()
        filled = (speaker, dict(people))
        if not typing and filled != self._filled:  # an open list must not close while words come
            self._filled = filled
            self._fill(speaker, name, people)

    def show_others(self, others: Mapping[SpeakerId, str]) -> None:
        """Offer the voices that this one could be the same as."""
        self.menu.clear()
        self.menu.addSection(t("Is the same voice as"))
        for speaker_id, name in others.items():
            self.menu.addAction(name).triggered.connect(
                lambda _on=False, one=speaker_id: self.merge_wanted.emit(one)
            )
        self.more.setVisible(bool(others))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.dot)
        row.addSpacing(4)
        row.addWidget(self.name, 1)
        row.addWidget(self.listen)
        row.addWidget(self.more)
        below = QHBoxLayout()
        below.setContentsMargins(_DOT + 8, 0, 0, 0)
        below.setSpacing(10)
        below.addWidget(self.bar, 1)
        below.addWidget(self._share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(hairline())
        column.addSpacing(2)
        column.addLayout(row)
        column.addLayout(below)

    def _fill(self, speaker: Speaker, name: str, people: Mapping[str, str]) -> None:
        blocked = self.name.blockSignals(True)
        self.name.fill(
            [(pseudonym, person_id) for person_id, pseudonym in people.items()],
            [(role, "") for role in (t("Interviewer"), t("Moderator"), t("Shopper"))],
        )
        self.name.setCurrentIndex(-1)
        self.name.setEditText(name)
        line = self.name.lineEdit()
        if line is not None:
            line.setPlaceholderText(voice_label(speaker))
            line.setCursorPosition(0)
        self.name.blockSignals(blocked)
        self._shown = (name, speaker.participant_id or "")

    def _on_more(self) -> None:
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _on_chosen(self, at: int) -> None:
        self._tell(self.name.itemText(at), self.name.value_at(at) or "")

    def _on_typed(self) -> None:
        typed = self.name.currentText().strip()
        if typed == self._shown[0]:
            return
        at = self.name.findText(typed, Qt.MatchFlag.MatchFixedString)
        self._tell(typed, self.name.value_at(at) or "")

    def _tell(self, name: str, person_id: str) -> None:
        if (name, person_id) != self._shown:
            self._shown = (name, person_id)
            self.named.emit(name, person_id)


def voice_label(speaker: Speaker) -> str:
    """Return what a voice is called before it has a name: "Voice 1" for the label "S1"."""
    return t("Voice {n}", n=speaker.number) if speaker.number else speaker.label


def names_of(speakers: Sequence[Speaker], people: Sequence[Participant]) -> dict[SpeakerId, str]:
    """Return how each voice is called."""
    known = {person.id: person.pseudonym for person in people}
    return {
        speaker.id: speaker.name
        or (known.get(speaker.participant_id, "") if speaker.participant_id else "")
        or voice_label(speaker)
        for speaker in speakers
    }
