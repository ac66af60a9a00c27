"""How fast each model is on this computer, learned from the jobs it has finished.

A benchmark would cost people minutes before they may begin; their own recordings tell the same
for nothing. The figures are kept in a small file beside the models, over all studies.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workbench import paths, rights

VOICES = "*voices*"
"""Stands, instead of a model, for telling voices apart; no folder of a model is called so."""

_LEAST_MS = 5_000  # loading the model would drown what is shorter
_MEMORY_MS = 10 * 3_600_000
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a model has done here: sound recognised, and the time that took."""

    sound_ms: int
    spent_ms: int

    @property
    def minutes_per_hour(self) -> float:
        """Return the minutes that an hour of sound takes."""
        return 60 * self.spent_ms / self.sound_ms


class Stopwatch:
    """Times one job, without its pauses.

    Args:
        begin_ms: how much of the recording was recognised before; it is not counted again.
        now: seconds of any steady clock.
    """

    def __init__(self, begin_ms: int, now: float) -> None:
        self._begin_ms = begin_ms
        self._spent_s = 0.0
        self._since: float | None = now

    def pause(self, now: float) -> None:
        """The job rests."""
        if self._since is not None:
            self._spent_s += now - self._since
            self._since = None

    def resume(self, now: float) -> None:
        """The job goes on; nothing happens when it did not rest."""
        if self._since is None:
            self._since = now

    def measured(self, total_ms: int, now: float) -> Measured:
        """Return what was done until now.

        Args:
            total_ms: length of the recording, all of which is recognised.
            now: seconds of the same clock.
        """
        self.pause(now)
        return Measured(max(0, total_ms - self._begin_ms), round(1000 * self._spent_s))


def keep(model: str, done: Measured) -> None:
    """Add a finished job to what is known of a model; short ones tell nothing.

    It is a convenience: a full disk must not end a job.
    """
    if done.sound_ms < _LEAST_MS or done.spent_ms <= 0:
        return
    known = measured()
    old = known.get(model, Measured(0, 0))
    sound, spent = old.sound_ms + done.sound_ms, old.spent_ms + done.spent_ms
    if sound > _MEMORY_MS:  # an old computer becomes a new one, a slow version a fast one
        sound, spent = sound // 2, spent // 2
    _write({**known, model: Measured(sound, spent)})


def measured() -> dict[str, Measured]:
    """Return what is known, by name of the model."""
    try:
        raw = json.loads(_file().read_text("utf-8"))
        return {
            str(name): Measured(int(sound), int(spent))
            for name, (sound, spent) in raw.items()
            if int(sound) > 0 and int(spent) > 0
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _write(known: Mapping[str, Measured]) -> None:
    file = _file()
    draft = file.with_name(f"{file.name}.new")
    rows = {name: [one.sound_ms, one.spent_ms] for name, one in known.items()}
    try:
        rights.own_folder(file.parent)
        rights.claim(draft)
        draft.write_text(json.dumps(rows, indent=1), "utf-8")
        draft.replace(file)
    except OSError as problem:
        _log.warning("speeds of models not kept: %s", problem)


def _file() -> Path:
    return paths.data_dir() / "speeds.json"
