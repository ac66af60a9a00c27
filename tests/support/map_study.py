"""A small study with a journey: three people, one shopper, one person who is never quoted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support.studies import agree
from workbench.domain.anchors import TextAnchor
from workbench.domain.findings import Horizon, Stance
from workbench.domain.ids import StageId
from workbench.domain.journey import Track
from workbench.domain.materials import Method
from workbench.domain.observation import Expectation
from workbench.study import Study

SAID = {
    "Maya": (
        "The comparison page was calm and clear.",
        "I expected a message before the day.",
        "Your activation is now the eleventh.",
    ),
    "Daniel": ("They wrote once, and that was fine.",),
    "Ruth": ("Silence is the worst message.",),
}
SEEN = "She smiled and told me the truth about the date."


def build(folder: Path) -> Path:
    """Make the study and return its folder.

    Waiting is rated by three people (−2, 0, −1) and one shopper (+2); Choosing by one (+1).
    """
    with Study.create(folder / "Moving.study", title="Moving home", coder="Researcher") as study:
        stages = _journey(study)
        movers = study.people.add_segment("Movers").id
        workers = study.people.add_segment("Home workers").id
        for name, segment, quotes in (
            ("Maya", movers, True), ("Daniel", workers, True), ("Ruth", movers, False),
        ):  # fmt: skip
            person = study.people.add(
                pseudonym=name,
                segment_id=segment,
                real_name=f"{name} Castellane",
            )
            agree(study, person.id, quotes=quotes)
            file = folder / f"{name}.vtt"
            file.write_text(_subtitles(SAID[name]), encoding="utf-8")
            study.imports.take_in([file], method=Method.INTERVIEW, people=[person.id])
        memo = folder / "shop.txt"
        memo.write_text(SEEN, encoding="utf-8")
        study.imports.take_in([memo], method=Method.MYSTERY_VISIT)
        _observations(study, stages)
        _findings(study, stages)
        return study.folder


def _journey(study: Study) -> dict[str, StageId]:
    journeys = study.journeys
    stages = {
        "Choosing": journeys.add_stage("Choosing", need="Compare calmly", outcome="No regret").id,
        "Waiting": journeys.add_stage("Waiting", need="Know what happens").id,
        "Living": journeys.add_stage("Living").id,
    }
    for step, stage in (("Activate", "Waiting"), ("Order", "Choosing")):
        journeys.add_stage(step, track=Track.COMPANY, counterpart_id=stages[stage])
    journeys.add_touchpoint("E-mail")
    return stages


def _observations(study: Study, stages: dict[str, StageId]) -> None:
    mail = study.journeys.touchpoints()[0].id
    choosing, waiting = stages["Choosing"], stages["Waiting"]
    _place(study, SAID["Maya"][0], "clarity", stage_id=choosing, emotion=1, moment_of_truth=True)
    _place(study, SAID["Maya"][1], "a message", stage_id=waiting, expectation=Expectation.EXPECTED)
    _place(study, SAID["Maya"][2], "broken date", stage_id=waiting, emotion=-2,
           touchpoint_id=mail, expectation=Expectation.HAD)  # fmt: skip
    _place(study, SAID["Daniel"][0], "a message", stage_id=waiting, emotion=0, touchpoint_id=mail)
    _place(study, SAID["Ruth"][0], "silence", stage_id=waiting, emotion=-1, moment_of_truth=True)
    _place(study, SEEN, "honesty", stage_id=waiting, emotion=2)


def _place(study: Study, words: str, code: str, **values: Any) -> None:
    for source in study.materials.sources():
        transcript = study.transcripts.of_source(source.id)
        assert transcript is not None
        for turn in study.transcripts.turns(transcript.id):
            start = turn.text.find(words)
            if start >= 0:
                anchor = TextAnchor(turn.id, start, turn.id, start + len(words))
                code_id = study.codebook.add(code).id
                study.observations.place(anchor, code_ids=[code_id], **values)
                return
    raise AssertionError(words)


def _findings(study: Study, stages: dict[str, StageId]) -> None:
    insight = study.findings.add_insight("Silence hurts more than a date.", so_what="Say something")
    passages = {p.codes[0].name: p.observation.id for p in study.passages.find()}
    study.findings.add_evidence(insight.id, passages["silence"])
    study.findings.add_evidence(insight.id, passages["broken date"], Stance.AGAINST)
    study.findings.add_opportunity(
        "A message every third day", stage_id=stages["Waiting"], insight_id=insight.id,
        owner="Service", kpi="Calls per order", horizon=Horizon.MUST_BE,
    )  # fmt: skip


def _subtitles(lines: tuple[str, ...]) -> str:
    cues = [
        f"00:00:{10 * i:02}.000 --> 00:00:{10 * i + 6:02}.000\n{line}\n"
        for i, line in enumerate(lines, start=1)
    ]
    return "WEBVTT\n\n" + "\n".join(cues)
