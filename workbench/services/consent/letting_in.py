"""What keeps files out that can be read: they are there already, or somebody wants no recording.

What people have said is looked up in the ledger before hours of sound are copied, and once more as
the rows are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from workbench.domain.consent import Use
from workbench.domain.ids import ParticipantId, SessionId
from workbench.domain.materials import SourceKind
from workbench.errors import UserError
from workbench.exchange import registry
from workbench.services.consent.ledger import Ledger
from workbench.services.consent.objecting import Objection
from workbench.services.desk import Desk
from workbench.services.files import intake
from workbench.services.files.chosen import OnRefused
from workbench.services.files.intake import Incoming


class Gate:
    """Asked before a file gets its row.

    Args:
        desk: of the study.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def objections(
        self,
        files: Iterable[Path | Incoming],
        session_id: SessionId | None,
        people: Iterable[ParticipantId],
    ) -> list[Objection]:
        """Return who stands against recordings coming in; nobody where there is none among them.

        Args:
            files: on their way in, read already or not.
            session_id: the session they belong to; `None` = new ones.
            people: who took part in new sessions.
        """
        if not any(map(_recording, files)):
            return []
        found, uses = Ledger(self._desk).objections, (Use.RECORD,)
        return found.of(session_id, uses) if session_id else found.among(people, uses)

    def require(
        self,
        files: Sequence[Path | Incoming],
        session_id: SessionId | None,
        people: Iterable[ParticipantId],
    ) -> None:
        """Make sure that nobody stands against recordings coming in.

        Raises:
            UserError: somebody does; it says who, and what to do.
        """
        found = self.objections(files, session_id, people)
        if not found:
            return
        names = list(filter(None, map(_recording, files)))
        raise UserError(
            "consent-recording",
            "“{file}” is a recording, and not everybody who takes part wants to be recorded: {who}."
            if len(names) == 1
            else "These files are recordings, and not everybody who takes part wants to be"
            " recorded: {who}.",
            "If that has changed, enter it under “Consent…” of {person}. With “--refused-too” it"
            " comes in all the same, and is not transcribed.",
            file=names[0],
            who="; ".join(one.sentence for one in found),
            person=found[0].person.pseudonym,
        )

    def duplicates(self, incoming: Sequence[Incoming]) -> list[tuple[Incoming, str]]:
        """Return files that the study holds already, each with the name it has there.

        Files that were given twice at once count too.
        """
        rows = self._desk.tables.source.select(deleted_at=None, order="imported_at, rowid")
        known = {source.sha256: source.original_name for source in rows}
        found = []
        for item in incoming:
            if item.sha256 in known:
                found.append((item, known[item.sha256]))
            known.setdefault(item.sha256, item.path.name)
        return found

    def leave_out_twice(self, incoming: list[Incoming], on_refused: OnRefused) -> None:
        """Let go of files that the study holds already, and tell of each."""
        known = self.duplicates(incoming)
        intake.discard(self._desk.media, [item for item, _ in known])
        for item, name in known:
            incoming.remove(item)
            on_refused(item.path, intake.twice(item, name))

    def require_new(self, incoming: Sequence[Incoming]) -> None:
        """Make sure that the study holds none of these files.

        Raises:
            UserError: it does.
        """
        for item, name in self.duplicates(incoming):
            raise intake.twice(item, name)


def _recording(file: Path | Incoming) -> str:
    """Return the name of a file that is a recording; "" for a text."""
    if isinstance(file, Path):
        return "" if registry.is_document(file) else file.name
    return "" if file.kind is SourceKind.TEXT else file.path.name


__all__ = ["Gate"]
