"""What a report may say, and what it may never say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support import report_study
from tests.support.studies import agree
from workbench.domain import report as tree
from workbench.domain.anchors import TextAnchor
from workbench.domain.findings import Evidence
from workbench.domain.ids import ObservationId, ParticipantId, StageId
from workbench.domain.protection import Protection
from workbench.domain.quoting import Silence
from workbench.domain.report import EvidenceNumbers, EvidenceRef, EvidenceState, ReportModel
from workbench.domain.speaking import Part
from workbench.errors import Bug, UserError
from workbench.services.report.data import ReportData
from workbench.services.report.reporting import build_report
from workbench.study import Study


def all_text(model: ReportModel) -> str:
    texts: list[str] = []

    def collect(text: str) -> str:
        texts.append(text)
        return text

    tree.map_text(model, collect)
    return "\n".join(texts)


def test_numbers_follow_the_order_of_first_citation() -> None:
    numbers = EvidenceNumbers()
    assert [numbers.cite(key).number for key in "bacab"] == [1, 2, 3, 2, 1]
    assert list(numbers) == [(1, "b"), (2, "a"), (3, "c")]


def test_numbers_of_an_earlier_report_are_never_given_away() -> None:
    numbers = EvidenceNumbers({"old": 1, "gone": 4})
    assert numbers.cite("new") == EvidenceRef(5)
    assert numbers.cite("old") == EvidenceRef(1)
    assert list(numbers) == [(1, "old"), (4, "gone"), (5, "new")]


def test_every_number_in_the_text_is_in_the_register_in_order(model: ReportModel) -> None:
    cited = tree.references(model)
    registered = [entry.number for entry in model.register]
    assert list(dict.fromkeys(cited)) == registered == list(range(1, len(registered) + 1))


def test_a_reference_without_a_line_is_our_bug(model: ReportModel) -> None:
    with pytest.raises(Bug):
        tree.check(replace(model, register=model.register[1:]))


def test_nobody_without_consent_is_quoted(model: ReportModel, data: ReportData) -> None:
    text = all_text(model)
    silent = [p for p in data.passages if p.person is not None and p.person.pseudonym == "Leila"]
    assert len(silent) == 2
    for passage in silent:
        assert passage.observation.words not in text
    withheld = [e for e in model.register if e.state is EvidenceState.WITHHELD]
    assert [e.words for e in withheld] == ["", ""]
    assert "1 voice (2 observations) is counted and summarised without quotation" in text


def test_an_unknown_voice_of_a_focus_group_is_not_quoted(data: ReportData) -> None:
    ruth = next(p for p in data.passages if p.observation.words == "Two weeks with no message")
    unknown = replace(ruth, person=None, speaker="S3", silence=Silence.UNKNOWN, part=Part.UNKNOWN)
    passages = tuple(unknown if p is ruth else p for p in data.passages)
    model = build_report(replace(data, passages=passages))
    assert "Two weeks with no message" not in all_text(model)
    assert "not known who spoke" in all_text(model)


def test_a_shopper_is_quoted_but_never_averaged_with_people(data: ReportData) -> None:
    model = build_report(data)
    assert "I waited six minutes before anyone looked up" in all_text(model)
    shoppers = [p for p in data.passages if p.session.id == "mystery_shop_memo"]
    without = build_report(
        replace(data, passages=tuple(p for p in data.passages if p not in shoppers))
    )
    assert _curve(model) == _curve(without)


def _curve(model: ReportModel) -> str:
    return next(b.alt for s in model.sections for b in s.blocks if isinstance(b, tree.Picture))


def test_no_mean_is_printed_for_fewer_than_three_people(model: ReportModel) -> None:
    assert "Living with it: no mean, n 2" in _curve(model)
    segments = next(s for s in model.sections if s.id == "segments")
    table = segments.blocks[0]
    assert isinstance(table, tree.Table)
    cells = [cell for row in table.rows for cell in row[1:]]
    assert cells
    assert all(cell.tone == "" for cell in cells)  # two people per segment: evidence, no mean


def test_the_experience_is_what_people_had(model: ReportModel) -> None:
    curve = _curve(model)
    assert "Waiting −1.9 (n 3)" in curve
    assert "Committing: no rating" in curve  # two people told what they expected of it, no more


def test_every_mean_carries_its_n(model: ReportModel) -> None:
    means = [
        cell
        for section in model.sections
        for block in section.blocks
        if isinstance(block, tree.Table) and block.header[0] == "Dimension"
        for row in block.rows
        for cell in row[1:2]
        if isinstance(cell.runs[0], tree.Run) and cell.runs[0].bold
    ]
    assert means
    assert all(any(run.text.startswith("n ") for run in cell.runs) for cell in means)


def test_removed_evidence_leaves_a_tombstone(data: ReportData) -> None:
    first = data.insights[0]
    gone = Evidence(first.id, ObservationId("erased"))
    evidence = dict(data.evidence) | {first.id: (gone, *data.evidence[first.id])}
    model = build_report(replace(data, evidence=evidence))
    tombs = [e for e in model.register if e.state is EvidenceState.REMOVED]
    assert [tomb.key for tomb in tombs] == ["erased"]
    assert tombs[0].number in tree.references(model)


def test_a_withdrawn_observation_keeps_its_number_for_ever(data: ReportData) -> None:
    numbers = {entry.key: entry.number for entry in build_report(data).register}
    lost = next(p for p in data.passages if numbers.get(p.observation.id) == 1)
    left = tuple(p for p in data.passages if p is not lost)
    again = build_report(replace(data, passages=left, numbers=numbers))
    assert again.register[0].state is EvidenceState.REMOVED
    assert {e.key: e.number for e in again.register}.items() >= numbers.items()


def test_real_names_that_slip_into_texts_are_replaced(data: ReportData) -> None:
    names = report_study.real_names()
    words = "Priya Nandakumar rang, and Mrs Nandakumar waited"
    passages = tuple(
        replace(p, observation=replace(p.observation, words=words)) for p in data.passages[:1]
    )
    slipped = replace(data, passages=passages + data.passages[1:])
    text = all_text(build_report(Protection(names.items()).of(slipped)))
    assert "[Maya] rang, and Mrs [Maya] waited" in text
    parts = [part for name in names for part in name.split()]
    assert not [part for part in parts if part in text]


def test_in_vivo_codes_do_not_betray_who_is_not_quoted(data: ReportData) -> None:
    leila = next(p for p in data.passages if p.person and p.person.pseudonym == "Leila")
    code = replace(leila.codes[0], name="longer than most of my contracts")
    passages = tuple(replace(p, codes=(code,)) if p is leila else p for p in data.passages)
    codes = tuple(code if c.id == code.id else c for c in data.codes)
    assert code.name not in all_text(build_report(replace(data, passages=passages, codes=codes)))


def test_an_empty_study_makes_a_report(data: ReportData) -> None:
    empty = build_report(ReportData(charter=data.charter))
    assert empty.register == ()
    assert [s.id for s in empty.sections][:2] == ["summary", "method"]


def test_nobody_is_quoted_when_nobody_agreed(data: ReportData) -> None:
    passages = tuple(replace(p, silence=Silence.NO_CONSENT) for p in data.passages)
    model = build_report(replace(data, agreed=frozenset[ParticipantId](), passages=passages))
    text = all_text(model)
    assert not [p for p in data.passages if p.person and p.observation.words in text]


def test_a_real_study_reports_and_exports(tmp_path: Path) -> None:
    with Study.create(tmp_path / "home", title="Moving home") as study:
        maya = study.people.add(pseudonym="Maya", real_name="Priya Nandakumar")
        agree(study, maya.id)
        leila = study.people.add(pseudonym="Leila", real_name="Shirin Daneshvar")
        stage = study.journeys.add_stage("Waiting")
        spoken = {maya: "I felt stupid, said Priya", leila: "Silence is the worst message"}
        for person, words in spoken.items():
            path = tmp_path / f"{person.pseudonym}.txt"
            path.write_text(f"Interviewer: And then?\n{person.pseudonym}: {words}\n", "utf-8")
            (source,) = study.imports.take_in([path], people=[person.id])
            transcript = study.transcripts.of_source(source.id)
            assert transcript is not None
            turn = study.transcripts.turns(transcript.id)[1]
            assert turn.speaker_id is not None
            study.speaking.assign(turn.speaker_id, person.id)
            anchor = TextAnchor(turn.id, 0, turn.id, len(turn.text))
            seen = study.observations.place(anchor, stage_id=stage.id, emotion=-2)
            insight = study.findings.add_insight(f"Claim on {person.code}")
            study.findings.add_evidence(insight.id, seen.id)
        model = study.reports.model()
        written = study.reports.write(tmp_path / "report.docx")
        files = {
            name: study.exports.write(name, tmp_path / f"out.{name}", source_id=None)
            for name in ("docx", "txt", "csv", "json")
        }
        with pytest.raises(UserError, match="no times"):
            study.exports.write("srt", tmp_path / "out.srt")
    text = all_text(model)
    assert "I felt stupid, said [Maya]" in text
    assert "Silence is the worst message" not in text
    assert written.stat().st_size > 10_000
    for name in ("txt", "csv"):
        content = files[name].read_text("utf-8-sig")
        assert "Priya" not in content
        assert "Silence is the worst message" not in content
        assert "[Not quoted: consent to quotes was not asked for]" in content
    whole = files["json"].read_text("utf-8")
    assert "Priya Nandakumar" not in whole
    assert "Silence is the worst message" in whole


@pytest.mark.parametrize(("stages", "rows"), [(1, [1]), (8, [8]), (9, [4, 5]), (60, [7, 8] * 4)])
def test_a_long_journey_is_drawn_in_rows_that_can_be_read(
    data: ReportData, stages: int, rows: list[int]
) -> None:
    long = tuple(
        replace(data.stages[0], id=StageId(f"s{n}"), name=f"Stage {n}")
        for n in range(1, stages + 1)
    )
    model = build_report(replace(data, stages=long, passages=()))
    [journey] = [s for s in model.sections if s.id == "journey"]
    pictures = [block for block in journey.blocks if isinstance(block, tree.Picture)]
    maps = [block for block in journey.blocks if isinstance(block, tree.Table)]
    assert sorted(len(table.header) - 1 for table in maps) == sorted(rows)
    assert [name for table in maps for name in table.header[1:]] == [s.name for s in long]
    assert len(pictures) == len(rows)
    assert ("stages 1 to" in pictures[0].caption) is (len(rows) > 1)
    assert all(f"Stage {n}:" in "".join(p.alt for p in pictures) for n in range(1, stages + 1))
