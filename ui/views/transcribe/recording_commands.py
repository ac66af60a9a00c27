"""What is done with recordings to have their words: one by one, or all that have none yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ui.actions import Action
from ui.bridge.jobs import JobRunner
from ui.i18n import Phrase, plural, t
from ui.views.desk import Desk
from ui.views.transcribe.queue import Recording, recordings
from ui.views.transcribe.text_pane import language_name
from ui.views.while_open import WhileOpen
from workbench.domain.ids import JobId
from workbench.domain.jobs import JobState
from workbench.services.consent.objecting import joined

if TYPE_CHECKING:
    from ui.views.transcribe.workspace import TranscribeWorkspace

_MENU, _KEY = "Transcribe", "transcribe"
RECORDINGS: WhileOpen[TranscribeWorkspace, RecordingCommands]
RECORDINGS = WhileOpen(lambda it: it.work.recordings if it.work else None)

ALL: Action[TranscribeWorkspace] = Action(
    "transcribe.all",
    "Transcribe all",
    _MENU,
    shortcut="Ctrl+Shift+T",
    icon="audio-lines",
    context=_KEY,
    run=RECORDINGS.run(lambda it: it.transcribe_all()),
    enabled=RECORDINGS.can(lambda it: it.can_transcribe_all()),
)


def _of_job(
    name: str,
    title: Phrase,
    icon: str,
    run: Callable[[RecordingCommands], object],
    *states: JobState | None,
) -> Action[TranscribeWorkspace]:
    return Action(f"transcribe.{name}", title, _MENU, icon=icon, context=_KEY,
                  run=RECORDINGS.run(run),
                  enabled=RECORDINGS.can(lambda it: it.is_in(states)), group=1)  # fmt: skip


OF_JOB = (
    _of_job("start", "Transcribe this recording", "audio-lines", lambda it: it.start(),
            None, JobState.DONE),
    _of_job("pause", "Pause", "pause", lambda it: it.on_job(it.runner.pause),
            JobState.WAITING, JobState.RUNNING),
    _of_job("resume", "Go on", "play", lambda it: it.on_job(it.runner.resume), JobState.PAUSED),
    _of_job("cancel", "Cancel", "x", lambda it: it.on_job(it.runner.cancel),
            JobState.WAITING, JobState.RUNNING, JobState.PAUSED),
    _of_job("retry", "Try again", "refresh-cw", lambda it: it.on_job(it.runner.retry),
            JobState.FAILED, JobState.CANCELLED),
    _of_job("first", "Do this one first", "chevron-up", lambda it: it.on_job(it.runner.first),
            JobState.WAITING),
)  # fmt: skip


class RecordingCommands:
    """Carries them out.

    Args:
        desk: the study, and the page with its recordings.
    """

    runner: JobRunner  # declared here, since the actions ask for it

    def __init__(self, desk: Desk[TranscribeWorkspace]) -> None:
        page = desk.page
        self.runner = page.runner
        self._desk = desk
        self._study = desk.study
        self._queue = page.queue
        self._choices = page.choices
        self._text = page.text
        desk.hear(page.all_button.clicked, self.transcribe_all)
        desk.hear(page.text.language_wanted, self.start)

    def transcribe_all(self) -> None:
        """Put every recording without a text into the queue, and let failed ones go on."""
        new, refused = [], []
        for row in self.untranscribed():
            if (why := self._study.jobs.refusal(row.source.id)) is not None:
                refused.append(why)
                continue
            new.append(row)
            if row.job is None:
                self._choices.add_job(self._study, row.source.id)
            else:
                self.runner.retry(row.job.id)
        if new:
            self._queue.select(new[0].source.id)
            self._desk.say(
                plural(len(new), "One recording is in the queue.", "{n} recordings in the queue.")
            )
        if refused:
            self._desk.context.tell(self._desk.page, joined(refused))

    def can_transcribe_all(self) -> bool:
        """Tell whether there is a recording without a text."""
        return self._desk.can_change and bool(self.untranscribed())

    def start(self, language: str = "") -> None:
        """Transcribe the recording chosen.

        Args:
            language: in which it is to be heard; "" = as it is chosen.
        """
        row = self._queue.current
        if row is not None:
            self._start(row, language)

    def on_job(self, do: Callable[[JobId], object]) -> None:
        """Do something with the job of the recording chosen."""
        row = self._queue.current
        if row is not None and row.job is not None:
            do(row.job.id)

    def open_in_code(self) -> None:
        """Go on with the recording where it is coded."""
        row = self._queue.current
        if row is not None:
            self._desk.context.actions.trigger("view.code")
            self._desk.context.signals.open_requested.emit("source", row.source.id)

    def is_in(self, states: Sequence[JobState | None]) -> bool:
        """Tell whether the recording chosen is in one of some states; `None` = it has no job."""
        row = self._queue.current
        if row is None or not self._desk.can_change:
            return False
        return (row.job.state if row.job else None) in states

    def untranscribed(self) -> list[Recording]:
        """Return the recordings without a text, and those whose job failed or was cancelled."""
        again = (JobState.FAILED, JobState.CANCELLED)
        texts = self._study.transcripts.present()
        return [
            row
            for row in recordings(self._study, self.runner)
            if (row.job is None and row.source.id not in texts)
            or (row.job is not None and row.job.state in again)
        ]

    def _start(self, row: Recording, language: str) -> None:
        name = language_name(language) if language else ""
        if self._text.turns and not self._desk.context.dialogs.confirm(
            self._desk.page,
            t("Transcribe “{title}” again in {language}?", title=row.source.title, language=name)
            if language
            else t("Transcribe “{title}” again?", title=row.source.title),
            detail=t(
                "The new text takes the place of this one when its first words arrive. "
                "Observations are placed again on their words."
            ),
            accept=t("Transcribe again"),
        ):
            return
        same = self._study.jobs.translates(row.job) if language and row.job else None
        self._choices.add_job(self._study, row.source.id, language, translate=same)
