"""Every column that holds text says what can stand in it, so that erasing forgets none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlite_utils import Database

from workbench.storage import holding, migrations
from workbench.storage.holding import Holds

_SHADOWS = ("turn_fts", "memo_fts", "sqlite_", "_sqlite")  # written anew as a whole
_NUMBERS = ("INTEGER", "REAL")


@pytest.fixture
def db() -> Iterator[Database]:
    made = Database(memory=True)
    migrations.build().apply(made)
    yield made
    made.close()


def _columns(db: Database) -> set[tuple[str, str]]:
    return {
        (table, row[1])
        for table in db.table_names()
        if not table.startswith(_SHADOWS)
        for row in db.conn.execute(f"PRAGMA table_info({table})")
        if row[2] not in _NUMBERS
    }


def test_every_text_column_is_declared(db: Database) -> None:
    images = {(holding.IMAGES[0], column) for column in (*holding.IMAGES[1], "tbl", "pk")}
    there = _columns(db) - images
    assert there - holding.known().keys() == set(), "say in holding.py what can stand in it"
    assert holding.known().keys() - there == set(), "there is no such column"


def test_a_new_column_is_seen(db: Database) -> None:
    db.conn.execute("ALTER TABLE code ADD COLUMN remark TEXT")
    assert ("code", "remark") in _columns(db) - holding.known().keys()


def test_what_holds_words_is_masked() -> None:
    free = holding.free_words()
    assert free["turn"] == {"text": Holds.SAID}
    assert Holds.PLAIN not in {kind for columns in free.values() for kind in columns.values()}
