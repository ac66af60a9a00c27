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
from workbench.services.report import appendix, described, findings, front, journey
from workbench.services.report.data import ReportData
from workbench.services.report.evidence import Citations
from workbench.words import Phrase

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

    title: Phrase
    build: Callable[[ReportData, Citations], Section | None]
    wanted: Callable[[ReportData], bool] = lambda _data: True
    appendix: bool = False


CHAPTERS = (
    Chapter("The study in one page", front.one_page),
    Chapter("People and method", lambda data, _cite: front.people_and_method(data)),
    Chapter("The customer’s journey", journey.journey_map, lambda data: bool(data.stages)),
    Chapter("Stage by stage", journey.stages, lambda data: bool(data.stages)),
    Chapter(
        "Segments compared",
        journey.segments,
        lambda data: bool(data.stages and data.segments),
    ),
    Chapter(
        "Moments of truth",
        findings.moments_of_truth,
        lambda data: bool(data.stages) or any(map(findings.is_telling, data.passages)),
    ),
    Chapter("Insights", findings.insights, lambda data: bool(data.insights)),
    Chapter("Roadmap", findings.roadmap, lambda data: bool(data.opportunities)),
    Chapter(
        "Mystery visits",
        lambda data, _cite: appendix.visit_scores(data),
        lambda data: bool(data.visits),
        appendix=True,
    ),
    Chapter(
        "Touchpoints",
        lambda data, _cite: described.touchpoints(data),
        lambda data: bool(data.touchpoints),
        appendix=True,
    ),
    Chapter("What else was noted", described.further, appendix=True),
    Chapter("Codebook", appendix.codebook, lambda data: bool(data.codes), appendix=True),
    Chapter(
        "Reporting checklist",
        lambda data, cite: appendix.checklist(data, cite.register()),
        appendix=True,
    ),
)


def written(data: ReportData, cite: Citations) -> tuple[Section, ...]:
    """Return all chapters the study has something for; the register leads the appendices."""
    made = (one(chapter, data, cite) for chapter in CHAPTERS if chapter.wanted(data))
    sections = [section for section in made if section is not None]
    register = [appendix.register()] if cite.register() else []  # when all is cited
    appendices = [section for section in sections if section.appendix]
    return (*(s for s in sections if not s.appendix), *register, *appendices)


def one(chapter: Chapter, data: ReportData, cite: Citations) -> Section | None:
    """Return a chapter, or, where a value makes that impossible, what is wrong with it."""
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
