"""The command that brings files in: as sources of their own, or as transcripts of recordings."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from workbench.cli import columns, naming, output
from workbench.cli.doors import writing
from workbench.cli.refusals import Refusals
from workbench.domain import figures
from workbench.domain.change import Op
from workbench.domain.materials import Source
from workbench.domain.survey import SurveyColumns
from workbench.errors import UserError, WorkbenchError
from workbench.exchange import registry
from workbench.exchange.registry import Document
from workbench.services.files import chosen, intake
from workbench.study import Study
from workbench.words import plural, t

_Transcript = tuple[Path, Source | None, Document]


def add_options(parser: ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("--keep-both", action="store_true", help="import what is there already")
    parser.add_argument(
        "--refused-too", action="store_true",
        help="also recordings of people who want none; they are not transcribed",
    )  # fmt: skip
    parser.add_argument(
        "--attach", action="store_true",
        help="make transcripts the text of recordings with the same name",
    )  # fmt: skip
    parser.add_argument("--attach-to", metavar="ID", help="make one file the text of a recording")
    parser.add_argument(
        "--replace", metavar="ID", help="take one file as the new version of a document"
    )
    columns.add_options(parser)


def import_files(asked: Namespace) -> None:
    """Copy files into a study, or attach transcripts to its recordings.

    A file that is refused keeps no other out; it is told, and the command ends with 1.
    """
    refusals = Refusals()
    if asked.list_columns:
        columns.show(asked, chosen.files_in(asked.files, on_refused=refusals.add), refusals)
        return
    with writing(asked) as study:
        if asked.replace:
            _replace(study, asked)
            return
        asked.files = chosen.files_in(asked.files, on_refused=refusals.add)
        attaching = _to_attach(study, asked, refusals)
        taken = {path for path, *_ in attaching}
        paths = [path for path in asked.files if path not in taken | refusals.paths]
        wanted = columns.wanted(study, asked, paths, refusals)
        paths = [path for path in paths if path not in refusals.paths]
        with study.step(Op.IMPORT_MATERIAL if paths else Op.ATTACH_TRANSCRIPT):
            sources = _import(study, asked, paths, wanted, refusals)
            results = _attach_all(study, attaching, refusals)
        if asked.json:
            _print_data(sources, results, refusals, attached=bool(attaching))
        else:
            for source in sources:
                length = f", {figures.clock(source.duration_ms)}" if source.duration_ms else ""
                output.row(f"{source.id}  {source.title} ({source.kind}{length})")
            for result in results:
                output.line(
                    "“{file}” is now the transcript of “{title}”.",
                    file=result["file"],
                    title=result["title"],
                )
        _offer(study, [path for path in paths if path not in refusals.paths])
    refusals.end(len(sources) + len(results))


def _to_attach(study: Study, asked: Namespace, refusals: Refusals) -> list[_Transcript]:
    """Return the transcripts that can be read, each with its recording if that is known already."""
    found: list[tuple[Path, Source | None]] = []
    if asked.attach_to:
        found = [(_only(asked, "--attach-to"), naming.source(study, asked.attach_to))]
    elif asked.attach:
        found = [(path, None) for path in asked.files if _has_recording(study, asked, path)]
    readable = []
    for path, source in found:
        try:
            readable.append((path, source, intake.read(path)))
        except WorkbenchError as problem:
            refusals.add(path, problem)
    return readable


def _print_data(
    sources: list[Source],
    results: list[dict[str, Any]],
    refusals: Refusals,
    *,
    attached: bool,
) -> None:
    """Print the sources alone as ever, unless there is more to tell."""
    more: dict[str, Any] = {"attached": results} if attached else {}
    if refusals.found:
        more["refused"] = refusals.data()
    output.data({"sources": sources, **more} if more else sources)


def _replace(study: Study, asked: Namespace) -> None:
    source, path = naming.source(study, asked.replace), _only(asked, "--replace")
    refusals = Refusals()
    wanted = columns.wanted(study, asked, [path], refusals)
    refusals.end(0)
    done = study.versions.replace(source.id, path, wanted.get(path))
    for note in done.notes:
        _note(path.name, note)
    if done.in_review:
        _note(
            path.name,
            plural(done.in_review, "{n} observation to review.", "{n} observations to review."),
        )
    if asked.json:
        output.data({"file": path.name, "title": source.title, **asdict(done)})
    else:
        output.line("“{name}” is now the text of “{title}”.", name=path.name, title=source.title)


def _import(
    study: Study,
    asked: Namespace,
    paths: Sequence[Path],
    wanted: dict[Path, SurveyColumns],
    refusals: Refusals,
) -> list[Source]:
    if not paths:
        return []
    return study.imports.take_in(
        paths,
        method=asked.method,
        people=naming.people(study, asked.person),
        title=asked.title,
        columns=wanted,
        keep_both=asked.keep_both,
        refused_too=asked.refused_too,
        on_note=_note,
        on_refused=refusals.add,
    )


def _attach_all(
    study: Study, attaching: Sequence[_Transcript], refusals: Refusals
) -> list[dict[str, Any]]:
    results = []
    for path, known, document in attaching:
        source = known or study.imports.recording_for(path)
        if source is None:
            refusals.add(
                path,
                UserError(
                    "attach-nothing",
                    "No recording goes with “{file}”.",
                    "Import its recording first, or use “--attach-to ID”.",
                    file=path.name,
                ),
            )
            continue
        try:
            results.append(_attach(study, source, path, document))
        except UserError as problem:
            refusals.add(path, problem)
    return results


def _attach(study: Study, source: Source, path: Path, document: Document) -> dict[str, Any]:
    done = study.imports.attach(source.id, path, document)
    for note in done.notes:
        _note(path.name, note)
    if done.in_review:
        _note(
            path.name,
            plural(done.in_review, "{n} observation to review.", "{n} observations to review."),
        )
    return {"file": path.name, "title": source.title, **asdict(done)}


def _has_recording(study: Study, asked: Namespace, path: Path) -> bool:
    """Tell whether a recording of the same name is in the study or comes in just now."""
    if not registry.is_document(path):
        return False
    stems = {path.stem.casefold(), Path(path.stem).stem.casefold()}
    coming = {p.stem.casefold() for p in asked.files if not registry.is_document(p)}
    return not stems.isdisjoint(coming) or study.imports.recording_for(path) is not None


def _offer(study: Study, paths: Sequence[Path]) -> None:
    """Say that what came in as a text of its own might belong to a recording."""
    for path in paths:
        source = study.imports.recording_for(path)
        if source is not None:
            _note(
                path.name,
                t(
                    "It has the name of the recording “{title}”. If it is its transcript, “undo”"
                    " this import and use “--attach-to {id}”.",
                    title=source.title,
                    id=source.id,
                ),
            )


def _only(asked: Namespace, option: str) -> Path:
    if len(asked.files) != 1:
        raise UserError("usage", "“{option}” takes one file.", "Give one file.", option=option)
    found: Path = asked.files[0]
    return found


def _to_review(n: int) -> str:
    return plural(n, "{n} observation to review.", "{n} observations to review.")


def _note(name: str, note: str) -> None:
    output.progress("{name}: {note}", name=name, note=note)
