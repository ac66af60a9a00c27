"""The rows of the list at the left: what there is to read, and how far it is."""

from __future__ import annotations

from ui.i18n import plural, t
from ui.views.widgets.side_list import SideRow
from workbench.domain.figures import clock
from workbench.domain.ids import SourceId
from workbench.domain.jobs import UNFINISHED, Job, JobState
from workbench.domain.materials import Session, Source, by_method
from workbench.domain.passage import Passage, Query
from workbench.study import Study

REVIEW = "review/"  # what the id of a waiting observation begins with


def material_rows(study: Study) -> list[SideRow]:
    """Return all sources under their method, and what waits for review."""
    facts = _Facts(study)
    of_session: dict[str, list[Source]] = {}
    for source in study.materials.sources():
        of_session.setdefault(source.session_id, []).append(source)
    rows: list[SideRow] = []
    filled = [session for session in study.materials.sessions() if session.id in of_session]
    for method, sessions in by_method(filled):
        rows.append(SideRow("", t(method.plural), str(len(sessions))))
        for session in sessions:
            sources = of_session[session.id]
            rows += [facts.row(session, source, alone=len(sources) == 1) for source in sources]
    return rows + _review_rows(study)


class _Facts:
    """What the notes say, read once for all rows."""

    def __init__(self, study: Study) -> None:
        self._study = study
        self._jobs: dict[SourceId, Job] = {job.source_id: job for job in study.jobs.all()}
        self._counts = study.observations.per_source()

    def row(self, session: Session, source: Source, *, alone: bool) -> SideRow:
        mark, note = self._state(source)
        return SideRow(source.id, session.title if alone else source.title, note, mark)

    def _state(self, source: Source) -> tuple[str, str]:
        job = self._jobs.get(source.id)
        if job and job.state in UNFINISHED:
            return "accent", _progress(job)
        count = self._counts.get(source.id, 0)
        length = clock(source.duration_ms) if source.duration_ms is not None else ""
        facts = " · ".join(part for part in (length, str(count) if count else "") if part)
        if self._study.transcripts.of_source(source.id) is None:
            return "ring", t("new")
        if job and job.state is JobState.FAILED:
            return "bad", facts
        return "good", facts


def _progress(job: Job) -> str:
    if job.state is JobState.WAITING or not job.total_ms:
        return t("waiting")
    return t("{share} %", share=min(100, 100 * job.done_ms // job.total_ms))


def _review_rows(study: Study) -> list[SideRow]:
    waiting = study.passages.find(Query(review=True))
    if not waiting:
        return []
    heading = SideRow(
        "", plural(len(waiting), "To place again", "To place again"), str(len(waiting))
    )
    return [heading, *(_review_row(passage) for passage in waiting)]


def _review_row(passage: Passage) -> SideRow:
    words = " ".join(passage.observation.words.split())
    return SideRow(REVIEW + passage.observation.id, f"“{words}”", mark="warn")
