"""The voices of a recording: how much each says, a few seconds to listen to, and whose it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.context import AppContext
from ui.i18n import clock, t
from ui.views.widgets.looks import hairline, icon_button, label
from workbench.domain.ids import ParticipantId, SourceId, SpeakerId
from workbench.domain.people import Participant
from workbench.domain.transcript import Speaker, Turn
from workbench.study import Study

SAMPLE_MS = 5000


class SpeakersPane(QScrollArea):
    """A card for each voice.

    Signals:
        sample_wanted: start and end in ms of a stretch in which one voice speaks.
    """

    sample_wanted = Signal(int, int)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._study: Study | None = None
        self.cards: dict[SpeakerId, SpeakerCard] = {}
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(16, 16, 16, 16)
        self._column.setSpacing(12)
        self._column.addWidget(label(t("Speakers"), "heading"))
        self._empty = label(
            t("When the text is complete the voices are told apart; you name each once."),
            "soft",
            wrap=True,
        )
        self._column.addWidget(self._empty)
        self._column.addStretch(1)
        self.setWidget(page)

    def show_voices(
        self,
        study: Study,
        source_id: SourceId | None,
        speakers: Sequence[Speaker],
        turns: Sequence[Turn],
    ) -> None:
        """Show the voices of one transcript."""
        self._study = study
        spoken = _spoken(turns)
        total = sum(spoken.values())
        people = _people(study, source_id)
        if [speaker.id for speaker in speakers] != list(self.cards):
            self._rebuild(speakers)
        for speaker in speakers:
            card = self.cards[speaker.id]
            card.show_voice(speaker, spoken[speaker.id], total, people)
            card.sample = sample(turns, speaker.id)
            card.setEnabled(not study.read_only)
        self._empty.setVisible(not speakers)

    def clear(self) -> None:
        """Show nothing."""
        self._rebuild([])
        self._study = None
        self._empty.setVisible(True)

    def _rebuild(self, speakers: Sequence[Speaker]) -> None:
        for old in self.cards.values():
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.cards = {}
        for speaker in speakers:
            card = SpeakerCard(self._context)
            card.listen.clicked.connect(partial(self._on_listen, card))
            card.named.connect(partial(self._on_named, speaker.id))
            self.cards[speaker.id] = card
            self._column.insertWidget(self._column.count() - 1, card)

    def _on_listen(self, card: SpeakerCard) -> None:
        if card.sample is not None:
            self.sample_wanted.emit(*card.sample)

    def _on_named(self, speaker_id: SpeakerId, name: str, person_id: str) -> None:
        if self._study is not None:
            person = ParticipantId(person_id) if person_id else None
            self._study.transcripts.name_speaker(speaker_id, name, person)


class SpeakerCard(QWidget):
    """One voice.

    Signals:
        named: name, and id of the participant or "".
    """

    named = Signal(str, str)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.sample: tuple[int, int] | None = None
        self._shown = ("", "")
        self._filled: tuple[Speaker, dict[str, str]] | None = None
        self.listen = icon_button(context.icons, "volume-2", t("Listen to this voice"))
        self.name = QComboBox()
        self.name.setEditable(True)
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.name.setAccessibleName(t("Name of this voice"))
        line = self.name.lineEdit()
        if line is not None:
            line.setPlaceholderText(t("Who is this?"))
            line.editingFinished.connect(self._on_typed)
        self.name.activated.connect(self._on_chosen)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self._share = label("", "meta")
        self._share.setMinimumWidth(self._share.fontMetrics().horizontalAdvance("00:00 · 100 %"))
        self._share.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.name, 1)
        row.addWidget(self.listen)
        below = QHBoxLayout()
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

    def show_voice(
        self, speaker: Speaker, ms: int, total_ms: int, people: Mapping[str, str]
    ) -> None:
        """Show a voice.

        Args:
            speaker: the voice.
            ms: how long it speaks.
            total_ms: how long all speak.
            people: id and name of those to choose from, the likely ones first.
        """
        share = round(100 * ms / total_ms) if total_ms else 0
        self.bar.setValue(share)
        self.bar.setAccessibleName(t("Share of the talk"))
        self._share.setText(t("{time} · {n} %", time=clock(ms), n=share))
        name = speaker.name or (people.get(speaker.participant_id or "") or "")
        self.setAccessibleName(name or voice_label(speaker))
        line = self.name.lineEdit()
        typing = line is not None and line.hasFocus() and line.isModified()
        filled = (speaker, dict(people))
        if not typing and filled != self._filled:  # an open list must not close while words come
            self._filled = filled
            self._fill(speaker, name, people)

    def _fill(self, speaker: Speaker, name: str, people: Mapping[str, str]) -> None:
        blocked = self.name.blockSignals(True)
        self.name.clear()
        for person_id, pseudonym in people.items():
            self.name.addItem(pseudonym, person_id)
        self.name.insertSeparator(self.name.count())
        for role in (t("Interviewer"), t("Moderator"), t("Shopper")):
            self.name.addItem(role, "")
        self.name.setCurrentIndex(-1)
        self.name.setEditText(name)
        line = self.name.lineEdit()
        if line is not None:
            line.setPlaceholderText(t("{voice}: who is this?", voice=voice_label(speaker)))
            line.setCursorPosition(0)
        self.name.blockSignals(blocked)
        self._shown = (name, speaker.participant_id or "")

    def _on_chosen(self, at: int) -> None:
        self._tell(self.name.itemText(at), str(self.name.itemData(at) or ""))

    def _on_typed(self) -> None:
        typed = self.name.currentText().strip()
        if typed == self._shown[0]:
            return
        at = self.name.findText(typed, Qt.MatchFlag.MatchFixedString)
        self._tell(typed, str(self.name.itemData(at) or "") if at >= 0 else "")

    def _tell(self, name: str, person_id: str) -> None:
        if (name, person_id) != self._shown:
            self._shown = (name, person_id)
            self.named.emit(name, person_id)


def voice_label(speaker: Speaker) -> str:
    """Return what a voice is called before it has a name: "Voice 1" for the label "S1"."""
    number = speaker.label.removeprefix("S")
    return t("Voice {n}", n=number) if number.isdigit() else speaker.label


def names_of(speakers: Sequence[Speaker], people: Sequence[Participant]) -> dict[SpeakerId, str]:
    """Return how each voice is called."""
    known = {person.id: person.pseudonym for person in people}
    return {
        speaker.id: speaker.name
        or (known.get(speaker.participant_id, "") if speaker.participant_id else "")
        or voice_label(speaker)
        for speaker in speakers
    }


def sample(turns: Sequence[Turn], speaker_id: SpeakerId) -> tuple[int, int] | None:
    """Return at most five seconds in which a voice speaks: the begin of its longest turn."""
    own = [
        (turn.start_ms, turn.end_ms)
        for turn in turns
        if turn.speaker_id == speaker_id and turn.start_ms is not None and turn.end_ms is not None
    ]
    if not own:
        return None
    start, end = max(own, key=lambda span: span[1] - span[0])
    return start, min(end, start + SAMPLE_MS)


def _spoken(turns: Sequence[Turn]) -> Counter[SpeakerId]:
    spoken: Counter[SpeakerId] = Counter()
    for turn in turns:
        if turn.speaker_id and turn.start_ms is not None and turn.end_ms is not None:
            spoken[turn.speaker_id] += turn.end_ms - turn.start_ms
    return spoken


def _people(study: Study, source_id: SourceId | None) -> dict[str, str]:
    """Return everybody, those of the session's roster first."""
    everybody = {person.id: person.pseudonym for person in study.people.participants()}
    roster: list[ParticipantId] = []
    if source_id is not None:
        session_id = study.materials.source(source_id).session_id
        roster = [seat.participant_id for seat in study.materials.roster(session_id)]
    present = {one: everybody[one] for one in roster if one in everybody}
    return {str(one): name for one, name in (present | everybody).items()}
