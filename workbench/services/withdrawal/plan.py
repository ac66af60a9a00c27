"""A deed that was begun, on the disk: whatever ends the program, the next opening finishes it.

The plan holds ids and names of files, never words or names of people.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from workbench.domain.ids import WithdrawalId
from workbench.domain.withdrawal import Deed, Unreadable, Withdrawal
from workbench.exchange import atomic

FILE = "withdrawal.json"


@dataclass(slots=True)
class Plan:
    """What is to be done, and what has been found on the way.

    Attributes:
        id: of the withdrawal that will stand in the study.
        person: whose wish it is.
        code: of the person.
        files: id of a source -> name of its new file in `media`.
        leave: files that go when the rows are changed: folder of the study -> names.
        logs: logs of recognition that go then.
        told: what the certificate says.
        unreadable: what becomes of recordings of several people that cannot be silenced.
    """

    id: str
    at: str
    person: str
    code: str
    deed: Deed
    coder: str
    files: dict[str, str] = field(default_factory=dict)
    leave: dict[str, list[str]] = field(default_factory=dict)
    logs: list[str] = field(default_factory=list)
    told: dict[str, Any] = field(default_factory=dict)
    unreadable: Unreadable | None = None

    def keep(self, folder: Path) -> None:
        """Write the plan into the study's folder, whole and on the disk."""
        atomic.renew(folder / FILE, self._write)

    def record(self) -> Withdrawal:
        """Return what the study keeps for ever of what was done."""
        told = json.dumps(self.told, ensure_ascii=False, separators=(",", ":"))
        return Withdrawal(WithdrawalId(self.id), self.at, self.code, self.deed, self.coder, told)

    def _write(self, path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="\n") as file:
            json.dump(asdict(self), file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())

    @classmethod
    def read(cls, folder: Path) -> Plan | None:
        """Return the plan that lies in a study's folder; `None` if none, or none of ours, does."""
        try:
            found = json.loads((folder / FILE).read_text(encoding="utf-8"))
            decided = found.get("unreadable")
            return cls(
                **found
                | {
                    "deed": Deed(found["deed"]),
                    "unreadable": Unreadable(decided) if decided else None,
                }
            )
        except (OSError, ValueError, TypeError, LookupError):
            return None

    @staticmethod
    def forget(folder: Path) -> None:
        """Take the plan away: all of it is done."""
        (folder / FILE).unlink(missing_ok=True)


__all__ = ["FILE", "Plan"]
