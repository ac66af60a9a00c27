"""The brief: one page from the same evidence, with the numbers of the report."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from tests.support import report_study
from tests.support.commands import workbench
from tests.support.report_text import rows_under, text_of
from tests.support.studies import observe, recognised
from workbench.domain.brief import ReportKind, Stakeholder
from workbench.domain.figures import signed
from workbench.domain.findings import Confidence, Insight, Opportunity
from workbench.domain.ids import InsightId, OpportunityId
from workbench.domain.passage import Passage
from workbench.domain.report import BulletList, EvidenceRef, Run, references
from workbench.errors import UserError
from workbench.exchange.export_docx import export_docx
from workbench.services.report.brief import brief
from workbench.services.report.data import ReportData
from workbench.services.report.reporting import build_report
from workbench.services.report.sentences import one_sided, unquoted, without_mean
from workbench.study import Study

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
CAPTION = "What to do, and who does it"


@pytest.fixture(scope="module")
def data() -> ReportData:
    return report_study.sample()


def _claims(data: ReportData, audience: Stakeholder | None = None) -> list[str]:
    [listed] = [
        block
        for section in brief(data, audience).sections
        for block in section.blocks
        if isinstance(block, BulletList)
    ]
    return [cast("Run", item[0]).text for item in listed.items]


def test_every_number_is_the_one_of_the_report(data: ReportData) -> None:
    page = brief(data)
    assert page.register == build_report(data).register
    assert 0 < len(set(references(page))) < len(page.register)


def test_each_insight_speaks_with_one_voice_and_its_number(data: ReportData) -> None:
    words = {entry.number: entry.words for entry in brief(data).register}
    printed: list[int] = []
    for section in brief(data).sections:
        for block in section.blocks:
            for item in block.items if isinstance(block, BulletList) else ():
                [number] = [run.number for run in item if isinstance(run, EvidenceRef)]
                assert any(f"“{words[number]}”" == getattr(run, "text", "") for run in item)
                printed.append(number)
    assert len(printed) == len(set(printed)) == len(data.insights)


def test_nobody_is_quoted_who_may_not_be(data: ReportData) -> None:
    silent = [p.words for p in data.passages if not p.quotable]
    text = text_of(replace(brief(data), register=()))
    assert silent
    assert [words for words in silent if words in text] == []


def test_the_lowest_points_have_the_figures_of_the_map(data: ReportData) -> None:
    rows = rows_under(brief(data), "Experience from −2 to +2: mean of people, and their number")
    points = {c.name: c.point for c in data.journey.columns if c.point}
    low = sorted((p.mean, name) for name, p in points.items() if p.mean < 0)
    assert [row[0] for row in rows] == [name for _, name in low[:3]]
    for name, figure, voice in rows:
        assert figure.startswith(f"{signed(points[name].mean)} n {points[name].people}")
        assert "[E" in voice


def test_what_matters_most_is_what_the_researcher_judged(data: ReportData) -> None:
    keys = [InsightId(str(n)) for n in range(6)]
    carried = next(iter(data.evidence.values()))
    made = tuple(Insight(key, f"claim {key}", position=int(key)) for key in keys)
    made = (*made[:3], replace(made[3], confidence=Confidence.HIGH), *made[4:])
    follows = Opportunity(
        OpportunityId("o"), "Do it", insight_id=keys[4], severity=5, business_value=5
    )
    evidence = {key: carried for key in keys if key != keys[0]}
    of = replace(data, insights=made, evidence=evidence, opportunities=(follows,))
    assert _claims(of) == ["claim 4", "claim 3", "claim 1", "claim 2", "claim 5"]
    assert "1 further insight in the full report." in text_of(brief(of))


def test_what_is_long_leaves_room_for_the_rest(data: ReportData) -> None:
    long = tuple(replace(one, so_what="so it is " * 60) for one in data.insights)
    assert len(_claims(replace(data, insights=long))) == 3
    words = "all of it and more " * 30
    said = tuple(
        replace(
            cast("Passage", p), observation=replace(cast("Passage", p).observation, words=words)
        )
        for p in data.passages
    )
    page = text_of(replace(brief(replace(data, passages=said)), register=()))
    quotes = re.findall("“(all[^”]*)”", page)
    assert quotes
    assert all(one.endswith((" all …", " of …", " it …", " and …", " more …")) for one in quotes)
    assert max(map(len, quotes)) <= 202


@pytest.mark.parametrize(
    ("owner", "audiences"),
    [
        ("Customer service", {"service"}),
        ("Marketing, brand", {"marketing"}),
        ("Retail", {"shop"}),
        ("IT and shops", {"it", "shop"}),
        ("make it work", set()),
        ("Kundendienst", {"service"}),
        ("Shopping", set()),
        ("", set()),
    ],
)
def test_owners_are_known_by_whole_words(owner: str, audiences: set[str]) -> None:
    assert {one.value for one in Stakeholder if one.is_named_in(owner)} == audiences


def test_an_audience_gets_first_what_the_study_says_is_its(data: ReportData) -> None:
    first = data.insights[-1]
    mine = replace(data.opportunities[0], owner="Marketing", insight_id=first.id)
    mine = replace(mine, severity=1, business_value=1, title="Ask first")
    others = tuple(replace(o, owner="Operations") for o in data.opportunities[1:])
    of = replace(data, opportunities=(*others, mine))
    assert rows_under(brief(of), CAPTION)[0][:2] != ["Ask first", "Marketing"]
    page = brief(of, Stakeholder.MARKETING)
    assert rows_under(page, CAPTION)[0][:2] == ["Ask first", "Marketing"]
    assert _claims(of, Stakeholder.MARKETING)[0] == first.claim
    assert "first what the study puts into the hands of “Marketing”" in text_of(page)
    assert page.kicker == "Brief for marketing"


def test_what_happens_at_its_touchpoint_is_an_audiences_too(data: ReportData) -> None:
    known = {p.touchpoint.id: p.touchpoint for p in data.passages if p.touchpoint}
    shop = next(point for point in known.values() if point.name == "Shop")
    points = tuple(replace(t, channel="shop" if t == shop else "") for t in known.values())
    met = {p.id for p in data.passages if p.touchpoint and p.touchpoint.id == shop.id}
    theirs = [
        i.claim
        for i in data.insights
        if any(e.observation_id in met for e in data.evidence.get(i.id, ()))
    ]
    of = replace(data, touchpoints=points, opportunities=())
    assert theirs
    assert _claims(of, Stakeholder.SHOP)[: len(theirs)] == theirs


def test_where_nothing_tells_an_audience_apart_the_brief_says_so(data: ReportData) -> None:
    none = tuple(replace(o, owner="Operations") for o in data.opportunities)
    of = replace(data, opportunities=none)
    page = brief(of, Stakeholder.IT)
    assert "For IT: the study names nothing as theirs" in text_of(page)
    assert _claims(of, Stakeholder.IT) == _claims(of)
    assert "For leadership: what matters most in the whole" in text_of(
        brief(of, Stakeholder.LEADERSHIP)
    )


def test_limits_are_said_in_one_sentence(data: ReportData) -> None:
    text = text_of(brief(data))
    [said] = [line for line in text.splitlines() if line.startswith("Limits: ")]
    assert "not how often" in said
    assert "may not be quoted" in said
    assert re.search("ha(s|ve) (no|a) mean", said)
    sentence = said.partition(" [E…]")[0]
    assert sentence.endswith(".")
    assert sentence.count(". ") == 0


@pytest.mark.parametrize(
    ("say", "some", "all_of_them", "said"),
    [
        (unquoted, 1, 1, "its one person may not be quoted and is counted only"),
        (unquoted, 3, 3, "none of its 3 people may be quoted; they are counted only"),
        (unquoted, 1, 3, "1 of its 3 people may not be quoted and is counted only"),
        (unquoted, 2, 3, "2 of its 3 people may not be quoted and are counted only"),
        (without_mean, 1, 1, "its one stage has no mean, for want of people"),
        (without_mean, 3, 3, "none of its 3 stages has a mean, for want of people"),
        (without_mean, 1, 3, "1 of its 3 stages has no mean, for want of people"),
        (without_mean, 2, 3, "2 of its 3 stages have no mean, for want of people"),
        (one_sided, 1, 1, "no evidence is recorded against its one insight"),
        (one_sided, 3, 3, "no evidence is recorded against any of its 3 insights"),
        (one_sided, 1, 3, "no evidence is recorded against 1 of its 3 insights"),
    ],
)
def test_a_limit_is_said_as_people_say_it(
    say: Callable[[int, int], str], some: int, all_of_them: int, said: str
) -> None:
    assert say(some, all_of_them).removesuffix(", which does not say there is none") == said


def test_a_bad_value_costs_its_part_alone(data: ReportData) -> None:
    bad = replace(data.opportunities[0], severity=cast("Any", "x"), business_value=2)
    ids = [s.id for s in brief(data).sections]
    page = brief(replace(data, opportunities=(bad, *data.opportunities[1:])))
    assert [s.id for s in page.sections] == ids
    assert "This chapter could not be written" in text_of(page)
    assert "How far this goes" in text_of(page)


def test_of_an_empty_study_a_brief_says_that_there_is_nothing(study: Study) -> None:
    page = study.reports.model(kind=ReportKind.BRIEF)
    assert "Nobody has been met yet." in text_of(page)
    assert references(page) == []


def test_writing_it_keeps_the_numbers_of_the_report(study: Study, tmp_path: Path) -> None:
    said = "The date moved twice and nobody rang us."
    text = recognised(study, said)
    passages = [observe(study, text.id, words) for words in ("date moved", "nobody rang")]
    insight = study.findings.add_insight("Silence hurts.")
    study.findings.add_evidence(insight.id, passages[1].id)
    report = study.reports.model().register
    out = study.reports.write(tmp_path / "brief.html", kind=ReportKind.BRIEF)
    kept = study.reports.register.as_mapping()
    assert {entry.key: entry.number for entry in report} == kept
    [written] = study.reports.written()
    assert written.numbers == (kept[passages[1].id],)
    assert f"[E{written.numbers[0]}]" in out.read_text("utf-8")
    with pytest.raises(UserError, match="for everybody, not for marketing"):
        study.reports.write(tmp_path / "all.docx", audience=Stakeholder.MARKETING)


def test_the_command_line_writes_it(study: Study, tmp_path: Path) -> None:
    recognised(study, "The date moved.")
    study.close()
    out = tmp_path / "brief.html"
    asked = ("report", study.folder, "--out", out, "--audience", "it")
    refused = workbench(*asked)
    assert (refused.code, out.exists()) == (1, False)
    assert "--kind brief" in refused.err
    done = workbench(*asked, "--kind", "brief")
    assert (done.code, done.out) == (0, f"Wrote {out}\n")
    assert "Brief for IT" in out.read_text("utf-8")


@pytest.mark.office
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_it_is_one_page(data: ReportData, tmp_path: Path) -> None:
    assert SOFFICE is not None
    page = export_docx(brief(data, Stakeholder.MARKETING), tmp_path / "brief.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    asked = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, page]
    subprocess.run(asked, check=True, capture_output=True, timeout=400)
    pdf = (tmp_path / "brief.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) == 1
