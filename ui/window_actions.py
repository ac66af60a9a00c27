"""The commands of the window itself, as data; those of a workspace live with the workspace."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ui.actions import Action
from ui.i18n import Phrase
from ui.theme import READING_SIZE

if TYPE_CHECKING:
    from ui.window_commands import WindowCommands

# Tab with the key that says Ctrl, which Qt calls Meta on macOS; Cmd+Tab belongs to the system.
_CTRL = "Meta" if sys.platform == "darwin" else "Ctrl"


def _export(
    name: str, title: Phrase, form: str, suffix: str, *, own: bool = False
) -> Action[WindowCommands]:
    return Action(f"study.export_{name}", title, "File/Export", icon="upload",
                  run=lambda it: it.exporting.export_as(form, suffix, own),
                  enabled=lambda it: it.has_study(), group=1)  # fmt: skip


_EXPORTS = (
    _export("transcripts", "Export all transcripts for Word…", "docx", ".docx"),
    _export("own_transcripts", "Export transcripts as a working copy…", "docx", ".docx", own=True),
    _export("texts", "Export all transcripts as text…", "txt", ".txt"),
    _export("observations", "Export the observations as a table…", "csv", ".csv"),
    _export("workbook", "Export observations, people and visits for Excel…", "xlsx", ".xlsx"),
    _export("codebook", "Export the codebook as a table…", "codebook-csv", ".csv"),
    _export("memos", "Export all memos for Word…", "memos-docx", ".docx"),
    _export("memo_table", "Export all memos as a table…", "memos-csv", ".csv"),
    _export("study", "Export the whole study as JSON…", "json", ".json", own=True),
)

_BRINGING: tuple[Action[WindowCommands], ...] = (
    Action("study.new", "New study…", "File", shortcut="Ctrl+N", icon="folder-plus",
           run=lambda it: it.studies.create()),
    Action("study.open", "Open study…", "File", shortcut="Ctrl+O", icon="folder-open",
           run=lambda it: it.studies.choose()),
    Action("study.sample", "Open the sample study", "File", icon="book-open",
           run=lambda it: it.studies.open_sample(), enabled=lambda it: it.has_sample()),
    Action("study.import", "Import files…", "File", shortcut="Ctrl+I", icon="download",
           run=lambda it: it.import_files(), enabled=lambda it: it.can_change(), group=1),
    Action("study.export", "Export the report…", "File/Export", shortcut="Ctrl+E",
           icon="upload", run=lambda it: it.export(), enabled=lambda it: it.has_study(), group=1),
)  # fmt: skip
_REST: tuple[Action[WindowCommands], ...] = (
    Action("study.export_sound", "Export the sound of a recording…", "File/Export", icon="upload",
           run=lambda it: it.export_sound(), enabled=lambda it: it.has_study(), group=1),
    Action("study.copy", "Save a copy…", "File", shortcut="Ctrl+Shift+S", icon="copy",
           run=lambda it: it.studies.keeper.save_copy(), enabled=lambda it: it.has_study(),
           group=2),
    Action("study.copy_with_key", "Save a copy with the real names…", "File", icon="copy",
           run=lambda it: it.studies.keeper.save_copy(with_key=True),
           enabled=lambda it: it.has_key(), group=2),
    Action("study.restore", "Restore a backup…", "File", icon="history",
           run=lambda it: it.studies.keeper.restore(), group=2),
    Action("study.check", "Check the study…", "File", icon="circle-check",
           run=lambda it: it.studies.checkup.begin(), enabled=lambda it: it.has_study(), group=2),
    Action("study.lock", "Lock study…", "File", icon="lock", run=lambda it: it.studies.locks.lock(),
           enabled=lambda it: it.can_change() and not it.is_locked(), group=2),
    Action("study.lock_now", "Lock now", "File/Locked study", shortcut="Ctrl+Shift+X", icon="lock",
           run=lambda it: it.studies.locks.lock_now(),
           enabled=lambda it: it.is_locked(), group=2),
    Action("study.passphrase", "Change passphrase…", "File/Locked study",
           run=lambda it: it.studies.locks.change(), enabled=lambda it: it.is_locked(),
           group=2),
    Action("study.remember", "Remember on this computer", "File/Locked study",
           run=lambda it: it.studies.locks.toggle_memory(),
           enabled=lambda it: it.is_locked(),
           checked=lambda it: it.is_locked() and it.studies.locks.is_remembered, group=2),
    Action("study.unlock", "Unlock study permanently…", "File/Locked study",
           run=lambda it: it.studies.locks.unlock(), enabled=lambda it: it.is_locked(),
           group=2),
    Action("study.key", "Where is the key…", "File", icon="lock", run=lambda it: it.show_key(),
           enabled=lambda it: it.has_study(), group=2),
    Action("study.close", "Close study", "File", shortcut="Ctrl+W", icon="x",
           run=lambda it: it.studies.close(), enabled=lambda it: it.has_study(), group=2),
    Action("app.quit", "Quit", "File", shortcut="Ctrl+Q", icon="log-out",
           run=lambda it: it.window.close(), group=3),
    Action("edit.undo", "Undo", "Edit", shortcut="Ctrl+Z", icon="undo-2",
           run=lambda it: it.undoing.undo(), enabled=lambda it: it.undoing.can_undo(),
           label=lambda it: it.undoing.undo_label()),
    Action("edit.redo", "Redo", "Edit", shortcut="Ctrl+Shift+Z", also=("Ctrl+Y",), icon="redo-2",
           run=lambda it: it.undoing.redo(), enabled=lambda it: it.undoing.can_redo(),
           label=lambda it: it.undoing.redo_label()),
    Action("edit.menu", "What can be done here…", "Edit", shortcut="Shift+F10", icon="menu",
           run=lambda it: it.show_context_menu(), group=1),
    Action("view.collect", "Collect", "View", shortcut="Ctrl+1", icon="folder",
           run=lambda it: it.window.show_workspace("collect"), enabled=lambda it: it.has_study()),
    Action("view.transcribe", "Transcribe", "View", shortcut="Ctrl+2", icon="audio-lines",
           run=lambda it: it.window.show_workspace("transcribe"),
           enabled=lambda it: it.has_study()),
    Action("view.code", "Code", "View", shortcut="Ctrl+3", icon="pencil",
           run=lambda it: it.window.show_workspace("code"), enabled=lambda it: it.has_study()),
    Action("view.journey", "Journey", "View", shortcut="Ctrl+4", icon="route",
           run=lambda it: it.window.show_workspace("journey"), enabled=lambda it: it.has_study()),
    Action("view.findings", "Findings", "View", shortcut="Ctrl+5", icon="lightbulb",
           run=lambda it: it.window.show_workspace("findings"), enabled=lambda it: it.has_study()),
    Action("view.report", "Report", "View", shortcut="Ctrl+6", icon="file-text",
           run=lambda it: it.window.show_workspace("report"), enabled=lambda it: it.has_study()),
    Action("view.next_pane", "Next part of the window", "View", shortcut=f"{_CTRL}+Tab",
           run=lambda it: it.window.go_to_pane(1), group=1),
    Action("view.previous_pane", "Part of the window before", "View", shortcut=f"{_CTRL}+Shift+Tab",
           run=lambda it: it.window.go_to_pane(-1), group=1),
    Action("theme.system", "Theme: as the system", "View/Theme",
           run=lambda it: it.choose_theme("system"), checked=lambda it: it.is_theme("system"),
           group=2),
    Action("theme.light", "Theme: light", "View/Theme", run=lambda it: it.choose_theme("light"),
           checked=lambda it: it.is_theme("light"), group=2),
    Action("theme.dark", "Theme: dark", "View/Theme", run=lambda it: it.choose_theme("dark"),
           checked=lambda it: it.is_theme("dark"), group=2),
    Action("view.larger", "Larger text", "View", shortcut="Ctrl+=", icon="zoom-in",
           run=lambda it: it.set_reading_size(it.reading_size + 1), group=2),
    Action("view.smaller", "Smaller text", "View", shortcut="Ctrl+-", icon="zoom-out",
           run=lambda it: it.set_reading_size(it.reading_size - 1), group=2),
    Action("view.normal", "Normal text", "View", shortcut="Ctrl+0",
           run=lambda it: it.set_reading_size(READING_SIZE), group=2),
    Action("tools.palette", "Search or command…", "Tools", shortcut="Ctrl+K", icon="search",
           run=lambda it: it.window.palette_box.open_box()),
    Action("study.names", "Names…", "Tools", shortcut="Ctrl+Shift+D", icon="eye-off",
           run=lambda it: it.show_names(), enabled=lambda it: it.has_study(), group=1),
    Action("tools.settings", "Settings…", "Tools", shortcut="Ctrl+,", icon="settings",
           run=lambda it: it.show_settings(), group=1),
    Action("tools.models", "Speech models…", "Tools", icon="audio-lines",
           run=lambda it: it.show_settings("models"), group=1),
    Action("help.guide", "Guide", "Help", shortcut="F1", icon="book-open",
           run=lambda it: it.show_guide()),
    Action("help.shortcuts", "Keyboard shortcuts…", "Help", shortcut="Ctrl+?", icon="keyboard",
           run=lambda it: it.show_settings("keyboard")),
    Action("help.menu", "Show the menu", "Help", shortcut="F10", icon="menu",
           run=lambda it: it.window.menus.open()),
    Action("help.about", "About Workbench", "Help", icon="info", run=lambda it: it.show_about(),
           group=1),
)  # fmt: skip

WINDOW_ACTIONS = (*_BRINGING, *_EXPORTS, *_REST)
