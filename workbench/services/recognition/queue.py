"""The order in which recordings are recognised, and letting all of them rest."""

from __future__ import annotations

from workbench.domain.change import Op
from workbench.domain.ids import JobId
from workbench.domain.jobs import UNFINISHED, Job, JobState
from workbench.services.desk import Desk
from workbench.services.materials.materials import Materials


class Queue:
    """The unfinished jobs of one study, in order."""

    def __init__(self, desk: Desk, materials: Materials) -> None:
        self._desk = desk
        self._rows = desk.tables.job
        self._materials = materials

    def unfinished(self) -> list[Job]:
        """Return the jobs that wait, run or pause, in order."""
        return self._rows.select(state=list(UNFINISHED), order="position")

    def waiting(self) -> list[Job]:
        """Return the unfinished jobs whose recordings are not in the bin, in order."""
        there = {source.id for source in self._materials.sources()}
        return [job for job in self.unfinished() if job.source_id in there]

    def end(self) -> int:
        """Return the position behind all jobs."""
        return max((job.position for job in self._rows.select()), default=-1) + 1

    def first(self, job_id: JobId) -> None:
        """Put a job at the head of the queue."""
        ahead = min((job.position for job in self._rows.select()), default=0)
        with self._desk.step(Op.EDIT_JOB, merge_key=job_id):
            self._rows.change(job_id, position=ahead - 1)

    def place(self, job_id: JobId, place: int) -> None:
        """Put an unfinished job at a place of the queue, 0 = the head; others make room."""
        queue = self.waiting()
        positions = [job.position for job in queue]
        job = next((job for job in queue if job.id == job_id), None)
        if job is None:
            return
        queue.remove(job)
        queue.insert(max(0, place), job)
        with self._desk.step(Op.EDIT_JOB):
            for other, position in zip(queue, positions, strict=True):
                if other.position != position:
                    self._rows.change(other.id, position=position)

    def move(self, job_id: JobId, by: int) -> None:
        """Move an unfinished job up (−1) or down (1) in the queue; the ends stop it."""
        ids = [job.id for job in self.waiting()]
        if job_id in ids:
            self.place(job_id, ids.index(job_id) + by)

    def pause_all(self) -> None:
        """Let all jobs rest that wait; those that run are paused by whoever runs them."""
        self._enter_all(JobState.WAITING, JobState.PAUSED)

    def resume_all(self) -> None:
        """Let all jobs go on that rest."""
        self._enter_all(JobState.PAUSED, JobState.WAITING)

    def _enter_all(self, old: JobState, new: JobState) -> None:
        with self._desk.step(Op.EDIT_JOB):
            for job in self.waiting():
                if job.state is old:
                    self._rows.change(job.id, state=new)
