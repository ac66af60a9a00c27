"""What stood half typed in a dialog when a locked study locked itself; kept sealed in the study.

A study is locked though something is typed, for nobody is there to look after it. What was typed is
shown when the study is opened again, and gone once somebody has closed that.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from workbench import rights, underway
from workbench.vault import files

FILE = Path("cache", "half-typed.json")


@dataclass(frozen=True, slots=True)
class HalfTyped:
    """One field of a dialog.

    Attributes:
        dialog: title of the dialog.
        field: what the field asks for.
        text: as far as it was typed.
    """

    dialog: str
    field: str
    text: str


def keep(folder: Path, typed: Sequence[HalfTyped]) -> None:
    """Keep what was typed in the folder of a study, behind what is kept there already.

    Raises:
        OSError: it cannot be written.
    """
    if typed:
        rows = [astuple(one) for one in (*kept(folder), *typed)]
        rights.folder((folder / FILE).parent)
        with underway.renewed(folder / FILE) as draft, files.writing(draft, sync=True) as file:
            file.write(json.dumps(rows).encode())


def kept(folder: Path) -> tuple[HalfTyped, ...]:
    """Return what is kept; nothing where it cannot be read."""
    try:
        rows = json.loads(files.read(folder / FILE))
        return tuple(HalfTyped(*(str(part) for part in row)) for row in rows)
    except (OSError, ValueError, TypeError):
        return ()


def let_go(folder: Path) -> None:
    """Forget what is kept.

    Raises:
        OSError: it cannot be deleted.
    """
    (folder / FILE).unlink(missing_ok=True)


__all__ = ["FILE", "HalfTyped", "keep", "kept", "let_go"]
