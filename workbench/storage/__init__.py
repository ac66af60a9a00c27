"""The only place that knows SQL."""

from __future__ import annotations

import importlib
import sys
from typing import Any


def _load_alone(library: str, *, without: set[str]) -> None:
    """Load a library as if others that it takes along where they are installed were missing."""
    modules: dict[str, Any] = sys.modules
    missing = without - modules.keys()
    modules.update(dict.fromkeys(missing))
    try:
        importlib.import_module(library)
    finally:
        for name in missing:
            del modules[name]


# It would store their arrays; we have none to store, and every command would wait for them to load.
_load_alone("sqlite_utils", without={"numpy", "pandas"})
