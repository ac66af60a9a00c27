"""Everybody of whom it is not known who they are, in one list: choose, or type a name."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.attempts import attempt
from ui.context import AppContext
from ui.i18n import plural, t
from ui.models.voices import called, name_spot, people_of, shown_name_of, voice_label
from ui.views.who.voice_box import VoiceBox, WhoState
from ui.views.widgets.fitting import resize_to_fit
from ui.views.widgets.foot import close_foot
from ui.views.widgets.looks import ShortLabel, button, hairline, icon_button, label, look
from workbench.domain.change import ChangeSet, Op
from workbench.domain.consent import Standing, Use
from workbench.domain.ids import ParticipantId
from workbench.services.people.speaking import Heard
from workbench.study import Study

_FIRST_WORDS = 140  # code points
_MOST = 60  # rows; more are asked for when these are answered


class WhoRow(QWidget):
    """One voice, or one text without voices.

    Signals:
        answered: name, and id of the participant or "".
        person_wanted: name that becomes a person.
        session_wanted: the roster has to say more.
    """

    answered = Signal(str, str)
    person_wanted = Signal(str)
    session_wanted = Signal()

    def __init__(self, context: AppContext, study: Study, heard: Heard) -> None:
        super().__init__()
        self._context, self._study, self.heard = context, study, heard
        self.box = VoiceBox(roles=heard.voice is not None)
        self.state = WhoState()
        self.session = button(t("Show the session"), "link")
        self.listen = icon_button(context.icons, "volume-2", t("Listen to this voice"))
        self.box.named.connect(self.answered)
        self.state.person_wanted.connect(self.person_wanted)
        self.session.clicked.connect(self.session_wanted)
        self.listen.clicked.connect(self._on_listen)
        source = study.materials.source(heard.source_id)
        name = shown_name_of(heard.voice) or voice_label(heard.voice) if heard.voice else ""
        head = QHBoxLayout()
        head.addWidget(ShortLabel(" · ".join(filter(None, (name, source.title))), "strong"), 1)
        head.addWidget(
            label(plural(heard.observations, "one observation", "{n} observations"), "meta")
        )
        words = look(ShortLabel(self._first_words(), "soft"), "soft")
        answer = QHBoxLayout()
        answer.addWidget(self.box, 1)
        answer.addWidget(self.listen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 8, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(words)
        column.addLayout(answer)
        column.addWidget(self.state)
        column.addWidget(self.session, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(hairline())
        self.box.setAccessibleName(t("Who is “{name}”?", name=name or source.title))
        self.show_heard(heard)

    def show_heard(self, heard: Heard) -> None:
        """Show what is known now."""
        self.heard = heard
        people = people_of(self._study, heard.source_id)
        who, voice = heard.who, heard.voice
        name = called(voice, who) if voice and (shown_name_of(voice) or who.person) else ""
        self.box.show_voice(voice, name, people, name_spot(self._study, voice) if voice else None)
        said = self._study.ledger.of_use(Use.QUOTE)
        person = who.person
        standing = said.get(person.id, Standing(Use.QUOTE)) if person else None
        self.state.show_who(who, voice, 0, standing)
        session_id = self._study.materials.source(heard.source_id).session_id
        several = voice is None and len(self._study.materials.roster(session_id)) > 1
        if several and who.part.is_open:
            self.state.asked.setText(
                t("Several people took part, and the text does not say who speaks where.")
            )
        self.session.setVisible(several)
        self.box.setVisible(not several)
        sample = self._study.voices.sample(voice.id) if voice else None
        self.listen.setVisible(sample is not None)

    def _first_words(self) -> str:
        text = self._study.transcripts.of_source(self.heard.source_id)
        voice = self.heard.voice.id if self.heard.voice else None
        turns = self._study.transcripts.turns(text.id) if text else []
        said = next((turn.text for turn in turns if turn.speaker_id == voice), "")
        return " ".join(said.split())[:_FIRST_WORDS]

    def _on_listen(self) -> None:
        sample = self._study.voices.sample(self.heard.voice.id) if self.heard.voice else None
        if sample is not None:
            self._context.signals.play_requested.emit(self.heard.source_id, *sample)


class WhoDialog(QDialog):
    """The list. What is answered is kept at once, and stays in sight.

    Args:
        context: everything the window shares.
        study: the study.
        parent: the window.
    """

    def __init__(self, context: AppContext, study: Study, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._study = context, study
        self.setWindowTitle(t("Who is this?"))
        resize_to_fit(self, 520, 420)
        self.rows: dict[str, WhoRow] = {}
        page = QWidget()
        self._rows = QVBoxLayout(page)
        self._rows.setContentsMargins(12, 4, 4, 4)
        self._rows.setSpacing(0)
        for heard in study.speaking.unknown()[:_MOST]:
            row = WhoRow(context, study, heard)
            row.setEnabled(not study.read_only)
            row.answered.connect(lambda name, person, one=row: self._on_answered(one, name, person))
            row.person_wanted.connect(lambda name, one=row: self._on_person(one, name))
            row.session_wanted.connect(lambda one=row: self._on_session(one))
            self.rows[heard.key] = row
            self._rows.addWidget(row)
        self._rows.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(label(t("Who is this?"), "title"))
        column.addWidget(
            label(t("Words of somebody nobody knows count for no person and are never quoted. "
                    "Choose who it is, or type a name."), "soft", wrap=True)
        )  # fmt: skip
        column.addWidget(scroll, 1)
        column.addWidget(close_foot(self))
        leave = study.subscribe(self._on_changed)
        self.finished.connect(lambda _: leave())
        context.signals.refused.connect(self._on_changed)
        self.finished.connect(lambda _: context.signals.refused.disconnect(self._on_changed))
        for row in list(self.rows.values())[:1]:
            row.box.setFocus()

    def _on_changed(self, _changes: ChangeSet | None = None) -> None:
        for heard in self._study.speaking.heard():
            if heard.key in self.rows:
                self.rows[heard.key].show_heard(heard)

    def _on_answered(self, row: WhoRow, name: str, person_id: str) -> None:
        voice = row.heard.voice
        if voice is None and (person_id or name):
            self._join(row, name, person_id)
        elif voice is not None and person_id:
            self._study.speaking.assign(voice.id, ParticipantId(person_id))

    def _join(self, row: WhoRow, name: str, person_id: str) -> None:
        """Say whose text it is: the one who took part in its session."""

        def join() -> None:
            with self._study.step(Op.EDIT_SESSION):
                key = ParticipantId(person_id) or self._study.people.add(pseudonym=name).id
                source = self._study.materials.source(row.heard.source_id)
                self._study.materials.set_roster(source.session_id, [key])

        attempt(self._context, self, join)

    def _on_person(self, row: WhoRow, name: str) -> None:
        voice = row.heard.voice
        if voice is not None:
            attempt(self._context, self, partial(self._study.speaking.become, voice.id, name))

    def _on_session(self, row: WhoRow) -> None:
        source = self._study.materials.source(row.heard.source_id)
        self.accept()
        self._context.signals.open_requested.emit("session", source.session_id)
