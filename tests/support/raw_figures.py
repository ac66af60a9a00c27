"""The figures of a study, worked out from its raw rows with nothing of ours.

    python tests/support/raw_figures.py FOLDER.study

Only `sqlite3` and arithmetic, so that a mistake in the program cannot hide here as well. The voices
of the study must be named, as those of the sample are.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

FEWEST = 3
DIMENSIONS = ("effectiveness", "ease", "emotion")


def read(folder: Path) -> dict[str, Any]:
    """Return every figure of a study by the name of its stage, segment or session."""
    db = sqlite3.connect(f"file:{folder / 'study.sqlite'}?mode=ro", uri=True)
    db.row_factory = sqlite3.Row
    rows = [dict(row) for row in db.execute(_OBSERVATIONS)]
    stages = [row["name"] for row in db.execute(_STAGES, ["customer"])]
    segments = [row["name"] for row in db.execute("SELECT name FROM segment ORDER BY position")]
    found = {
        "stages": {name: _stage([r for r in rows if r["stage"] == name]) for name in stages},
        "segments": {
            (stage, segment): figure(
                [r for r in rows if (r["stage"], r["segment"]) == (stage, segment)], "had"
            )["overall"]
            for stage in stages
            for segment in segments
        },
        "divergence": _divergence(db, stages),
        "visits": _visits(db),
        "codes": _codes(db),
        "rows": rows,
    }
    db.close()
    return found


_STAGES = """
  SELECT stage.* FROM stage JOIN journey ON journey.id = journey_id
  WHERE track = ? ORDER BY stage.position
"""
_OBSERVATIONS = """
  SELECT observation.*, stage.name AS stage, session.id AS session, session.method,
    participant.id AS person, participant.pseudonym, segment.name AS segment,
    coalesce(said.state = 'given', 0) AS agreed
  FROM observation
  JOIN source ON source.id = observation.source_id AND source.deleted_at IS NULL
  JOIN session ON session.id = source.session_id AND session.deleted_at IS NULL
  LEFT JOIN stage ON stage.id = stage_id
  LEFT JOIN turn ON turn.id = first_turn_id
  LEFT JOIN speaker ON speaker.id = turn.speaker_id
  LEFT JOIN participant ON participant.id = speaker.participant_id
  LEFT JOIN segment ON segment.id = participant.segment_id
  LEFT JOIN (SELECT participant_id, state, max(number) FROM consent_entry
    WHERE use = 'quote' GROUP BY participant_id) AS said ON said.participant_id = participant.id
  WHERE observation.deleted_at IS NULL
"""


def _stage(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "had": figure(rows, "had"),
        "expected": figure(rows, "expected"),
        "seen": figure(rows, "seen"),
        "gap": _gap(rows),
        "pairs": _pairs(rows),
        "mentions": len(rows),
        "people": len({r["person"] for r in rows if r["person"]}),
    }


def figure(rows: list[dict[str, Any]], what: str) -> dict[str, dict[str, Any]]:
    """Return n, mean, low and high of each dimension and of all, of what was "had", "expected"
    or "seen" by shoppers."""
    voices: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        shopper = row["method"] == "mystery-visit"
        expected = row["expectation"] == "expected"
        if what == "seen" and shopper and not expected:
            voices[row["session"]].append(row)
        if what != "seen" and not shopper and row["person"] and expected == (what == "expected"):
            voices[row["person"]].append(row)
    found = {}
    for name in (*DIMENSIONS, "overall"):
        means = []
        for mine in voices.values():
            values = [_value(row, name) for row in mine]
            values = [value for value in values if value is not None]
            if values:
                means.append(sum(values) / len(values))
        found[name] = {
            "n": len(means),
            "mean": sum(means) / len(means) if means else None,
            "low": min(means, default=None),
            "high": max(means, default=None),
        }
    return found


def _value(row: dict[str, Any], name: str) -> float | None:
    if name != "overall":
        return row[name]
    rated = [row[d] for d in DIMENSIONS if row[d] is not None]
    return sum(rated) / len(rated) if rated else None


def _gap(rows: list[dict[str, Any]]) -> dict[str, Any]:
    halves: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        value = _value(row, "overall")
        if value is not None and _is_half(row):
            halves[row["person"]][row["expectation"]].append(value)
    both = [h for h in halves.values() if len(h) == 2]
    gaps = [sum(h["had"]) / len(h["had"]) - sum(h["expected"]) / len(h["expected"]) for h in both]
    return {"n": len(gaps), "gap": sum(gaps) / len(gaps) if gaps else None}


def _pairs(rows: list[dict[str, Any]]) -> dict[str, tuple[set[str], set[str]]]:
    """Return, for everybody who told both, the words expected and the words had."""
    found: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for row in rows:
        if _is_half(row):
            found[row["pseudonym"]][row["expectation"] == "had"].add(row["words"])
    return {person: halves for person, halves in found.items() if all(halves)}


def _is_half(row: dict[str, Any]) -> bool:
    return bool(row["expectation"] and row["person"]) and row["method"] != "mystery-visit"


def _divergence(db: sqlite3.Connection, stages: list[str]) -> float:
    steps = list(db.execute(_STAGES, ["company"]))
    ids = [row["id"] for row in db.execute(_STAGES, ["customer"])]
    matched = [
        (ids.index(step["counterpart_id"]), place)
        for place, step in enumerate(steps)
        if step["counterpart_id"] in ids
    ]
    could = [(a, b) for a, b in combinations(matched, 2) if a[0] != b[0]]
    turned = sum((a[0] < b[0]) != (a[1] < b[1]) for a, b in could)
    unknown = len(stages) - len({stage for stage, _ in matched})
    unused = len(steps) - len(matched)
    return (unknown + unused + turned) / (len(stages) + len(steps) + len(could))


def _visits(db: sqlite3.Connection) -> dict[str, float]:
    points: dict[str, list[tuple[str, float, float, bool]]] = defaultdict(list)
    for row in db.execute(
        "SELECT session.title, section, kind, weight, highest, critical, value FROM visit_answer"
        " JOIN form_item ON form_item.id = item_id JOIN session ON session.id = session_id"
    ):
        value = json.loads(row["value"])
        if row["kind"] != "text" and value is not None:
            earned = min(max(float(value), 0), row["highest"])
            weight = row["weight"]
            points[row["title"]].append(
                (row["section"], weight * earned, weight * row["highest"],
                 bool(row["critical"]) and earned == 0)
            )  # fmt: skip
    scores = {}
    for title, items in points.items():
        failed = {section for section, _, _, fails in items if fails}
        earned = sum(points for section, points, _, _ in items if section not in failed)
        scores[title] = 100 * earned / sum(possible for _, _, possible, _ in items)
    return scores


def _codes(db: sqlite3.Connection) -> dict[str, tuple[int, int]]:
    """Return mentions and people of each code."""
    seen = {row["id"]: row["person"] for row in db.execute(_OBSERVATIONS)}
    links = db.execute(
        "SELECT name, observation_id FROM code JOIN observation_code ON code_id = code.id"
        " WHERE deleted_at IS NULL"
    )
    behind: dict[str, list[str | None]] = defaultdict(list)
    for name, key in links:
        if key in seen:
            behind[name].append(seen[key])
    return {name: (len(people), len({*people} - {None})) for name, people in behind.items()}


if __name__ == "__main__":
    made = read(Path(sys.argv[1]))
    made.pop("rows")
    made["segments"] = {" / ".join(key): value for key, value in made["segments"].items()}
    sys.stdout.write(json.dumps(made, indent=1, ensure_ascii=False, default=list) + "\n")
