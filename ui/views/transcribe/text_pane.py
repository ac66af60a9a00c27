"""The recording chosen: its title, where it stands, and its text as it grows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QLocale, QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from ui.context import AppContext
from ui.i18n import day, length_of, plural, t
from ui.models.voices import marked, names_of, voiced
from ui.plain import set_tip
from ui.views.transcribe.editor import Editor
from ui.views.transcribe.queue import Recording
from ui.views.widgets.looks import ShortLabel, button, label, look
from workbench.domain import speaking, spoken
from workbench.domain.change import ChangeSet
from workbench.domain.consent import Standing, Use
from workbench.domain.figures import clock
from workbench.domain.ids import TranscriptId, TurnId
from workbench.domain.jobs import JobState
from workbench.domain.languages import CHOICES, name_of
from workbench.domain.passage import Query
from workbench.domain.spoken import UNCERTAIN, Spoken
from workbench.domain.transcript import Speaker, Transcript, Turn
from workbench.study import Study

_FEW = 64  # turns that are read one by one
_LISTED = 8  # stretches in other languages that a tip tells

_WHO = tuple(table for table in speaking.TABLES if table != "transcript")
"""What says whose words they are; a text that grows is taken over turn by turn."""


class TextPane(QStackedWidget):
    """The text, or a sentence that says when there will be one.

    Args:
        context: theme, icons, dialogs.
        origin: who corrects the text; comes back in the changes.

    Signals:
        play_wanted: start and end in ms.
        language_wanted: code of the language in which the recording shall be heard again.
        review_wanted: show the observations that wait for review.
    """

    play_wanted = Signal(int, int)
    language_wanted = Signal(str)
    review_wanted = Signal()

    def __init__(self, context: AppContext, origin: object) -> None:
        super().__init__()
        self._context = context
        self.voices: list[Speaker] = []
        self._transcript_id: TranscriptId | None = None
        self.title = ShortLabel("", "title")
        self.meta = ShortLabel("", "meta")
        self.language = button("", "link")
        self.language.setAccessibleName(t("Language of this recording"))
        set_tip(self.language, t("Transcribe again in another language"))
        self.translated = label(t("Translated into English by machine"), "meta")
        self.review = button("", "link")
        self.trouble = label("", "bad", wrap=True)
        self.note = label("", "meta", wrap=True)
        self.models = button(t("Speech models…"))
        self.view = Editor(context, origin)
        self._sentence = label("", "soft", wrap=True)
        self._build()
        look(self, "surface")
        self.models.clicked.connect(partial(context.actions.trigger, "tools.models"))
        self.view.play_wanted.connect(self.play_wanted)
        self.review.clicked.connect(self.review_wanted)
        self.clear()

    def _build(self) -> None:
        menu = self._languages = QMenu(self)
        for name, code in sorted((language_name(code), code) for code in CHOICES):
            entry = menu.addAction(name)
            entry.triggered.connect(lambda _on=False, code=code: self.language_wanted.emit(code))
        self.language.clicked.connect(self._show_languages)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.meta)
        below.addWidget(self.language)
        below.addWidget(self.translated)
        below.addWidget(self.review)
        below.addStretch(1)
        self.head = QVBoxLayout()
        self.head.setSpacing(3)
        self.head.addWidget(self.title)
        self.head.addLayout(below)
        self.head.addWidget(self.trouble)
        self.head.addWidget(self.note)
        self.head.addWidget(self.models, alignment=Qt.AlignmentFlag.AlignLeft)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        waiting = QWidget()
        column = QVBoxLayout(waiting)
        column.setContentsMargins(48, 0, 48, 96)
        column.addWidget(self._sentence)
        self.addWidget(waiting)
        self.addWidget(self.view)

    def _show_languages(self) -> None:
        self._languages.popup(self.language.mapToGlobal(QPoint(0, self.language.height())))

    @property
    def turns(self) -> Sequence[Turn]:
        """Return the turns shown, as they are now."""
        return self.view.turns

    def selected_turns(self) -> list[TurnId]:
        """Return the turns of the selection, or the one with the caret."""
        return self.view.selected_turns()

    def clear(self) -> None:
        """Show nothing."""
        self.voices, self._transcript_id = [], None
        self.view.show_turns([], {})
        self.view.gaps.show_holes(())
        self.title.setText("")
        self.meta.setText("")
        self.language.hide()
        self.translated.hide()
        self.review.hide()
        self.trouble.hide()
        self.note.hide()
        self.models.hide()
        self._sentence.setText("")
        self.setCurrentIndex(0)

    def show_recording(self, study: Study, row: Recording, changes: ChangeSet | None) -> None:
        """Show a recording; only turns that changed are read anew."""
        transcript = study.transcripts.of_source(row.source.id)
        transcript_id = transcript.id if transcript else None
        same = transcript_id == self._transcript_id
        if not (same and changes is not None and self._take(study, changes)):
            self._transcript_id = transcript_id
            self._read(study, transcript_id)
        self.view.gaps.show_holes(study.transcripts.unheard(transcript_id) if transcript_id else ())
        self.title.setText(row.source.title)
        self.meta.setText(_meta(study, row))
        self._show_language(study, row, transcript)
        self.translated.setVisible(transcript is not None and transcript.translated)
        self.show_review(study, row)
        self.show_state(row)

    def _show_language(self, study: Study, row: Recording, transcript: Transcript | None) -> None:
        known = transcript is not None and transcript.language not in {"", "auto"}
        self.language.setVisible(known and row.job is not None)
        self.language.setEnabled(not study.read_only)
        if transcript is not None:
            heard = study.transcripts.spoken(transcript.id)
            self.language.setText(_language_words(row, transcript, heard))
            set_tip(self.language, _language_tip(transcript, heard))

    def show_review(self, study: Study, row: Recording) -> int:
        """Show how many observations of a recording wait for review, and return it."""
        waiting = len(study.passages.find(Query(source_id=row.source.id, review=True)))
        self.review.setText(
            plural(waiting, "1 observation to review", "{n} observations to review")
        )
        self.review.setVisible(waiting > 0)
        return waiting

    def show_state(self, row: Recording) -> None:
        """Show where the recording stands."""
        failed = row.job is not None and row.job.state is JobState.FAILED
        self.trouble.setText(row.job.reason if row.job and failed else "")
        self.trouble.setVisible(failed)
        self.note.setText("" if failed or row.job is None else row.job.reason)
        self.note.setVisible(bool(self.note.text()))
        known = [model.name for model in self._context.models()] if failed else []
        self.models.setVisible(failed and row.job is not None and row.job.model not in known)
        self._sentence.setText(_sentence(row))
        self.setCurrentIndex(1 if self.turns else 0)

    def _read(self, study: Study, transcript_id: TranscriptId | None) -> None:
        transcripts = study.transcripts
        turns = transcripts.turns(transcript_id) if transcript_id else []
        self.voices = transcripts.speakers.of(transcript_id) if transcript_id else []
        self._show_turns(study, turns)

    def _show_turns(self, study: Study, turns: Sequence[Turn]) -> None:
        standings = voiced(study, self._transcript_id)[1] if self._transcript_id else {}
        self.view.show_turns(turns, names_of(study, self.voices), standings)

    def _take(self, study: Study, changes: ChangeSet) -> bool:
        """Take over turns that changed or came at the end; tell whether that was all."""
        ids = changes.ids("turn")
        new = changes.ids("turn", "inserted")
        if changes.touches(*_WHO) or changes.ids("turn", "deleted"):
            return False
        if len(ids) > _FEW:
            return False
        read = [study.transcripts.turn(TurnId(one)) for one in ids]
        ours = [turn for turn in read if turn.transcript_id == self._transcript_id]
        added = sorted((turn for turn in ours if turn.id in new), key=lambda turn: turn.ordinal)
        if added and self.turns and added[0].ordinal <= self.turns[-1].ordinal:
            return False
        self.view.change_turns([turn for turn in ours if turn.id not in new])
        if added:
            self._show_turns(study, [*self.turns, *added])
        return True


def language_name(code: str) -> str:
    """Return the name of a language; of a code that nobody knows the code."""
    if ours := name_of(code):
        return ours
    known = QLocale(code).language()
    return code if known is QLocale.Language.C else QLocale.languageToString(known)


def _language_words(row: Recording, transcript: Transcript, heard: Sequence[Spoken]) -> str:
    called = language_name(transcript.language)
    if transcript.language_probability < UNCERTAIN:
        return t("perhaps {language} · change", language=called)
    if also := spoken.others(heard, transcript.language):
        return t("{language}, partly {others} · change", language=called,
                 others=", ".join(map(language_name, also)))  # fmt: skip
    if row.job is not None and row.job.language == "auto":
        return t("{language} (recognised) · change", language=called)
    return t("{language} · change", language=called)


def _language_tip(transcript: Transcript, heard: Sequence[Spoken]) -> str:
    """Return what a click does, and where another language was heard."""
    change = t("Transcribe again in another language")
    parts = [
        t("{language} from {start} to {end}", language=language_name(one.language),
          start=clock(one.start_ms), end=clock(one.end_ms))
        for one in spoken.joined(heard) if one.language != transcript.language
    ]  # fmt: skip
    if transcript.language_probability < UNCERTAIN:
        parts.insert(0, t("The language is uncertain."))
    if len(parts) > _LISTED:
        parts[_LISTED:] = ["…"]
    return "\n".join([*parts, change])


def _meta(study: Study, row: Recording) -> str:
    session = study.materials.session(row.source.session_id)
    names = {person.id: person.pseudonym for person in study.people.participants()}
    roster = [seat.participant_id for seat in study.materials.roster(session.id)]
    said = study.ledger.of_use(Use.QUOTE)
    people = ", ".join(
        marked(names[one], said.get(one, Standing(Use.QUOTE))) for one in roster if one in names
    )
    length = length_of(row.source.duration_ms or 0)
    model = t("{name} model", name=row.job.model) if row.job else ""
    parts = (people, day(session.date), length, model)
    return " · ".join(part for part in parts if part)


def _sentence(row: Recording) -> str:
    if row.job is None:
        return t("Not transcribed yet. “Transcribe all” begins with it.")
    words = {
        JobState.WAITING: t("Waits for its turn."),
        JobState.RUNNING: t("Listening. The first words appear within seconds."),
        JobState.PAUSED: t("Paused before the first words."),
        JobState.DONE: t("No speech was found in this recording."),
        JobState.FAILED: t("Nothing was recognised. Try again, above."),
        JobState.CANCELLED: t("Cancelled before the first words. Try again, above."),
    }
    return words.get(row.job.state, str(row.job.state))
