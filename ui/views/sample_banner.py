"""The sample study gets its words: queues its recordings and says so, until all are recognised."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ui.bridge.jobs import model_for
from ui.context import AppContext
from ui.i18n import plural, t
from ui.opening import Turn
from ui.views.widgets.banner import Banner
from workbench.domain.jobs import JobState
from workbench.domain.observation import Placement
from workbench.sample import SampleStudy

if TYPE_CHECKING:
    from workbench.domain.change import ChangeSet
    from workbench.domain.jobs import Job
    from workbench.study import Study

_NEEDED = "base"  # the model with which the voices of the sample are known by their phrases
_ENDED = (JobState.FAILED, JobState.CANCELLED)


class SampleBanner(Banner):
    """Stands there while the recordings of the sample study become text.

    Args:
        context: everything the window shares.
    """

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.icons)
        self._context = context
        self._study: Study | None = None
        self.closed.connect(self._leave)
        context.opening.at(Turn.FRAME, self, self._on_study, partial(self._on_study, None))
        context.signals.changed.connect(self._on_changed)
        context.signals.models_changed.connect(self._begin)
        if context.jobs is not None:
            context.jobs.progressed.connect(lambda _job: self._show())

    def _on_study(self, study: Study | None) -> None:
        ours = self._context.sample is not None and study is not None and not study.read_only
        self._study = study if ours and study and SampleStudy().is_in(study) else None
        self.hide()
        self._begin()

    def _begin(self) -> None:
        """Queue what has no words yet; somebody who has stopped a recording is not asked again."""
        study = self._study
        if study is None:
            return
        installed = [choice.name for choice in self._context.models()]
        if installed:
            model = _NEEDED if _NEEDED in installed else model_for(self._context)
            SampleStudy().queue(study, model)
        if not installed and SampleStudy().without_words(study):
            self.say(
                t("The recordings of the sample have no words yet, since no speech model is"
                  " installed here. Install one, and they are recognised at once."),
                t("Install a model…"), "tools.models",
            )  # fmt: skip
        elif study.jobs.queue.waiting():
            self._show()

    def _on_changed(self, changes: ChangeSet) -> None:
        if self.isVisible() and changes.touches("job"):
            self._show()

    def _show(self) -> None:
        study = self._study
        if study is None:
            return
        jobs = list(study.jobs.newest().values())
        done = sum(job.state is JobState.DONE for job in jobs)
        if any(job.state in _ENDED for job in jobs):
            self.say(
                t("A recording of the sample has stopped before its end. Transcribe says why, and"
                  " goes on with it."),
                t("Show"), "view.transcribe",
            )  # fmt: skip
        elif done < len(jobs):
            percent = self._percent(study, jobs)
            self.say(
                t("The recordings of the sample are being recognised on this computer; how"
                  " long that takes depends on it. Then the observations fall into place."
                  " {done} of {all} done · {percent} %",
                  done=done, all=len(jobs), percent=percent)
                if percent
                else t("The recordings of the sample are being recognised on this computer; how"
                       " long that takes depends on it. Then the observations fall into place."
                       " {done} of {all} done",
                       done=done, all=len(jobs)),
                t("Watch"), "view.transcribe",
            )  # fmt: skip
        elif self.isVisible():
            found = study.passages.find()
            placed = sum(one.observation.placement is Placement.PLACED for one in found)
            self.say(
                plural(placed,
                       "The recordings have their words; one observation stands on them.",
                       "The recordings have their words; {n} observations stand on them."),
                t("Open Code"), "view.code",
            )  # fmt: skip

    def _percent(self, study: Study, jobs: list[Job]) -> int:
        """Return how much of all recordings has its words, as said by their lengths.

        A job knows how long its recording is only when it has begun, so the recordings are asked.
        """
        lengths = {one.id: one.duration_ms or 0 for one in study.materials.sources()}
        whole = sum(lengths.get(job.source_id, 0) for job in jobs)
        heard = sum(self._heard(job) * lengths.get(job.source_id, 0) for job in jobs)
        return min(99, int(100 * heard / whole)) if whole else 0

    def _heard(self, job: Job) -> float:
        """Return the share of a recording that is recognised; before and after is no part of it."""
        runner = self._context.jobs
        now = runner.progress(job.id) if runner is not None else None
        if job.state is JobState.DONE or (now is not None and now.stage in {"speakers", "again"}):
            return 1
        known = now is not None and now.stage == "recognising" and now.total_ms
        return now.done_ms / now.total_ms if now is not None and known else 0

    def _leave(self) -> None:
        self._study = None
