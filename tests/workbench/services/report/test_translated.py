"""Everything that a report says comes from the catalogue; what people typed stays theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from lxml import etree

from tests.support import report_study
from tests.support.pseudo import foreign, pseudo_spoken, untranslated
from workbench.domain import fields
from workbench.domain.brief import Stakeholder
from workbench.domain.quoting import Silence
from workbench.domain.report import ReportModel, map_text
from workbench.domain.typed import Unreadable
from workbench.domain.visits import ItemKind
from workbench.exchange.export_docx import export_docx
from workbench.exchange.export_html import export_html
from workbench.services.journey.lanes import fill
from workbench.services.report.brief import brief
from workbench.services.report.data import ReportData
from workbench.services.report.reporting import build_report

NAMES = {"COREQ", "Tong", "Sainsbury", "Craig", "Workbench"}


@pytest.fixture(scope="module", autouse=True)
def _strange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pseudo_spoken(tmp_path_factory.mktemp("locale")):
        yield


@pytest.fixture(scope="module")
def data() -> ReportData:
    return foreign(report_study.sample())


def variants(data: ReportData) -> dict[str, ReportData]:
    """Studies of which a report says what it does not say of the whole one."""
    passages, people = data.passages, data.participants
    charter = replace(data.charter, purpose="", promise="", values=(), questions=())
    return {
        "whole": data,
        "empty": ReportData(charter),
        "nobody": replace(data, charter=charter, passages=(), insights=(), opportunities=()),
        "one person": replace(data, participants=people[:1], agreed=frozenset(), passages=()),
        "all agreed": replace(data, agreed=frozenset(person.id for person in people)),
        "no places": replace(data, passages=tuple(replace(p, stage=None) for p in passages)),
        "no track": replace(data, steps=(), segments=(), insights=(), numbers={"9": 9}),
        "few": replace(data, passages=passages[::7], coders=2, unsigned=1),
        "described": described(data),
        "much": replace(
            data, insights=data.insights * 5, opportunities=data.opportunities * 5, passages=()
        ),
    }


def described(data: ReportData) -> ReportData:
    """The study with everything that is noted beside codes and ratings, and with what is damaged.

    A piece of evidence is gone, an answer is not readable, what was expected is of one alone.
    """
    points = {p.touchpoint.id: p.touchpoint for p in data.passages if p.touchpoint}
    noted = [
        {field: choice.value for field in fields.LISTED for choice in field.choices[-place:][:1]}
        for place in range(1, 4)
    ]
    first, *others = data.codes
    whole = replace(first, definition="ж", include="ж", exclude="ж", example="ж")
    visit, *visits = data.visits
    item = next(one for one in visit.items if one.kind is ItemKind.SCALE)
    damaged = replace(visit, answers={**visit.answers, item.id: Unreadable("ж")})
    cited = {one.observation_id for found in data.evidence.values() for one in found}
    gone = min(cited)
    return replace(
        data,
        codes=(whole, *others),
        touchpoints=tuple(points.values()),
        further={p.id: dict(noted[at % 3]) for at, p in enumerate(data.passages)},
        visits=(damaged, *visits),
        passages=tuple(p for p in data.passages if p.id != gone),
        numbers={gone: 4},
        quotes={
            person.id: silence.mark
            for person, silence in zip(
                data.participants, list(Silence)[: len(data.participants)], strict=True
            )
        },
    )


def words(model: ReportModel) -> list[str]:
    found: list[str] = []
    map_text(model, lambda text: found.append(text) or text)  # type: ignore[func-returns-value]
    return [*found, *(section.heading for section in model.sections)]


@pytest.mark.parametrize("variant", variants(report_study.sample()))
def test_all_words_of_a_report_are_translated(data: ReportData, variant: str) -> None:
    said = words(build_report(variants(data)[variant]))
    assert {text: left for text in said if (left := untranslated(text, NAMES))} == {}


@pytest.mark.parametrize("audience", [None, *Stakeholder])
def test_all_words_of_a_brief_are_translated(
    data: ReportData, audience: Stakeholder | None
) -> None:
    for variant in variants(data).values():
        said = words(brief(variant, audience))
        assert {text: left for text in said if (left := untranslated(text, NAMES))} == {}


def test_all_words_of_the_map_are_translated(data: ReportData) -> None:
    for variant in variants(data).values():
        filled = fill(variant.journey)
        cells = [cell.spoken for cells in filled.cells.values() for cell in cells]
        said = [*filled.notes, *cells]
        assert {text: left for text in said if (left := untranslated(text))} == {}


def test_all_words_of_the_files_are_translated(data: ReportData, tmp_path: Path) -> None:
    model = build_report(data)
    page = etree.parse(export_html(model, tmp_path / "r.html"), etree.HTMLParser())
    [body] = page.xpath("//body")
    assert untranslated(" ".join(body.itertext()), NAMES) == []
    assert page.getroot().get("lang") == "qps"
    document = docx.Document(str(export_docx(model, tmp_path / "r.docx", None)))
    [section, *_] = document.sections
    parts = (document.element.body, section.footer._element, section.header._element)
    texts = [text for part in parts for text in part.xpath(".//w:t/text()")]
    assert untranslated(" ".join(texts), NAMES) == []
    described = [
        text for part in parts for text in part.xpath(".//@descr | .//w:tblCaption/@w:val")
    ]
    assert described
    assert untranslated(" ".join(described), NAMES) == []
