"""`workbench bin` and `workbench backups`: the ways back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from workbench.cli import output
from workbench.cli.doors import reading, writing
from workbench.cli.parsing import whole
from workbench.domain.figures import count, rounded
from workbench.domain.naming import pick
from workbench.services.history.bin import Binned
from workbench.services.keeping import opening
from workbench.services.keeping.backups import Backups
from workbench.study import with_suffix

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
            output.told(asked, done, f"Restored {names_back}.")
            return
        items = study.exports.removed(items)
        output.listed(asked, items, map(_line, items), "The bin is empty.")


def _line(one: Binned) -> str:
    parts = (one.id, one.kind, one.name, one.removed_at, one.removed_by, _held(one.holds))
    return "  ".join(filter(None, parts))


def _held(holds: Mapping[str, int]) -> str:
    """Say how much of each; what it is called is one word for many."""
    one = {"people": "person", "opportunities": "opportunity"}
    return ", ".join(count(n, one.get(many, many.removesuffix("s")), many)
                     for many, n in holds.items())  # fmt: skip


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
            made = study.keeping.backup()
        output.told(asked, {"backup": made}, f"Wrote {made}")
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
        f"  {_held(holds) or 'damaged'}"
        for row, holds in rows
    )
    nothing = "There is no backup yet. “--make” makes one."
    output.listed(asked, [asdict(row) | {"holds": holds} for row, holds in rows], lines, nothing)


def _restore(asked: Namespace, backups: Backups) -> None:
    """Go back to a backup, and say what did not go back, or what did though it should not."""
    done = backups.restore(backups.numbered(asked.restore))
    kept, problem = done.kept, done.carried.problem
    before = f"What was there before is kept as {kept}." if kept else "Nothing was there before."
    output.told(
        asked,
        {"restored": asked.restore, "kept": kept, "doubt": problem and problem.code},
        f"The study is as in backup {asked.restore}. {before}",
    )
    if problem is not None:
        output.progress(f"{problem.happened} {problem.todo}")


def _copy(asked: Namespace) -> None:
    """Copy a study elsewhere, with or without the real names."""
    with reading(asked) as study:
        named = bool(study.keys.found.people)
        copy = study.keeping.copy_to(with_suffix(asked.copy_to), with_key=asked.with_key)
        copy.finish(lambda _done, _total: None, lambda: False)
    for title in copy.missing:
        output.progress(f"The file of “{title}” is missing in it.")
    if named and not asked.with_key:
        output.progress("The key with the real names is not in it; “--with-key” lets it go along.")
    told = {"copy": copy.target, "missing": copy.missing, "key": named and asked.with_key}
    output.told(asked, told, f"Wrote {copy.target}")


def _clear(asked: Namespace) -> None:
    """Write the backups in which real names stand anew, without them."""
    with writing(asked) as study:
        done = study.keys.clear_copies()
    for left in done.left:
        output.progress(
            f"“{left}” cannot be written anew, since it is damaged; delete it if it shall hold no"
            " names."
        )
    written = count(len(done.rewritten), "backup", "backups")
    output.told(
        asked,
        {"rewritten": done.rewritten, "left": done.left},
        f"Wrote {written} anew without real names." if done.rewritten else "There was none.",
    )
