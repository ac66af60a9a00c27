"""What was agreed until a day that is over is said once, when the study opens; a person decides."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.context import AppContext
from ui.i18n import plural, t
from ui.views.widgets.looks import button, icon_button, label, look
from workbench.domain.change import ChangeSet
from workbench.study import Study

_NAMED = 3  # people that the line names


class DueBanner(QFrame):
    """A line above the workspaces while something has ended and nobody has decided.

    Args:
        context: everything the window shares.

    Signals:
        action_wanted: id of the action behind the button.
    """

    action_wanted = Signal(str)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._study: Study | None = None
        look(self, "paper")
        self.words = label("", "soft", wrap=True)
        self.more = button(t("Show"), "link")
        self.more.clicked.connect(lambda: self.action_wanted.emit("collect.due"))
        shut = icon_button(context.icons, "x", t("Close"))
        shut.clicked.connect(self._leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(12)
        row.addWidget(self.words, 1)
        row.addWidget(self.more)
        row.addWidget(shut)
        self.hide()
        context.signals.study_opened.connect(self._on_study_opened)
        context.signals.changed.connect(self._on_changed)

    def _on_study_opened(self, study: Study | None) -> None:
        self._study = study
        self._show()

    def _on_changed(self, changes: ChangeSet) -> None:
        if self.isVisible() and changes.touches("consent_entry", "participant"):
            self._show()

    def _show(self) -> None:
        due = self._study.ledger.due() if self._study is not None else []
        names = [one.person.pseudonym for one in due]
        self.words.setText(
            plural(
                len(names),
                "What {names} agreed to has ended. It holds no longer until you decide.",
                "What {names} agreed to has ended ({n} people). It holds no longer until you"
                " decide.",
                names=", ".join(names[:_NAMED]) + (" …" if names[_NAMED:] else ""),
            )
            if names
            else ""
        )
        self.setVisible(bool(due))

    def _leave(self) -> None:
        self._study = None
        self.hide()
