"""The sample study: the first thing a new user sees, and the honest test of the main job.

Everything but the transcripts is loaded from `resources/sample_study`. Its observations wait,
with their words, until a transcript arrives in which the words are found.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import resources
from workbench.domain.change import Op
from workbench.domain.consent import State, Use
from workbench.domain.findings import Confidence, Horizon, OpportunityKind, Stance
from workbench.domain.ids import ParticipantId, SessionId, SourceId
from workbench.domain.journey import Track
from workbench.domain.materials import Method, SourceKind
from workbench.domain.names.decisions import Decision
from workbench.domain.observation import Basis, Expectation, Kind, Promise
from workbench.domain.visits import ItemKind, Visit
from workbench.services.coding.anchoring import find_words
from workbench.study import Study

Data = dict[str, Any]


class SampleStudy:
    """The shipped sample study.

    Args:
        folder: where its files are.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or resources.path("sample_study")
        self._data = self._read("study.json")
        self._people: dict[str, ParticipantId] = {}
        self._sources: dict[str, SourceId] = {}
        self._sessions: dict[str, SessionId] = {}

    @property
    def title(self) -> str:
        """Return the title of the study."""
        return str(self._data["title"])

    def load(self, study: Study) -> None:
        """Fill an empty study with people, journey, sessions, observations and findings."""
        with study.step(Op.LOAD_SAMPLE):
            self._load_charter(study)
            self._load_people(study)
            self._load_journey(study)
            self._load_sessions(study)
            self._load_visits(study)
            self._load_analysis(study)

    def is_in(self, study: Study) -> bool:
        """Tell whether a study is the sample."""
        return study.title == self.title

    def without_words(self, study: Study) -> list[SourceId]:
        """Return the recordings that nobody has had recognised, nor put into the queue."""
        return [
            source.id
            for source in study.materials.sources()
            if source.kind is not SourceKind.TEXT
            and study.transcripts.of_source(source.id) is None
            and study.jobs.of_source(source.id) is None
        ]

    def queue(self, study: Study, model: str) -> int:
        """Put the recordings without words into the queue, if everybody agrees; return how many."""
        waiting = [one for one in self.without_words(study) if not study.jobs.refusal(one)]
        for source_id in waiting:
            study.jobs.add(source_id, model=model, speakers=self.speakers_of(study, source_id))
        return len(waiting)

    def speakers_of(self, study: Study, source_id: SourceId) -> int | None:
        """Return how many voices a recording has where the roster does not tell."""
        speakers = self._session_of(study, source_id).get("speakers")
        return None if speakers is None else int(speakers)

    def name_voices(self, study: Study, source_id: SourceId) -> int:
        """Name the voices of a transcript by a phrase that each of them says.

        It stands for the moment in which a researcher listens and says who speaks.

        Returns:
            how many voices were named.
        """
        transcript = study.transcripts.of_source(source_id)
        if transcript is None:
            return 0
        people = {row.pseudonym: row.id for row in study.people.participants()}
        turns = study.transcripts.turns(transcript.id)
        by_id = {turn.id: turn for turn in turns}
        unnamed = {row.id for row in study.transcripts.speakers.of(transcript.id) if not row.name}
        named = 0
        for name, phrase in self._session_of(study, source_id)["voices"].items():
            anchor = find_words(phrase, turns)
            speaker = by_id[anchor.first_turn].speaker_id if anchor else None
            if speaker in unnamed:
                if name in people:
                    study.speaking.assign(speaker, people[name])
                else:
                    study.speaking.name(speaker, name)
                named += 1
        return named

    def _session_of(self, study: Study, source_id: SourceId) -> Data:
        """Return what is known of a recording; nothing of one that somebody added."""
        stem = Path(study.materials.source(source_id).original_name).stem
        sessions = (row for row in self._data["sessions"] if row["source"] == stem)
        return next(sessions, {"voices": {}})

    def _read(self, name: str) -> Data:
        data: Data = json.loads((self._folder / name).read_text(encoding="utf-8"))
        return data

    def _load_charter(self, study: Study) -> None:
        study.edit_charter(
            title=self.title,
            client=self._data["client"],
            promise=self._data["brand_promise"],
            values=tuple(self._data["brand_values"]),
            questions=tuple(self._data["research_questions"]),
        )
        for written in self._data["no_names"]:  # all of it is made up
            study.names.decide(written, Decision.NEVER)

    def _load_people(self, study: Study) -> None:
        segments = {
            row["name"]: study.people.add_segment(row["name"], persona=row["persona"]).id
            for row in self._data["segments"]
        }
        for row in self._data["participants"]:
            agreed = row["consent"]
            person = study.people.add(
                code=row["code"],
                pseudonym=row["pseudonym"],
                segment_id=segments[row["segment"]],
                real_name=row["real_name"],
            )
            study.ledger.set(
                [person.id],
                {Use(use): State(state) for use, state in agreed["answers"].items()},
                date=agreed["date"],
                until=agreed["until"],
                how=agreed["how"],
            )
            self._people[person.pseudonym] = person.id

    def _load_journey(self, study: Study) -> None:
        stages = {
            row["name"]: study.journeys.add_stage(
                row["name"], need=row["need"], outcome=row["outcome"], context=row["context"]
            ).id
            for row in self._data["journey_stages"]
        }
        for name in self._data["company_journey"]:
            served = stages[self._data["company_serves"][name]]
            study.journeys.add_stage(name, track=Track.COMPANY, counterpart_id=served)
        for name in self._data["touchpoints"]:
            study.journeys.add_touchpoint(name)

    def _load_sessions(self, study: Study) -> None:
        for row in self._data["sessions"]:
            self._load_session(study, row, f"audio/{row['source']}.opus", Method(row["method"]))
        note = self._data["field_note"]
        self._load_session(study, note, f"{note['source']}.md", Method.FIELD_NOTE)

    def _load_session(self, study: Study, row: Data, file: str, method: Method) -> None:
        session = study.materials.add_session(
            method,
            row["title"],
            date=row["date"],
            place=row["place"],
            people=[self._people[name] for name in row["people"]],
        )
        [source] = study.imports.take_in(
            [self._folder / file], session_id=session.id, title=row["title"]
        )
        self._sources[row["source"]] = source.id
        self._sessions[row["title"]] = session.id

    def _load_visits(self, study: Study) -> None:
        data = self._read("mystery_visits.json")
        form = study.visits.add_form(
            data["form"]["name"],
            [
                _form_item(section["name"], item)
                for section in data["form"]["sections"]
                for item in section["items"]
            ],
        )
        items = {item.key: item.id for item in study.visits.items(form.id)}
        for row in data["visits"]:
            session_id = self._sessions.get(row["place"])
            if session_id is None:
                session_id = study.materials.add_session(
                    Method.MYSTERY_VISIT, row["place"], date=row["date"]
                ).id
            study.visits.set_visit(
                Visit(
                    session_id,
                    form.id,
                    row["shopper"],
                    row["scenario"],
                    row["in"],
                    row["out"],
                    row["narrative"],
                )
            )
            for key, value in row["answers"].items():
                study.visits.answer(session_id, items[key], value)

    def _load_analysis(self, study: Study) -> None:
        data = self._read("analysis.json")
        stages = {row.name: row.id for row in study.journeys.stages()}
        touchpoints = {row.name: row.id for row in study.journeys.touchpoints()}
        by_words = {}
        for row in data["observations"]:
            observation = study.observations.expect(
                self._sources[row["source"]],
                row["words"],
                code_ids=[study.codebook.add(name).id for name in row["codes"]],
                stage_id=stages[row["stage"]],
                touchpoint_id=touchpoints.get(row["touchpoint"]),
                **_judgement(row),
            )
            by_words[row["words"]] = observation.id
            if row["memo"]:
                study.memos.write("observation", observation.id, row["memo"])
        insights = []
        for row in data["insights"]:
            insight = study.findings.add_insight(
                row["claim"], so_what=row["so_what"], confidence=Confidence(row["confidence"])
            )
            insights.append(insight.id)
            for stance in Stance:
                for words in row[stance.value]:
                    study.findings.add_evidence(insight.id, by_words[words], stance)
        for row in data["opportunities"]:
            study.findings.add_opportunity(
                row["title"],
                kind=OpportunityKind(row["kind"]),
                horizon=Horizon(row["horizon"]),
                stage_id=stages[row["stage"]],
                insight_id=insights[row["insight"]],
                owner=row["owner"],
                kpi=row["kpi"],
                severity=row["severity"],
                business_value=row["business_value"],
            )


def _form_item(section: str, item: Data) -> Data:
    return {
        "section": section,
        "key": item["id"],
        "ask": item["ask"],
        "kind": ItemKind(item["kind"]),
        "unit": item.get("unit", ""),
        "lowest": item.get("min", 0),
        "highest": item.get("max", 1),
        "weight": item["weight"],
    }


def _judgement(row: Data) -> Data:
    flags = set(row["flags"])
    return {
        "effectiveness": row["effectiveness"],
        "ease": row["ease"],
        "emotion": row["emotion"],
        "basis": Basis(row["basis"]),
        "kind": Kind(row["kind"]),
        "expectation": _first(flags, {"expected": Expectation.EXPECTED, "had": Expectation.HAD}),
        "promise": _first(
            flags,
            {
                "promise kept": Promise.KEPT,
                "promise broken": Promise.BROKEN,
                "promise": Promise.NAMED,
            },
        ),
        "moment_of_truth": "moment of truth" in flags,
        "brand_absent": "brand absent" in flags,
    }


def _first(flags: set[str], choices: dict[str, Any]) -> Any:
    return next((value for flag, value in choices.items() if flag in flags), None)
