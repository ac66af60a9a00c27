"""A whole study as report data, made by hand from the files of the sample study."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from workbench.analysis.visits import score
from workbench.domain.charter import Charter
from workbench.domain.codebook import Code
from workbench.domain.findings import (
    Confidence,
    Evidence,
    Horizon,
    Insight,
    Opportunity,
    OpportunityKind,
    Stance,
)
from workbench.domain.ids import (
    CodeId,
    InsightId,
    JourneyId,
    ObservationId,
    OpportunityId,
    ParticipantId,
    SegmentId,
    SessionId,
    SourceId,
    StageId,
    StudyId,
    TouchpointId,
)
from workbench.domain.journey import Stage, Touchpoint
from workbench.domain.materials import Attendance, Method, Session, Source, SourceKind
from workbench.domain.observation import Basis, Expectation, Kind, Observation, Promise
from workbench.domain.passage import Passage
from workbench.domain.people import Participant, Segment
from workbench.domain.quoting import Silence
from workbench.domain.speaking import Part
from workbench.domain.visits import FormItem, ItemKind, Visit
from workbench.services.materials.visits import FilledVisit
from workbench.services.report.data import ReportData

FOLDER = Path(__file__).parents[1] / "data" / "report_study"

_SESSIONS = (
    ("interview_maya", "Interview with Maya", Method.INTERVIEW, "2026-09-12", "", 135),
    ("interview_daniel", "Interview with Daniel", Method.INTERVIEW, "2026-09-13", "", 117),
    ("focus_group", "Evening group", Method.FOCUS_GROUP, "2026-09-18", "", 151),
    ("mystery_shop_memo", "Visit to Castle Street", Method.MYSTERY_VISIT, "2026-09-14", "", 61),
)
_COUNTERPARTS = {
    "Search": "Working out what I need",
    "Order": "Committing",
    "Activate": "Waiting",
    "Use": "Living with it",
    "Support": "Getting help",
}


def load(name: str) -> Any:
    return json.loads((FOLDER / name).read_text("utf-8"))


def real_names() -> dict[str, str]:
    return {p["real_name"]: p["pseudonym"] for p in load("study.json")["participants"]}


def sample() -> ReportData:
    study, analysis = load("study.json"), load("analysis.json")
    segments = tuple(
        Segment(SegmentId(s["name"]), s["name"], s["persona"]) for s in study["segments"]
    )
    people = tuple(
        Participant(ParticipantId(p["code"]), p["code"], p["pseudonym"], SegmentId(p["segment"]))
        for p in study["participants"]
    )
    may_quote = frozenset(
        ParticipantId(p["code"]) for p in study["participants"] if p["consent"]["quotes"]
    )
    stages = tuple(
        Stage(
            StageId(s["name"]), JourneyId("c"), s["name"], s["need"], s["outcome"], s["context"], n
        )
        for n, s in enumerate(study["journey_stages"])
    )
    steps = tuple(
        Stage(StageId(f"k{n}"), JourneyId("k"), name, counterpart_id=StageId(_COUNTERPARTS[name]))
        for n, name in enumerate(study["company_journey"])
    )
    sessions = tuple(
        Session(SessionId(key), method, title, date, place)
        for key, title, method, date, place, _ in _SESSIONS
    )
    sources = tuple(
        Source(
            SourceId(s.id),
            s.id,
            SourceKind.AUDIO,
            s.title,
            f"{s.id}.opus",
            "",
            "",
            1,
            row[5] * 1000,
        )
        for s, row in zip(sessions, _SESSIONS, strict=True)
    )
    passages = _passages(analysis, stages, sessions, sources, people, may_quote=may_quote)
    insights, evidence = _insights(analysis, passages)
    visits, places = _visits(load("mystery_visits.json"))
    codes = {code.id: code for p in passages for code in p.codes}
    charter = Charter(
        StudyId("s"),
        study["title"],
        study["client"],
        study.get("purpose", ""),
        study["brand_promise"],
        tuple(study["brand_values"]),
        tuple(study["research_questions"]),
    )
    roster = {("interview_maya", "P01"), ("interview_daniel", "P02")}
    roster |= {("focus_group", f"P0{n}") for n in range(3, 7)}
    return ReportData(
        charter=charter,
        segments=segments,
        participants=people,
        agreed=may_quote,
        sessions=(*sessions, *places),
        attendance=tuple(Attendance(SessionId(s), ParticipantId(p)) for s, p in sorted(roster)),
        sources=sources,
        stages=stages,
        steps=steps,
        codes=tuple(codes.values()),
        passages=passages,
        insights=insights,
        evidence=evidence,
        opportunities=_opportunities(analysis),
        visits=visits,
        models=("faster-whisper base",),
        date="2026-10-01",
    )


def _passages(analysis, stages, sessions, sources, people, *, may_quote) -> tuple[Passage, ...]:
    by_name = {stage.name: stage for stage in stages}
    found = []
    for number, o in enumerate(analysis["observations"]):
        session = next(s for s in sessions if s.id == o["source"])
        source = next(s for s in sources if s.id == o["source"])
        speaker, place = _speaker(o["source"], o["words"])
        person = next((p for p in people if p.pseudonym == speaker), None)
        start = 1000 * place // 14
        flags = set(o["flags"])
        expectation = next((e for e in Expectation if e.value in flags), None)
        broken = "promise broken" in flags
        named = Promise.NAMED if "promise" in flags else None
        promise = Promise.BROKEN if broken else Promise.KEPT if "promise kept" in flags else named
        observation = Observation(
            ObservationId(f"o{number}"),
            source.id,
            None,
            None,
            0,
            None,
            0,
            o["words"],
            start,
            start + 70 * len(o["words"]),
            stage_id=by_name[o["stage"]].id,
            effectiveness=o["effectiveness"],
            ease=o["ease"],
            emotion=o["emotion"],
            basis=Basis(o["basis"]),
            kind=Kind(o["kind"]),
            expectation=expectation,
            promise=promise,
            moment_of_truth="moment of truth" in flags,
        )
        touch = o["touchpoint"]
        shopper = session.method is Method.MYSTERY_VISIT
        part = Part.PERSON if person else Part.SHOPPER if shopper else Part.UNKNOWN
        found.append(
            Passage(
                observation,
                tuple(Code(CodeId(name), name) for name in o["codes"]),
                by_name[o["stage"]],
                Touchpoint(TouchpointId(touch), touch) if touch else None,
                source,
                session,
                person,
                speaker,
                silence=_silence(part, person, may_quote),
                memo=o["memo"] or "",
                part=part,
            )
        )
    return tuple(found)


def _silence(part: Part, person: Participant | None, agreed: frozenset[str]) -> Silence | None:
    if person is not None:
        return None if person.id in agreed else Silence.NO_CONSENT
    return None if part is Part.SHOPPER else Silence.UNKNOWN


def _speaker(source: str, words: str) -> tuple[str, int]:
    script = (FOLDER / f"{source}.txt").read_text("utf-8")
    place = script.index(words)
    line = script[: place + 1].splitlines()[-1]
    return line.partition(":")[0], place


def _insights(analysis, passages):
    by_words = {p.observation.words: p.observation.id for p in passages}
    insights, evidence = [], {}
    for number, i in enumerate(analysis["insights"]):
        key = InsightId(f"i{number}")
        confidence = Confidence(i["confidence"])
        insights.append(Insight(key, i["claim"], i["so_what"], confidence, number))
        evidence[key] = tuple(
            Evidence(key, by_words[words], stance)
            for stance, side in ((Stance.FOR, "for"), (Stance.AGAINST, "against"))
            for words in i[side]
        )
    return tuple(insights), evidence


def _opportunities(analysis) -> tuple[Opportunity, ...]:
    return tuple(
        Opportunity(
            OpportunityId(f"p{n}"),
            o["title"],
            OpportunityKind(o["kind"]),
            Horizon(o["horizon"]),
            StageId(o["stage"]),
            InsightId(f"i{o['insight']}"),
            o["owner"],
            o["kpi"],
            o["severity"],
            o["business_value"],
        )
        for n, o in enumerate(analysis["opportunities"])
    )


def _visits(form):
    items = [
        FormItem(
            item["id"],
            "form",
            section["name"],
            place,
            item["id"],
            item["ask"],
            ItemKind(item["kind"]),
            item.get("unit", ""),
            item.get("min", 0),
            item.get("max", 1),
            item["weight"],
        )
        for section in form["form"]["sections"]
        for place, item in enumerate(section["items"])
    ]
    visits, places = [], []
    for v in form["visits"]:
        first = v["place"].startswith("Castle")
        session = SessionId("mystery_shop_memo" if first else "riverside")
        if not first:
            title = f"Visit to {v['place']}"
            places.append(Session(session, Method.MYSTERY_VISIT, title, v["date"], v["place"]))
        shown = (v["shopper"], v["scenario"], v["in"], v["out"], v["narrative"])
        visit, answers = Visit(session, "form", *shown), v["answers"]
        visits.append(FilledVisit(visit, tuple(items), answers, score(items, answers)))
    return tuple(visits), tuple(places)
