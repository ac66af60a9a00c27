"""A study full of what must not leave: real names, contacts, words of people who did not agree."""

from __future__ import annotations

from pathlib import Path

from tests.support.spoken_study import SPEECH
from tests.support.studies import observe, person, recognised, written
from workbench.domain.consent import State, Use
from workbench.domain.findings import Horizon, Stance
from workbench.domain.ids import ObservationId, TranscriptId
from workbench.domain.materials import Method
from workbench.study import Study

NAMES = (
    "Priya Nandakumar",
    "Shirin Daneshvar",
    "Gethin Pryce",
    "Oona Falkenrath",
    "Xanthe Quillon",
)
"""Real names of people of the study; the last one is written down nowhere but in the key list."""

TYPED = "Wojciech"
"""A voice is called so by typing alone, and nobody of the study is."""

CONTACTS = ("shirin.d@example.org", "+44 1632 960983")

OPEN = "the blue van came on Tuesday"
"""Words of somebody who agreed to be quoted."""

CLOSED = {
    "refused": "my landlord keeps the spare key",
    "withdrawn": "we slept in the kitchen that week",
    "binned": "the dog chewed through the cable",
    "typed": "nobody told us about the deposit",
    "together": "you would have laughed at the queue",
    "unnamed": "the meter reading was somebody else's",
}
"""Words of those who did not agree, by why not."""

QUESTION = "and what happened next"
"""Words of the one who asks: evidence of nothing, and nobody's secret."""


def build(folder: Path) -> Path:
    """Make the study and return its folder."""
    with Study.create(folder / "Key.study", title="Moving with Priya Nandakumar") as study:
        texts = _spoken(study)
        stage = study.journeys.add_stage(
            "Waiting", need="What Priya Nandakumar needs", outcome="As Oona said", context="Pryce"
        )
        point = study.journeys.add_touchpoint("Shop", channel="Priya’s phone", owner="Gethin Pryce")
        seen = {}
        for why, (text, words) in texts.items():
            code = study.codebook.add(words if why == "refused" else f"told by {why[:4]}")
            seen[why] = observe(
                study, text, words, code_ids=[code.id], stage_id=stage.id, touchpoint_id=point.id,
                emotion=-1, moment_of_truth=True,
            )  # fmt: skip
            study.memos.write("observation", seen[why].id, "Shirin Daneshvar again.")
            turn = study.observations.get(seen[why].id).first_turn_id
            assert turn is not None
            study.memos.write("turn", turn, "As Falkenrath put it.")
        _written(study, {why: one.id for why, one in seen.items()})
        people = {one.pseudonym: one.id for one in study.people.participants()}
        study.people.remove(people["Bente"])
        study.ledger.withdraw(people["Carl"])
        return study.folder


def _spoken(study: Study) -> dict[str, tuple[TranscriptId, str]]:
    """Add what was said, and return where: text and words."""
    segment = study.people.add_segment("Movers", persona="Like Priya Nandakumar").id
    note = f"Ring {CONTACTS[1]} or write to {CONTACTS[0]}"
    ids = [
        person(study, name, quotes=name != "Leila", real_name=real, segment_id=segment, note=note)
        for name, real in zip(("Maya", "Leila", "Bente", "Carl", "Dora"), NAMES, strict=True)
    ]
    maya, leila, bente, carl, dora = ids
    study.ledger.set([maya], {Use.VOICE: State.GIVEN})
    found = {}
    for why, who in (("open", maya), ("refused", leila), ("binned", bente), ("withdrawn", carl)):
        words = OPEN if why == "open" else CLOSED[why]
        text = recognised(
            study, f"{words}, said Priya Nandakumar at {CONTACTS[0] if why == 'refused' else ''}.",
            people=[who], title=f"Call with {NAMES[ids.index(who)]}",
            file=SPEECH if who == maya else None,
        )  # fmt: skip
        found[why] = (text.id, words)
    ask = written(
        study, f"{QUESTION}?", f"{CLOSED['typed']}.", speakers=("Interviewer", TYPED),
        method=Method.INTERVIEW, people=[dora], title="Interview",
    )  # fmt: skip
    found["asked"], found["typed"] = (ask, QUESTION), (ask, CLOSED["typed"])
    group = written(
        study, "I will begin.", CLOSED["together"], speakers=("Maya", "Leila"),
        method=Method.FOCUS_GROUP, people=[maya, leila], title="Evening group",
    )  # fmt: skip
    found["together"] = (group, f"begin. {CLOSED['together']}")
    unnamed = written(
        study, CLOSED["unnamed"], speakers=("S1",), method=Method.FOCUS_GROUP,
        people=[maya, leila], title="Second group",
    )  # fmt: skip
    found["unnamed"] = (unnamed, CLOSED["unnamed"])
    for session in study.materials.sessions():
        study.materials.change_session(session.id, place="Flat of Priya Nandakumar")
    return found


def _written(study: Study, seen: dict[str, ObservationId]) -> None:
    """Write what a researcher writes about it."""
    memo = "Priya Nandakumar and Gethin Pryce know each other."
    study.memos.write("charter", study.charter.id, memo)
    study.edit_charter(client="Nandakumar Ltd", purpose="Ask Shirin Daneshvar", promise="To Priya")
    insight = study.findings.add_insight("Priya waits", so_what="Ask Oona Falkenrath")
    for why, key in seen.items():
        stance = Stance.AGAINST if why == "typed" else Stance.FOR
        study.findings.add_evidence(insight.id, key, stance)
    study.findings.add_opportunity(
        "Ring Priya first", insight_id=insight.id, owner="Gethin Pryce", kpi="Calls of Shirin",
        horizon=Horizon.MUST_BE,
    )  # fmt: skip
    chosen = study.codebook.add("spare keys", definition="What Shirin Daneshvar said")
    study.observations.add_code([seen["refused"]], chosen.id)
    study.codebook.change(chosen.id, example_id=seen["refused"])
    typed = study.codebook.add("kitchen", definition="Where Oona slept")
    study.observations.add_code([seen["withdrawn"]], typed.id)
    study.codebook.change(typed.id, example=CLOSED["withdrawn"], include="if Pryce is there")
