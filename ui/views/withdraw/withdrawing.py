"""The way through a withdrawal: places are looked for beside the window, then asked, then done."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from ui.bridge.long_steps import LARGE
from ui.bridge.reading import ReadBeside
from ui.bridge.typing import end_edit
from ui.context import AppContext
from ui.i18n import t
from workbench.domain.ids import ParticipantId
from workbench.domain.people import Participant
from workbench.domain.withdrawal import Deed, Place, Unreadable, Withdrawal
from workbench.errors import Way
from workbench.study import Study


class Withdrawing(QObject):
    """Leads through the withdrawal of one person at a time.

    Args:
        context: the open study, the dialogs.
        parent: on whose window dialogs stand.
    """

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._widget = context, parent
        self._reading = ReadBeside(self)
        self._shown = ""  # the source that is being read, and so offered by the player
        context.signals.source_shown.connect(self._on_source_shown)

    def begin(self, person_id: ParticipantId, *, unreadable: bool = False) -> None:
        """Look for everything of a person, and ask what is to go.

        Args:
            person_id: who.
            unreadable: it was tried, and a recording of several people cannot be silenced.
        """
        study = self._context.study
        if study is None or study.read_only:
            return
        end_edit()
        person, waiting = study.people.participant(person_id), study.withdrawal.waiting

        def look(beside: Study) -> Sequence[Place]:
            return beside.withdrawal.places(person_id, waiting)

        def ask(found: Sequence[Place]) -> None:
            self._ask(study, person, found, unreadable=unreadable)

        self._reading.ask(study, look, ask, size=LARGE)

    def end(self) -> None:
        """Let go of what is being read: the study closes."""
        self._reading.end()

    def _ask(
        self, study: Study, person: Participant, places: Sequence[Place], *, unreadable: bool
    ) -> None:
        if study is not self._context.study:
            return
        from ui.views.withdraw.dialog import WithdrawDialog  # needed rarely

        dialog = WithdrawDialog(person, places, self._widget.window(), unreadable=unreadable)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open_wanted.connect(self._context.signals.open_requested)
        dialog.accepted.connect(lambda: self._do(study, person, dialog.deed, dialog.decided))
        dialog.open()

    def _do(
        self, study: Study, person: Participant, deed: Deed, decided: Unreadable | None
    ) -> None:
        named = study.withdrawal.recent(person.id, self._context.settings)
        study.withdrawal.let_go(person.id)
        shown = self._shown
        self._context.signals.source_shown.emit("")  # a player keeps its file open

        def done(withdrawal: Withdrawal) -> None:
            if deed is Deed.EVERYTHING:
                for path in named:  # the list in memory would be written again
                    with suppress(OSError):
                        self._context.settings.forget(path)
            self._show(study, withdrawal)

        def after() -> None:
            if shown in {source.id for source in study.materials.sources()}:
                self._context.signals.source_shown.emit(shown)

        self._context.run_long(
            t("Withdrawing {code}", code=person.code),
            lambda beside: beside.withdrawal.erase(person.id, deed, decided),
            done,
            size=LARGE,
            after=after,
            ways={Way.CHOOSE: lambda: self.begin(person.id, unreadable=True)},
        )

    def _on_source_shown(self, source_id: str) -> None:
        self._shown = source_id

    def _show(self, study: Study, withdrawal: Withdrawal) -> None:
        from ui.views.withdraw.certificate import CertificateDialog

        dialog = CertificateDialog(self._context, study, withdrawal, self._widget.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


__all__ = ["Withdrawing"]
