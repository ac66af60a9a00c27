"""What is worth telling of a recording once it is decoded."""

from __future__ import annotations

from workbench.domain import languages, worth
from workbench.domain.figures import clock
from workbench.domain.spoken import UNCERTAIN
from workbench.speech import audio, guards
from workbench.speech.language import Stretch
from workbench.speech.protocol import LanguageFound, Note, SpokenHere
from workbench.speech.survey import Survey
from workbench.words import t


def of_times(probe: audio.Probe, found: Survey, decoded_ms: int) -> list[Note]:
    """Say whether some of a recording is missing, and whether its times are broken."""
    notes = []
    missing = audio.missing_ms(found.stated_ms, decoded_ms)
    if missing:
        notes.append(Note("truncated", audio.truncation(missing)))
    elif probe.warning:
        notes.append(Note("truncated", probe.warning))
    if found.counted:
        told = t(
            "The times in the file are broken, so the sound was laid end to end. Where the"
            " recording was interrupted, the player may show other times than the text."
        )
        notes.append(Note("times", told))
    return notes


def of_tracks(found: Survey, *, apart: bool) -> list[Note]:
    """Say how several tracks of sound are heard.

    Args:
        found: what is known of the recording.
        apart: whether each is heard by itself.
    """
    if found.tracks == 1:
        return []
    told = (
        t("The recording has {n} tracks of sound; each was heard by itself.", n=found.tracks)
        if apart
        else t(
            "The recording has {n} tracks of sound. Those in one language are heard together;"
            " another attempt can hear one of them alone.",
            n=found.tracks,
        )
    )
    return [Note("tracks", told)]


def of_language(model: str, found: LanguageFound) -> list[Note]:
    """Say whether the language of a recording is sure, and whether the model is good at it."""
    called = languages.name_of(found.language) or found.language
    notes = []
    if found.probability < UNCERTAIN:
        told = t("the language is uncertain; it was taken for {language}", language=called)
        notes.append(Note("language", told))
    if told := worth.advice(model, found.language):
        notes.append(Note("model", told))
    return notes


def of_hole(hole: guards.Hole) -> Note:
    """Say where somebody speaks and no word was recognised."""
    start, end = hole
    told = t("speech without words from {start} to {end}", start=clock(start), end=clock(end))
    return Note("unheard", told, start, end)


def of_stretch(stretch: Stretch, script: str, back: int) -> SpokenHere:
    """Say in which language a stretch is spoken.

    Args:
        stretch: on the line of what is recognised.
        script: in which the study writes.
        back: how much of the line lies before the recording begins, in ms.
    """
    chunk, tongue = stretch.chunk, stretch.tongue
    code = languages.written(tongue.code, script)
    return SpokenHere(chunk.start_ms - back, chunk.end_ms - back, code, tongue.probability)


__all__ = ["of_hole", "of_language", "of_stretch", "of_times", "of_tracks"]
