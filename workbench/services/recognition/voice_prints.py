"""Voice prints: what telling voices apart leaves behind, and when it must go.

They allow another number of voices without listening again. A print can tell a person among
others, so it is personal data: it stays in the folder `voices` of the study, is in no export, and
goes when its recording goes to the bin or a person in it withdraws. Undo does not bring it back;
transcribing again does.
"""

from __future__ import annotations

import logging
from pathlib import Path

from workbench import paths
from workbench.domain.change import ChangeSet, TableName
from workbench.services.consent.ledger import Ledger
from workbench.services.consent.objecting import NEEDED
from workbench.services.desk import Desk
from workbench.services.materials.materials import Materials

_FOLDER = "voices"
_DECISIVE: tuple[TableName, ...] = ("source", "session", "attendance", "consent_entry")
_log = logging.getLogger(__name__)


class VoicePrints:
    """The files with the voice prints of one study."""

    def __init__(self, desk: Desk, materials: Materials) -> None:
        self._desk = desk
        self._materials = materials
        desk.subscribers.append(self._on_changes)

    def file(self, sha256: str) -> Path:
        """Return the file for the voice prints of a recording, whether or not it is there."""
        return paths.within(self._desk.folder / _FOLDER, f"{sha256}.npz")

    def folder_for(self, sha256: str) -> str:
        """Return the folder in which the prints of a recording may be kept; "" if they may not."""
        return str(self._desk.folder / _FOLDER) if sha256 in self._allowed() else ""

    def forget(self) -> int:
        """Delete the prints that may not be kept.

        Returns:
            how many were deleted.
        """
        folder = self._desk.folder / _FOLDER
        files = list(folder.glob("*.npz")) if folder.is_dir() else []
        if self._desk.read_only or not files:
            return 0
        allowed = self._allowed()
        gone = [file for file in files if file.stem not in allowed]
        for file in gone:
            try:
                file.unlink(missing_ok=True)
            except OSError as problem:  # open in the child on Windows: gone at the next start
                _log.warning("voice prints not deleted yet: %s", problem)
        return len(gone)

    def _allowed(self) -> set[str]:
        """Return the hashes of the recordings that are there and to which nobody said no."""
        ledger = Ledger(self._desk)
        refused = {
            person_id
            for use in NEEDED
            for person_id, said in ledger.of_use(use).items()
            if said.state.is_no
        }
        rosters = self._materials.rosters()
        sessions = {session.id for session in self._materials.sessions()}
        there, private = set(), set()
        for source in self._materials.sources():
            if source.session_id in sessions:
                there.add(source.sha256)
            if refused.intersection(rosters.get(source.session_id, ())):
                private.add(source.sha256)
        return there - private

    def _on_changes(self, changes: ChangeSet) -> None:
        if changes.touches(*_DECISIVE):
            self.forget()
