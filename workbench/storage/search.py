"""Full-text search over what was said and what was noted."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

OPEN, CLOSE = "\x02", "\x03"  # around each hit in a snippet


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the words occur.

    Attributes:
        kind: "turn" or "memo".
        id: id of the turn or memo.
        source_id: source of the turn; for memos "".
        title: where it is, in words.
        snippet: the words around, hits between `\\x02` and `\\x03`.
        start_ms: when the turn begins, if it has a time.
    """

    kind: str
    id: str
    source_id: str
    title: str
    snippet: str
    start_ms: int | None


def search(db: Database, text: str, limit: int) -> list[Hit]:
    """Return the best places for words; the last word may be unfinished.

    Args:
        db: an open connection.
        text: words; "…" in quotation marks must follow each other.
        limit: at most so many of each kind.
    """
    query = _match(text)
    if not query:
        return []
    turns = db.conn.execute(
        "SELECT 'turn', turn.id, source.id, source.title,"
        f" snippet(turn_fts, 0, '{OPEN}', '{CLOSE}', '…', 16), turn.start_ms"
        " FROM turn_fts JOIN turn ON turn.row = turn_fts.rowid"
        " JOIN transcript ON transcript.id = turn.transcript_id"
        " JOIN source ON source.id = transcript.source_id"
        " WHERE turn_fts MATCH ? AND transcript.replaced_at IS NULL"
        " AND source.deleted_at IS NULL ORDER BY rank LIMIT ?",
        [query, limit],
    ).fetchall()
    memos = db.conn.execute(
        "SELECT 'memo', memo.id, '', memo.subject,"
        f" snippet(memo_fts, 0, '{OPEN}', '{CLOSE}', '…', 16), NULL"
        " FROM memo_fts JOIN memo ON memo.row = memo_fts.rowid"
        " WHERE memo_fts MATCH ? ORDER BY rank LIMIT ?",
        [query, limit],
    ).fetchall()
    return [Hit(*row) for row in [*turns, *memos]]


def _match(text: str) -> str:
    """Turn what a person typed into an FTS5 query that cannot be malformed."""
    text = text.encode(errors="replace").decode().replace("\0", " ")
    phrases: list[str] = []
    for number, part in enumerate(text.split('"')):
        inside = number % 2 == 1
        phrases += [part] if inside else part.split()
    words = [phrase.strip() for phrase in phrases if any(c.isalnum() for c in phrase)]
    if not words:
        return ""
    quoted = [f'"{word}"' for word in words]
    if not text.rstrip().endswith('"'):
        quoted[-1] += "*"
    return " ".join(quoted)
