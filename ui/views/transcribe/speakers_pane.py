"""The voices of a recording: how many there are, and whose each is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ui.context import AppContext
from ui.i18n import plural, t
from ui.models.voices import names_of, people_of, voiced
from ui.plain import set_tip
from ui.views.transcribe.speaker_card import SpeakerCard
from ui.views.widgets.inputs import ComboBox
from ui.views.widgets.looks import button, label
from workbench.domain.ids import SourceId, SpeakerId
from workbench.domain.transcript import Speaker
from workbench.services.people.speaking import Heard
from workbench.study import Study

_MOST = 10


class SpeakersPane(QScrollArea):
    """A card for each voice, and the choice of how many there are.

    Attributes:
        turns: how many the voices speak.

    Signals:
        number_chosen: how many voices there are; 0 = as many as are heard.
        listen_wanted: id of a voice.
        named: id of a voice, its name, and the id of the participant it is.
        person_wanted: id of a voice, and the name by which it becomes a person of the study.
        merge_wanted: id of a voice, and of the one that it is the same as.
        release_wanted: what was decided by hand shall be told apart anew with the rest.
    """

    number_chosen = Signal(int)
    listen_wanted = Signal(str)
    named = Signal(str, str, str)
    person_wanted = Signal(str, str)
    merge_wanted = Signal(str, str)
    release_wanted = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.turns = 0
        self.cards: dict[SpeakerId, SpeakerCard] = {}
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.count = ComboBox[int]()
        self.count.setAccessibleName(t("Number of voices"))
        self.count.activated.connect(lambda _at: self.number_chosen.emit(self.count.value or 0))
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
        self._number = QWidget()
        row = QHBoxLayout(self._number)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(t("Number of voices"), "meta"), 1)
        row.addWidget(self.count)
        self._column.addWidget(self._number)
        self.fewer = label("", "meta", wrap=True)
        self.fewer.hide()
        self._column.addWidget(self.fewer)
        self.by_hand = label("", "meta", wrap=True)
        self.release = button(t("Release them"), "link")
        set_tip(self.release, t("Another number of voices then tells them apart with the rest"))
        self.release.clicked.connect(self.release_wanted)
        self._column.addWidget(self.by_hand)
        self._column.addWidget(self.release, 0, Qt.AlignmentFlag.AlignLeft)
        self._show_by_hand(0)
        self._column.addStretch(1)
        self.setWidget(page)

    @override
    def minimumSizeHint(self) -> QSize:
        # Nothing scrolls sideways, so the narrowest pane shows all of a line.
        bar = self.verticalScrollBar().sizeHint().width()
        page = self.widget()
        width = max(220, page.minimumSizeHint().width() + bar) if page else 220
        return QSize(width, super().minimumSizeHint().height())

    def show_voices(
        self, study: Study, source_id: SourceId, speakers: Sequence[Speaker], *, busy: bool = False
    ) -> None:
        """Show the voices of one transcript.

        Args:
            study: has it.
            source_id: its recording.
            speakers: the voices.
            busy: whether they are being told apart anew.
        """
        transcript_id = speakers[0].transcript_id if speakers else None
        if [speaker.id for speaker in speakers] != list(self.cards):
            self._rebuild(speakers)
        people = people_of(study, source_id)
        names = names_of(study, speakers)
        said = voiced(study, transcript_id)[1] if transcript_id else {}
        heard = _heard(study, source_id, speakers)
        shares = study.voices.shares(transcript_id) if transcript_id else []
        self.turns = sum(share.turns for share in shares)
        for speaker, share in zip(speakers, shares, strict=True):
            card = self.cards[speaker.id]
            card.show_voice(study, heard[speaker.id], share, people, said.get(speaker.id))
            card.show_others({one: name for one, name in names.items() if one != speaker.id})
            card.setEnabled(not study.read_only)
        self._empty.setVisible(not speakers)
        self._show_fewer(study, source_id, len(speakers))
        able = transcript_id is not None and study.voices.can_recluster(transcript_id)
        self._show_count(len(speakers), able=able, busy=busy)
        decided = study.voices.by_hand(transcript_id) if able and transcript_id else 0
        self._show_by_hand(decided)

    def clear(self) -> None:
        """Show nothing."""
        self._rebuild([])
        self._empty.setVisible(True)
        self._number.setVisible(False)
        self.fewer.hide()
        self._show_by_hand(0)

    # How many

    def _show_by_hand(self, decided: int) -> None:
        """Say what another number of voices leaves alone, and offer to let go of it."""
        self.by_hand.setText(
            plural(
                decided,
                "One turn that you assigned, split or joined stays as it is.",
                "{n} turns that you assigned, split or joined stay as they are.",
            )
        )
        self.by_hand.setVisible(decided > 0)
        self.release.setVisible(decided > 0)

    def _show_fewer(self, study: Study, source_id: SourceId | None, count: int) -> None:
        """Say that fewer voices were found than expected, as long as there are no others."""
        text = study.jobs.fewer_voices(source_id, count) if source_id and count else ""
        self.fewer.setText(text)
        self.fewer.setVisible(bool(text))

    def reset_count(self) -> None:
        """Let another number be chosen, and show how many voices there are."""
        self.count.setEnabled(True)
        self.count.setCurrentIndex(len(self.cards))

    def _show_count(self, voices: int, *, able: bool, busy: bool) -> None:
        self._number.setVisible(bool(voices))
        self.count.setEnabled(able and not busy)
        set_tip(
            self.count,
            t("Tells the voices apart anew; the words, and what you decided by hand, stay")
            if able
            else t("The voices of this recording were not told apart on this computer"),
        )
        if self.count.view().isVisible():  # an open list must not close while words come
            return
        numbers = range(1, max(_MOST, voices) + 1)
        self.count.fill([(t("Automatic"), 0), *((str(number), number) for number in numbers)])
        self.count.set_value(voices)

    # Who

    def _rebuild(self, speakers: Sequence[Speaker]) -> None:
        for old in self.cards.values():
            old.name.keep()
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.cards = {}
        for place, speaker in enumerate(speakers):
            card = SpeakerCard(self._context, place)
            self._pass_on(card, speaker.id)
            self.cards[speaker.id] = card
            self._column.insertWidget(self._column.count() - 1, card)

    def _pass_on(self, card: SpeakerCard, voice: SpeakerId) -> None:
        card.listen.clicked.connect(lambda _on=False: self.listen_wanted.emit(voice))
        card.named.connect(lambda name, person: self.named.emit(voice, name, person))
        card.person_wanted.connect(lambda name: self.person_wanted.emit(voice, name))
        card.merge_wanted.connect(lambda into: self.merge_wanted.emit(voice, into))


def _heard(
    study: Study, source_id: SourceId, speakers: Sequence[Speaker]
) -> dict[SpeakerId, Heard]:
    """Return who each voice is, and how many observations depend on it."""
    if not speakers:
        return {}
    cast = study.speaking.cast(speakers[0].transcript_id)
    counts = study.speaking.counts(source_id)
    return {one.id: Heard(source_id, one, cast[one.id], counts.get(one.id, 0)) for one in speakers}
