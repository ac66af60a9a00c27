"""Tells the voices of a recognised recording apart, and keeps what that cost to find out.

The voice prints are kept in the study, so that another number of speakers is a matter of a
moment. They are personal data: they never leave the study's folder.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic

from workbench import rights
from workbench.domain.transcript import TurnDraft
from workbench.errors import UserError
from workbench.speech import attribution, diarize
from workbench.speech.diarize import Diarization
from workbench.speech.engine import Pcm
from workbench.speech.fbank import RATE
from workbench.speech.machine import physical_cores
from workbench.speech.protocol import Regroup, Speakers
from workbench.speech.spool import disk_problem
from workbench.speech.windows import SHARED_S, window_starts
from workbench.vault import files

TRIED_S = round(SHARED_S) + 20 * physical_cores()
_log = logging.getLogger(__name__)


def listen(
    pcm: Pcm,
    *,
    store: Path | None,
    speakers: int | None,
    on_progress: Callable[[float], None],
) -> Diarization:
    """Find out who speaks when.

    Args:
        pcm: the recording.
        store: file for the voice prints, read when it exists, else written; `None` keeps none.
        speakers: number of people, `None` to find it out.
        on_progress: hears the finished share, 0 to 1; it may raise to stop.

    Raises:
        ImportError: a library for it is not installed.
        EnvironmentProblem: its models are missing, or the store cannot be written.
    """
    known = _read(store) if store else None
    if known is not None and len(known.activity) != len(window_starts(len(pcm))):
        known = None  # the recording was laid on its time otherwise
    if known is not None:
        return diarize.recluster(known, speakers)
    found = diarize.diarize(pcm, speakers=speakers, on_progress=on_progress)
    if store:
        _write(store, found.to_bytes())
    return found


def seconds_per_second(pcm: Pcm) -> float:
    """Return how long telling voices apart takes here for a second of a long recording.

    Args:
        pcm: a stretch with speech; `TRIED_S` is long enough to keep all cores at work.

    Raises:
        ImportError: a library for it is not installed.
        EnvironmentProblem: its models are missing.
    """
    diarize.diarize(pcm[: 10 * RATE])  # models come into memory, and their first round is slow
    begun = monotonic()
    diarize.diarize(pcm)
    return (monotonic() - begun) / max(1.0, len(pcm) / RATE - SHARED_S)


def regroup(question: Regroup) -> Speakers:
    """Tell the voices of recognised words apart anew, from the voice prints alone.

    Raises:
        UserError: there are no voice prints, or they are damaged.
    """
    store = Path(question.store)
    try:
        known = Diarization.from_bytes(files.read(store))
    except OSError as error:
        raise UserError(
            "voices-unknown",
            "The voice prints “{file}” of this recording cannot be read.",
            "Transcribe the recording again.",
            file=store.name,
        ) from error
    found = diarize.recluster(known, question.speakers)
    return told(question.speakers, attribution.attribute(question.turns, found))


def told(asked: int | None, turns: Sequence[TurnDraft]) -> Speakers:
    """Return what is said of turns that were told apart: of voices that have words."""
    count = len({turn.speaker for turn in turns if turn.speaker})
    return Speakers(asked, count, tuple(turns))


def _read(store: Path) -> Diarization | None:
    if not store.is_file():
        return None
    try:
        return Diarization.from_bytes(files.read(store))
    except (OSError, UserError):
        _log.warning("stored voices cannot be read and are found again")
        return None


def _write(store: Path, packed: bytes) -> None:
    temporary = store.with_name(f"{store.name}.{os.getpid()}.tmp")
    try:
        rights.folder(store.parent)
        files.write(temporary, packed)
        temporary.replace(store)
    except OSError as error:
        raise disk_problem(store, error) from error
    finally:
        temporary.unlink(missing_ok=True)
