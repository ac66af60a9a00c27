"""One voice of a recording: its colour and name, how much it says, a few seconds to listen to."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QProgressBar, QVBoxLayout, QWidget
from typing_extensions import override

from ui.actions import native
from ui.context import AppContext
from ui.i18n import t
from ui.models.voices import called, name_spot, shown_name_of
from ui.plain import set_tip
from ui.theme import Theme
from ui.views.who.voice_box import VoiceBox, WhoState
from ui.views.widgets.looks import hairline, icon_button, label
from workbench.domain.consent import Standing
from workbench.domain.figures import clock, rounded
from workbench.domain.ids import SpeakerId
from workbench.domain.voices import Share
from workbench.services.people.speaking import Heard
from workbench.study import Study

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
        named: name, and id of the participant.
        person_wanted: name that becomes a person of the study.
        merge_wanted: id of the voice that this one is the same as.
    """

    named = Signal(str, str)
    person_wanted = Signal(str)
    merge_wanted = Signal(str)

    def __init__(self, context: AppContext, place: int) -> None:
        super().__init__()
        self._place, self._shortcuts = place, context.actions.shortcuts
        self.dot = Dot(context.theme, place)
        self.listen = icon_button(context.icons, "volume-2", t("Listen to this voice"))
        self.more = icon_button(context.icons, "merge", t("Is the same voice as…"))
        self.menu = QMenu(self)
        self.more.clicked.connect(self._on_more)
        self.name = VoiceBox()
        self.name.named.connect(self.named)
        self.state = WhoState()
        self.state.person_wanted.connect(self.person_wanted)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(t("Share of the talk"))
        self._share = label("", "meta")
        letters = QFontMetrics(context.theme.font("small"))  # it has none before it has a place
        self._share.setMinimumWidth(letters.horizontalAdvance("00:00 · 100 %"))
        self._share.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._lay_out()

    def show_voice(
        self,
        study: Study,
        heard: Heard,
        share: Share,
        people: Mapping[str, str],
        said: Standing | None = None,
    ) -> None:
        """Show a voice.

        Args:
            study: has it.
            heard: the voice, and who it is.
            share: how much it speaks.
            people: id and name of those to choose from, the likely ones first.
            said: what the person behind it said to being quoted.
        """
        speaker = heard.voice
        if speaker is None:
            return
        percent = rounded(100 * share.share)
        self.bar.setValue(int(percent))
        self._share.setText(t("{time} · {n} %", time=clock(share.spoken_ms), n=percent))
        name = called(speaker, heard.who)
        self.setAccessibleName(name)
        self.name.setAccessibleName(t("Name of {voice}", voice=name))
        self.listen.setAccessibleName(t("Listen to {voice}", voice=name))
        self.more.setAccessibleName(t("{voice} is the same voice as…", voice=name))
        self.state.offer.setAccessibleName(t("Add {voice} to the people", voice=name))
        if self._place < 9:
            number = self._place + 1
            keys = native(self._shortcuts.changed.get(f"transcribe.voice{number}", f"Alt+{number}"))
            tip = t("{keys} gives selected turns to this voice", keys=keys) if keys else ""
            set_tip(self.dot, tip)
        spot = name_spot(study, speaker)
        self.name.show_voice(speaker, name if shown_name_of(speaker) else "", people, spot)
        self.state.show_who(heard.who, speaker, heard.observations, said)

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
        column.addWidget(self.state)
        column.addLayout(below)

    def _on_more(self) -> None:
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
