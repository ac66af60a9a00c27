"""The brief: a study on one page, from the same evidence and with the same numbers as the report.

What comes first is what the researcher judged: severity and value of what follows from an insight,
then how sure they are; how often something was said decides nothing. Whom a thing concerns is read
off the owners that the study names, and where it names none, the brief says so and shows what
matters most to everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import ceil
from typing import TypeVar

from workbench.analysis.telling import by_strength, tidy
from workbench.domain import counts, moments
from workbench.domain.brief import Stakeholder
from workbench.domain.findings import Confidence, Horizon, Insight, Opportunity, Stance, support
from workbench.domain.ids import InsightId, ObservationId, OpportunityId
from workbench.domain.passage import Said
from workbench.domain.report import (
    Block,
    BulletList,
    Cell,
    Inline,
    Paragraph,
    ReportModel,
    Run,
    Table,
    cell,
    check,
    text,
)
from workbench.services.journey.map import Column
from workbench.services.report import chapters, journey, sentences
from workbench.services.report.chapters import Chapter
from workbench.services.report.data import ReportData
from workbench.services.report.evidence import Citations
from workbench.services.report.wording import speaker
from workbench.words import Phrase, plural, t

T = TypeVar("T")

_FEWEST, _MOST = 3, 5  # insights, and as many things to do
_LOWEST = 3  # stages
_LONGEST = 200  # letters of a quote; a longer one is cut where a word ends
_LETTERS = 92  # in a line of the page
_INSIGHT_LINES, _ACTION_LINES = 18, 8
_SURE = {Confidence.HIGH: 2, Confidence.MEDIUM: 1}
_FIRST = {Horizon.MUST_BE: 0, Horizon.SHOULD_BE: 1}
NOBODY_YET: Phrase = "nobody yet"
_NONE_RATED: Phrase = "No stage has been rated by three people, so no mean is printed."
_NONE_LOW: Phrase = "No stage with a mean is below the middle of the scale."


def brief(data: ReportData, audience: Stakeholder | None = None) -> ReportModel:
    """Return the brief of a study.

    Args:
        data: one reading of the study.
        audience: whom it is for; `None` = everybody.
    """
    cite = Citations(data)
    chapters.written(data, cite)  # so that each piece has the number it has in the report
    page = _Page(data, cite, _concerning(data, audience))
    parts = (
        _part("basis", "What this stands on", partial(page.basis, audience)),
        _part("findings", "What matters most", page.findings, there=data.insights),
        _part("lowest", "The lowest points of the journey", page.lowest, there=data.stages),
        _part("actions", "What to do", page.todo, there=data.opportunities),
        _part("limits", "How far this goes", page.limits),
    )
    charter = data.charter
    model = ReportModel(
        title=charter.title,
        kicker=t("Brief for {whom}", whom=t(audience.label)) if audience else t("Brief"),
        subtitle=(" · ".join(line for line in (charter.client, moments.day(data.date)) if line),),
        sections=chapters.some(parts, data, cite),
        register=cite.register(),
        foot=t("Participants appear under pseudonyms") if data.participants else "",
        short=True,
        compact=True,
    )
    check(model)
    return model


def _part(
    key: str,
    title: Phrase,
    blocks: Callable[[], Sequence[Block]],
    *,
    there: Sequence[object] = (True,),
) -> Chapter:
    return Chapter(
        key, title, lambda _data, _cite: blocks(), lambda _data: bool(there), new_page=False
    )


@dataclass(frozen=True, slots=True)
class _Concern:
    """What of a study is an audience's.

    Attributes:
        owners: by which it is, as the study names them.
    """

    owners: tuple[str, ...]
    opportunities: frozenset[OpportunityId]
    insights: frozenset[InsightId]


def _concerning(data: ReportData, audience: Stakeholder | None) -> _Concern | None:
    """Return what is an audience's; `None` where everything is."""
    if audience is None or audience.sees_all:
        return None
    points = {
        point.id: point.owner or point.channel
        for point in data.touchpoints
        if audience.is_named_in(point.owner or point.channel)
    }
    theirs = [one for one in data.opportunities if audience.is_named_in(one.owner)]
    met = {p.id for p in data.passages if p.touchpoint and p.touchpoint.id in points}
    insights = {one.insight_id for one in theirs if one.insight_id} | {
        insight.id
        for insight in data.insights
        if any(e.observation_id in met for e in data.evidence.get(insight.id, ()))
    }
    return _Concern(
        tuple(dict.fromkeys((*(one.owner for one in theirs), *points.values()))),
        frozenset(one.id for one in theirs),
        frozenset(insights),
    )


@dataclass(slots=True)
class _Page:
    """The parts of a brief; nobody's words are printed twice.

    Attributes:
        concern: what of the study is the audience's.
        printed: passages whose words stand on the page.
        heard: who has spoken on it.
    """

    data: ReportData
    cite: Citations
    concern: _Concern | None
    printed: set[ObservationId] = field(default_factory=set)
    heard: set[str] = field(default_factory=set)

    def basis(self, audience: Stakeholder | None) -> list[Block]:
        """Say what the study is about, whom it met, when, and for whom the page is."""
        charter = self.data.charter
        about = charter.purpose or (
            t("The promise under study: “{promise}”", promise=charter.promise)
            if charter.promise
            else ""
        )
        stands = f"{sentences.method_sentence(self.data)} {sentences.when(self.data)}".strip()
        blocks: list[Block] = [Paragraph(text(about), "lead")] if about else []
        blocks.append(Paragraph(text(stands)))
        if audience is not None:
            blocks.append(Paragraph(text(_for_whom(audience, self.concern)), "note"))
        return blocks

    def findings(self) -> list[Block]:
        """Return the insights that matter most, each with one voice."""
        ranked = sorted(self.data.insights, key=self._rank)
        items = [self._insight(insight) for insight in ranked[:_MOST]]
        shown = _fitting(items, [_lines(item) for item in items], _INSIGHT_LINES)
        left = len(ranked) - len(shown)
        more = plural(
            left,
            "{n} further insight in the full report.",
            "{n} further insights in the full report.",
        )
        return [BulletList(tuple(shown)), *_noted(more if left else "")]

    def lowest(self) -> list[Block]:
        """Return the stages in which people fared badly, the worst first, with what was said."""
        rated = [(c.point.mean, c) for c in self.data.journey.columns if c.stage and c.point]
        rated.sort(key=lambda one: one[0])
        lowest = [column for mean, column in rated[:_LOWEST] if mean < 0]
        if not lowest:
            return [Paragraph(text(t(_NONE_LOW if rated else _NONE_RATED)))]
        rows = tuple(
            (
                cell(Run(column.name, bold=True)),
                journey.overall(column, self.cite),
                Cell(self._voice(_worst(column), spread=False)),
            )
            for column in lowest
        )
        head = (t("Stage"), t("Experience"), t("In their words"))
        caption = t("Experience from −2 to +2: mean of people, and their number")
        return [Table(head, rows, caption, (34, 26, 88))]

    def todo(self) -> list[Block]:
        """Return what to do first, with who does it."""
        ranked = sorted(self.data.opportunities, key=self._urgency)
        lines = [max(1, ceil(len(one.title) / (_LETTERS / 2))) for one in ranked[:_MOST]]
        shown = _fitting(ranked[:_MOST], lines, _ACTION_LINES)
        rows = tuple(
            (
                cell(Run(one.title, bold=True)),
                cell(one.owner or Run(t(NOBODY_YET), italic=True, tone="quiet")),
                cell(t(one.horizon.label)),
                cell(self.data.stage_name(one.stage_id) or "–"),
            )
            for one in shown
        )
        head = (t("What"), t("Who does it"), t("Horizon"), t("Stage"))
        table = Table(head, rows, t("What to do, and who does it"), (66, 30, 20, 32))
        left = len(ranked) - len(shown)
        more = plural(
            left,
            "{n} further opportunity in the full report.",
            "{n} further opportunities in the full report.",
        )
        return [table, *_noted(more if left else "")]

    def limits(self) -> list[Block]:
        """Say in one sentence what the page cannot say, and where its numbers lead."""
        numbers = t("[E…] is the number of the evidence in the register of the full report.")
        return [Paragraph(text(f"{sentences.limits(self.data)} {numbers}"), "note")]

    # What comes first

    def _rank(self, insight: Insight) -> tuple[bool, bool, int, int]:
        """Sort insights; those that are alike stay in the order the researcher gave them."""
        answers = (o for o in self.data.opportunities if o.insight_id == insight.id)
        return (
            self.concern is not None and insight.id not in self.concern.insights,
            not self._carried(insight),
            -max(map(_weight, answers), default=0),
            -_SURE.get(insight.confidence, 0),
        )

    def _urgency(self, one: Opportunity) -> tuple[bool, int, int]:
        theirs = self.concern is None or one.id in self.concern.opportunities
        return (not theirs, -_weight(one), _FIRST.get(one.horizon, len(_FIRST)))

    # Voices

    def _carried(self, insight: Insight) -> list[Said]:
        """Return the passages that speak for an insight and are still in the study."""
        listed = self.data.evidence.get(insight.id, ())
        named = (e.observation_id for e in listed if e.stance is Stance.FOR)
        return [p for one in named if (p := self.cite.find(one)) is not None]

    def _insight(self, insight: Insight) -> tuple[Inline, ...]:
        carried = self._carried(insight)
        alive = support(
            self.data.evidence.get(insight.id, ()), lambda key: self.cite.find(key) is not None
        )
        sure = t(
            "({confidence}, {n} for, {against} against)",
            confidence=t(insight.confidence.told),
            n=alive.speaks_for,
            against=alive.against,
        )
        voice = self._voice(by_strength(carried)) or text(t("Nothing carries it yet."))
        return (
            Run(insight.claim, bold=True),
            Run(f" {insight.so_what}" if insight.so_what else ""),
            Run("\n"),
            *voice,
            Run(f" {sure}", tone="quiet"),
        )

    def _voice(self, passages: Sequence[Said], *, spread: bool = True) -> tuple[Inline, ...]:
        """Return the first of them in words, or the numbers of those who are not quoted.

        Args:
            passages: the telling ones first.
            spread: whether somebody who has not spoken on the page yet goes before.
        """
        quoted = [p for p in passages if p.quotable and p.id not in self.printed]
        if not quoted:
            silent = self.cite.refs(passages[:_FEWEST])
            said = Run(f"{t('Summarised without quotation')} ", tone="quiet")
            return (said, *silent) if silent else ()
        chosen = min(
            quoted,
            key=lambda p: (
                spread and speaker(p) in self.heard,
                len(tidy(p.words)) > _LONGEST,
            ),
        )
        self.printed.add(chosen.id)
        self.heard.add(speaker(chosen))
        words = Run(f"“{_short(tidy(chosen.words))}”", italic=True)
        signed = Run(f" {speaker(chosen)} ", tone="quiet")
        return (words, signed, self.cite.ref(chosen))


def _for_whom(audience: Stakeholder, concern: _Concern | None) -> str:
    whom = t(audience.label)
    if concern is None:
        return t("For {whom}: what matters most in the whole study.", whom=whom)
    if not concern.owners:
        return t(
            "For {whom}: the study names nothing as theirs, so this is what matters most to"
            " everybody.",
            whom=whom,
        )
    return t(
        "For {whom}: first what the study puts into the hands of {owners}, then what matters most"
        " besides.",
        whom=whom,
        owners=counts.joined([t("“{owner}”", owner=owner) for owner in concern.owners]),
    )


def _weight(one: Opportunity) -> int:
    return (one.severity or 0) * (one.business_value or 0)


def _worst(column: Column) -> list[Said]:
    """Return the rated passages of a stage, the worst first."""

    def mean(p: Said) -> float:
        values = [v for v in (p.effectiveness, p.ease, p.emotion) if v is not None]
        return sum(values) / len(values)

    return sorted(column.behind(), key=mean)


def _short(words: str) -> str:
    """Return words that fit, cut where one of them ends."""
    if len(words) <= _LONGEST:
        return words
    kept, _, _ = words[:_LONGEST].rpartition(" ")
    return f"{kept or words[:_LONGEST]} …"


def _lines(runs: Iterable[Inline]) -> int:
    """Return how many lines of the page some words take, about."""
    said = "".join(run.text if isinstance(run, Run) else "[E00]" for run in runs)
    return sum(max(1, ceil(len(line) / _LETTERS)) for line in said.split("\n"))


def _fitting(things: Sequence[T], lines: Sequence[int], room: int) -> list[T]:
    """Return the first things that fit into so many lines, but never fewer than `_FEWEST`."""
    taken = 0
    for place, much in enumerate(lines):
        taken += much
        if taken > room and place >= _FEWEST:
            return list(things[:place])
    return list(things)


def _noted(said: str) -> list[Block]:
    return [Paragraph(text(said), "note")] if said else []
