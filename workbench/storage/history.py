"""What a step of the history changed, read for the few steps that somebody looks at."""

from __future__ import annotations

import json
from typing import Any

from sqlite_utils import Database


def changed(db: Database, step_id: int, most: int) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the first rows a step changed, by table and key: as it left or removed them."""
    rows = db.conn.execute(
        "SELECT tbl, pk, coalesce(after, before) FROM change WHERE step_id = ? ORDER BY id LIMIT ?",
        [step_id, most],
    )
    return {(table, key): json.loads(image) for table, key, image in rows}
