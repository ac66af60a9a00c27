"""The recording chosen: its title, where it stands, and its text as it grows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.context import AppContext
from ui.i18n import day, t
from ui.views.transcribe.live_text import LiveText
from ui.views.transcribe.queue import Recording
from ui.views.transcribe.speaker_card import names_of
from ui.views.widgets.looks import label, look
from workbench.domain.change import ChangeSet
from workbench.domain.ids import TranscriptId, TurnId
from workbench.domain.jobs import JobState
from workbench.domain.transcript import Speaker, Turn
from workbench.study import Study


class TextPane(QStackedWidget):
    """The text, or a sentence that says when there will be one.

    Signals:
        play_wanted: start and end in ms.
        selection_changed: other turns are selected.
    """

    play_wanted = Signal(int, int)
    selection_changed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.turns: list[Turn] = []
        self.voices: list[Speaker] = []
        self._transcript_id: TranscriptId | None = None
        self.title = label("", "title")
        self.meta = label("", "meta")
        self.trouble = label("", "bad", wrap=True)
        self.head = QVBoxLayout()
        self.head.setSpacing(3)
        for part in (self.title, self.meta, self.trouble):
            self.head.addWidget(part)
        self.view = LiveText(context.theme)
        self.view.play_wanted.connect(self.play_wanted)
        self.view.selection_changed.connect(self.selection_changed)
        self._sentence = label("", "soft", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        waiting = QWidget()
        column = QVBoxLayout(waiting)
        column.setContentsMargins(48, 0, 48, 96)
        column.addWidget(self._sentence)
        self.addWidget(waiting)
        self.addWidget(self.view)
        look(self, "surface")
        self.clear()

    def selected_turns(self) -> list[TurnId]:
        """Return the selected turns, in order."""
        return self.view.selected()

    def clear(self) -> None:
        """Show nothing."""
        self.turns, self.voices, self._transcript_id = [], [], None
        self.view.show_turns([], {})
        self.title.setText("")
        self.meta.setText("")
        self.trouble.hide()
        self._sentence.setText("")
        self.setCurrentIndex(0)

    def show_recording(self, study: Study, row: Recording, changes: ChangeSet | None) -> None:
        """Show a recording; turns that only came in addition are added, not read anew."""
        transcript = study.transcripts.of_source(row.source.id)
        transcript_id = transcript.id if transcript else None
        added = _added(study, changes, transcript_id)
        if transcript_id != self._transcript_id or added is None:
            self._transcript_id = transcript_id
            self._read(study, transcript_id)
        elif added:
            self.turns += added
            self.view.add_turns(added, names_of(self.voices, study.people.participants()))
        self.title.setText(row.source.title)
        self.meta.setText(_meta(study, row))
        self.show_state(row)

    def show_state(self, row: Recording) -> None:
        """Show where the recording stands."""
        failed = row.job is not None and row.job.state is JobState.FAILED
        self.trouble.setText(row.job.reason if row.job and failed else "")
        self.trouble.setVisible(failed)
        self._sentence.setText(_sentence(row))
        self.setCurrentIndex(1 if self.turns else 0)

    def _read(self, study: Study, transcript_id: TranscriptId | None) -> None:
        transcripts = study.transcripts
        self.turns = transcripts.turns(transcript_id) if transcript_id else []
        self.voices = transcripts.speakers(transcript_id) if transcript_id else []
        self.view.show_turns(self.turns, names_of(self.voices, study.people.participants()))


def _added(
    study: Study, changes: ChangeSet | None, transcript_id: TranscriptId | None
) -> Sequence[Turn] | None:
    """Return the turns that came in addition; `None` when all must be read anew."""
    if changes is None or changes.touches("speaker", "participant"):
        return None
    new = changes.ids("turn", "inserted")
    if new != changes.ids("turn"):
        return None
    turns = [study.transcripts.turn(TurnId(one)) for one in new]
    ours = (turn for turn in turns if turn.transcript_id == transcript_id)
    return sorted(ours, key=lambda turn: turn.ordinal)


def _meta(study: Study, row: Recording) -> str:
    session = study.materials.session(row.source.session_id)
    names = {person.id: person.pseudonym for person in study.people.participants()}
    roster = [seat.participant_id for seat in study.materials.roster(session.id)]
    people = ", ".join(names[one] for one in roster if one in names)
    seconds = (row.source.duration_ms or 0) // 1000
    length = t("{m} min {s} s", m=seconds // 60, s=seconds % 60)
    model = t("{name} model", name=row.job.model) if row.job else ""
    parts = (people, day(session.date), length, model)
    return " · ".join(part for part in parts if part)


def _sentence(row: Recording) -> str:
    if row.job is None:
        return t("Not transcribed yet. “Transcribe all” begins with it.")
    return {
        JobState.WAITING: t("Waits for its turn."),
        JobState.RUNNING: t("Listening. The first words appear within seconds."),
        JobState.PAUSED: t("Paused before the first words."),
        JobState.DONE: t("No speech was found in this recording."),
        JobState.FAILED: t("Nothing was recognised. Try again, above."),
        JobState.CANCELLED: t("Cancelled before the first words. Try again, above."),
    }[row.job.state]
