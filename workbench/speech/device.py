"""What a speech model works on: a graphics card where CTranslate2 can use one, else the processor.

A card is a matter of drivers and libraries that nobody can be sure of before a model has heard
something on it. So it is tried when a model is loaded, the processor steps in where it fails, and
what the last model worked on is noted for the settings.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from workbench import paths, rights
from workbench.settings import SettingsStore

_PREFERRED = ("int8_float16", "float16", "int8_float32", "int8")
_log = logging.getLogger(__name__)


class Why(StrEnum):
    """Why a model works where it does."""

    CARD = "card"
    NO_CARD = "no-card"
    UNWANTED = "unwanted"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Device:
    """Where a model works.

    Attributes:
        name: as CTranslate2 calls it, "cuda" or "cpu".
        kind: of its numbers.
        why: how that came.
    """

    name: str
    kind: str
    why: Why


def processor(why: Why) -> Device:
    """Return the processor, which every computer has."""
    return Device("cpu", "int8", why)


def choose(cards: int, kinds: Collection[str]) -> Device:
    """Return what to work on.

    Args:
        cards: how many graphics cards there are.
        kinds: of numbers that they can work with.
    """
    able = [kind for kind in _PREFERRED if kind in kinds]
    return Device("cuda", able[0], Why.CARD) if cards and able else processor(Why.NO_CARD)


def found() -> Device:
    """Return what to work on here, as far as that can be told beforehand."""
    if not SettingsStore(paths.config_dir() / "settings.json").current.card:
        return processor(Why.UNWANTED)
    import ctranslate2

    cards = ctranslate2.get_cuda_device_count()
    try:
        kinds = ctranslate2.get_supported_compute_types("cuda") if cards else ()
    except RuntimeError as problem:  # a card without a driver that fits
        _log.warning("the graphics card cannot be used: %s", problem)
        return processor(Why.FAILED)
    return choose(cards, kinds)


def note(device: Device) -> None:
    """Note for the settings what a model works on; a full disk must not end a job."""
    try:
        rights.own_folder(_file().parent)
        rights.claim(_file())
        _file().write_text(json.dumps(device.why), "utf-8")
    except OSError as problem:
        _log.warning("not noted what the model works on: %s", problem)


def last() -> Why | None:
    """Return what the last model worked on, and why; `None` before the first."""
    try:
        return Why(json.loads(_file().read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _file() -> Path:
    return paths.data_dir() / "device.json"
