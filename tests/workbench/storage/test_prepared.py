"""What is done again and again is prepared once, in a locked study as in an open one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.vault import SAID, cheap_keys
from workbench.domain.anchors import TextAnchor
from workbench.services.locking import locking
from workbench.study import Study


@pytest.fixture(params=["open", "locked"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A study with a text."""
    place, note = tmp_path / "Home.study", tmp_path / "note.txt"
    note.write_text("A letter came.\n\nNobody wrote another letter.\n", "utf-8")
    with Study.create(place) as study:
        study.imports.take_in([note])
        study.codebook.add("Letters")
    with cheap_keys():
        if request.param == "locked":
            locking.lock(place, SAID, lambda _share: False)
            locking.open_with(place, SAID)
        yield place


def test_a_gesture_and_a_search_are_prepared_once(folder: Path) -> None:
    read: set[str | None] = set()  # tables, of what was prepared

    def asked(action: int, table: str | None, *_more: str | None) -> int:
        if action == sqlite3.SQLITE_READ:
            read.add(table)
        return sqlite3.SQLITE_OK

    with Study.open(folder) as study:
        [source] = study.materials.sources()
        transcript = study.transcripts.of_source(source.id)
        assert transcript is not None
        [first, *_] = study.transcripts.turns(transcript.id)
        [code] = study.codebook.codes()

        def work(start: int) -> None:
            anchor = TextAnchor(first.id, start, first.id, start + 4)
            study.observations.place(anchor, code_ids=[code.id])
            assert study.search("letter")

        work(0)
        for number in range(150):  # what else one asks for meanwhile
            study._desk.db.conn.execute(f"SELECT {number}").fetchall()
        study._desk.db.conn.set_authorizer(asked)  # SQLite asks it when it prepares something
        work(1)
        assert {"observation", "turn", "memo", "change"} <= read
        work(2)
        read.clear()
        work(3)
        assert read <= {"turn_fts", "memo_fts"}  # SQLite’s index prepares its ranking each time
        study._desk.db.conn.set_authorizer(None)
