"""The chapters of a report in their order, each written whatever becomes of the others.

A value that nobody foresaw must cost no more than its chapter: that says what is wrong, the log
holds the trace, and the rest is written. What was cited before keeps its line in the register.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from workbench.domain.report import Callout, Section, text
from workbench.errors import WorkbenchError
from workbench.services import (
    report_appendix,
    report_described,
    report_findings,
    report_front,
    report_journey,
)
from workbench.services.report_data import ReportData
from workbench.services.report_evidence import Citations

BY_A_VALUE = (
    WorkbenchError, ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError,
    ValueError,
)  # fmt: skip
"""What a value that nobody foresaw may raise; memory and machine are another matter."""

_log = logging.getLogger("workbench.report")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the report.

    Attributes:
        title: what stands above it, also when it cannot be written.
        build: writes it; `None` when there turns out to be nothing.
        wanted: tells whether the study has something for it.
        appendix: it stands behind the evidence register.
    """

    title: str
    build: Callable[[ReportData, Citations], Section | None]
    wanted: Callable[[ReportData], bool] = lambda _data: True
    appendix: bool = False


CHAPTERS = (
    Chapter("The study in one page", report_front.one_page),
    Chapter("People and method", lambda data, _cite: report_front.people_and_method(data)),
    Chapter("The customer’s journey", report_journey.journey_map, lambda data: bool(data.stages)),
    Chapter("Stage by stage", report_journey.stages, lambda data: bool(data.stages)),
    Chapter(
        "Segments compared",
        report_journey.segments,
        lambda data: bool(data.stages and data.segments),
    ),
    Chapter(
        "Moments of truth",
        report_findings.moments_of_truth,
        lambda data: bool(data.stages) or any(map(report_findings.is_telling, data.passages)),
    ),
    Chapter("Insights", report_findings.insights, lambda data: bool(data.insights)),
    Chapter("Roadmap", report_findings.roadmap, lambda data: bool(data.opportunities)),
    Chapter(
        "Mystery visits",
        lambda data, _cite: report_appendix.visit_scores(data),
        lambda data: bool(data.visits),
        appendix=True,
    ),
    Chapter(
        "Touchpoints",
        lambda data, _cite: report_described.touchpoints(data),
        lambda data: bool(data.touchpoints),
        appendix=True,
    ),
    Chapter("What else was noted", report_described.further, appendix=True),
    Chapter("Codebook", report_appendix.codebook, lambda data: bool(data.codes), appendix=True),
    Chapter(
        "Reporting checklist",
        lambda data, cite: report_appendix.checklist(data, cite.register()),
        appendix=True,
    ),
)


def written(data: ReportData, cite: Citations) -> tuple[Section, ...]:
    """Return all chapters the study has something for; the register leads the appendices."""
    made = (_written(chapter, data, cite) for chapter in CHAPTERS if chapter.wanted(data))
    sections = [section for section in made if section is not None]
    register = [report_appendix.register()] if cite.register() else []  # when all is cited
    appendices = [section for section in sections if section.appendix]
    return (*(s for s in sections if not s.appendix), *register, *appendices)


def _written(chapter: Chapter, data: ReportData, cite: Citations) -> Section | None:
    try:
        return chapter.build(data, cite)
    except BY_A_VALUE as problem:
        _log.exception("the chapter “%s” could not be written", chapter.title)
        said = Callout(_TITLE, text(data.cleaned(_sentence(problem))), "bad")
        return Section(chapter.title, (said,), appendix=chapter.appendix)


_TITLE = "This chapter could not be written"


def _sentence(problem: Exception) -> str:
    if isinstance(problem, WorkbenchError):
        what = str(problem)
    else:
        what = f"A value in the study cannot be used here ({type(problem).__name__}: {problem})."
    return f"{what} The other chapters are complete. The log of the program says where it stands."
