"""What `check` finds is said in the language that is spoken."""

from __future__ import annotations

import errno
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.support.pseudo import pseudo_spoken, untranslated
from tests.support.studies import observe, recognised, recording
from workbench.storage import migrations, ours, soundness
from workbench.study import Study

NAMES = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\w+\.\w+|\[.*?\]|/\S+")
"""Ids, columns, keys of rows and paths: the same in every language."""


def _english(texts: list[str], *own: str) -> str:
    return "\n".join(one for one in texts if untranslated(NAMES.sub(" ", one), own))


def _damage(folder: Path, *statements: str) -> None:
    connection = sqlite3.connect(folder / "study.sqlite", isolation_level=None)
    connection.execute("PRAGMA foreign_keys = OFF")
    for one in statements:
        connection.execute(one)
    connection.close()


def test_no_word_about_rows_is_english(study: Study, tmp_path: Path) -> None:
    transcript = recognised(study, "Это длилось", "три недели.")
    observe(study, transcript.id, "длилось три")
    study.memos.write("code", study.codebook.add("Ждать").id, "Долго.")
    _damage(
        study.folder,
        "UPDATE observation SET start = start + 1",
        "UPDATE source SET session_id = 'x', kind = 'y'",
        "UPDATE source SET title = CAST(x'ff' AS TEXT)",
        "UPDATE change SET sum = 0 WHERE id = 1",
        "UPDATE step SET op = 'x' WHERE id = 2",
        "INSERT INTO turn_fts(turn_fts) VALUES('delete-all')",
        "INSERT INTO memo_fts(memo_fts) VALUES('delete-all')",
        "DELETE FROM charter",
    )
    with pseudo_spoken(tmp_path / "locale"):
        found = study.check()
    told = {"anchor", "foreign-key", "value", "text", "row", "journal", "search-index"}
    assert told <= {one.code for one in found}
    assert _english([one.text for one in found], *study._desk.db.table_names()) == ""


def test_no_word_about_the_schema_is_english(study: Study, tmp_path: Path) -> None:
    db = study._desk.db
    db.conn.execute("PRAGMA query_only = OFF")
    db.conn.executescript(
        "CREATE TABLE strange(x); CREATE INDEX odd ON strange(x); CREATE VIEW weird AS SELECT 1;"
        "CREATE TRIGGER queer AFTER DELETE ON strange BEGIN SELECT 1; END;"
        "DROP INDEX participant_segment"
    )
    with pseudo_spoken(tmp_path / "locale"):
        told = [one.text for one in soundness.faults(db) if one.code == "schema"]
    assert len(told) > 4
    assert (
        _english(told, "strange", "odd", "weird", "queer", *ours.expected(len(migrations.STEPS)))
        == ""
    )


def test_no_word_about_files_is_english(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing, changed, bad = (recording(study, title=one) for one in ("А", "Б", "В"))
    study.materials.media_path(missing).unlink()
    study.materials.media_path(changed).write_bytes(b"other")
    (study.materials.media / "д.wav").write_bytes(b"?")
    opened = Path.open

    def failing(path: Path, *how: Any, **more: Any) -> Any:
        if path.name == bad.file:
            raise OSError(errno.EIO, "плохо", str(path))
        return opened(path, *how, **more)

    monkeypatch.setattr(Path, "open", failing)
    with pseudo_spoken(tmp_path / "locale"):
        found = study.check()
    told = {"media-missing", "media-changed", "media-unreadable", "media-orphan"}
    assert {one.code for one in found} == told
    called = [one.original_name for one in (missing, changed, bad)]
    assert _english([one.text for one in found], *called) == ""
