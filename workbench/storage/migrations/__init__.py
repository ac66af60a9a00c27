"""Ordered migrations of the study file; one module each, applied in this order.

The number after the underscore is stamped as the minor version of the schema. A major version
is raised only when an older program could no longer read the file without loss.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from workbench.storage import sums
from workbench.storage.migrations import (
    m0001_first,
    m0002_raw_doubts,
    m0003_by_hand,
    m0004_examples,
    m0005_translated,
    m0006_counting,
    m0007_finding,
    m0008_reports,
    m0009_log_mark,
    m0010_sums,
    m0011_consent,
    m0012_name_decisions,
    m0013_withdrawal,
    m0014_let_out,
    m0015_key,
    m0016_undecided,
    m0017_laid,
    m0018_tracks,
    m0019_session_vocabulary,
    m0020_spoken,
)
from workbench.storage.schema import journaled

MAJOR = 1
STEPS = (
    m0001_first,
    m0002_raw_doubts,
    m0003_by_hand,
    m0004_examples,
    m0005_translated,
    m0006_counting,
    m0007_finding,
    m0008_reports,
    m0009_log_mark,
    m0010_sums,
    m0011_consent,
    m0012_name_decisions,
    m0013_withdrawal,
    m0014_let_out,
    m0015_key,
    m0016_undecided,
    m0017_laid,
    m0018_tracks,
    m0019_session_vocabulary,
    m0020_spoken,
)


NAMELESS = 1 + STEPS.index(m0015_key)
"""From this minor version on no real name stands in a study."""


def build() -> Migrations:
    """Return the migration set of a study; each step stamps `user_version` in its transaction."""
    migrations = Migrations("workbench")
    for number, module in enumerate(STEPS, start=1):
        migrations(name=module.__name__.rpartition(".")[2])(_stamped(module.migrate, number))
    return migrations


def update(db: Database) -> None:
    """Bring a study of before up to date, all or nothing, written to the disk once."""
    with db.atomic():
        build().apply(db)


def version(minor: int) -> int:
    """Return the `user_version` number of a schema with our major and this minor version."""
    return MAJOR << 16 | minor


def newest() -> int:
    """Return the `user_version` that this program writes."""
    return version(len(STEPS))


def _stamped(migrate: Callable[[Database], None], minor: int) -> Callable[[Database], None]:
    def run(db: Database) -> None:
        before = journaled(db) if _has_history(db) else {}
        migrate(db)
        after = journaled(db) if before else {}
        if any(after.get(name) != table for name, table in before.items()):
            # Images of rows from before know nothing of new columns: history stays, to be read.
            db.conn.execute("DELETE FROM step WHERE state = 'undone'")
            if "sum" in db["step"].columns_dict:
                sums.set_state(db, "sealed", "state = 'done'")
            else:
                db.conn.execute("UPDATE step SET state = 'sealed' WHERE state = 'done'")
        db.conn.execute(f"PRAGMA user_version = {version(minor)}")

    return run


def _has_history(db: Database) -> bool:
    # A new study has none; to compare its tables after each step would take half of its making.
    return db["step"].exists() and db["step"].count > 0
