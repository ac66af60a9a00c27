"""The voices of a recording: how many there are, and whose each is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ui.attempts import attempt, tell
from ui.bridge.voices import Speakers, VoiceProcess
from ui.context import AppContext
from ui.i18n import plural, t
from ui.models.voices import names_of, people_of, voiced
from ui.plain import set_tip
from ui.views.transcribe.speaker_card import SpeakerCard
from ui.views.widgets.inputs import ComboBox
from ui.views.widgets.looks import button, label
from workbench.domain.ids import ParticipantId, SourceId, SpeakerId, TranscriptId
from workbench.domain.transcript import Speaker
from workbench.errors import Way, WorkbenchError
from workbench.services.people.speaking import Heard
from workbench.services.recognition.voices import Question
from workbench.study import Study

_MOST = 10


class SpeakersPane(QScrollArea):
    """A card for each voice, and the choice of how many there are.

    Signals:
        sample_wanted: start and end in ms of a stretch in which one voice speaks.
        release_wanted: what was decided by hand shall be told apart anew with the rest.
    """

    sample_wanted = Signal(int, int)
    release_wanted = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._study: Study | None = None
        self._transcript_id: TranscriptId | None = None
        self._question: Question | None = None
        self._turns = 0  # that its voices speak
        self._again: Callable[[], None] = self._stop
        self.process = VoiceProcess(self)
        self.process.answered.connect(self._on_answered)
        self.process.failed.connect(self._on_failed)
        self.cards: dict[SpeakerId, SpeakerCard] = {}
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.count = ComboBox[int]()
        self.count.setAccessibleName(t("Number of voices"))
        self.count.activated.connect(self._on_count_chosen)
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
        self, study: Study, source_id: SourceId | None, speakers: Sequence[Speaker]
    ) -> None:
        """Show the voices of one transcript."""
        self._study = study
        transcript_id = speakers[0].transcript_id if speakers else None
        if transcript_id != self._transcript_id:
            self._stop()
            self._transcript_id = transcript_id
        if [speaker.id for speaker in speakers] != list(self.cards):
            self._rebuild(speakers)
        people = people_of(study, source_id)
        names = names_of(study, speakers)
        said = voiced(study, transcript_id)[1] if transcript_id else {}
        heard = _heard(study, source_id, speakers)
        shares = study.voices.shares(transcript_id) if transcript_id else []
        self._turns = sum(share.turns for share in shares)
        for speaker, share in zip(speakers, shares, strict=True):
            card = self.cards[speaker.id]
            card.show_voice(self._study, heard[speaker.id], share, people, said.get(speaker.id))
            card.show_others({one: name for one, name in names.items() if one != speaker.id})
            card.setEnabled(not study.read_only)
        self._empty.setVisible(not speakers)
        self._show_count(study, speakers)
        self._show_fewer(study, source_id, len(speakers))
        able = transcript_id is not None and study.voices.can_recluster(transcript_id)
        decided = study.voices.by_hand(transcript_id) if able and transcript_id else 0
        self._show_by_hand(decided)

    def clear(self) -> None:
        """Show nothing."""
        self._stop()
        self._rebuild([])
        self._study = self._transcript_id = None
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

    def _show_count(self, study: Study, speakers: Sequence[Speaker]) -> None:
        able = self._transcript_id is not None and study.voices.can_recluster(self._transcript_id)
        self._number.setVisible(bool(speakers))
        self.count.setEnabled(able and not self.process.busy)
        set_tip(
            self.count,
            t("Tells the voices apart anew; the words, and what you decided by hand, stay")
            if able
            else t("The voices of this recording were not told apart on this computer"),
        )
        if self.count.view().isVisible():  # an open list must not close while words come
            return
        numbers = range(1, max(_MOST, len(speakers)) + 1)
        self.count.fill([(t("Automatic"), 0), *((str(number), number) for number in numbers)])
        self.count.set_value(len(speakers))

    def _on_count_chosen(self, _at: int) -> None:
        if self._study is None or self._transcript_id is None:
            return
        number = self.count.value or None
        self._again = partial(self._ask_anew, self._study, self._transcript_id, number)
        self._again()

    def _ask_anew(self, study: Study, transcript_id: TranscriptId, number: int | None) -> None:
        try:
            self._question = study.voices.question(transcript_id, number)
        except WorkbenchError as error:
            self._on_failed(error)
            return
        self.count.setEnabled(False)
        self.process.ask(self._question.message)

    def _on_answered(self, answer: Speakers) -> None:
        question, self._question = self._question, None
        self.count.setEnabled(True)
        if self._study is None or question is None:
            return
        try:
            self._context.run_long(
                t("Telling the voices apart"),
                lambda study: study.voices.accept(question, answer),
                lambda _none: self._say_count(question.transcript_id, question.message.speakers),
                size=self._turns,
                after=self._reset_count,
                ways={Way.AGAIN: self._again},
            )
        except WorkbenchError as error:
            self._on_failed(error)

    def _say_count(self, transcript_id: TranscriptId, asked: int | None) -> None:
        if self._study is None:
            return
        count = len(self._study.transcripts.speakers.of(transcript_id))
        told = plural(count, "There is one voice now.", "There are {n} voices now.")
        if asked and count < asked:
            told = plural(
                count,
                "Only one voice could be told apart, not {asked}.",
                "Only {n} voices could be told apart, not {asked}.",
                asked=asked,
            )
        if self._study.voices.by_hand(transcript_id):
            told = t("{told} What you decided by hand stayed.", told=told)
        self._context.signals.toast_requested.emit(told)

    def _on_failed(self, error: WorkbenchError) -> None:
        self._question = None
        self._reset_count()
        tell(self._context, self, error, {Way.AGAIN: self._again})

    def _reset_count(self) -> None:
        self.count.setEnabled(True)
        self.count.setCurrentIndex(len(self.cards))

    def _stop(self) -> None:
        self.process.stop()
        self._question = None

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
            card.listen.clicked.connect(partial(self._on_listen, speaker.id))
            card.named.connect(partial(self._on_named, speaker.id))
            card.person_wanted.connect(partial(self._on_person, speaker.id))
            card.merge_wanted.connect(partial(self._on_merge, speaker.id))
            self.cards[speaker.id] = card
            self._column.insertWidget(self._column.count() - 1, card)

    def _on_listen(self, speaker_id: SpeakerId) -> None:
        sample = self._study.voices.sample(speaker_id) if self._study else None
        if sample is not None:
            self.sample_wanted.emit(*sample)

    def _on_named(self, speaker_id: SpeakerId, _name: str, person_id: str) -> None:
        if self._study is not None and person_id:
            self._study.speaking.assign(speaker_id, ParticipantId(person_id))

    def _on_person(self, speaker_id: SpeakerId, name: str) -> None:
        if self._study is not None:
            become = partial(self._study.speaking.become, speaker_id, name)
            attempt(self._context, self, become)

    def _on_merge(self, speaker_id: SpeakerId, into: str) -> None:
        self._context.run_long(
            t("Merging voices"),
            lambda study: study.voices.merge(SpeakerId(into), [speaker_id]),
            lambda _voice: None,
            size=self._turns,
        )


def _heard(
    study: Study, source_id: SourceId | None, speakers: Sequence[Speaker]
) -> dict[SpeakerId, Heard]:
    """Return who each voice is, and how many observations depend on it."""
    if source_id is None or not speakers:
        return {}
    cast = study.speaking.cast(speakers[0].transcript_id)
    counts = study.speaking.counts(source_id)
    return {one.id: Heard(source_id, one, cast[one.id], counts.get(one.id, 0)) for one in speakers}
