"""Reports: read the study once, then say what it holds, with numbered evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from workbench.domain.report import ReportModel, Section, check, map_text
from workbench.services import (
    report_appendix,
    report_findings,
    report_front,
    report_journey,
)
from workbench.services.report_data import ReportData
from workbench.services.report_evidence import Citations

_SHORTEST_NAME = 3  # letters; shorter parts of names are common words


def build_report(data: ReportData) -> ReportModel:
    """Return the whole report of a study.

    Args:
        data: one reading of the study.

    Returns:
        the report; every reference in it has its line in the register.
    """
    cite = Citations(data)
    sections = [report_front.one_page(data, cite), report_front.people_and_method(data)]
    if data.stages:
        sections.append(report_journey.journey_map(data, cite))
        sections.append(report_journey.stages(data, cite))
        if data.segments:
            sections.append(report_journey.segments(data, cite))
        sections.append(report_journey.moments_of_truth(data, cite))
    if data.insights:
        sections.append(report_findings.insights(data, cite))
    if data.opportunities:
        sections.append(report_findings.roadmap(data, cite))
    sections += _appendices(data)
    charter = data.charter
    model = ReportModel(
        title=charter.title,
        kicker="Customer journey study",
        subtitle=tuple(line for line in (charter.client, data.date) if line),
        sections=tuple(sections),
        register=cite.register(),
        notice=report_front.consent_sentence(data),
    )
    check(model)
    return model


def keep_names_out(model: ReportModel, names: Mapping[str, str]) -> ReportModel:
    """Return the report without real names, should one have slipped into a text.

    Args:
        model: the report.
        names: real name -> pseudonym. Whole names and their parts are replaced by the
            pseudonym in square brackets.
    """
    replacements = dict(_name_parts(names))
    if not replacements:
        return model
    longest_first = sorted(replacements, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")
    return map_text(model, lambda t: pattern.sub(lambda m: f"[{replacements[m[0]]}]", t))


def _name_parts(names: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    for real, pseudonym in names.items():
        for part in (real.strip(), *real.split()):
            if len(part) >= _SHORTEST_NAME and part[0].isupper() and part != pseudonym:
                yield part, pseudonym


def _appendices(data: ReportData) -> list[Section]:
    sections = [report_appendix.register()]
    if data.visits:
        sections.append(report_appendix.visit_scores(data))
    if data.codes:
        sections.append(report_appendix.codebook(data))
    return [*sections, report_appendix.checklist(data)]
