"""`workbench backups`: copies of a study, and the way back to one of them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from workbench.cli import output
from workbench.cli.doors import writing
from workbench.services.backups import Backups
from workbench.storage import database
from workbench.study import with_suffix

_MB = 1_000_000


def add_backups_to(parser: ArgumentParser) -> None:
    """Add the options of `backups`."""
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--restore", type=int, metavar="N", help="go back to this one")
    way.add_argument("--make", action="store_true", help="make one now")


def show_backups(asked: Namespace) -> None:
    """List the backups of a study, make one, or go back to one."""
    folder = _folder(asked.path)
    backups = Backups(folder)
    if asked.make:
        with writing(asked) as study:
            made = study.backup()
        output.told(asked, {"backup": made}, f"Wrote {made}")
        return
    if asked.restore is not None:
        kept = backups.restore(asked.restore)
        output.told(
            asked,
            {"restored": asked.restore, "kept": kept},
            f"The study is as in backup {asked.restore}. What was there before is kept as {kept}.",
        )
        return
    rows = backups.all()
    if asked.json:
        output.data([asdict(row) for row in rows])
        return
    for row in rows:
        output.line(f"{row.number:>3}  {row.at}  {row.size / _MB:.1f} MB  {row.file.name}")
    if not rows:
        output.line("There is no backup yet. “--make” makes one.")


def _folder(path: Path) -> Path:
    """Return the folder of a study, which may be damaged.

    Raises:
        NotAStudy: there is no folder.
    """
    folder = path.parent if path.name == database.FILE_NAME else path
    if not folder.is_dir():
        folder = with_suffix(folder)
    if not folder.is_dir():
        database.require(folder)
    return folder
