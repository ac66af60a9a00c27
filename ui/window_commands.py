"""What the window's own actions do where it is more than a call of one of its parts."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.attempts import attempt
from ui.context import AppContext
from ui.i18n import t
from ui.studies import Studies
from ui.theme import Choice
from ui.undoing import Undoing
from ui.views.widgets.context_menu import ask_menu
from ui.views.widgets.lent import shown
from ui.views.workspace import Workspace

if TYPE_CHECKING:
    from ui.exporting import Exporting
    from ui.views.guide import GuideDialog


class Menu(Protocol):
    """What has the menu of the window."""

    def open(self) -> None:
        """Open it from the keyboard."""


class Palette(Protocol):
    """What finds commands by their names."""

    def open_box(self) -> None:
        """Open it."""


class Window(Protocol):
    """What the commands need of the window."""

    def show_workspace(self, key: str) -> None:
        """Bring a workspace to the front."""

    @property
    def menus(self) -> Menu:
        """Return what has the menu."""

    @property
    def palette_box(self) -> Palette:
        """Return the command palette."""

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

    Attributes:
        undoing: takes steps back, and does them again.
    """

    def __init__(
        self, context: AppContext, studies: Studies, window: Window, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.studies = studies
        self.window = window
        self._parent = parent
        self.undoing = Undoing(context, parent)
        self._guide: GuideDialog | None = None
        context.actions.attempt = partial(attempt, context, parent)

    # Study

    @cached_property
    def exporting(self) -> Exporting:
        """Return what writes something of the whole study."""
        from ui.exporting import Exporting

        return Exporting(self._context, self._parent)

    def has_key(self) -> bool:
        """Tell whether anybody of the open study has a real name that can be read."""
        return self._context.study is not None and bool(self._context.study.keys.found.people)

    def is_locked(self) -> bool:
        """Tell whether the open study is locked with a passphrase."""
        return self._context.study is not None and self.studies.locks.is_locked

    def show_key(self) -> None:
        """Show where the real names lie, and let them lie elsewhere."""
        from ui.views.key_dialog import KeyDialog

        if self._context.study is not None:
            shown(KeyDialog(self._context, self._context.study, self._parent))

    def import_files(self) -> None:
        """Show Collect and let it ask for files."""
        self.window.show_workspace("collect")
        self._context.signals.import_requested.emit([])

    def export(self) -> None:
        """Show Report and let it export."""
        self.window.show_workspace("report")
        self._context.signals.export_requested.emit()

    def export_sound(self) -> None:
        """Export the recording chosen in Collect where that is in front, else in Transcribe."""
        actions = self._context.actions
        if actions.in_front("collect.sound") and actions.qaction("collect.sound").isEnabled():
            actions.trigger("collect.sound")
            return
        self.window.show_workspace("transcribe")
        if actions.qaction("queue.sound").isEnabled():
            actions.trigger("queue.sound")
        else:
            self._context.signals.toast_requested.emit(t("Choose a recording first."))

    def has_study(self) -> bool:
        """Tell whether a study is open."""
        return self._context.study is not None

    def has_sample(self) -> bool:
        """Tell whether the sample study is part of this installation."""
        return self._context.sample is not None

    def can_change(self) -> bool:
        """Tell whether the open study may be changed."""
        return self._context.study is not None and not self._context.study.read_only

    def show_context_menu(self) -> None:
        """Open the context menu of what has the focus, as the Menu key does."""
        ask_menu(self._parent.focusWidget())

    # View

    def choose_theme(self, choice: Choice) -> None:
        """Switch the theme and remember it."""
        self._context.theme.choose(choice)
        self._context.remember(theme=choice)

    def is_theme(self, choice: str) -> bool:
        """Tell whether this is the chosen theme."""
        return self._context.theme.choice == choice

    @property
    def reading_size(self) -> int:
        """Return the size of transcript text, in pixels."""
        return self._context.theme.reading_size

    def set_reading_size(self, pixels: int) -> None:
        """Show transcript text in another size, and remember it."""
        self._context.theme.set_reading_size(pixels)
        self._context.remember(reading_size=self._context.theme.reading_size)

    # Tools and help

    def show_settings(self, page: str = "appearance") -> None:
        """Open the settings at one of their pages."""
        from ui.settings_dialog import SettingsDialog

        shown(SettingsDialog(self._context, self._parent, page=page))

    def show_guide(self) -> None:
        """Open the guide at the section of the workspace in front; one can work on beside it."""
        from ui.views.guide import GuideDialog

        if self._guide is None:
            self._guide = GuideDialog(self._context, self._parent)
        front = self.window.workspace
        self._guide.show()  # first: where a section is depends on the width it is laid out in
        self._guide.show_section(front.title if front is not None else "")
        self._guide.raise_()
        self._guide.activateWindow()

    def show_names(self) -> None:
        """Open the register of names."""
        from ui.views.names.dialog import NamesDialog

        if self._context.study is not None:
            shown(NamesDialog(self._context, self._context.study, self._parent))

    def show_about(self) -> None:
        """Tell the version and the licences."""
        from ui.views.about import AboutDialog

        shown(AboutDialog(self._parent))
