"""What voices are called in the window, and in which words somebody is asked who they are."""

from __future__ import annotations

from collections.abc import Sequence

from ui.i18n import plural, t
from workbench.domain.consent import Standing, Use
from workbench.domain.ids import SourceId, SpeakerId, TranscriptId
from workbench.domain.speaking import Part, Who, shown_name
from workbench.domain.transcript import Speaker
from workbench.services.unsaved import Spot
from workbench.study import Study


def voice_label(speaker: Speaker) -> str:
    """Return what a voice is called before it has a name: "Voice 1" for the label "S1"."""
    return t("Voice {n}", n=speaker.number) if speaker.number else speaker.label


def called(voice: Speaker, who: Who) -> str:
    """Return what a voice is called: the person, a name that was typed, or its label."""
    typed = who.name if who.name != voice.label else ""
    return typed or voice_label(voice)


def names_of(study: Study, speakers: Sequence[Speaker]) -> dict[SpeakerId, str]:
    """Return how each voice of a transcript is called."""
    cast = study.speaking.cast(speakers[0].transcript_id) if speakers else {}
    return {voice.id: called(voice, cast[voice.id]) for voice in speakers if voice.id in cast}


Voiced = tuple[dict[SpeakerId | None, str], dict[SpeakerId | None, Standing]]
"""By voice, what it is called, and what the person behind it said to being quoted; `None` is who
says words that no voice was found for."""


def voiced(study: Study, transcript_id: TranscriptId) -> Voiced:
    """Return how each voice of a transcript is called, and what people said to being quoted."""
    speakers = study.transcripts.speakers.of(transcript_id)
    cast = study.speaking.cast(transcript_id) if speakers else {}
    known: dict[SpeakerId | None, Who] = {v.id: cast[v.id] for v in speakers if v.id in cast}
    names: dict[SpeakerId | None, str] = {
        voice.id: called(voice, known[voice.id]) for voice in speakers if voice.id in known
    }
    if not speakers and (alone := study.speaking.unvoiced(transcript_id)) is not None:
        known[None], names[None] = alone, alone.name
    said = study.ledger.of_use(Use.QUOTE) if known else {}
    return names, {
        voice_id: said.get(who.person.id, Standing(Use.QUOTE))
        for voice_id, who in known.items()
        if who.person is not None
    }


def marked(name: str, said: Standing | None) -> str:
    """Return “Maya (quotes: refused)”, or the name alone of somebody who is quoted or unknown."""
    return name if said is None or said.allows else f"{name} ({t(said.sentence)})"


def people_of(study: Study, source_id: SourceId | None) -> dict[str, str]:
    """Return id and pseudonym of everybody, those of the session's roster first."""
    everybody = {str(person.id): person.pseudonym for person in study.people.participants()}
    roster: list[str] = []
    if source_id is not None:
        session_id = study.materials.source(source_id).session_id
        roster = [seat.participant_id for seat in study.materials.roster(session_id)]
    return {one: everybody[one] for one in roster if one in everybody} | everybody


def question(who: Who, voice: Speaker | None, observations: int) -> str:
    """Return what is asked or said about a voice; "" when nothing is."""
    count = plural(observations, "one observation", "{n} observations") if observations else ""
    if who.part is Part.AMBIGUOUS:
        asked = t("Several people are called “{name}”. Who is this?", name=who.name)
    elif who.part is Part.UNKNOWN:
        name = offered(who, voice)
        asked = t("Who is “{name}”?", name=name) if name else t("Who is this?")
    elif who.part is Part.REMOVED:
        asked = t("{name} is in the bin: not counted, not quoted.", name=who.name)
    elif who.person is not None and voice is not None and not shown_name_of(voice):
        return t("Taken for {name}, who alone took part.", name=who.name)
    else:
        return ""
    return " · ".join(filter(None, (asked, count)))


def offered(who: Who, voice: Speaker | None) -> str:
    """Return the name under which a voice could become a person; "" when there is none."""
    if who.part is not Part.UNKNOWN or voice is None:
        return ""
    return who.name if shown_name_of(voice) else ""


def shown_name_of(voice: Speaker) -> str:
    """Return the name that somebody, or a file, gave a voice; "" for the label of a machine."""
    return "" if not voice.name and voice.number else shown_name(voice)


def name_spot(study: Study, voice: Speaker) -> Spot:
    """Return where the name belongs that is typed for a voice."""
    return study.unsaved.spot(
        ("speaker", voice.id, "name"),
        t("Name of {voice}", voice=voice_label(voice)),
        lambda name: study.speaking.name(voice.id, name),
    )
