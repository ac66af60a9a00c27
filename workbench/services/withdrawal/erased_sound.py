"""What becomes of a recording in which a person is heard, also where it cannot be silenced.

It keeps its timeline: where the person speaks there is silence, with a margin that ends where
somebody else begins. Of a session of this person alone only what others say in it stays, so that a
cough between two turns goes too. A video becomes sound, for nobody can tell where in its picture
they are.

Where in it they speak is known for the very file that was taken in. One that is missing, was
changed or cannot be decoded cannot be silenced: the person's alone goes whole, and of one of
several people somebody has to decide. What goes whole leaves silence of its length, so that the
study misses no file and nobody is asked to bring the old one back.
"""

from __future__ import annotations

from pathlib import Path

from workbench import paths
from workbench.domain import quieting
from workbench.domain.anchors import TimeSpan
from workbench.domain.materials import Source
from workbench.domain.withdrawal import Fate, Unreadable
from workbench.errors import UserError, Way
from workbench.services.withdrawal.belongings import Belongings, Heard
from workbench.speech import silencing
from workbench.speech.protocol import Silence
from workbench.vault import files, ring
from workbench.words import Phrase, t

_SHORTEST_MS = 1_000


def hindrance(media: Path, source: Source) -> Phrase:
    """Return why a recording cannot be silenced, as far as that is seen without decoding it.

    Args:
        media: the folder of the files.
        source: the recording.

    Returns:
        a part of a sentence; "" where nothing is in the way.
    """
    if paths.leads_out(source.file):
        return "the study holds no name of a file for it"
    path = paths.within(media, source.file)
    if not path.is_file():
        return "its file is missing"
    try:
        changed = files.checksum(path) != source.sha256
    except OSError:
        return "its file cannot be read"
    return "its file is no longer as it was taken in" if changed else ""


def fates(one: Heard, theirs: Belongings, why: str = "") -> tuple[Fate, Fate]:
    """Return what becomes of the file of a source with “words” and with “everything”.

    Args:
        one: the source; of a recording of several people that cannot be silenced, somebody
            decides.
        theirs: what is the person's.
        why: what keeps a recording from being silenced.
    """
    if not one.is_recording:
        kept = Fate.REWRITTEN
    elif why or not has_times(one):
        kept = Fate.BLANK
    else:
        kept = Fate.ALONE if one.alone else Fate.SILENCED
    return kept, Fate.DELETED if one.source.session_id in theirs.sessions else kept


def write(one: Heard, new: Path, unreadable: Unreadable | None) -> Fate:
    """Write the new file of a recording that stays.

    Args:
        one: the recording.
        new: where to; beside the file of before.
        unreadable: what was decided for the case that it cannot be silenced.

    Returns:
        what became of it; with `Fate.LEFT` there is no new file.

    Raises:
        UserError: it cannot be silenced, is of several people, and nobody has decided.
        EnvironmentProblem: the folder cannot be written.
    """
    why = hindrance(new.parent, one.source)
    if not why:
        try:
            return _silenced(one, new)
        except UserError as problem:
            why = problem.happened
    if not one.alone:
        if unreadable is None:
            raise undecided([(one.source.title, why)])
        if unreadable is Unreadable.LEAVE:
            return Fate.LEFT
    length = max(one.source.duration_ms or 0, _SHORTEST_MS)
    key = ring.pipe_key(new)
    silencing.silence(Silence("", str(new.absolute()), (), True, end_ms=length, key=key))
    return Fate.BLANK


def undecided(found: list[tuple[str, str]]) -> UserError:
    """Return what is said before anything is done: somebody has to decide.

    Args:
        found: titles of the recordings of several people, and why they cannot be silenced.
    """
    listed = "; ".join(
        t("“{title}”: {why}", title=title, why=t(why).rstrip(".")) for title, why in found
    )
    return UserError(
        "withdraw-unreadable",
        "Nobody can silence one person there, so nothing was done yet. {listed}.",
        "Bring the file of before back (Check the study), or decide: all of such a recording goes,"
        " with what others say in it (“--unreadable delete”), or it is left as it is (“--unreadable"
        " leave”).",
        ways=(Way.CHOOSE,),
        listed=listed,
    )


def quiet(one: Heard) -> tuple[list[TimeSpan], bool]:
    """Return stretches of a recording, and whether silence is within them, else everywhere else.

    Where the person's words have no times nobody can tell where in it they speak: all of it goes.
    """
    if not has_times(one):
        return [], False
    theirs = quieting.stretches(one.turns)
    others = quieting.stretches((*one.others, *one.unknown))
    if one.alone:
        return [part for span in others for part in quieting.without(span, theirs)], False
    return quieting.silent(theirs, others), True


def _silenced(one: Heard, new: Path) -> Fate:
    old = paths.within(new.parent, one.source.file)
    spans, within = quiet(one)
    flat = tuple(ms for span in spans for ms in (span.start_ms, span.end_ms))
    key = ring.pipe_key(old)
    silencing.silence(
        Silence(
            str(old.absolute()),
            str(new.absolute()),
            flat,
            within,
            counted=one.counted,
            track=one.track,
            key=key,
        )
    )
    if not has_times(one):
        return Fate.BLANK
    return Fate.ALONE if one.alone else Fate.SILENCED


def has_times(one: Heard) -> bool:
    """Tell whether it is known when the person speaks."""
    return all(turn.start_ms is not None and turn.end_ms is not None for turn in one.turns)


__all__ = ["fates", "has_times", "hindrance", "quiet", "undecided", "write"]
