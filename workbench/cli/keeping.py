"""`workbench bin` and `workbench backups`: the ways back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from workbench.cli import output
from workbench.cli.doors import reading, writing
from workbench.cli.parsing import whole
from workbench.domain import counts
from workbench.domain.figures import rounded
from workbench.domain.naming import pick
from workbench.services.history.bin import Binned
from workbench.services.keeping import opening
from workbench.services.keeping.backups import Backups
from workbench.study import with_suffix
from workbench.words import Phrase, plural, t

_MB = 1_000_000


def add_bin_to(parser: ArgumentParser) -> None:
    """Add the options of `bin`."""
    parser.add_argument(
        "--restore", action="append", default=[], metavar="ID",
        help="put this back, with what went along; once for each; a name does as well",
    )  # fmt: skip


def show_bin(asked: Namespace) -> None:
    """List what was removed, or put some of it back."""
    with writing(asked) if asked.restore else reading(asked) as study:
        items = study.bin.items()
        if asked.restore:
            names = {one.id: (one.name,) for one in items}
            done = study.bin.restore(
                [pick(typed, names, "removed thing") for typed in asked.restore]
            )
            for note in done.notes:
                output.progress(note)
            names_back = ", ".join(f"“{one.name}”" for one in done.items)
            output.answer(asked, done, "Restored {names_back}.", names_back=names_back)
            return
        items = study.exports.removed(items)
        output.listed(asked, items, map(_line, items), "The bin is empty.")


def _line(one: Binned) -> str:
    parts = (one.id, t(one.kind), one.name, one.removed_at, one.removed_by, _held(one.holds))
    return "  ".join(filter(None, parts))


def _held(holds: Mapping[str, int]) -> str:
    """Say how much of each."""
    return counts.held(holds)


def add_backups_to(parser: ArgumentParser) -> None:
    """Add the options of `backups`."""
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--restore", type=whole, metavar="N", help="go back to this one")
    way.add_argument("--copy-to", type=Path, metavar="FOLDER", help="copy the whole study there")
    way.add_argument("--make", action="store_true", help="make one now")
    way.add_argument(
        "--without-names", action="store_true",
        help="take real names out of those from before there was a key",
    )  # fmt: skip
    parser.add_argument(
        "--with-key", action="store_true", help="let the real names go along with “--copy-to”"
    )


def show_backups(asked: Namespace) -> None:
    """List the backups of a study, make one, or go back to one."""
    folder = opening.require_folder(asked.path)
    backups = Backups(folder)
    if asked.make:
        with writing(asked) as study:
            made = study.keeping.copies.backup()
        output.answer(asked, {"backup": made}, "Wrote {made}", made=made)
        return
    if asked.without_names:
        _clear(asked)
        return
    if asked.copy_to is not None:
        _copy(asked)
        return
    if asked.restore is not None:
        _restore(asked, backups)
        return
    rows = [(row, backups.holds(row)) for row in backups.all()]
    lines = (
        f"{row.number:>3}  {row.at}  {rounded(row.size / _MB, 1)} MB  {row.file.name}"
        f"  {_held(holds) or t('damaged')}"
        for row, holds in rows
    )
    nothing: Phrase = "There is no backup yet. “--make” makes one."
    output.listed(asked, [asdict(row) | {"holds": holds} for row, holds in rows], lines, nothing)


def _restore(asked: Namespace, backups: Backups) -> None:
    """Go back to a backup, and say what did not go back, or what did though it should not."""
    done = backups.restore(backups.numbered(asked.restore))
    kept, problem = done.kept, done.carried.problem
    output.answer(
        asked,
        {"restored": asked.restore, "kept": kept, "doubt": problem and problem.code},
        "The study is as in backup {number}. What was there before is kept as {kept}."
        if kept
        else "The study is as in backup {number}. Nothing was there before.",
        number=asked.restore,
        kept=kept,
    )
    if problem is not None:
        output.progress(str(problem))


def _copy(asked: Namespace) -> None:
    """Copy a study elsewhere, with or without the real names."""
    with reading(asked) as study:
        named = bool(study.keys.found.people)
        copy = study.keeping.copy_to(with_suffix(asked.copy_to), with_key=asked.with_key)
        copy.finish(lambda _done, _total: None, lambda: False)
    for title in copy.missing:
        output.progress("The file of “{title}” is missing in it.", title=title)
    if named and not asked.with_key:
        output.progress("The key with the real names is not in it; “--with-key” lets it go along.")
    told = {"copy": copy.target, "missing": copy.missing, "key": named and asked.with_key}
    output.answer(asked, told, "Wrote {target}", target=copy.target)


def _clear(asked: Namespace) -> None:
    """Write the backups in which real names stand anew, without them."""
    with writing(asked) as study:
        done = study.keys.clear_copies()
    for left in done.left:
        output.progress(
            "“{left}” cannot be written anew, since it is damaged; delete it if it shall hold no"
            " names.",
            left=left,
        )
    output.answer(
        asked,
        {"rewritten": done.rewritten, "left": done.left},
        plural(
            len(done.rewritten),
            "Wrote {n} backup anew without real names.",
            "Wrote {n} backups anew without real names.",
        )
        if done.rewritten
        else t("There was none."),
    )
