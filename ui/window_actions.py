"""The commands of the window itself, as data; those of a workspace live with the workspace."""

from __future__ import annotations

import sys

from ui.actions import Action

# Tab with the key that says Ctrl, which Qt calls Meta on macOS; Cmd+Tab belongs to the system.
_CTRL = "Meta" if sys.platform == "darwin" else "Ctrl"
_EXPORTS = tuple(
    Action(f"study.export_{name}", title, "File/Export", "export_as", "", "upload",
           enabled="can_export", args=(form, suffix, own), group=1)
    for name, title, form, suffix, own in (
        ("transcripts", "Export all transcripts for Word…", "docx", ".docx", False),
        ("own_transcripts", "Export transcripts as a working copy…", "docx", ".docx", True),
        ("texts", "Export all transcripts as text…", "txt", ".txt", False),
        ("observations", "Export the observations as a table…", "csv", ".csv", False),
        ("codebook", "Export the codebook as a table…", "codebook-csv", ".csv", False),
        ("memos", "Export all memos for Word…", "memos-docx", ".docx", False),
        ("memo_table", "Export all memos as a table…", "memos-csv", ".csv", False),
        ("study", "Export the whole study as JSON…", "json", ".json", True),
    )
)  # fmt: skip

WINDOW_ACTIONS = (
    Action("study.new", "New study…", "File", "new_study", "Ctrl+N", "folder-plus"),
    Action("study.open", "Open study…", "File", "open_study", "Ctrl+O", "folder-open"),
    Action("study.sample", "Open the sample study", "File", "open_sample", icon="book-open",
           enabled="has_sample"),
    Action("study.import", "Import files…", "File", "import_files", "Ctrl+I", "download",
           enabled="can_change", group=1),
    Action("study.export", "Export the report for Word…", "File/Export", "export", "Ctrl+E",
           "upload", enabled="has_study", group=1),
    *_EXPORTS,
    Action("study.copy", "Save a copy…", "File", "save_copy", "Ctrl+Shift+S", "copy",
           enabled="has_study", group=2),
    Action("study.restore", "Restore a backup…", "File", "restore_backup", icon="history",
           group=2),
    Action("study.check", "Check the study…", "File", "check_study", icon="circle-check",
           enabled="has_study", group=2),
    Action("study.lock", "Lock study…", "File", "lock_study", icon="lock", enabled="can_lock",
           group=2),
    Action("study.lock_now", "Lock now", "File/Locked study", "lock_now", icon="lock",
           enabled="is_locked", group=2),
    Action("study.passphrase", "Change passphrase…", "File/Locked study", "change_passphrase",
           enabled="is_locked", group=2),
    Action("study.unlock", "Unlock study permanently…", "File/Locked study", "unlock_study",
           enabled="is_locked", group=2),
    Action("study.close", "Close study", "File", "close_study", "Ctrl+W", "x", enabled="has_study",
           group=2),
    Action("app.quit", "Quit", "File", "quit", "Ctrl+Q", "log-out", group=3),
    Action("edit.undo", "Undo", "Edit", "undo", "Ctrl+Z", "undo-2", enabled="can_undo",
           label="undo_label"),
    Action("edit.redo", "Redo", "Edit", "redo", "Ctrl+Shift+Z", "redo-2", enabled="can_redo",
           label="redo_label", also=("Ctrl+Y",)),
    Action("edit.menu", "What can be done here…", "Edit", "show_context_menu", "Shift+F10", "menu",
           group=1),
    Action("view.collect", "Collect", "View", "show_workspace", "Ctrl+1", "folder",
           enabled="can_show", args=("collect",)),
    Action("view.transcribe", "Transcribe", "View", "show_workspace", "Ctrl+2", "audio-lines",
           enabled="can_show", args=("transcribe",)),
    Action("view.code", "Code", "View", "show_workspace", "Ctrl+3", "pencil", enabled="can_show",
           args=("code",)),
    Action("view.journey", "Journey", "View", "show_workspace", "Ctrl+4", "route",
           enabled="can_show", args=("journey",)),
    Action("view.findings", "Findings", "View", "show_workspace", "Ctrl+5", "lightbulb",
           enabled="can_show", args=("findings",)),
    Action("view.report", "Report", "View", "show_workspace", "Ctrl+6", "file-text",
           enabled="can_show", args=("report",)),
    Action("view.next_pane", "Next part of the window", "View", "go_to_pane", f"{_CTRL}+Tab",
           args=(1,), group=1),
    Action("view.previous_pane", "Part of the window before", "View", "go_to_pane",
           f"{_CTRL}+Shift+Tab", args=(-1,), group=1),
    Action("theme.system", "Theme: as the system", "View/Theme", "choose_theme",
           checked="is_theme", args=("system",), group=2),
    Action("theme.light", "Theme: light", "View/Theme", "choose_theme", checked="is_theme",
           args=("light",), group=2),
    Action("theme.dark", "Theme: dark", "View/Theme", "choose_theme", checked="is_theme",
           args=("dark",), group=2),
    Action("view.larger", "Larger text", "View", "larger_text", "Ctrl+=", "zoom-in", group=2),
    Action("view.smaller", "Smaller text", "View", "smaller_text", "Ctrl+-", "zoom-out", group=2),
    Action("view.normal", "Normal text", "View", "normal_text", "Ctrl+0", group=2),
    Action("tools.palette", "Search or command…", "Tools", "show_palette", "Ctrl+K", "search"),
    Action("study.names", "Names…", "Tools", "show_names", "Ctrl+Shift+D", "eye-off",
           enabled="has_study", group=1),
    Action("tools.settings", "Settings…", "Tools", "show_settings", "Ctrl+,", "settings", group=1),
    Action("tools.models", "Speech models…", "Tools", "show_models", icon="audio-lines", group=1),
    Action("help.guide", "Guide", "Help", "show_guide", "F1", "book-open"),
    Action("help.shortcuts", "Keyboard shortcuts", "Help", "show_shortcuts", "Ctrl+?", "keyboard"),
    Action("help.menu", "Show the menu", "Help", "show_menu", "F10", "menu"),
    Action("help.about", "About Workbench", "Help", "show_about", icon="info", group=1),
)  # fmt: skip
