"""The sentences of a report that claim something about the study as a whole.

Each is worked out from what is there, and says nothing where it would say something false: of a
study without people, with one, where nobody agreed, or with nothing but visits and notes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from workbench.analysis.ratings import is_shopper
from workbench.domain import typed
from workbench.domain.figures import count
from workbench.domain.findings import Support, support
from workbench.domain.ids import ParticipantId, SessionId
from workbench.domain.materials import Method, Session
from workbench.domain.quoting import Silence
from workbench.domain.report import EvidenceEntry, EvidenceState
from workbench.services.report.data import ReportData


def method_sentence(data: ReportData) -> str:
    """Say whom we met and how."""
    met = met_people(data)
    held = joined(_held(data.sessions))
    if met and held:
        said = [f"We met {count(len(met), 'person', 'people')}; the study stands on {held}."]
    else:
        said = [f"The study stands on {held}." if held else "Nobody has been met yet."]
    waiting = len(data.participants) - len(met)
    if waiting and held:
        have = "has" if waiting == 1 else "have"
        said.append(f"{count(waiting, 'person', 'people')} of the study {have} not been met yet.")
    carrying = _carrying(data)
    if silent := joined(_held([s for s in data.sessions if s.id not in carrying])):
        said.append(f"Nothing is coded yet of {silent}.")
    return " ".join(said)


def met_people(data: ReportData) -> set[ParticipantId]:
    """Return the people who took part in a session or are heard in one."""
    there = {row.participant_id for row in data.attendance}
    there |= {p.person.id for p in data.passages if p.person is not None}
    return there & {person.id for person in data.participants}


def methods_used(data: ReportData) -> set[Method]:
    """Return the methods that carry something: coded words, or the answers of a visit."""
    carrying = _carrying(data)
    return {session.method for session in data.sessions if session.id in carrying}


def consent_sentence(data: ReportData) -> str:
    """Say whose words are not printed, how many they are, and why; "" where there are none."""
    why = Counter(p.silence for p in data.passages if p.silence is not None)
    withheld = sum(number for reason, number in why.items() if reason.is_of_consent)
    said = [_agreement(data, withheld)] if data.participants else []
    for reason, because in _BECAUSE.items():
        if number := why[reason]:
            are = "is" if number == 1 else "are"
            said.append(f"{count(number, 'passage')} {are} not quoted because {because}.")
    if data.participants:
        said.append("All names are pseudonyms.")
    return " ".join(said)


_BECAUSE = {
    Silence.GONE: "who spoke is no longer among the people of the study",
    Silence.TOGETHER: "not everybody who speaks there has agreed",
    Silence.UNKNOWN: "it is not known who spoke",
    Silence.OWN: "the researcher speaks",
    Silence.NOTE: "a field note may repeat what somebody said",
}


def _agreement(data: ReportData, withheld: int) -> str:
    people = len(data.participants)
    silent = sum(person.id not in data.agreed for person in data.participants)
    if not silent:
        return (
            "The one person of the study has agreed to be quoted."
            if people == 1
            else f"All {people} people of the study have agreed to be quoted."
        )
    who = f"{silent} of {people} people" if people > 1 else "The one person of the study"
    have = "has" if silent == 1 else "have"
    said = f"{who} {have} not agreed to be quoted"
    if not withheld:
        return f"{said}; no observation is theirs."
    is_or_are = "is" if silent == 1 else "are"
    return (
        f"{said}: {count(silent, 'voice')} ({count(withheld, 'observation')}) {is_or_are} counted"
        " and summarised without quotation."
    )


def rules(data: ReportData) -> list[str]:
    """Return how to read the figures of this report; none without anything to read."""
    seen = {is_shopper(p) for p in data.passages}
    lines = []
    if data.stages and data.passages:
        lines += [_EXPERIENCE, _FEW]
    if len(seen) > 1:
        lines.append("What people told us and what shoppers observed are never averaged together.")
    if data.passages:
        lines += [_MENTIONS, _NUMBERS]
    return lines


_EXPERIENCE = (
    "Experience runs from −2 to +2 in three dimensions: effectiveness, ease, emotion. A figure "
    "is the mean over people of each person’s own mean; n is the number of people."
)
_FEW = "No mean is printed for fewer than three people: their evidence stands there instead."
_MENTIONS = "“Mentions” count how often something was said. They say nothing about its importance."
_NUMBERS = (
    "[E…] leads to the evidence register: the words, the person, the source and, in recordings, "
    "the time."
)


def sample_size(data: ReportData) -> str:
    """Say how many people were met and how many visits made."""
    visits = sum(session.method is Method.MYSTERY_VISIT for session in data.sessions)
    met = len(met_people(data))
    parts = [count(met, "participant")] if met else []
    return ", ".join([*parts, count(visits, "mystery visit")] if visits else parts)


def sample(data: ReportData) -> str:
    """Say how many people are of which segment."""
    sizes = Counter(person.segment_id for person in data.participants)
    return ", ".join(f"{segment.name} {sizes[segment.id]}" for segment in data.segments)


def coders(data: ReportData) -> str:
    """Say how many people coded what is in the report."""
    unsigned = f"{count(data.unsigned, 'observation')} without a name"
    if data.coders and data.unsigned:
        return f"{data.coders}, and {unsigned}"
    return str(data.coders) if data.coders else ""


def codes(data: ReportData) -> str:
    """Say how many codes there are, and how many say what they mean."""
    if not data.codes:
        return ""
    defined = sum(bool(code.definition) for code in data.codes)
    return f"{count(len(data.codes), 'code')}, {defined} with a definition"


def quotations(register: Sequence[EvidenceEntry]) -> str:
    """Say how quotations are printed; "" when there is none."""
    quoted = [entry for entry in register if entry.state is EvidenceState.QUOTED]
    if not quoted:
        return ""
    named = "with who said it" if all(entry.person for entry in quoted) else "numbered"
    timed = sum(bool(entry.time) for entry in quoted)
    time = {0: "", len(quoted): ", with the time in the recording"}.get(
        timed, f", {timed} with the time in the recording"
    )
    return f"{count(len(quoted), 'piece')} of evidence in the register, {named}{time}"


def consistency(data: ReportData) -> str:
    """Say how many insights name evidence for and against them; "" without insights."""
    if not data.insights:
        return ""
    found = _supports(data)
    speaks_for = sum(one.speaks_for > 0 for one in found)
    against = sum(one.against > 0 for one in found)
    return (
        f"{count(len(found), 'insight')}: {speaks_for} with evidence for it, "
        f"{against} with evidence against it"
    )


def when(data: ReportData) -> str:
    """Say when the sessions were; "" where no day is known."""
    days = sorted({day for s in data.sessions if isinstance(day := typed.stored_date(s.date), str)})
    days = [day for day in days if day]
    if not days:
        return ""
    return f"Held from {days[0]} to {days[-1]}." if len(days) > 1 else f"Held on {days[0]}."


def limits(data: ReportData) -> str:
    """Say in one sentence what the study cannot say."""
    said = ["it says what happens and why, not how often it happens to customers"]
    silent = sum(person.id not in data.agreed for person in data.participants)
    if silent:
        people = count(len(data.participants), "person", "people")
        said.append(f"{silent} of {people} may not be quoted and {_IS[silent == 1]} counted only")
    stages = [c for c in data.journey.columns if c.stage]
    unrated = sum(c.point is None for c in stages)
    if unrated:
        has = "has" if unrated == 1 else "have"
        said.append(f"{unrated} of {count(len(stages), 'stage')} {has} no mean, for want of people")
    if alone := _unopposed(data):
        insights = f"{alone} of {count(len(data.insights), 'insight')}"
        said.append(f"against {insights} no evidence is recorded, which does not say there is none")
    if len(methods_used(data)) == 1:
        said.append("all of it was learned by one method")
    return f"Limits: {'; '.join(said)}."


_IS = {True: "is", False: "are"}


def joined(parts: Sequence[str]) -> str:
    """Return "one", "one and two", "one, two and three"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _supports(data: ReportData) -> list[Support]:
    alive = {p.id for p in data.passages}
    return [support(data.evidence.get(i.id, ()), alive.__contains__) for i in data.insights]


def _unopposed(data: ReportData) -> int:
    """Return how many insights have evidence for them and none against."""
    return sum(one.speaks_for > 0 and not one.against for one in _supports(data))


def _held(sessions: Sequence[Session]) -> list[str]:
    held = Counter(session.method for session in sessions)
    return [
        count(held[method], method.label.lower(), method.plural.lower())
        for method in Method
        if held[method]
    ]


def _carrying(data: ReportData) -> set[SessionId]:
    """Return the sessions that are behind anything in the report."""
    answered = {visit.visit.session_id for visit in data.visits if visit.answers}
    return answered | {p.session.id for p in data.passages}
