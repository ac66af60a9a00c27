"""Waiting in window tests: as long as it takes, also on a busy machine."""

from __future__ import annotations

from functools import partialmethod

from pytestqt.qtbot import QtBot

PATIENCE_MS = (
    240_000  # a wait ends when what it waits for is there; only a failing test takes so long
)


class PatientBot(QtBot):
    """A `qtbot` whose waits are not over after five seconds."""

    waitUntil = partialmethod(QtBot.waitUntil, timeout=PATIENCE_MS)  # noqa: N815
    waitSignal = partialmethod(QtBot.waitSignal, timeout=PATIENCE_MS)  # noqa: N815
    waitSignals = partialmethod(QtBot.waitSignals, timeout=PATIENCE_MS)  # noqa: N815
    waitCallback = partialmethod(QtBot.waitCallback, timeout=PATIENCE_MS)  # noqa: N815
