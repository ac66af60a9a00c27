"""What was agreed until a day that is over is said once, when the study opens; a person decides."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ui.context import AppContext
from ui.i18n import plural, t
from ui.opening import Turn
from ui.views.widgets.banner import Banner

if TYPE_CHECKING:
    from workbench.domain.change import ChangeSet
    from workbench.study import Study

_NAMED = 3  # people that the line names


class DueBanner(Banner):
    """Stands there while something has ended and nobody has decided.

    Args:
        context: everything the window shares.
    """

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.icons)
        self._study: Study | None = None
        self.closed.connect(self._leave)
        context.opening.at(Turn.FRAME, self, self._on_study, partial(self._on_study, None))
        context.signals.changed.connect(self._on_changed)

    def _on_study(self, study: Study | None) -> None:
        self._study = study
        self._show()

    def _on_changed(self, changes: ChangeSet) -> None:
        if self.isVisible() and changes.touches("consent_entry", "participant"):
            self._show()

    def _show(self) -> None:
        due = self._study.ledger.due() if self._study is not None else []
        names = [one.person.pseudonym for one in due]
        if not names:
            self.hide()
            return
        self.say(
            plural(
                len(names),
                "What {names} agreed to has ended. It holds no longer until you decide.",
                "What {names} agreed to has ended ({n} people). It holds no longer until you"
                " decide.",
                names=", ".join(names[:_NAMED]) + (" …" if names[_NAMED:] else ""),
            ),
            t("Show"),
            "collect.due",
        )

    def _leave(self) -> None:
        self._study = None
