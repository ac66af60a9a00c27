"""Full-text search over what was said and what was noted, as one types."""

from __future__ import annotations

from sqlite_utils import Database

from workbench.domain.searching import CLOSE, OPEN, Hit, Mode
from workbench.storage.driver import at_most

_RANKED = 2000  # hits that are weighed in a few milliseconds

NOT_IN_BIN = """
  memo.subject_id NOT IN (
    SELECT id FROM code WHERE deleted_at IS NOT NULL
    UNION ALL SELECT id FROM participant WHERE deleted_at IS NOT NULL
    UNION ALL SELECT id FROM session WHERE deleted_at IS NOT NULL
    UNION ALL SELECT id FROM source WHERE deleted_at IS NOT NULL
    UNION ALL SELECT observation.id FROM observation JOIN source ON source.id = source_id
      WHERE observation.deleted_at IS NOT NULL OR source.deleted_at IS NOT NULL
    UNION ALL SELECT turn.id FROM source JOIN transcript ON transcript.source_id = source.id
      JOIN turn ON turn.transcript_id = transcript.id WHERE source.deleted_at IS NOT NULL)
"""
"""Condition on a memo: what it is about does not lie in the bin, nor in something there."""


def search(db: Database, text: str, limit: int) -> list[Hit]:
    """Return the best places for words; the last word may be unfinished.

    Args:
        db: an open connection.
        text: words; "…" in quotation marks must follow each other.
        limit: at most so many of each kind.
    """
    query = match_of(text)
    if not query:
        return []
    turns = db.conn.execute(
        "SELECT 'turn', turn.id, source.id, source.title,"
        f" snippet(turn_fts, 0, '{OPEN}', '{CLOSE}', '…', 16), turn.start_ms"
        " FROM turn_fts JOIN turn ON turn.row = turn_fts.rowid"
        " JOIN transcript ON transcript.id = turn.transcript_id"
        " JOIN source ON source.id = transcript.source_id"
        " WHERE turn_fts MATCH ? AND transcript.replaced_at IS NULL"
        f" AND source.deleted_at IS NULL ORDER BY {order_of_turns(db, query)} {at_most(limit)}",
        [query],
    ).fetchall()
    memos = db.conn.execute(
        "SELECT 'memo', memo.id, '', memo.subject,"
        f" snippet(memo_fts, 0, '{OPEN}', '{CLOSE}', '…', 16), NULL"
        " FROM memo_fts JOIN memo ON memo.row = memo_fts.rowid"
        f" WHERE memo_fts MATCH ? AND {NOT_IN_BIN} ORDER BY rank {at_most(limit)}",
        [query],
    ).fetchall()
    return [Hit(*row) for row in [*turns, *memos]]


def order_of_turns(db: Database, match: str) -> str:
    """Return in which order turns with these words come: best first, or first said first.

    To rank, SQLite must weigh every hit. Where there are thousands, one is as good as another:
    then they come in the order of the material, which costs only what is shown.
    """
    sql = f"SELECT 1 FROM turn_fts WHERE turn_fts MATCH ? {at_most(1)} OFFSET {_RANKED}"
    many = db.conn.execute(sql, [match]).fetchone()
    return "turn_fts.rowid" if many else "rank"


def match_of(text: str, mode: Mode = Mode.WORDS, distance: int = 10) -> str:
    """Turn what a person typed into an FTS5 query that cannot be malformed.

    Args:
        text: words, with `Mode.WORDS` also "phrases in quotation marks".
        mode: anything but a regular expression.
        distance: with `Mode.NEAR`, how many words may lie between.
    """
    text = text.encode(errors="replace").decode().replace("\0", " ")
    if mode is Mode.WORDS:
        quoted = [f'"{phrase}"' for phrase in _phrases(text)]
        if quoted and not text.rstrip().endswith('"'):
            quoted[-1] += "*"
        return " ".join(quoted)
    words = _sound(text.replace('"', " ").split())
    if not words:
        return ""
    match mode:
        case Mode.PHRASE:
            return f'"{" ".join(words)}"'
        case Mode.PREFIX:
            return " ".join(f'"{word}"*' for word in words)
        case _:
            quoted = [f'"{word}"' for word in words]
            quoted[-1] += "*"
            return f"NEAR({' '.join(quoted)}, {distance})" if len(words) > 1 else quoted[0]


def _phrases(text: str) -> list[str]:
    phrases: list[str] = []
    for number, part in enumerate(text.split('"')):
        inside = number % 2 == 1
        phrases += [part] if inside else part.split()
    return _sound(phrases)


def _sound(phrases: list[str]) -> list[str]:
    """Return the phrases that hold a letter or a digit; others match nothing."""
    return [phrase.strip() for phrase in phrases if any(c.isalnum() for c in phrase)]


__all__ = ["CLOSE", "OPEN", "Hit", "match_of", "order_of_turns", "search"]
