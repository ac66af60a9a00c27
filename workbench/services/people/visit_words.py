"""Whose words the narrative and the free answers of a mystery visit are, and who may read them.

Its form may name who made the visit. If that is somebody of the study, they are the words of this
person; else of whoever is on the roster as shopper; else of whoever took part. Where nobody did,
the shopper is nobody of the study, and what they noted is field work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from workbench.domain.ids import ParticipantId, SessionId
from workbench.domain.materials import Role
from workbench.domain.quoting import Silence, together
from workbench.domain.visits import Visit
from workbench.services.desk import Desk
from workbench.services.people.casting import agreements, directory_of
from workbench.services.things import free_answers

_Seats = dict[SessionId, set[ParticipantId]]


class VisitWords:
    """The words in the visit forms of one study, as it is now.

    Args:
        desk: of the study.
        present: somebody who counts as being in the study, also from the bin.
    """

    def __init__(self, desk: Desk, present: ParticipantId | None = None) -> None:
        self._desk = desk
        self._directory = directory_of(desk.tables, present)
        self._shoppers: _Seats = defaultdict(set)
        self._there: _Seats = defaultdict(set)
        self._agreements = agreements(desk)
        for seat in desk.tables.attendance.select():
            if seat.role is Role.SHOPPER:
                self._shoppers[seat.session_id].add(seat.participant_id)
            if seat.role is not Role.INTERVIEWER:
                self._there[seat.session_id].add(seat.participant_id)

    def authors(self, visit: Visit) -> frozenset[ParticipantId]:
        """Return the people of the study of whom one wrote it; none = it was somebody else."""
        roster = self._there.get(visit.session_id, set())
        named = self._directory.called(visit.shopper, roster) if visit.shopper else []
        shoppers = self._shoppers.get(visit.session_id)
        return frozenset({person.id for person in named} or shoppers or roster)

    def silence(self, visit: Visit) -> Silence | None:
        """Return why what was written there may not be printed; `None` = it may."""
        why = [self._agreements.get(one, Silence.GONE) for one in sorted(self.authors(visit))]
        return together(None, why) if len(why) > 1 else next(iter(why), None)

    def written(self, *, silent: bool) -> Iterator[str]:
        """Yield what was written by those who may not be quoted, or by all others."""
        answers = free_answers(self._desk.tables)
        for visit in self._desk.tables.visit.select():
            why = self.silence(visit)
            if (why is not None and why.withholds) is silent:
                yield from filter(None, (visit.narrative, *answers.get(visit.session_id, ())))


__all__ = ["VisitWords"]
