"""`check` sees every letter that was changed behind the program's back, in rows and in history."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.support.examples import is_nightly
from tests.support.sample import make_sample
from workbench.storage import maintenance, soundness
from workbench.storage.database import Database
from workbench.storage.schema import journaled
from workbench.study import Study

CELLS, CHANGES = (52, 164) if is_nightly() else (16, 40)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The sample study with everything in it, some of it changed, undone and done again."""
    with Study.open(make_sample(tmp_path_factory.mktemp("damage") / "Sample.study")) as study:
        codes = study.codebook.codes()
        for code in codes:
            study.codebook.change(code.id, definition=f"What {code.name} means.")
        study.recoding.merge([code.id for code in codes[:2]], codes[1].id)
        study.undo()
        study.redo()
        study.undo()
        assert study.check() == []
    with Study.open(study.folder) as study:  # opened anew: no trigger writes it down
        study._desk.db.conn.execute("PRAGMA query_only = OFF")
        yield study._desk.db


@contextmanager
def _flipped(db: Database, rnd: random.Random, tables: list[str]) -> Iterator[str]:
    """Change one bit of one letter somewhere, for a while; tell where."""
    conn = db.conn
    while True:
        table = rnd.choice(tables)
        kinds = conn.execute(f"PRAGMA table_info({table})").fetchall()
        column = rnd.choice([row[1] for row in kinds if row[2] == "TEXT"])
        found = conn.execute(
            f'SELECT rowid, CAST("{column}" AS BLOB) FROM {table}'  # noqa: S608
            f' WHERE length("{column}") > 0 ORDER BY random() LIMIT 1'
        ).fetchone()
        if found is not None:
            break
    row, cell = found[0], bytearray(found[1])
    at = rnd.randrange(len(cell))
    cell[at] ^= 1 << rnd.randrange(8)
    conn.execute("PRAGMA foreign_keys = OFF")
    conn.execute("SAVEPOINT flipped")
    try:
        conn.execute(
            f'UPDATE {table} SET "{column}" = CAST(? AS TEXT) WHERE rowid = ?',  # noqa: S608
            [bytes(cell), row],
        )
        yield f"{table}.{column} {at}"
    finally:
        conn.execute("ROLLBACK TO flipped")
        conn.execute("RELEASE flipped")


@pytest.mark.parametrize(("where", "how_many"), [("rows", CELLS), ("journal", CHANGES)])
def test_every_changed_letter_is_seen(db: Database, where: str, how_many: int) -> None:
    seed = random.randrange(10**9)
    rnd = random.Random(seed)
    tables = list(journaled(db)) if where == "rows" else ["change", "change", "change", "step"]
    filled = [name for name in tables if db[name].count]
    unseen = []
    for _ in range(how_many):
        with _flipped(db, rnd, filled) as place, soundness.any_letters(db):
            if not list(soundness.faults(db)):
                unseen.append(place)
    assert not unseen, f"seed {seed}"
    assert maintenance.quick_check(db) == []
