"""The fields of a new answer: what was said, when, until when, and how it is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date as day_of
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.context import AppContext
from ui.i18n import t
from ui.views.widgets.controls import Segmented, ShortBox
from ui.views.widgets.dates import DateField
from ui.views.widgets.dropping import Line
from ui.views.widgets.fields import LineField, add_row, form, with_trouble
from ui.views.widgets.looks import ShortLabel, button, icon_button
from workbench.domain.consent import State
from workbench.domain.figures import clock
from workbench.domain.ids import SourceId
from workbench.domain.materials import Source
from workbench.errors import UserError
from workbench.services.consent.ledger import Spoken

_TIME = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d{2})")
_FORMS = "*.pdf *.jpg *.jpeg *.png *.tif *.tiff *.docx *.odt *.txt *.eml *.m4a *.mp3 *.wav"


class AnswerForm(QWidget):
    """What is entered for whoever and whatever is selected above it.

    Args:
        context: dialogs and icons.
    """

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._path: Path | None = None
        choices = [(state, t(state.label).capitalize()) for state in State]
        self.state = Segmented(choices, name=t("Answer"))
        self.date = DateField(t("Date"))
        self.date.set_value(day_of.today().isoformat())
        self.until = DateField(t("Until"))
        self.until.setPlaceholderText(t("For good"))
        self.how = Line()
        self.how.setAccessibleName(t("How it is known"))
        self.how.setPlaceholderText(t("In a word: on the phone, at the door"))
        self.attach = button(t("Attach a form…"))
        self.attach.clicked.connect(self._on_attach)
        self.form_name = ShortLabel("", "soft")
        self.detach = icon_button(context.icons, "x", t("Without the form"))
        self.detach.clicked.connect(lambda: self._take(None))
        self.recording = ShortBox[str](t("Recording in which it is said"))
        self.second = LineField(t("Second at which it is said"), "0:12", read=_read, show=_show)
        self.second.setFixedWidth(84)
        self._build()
        self._take(None)
        self.state.chosen.connect(self._follow)
        self.choose(State.GIVEN)

    @property
    def form(self) -> Path | None:
        """Return the file that shows it."""
        return self._path

    @property
    def spoken(self) -> Spoken | None:
        """Return where in a recording it is said."""
        source = self.recording.value
        return (SourceId(source), int(self.second.value or 0)) if source else None

    def choose(self, state: State) -> None:
        """Choose what was said."""
        self.state.set_value(state)
        self._follow()

    def show_recordings(self, sources: Sequence[Source]) -> None:
        """Offer recordings, those of the people first."""
        kept = self.recording.value
        self.recording.fill([(t("Not in a recording"), ""), *((s.title, s.id) for s in sources)])
        self.recording.set_value(kept if kept in {one.id for one in sources} else "")

    def commit(self) -> bool:
        """Read what is typed; tell whether all of it can be read, and go where it cannot."""
        for field in (self.date, self.until, self.second):
            field.commit()
            if not field.settled and field.isEnabled():
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return False
        return True

    def clear(self) -> None:
        """Be ready for the next answer; date and state are mostly the same again."""
        self.how.clear()
        self.until.set_value("")
        self.second.set_value("")
        self.recording.set_value("")
        self._take(None)

    def _build(self) -> None:
        rows = form()
        add_row(rows, t("On"), with_trouble(self.date, self.until, between=t("until")))
        add_row(rows, t("Answer"), self.state)
        proof = QHBoxLayout()
        proof.setSpacing(6)
        proof.addWidget(self.how, 3)
        proof.addWidget(self.attach)
        proof.addWidget(self.form_name, 2)
        proof.addWidget(self.detach)
        known = QWidget()
        known.setLayout(proof)
        proof.setContentsMargins(0, 0, 0, 0)
        add_row(rows, t("How"), known)
        place = QHBoxLayout()
        place.setContentsMargins(0, 0, 0, 0)
        place.setSpacing(6)
        place.addWidget(self.recording, 1)
        place.addWidget(self.second)
        said = QWidget()
        said.setLayout(place)
        add_row(rows, t("Said in"), said)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(rows)
        column.addWidget(self.second.trouble)

    def _follow(self) -> None:
        """Only what is given ends some day."""
        self.until.setEnabled(self.state.value == State.GIVEN)

    def _on_attach(self) -> None:
        found = self._context.dialogs.open_files(
            self,
            t("Attach a consent form"),
            filters=f"{t('Forms')} ({_FORMS});;{t('All files')} (*)",
        )
        if found:
            self._take(found[0])

    def _take(self, path: Path | None) -> None:
        self._path = path
        self.form_name.setText(path.name if path else "")
        self.form_name.setVisible(path is not None)
        self.detach.setVisible(path is not None)


def _read(text: str) -> str:
    """Read 0:12 as milliseconds."""
    found = _TIME.fullmatch(text.strip())
    if not text.strip():
        return ""
    if found is None:
        raise UserError(
            "consent-spoken", t("“{text}” is no time.", text=text), t("Type it as 0:12.")
        )
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return str(((hours * 60 + minutes) * 60 + seconds) * 1000)


def _show(ms: str) -> str:
    return clock(int(ms)) if ms else ""
