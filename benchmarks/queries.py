"""Measure the promise on questions: counts, filters and search in a large study.

    python benchmarks/queries.py [--study FOLDER] [--runs N]

The study has 200 sources and 50,000 observations (see `big_study.py`); its text is filled up with
further transcripts to ten million characters. Each question is asked in a process of its own,
several times; the first answer comes from a cold cache of the program, the median from a warm
one. What the machine can do at best is measured beside it: SQLite reading every observation row,
without a condition, into Python.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from big_study import make, more_text
from measuring import in_child, print_table

from workbench.domain.change import Op
from workbench.domain.passage import Query
from workbench.study import Study

FLOOR = "floor: every observation row, no question"
CHARACTERS = 10_000_000


def main() -> None:
    """Make the study, ask in a child process, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--study", type=Path, help="where the study is, or is to be made")
    parser.add_argument("--runs", type=int, default=7, help="the medians are printed (default: 7)")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        print(json.dumps(_measure(asked.study, asked.runs)))
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.study or Path(scratch) / "queries.study"
        if not folder.exists():
            make(folder, 200, 50_000)
            more_text(folder, CHARACTERS)
            _say_who_speaks(folder)
        options = ("--child", "--study", folder, "--runs", asked.runs)
        found = in_child(__file__, *options, home=Path(scratch) / "home")
    print(f"{found.pop('characters'):,} characters in {found.pop('turns'):,} turns\n")
    floor = found[FLOOR]["median"]
    print_table(
        ["question", "answers", "first", "median", "÷ floor"],
        [
            [
                name,
                f"{row['answers']:,}",
                f"{row['first'] * 1000:.0f} ms",
                f"{row['median'] * 1000:.0f} ms",
                f"{row['median'] / floor:.2f}",
            ]
            for name, row in found.items()
        ],
    )


def _say_who_speaks(folder: Path) -> None:
    """Say of each second voice which of the people it is; the first one asks."""
    with Study.open(folder) as study, study.step(Op.NAME_SPEAKER):
        people = study.people.participants()
        for number, source in enumerate(study.materials.sources()):
            text = study.transcripts.of_source(source.id)
            assert text is not None
            voice = study.transcripts.speakers.of(text.id)[1]
            study.speaking.assign(voice.id, people[number % len(people)].id)


def _measure(folder: Path, runs: int) -> dict[str, object]:
    with Study.open(folder, read_only=True) as study:
        db = study._desk.db.conn  # noqa: SLF001  # the floor is below every door
        turns, characters = db.execute("SELECT count(*), sum(length(text)) FROM turn").fetchone()
        found: dict[str, object] = {"turns": turns, "characters": characters}
        for name, ask in _questions(study).items():
            times = []
            for _ in range(runs):
                begin = time.perf_counter()
                answers = ask()
                times.append(time.perf_counter() - begin)
            found[name] = {"answers": answers, "first": times[0], "median": median(times)}
        return found


def _questions(study: Study) -> dict[str, Callable[[], int]]:
    db = study._desk.db.conn  # noqa: SLF001
    passages = study.passages
    passage = next(row for row in passages.shelf(passages.look_up().passages.ids)
                   if len(row.codes) > 1 and row.person)  # fmt: skip
    two, person = tuple(code.id for code in passage.codes[:2]), passage.person
    assert person is not None

    def looked_up(query: Query) -> Callable[[], int]:
        return lambda: passages.look_up(query).tally.passages

    def searched(text: str) -> Callable[[], int]:
        return lambda: len(study.search(text, 50))

    return {
        FLOOR: lambda: len(db.execute("SELECT * FROM observation").fetchall()),
        "count by code": lambda: len(study.codebook.use.mentions()),
        "count by stage": lambda: len(study.observations.per_stage()),
        "count by source": lambda: len(study.observations.per_source()),
        "filter: two codes and a person": looked_up(Query(code_ids=two, participant_id=person.id)),
        "filter: one code": looked_up(Query(code_ids=two[:1])),
        "filter: one person": looked_up(Query(participant_id=person.id)),
        "no filter: all passages, counted": looked_up(Query()),
        "every mention, for figures": lambda: len(passages.mentions(coded=False)),
        "every passage in full": lambda: len(passages.find()),
        "search: a word in every turn": searched("the"),
        "search: a frequent phrase": searched('"friendly woman"'),
        "search: three frequent words": searched("friendly woman called"),
        "search: a rare word": searched("zeppelin"),
        "search: the beginning of a word": searched("pr"),
    }


if __name__ == "__main__":
    main()
