"""The commands on a study, one function each."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from workbench.cli import naming, output, sounding, trying
from workbench.cli.doors import coder, keeping_numbers, leaving, reading, writing
from workbench.cli.recognition import Recognised, end, recognise_all
from workbench.cli.refusals import Refusals
from workbench.domain.codebook import Counts, in_tree
from workbench.domain.jobs import JobState
from workbench.domain.materials import Source, SourceKind
from workbench.domain.quoting import WORKING_COPY
from workbench.domain.vocabulary import terms_of
from workbench.errors import UserError, WorkbenchError
from workbench.sample import SampleStudy
from workbench.services.history.chronicle import Told
from workbench.services.history.unsaying import Unsaid
from workbench.services.keeping import clouds
from workbench.study import EVERY_STEP, Study
from workbench.words import Phrase, counted, plural, t

Command = Callable[[Namespace], None]


def new(asked: Namespace) -> None:
    """Make a study."""
    with Study.create(asked.path, coder=coder(asked)) as study:
        if asked.sample:
            SampleStudy().load(study)
        if asked.json:
            output.data({"study": study.folder, "title": study.title})
        else:
            output.line("Made “{title}” at {folder}", title=study.title, folder=study.folder)
        if told := clouds.explained(study.folder):
            output.progress(str(told))


def transcribe(asked: Namespace) -> None:
    """Recognise one recording, or all that have no transcript yet."""
    if asked.trial is not None:
        trying.compare(asked)
        return
    with writing(asked) as study:
        if asked.source is not None:
            wanted = [naming.source(study, asked.source)]
        else:
            wanted = [row for row in study.materials.sources() if _waits(study, row)]
        study.materials.expect({row.session_id for row in wanted}, terms_of(asked.vocabulary))
        results, refused = recognise_all(
            study,
            [source.id for source in wanted],
            model=asked.model,
            language=asked.language,
            speakers=asked.speakers,
            translate=asked.translate,
            track=asked.track,
        )
        if asked.json:
            output.data(results)
        else:
            for result in results:
                output.row(_outcome(result))
            if not wanted:
                output.line("Nothing to transcribe: every recording has its transcript.")
    end(refused)


def show(asked: Namespace) -> None:
    """Print the whole study as JSON."""
    with reading(asked) as study:
        shown = study.show()
        output.progress(t(WORKING_COPY))
        output.data(shown)


def report(asked: Namespace) -> None:
    """Write the report, as the ending of its file says."""
    with leaving(asked, keeping_numbers(asked)) as study:
        written = study.reports.write(
            asked.out, kind=asked.kind, audience=asked.audience, replace=asked.force
        )
        provisional = study.reports.provisional()
        if asked.json:
            output.data(
                {"report": written, "listed": not study.read_only, "provisional": provisional}
            )
        else:
            output.line("Wrote {written}", written=written)


def export(asked: Namespace) -> None:
    """Write transcripts or data in another format."""
    sounding.require_sound(asked)
    with leaving(asked) as study:
        if asked.format == "sound":
            sounding.export(asked, study)
            return
        source = naming.source(study, asked.source).id if asked.source is not None else None
        written = study.exports.write(
            asked.format,
            asked.out,
            source_id=source,
            line_numbers=asked.line_numbers,
            working_copy=asked.working_copy,
            replace=asked.force,
        )
        if asked.working_copy or asked.format == "json":
            output.progress(t(WORKING_COPY))
        if asked.json:
            output.data({"file": written})
        else:
            output.line("Wrote {written}", written=written)


def codebook(asked: Namespace) -> None:
    """List the codes, write them to a file, or take more in."""
    refusals = Refusals()
    if asked.export is not None:
        with leaving(asked) as study:
            written = study.codebook_files.write(asked.export, replace=asked.force)
            output.answer(asked, {"file": written}, "Wrote {written}", written=written)
        return
    with writing(asked) if asked.files or asked.starter is not None else reading(asked) as study:
        if asked.files:
            new = study.codebook_files.read_all(asked.files, on_refused=refusals.add)
            more = {"refused": refusals.data()} if refusals.found else {}
            output.answer(asked, {"new": new, **more}, "New codes: {new}", new=new)
        elif asked.starter is not None:
            new = study.codebook_files.begin_with(asked.starter)
            output.answer(asked, {"new": new}, "New codes: {new}", new=new)
        elif asked.json:
            output.data(study.codebook.codes())
        else:
            counts = study.codebook.use.counts()
            for code, depth in in_tree(study.codebook.codes()):
                used = counts.get(code.id, Counts())
                name = "  " * depth + code.name
                people = plural(used.people, "{n} person", "{n} people")
                mentions = plural(used.mentions, "{n} mention", "{n} mentions")
                output.row(f"{name}  {mentions}, {people}")
    refusals.end(len(asked.files) - len(refusals.found))


def undo(asked: Namespace) -> None:
    """Undo the newest step."""
    with writing(asked) as study:
        told, unsaid = study.next_undo, study.unsaying.by_undo()
        unsaid.require(meant=asked.unsay)
        study.undo()
        _tell_step(asked, "undone", told, unsaid)


def redo(asked: Namespace) -> None:
    """Bring back the step undone last."""
    with writing(asked) as study:
        told, unsaid = study.next_redo, study.unsaying.by_redo()
        unsaid.require(meant=asked.unsay)
        study.redo()
        _tell_step(asked, "redone", told, unsaid)


def history(asked: Namespace) -> None:
    """List what was done, newest first, or go back to a step of it."""
    if asked.back_to is not None:
        _rewind(asked)
        return
    with reading(asked) as study:
        steps, printed = study.history(), study.exports.chronicle
        if asked.json:
            output.data(steps)
            return
        for step in steps:
            note = f"  ({t(_STATES[step.state])})" if step.state in _STATES else ""
            told = ": ".join(filter(None, (t(step.op.label), printed.about(step))))
            output.row(f"{step.id:>6}  {step.at}  {step.coder or '–'}  {told}{note}")


_STATES: dict[str, Phrase] = {"undone": "undone", "sealed": "sealed", "broken": "broken"}


def _rewind(asked: Namespace) -> None:
    with writing(asked) as study:
        if asked.back_to not in {step.id for step in study.history(EVERY_STEP)}:
            raise UserError(
                "step-unknown",
                "The history has no step {number}.",
                "“workbench history” lists the steps with their numbers.",
                number=asked.back_to,
            )
        unsaid = study.unsaying.by_rewind(asked.back_to)
        unsaid.require(meant=asked.unsay)
        played = study.rewind(asked.back_to)
        said = t("Steps undone or redone: {n}", n=played)
        output.answer(asked, {"steps": played, "consent": _changes(unsaid)}, unsaid.told(said))


def check(asked: Namespace) -> None:
    """Make sure that a study is whole.

    Raises:
        UserError: something serious is wrong.
    """
    with writing(asked) if asked.mend or asked.find else reading(asked) as study:
        if asked.find:
            _bring_back(study, asked.find)
        mended = study.keeping.mend() if asked.mend else None
        problems = study.check()
    if mended is not None:
        output.progress(
            "Put right: {rows}, {pointers}, {files}.",
            rows=plural(mended.rows, "{n} row", "{n} rows"),
            pointers=plural(mended.pointers, "{n} pointer to nothing", "{n} pointers to nothing"),
            files=plural(
                len(mended.files), "{n} file that nobody used", "{n} files that nobody used"
            ),
        )
    if asked.json:
        output.data(problems)
    else:
        for problem in problems:
            output.row(f"{problem.code}: {problem.text}")
    serious = [problem for problem in problems if problem.serious]
    if serious:
        raise UserError(
            "study-problems",
            counted(len(serious), "The study has {n} problem.", "The study has {n} problems."),
            "“--mend” puts right what can be, “--find FILE” copies missing files back. Or go back"
            " to a backup with “workbench backups”.",
        )
    if not asked.json:
        output.line("The study is whole.")


def _bring_back(study: Study, files: Sequence[Path]) -> None:
    """Copy missing files back, and end with what keeps one out when the others are there again."""
    refused: list[WorkbenchError] = []
    for source in study.keeping.lost.bring_back(
        files, on_refused=lambda _path, why: refused.append(why)
    ):
        output.progress("The file of “{title}” is there again.", title=source.title)
    if refused:
        *others, last = refused
        for why in others:
            output.progress(str(why))
        raise last


def _waits(study: Study, source: Source) -> bool:
    """Tell whether a recording still has to be recognised, or was not to its end."""
    if source.kind is SourceKind.TEXT:
        return False
    job = study.jobs.of_source(source.id)
    if job is not None:
        return job.state is not JobState.DONE
    transcript = study.transcripts.of_source(source.id)
    return transcript is None or not study.transcripts.turns(transcript.id)


def _outcome(result: Recognised) -> str:
    if result.turns:
        return plural(
            result.turns,
            "“{title}” is transcribed: {n} turn.",
            "“{title}” is transcribed: {n} turns.",
            title=result.title,
        )
    return t(
        "No speech was found in “{title}”. Listen to it; if somebody speaks, import a louder"
        " recording.",
        title=result.title,
    )


def _tell_step(asked: Namespace, verb: str, told: Told | None, unsaid: Unsaid) -> None:
    if asked.json:
        about = told.about if told else None
        label = told.label if told else None
        output.data({verb: label, "about": about, "consent": _changes(unsaid)})
    elif told:
        said = t("Undone: {step}" if verb == "undone" else "Redone: {step}", step=told.sentence)
        output.row(unsaid.told(said))
    elif verb == "undone":
        output.line("Nothing to be undone.")
    else:
        output.line("Nothing to be redone.")


def _changes(unsaid: Unsaid) -> list[str]:
    return [one.sentence for one in unsaid.turned]
