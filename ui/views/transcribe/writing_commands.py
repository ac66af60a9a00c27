"""What one can do in the text of a recording: the commands, for keys, menus and the palette."""

from __future__ import annotations

from ui.actions import Action
from ui.i18n import plural, t
from ui.views.saving import ask_place, may_be_own, write_out
from ui.views.transcribe.queue import QueueList
from ui.views.transcribe.voice_commands import VoiceCommands
from workbench.domain.ids import JobId, SourceId
from workbench.domain.jobs import JobState
from workbench.domain.passage import Passage, Query

_MENU = "Transcribe/Text"

WRITING_ACTIONS = tuple(
    Action(f"transcribe.{name}", title, _MENU, "write", keys, icon, "transcribe", "can_write",
           args=(name,), group=group)
    for name, title, keys, icon, group in (
        ("find_words", "Find in transcripts…", "Ctrl+F", "search", 4),
        ("replace", "Find and replace…", "Ctrl+H", "", 4),
        ("next_doubt", "Next doubtful place", "F3", "", 5),
        ("previous_doubt", "Doubtful place before", "Shift+F3", "", 5),
        ("dismiss_gap", "Dismiss speech without words", "Ctrl+F3", "", 5),
        ("play_here", "Play from the caret", "F4", "play", 6),
        ("go_to_sound", "Go to the spoken word", "Ctrl+J", "", 6),
        ("split", "Split the turn here", "Ctrl+Shift+Return", "split", 7),
        ("merge", "Merge with the turn before", "Ctrl+Shift+M", "merge", 7),
        ("show_heard", "Show what was recognised", "Ctrl+Shift+H", "history", 8),
        ("restore", "Restore what was recognised", "", "undo-2", 8),
    )
)  # fmt: skip

TYPING_ACTIONS = tuple(
    Action(f"transcribe.{name}", title, "Tools/Play", "play_key", keys, "", "transcribe",
           "can_play", args=(action,), group=2)
    for name, title, keys, action in (
        ("toggle", "Play or pause while typing", "Tab", "play.toggle"),
        ("back", "Back 3 seconds while typing", "Alt+Left", "play.back"),
        ("on", "On 3 seconds while typing", "Alt+Right", "play.on"),
    )
)  # fmt: skip

EXPORT_ACTIONS = tuple(
    Action(f"transcribe.export_{name}", title, "Transcribe/Export", "export", "", "upload",
           "transcribe", "can_export", args=(suffix, numbers, own))
    for name, title, suffix, numbers, own in (
        ("docx", "Export the transcript for Word…", "docx", False, False),
        ("lines", "Export for Word with numbered lines…", "docx", True, False),
        ("txt", "Export the transcript as text…", "txt", False, False),
        ("vtt", "Export as subtitles, WebVTT…", "vtt", False, False),
        ("srt", "Export as subtitles, SubRip…", "srt", False, False),
        ("csv", "Export the turns as a table…", "csv", False, False),
        ("own", "Export a working copy as text…", "txt", False, True),
    )
)  # fmt: skip


class WritingCommands(VoiceCommands):
    """The part of the Transcribe workspace that corrects, hears and reviews."""

    queue: QueueList

    def write(self, name: str) -> None:
        """Do something in the text: one of split, merge, find_words …"""
        getattr(self.text.view, name)()

    def can_write(self, name: str) -> bool:
        """Tell whether a command of the text makes sense now."""
        if name == "dismiss_gap":
            return self.text.view.can_dismiss_gap()
        if name in {"split", "merge", "restore", "replace"}:
            return self.text.view.can_correct()
        return bool(self.text.turns)

    def export(self, suffix: str, line_numbers: bool, own: bool) -> None:
        """Ask for a place and write the text of the recording chosen there."""
        row = self.queue.current
        if row is None or self.study is None:
            return
        if own and not may_be_own(self.context, self, self.study):
            return
        title, name = t("Export the transcript"), row.source.title
        out = ask_place(self.context, self, title, name=name, suffix=f".{suffix}", own=own)
        if out is None:
            return
        source = row.source.id
        write_out(
            self.context,
            self,
            out,
            lambda study: study.exports.write(
                suffix,
                out,
                source_id=source,
                line_numbers=line_numbers,
                working_copy=own,
                replace=True,
            ),
            size=len(self.text.turns),
            elsewhere=lambda: self.export(suffix, line_numbers, own),
        )

    def can_export(self, *_how: object) -> bool:
        """Tell whether there is a text to write."""
        return bool(self.text.turns)

    def play_key(self, action_id: str) -> None:
        """Run a command of the player by a key of the text."""
        self.context.actions.trigger(action_id)

    def can_play(self, _action_id: str) -> bool:
        """Tell whether there is something to play."""
        return bool(self.text.turns)

    def light(self, source_id: str, ms: int) -> None:
        """Light the word that is said; below 0 none."""
        row = self.queue.current
        if self.isVisible() and row is not None and row.source.id == source_id:
            self.text.view.text.light(ms if ms >= 0 else None)

    def review(self) -> None:
        """Show the first observation of this recording that waits for review."""
        row = self.queue.current
        waiting = self._waiting(row.source.id) if row is not None else []
        if waiting:
            self.context.signals.open_requested.emit("observation", waiting[0].observation.id)

    def tell_what_to_review(self, job_id: str) -> None:
        """Tell how many observations and memos of an earlier text could not be placed surely."""
        job = self.study.jobs.get(JobId(job_id)) if self.study is not None else None
        if self.study is None or job is None or job.state is not JobState.DONE:
            return
        said = []
        if waiting := len(self._waiting(job.source_id)):
            said.append(
                plural(
                    waiting,
                    "One observation is not surely placed on the new text: review it in Code.",
                    "{n} observations are not surely placed on the new text: review them in Code.",
                )
            )
        if adrift := len(self.study.memos.adrift(job.source_id)):
            said.append(
                plural(
                    adrift,
                    "One memo is on a turn that the new text does not have: see Memos.",
                    "{n} memos are on turns that the new text does not have: see Memos.",
                )
            )
        if said:
            self.context.signals.toast_requested.emit(" ".join(said))

    def _waiting(self, source_id: SourceId) -> list[Passage]:
        query = Query(source_id=source_id, review=True)
        return self.study.observations.find(query) if self.study is not None else []
