"""What a check of the study has found, in plain sentences, and the ways on from there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QTextEdit, QVBoxLayout, QWidget

from ui.i18n import Phrase, plural, t
from ui.views.widgets.fitting import resize_to_fit
from ui.views.widgets.foot import close_foot
from ui.views.widgets.looks import button, label
from workbench.services.keeping.keeping import Problem

_LISTED = 20  # of one kind
_WIDTH = 460  # pixels
_KINDS = {
    "integrity": ("The file of the study is damaged.", "The file of the study is damaged."),
    "schema": (
        "The file of the study is not built as it should be.",
        "The file of the study is not built as it should be.",
    ),
    "row": (
        "One entry is not as it was written. Something else than Workbench changed it.",
        "{n} entries are not as they were written. Something else than Workbench changed them.",
    ),
    "text": ("The letters of one entry are damaged.", "The letters of {n} entries are damaged."),
    "value": ("One value means nothing.", "{n} values mean nothing."),
    "foreign-key": (
        "One entry points at something that is gone.",
        "{n} entries point at something that is gone.",
    ),
    "journal": (
        "One step of the history is damaged. It is passed over when you undo.",
        "{n} steps of the history are damaged. They are passed over when you undo.",
    ),
    "anchor": (
        "One observation is no longer on its words.",
        "{n} observations are no longer on their words.",
    ),
    "search-index": ("Search does not find everything.", "Search does not find everything."),
    "media-missing": (
        "One file of the study is missing.",
        "{n} files of the study are missing.",
    ),
    "media-unreadable": (
        "One file of the study cannot be read.",
        "{n} files of the study cannot be read.",
    ),
    "media-changed": (
        "One file of the study has changed since it was added.",
        "{n} files of the study have changed since they were added.",
    ),
    "key": (
        "The key with the real names cannot be read.",
        "The key with the real names cannot be read.",
    ),
    "key-pages": (
        "Places where real names stood are still to be emptied.",
        "Places where real names stood are still to be emptied.",
    ),
    "backup-names": (
        "Real names stand in backups of before.",
        "Real names stand in backups of before.",
    ),
    "media-orphan": (
        "One file is used by nothing. It does no harm but takes up room.",
        "{n} files are used by nothing. They do no harm but take up room.",
    ),
}
_OF_FILES = {"media-missing", "media-unreadable", "media-changed"}
_OPENED: tuple[Phrase, Phrase] = (
    "This was seen when the study was opened.",
    "This was seen when the study was opened.",
)


class CheckDialog(QDialog):
    """Shows what was found.

    Args:
        problems: what was found; none when the study is whole.
        parent: the window.
        mendable: cleaning up would do something.
        read_only: nothing may be changed.

    Signals:
        clean_up_wanted: what can be put right is to be put right.
        restore_wanted: a backup is to be gone back to.
        find_wanted: files are missing, and somebody knows where they are.
    """

    find_wanted = Signal()
    clean_up_wanted = Signal()
    restore_wanted = Signal()

    def __init__(
        self, problems: Sequence[Problem], parent: QWidget, *, mendable: bool, read_only: bool
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("Check the study"))
        serious = sum(problem.serious for problem in problems)
        self.verdict = label(_verdict(serious), "title", wrap=True)
        self.advice = label(_advice(problems, mendable, read_only), "soft", wrap=True)
        self.setAccessibleDescription(f"{self.verdict.text()} {self.advice.text()}")
        self.text = QTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(t("What was found"))
        self.clean_up = button(t("Clean up…"))
        self.restore = button(t("Restore a backup…"))
        self.clean_up.clicked.connect(self.accept)
        self.clean_up.clicked.connect(self.clean_up_wanted)
        self.restore.clicked.connect(self.accept)
        self.restore.clicked.connect(self.restore_wanted)
        self.choose = button(t("Choose the missing files…"))
        self.choose.clicked.connect(self.accept)
        self.choose.clicked.connect(self.find_wanted)
        missing = any(problem.code == "media-missing" for problem in problems) and not read_only
        ways = [self.choose] if missing else []
        ways += [self.clean_up, self.restore] if mendable else [self.restore]
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(self.verdict)
        column.addWidget(self.advice)
        column.addWidget(self.text, 1)
        column.addSpacing(4)
        column.addWidget(close_foot(self, aside=ways))
        self.setMinimumWidth(_WIDTH)
        self.text.setVisible(bool(problems))
        if problems:
            self._write(problems)
            resize_to_fit(self, 620, 440)

    def _write(self, problems: Sequence[Problem]) -> None:
        plain, strong = QTextCharFormat(), QTextCharFormat()
        strong.setFontWeight(QFont.Weight.DemiBold)
        cursor = self.text.textCursor()
        for at, (kind, told) in enumerate(_by_kind(problems)):
            if at:
                cursor.insertText("\n\n")
            cursor.insertText(plural(len(told), *_KINDS.get(kind, _OPENED)), strong)
            for one in told[:_LISTED]:
                cursor.insertText(f"\n{one}", plain)
            if len(told) > _LISTED:
                more = t("and {n} more", n=len(told) - _LISTED)
                cursor.insertText(f"\n{more}", plain)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)


def _by_kind(problems: Sequence[Problem]) -> Iterator[tuple[str, list[str]]]:
    """Yield what was found of each kind, the serious first, in the order in which it was found."""
    first = {problem.code: at for at, problem in reversed(list(enumerate(problems)))}
    ordered = sorted(problems, key=lambda one: (not one.serious, first[one.code]))
    for code, told in groupby(ordered, lambda one: one.code):
        yield code, [t(one.text) for one in told]


def _verdict(serious: int) -> str:
    if not serious:
        return t("The study is whole")
    return plural(
        serious, "One thing is not as it should be", "{n} things are not as they should be"
    )


def _advice(problems: Sequence[Problem], mendable: bool, read_only: bool) -> str:
    """Return what can be done about it."""
    if not problems:
        return t("Its file, its history and the files of all sources are as they were written.")
    if read_only:
        return t("The study is open for reading only, so nothing can be cleaned up here.")
    said = []
    if mendable:
        said.append(t("“Clean up” puts right what can be, and says before what it will do."))
    codes = {problem.code for problem in problems if problem.serious}
    if "media-missing" in codes:
        said.append(t("Choose the missing files wherever they are; they are copied back."))
    if codes & (_OF_FILES - {"media-missing"}):
        said.append(t("Put the files as they were back into the folder “media” of the study."))
    if codes - _OF_FILES:
        said.append(t("What cannot be put right is whole in a backup made before the damage."))
    return " ".join(said)
