"""The appendices of a report: evidence register, visit scores, codebook, checklist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from workbench.analysis.telling import tidy
from workbench.domain import counts, moments
from workbench.domain.codebook import Code, in_tree
from workbench.domain.figures import minutes, rounded
from workbench.domain.materials import Method, Session, SourceKind
from workbench.domain.report import (
    Block,
    Cell,
    EvidenceEntry,
    Heading,
    Inline,
    Paragraph,
    RegisterTable,
    Run,
    Table,
    Tone,
    cell,
    text,
)
from workbench.domain.typed import Unreadable
from workbench.domain.visits import Answer, FormItem, ItemKind, show_answer, times_of
from workbench.services.confidential.unsaid import HIDDEN, hidden_codes, is_unsaid
from workbench.services.report import sentences
from workbench.services.report.data import ReportData
from workbench.services.report.evidence import Citations
from workbench.words import Phrase, plural, t

_INDENT = "\u2003"  # for a code below another one


def register() -> Sequence[Block]:
    """Return the appendix that every evidence number leads to."""
    lead = t(
        "Every number in the text leads here, and from here back to where it is first named. A "
        "number is given once and stays with its evidence, so some may be from other reports."
    )
    return (Paragraph(text(lead), "lead"), RegisterTable(t("Evidence register")))


def visit_scores(data: ReportData) -> Sequence[Block]:
    """Return the appendix with the scores and answers of the mystery visits."""
    sessions = {session.id: session for session in data.sessions}
    blocks: list[Block] = [Paragraph(text(t(_SCORE_RULE)), "lead")]
    titles = [_visit_title(sessions[filled.visit.session_id]) for filled in data.visits]
    blocks += [_scores(data, titles), _answers(data, titles)]
    for filled, title in zip(data.visits, titles, strict=True):
        visit = filled.visit
        when = " – ".join(str(part) for part in times_of(visit) if part)
        shopper = t("shopper {name}", name=visit.shopper) if visit.shopper else ""
        date = moments.day(sessions[visit.session_id].date)
        facts = (date, when, shopper, visit.scenario)
        blocks.append(Heading(2, title))
        blocks.append(Paragraph(text(" · ".join(fact for fact in facts if fact)), "note"))
        if visit.narrative:
            blocks.append(Paragraph(text(visit.narrative)))
    return blocks


def codebook(data: ReportData, cite: Citations) -> Sequence[Block]:
    """Return the appendix with the codes, what they mean, and by how many they are told."""
    mentions = Counter(code.id for p in data.passages for code in p.codes)
    told = {(code.id, p.person.id) for p in data.passages if p.person for code in p.codes}
    people = Counter(code_id for code_id, _ in told)
    names = {code.id: data.cleaned(code.name) for code in data.codes}
    hidden = hidden_codes(((code.id, p) for p in data.passages for code in p.codes), names)
    rows = [
        (
            cell(_INDENT * depth, _code_name(code, hidden=code.id in hidden)),
            Cell(_meaning(code, data, cite)),
            cell(str(mentions[code.id])),
            cell(str(people[code.id])),
        )
        for code, depth in in_tree(data.codes)
    ]
    head = (t("Code"), t("What it means"), t("Mentions"), t("People"))
    table = Table(head, tuple(rows), t("Codebook"), (42, 62, 21, 18))
    return [table]


def _meaning(code: Code, data: ReportData, cite: Citations) -> tuple[Inline, ...]:
    runs: list[Inline] = []
    titled = (("", code.definition), (t("When:"), code.include), (t("Not:"), code.exclude))
    for title, words in titled:
        if words:
            runs += [Run("\n")] if runs else []
            runs += [Run(f"{title} ", tone="quiet"), Run(words)] if title else [Run(words)]
    example = _example(code, data, cite)
    if example:
        runs += [Run("\n")] if runs else []
        runs += [Run(f"{t('Example:')} ", tone="quiet"), *example]
    return tuple(runs) or (Run(t("not defined yet"), italic=True, tone="quiet"),)


def _example(code: Code, data: ReportData, cite: Citations) -> tuple[Inline, ...]:
    """Return the passage chosen as the example, or the quote typed; nothing of the unquoted."""
    chosen = cite.find(code.example_id) if code.example_id else None
    if chosen is not None and code in chosen.codes and chosen.quotable:
        return cite.inline(chosen)
    words = tidy(code.example)
    if not words or is_unsaid(words, data.passages):
        return ()
    return (Run(f"“{words}”", italic=True),)


def checklist(data: ReportData, register: Sequence[EvidenceEntry]) -> Sequence[Block]:
    """Return the reporting checklist, filled with what the study knows.

    Args:
        data: the study.
        register: all lines of the report's evidence register.
    """
    rows = [
        (cell(str(number)), cell(Run(t(item), bold=True)), _known(value))
        for number, item, value in _coreq(data, register)
    ]
    lead = t(
        "After COREQ (Tong, Sainsbury and Craig 2007). Filled from the study; the rest is for "
        "the researcher to add."
    )
    table = Table(
        (t("No."), t("Item"), t("In this study")), tuple(rows), t("Checklist"), (12, 42, 88)
    )
    return (Paragraph(text(lead), "lead"), table)


_SCORE_RULE: Phrase = (
    "Score = 100 × weighted points ÷ weighted maximum, over answered, applicable items. "
    "A failed critical item takes its section to 0."
)


def _visit_title(session: Session) -> str:
    return session.place or session.title


def _scores(data: ReportData, titles: list[str]) -> Table:
    scored = [{s.section: s.score for s in filled.score.sections} for filled in data.visits]
    names = dict.fromkeys(name for sections in scored for name in sections)
    rows = [(cell(name), *(_score(found.get(name)) for found in scored)) for name in names]
    totals = (_score(filled.score.score, bold=True) for filled in data.visits)
    waits = (_minutes(filled.minutes) for filled in data.visits)
    rows += [(cell(Run(t("Whole visit"), bold=True)), *totals), (cell(t("Minutes there")), *waits)]
    widths = (40.0, *(30.0 for _ in titles))
    return Table((t("Section"), *titles), tuple(rows), t("Visit scores, 0 to 100"), widths)


def _answers(data: ReportData, titles: list[str]) -> Table:
    items = {item.id: item for filled in data.visits for item in filled.items}
    rows = [
        (
            cell(Run(f"{item.section}  ", tone="quiet"), item.ask),
            cell(str(item.weight) if item.weight else "–"),
            *(_answer(item, filled.answers.get(item.id)) for filled in data.visits),
        )
        for item in items.values()
    ]
    widths = (70.0, 16.0, *(26.0 for _ in titles))
    return Table((t("Item"), t("Weight"), *titles), tuple(rows), t("What the shoppers saw"), widths)


def _minutes(there: int | Unreadable | None) -> Cell:
    if isinstance(there, Unreadable):
        return cell(Run(str(there), italic=True), tone="warn")
    return cell("–" if there is None else str(there))


def _score(value: float | None, *, bold: bool = False) -> Cell:
    if value is None:
        return cell(Run(t("not scored"), italic=True, tone="quiet"))
    tone: Tone = "good" if value >= 75 else "bad" if value < 40 else ""
    return cell(Run(rounded(value), bold=bold), tone=tone)


def _answer(item: FormItem, answer: Answer | Unreadable) -> Cell:
    if isinstance(answer, Unreadable):
        return cell(Run(str(answer), italic=True), tone="warn")
    if answer is None:
        return cell(Run("–", tone="quiet"))
    failed = item.kind is ItemKind.YES_NO and not answer and item.weight
    return cell(show_answer(item, answer), tone="bad" if failed else "")


def _code_name(code: Code, *, hidden: bool) -> Run:
    if hidden:
        return Run(t(HIDDEN), italic=True, tone="quiet")
    return Run(code.name, bold=True)


def _known(value: str) -> Cell:
    return cell(value) if value else cell(Run(t("to be added"), italic=True, tone="quiet"))


def _coreq(data: ReportData, register: Sequence[EvidenceEntry]) -> list[tuple[int, Phrase, str]]:
    places = counts.listed(list(dict.fromkeys(s.place for s in data.sessions if s.place)))
    recordings = sum(source.kind is not SourceKind.TEXT for source in data.sources)
    notes = sum(session.method is Method.FIELD_NOTE for session in data.sessions)
    recorded = plural(recordings, "{n} recording", "{n} recordings")
    noted = plural(notes, "{n} field note", "{n} field notes")
    asked = " · ".join(data.charter.questions)
    return [
        (9, "Orientation and theory", ""),
        (10, "Sampling", ""),
        (12, "Sample size", sentences.sample_size(data)),
        (13, "Non-participation", ""),
        (14, "Setting", places),
        (16, "Description of the sample", sentences.sample(data)),
        (17, "Guide", t("Questions of the study: {questions}", questions=asked) if asked else ""),
        (19, "Recording", recorded if recordings else ""),
        (20, "Field notes", noted if notes else ""),
        (21, "Duration", _duration(data)),
        (22, "Saturation", ""),
        (23, "Transcripts returned", ""),
        (24, "Number of coders", sentences.coders(data)),
        (25, "Coding tree", sentences.codes(data)),
        (27, "Software", _software(data)),
        (28, "Participant checking", ""),
        (29, "Quotations with person", sentences.quotations(register)),
        (30, "Data and findings consistent", sentences.consistency(data)),
    ]


def _duration(data: ReportData) -> str:
    lengths = sorted(source.duration_ms for source in data.sources if source.duration_ms)
    if not lengths:
        return ""
    shortest, longest = (minutes(length, 1) for length in (lengths[0], lengths[-1]))
    if shortest == longest:
        return t("{n} minutes", n=longest)
    return t("{shortest} to {longest} minutes", shortest=shortest, longest=longest)


def _software(data: ReportData) -> str:
    if not data.models:
        return "Workbench"
    return t(
        "Workbench; speech recognised by machine ({models}), then open to correction",
        models=counts.listed(data.models),
    )
