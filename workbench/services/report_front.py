"""The first chapters of a report: the study in one page, people and method."""

from __future__ import annotations

from collections import Counter

from workbench.analysis.ratings import is_shopper
from workbench.domain import typed
from workbench.domain.figures import count
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
    Section,
    Table,
    cell,
    text,
)
from workbench.services.report_data import ReportData, clock
from workbench.services.report_evidence import Citations


def one_page(data: ReportData, cite: Citations) -> Section:
    """Return the chapter for those who read one page."""
    charter = data.charter
    blocks: list[Block] = []
    if charter.purpose or charter.promise:
        lead = charter.purpose or f"The promise under study: “{charter.promise}”"
        blocks.append(Paragraph(text(lead), "lead"))
    blocks.append(_key_figures(data))
    if charter.questions:
        blocks += [Heading(2, "What we asked"), BulletList(tuple(map(text, charter.questions)))]
    if data.insights:
        blocks += [Heading(2, "What we found"), BulletList(_claims(data, cite))]
    first = [o for o in data.opportunities if o.horizon is Horizon.MUST_BE]
    if first:
        names = tuple(text(Run(o.title, bold=True), f" · {o.owner}".rstrip(" ·")) for o in first)
        blocks += [Heading(2, "What to do first"), BulletList(names)]
    return Section("The study in one page", tuple(blocks))


def people_and_method(data: ReportData) -> Section:
    """Return the chapter on who spoke, how we met them, and who is not quoted."""
    blocks: list[Block] = [
        Paragraph(text(_method_sentence(data)), "lead"),
        Callout("Whose words are printed", text(consent_sentence(data))),
    ]
    if data.participants:
        blocks += [Heading(2, "People"), _people(data)]
    if data.sessions:
        blocks += [Heading(2, "Sessions"), _sessions(data)]
    if data.segments and data.sessions:
        blocks += [Heading(2, "Segments and coverage"), _coverage(data), *_personae(data)]
    blocks += [Heading(2, "How to read the figures"), BulletList(tuple(map(text, _RULES)))]
    return Section("People and method", tuple(blocks))


def consent_sentence(data: ReportData) -> str:
    """Say how many voices are summarised without quotation."""
    silent = [p for p in data.participants if p.id not in data.may_quote]
    unknown = [p for p in data.passages if p.person is None and not data.quotable(p)]
    withheld = [p for p in data.passages if p.person is not None and not data.quotable(p)]
    sentences = []
    if silent:
        have = "has" if len(silent) == 1 else "have"
        sentences.append(
            f"{count(len(silent), 'person', 'people')} {have} not agreed to be quoted: "
            f"{count(len(silent), 'voice')} ({count(len(withheld), 'observation')}) "
            f"{'is' if len(silent) == 1 else 'are'} counted and summarised without quotation."
        )
    else:
        sentences.append("Everybody has agreed to be quoted.")
    if unknown:
        are = "is" if len(unknown) == 1 else "are"
        sentences.append(
            f"{count(len(unknown), 'further passage')} {are} not quoted because it is not "
            "known who spoke."
        )
    sentences.append("All names are pseudonyms.")
    return " ".join(sentences)


_RULES = (
    (
        "Experience runs from −2 to +2 in three dimensions: effectiveness, ease, emotion. A figure "
        "is the mean over people of each person’s own mean; n is the number of people."
    ),
    "No mean is printed for fewer than three people: their words stand there instead.",
    "What people told us and what shoppers observed are never averaged together.",
    "“Mentions” count how often something was said. They say nothing about its importance.",
    "[E…] leads to the evidence register: the words, the person, the recording and the time.",
)


def _key_figures(data: ReportData) -> Table:
    minutes = round(sum(s.duration_ms or 0 for s in data.sources) / 60_000)
    figures = [
        (str(len(data.participants)), "people"),
        (str(len(data.sessions)), "sessions"),
        (str(len({s.method for s in data.sessions})), "methods"),
        (str(minutes), "min recorded"),
        (str(len(data.passages)), "observations"),
        (str(len(data.insights)), "insights"),
    ]
    return Table(
        tuple(number for number, _ in figures),
        (tuple(cell(Run(name, tone="quiet")) for _, name in figures),),
        "What the study stands on",
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


def _method_sentence(data: ReportData) -> str:
    held = [
        count(
            sum(s.method is method for s in data.sessions),
            method.label.lower(),
            method.plural.lower(),
        )
        for method in Method
        if any(s.method is method for s in data.sessions)
    ]
    people = count(len(data.participants), "person", "people")
    return f"We met {people} and used {_joined(held) or 'no sessions yet'}."


def _people(data: ReportData) -> Table:
    segments = {segment.id: segment.name for segment in data.segments}
    spoken = Counter((p.person.id, p.session.id) for p in data.passages if p.person is not None)
    rows = []
    for person in data.participants:
        joined = {a.session_id for a in data.attendance if a.participant_id == person.id}
        mentions = {session: n for (who, session), n in spoken.items() if who == person.id}
        joined |= mentions.keys()
        held = [s.method.label for s in data.sessions if s.id in joined]
        quoted = person.id in data.may_quote
        rows.append(
            (
                cell(Run(person.pseudonym, bold=True), Run(f"  {person.code}", tone="quiet")),
                cell(segments.get(person.segment_id, "–") if person.segment_id else "–"),
                cell(", ".join(dict.fromkeys(held)) or "–"),
                cell(str(sum(mentions.values()))),
                cell("quoted" if quoted else "summarised", tone="" if quoted else "warn"),
            )
        )
    header = ("Person", "Segment", "Method", "Mentions", "Words")
    return Table(header, tuple(rows), "Who took part", (24, 30, 24, 18, 20))


def _sessions(data: ReportData) -> Table:
    mentions = Counter(p.session.id for p in data.passages)
    rows = []
    for session in data.sessions:
        length = sum(s.duration_ms or 0 for s in data.sources if s.session_id == session.id)
        rows.append(
            (
                cell(Run(session.title, bold=True)),
                cell(session.method.label),
                cell(str(typed.stored_date(session.date)) or "–"),
                cell(clock(length) if length else "–"),
                cell(str(mentions[session.id])),
            )
        )
    header = ("Session", "Method", "Date", "Recorded", "Mentions")
    return Table(header, tuple(rows), "How we met them", (42, 24, 20, 18, 18))


def _coverage(data: ReportData) -> Table:
    methods = [m for m in Method if any(s.method is m for s in data.sessions)]
    rows = [(cell(Run(s.name, bold=True)), *_reach(data, s.id, methods)) for s in data.segments]
    shoppers = [p for p in data.passages if is_shopper(p)]
    if shoppers:
        rows.append(_shopper_row(data, methods))
    widths = (30.0, *(22.0 for _ in methods))
    header = ("Segment", *(m.plural for m in methods))
    return Table(header, tuple(rows), "Segments by method: people and mentions", widths)


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
            cells.append(cell(Run("no voice", italic=True, tone="quiet")))
            continue
        cells.append(cell(f"{count(people, 'person', 'people')}, {count(len(mine), 'mention')}"))
    return cells


def _shopper_row(data: ReportData, methods: list[Method]) -> tuple[Cell, ...]:
    cells = [cell(Run("Shoppers (no segment)", italic=True))]
    for method in methods:
        mine = [p for p in data.passages if is_shopper(p) and p.session.method is method]
        visits = len({p.session.id for p in mine})
        said = f"{count(visits, 'visit')}, {count(len(mine), 'mention')}"
        cells.append(cell(said if mine else Run("–", tone="quiet")))
    return tuple(cells)


def _personae(data: ReportData) -> list[Block]:
    return [
        Paragraph(text(Run(f"{segment.name}. ", bold=True), segment.persona))
        for segment in data.segments
        if segment.persona
    ]


def _joined(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
