"""The sentences of a report that claim something about the study as a whole.

Each is worked out from what is there, and says nothing where it would say something false: of a
study without people, with one, where nobody agreed, or with nothing but visits and notes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from workbench.analysis.ratings import is_shopper
from workbench.domain import counts, moments, typed
from workbench.domain.findings import Support, support
from workbench.domain.ids import ParticipantId, SessionId
from workbench.domain.materials import Method, Session
from workbench.domain.quoting import Silence
from workbench.domain.report import EvidenceEntry, EvidenceState
from workbench.services.report.data import ReportData
from workbench.words import Phrase, plural, t


def method_sentence(data: ReportData) -> str:
    """Say whom we met and how."""
    met = met_people(data)
    held = counts.joined(_held(data.sessions))
    if met and held:
        people = counts.people(len(met))
        said = [t("We met {people}; the study stands on {sessions}.", people=people, sessions=held)]
    elif held:
        said = [t("The study stands on {sessions}.", sessions=held)]
    else:
        said = [t("Nobody has been met yet.")]
    waiting = len(data.participants) - len(met)
    if waiting and held:
        said.append(
            plural(
                waiting,
                "{n} person of the study has not been met yet.",
                "{n} people of the study have not been met yet.",
            )
        )
    carrying = _carrying(data)
    if silent := counts.joined(_held([s for s in data.sessions if s.id not in carrying])):
        said.append(t("Nothing is coded yet of {sessions}.", sessions=silent))
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
            said.append(
                plural(
                    number,
                    "{n} passage is not quoted because {why}.",
                    "{n} passages are not quoted because {why}.",
                    why=t(because),
                )
            )
    if data.participants:
        said.append(t("All names are pseudonyms."))
    return " ".join(said)


_BECAUSE: dict[Silence, Phrase] = {
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
        return plural(
            people,
            "The one person of the study has agreed to be quoted.",
            "All {n} people of the study have agreed to be quoted.",
        )
    if silent == people:
        said = plural(
            people,
            "The one person of the study has not agreed to be quoted",
            "None of the {n} people of the study has agreed to be quoted",
        )
    else:
        said = plural(
            silent,
            "{n} of the {people} people has not agreed to be quoted",
            "{n} of the {people} people have not agreed to be quoted",
            people=people,
        )
    if not withheld:
        return t("{who}; no observation is theirs.", who=said)
    return plural(
        silent,
        "{who}: {n} voice ({observations}) is counted and summarised without quotation.",
        "{who}: {n} voices ({observations}) are counted and summarised without quotation.",
        who=said,
        observations=counts.observations(withheld),
    )


def rules(data: ReportData) -> list[str]:
    """Return how to read the figures of this report; none without anything to read."""
    seen = {is_shopper(p) for p in data.passages}
    lines: list[Phrase] = []
    if data.stages and data.passages:
        lines += [_EXPERIENCE, _FEW]
    if len(seen) > 1:
        lines.append(_APART)
    if data.passages:
        lines += [_MENTIONS, _NUMBERS]
    return list(map(t, lines))


_APART: Phrase = "What people told us and what shoppers observed are never averaged together."
_EXPERIENCE: Phrase = (
    "Experience runs from −2 to +2 in three dimensions: effectiveness, ease, emotion. A figure "
    "is the mean over people of each person’s own mean; n is the number of people."
)
_FEW: Phrase = (
    "No mean is printed for fewer than three people: their evidence stands there instead."
)
_MENTIONS: Phrase = (
    "“Mentions” count how often something was said. They say nothing about its importance."
)
_NUMBERS: Phrase = (
    "[E…] leads to the evidence register: the words, the person, the source and, in recordings, "
    "the time."
)


def sample_size(data: ReportData) -> str:
    """Say how many people were met and how many visits made."""
    visits = sum(session.method is Method.MYSTERY_VISIT for session in data.sessions)
    met = len(met_people(data))
    parts = [plural(met, "{n} participant", "{n} participants")] if met else []
    if visits:
        parts.append(plural(visits, "{n} mystery visit", "{n} mystery visits"))
    return counts.listed(parts)


def sample(data: ReportData) -> str:
    """Say how many people are of which segment."""
    sizes = Counter(person.segment_id for person in data.participants)
    return counts.listed([f"{segment.name} {sizes[segment.id]}" for segment in data.segments])


def coders(data: ReportData) -> str:
    """Say how many people coded what is in the report."""
    if data.coders and data.unsigned:
        return plural(
            data.unsigned,
            "{coders}, and {n} observation without a name",
            "{coders}, and {n} observations without a name",
            coders=data.coders,
        )
    return str(data.coders) if data.coders else ""


def codes(data: ReportData) -> str:
    """Say how many codes there are, and how many say what they mean."""
    if not data.codes:
        return ""
    defined = sum(bool(code.definition) for code in data.codes)
    return plural(
        len(data.codes),
        "{n} code, {defined} with a definition",
        "{n} codes, {defined} with a definition",
        defined=defined,
    )


def quotations(register: Sequence[EvidenceEntry]) -> str:
    """Say how quotations are printed; "" when there is none."""
    quoted = [entry for entry in register if entry.state is EvidenceState.QUOTED]
    if not quoted:
        return ""
    said = [
        plural(
            len(quoted),
            "{n} piece of evidence in the register",
            "{n} pieces of evidence in the register",
        ),
        t("with who said it") if all(entry.person for entry in quoted) else t("numbered"),
    ]
    timed = sum(bool(entry.time) for entry in quoted)
    if timed == len(quoted):
        said.append(t("with the time in the recording"))
    elif timed:
        said.append(t("{n} with the time in the recording", n=timed))
    return counts.listed(said)


def consistency(data: ReportData) -> str:
    """Say how many insights name evidence for and against them; "" without insights."""
    if not data.insights:
        return ""
    found = _supports(data)
    speaks_for = sum(one.speaks_for > 0 for one in found)
    against = sum(one.against > 0 for one in found)
    return plural(
        len(found),
        "{n} insight: {speaks_for} with evidence for it, {against} with evidence against it",
        "{n} insights: {speaks_for} with evidence for it, {against} with evidence against it",
        speaks_for=speaks_for,
        against=against,
    )


def when(data: ReportData) -> str:
    """Say when the sessions were; "" where no day is known."""
    dates = (typed.stored_date(session.date) for session in data.sessions)
    days = sorted({date for date in dates if isinstance(date, str) and date})
    if not days:
        return ""
    if len(days) > 1:
        return t(
            "Held from {first} to {last}.", first=moments.day(days[0]), last=moments.day(days[-1])
        )
    return t("Held on {day}.", day=moments.day(days[0]))


def limits(data: ReportData) -> str:
    """Say in one sentence what the study cannot say."""
    said = [t("it says what happens and why, not how often it happens to customers")]
    silent = sum(person.id not in data.agreed for person in data.participants)
    if silent:
        said.append(unquoted(silent, len(data.participants)))
    stages = [c for c in data.journey.columns if c.stage]
    unrated = sum(c.point is None for c in stages)
    if unrated:
        said.append(without_mean(unrated, len(stages)))
    if alone := _unopposed(data):
        said.append(one_sided(alone, len(data.insights)))
    if len(methods_used(data)) == 1:
        said.append(t("all of it was learned by one method"))
    return t("Limits: {limits}.", limits="; ".join(said))


def unquoted(silent: int, people: int) -> str:
    """Say how many people may not be quoted."""
    if silent == people:
        return plural(
            people,
            "its one person may not be quoted and is counted only",
            "none of its {n} people may be quoted; they are counted only",
        )
    return plural(
        silent,
        "{n} of its {people} people may not be quoted and is counted only",
        "{n} of its {people} people may not be quoted and are counted only",
        people=people,
    )


def without_mean(unrated: int, stages: int) -> str:
    """Say how many stages have no mean."""
    if unrated == stages:
        return plural(
            stages,
            "its one stage has no mean, for want of people",
            "none of its {n} stages has a mean, for want of people",
        )
    return plural(
        unrated,
        "{n} of its {stages} stages has no mean, for want of people",
        "{n} of its {stages} stages have no mean, for want of people",
        stages=stages,
    )


def one_sided(alone: int, insights: int) -> str:
    """Say against how many insights nothing speaks."""
    if alone == insights:
        return plural(
            insights,
            "no evidence is recorded against its one insight, which does not say there is none",
            "no evidence is recorded against any of its {n} insights, which does not say there is"
            " none",
        )
    return t(
        "no evidence is recorded against {n} of its {insights} insights, which does not say there"
        " is none",
        n=alone,
        insights=insights,
    )


def _supports(data: ReportData) -> list[Support]:
    alive = {p.id for p in data.passages}
    return [support(data.evidence.get(i.id, ()), alive.__contains__) for i in data.insights]


def _unopposed(data: ReportData) -> int:
    """Return how many insights have evidence for them and none against."""
    return sum(one.speaks_for > 0 and not one.against for one in _supports(data))


def _held(sessions: Sequence[Session]) -> list[str]:
    held = Counter(session.method for session in sessions)
    return [plural(held[method], *_SESSIONS[method]) for method in Method if held[method]]


_SESSIONS = {
    Method.INTERVIEW: ("{n} interview", "{n} interviews"),
    Method.FOCUS_GROUP: ("{n} focus group", "{n} focus groups"),
    Method.MYSTERY_VISIT: ("{n} mystery visit", "{n} mystery visits"),
    Method.FIELD_NOTE: ("{n} field note", "{n} field notes"),
}


def _carrying(data: ReportData) -> set[SessionId]:
    """Return the sessions that are behind anything in the report."""
    answered = {visit.visit.session_id for visit in data.visits if visit.answers}
    return answered | {p.session.id for p in data.passages}
