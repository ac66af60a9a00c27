"""The certificate of a withdrawal: what was done, for whom by code, and what nobody here can do.

It is made of what the study keeps of the withdrawal, so it can be written again at any time. It
never holds the person's name, nor their words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from workbench.domain import counts, typed
from workbench.domain.report import (
    Block,
    BulletList,
    Heading,
    Paragraph,
    ReportModel,
    Section,
    Table,
    cell,
    text,
)
from workbench.domain.report_parts import label
from workbench.domain.withdrawal import Deed, Fate, Kind, Withdrawal
from workbench.errors import UserError, Way
from workbench.services.door import Door, may_leave
from workbench.words import Phrase, plural, t

BEYOND: tuple[Phrase, ...] = (
    "reports, tables, transcripts and other files that were written or sent before",
    "copies of the study’s folder in other places, also those made by programs that synchronise",
    "the recordings and documents outside the study from which material was imported",
    "what special tools can find of deleted files, until the disk has written over it",
    "the name of the study’s folder and of the folders around it",
)
"""What the program cannot reach."""
ENDINGS = (".docx", ".txt")
_EACH = (Kind.SOUND, Kind.UNREADABLE, Kind.PICTURES, Kind.DOCUMENTS)
"""Places of which is said one by one what became of them."""


def certificate(
    withdrawal: Withdrawal, title: str, clean: Callable[[str], str] = str
) -> ReportModel:
    """Return the certificate of a withdrawal.

    Args:
        withdrawal: what the study keeps of it.
        title: of the study.
        clean: takes real names out of titles.
    """
    told = told_of(withdrawal)
    blocks: list[Block] = [
        Paragraph(text(t(withdrawal.deed.told)), "lead"),
        *_places(withdrawal.deed, told),
    ]
    if withdrawal.deed.erases:
        blocks += [*_files(told, clean), *_backups(told)]
    blocks += [*_reports(told), *_open(told), *_beyond(withdrawal.deed)]
    subtitle = (
        t("Person: {code}", code=withdrawal.code),
        t("Wish: {wish}", wish=t(withdrawal.deed.label)),
        t("Done: {day}", day=_when(withdrawal.at)),
        t("By: {coder}", coder=withdrawal.coder)
        if withdrawal.coder
        else t("By: no name is set (Settings, Coder)"),
    )
    section = Section("done", t("What was done"), tuple(blocks), new_page=False)
    return ReportModel(
        t("Certificate of withdrawal"), subtitle, (section,), kicker=clean(title), short=True
    )


def write(
    door: Door, model: ReportModel, out: Path, *, replace: bool = False, signed: str = ""
) -> Path:
    """Write a certificate as a Word document or as plain text, as the ending says.

    Args:
        door: of the study.
        model: the certificate.
        out: the file, ending in .docx or .txt.
        replace: whether somebody said that a file there may go.
        signed: who did it.

    Raises:
        UserError: `out` ends otherwise, or is no place for it.
        EnvironmentProblem: the folder cannot be written.
    """
    require(out, replace=replace)
    if out.suffix.lower() == ".txt":
        fill = partial(_write_plain, model)
        return door.leave(out, fill, replace=replace, signed=signed)
    from workbench.exchange.export_docx import export_docx  # loads slowly, needed rarely

    return door.leave(out, partial(export_docx, model), replace=replace, signed=signed)


def _write_plain(model: ReportModel, path: Path) -> None:
    path.write_text(plain(model), encoding="utf-8", newline="\n")


def require(out: Path, *, replace: bool = False) -> None:
    """Make sure that a certificate can be written there, before anything is erased.

    Raises:
        UserError: it cannot.
    """
    may_leave(out, replace=replace)
    if out.suffix.lower() not in ENDINGS:
        raise UserError(
            "certificate-ending",
            "“{file}” cannot be a certificate.",
            "Let its name end in .docx or .txt.",
            ways=(Way.CHOOSE,),
            file=out.name,
        )


def plain(model: ReportModel) -> str:
    """Return a certificate as plain text."""
    lines = [model.title, model.kicker, "", *model.subtitle, ""]
    for block in model.sections[0].blocks:
        match block:
            case Heading():
                lines += [block.text.upper()]
            case Paragraph():
                lines += [_words(block.runs), ""]
            case BulletList():
                lines += [*(f"– {_words(item)}" for item in block.items), ""]
            case Table():
                rows = [[_words(one.runs) for one in row] for row in block.rows]
                lines += [*("  ".join(filter(None, row)) for row in rows), ""]
    return "\n".join(lines)


def _places(deed: Deed, told: dict[str, Any]) -> list[Block]:
    held = told.get("places", {})
    each = _EACH if told.get("files") else ()
    rows = [
        (
            t(kind.label),
            str(held[kind]),
            t("see below") if kind in each else t(kind.becomes(deed)),
        )
        for kind in Kind
        if held.get(kind) and kind is not Kind.OPEN
    ]
    if not rows:
        return [Paragraph(text(t("The study held nothing of this person.")))]
    return [
        Table(
            (t("Place"), t("How many"), t("What was done")),
            tuple(tuple(map(cell, row)) for row in rows),
            t("Places in the study"),
            (0.5, 0.2, 0.3),
        )
    ]


def _files(told: dict[str, Any], clean: Callable[[str], str]) -> list[Block]:
    """Say of each recording and document what became of it."""
    items = [
        t(
            "“{title}”: {fate} ({why})" if one.get("why") else "“{title}”: {fate}",
            title=clean(str(one["title"])),
            fate=t(Fate(one["fate"]).told),
            why=t(str(one.get("why", ""))),
        )
        for one in told.get("files", [])
    ]
    if not items:
        return []
    return [Heading(2, t("Recordings and documents")), BulletList(tuple(map(text, items)))]


def _backups(told: dict[str, Any]) -> list[Block]:
    rewritten, removed = told.get("rewritten", []), told.get("removed", [])
    blocks: list[Block] = [Heading(2, t("Backups"))]
    if not rewritten and not removed:
        return [*blocks, Paragraph(text(t("There were none.")))]
    if rewritten:
        blocks += [
            Paragraph(text(t("Written anew, without what was erased:"))),
            BulletList(tuple(text(name) for name in rewritten)),
        ]
    if removed:
        blocks += [
            Paragraph(
                text(
                    t(
                        "Deleted: they are of an earlier version of the program, or damaged, and"
                        " cannot be written anew:"
                    )
                )
            ),
            BulletList(tuple(text(name) for name in removed)),
        ]
    return blocks


def _reports(told: dict[str, Any]) -> list[Block]:
    reports = told.get("reports", [])
    if not reports:
        return []
    items = [
        t(
            "{file}, written {day}: {numbers}",
            file=one["file"],
            day=_when(one["written_at"]),
            numbers=counts.listed(list(map(label, one["numbers"]))),
        )
        for one in reports
    ]
    return [
        Heading(2, t("Reports already written")),
        Paragraph(
            text(
                t(
                    "They were not changed. The study keeps the numbers of evidence for ever; those"
                    " named here rest on this person. Who holds such a report has to be told."
                )
            )
        ),
        BulletList(tuple(map(text, items))),
    ]


def _open(told: dict[str, Any]) -> list[Block]:
    much = told.get("places", {}).get(Kind.OPEN, 0)
    if not much:
        return []
    said = plural(
        much,
        "{n} place in which nobody can tell what is the person’s alone.",
        "{n} places in which nobody can tell what is the person’s alone.",
    )
    return [Heading(2, t("Left to the researchers")), Paragraph(text(said))]


def _beyond(deed: Deed) -> list[Block]:
    if not deed.erases:
        return []
    return [
        Heading(2, t("What the program cannot reach")),
        BulletList(tuple(text(t(one)) for one in BEYOND)),
    ]


def told_of(withdrawal: Withdrawal) -> dict[str, Any]:
    """Return what the study keeps of what was done; nothing where that is damaged."""
    try:
        found = json.loads(withdrawal.told)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _when(stamp: str) -> str:
    return typed.show_date(stamp[:10])


def _words(runs: Sequence[object]) -> str:
    return "".join(str(getattr(run, "text", "")) for run in runs)


__all__ = ["BEYOND", "ENDINGS", "certificate", "plain", "require", "told_of", "write"]
