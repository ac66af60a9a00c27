"""The chapters of a report in their order, each written whatever becomes of the others.

A value that nobody foresaw must cost no more than its chapter: that says what is wrong, the log
holds the trace, and the rest is written. What was cited before keeps its line in the register.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from workbench.domain.report import Block, Callout, Section, text
from workbench.domain.report_parts import JOURNEY
from workbench.errors import WorkbenchError
from workbench.services.report import appendix, described, findings, front, journey, journey_map
from workbench.services.report.data import ReportData
from workbench.services.report.evidence import Citations
from workbench.words import Phrase, t

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
        id: by which it is found and left out.
        title: what stands above it, also when it cannot be written.
        build: writes it; nothing when there turns out to be nothing.
        wanted: tells whether the study has something for it.
        appendix: it stands behind the text, from the evidence register on.
        landscape: its pages are wide.
        new_page: it begins on a page of its own.
    """

    id: str
    title: Phrase
    build: Callable[[ReportData, Citations], Sequence[Block]]
    wanted: Callable[[ReportData], bool] = lambda _data: True
    appendix: bool = False
    landscape: bool = False
    new_page: bool = True


REGISTER = Chapter(
    "register", "Evidence register", lambda _data, _cite: appendix.register(), appendix=True
)
"""The first of the appendices, written when all is cited."""
CHAPTERS = (
    Chapter("summary", "The study in one page", front.one_page),
    Chapter("method", "People and method", lambda data, _cite: front.people_and_method(data)),
    Chapter(
        JOURNEY,
        "The customer’s journey",
        journey_map.chapter,
        lambda data: bool(data.stages),
        landscape=True,
    ),
    Chapter("stages", "Stage by stage", journey.stages, lambda data: bool(data.stages)),
    Chapter(
        "segments",
        "Segments compared",
        journey.segments,
        lambda data: bool(data.stages and data.segments),
    ),
    Chapter(
        "moments",
        "Moments of truth",
        findings.moments_of_truth,
        lambda data: bool(data.stages) or any(map(findings.is_telling, data.passages)),
    ),
    Chapter("insights", "Insights", findings.insights, lambda data: bool(data.insights)),
    Chapter(
        "roadmap",
        "Roadmap",
        findings.roadmap,
        lambda data: bool(data.opportunities),
        landscape=True,
    ),
    Chapter(
        "visits",
        "Mystery visits",
        lambda data, _cite: appendix.visit_scores(data),
        lambda data: bool(data.visits),
        appendix=True,
    ),
    Chapter(
        "touchpoints",
        "Touchpoints",
        lambda data, _cite: described.touchpoints(data),
        lambda data: bool(data.touchpoints),
        appendix=True,
    ),
    Chapter("further", "What else was noted", described.further, appendix=True),
    Chapter(
        "codebook", "Codebook", appendix.codebook, lambda data: bool(data.codes), appendix=True
    ),
    Chapter(
        "checklist",
        "Reporting checklist",
        lambda data, cite: appendix.checklist(data, cite.register()),
        appendix=True,
    ),
)


def written(data: ReportData, cite: Citations) -> tuple[Section, ...]:
    """Return all chapters the study has something for; the register leads the appendices."""
    sections = some(CHAPTERS, data, cite)
    register = some([REGISTER], data, cite) if cite.register() else ()
    appendices = (section for section in sections if section.appendix)
    return (*(s for s in sections if not s.appendix), *register, *appendices)


def some(chapters: Iterable[Chapter], data: ReportData, cite: Citations) -> tuple[Section, ...]:
    """Return those of some chapters that the study has something for."""
    made = ((one, _blocks(one, data, cite)) for one in chapters if one.wanted(data))
    return tuple(
        Section(
            one.id,
            t(one.title),
            blocks,
            landscape=one.landscape,
            new_page=one.new_page,
            appendix=one.appendix,
        )
        for one, blocks in made
        if blocks
    )


def _blocks(chapter: Chapter, data: ReportData, cite: Citations) -> tuple[Block, ...]:
    """Return what a chapter says, or, where a value makes that impossible, what is wrong."""
    try:
        return tuple(chapter.build(data, cite))
    except BY_A_VALUE as problem:
        _log.exception("the chapter “%s” could not be written", chapter.id)
        said = text(data.cleaned(_sentence(problem)))
        return (Callout(t("This chapter could not be written"), said, "bad"),)


def _sentence(problem: Exception) -> str:
    what = (
        str(problem)
        if isinstance(problem, WorkbenchError)
        else t(
            "A value in the study cannot be used here ({kind}: {problem}).",
            kind=type(problem).__name__,
            problem=problem,
        )
    )
    return t(
        "{what} The other chapters are complete. The log of the program says where it stands.",
        what=what,
    )
