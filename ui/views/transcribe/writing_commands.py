"""What one can do in the text of a recording: the commands, for keys, menus and the palette."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.actions import Action
from ui.i18n import Phrase, plural, t
from ui.views.desk import Desk
from ui.views.saving import ask_place, may_be_own, write_out
from ui.views.transcribe.editor import Editor
from ui.views.transcribe.typing_actions import has_text
from ui.views.while_open import WhileOpen
from workbench.domain.ids import JobId, SourceId
from workbench.domain.jobs import JobState
from workbench.domain.passage import Passage, Query

if TYPE_CHECKING:
    from ui.views.transcribe.workspace import TranscribeWorkspace

_MENU, _KEY = "Transcribe/Text", "transcribe"
_WRITING: WhileOpen[TranscribeWorkspace, WritingCommands]
_WRITING = WhileOpen(lambda it: it.work.writing if it.work else None)


def _writing(
    name: str,
    title: Phrase,
    run: Callable[[Editor], object],
    keys: str = "",
    icon: str = "",
    *,
    enabled: Callable[[TranscribeWorkspace], bool] = has_text,
    group: int,
) -> Action[TranscribeWorkspace]:
    return Action(f"transcribe.{name}", title, _MENU, shortcut=keys, icon=icon, context=_KEY,
                  run=lambda it: run(it.text.view), enabled=enabled, group=group)  # fmt: skip


def _can_correct(it: TranscribeWorkspace) -> bool:
    return it.text.view.can_correct()


WRITING_ACTIONS = (
    _writing("find_words", "Find in transcripts…", lambda it: it.hits.find(), "Ctrl+F",
             "search", group=4),
    _writing("replace", "Find and replace…", lambda it: it.hits.replace(), "Ctrl+H",
             enabled=_can_correct, group=4),
    _writing("next_doubt", "Next doubtful place", lambda it: it.checking.next(), "F3", group=5),
    _writing("previous_doubt", "Doubtful place before", lambda it: it.checking.previous(),
             "Shift+F3", group=5),
    _writing("dismiss_gap", "Dismiss speech without words", lambda it: it.checking.dismiss(),
             "Ctrl+F3", enabled=lambda it: it.text.view.checking.can_dismiss(), group=5),
    _writing("play_here", "Play from the caret", lambda it: it.play_here(), "F4", "play",
             group=6),
    _writing("go_to_sound", "Go to the spoken word", lambda it: it.go_to_sound(), "Ctrl+J",
             group=6),
    _writing("split", "Split the turn here", lambda it: it.text.turning.split(),
             "Ctrl+Shift+Return", "split", enabled=_can_correct, group=7),
    _writing("merge", "Merge with the turn before", lambda it: it.text.turning.merge(),
             "Ctrl+Shift+M", "merge", enabled=_can_correct, group=7),
    _writing("show_heard", "Show what was recognised", lambda it: it.recognised.toggle(),
             "Ctrl+Shift+H", "history", group=8),
    _writing("restore", "Restore what was recognised", lambda it: it.recognised.restore(), "",
             "undo-2", enabled=_can_correct, group=8),
)  # fmt: skip


def _export(
    name: str, title: Phrase, suffix: str, *, line_numbers: bool = False, own: bool = False
) -> Action[TranscribeWorkspace]:
    return Action(f"transcribe.export_{name}", title, "Transcribe/Export", icon="upload",
                  context=_KEY, enabled=has_text,
                  run=_WRITING.run(lambda it: it.export(suffix, line_numbers, own)))  # fmt: skip


EXPORT_ACTIONS = (
    _export("docx", "Export the transcript for Word…", "docx"),
    _export("lines", "Export for Word with numbered lines…", "docx", line_numbers=True),
    _export("txt", "Export the transcript as text…", "txt"),
    _export("vtt", "Export as subtitles, WebVTT…", "vtt"),
    _export("srt", "Export as subtitles, SubRip…", "srt"),
    _export("csv", "Export the turns as a table…", "csv"),
    _export("own", "Export a working copy as text…", "txt", own=True),
)


class WritingCommands:
    """Exports, hears and reviews the text of the recording chosen.

    Args:
        desk: the study, and the page with its recordings.
    """

    def __init__(self, desk: Desk[TranscribeWorkspace]) -> None:
        page = desk.page
        self._desk = desk
        self._study = desk.study
        self._queue = page.queue
        self._text = page.text
        desk.hear(page.runner.ended, self.tell_what_to_review)
        desk.hear(page.text.review_wanted, self.review)
        desk.hear(desk.context.signals.played, self.light)

    def export(self, suffix: str, line_numbers: bool, own: bool) -> None:
        """Ask for a place and write the text of the recording chosen there."""
        row = self._queue.current
        if row is None:
            return
        context, page = self._desk.context, self._desk.page
        if own and not may_be_own(context, page, self._study):
            return
        title, name = t("Export the transcript"), row.source.title
        out = ask_place(
            self._desk.context, self._desk.page, title, name=name, suffix=f".{suffix}", own=own
        )
        if out is None:
            return
        source = row.source.id
        write_out(
            context,
            page,
            out,
            lambda study: study.exports.write(
                suffix,
                out,
                source_id=source,
                line_numbers=line_numbers,
                working_copy=own,
                replace=True,
            ),
            size=len(self._text.turns),
            elsewhere=lambda: self.export(suffix, line_numbers, own),
        )

    def light(self, source_id: str, ms: int) -> None:
        """Light the word that is said; below 0 none."""
        row = self._queue.current
        if self._desk.page.isVisible() and row is not None and row.source.id == source_id:
            self._text.view.text.sound.light(ms if ms >= 0 else None)

    def review(self) -> None:
        """Show the first observation of this recording that waits for review."""
        row = self._queue.current
        waiting = self._waiting(row.source.id) if row is not None else []
        if waiting:
            self._desk.context.signals.open_requested.emit("observation", waiting[0].observation.id)

    def tell_what_to_review(self, job_id: str) -> None:
        """Tell how many observations and memos of an earlier text could not be placed surely."""
        job = self._study.jobs.get(JobId(job_id))
        if job.state is not JobState.DONE:
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
        if adrift := len(self._study.memos.adrift(job.source_id)):
            said.append(
                plural(
                    adrift,
                    "One memo is on a turn that the new text does not have: see Memos.",
                    "{n} memos are on turns that the new text does not have: see Memos.",
                )
            )
        if said:
            self._desk.say(" ".join(said))

    def _waiting(self, source_id: SourceId) -> list[Passage]:
        query = Query(source_id=source_id, review=True)
        return self._study.passages.find(query)
