"""Every sentence of a report is true of the study it is about, however odd that study is."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.report_text import rows_under, text_of
from tests.support.studies import document, observe, person, recording, written
from workbench.domain.change import Op
from workbench.domain.findings import Stance
from workbench.domain.materials import Method
from workbench.study import Study


def empty(study: Study) -> None:
    """Leave it as it was made."""


def one_person(study: Study) -> None:
    _interview(study, person(study, "Maya"), "It was fine.")


def one_person_silent(study: Study) -> None:
    _interview(study, person(study, "Maya", quotes=False), "It was fine.")


def nobody_agreed(study: Study) -> None:
    for name in ("Maya", "Ruth"):
        _interview(study, person(study, name, quotes=False), f"{name} was tired.")


def one_of_three_silent_and_not_coded(study: Study) -> None:
    for name in ("Maya", "Ruth"):
        _interview(study, person(study, name), f"{name} was tired.")
    person(study, "Owen", quotes=False)


def only_visits(study: Study) -> None:
    for place in ("Castle Street", "Riverside"):
        session = study.materials.add_session(Method.MYSTERY_VISIT, f"Visit to {place}")
        study.visits.begin(session.id)
        for item in study.visits.items(study.visits.starter_form().id)[:2]:
            study.visits.answer(session.id, item.id, 0)


def only_notes(study: Study) -> None:
    observe(study, written(study, "She put the router on the floor."), "router")


def a_group_nobody_named(study: Study) -> None:
    people = [person(study, name) for name in ("Maya", "Ruth")]
    text = written(study, "We all waited.", "For weeks.", people=people, method=Method.FOCUS_GROUP)
    observe(study, text, "We all waited.")
    observe(study, text, "For weeks.")


def no_stages_but_moments(study: Study) -> None:
    _interview(study, person(study, "Maya"), "That was the day.", moment_of_truth=True, emotion=2)


def several_coders(study: Study) -> None:
    maya = person(study, "Maya")
    for coder in ("Ada", "Ben", ""):
        study.coder = coder
        _interview(study, maya, f"Words for {coder or 'nobody'}.")
    study.coder = "Cleo"
    _interview(study, maya, "Removed again.")
    study.observations.remove([p.id for p in study.passages.find()][-1:])


def a_person_in_the_bin(study: Study) -> None:
    _interview(study, person(study, "Maya"), "It was fine.")
    ruth = person(study, "Ruth")
    _interview(study, ruth, "It was not.")
    study.people.remove(ruth)


def evidence_on_one_side(study: Study) -> None:
    maya = person(study, "Maya")
    seen = _interview(study, maya, "It was fine.")
    study.findings.add_evidence(study.findings.add_insight("All is well.").id, seen)
    study.findings.add_insight("Nobody knows.")
    doubted = study.findings.add_insight("All is lost.")
    study.findings.add_evidence(doubted.id, seen, Stance.AGAINST)


def a_recording_of_three_seconds(study: Study) -> None:
    recording(study, people=[person(study, "Maya")], duration_ms=3000)


def a_hundred_people(study: Study) -> None:
    stage = study.journeys.add_stage("Waiting")
    with study.step(Op.LOAD_SAMPLE):
        for number in range(100):
            someone = person(study, f"Person {number}", quotes=number % 2 == 0)
            _interview(
                study, someone, f"Said by {number}.", stage_id=stage.id, emotion=number % 5 - 2
            )


STUDIES: dict[Callable[[Study], None], tuple[str, ...]] = {
    empty: ("Nobody has been met yet.",),
    one_person: (
        "We met 1 person; the study stands on 1 interview.",
        "The one person of the study has agreed to be quoted.",
    ),
    one_person_silent: (
        "The one person of the study has not agreed to be quoted: 1 voice (1 observation)",
    ),
    nobody_agreed: ("None of the 2 people of the study has agreed to be quoted: 2 voices",),
    one_of_three_silent_and_not_coded: (
        "1 of the 3 people has not agreed to be quoted; no observation is theirs.",
        "1 person of the study has not been met yet.",
    ),
    only_visits: ("The study stands on 2 mystery visits.", "not scored"),
    only_notes: ("1 passage is not quoted because a field note may repeat",),
    a_group_nobody_named: ("2 passages are not quoted because it is not known who spoke.",),
    no_stages_but_moments: ("That was the day", "No stage yet | "),
    several_coders: ("2, and 1 observation without a name",),
    a_person_in_the_bin: ("The one person of the study has agreed to be quoted.",),
    evidence_on_one_side: (
        "3 insights: 1 with evidence for it, 1 with evidence against it",
        "Nothing carries it yet.",
    ),
    a_recording_of_three_seconds: (
        "< 1 | ",
        "Duration | 0.1 minutes",
        "Nothing is coded yet of 1 interview.",
    ),
    a_hundred_people: (
        "We met 100 people; the study stands on 100 interviews.",
        "50 of the 100 people have not agreed to be quoted: 50 voices (50 observations) are",
    ),
}


def _interview(study: Study, who: str, words: str, **values: object):  # type: ignore[no-untyped-def]
    source = document(
        study, words, speakers=["Speaker"], people=[who], method=Method.INTERVIEW, title="Interview"
    )
    transcript = study.transcripts.of_source(source.id)
    assert transcript is not None
    (voice,) = study.transcripts.speakers.of(transcript.id)
    study.speaking.assign(voice.id, who)
    return observe(study, transcript.id, words, **values).id


_SIDED = (
    "(SELECT DISTINCT insight_id FROM evidence JOIN observation ON observation.id = observation_id"
    " WHERE stance = ? AND deleted_at IS NULL)"
)


class Facts:
    """What is so, asked of the file in plain SQL."""

    def __init__(self, study: Study) -> None:
        uri = f"file:{study.folder / 'study.sqlite'}?mode=ro"
        self._db = sqlite3.connect(uri, uri=True)
        self.people = self._one("participant WHERE deleted_at IS NULL")
        self.agreed = self._one(
            "participant JOIN (SELECT participant_id, state, max(number) FROM consent_entry"
            " WHERE use = 'quote' GROUP BY 1) ON participant_id = participant.id"
            " WHERE deleted_at IS NULL AND state = 'given'"
        )
        self.observations = self._one("observation WHERE deleted_at IS NULL")
        self.coders = self._one(
            "(SELECT DISTINCT coder_id FROM observation"
            " WHERE deleted_at IS NULL AND coder_id IS NOT NULL)"
        )
        self.sessions = self._one("session WHERE deleted_at IS NULL")
        self.insights = self._one("insight WHERE deleted_at IS NULL")
        self.sided = {
            stance: self._one(_SIDED.replace("?", f"'{stance}'")) for stance in ("for", "against")
        }
        self.codes = self._one("code WHERE deleted_at IS NULL")
        self.moments = self._one("observation WHERE deleted_at IS NULL AND moment_of_truth")
        self._db.close()

    def _one(self, what: str) -> int:
        return int(self._db.execute(f"SELECT count(*) FROM {what}").fetchone()[0])  # noqa: S608


@pytest.mark.parametrize("make", STUDIES, ids=lambda make: make.__name__)
def test_what_a_report_says_is_so(
    make: Callable[[Study], None], study: Study, tmp_path: Path
) -> None:
    make(study)
    model = study.reports.model()
    said, facts = text_of(model), Facts(study)
    assert [sentence for sentence in STUDIES[make] if sentence not in said] == []
    silent = facts.people - facts.agreed

    assert bool(
        re.search(r"(All \d+ people|The one person) of the study ha(ve|s) agreed", said)
    ) == (facts.people > 0 and not silent)
    if silent:
        who = f"{silent} of the {facts.people} people ha(s|ve) not"
        if silent == facts.people:
            all_of_them = f"None of the {silent} people of the study has"
            who = all_of_them if silent > 1 else "The one person of the study has not"
        assert re.search(f"{who} agreed to be quoted", said)
    assert ("pseudonym" in model.notice) == (facts.people > 0) == bool(model.foot)
    assert "Everybody" not in said

    figures = rows_under(model, "What the study stands on", header=True)
    named = dict(zip(figures[1], figures[0], strict=True))
    assert named["observation" if facts.observations == 1 else "observations"] == str(
        facts.observations
    )
    assert named["session" if facts.sessions == 1 else "sessions"] == str(facts.sessions)
    assert named["insight" if facts.insights == 1 else "insights"] == str(facts.insights)

    known = {row[1]: row[2] for row in rows_under(model, "Checklist")}
    assert known["Number of coders"].split(",")[0] == (str(facts.coders or "to be added"))
    assert known["Coding tree"].split(",")[0] in (
        {"to be added"} if not facts.codes else {f"{facts.codes} codes", f"{facts.codes} code"}
    )
    consistent = known["Data and findings consistent"]
    numbers = [int(number) for number in re.findall(r"\d+", consistent)]
    wanted = [facts.insights, facts.sided["for"], facts.sided["against"]]
    assert numbers == (wanted if facts.insights else [])

    letters = re.findall(
        r"^Appendix (\w):", "\n".join(s.heading for s in model.sections), re.MULTILINE
    )
    assert letters == list("ABCDEFGH"[: len(letters)])
    mentioned = set(re.findall(r"Appendix (\w)", said))
    assert mentioned <= set(letters)
    assert sum(s.appendix for s in model.sections) == len(letters)
    assert not re.search(r"(?<![\d.])1 (people|sessions|methods|observations|codes|visits)\b", said)
    assert not re.search(
        r"(?<![\d.−])(?!1 )\d+ (person|session|observation|code|visit)\b(?! )", said
    )
    assert "moments" in {s.id for s in model.sections} or not facts.moments
    if facts.people < 100:  # Word tables of hundreds of rows take seconds
        study.reports.write(tmp_path / "report.docx")


def test_a_score_of_nothing_is_a_score(study: Study) -> None:
    only_visits(study)
    scores = {
        row[0]: row[1:] for row in rows_under(study.reports.model(), "Visit scores, 0 to 100")
    }
    assert "0" in {value for values in scores.values() for value in values}
    form = study.visits.items(study.visits.starter_form().id)
    assert {item.section for item in form} <= scores.keys()
