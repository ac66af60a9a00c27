"""The first chapters of a report: the study in one page, people and method."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from workbench.analysis.ratings import is_shopper
from workbench.domain import counts, moments
from workbench.domain.consent import State, Use, answered
from workbench.domain.figures import minutes, wide_clock
from workbench.domain.findings import Horizon, Stance
from workbench.domain.materials import Method
from workbench.domain.report import (
    Block,
    BulletList,
    Callout,
    Cell,
    Heading,
    Inline,
    Paragraph,
    Run,
    Table,
    cell,
    text,
)
from workbench.services.report.data import ReportData
from workbench.services.report.evidence import Citations
from workbench.services.report.sentences import (
    consent_sentence,
    met_people,
    method_sentence,
    methods_used,
    rules,
)
from workbench.words import plural, t


def one_page(data: ReportData, cite: Citations) -> Sequence[Block]:
    """Return the chapter for those who read one page."""
    charter = data.charter
    blocks: list[Block] = []
    if charter.purpose or charter.promise:
        promise = t("The promise under study: “{promise}”", promise=charter.promise)
        blocks.append(Paragraph(text(charter.purpose or promise), "lead"))
        if charter.purpose and charter.promise:
            blocks.append(Paragraph(text(promise)))
    if charter.values:
        values = counts.joined(charter.values)
        blocks.append(Paragraph(text(t("What the brand stands for: {values}.", values=values))))
    blocks.append(_key_figures(data))
    if charter.questions:
        blocks += [Heading(2, t("What we asked")), BulletList(tuple(map(text, charter.questions)))]
    if data.insights:
        blocks += [Heading(2, t("What we found")), BulletList(_claims(data, cite))]
    first = [o for o in data.opportunities if o.horizon is Horizon.MUST_BE]
    if first:
        names = tuple(text(Run(o.title, bold=True), f" · {o.owner}".rstrip(" ·")) for o in first)
        blocks += [Heading(2, t("What to do first")), BulletList(names)]
    return blocks


def people_and_method(data: ReportData) -> Sequence[Block]:
    """Return the chapter on who spoke, how we met them, and who is not quoted."""
    blocks: list[Block] = [Paragraph(text(method_sentence(data)), "lead")]
    if consent := consent_sentence(data):
        blocks.append(Callout(t("Whose words are printed"), text(consent)))
    if data.participants:
        blocks += [Heading(2, t("People")), _people(data)]
    if data.sessions:
        blocks += [Heading(2, t("Sessions")), _sessions(data)]
    if data.segments and data.sessions:
        blocks += [Heading(2, t("Segments and coverage")), _coverage(data), *_personae(data)]
    if lines := rules(data):
        blocks += [Heading(2, t("How to read the figures")), BulletList(tuple(map(text, lines)))]
    return blocks


def _key_figures(data: ReportData) -> Table:
    recorded = sum(s.duration_ms or 0 for s in data.sources)
    met, used = len(met_people(data)), len(methods_used(data))
    figures = [
        (str(met), plural(met, "person met", "people met")),
        (str(len(data.sessions)), plural(len(data.sessions), "session", "sessions")),
        (str(used), plural(used, "method with findings", "methods with findings")),
        (minutes(recorded), t("min recorded")),
        (str(len(data.passages)), plural(len(data.passages), "observation", "observations")),
        (str(len(data.insights)), plural(len(data.insights), "insight", "insights")),
    ]
    return Table(
        tuple(number for number, _ in figures),
        (tuple(cell(Run(said, tone="quiet")) for _, said in figures),),
        t("What the study stands on"),
        (1,) * len(figures),
        big_head=True,
    )


def _claims(data: ReportData, cite: Citations) -> tuple[tuple[Inline, ...], ...]:
    items = []
    for insight in data.insights:
        stands_on = [e for e in data.evidence.get(insight.id, ()) if e.stance is Stance.FOR]
        passages = [p for e in stands_on if (p := cite.find(e.observation_id)) is not None]
        items.append(
            (
                Run(insight.claim, bold=True),
                Run(f" {insight.so_what} ".replace("  ", " ")),
                *cite.refs(passages[:3]),
            )
        )
    return tuple(items)


def _people(data: ReportData) -> Table:
    segments = {segment.id: segment.name for segment in data.segments}
    spoken = Counter((p.person.id, p.session.id) for p in data.passages if p.person is not None)
    rows = []
    for person in data.participants:
        joined = {a.session_id for a in data.attendance if a.participant_id == person.id}
        mentions = {session: n for (who, session), n in spoken.items() if who == person.id}
        joined |= mentions.keys()
        held = [t(s.method.label) for s in data.sessions if s.id in joined]
        quoted = person.id in data.agreed
        rows.append(
            (
                cell(Run(person.pseudonym, bold=True), Run(f"  {person.code}", tone="quiet")),
                cell(segments.get(person.segment_id, "–") if person.segment_id else "–"),
                cell(counts.listed(list(dict.fromkeys(held))) or "–"),
                cell(str(sum(mentions.values()))),
                cell(
                    data.quotes.get(person.id)
                    or (answered(Use.QUOTE, t(State.GIVEN.label)) if quoted else t("not quoted")),
                    tone="" if quoted else "warn",
                ),
            )
        )
    header = (t("Person"), t("Segment"), t("Method"), t("Mentions"), t("Words"))
    return Table(header, tuple(rows), t("Who took part"), (24, 28, 24, 21, 26))


def _sessions(data: ReportData) -> Table:
    mentions = Counter(p.session.id for p in data.passages)
    rows = []
    for session in data.sessions:
        length = sum(s.duration_ms or 0 for s in data.sources if s.session_id == session.id)
        rows.append(
            (
                cell(Run(session.title, bold=True)),
                cell(t(session.method.label)),
                cell(moments.day(session.date, short=True) or "–"),
                cell(wide_clock(length) if length else "–"),
                cell(str(mentions[session.id])),
            )
        )
    header = (t("Session"), t("Method"), t("Date"), t("Recorded"), t("Mentions"))
    return Table(header, tuple(rows), t("How we met them"), (42, 24, 20, 18, 18))


def _coverage(data: ReportData) -> Table:
    methods = [m for m in Method if any(s.method is m for s in data.sessions)]
    rows = [(cell(Run(s.name, bold=True)), *_reach(data, s.id, methods)) for s in data.segments]
    shoppers = [p for p in data.passages if is_shopper(p)]
    if shoppers:
        rows.append(_shopper_row(data, methods))
    widths = (30.0, *(22.0 for _ in methods))
    header = (t("Segment"), *(t(m.plural) for m in methods))
    return Table(header, tuple(rows), t("Segments by method: people and mentions"), widths)


def _reach(data: ReportData, segment_id: str, methods: list[Method]) -> list[Cell]:
    cells = []
    for method in methods:
        mine = [
            p
            for p in data.passages
            if p.session.method is method and p.person and p.person.segment_id == segment_id
        ]
        people = len({p.person.id for p in mine if p.person})
        if not mine:
            cells.append(cell(Run(t("no voice"), italic=True, tone="quiet")))
            continue
        cells.append(cell(counts.listed([counts.people(people), counts.mentions(len(mine))])))
    return cells


def _shopper_row(data: ReportData, methods: list[Method]) -> tuple[Cell, ...]:
    cells = [cell(Run(t("Shoppers (no segment)"), italic=True))]
    for method in methods:
        mine = [p for p in data.passages if is_shopper(p) and p.session.method is method]
        visits = len({p.session.id for p in mine})
        said = counts.listed([counts.visits(visits), counts.mentions(len(mine))])
        cells.append(cell(said if mine else Run("–", tone="quiet")))
    return tuple(cells)


def _personae(data: ReportData) -> list[Block]:
    return [
        Paragraph(text(Run(f"{segment.name}. ", bold=True), segment.persona))
        for segment in data.segments
        if segment.persona
    ]
