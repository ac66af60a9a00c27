"""What the window's own actions do; `ui.window_actions` names these methods."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.attempts import attempt
from ui.bridge.typing import end_edit
from ui.context import AppContext
from ui.i18n import t
from ui.settings_dialog import SettingsDialog
from ui.studies import Studies
from ui.theme import READING_SIZE, Choice
from ui.views.about import AboutDialog
from ui.views.consent.unsaying import may_unsay
from ui.views.guide import GuideDialog
from ui.views.key_dialog import KeyDialog
from ui.views.names.dialog import NamesDialog
from ui.views.saving import ask_place, extent, may_be_own, write_out
from ui.views.widgets.context_menu import ask_menu
from ui.views.widgets.lent import shown
from ui.views.workspace import Workspace
from workbench.services.chronicle import Told
from workbench.study import Study


@dataclass(frozen=True, slots=True)
class _Part:
    """What of a study leaves it as one file.

    Attributes:
        name: ends the name that is proposed for the file.
        nothing: what is said instead when there is none.
        count: tells how much there is.
    """

    name: str
    nothing: str
    count: Callable[[Study], int]


_TRANSCRIPTS = _Part(
    "transcripts",
    "There are no transcripts to export yet.",
    lambda study: len(study.transcripts.present()),
)
_MEMOS = _Part("memos", "There are no memos to export yet.", lambda study: len(study.memos.all()))
_PARTS = {
    "docx": _TRANSCRIPTS,
    "txt": _TRANSCRIPTS,
    "csv": _Part(
        "observations",
        "There are no observations to export yet.",
        lambda study: len(study.observations.per_source()),
    ),
    "codebook-csv": _Part(
        "codebook", "There are no codes to export yet.", lambda study: len(study.codebook.codes())
    ),
    "memos-docx": _MEMOS,
    "memos-csv": _MEMOS,
    "json": _Part("study", "", lambda _study: 1),
}


class Window(Protocol):
    """What the commands need of the window."""

    def show_workspace(self, key: str) -> None:
        """Bring a workspace to the front."""

    def show_palette(self) -> None:
        """Open the command palette."""

    def show_menu(self) -> None:
        """Open the menu."""

    @property
    def workspace(self) -> Workspace | None:
        """Return the workspace in front."""

    def go_to_pane(self, step: int) -> None:
        """Move the keys to another part of the window."""

    def close(self) -> bool:
        """Close the window."""


class WindowCommands(QObject):
    """The commands.

    Args:
        context: what all views share.
        studies: opens and closes studies.
        window: the window they act on.
        parent: the same window, as the parent of dialogs.
    """

    def __init__(
        self, context: AppContext, studies: Studies, window: Window, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._studies = studies
        self._window = window
        self._parent = parent
        self._guide: GuideDialog | None = None
        context.actions.attempt = partial(attempt, context, parent)

    # Study

    def new_study(self) -> None:
        """Ask for a title and create a study."""
        self._studies.create()

    def open_study(self) -> None:
        """Ask for a study folder and open it."""
        self._studies.choose()

    def open_sample(self) -> None:
        """Open a fresh copy of the sample study."""
        self._studies.open_sample()

    def save_copy(self) -> None:
        """Copy the open study to another place."""
        self._studies.keeper.save_copy()

    def save_copy_with_key(self) -> None:
        """Copy the open study to another place, the real names with it."""
        self._studies.keeper.save_copy(with_key=True)

    def has_key(self) -> bool:
        """Tell whether anybody of the open study has a real name that can be read."""
        return self._context.study is not None and bool(self._context.study.keys.found.people)

    def restore_backup(self) -> None:
        """Go back to a backup, of the open study or of one that is asked for."""
        self._studies.keeper.restore()

    def check_study(self) -> None:
        """Look whether the open study is whole, and say what can be done where it is not."""
        self._studies.checkup.begin()

    def lock_study(self) -> None:
        """Lock the open study with a passphrase."""
        self._studies.locks.lock()

    def lock_now(self) -> None:
        """Close the locked study; its passphrase is asked for again."""
        self._studies.locks.lock_now()

    def change_passphrase(self) -> None:
        """Give the locked study another passphrase."""
        self._studies.locks.change()

    def remember_study(self) -> None:
        """Let this computer open the locked study without its passphrase, or no longer."""
        self._studies.locks.toggle_memory()

    def is_remembered(self) -> bool:
        """Tell whether this computer opens the locked study without its passphrase."""
        return self._studies.locks.is_remembered

    def unlock_study(self) -> None:
        """Make the locked study readable by everybody again."""
        self._studies.locks.unlock()

    def can_lock(self) -> bool:
        """Tell whether the open study can be locked with a passphrase."""
        return self.can_change() and not self.is_locked()

    def is_locked(self) -> bool:
        """Tell whether the open study is locked with a passphrase."""
        return self._studies.locks.is_locked

    def show_key(self) -> None:
        """Show where the real names lie, and let them lie elsewhere."""
        if self._context.study is not None:
            shown(KeyDialog(self._context, self._context.study, self._parent))

    def close_study(self) -> None:
        """Close the study and go back to the welcome page."""
        self._studies.close()

    def import_files(self) -> None:
        """Show Collect and let it ask for files."""
        self._window.show_workspace("collect")
        self._context.signals.import_requested.emit([])

    def export(self) -> None:
        """Show Report and let it export."""
        self._window.show_workspace("report")
        self._context.signals.export_requested.emit()

    def export_sound(self) -> None:
        """Export the recording chosen in Collect where that is in front, else in Transcribe."""
        actions = self._context.actions
        if actions.in_front("collect.sound") and actions.qaction("collect.sound").isEnabled():
            actions.trigger("collect.sound")
            return
        self._window.show_workspace("transcribe")
        if actions.qaction("queue.sound").isEnabled():
            actions.trigger("queue.sound")
        else:
            self._context.signals.toast_requested.emit(t("Choose a recording first."))

    def export_as(self, form: str, suffix: str, own: bool = False) -> None:
        """Ask for a place and write something of the study there; `own` is a working copy."""
        study = self._context.study
        if study is None:
            return
        part = _PARTS[form]
        if not part.count(study):
            self._context.signals.toast_requested.emit(t(part.nothing))
            return
        if own and not may_be_own(self._context, self._parent, study):
            return
        name = f"{study.title} – {t(part.name)}"
        out = ask_place(self._context, self._parent, t("Export"), name=name, suffix=suffix, own=own)
        if out is not None:
            write_out(
                self._context,
                self._parent,
                out,
                lambda study: study.exports.write(form, out, working_copy=own, replace=True),
                size=extent(study),
                elsewhere=lambda: self.export_as(form, suffix, own),
            )

    def quit(self) -> None:
        """Close the window and with it the program."""
        self._window.close()

    def has_study(self) -> bool:
        """Tell whether a study is open."""
        return self._context.study is not None

    def has_sample(self) -> bool:
        """Tell whether the sample study is part of this installation."""
        return self._context.sample is not None

    def can_show(self, _key: str) -> bool:
        """Tell whether there is a study whose workspaces can be shown."""
        return self.has_study()

    def can_change(self) -> bool:
        """Tell whether the open study may be changed."""
        return self._context.study is not None and not self._context.study.read_only

    # Undo

    def undo(self) -> None:
        """Take back the last step, also one of yesterday."""
        end_edit()
        study = self._context.study
        told = study.next_undo if study else None
        if study is not None and told is not None:
            unsaid = study.unsaying.by_undo()
            if not may_unsay(self._context, self._parent, unsaid, t("Undo all the same")):
                return
            said = t("Undone: {step}", step=unsaid.told(told.sentence))
            self._context.run_long(
                t("Undoing: {step}", step=told.sentence),
                lambda study: study.undo(),
                lambda _op: self._tell(said, study, told),
                size=told.rows,
            )

    def redo(self) -> None:
        """Do again what was taken back."""
        end_edit()
        study = self._context.study
        told = study.next_redo if study else None
        if study is not None and told is not None:
            unsaid = study.unsaying.by_redo()
            if not may_unsay(self._context, self._parent, unsaid, t("Redo all the same")):
                return
            said = t("Redone: {step}", step=unsaid.told(told.sentence))
            self._context.run_long(
                t("Redoing: {step}", step=told.sentence),
                lambda study: study.redo(),
                lambda _op: self._tell(said, study, told),
                size=told.rows,
            )

    def _tell(self, sentence: str, study: Study, told: Told) -> None:
        kind, object_id = study.chronicle.there(told) or ("", "")
        self._context.signals.told_where.emit(sentence, kind, object_id)

    def can_undo(self) -> bool:
        """Tell whether there is a step to take back."""
        return self.can_change() and bool(self._context.study and self._context.study.undo_label)

    def can_redo(self) -> bool:
        """Tell whether there is a step to do again."""
        return self.can_change() and bool(self._context.study and self._context.study.redo_label)

    def undo_label(self) -> str:
        """Return "Undo: Code passage — Delay"."""
        told = self._context.study.next_undo if self._context.study else None
        return t("Undo: {step}", step=told.sentence) if told else t("Undo")

    def redo_label(self) -> str:
        """Return "Redo: Code passage — Delay"."""
        told = self._context.study.next_redo if self._context.study else None
        return t("Redo: {step}", step=told.sentence) if told else t("Redo")

    def show_context_menu(self) -> None:
        """Open the context menu of what has the focus, as the Menu key does."""
        ask_menu(self._parent.focusWidget())

    def show_workspace(self, key: str) -> None:
        """Bring a workspace to the front."""
        self._window.show_workspace(key)

    def go_to_pane(self, step: int) -> None:
        """Move the keys to the next or the previous part of the window."""
        self._window.go_to_pane(step)

    # View

    def choose_theme(self, choice: Choice) -> None:
        """Switch the theme and remember it."""
        self._context.theme.choose(choice)
        self._context.remember(theme=choice)

    def is_theme(self, choice: str) -> bool:
        """Tell whether this is the chosen theme."""
        return self._context.theme.choice == choice

    def larger_text(self) -> None:
        """Make transcript text larger."""
        self._set_reading_size(self._context.theme.reading_size + 1)

    def smaller_text(self) -> None:
        """Make transcript text smaller."""
        self._set_reading_size(self._context.theme.reading_size - 1)

    def normal_text(self) -> None:
        """Show transcript text in its usual size."""
        self._set_reading_size(READING_SIZE)

    def _set_reading_size(self, pixels: int) -> None:
        self._context.theme.set_reading_size(pixels)
        self._context.remember(reading_size=self._context.theme.reading_size)

    # Tools and help

    def show_palette(self) -> None:
        """Open the command palette."""
        self._window.show_palette()

    def show_settings(self) -> None:
        """Open the settings."""
        shown(SettingsDialog(self._context, self._parent))

    def show_guide(self) -> None:
        """Open the guide at the section of the workspace in front; one can work on beside it."""
        if self._guide is None:
            self._guide = GuideDialog(self._context, self._parent)
        front = self._window.workspace
        self._guide.show()  # first: where a section is depends on the width it is laid out in
        self._guide.show_section(front.title if front is not None else "")
        self._guide.raise_()
        self._guide.activateWindow()

    def show_names(self) -> None:
        """Open the register of names."""
        if self._context.study is not None:
            shown(NamesDialog(self._context, self._context.study, self._parent))

    def show_models(self) -> None:
        """Open the page with the speech models."""
        shown(SettingsDialog(self._context, self._parent, page="models"))

    def show_shortcuts(self) -> None:
        """Open the page with all keys, where they can also be changed."""
        shown(SettingsDialog(self._context, self._parent, page="keyboard"))

    def show_menu(self) -> None:
        """Open the menu from the keyboard."""
        self._window.show_menu()

    def show_about(self) -> None:
        """Tell the version and the licences."""
        shown(AboutDialog(self._parent))
