"""That the program ended suddenly the last time is said once, calmly, with what it left to read."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ui.attempts import attempt
from ui.context import AppContext
from ui.errors import versions
from ui.i18n import t, when
from ui.views.widgets.banner import Banner
from workbench import crash_log


class CrashBanner(Banner):
    """Stands there until the log is deleted or the line is closed, and then until the next start.

    Args:
        context: everything the window shares.

    Attributes:
        show_log: opens what was written down.
        delete: deletes it.
    """

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.icons)
        self._context = context
        self.show_log = self.offer(t("Show the log"), self._show_log)
        self.delete = self.offer(t("Delete it"), self._delete)
        crash = crash_log.found()
        if crash is not None:
            self.say(
                t(
                    "Workbench ended suddenly on {when}; what was saved is there, and a log says"
                    " where it happened.",
                    when=when(crash.at),
                )
            )

    def _show_log(self) -> None:
        from ui.views.log_dialog import LogDialog

        crash = crash_log.found()
        if crash is None:  # another window has deleted it
            self.hide()
            return
        heading = t("Where the program was when it ended")
        about = t("Lines of the program, nothing of a study. Please copy it and send it to us.")
        text = "\n".join([*versions(), "", crash.text])
        dialog = LogDialog(heading, about, text, crash.path, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _delete(self) -> None:
        attempt(self._context, self, self._empty)

    def _empty(self) -> None:
        crash_log.empty()
        self.hide()
