"""The models of openai-whisper that are on this computer already.

They belong to that library and to the people who fetched them: they can be chosen here, and are
neither copied, checked, fetched nor deleted.
"""

from __future__ import annotations

import importlib.util
import os
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import UserError

PREFIX = "openai:"
"""Stands before the name, or the file, of such a model wherever a model is named."""

_SUFFIX = ".pt"
_NEEDED = ("whisper", "torch")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A model of openai-whisper; `name` is what the library calls it."""

    name: str
    size_bytes: int


def folder() -> Path:
    """Return where the library keeps its models."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "whisper"


def present() -> list[Checkpoint]:
    """Return the models that can be used, small ones first; none without the library."""
    if not all(importlib.util.find_spec(name) for name in _NEEDED):
        return []
    found = [Checkpoint(path.stem, path.stat().st_size) for path in folder().glob(f"*{_SUFFIX}")]
    return sorted(found, key=lambda one: one.size_bytes)


def path_of(name: str, cache: Path | None = None) -> Path:
    """Return the file of a model.

    Args:
        name: a file, or the name of one in the library's folder.
        cache: another folder than the library's.

    Raises:
        UserError: there is none.
    """
    place = cache or folder()
    for path in (Path(name), place / f"{name}{_SUFFIX}"):
        if path.is_file():
            return path
    raise UserError(
        "model-unknown",
        "There is no model “{name}” of openai-whisper on this computer.",
        "Give the path of its “{ending}” file, or put the file into “{place}”.",
        name=name,
        ending=_SUFFIX,
        place=place,
    )
