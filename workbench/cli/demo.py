"""The main job on the sample study: recordings, transcripts, observations, journey, report."""

from __future__ import annotations

from argparse import Namespace
from itertools import chain, count
from pathlib import Path

from workbench.cli import output
from workbench.cli.recognition import Desk, recognise
from workbench.domain.materials import SourceKind
from workbench.domain.observation import Placement
from workbench.errors import UserError
from workbench.sample import SampleStudy
from workbench.study import SUFFIX, Study, with_suffix

_MODEL = "base"


def demo(asked: Namespace) -> None:
    """Make the sample study, or go on with one that was interrupted, and write its report."""
    sample = SampleStudy()
    folder = with_suffix(asked.out or Path.home() / "Workbench" / f"{sample.title}{SUFFIX}")
    with _open(folder, sample) as study, Desk() as desk:
        for source in study.materials.sources():
            transcript = study.transcripts.of_source(source.id)
            job = study.jobs.of_source(source.id)
            done = transcript is not None and (job is None or job.state.value == "done")
            if source.kind is SourceKind.TEXT or done:
                continue
            speakers = sample.speakers_of(study, source.id)
            recognise(study, source.id, model=_MODEL, speakers=speakers, desk=desk)
            sample.name_voices(study, source.id)
        written = study.reports.write(_free(folder.with_suffix(".docx")))
        _tell(asked, study, written)


def _open(folder: Path, sample: SampleStudy) -> Study:
    if not (folder / "study.sqlite").exists():
        study = Study.create(folder, title=sample.title)
        try:
            sample.load(study)
        except BaseException:
            study.close()
            raise
        return study
    study = Study.open(folder)
    if study.title != sample.title:
        study.close()
        raise UserError(
            "not-the-sample",
            "“{folder}” holds another study.",
            "Name another folder with --out.",
            folder=folder,
        )
    return study


def _free(out: Path) -> Path:
    """Return the place beside the study, or one numbered: a report that is there may be edited."""
    numbered = (out.with_name(f"{out.stem} {number}{out.suffix}") for number in count(2))
    return next(path for path in chain([out], numbered) if not path.exists())


def _tell(asked: Namespace, study: Study, report: Path) -> None:
    passages = study.passages.find()
    placed = sum(row.observation.placement is Placement.PLACED for row in passages)
    if asked.json:
        output.data(
            {
                "study": study.folder,
                "report": report,
                "observations": len(passages),
                "placed": placed,
            }
        )
        return
    output.line(
        "Observations that stand on their words: {placed} of {all}",
        placed=placed,
        all=len(passages),
    )
    output.line("Study:  {folder}", folder=study.folder)
    output.line("Report: {report}", report=report)
