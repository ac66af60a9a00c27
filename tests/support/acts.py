"""What people do in a study, at random: code, group, write, add, remove, move."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.support.studies import person, recognised, written
from workbench.domain.anchors import Edit, TextAnchor
from workbench.domain.findings import Stance
from workbench.domain.materials import Method
from workbench.study import Study

_WORDS = (
    "wait",
    "three weeks",
    "l’été",
    "🙂",
    "שלום",
    "e\u0301",
    "\r\n",
    "again",
    "the router",
    "",
)


def add_code(study: Study, rnd: Random) -> None:
    codes = study.codebook.codes()
    parent = rnd.choice(codes).id if codes and rnd.random() < 0.5 else None
    study.codebook.add(f"Code {rnd.randint(0, 9)}", parent_id=parent)


def merge_codes(study: Study, rnd: Random) -> None:
    codes = [code.id for code in study.codebook.codes()]
    if len(codes) > 1:
        study.recoding.merge(rnd.sample(codes, 2), rnd.choice(codes))


def remove_code(study: Study, rnd: Random) -> None:
    if codes := study.codebook.codes():
        study.codebook.remove(rnd.choice(codes).id)


def add_stage(study: Study, rnd: Random) -> None:
    study.journeys.stage_called(f"Stage {rnd.randint(0, 9)}")


def move_stage(study: Study, rnd: Random) -> None:
    if stages := study.journeys.stages():
        study.journeys.move_stage(rnd.choice(stages).id, rnd.randrange(len(stages)))


def remove_stage(study: Study, rnd: Random) -> None:
    if stages := study.journeys.stages():
        study.journeys.remove_stage(rnd.choice(stages).id)


def add_text(study: Study, rnd: Random) -> None:
    written(study, *(f"{rnd.choice(_WORDS)} and {rnd.choice(_WORDS)}." for _ in range(3)))


def add_recording(study: Study, rnd: Random) -> None:
    recognised(study, "It took three weeks, three whole weeks.", "And again and again.")


def remove_session(study: Study, rnd: Random) -> None:
    if sessions := study.materials.sessions():
        study.materials.remove_session(rnd.choice(sessions).id)


def add_person(study: Study, rnd: Random) -> None:
    # A name that nobody has: two of one pseudonym are refused.
    person(study, f"Person {rnd.getrandbits(40)}", quotes=rnd.random() < 0.5)


def gather(study: Study, rnd: Random) -> None:
    people = [row.id for row in study.people.participants()]
    sessions = study.materials.sessions()
    if not sessions:
        study.materials.add_session(Method.FOCUS_GROUP, "Group")
    else:
        size = rnd.randint(0, len(people))
        study.materials.set_roster(rnd.choice(sessions).id, rnd.sample(people, size))


def _turns(study: Study) -> list[Any]:
    found = [study.transcripts.of_source(source.id) for source in study.materials.sources()]
    return [study.transcripts.turns(row.id) for row in found if row]


def place(study: Study, rnd: Random) -> None:
    if texts := [turns for turns in _turns(study) if turns]:
        turns = rnd.choice(texts)
        first = rnd.randrange(len(turns))
        last = rnd.randrange(first, len(turns))
        start = rnd.randrange(len(turns[first].text) // 2 + 1)
        end = len(turns[last].text) - (rnd.randrange(3) if last > first else 0)
        anchor = TextAnchor(turns[first].id, start, turns[last].id, max(end, 0))
        if " ".join(turn.text for turn in turns[first : last + 1]).strip():
            codes = [code.id for code in study.codebook.codes()]
            stages = [stage.id for stage in study.journeys.stages()]
            study.observations.place(
                anchor,
                code_ids=rnd.sample(codes, min(len(codes), 2)),
                stage_id=rnd.choice(stages) if stages else None,
                emotion=rnd.choice([None, -2, 1]),
            )


def change_observation(study: Study, rnd: Random) -> None:
    if found := study.passages.find():
        codes = [code.id for code in study.codebook.codes()]
        study.observations.set_codes(
            rnd.choice(found).observation.id, rnd.sample(codes, min(len(codes), rnd.randint(0, 2)))
        )


def remove_observation(study: Study, rnd: Random) -> None:
    if found := study.passages.find():
        study.observations.remove([rnd.choice(found).observation.id])


def edit_text(study: Study, rnd: Random) -> None:
    if turns := [turn for text in _turns(study) for turn in text]:
        turn = rnd.choice(turns)
        position = rnd.randint(0, len(turn.text))
        removed = rnd.randint(0, min(9, len(turn.text) - position))
        study.corrections.edit(turn.id, Edit(position, removed, rnd.choice(_WORDS)))


def write_memo(study: Study, rnd: Random) -> None:
    if codes := study.codebook.codes():
        study.memos.write("code", rnd.choice(codes).id, rnd.choice(_WORDS))


def work_on_insight(study: Study, rnd: Random) -> None:
    insights, found = study.findings.insights(), study.passages.find()
    if not insights or rnd.random() < 0.3:
        study.findings.add_insight(f"Claim {rnd.randint(0, 9)}")
    elif found:
        insight = rnd.choice(insights).id
        chosen = rnd.choice(found).observation.id
        if rnd.random() < 0.3:
            study.findings.remove_evidence(insight, chosen)
        else:
            study.findings.add_evidence(insight, chosen, rnd.choice(list(Stance)))


ACTIONS = (
    *(add_code, merge_codes, remove_code, add_stage, move_stage, remove_stage, add_text),
    *(add_recording, remove_session, add_person, gather, place, place, change_observation),
    *(remove_observation, edit_text, edit_text, write_memo, work_on_insight),
)
