"""Keep the numbers of evidence for ever, and a list of the reports that were written."""

from __future__ import annotations

from sqlite_utils import Database


def migrate(db: Database) -> None:
    """Give no numbers yet: what earlier reports called E7 was kept nowhere.

    A number points at its observation by id alone, without a foreign key: it stays when the
    observation goes, so that it can say so and is never given to another one.
    """
    db.conn.execute(
        "CREATE TABLE evidence_number ("
        " number INTEGER PRIMARY KEY, observation_id TEXT NOT NULL UNIQUE, given_at TEXT NOT NULL"
        ") STRICT"
    )
    db.conn.execute(
        "CREATE TABLE written_report ("
        " id TEXT PRIMARY KEY, written_at TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL,"
        " coder TEXT NOT NULL) STRICT"
    )
    db.conn.execute(
        "CREATE TABLE citation ("
        " report_id TEXT NOT NULL REFERENCES written_report ON DELETE CASCADE,"
        " number INTEGER NOT NULL REFERENCES evidence_number, content TEXT NOT NULL,"
        " PRIMARY KEY (report_id, number)) STRICT"
    )
    db.conn.execute("CREATE INDEX citation_number ON citation(number)")
