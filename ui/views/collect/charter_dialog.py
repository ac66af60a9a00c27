"""The charter: purpose, promise, values and questions, on one page."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout
from typing_extensions import override

from ui.i18n import t
from ui.views.widgets.dropping import Line, Lines
from ui.views.widgets.fields import add_row, form
from ui.views.widgets.foot import ask_foot
from ui.views.widgets.looks import label
from workbench.domain.vocabulary import HINT, listed, terms_of
from workbench.study import Study


class CharterDialog(QDialog):
    """Shows and changes what the study is for; kept as one step when it is closed with “Save”."""

    def __init__(self, study: Study) -> None:
        super().__init__()
        self._study = study
        charter = study.charter
        self.setWindowTitle(t("Charter"))
        self.setMinimumWidth(640)
        self.title = Line(charter.title)
        self.client = Line(charter.client)
        self.purpose = _text(charter.purpose, t("What this study is to find out, and for whom"), 3)
        self.promise = _text(charter.promise, t("What the brand promises, in its own words"), 2)
        self.values = Line(", ".join(charter.values))
        self.values.setPlaceholderText(t("Parted by commas"))
        self.questions = _text("\n".join(charter.questions), t("One question per line"), 5)
        self.vocabulary = Line(listed(charter.vocabulary))
        self.vocabulary.setPlaceholderText(t(HINT))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addWidget(label(t("Charter"), "title"))
        rows = form()
        rows.setVerticalSpacing(12)
        for name, field in (
            (t("Title"), self.title),
            (t("Client"), self.client),
            (t("Purpose"), self.purpose),
            (t("Promise"), self.promise),
            (t("Values"), self.values),
            (t("Questions"), self.questions),
            (t("Vocabulary"), self.vocabulary),
        ):
            field.setAccessibleName(name)
            field.setReadOnly(study.read_only)
            add_row(rows, name, field)
        column.addLayout(rows)
        foot = ask_foot(self, t("Save"))
        foot.main.setEnabled(not study.read_only)
        column.addWidget(foot.box)

    @override
    def accept(self) -> None:
        self.keep()  # what cannot be saved stays here
        super().accept()

    def keep(self) -> None:
        """Write what was typed into the study."""
        self._study.edit_charter(
            title=self.title.text().strip() or self._study.title,
            client=self.client.text().strip(),
            purpose=self.purpose.toPlainText().strip(),
            promise=self.promise.toPlainText().strip(),
            values=_parts(self.values.text(), ","),
            questions=_parts(self.questions.toPlainText(), "\n"),
            vocabulary=terms_of(self.vocabulary.text()),
        )


def _text(text: str, hint: str, lines: int) -> Lines:
    made = Lines(text)
    made.setPlaceholderText(hint)
    made.setTabChangesFocus(True)
    made.setFixedHeight(made.fontMetrics().lineSpacing() * lines + 24)
    return made


def _parts(text: str, by: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(by) if part.strip())
