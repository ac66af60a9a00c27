"""`workbench transcribe --try`: what another model would bring for a recording."""

from __future__ import annotations

from argparse import Namespace

from workbench.cli import naming, output
from workbench.cli.doors import reading
from workbench.domain.figures import clock, rounded
from workbench.domain.materials import Source
from workbench.domain.quoting import WORKING_COPY
from workbench.domain.trial import Comparison, Tried
from workbench.errors import UserError
from workbench.speech.models import BASE, ModelStore
from workbench.study import Study
from workbench.words import t


def compare(asked: Namespace) -> None:
    """Let two models hear one minute of a recording, and print both."""
    with reading(asked) as study:
        if asked.source is None:
            raise UserError(
                "usage",
                "“--try” needs to know which recording is meant.",
                "Name it with --source; --help lists what there is.",
            )
        source = naming.source(study, asked.source)
        present = asked.model or _present(study, source)
        other = asked.trial or ModelStore().larger(present)
        trial = study.recognition.trial(
            source.id, present, other, language=asked.language or "auto"
        )
        try:
            found = trial.run(lambda model: output.progress("Trying “{model}” …", model=model))
        finally:
            study.recognition.forget_sound()
    output.progress(t(WORKING_COPY))
    if asked.json:
        output.data(found)
    else:
        _show(source, found)


def _present(study: Study, source: Source) -> str:
    """Return the model that a recording was transcribed with, else the one that is used first."""
    job = study.jobs.of_source(source.id)
    return job.model if job is not None else BASE


def _show(source: Source, found: Comparison) -> None:
    begin, end = clock(found.start_ms), clock(found.end_ms)
    output.line("“{title}”, {start}–{end}", title=source.title, start=begin, end=end)
    for tried in (found.present, found.other):
        output.line(
            "{model}: {sure} % sure of {n} words; {minutes} min for those of the whole recording",
            model=tried.model,
            sure=tried.sure_percent,
            n=tried.words,
            minutes=_minutes(tried),
        )
        output.row(f"    {tried.text}")
    output.line("They differ in {n} words.", n=found.differing)


def _minutes(tried: Tried) -> str:
    return rounded(tried.whole_s / 60, 1 if tried.whole_s < 600 else 0)
