"""From files that were copied to rows of the study: a little at once, much beside the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ui.context import AppContext
from ui.i18n import t
from ui.views.collect.import_dialog import Plan, add_person
from workbench.domain.change import Op
from workbench.domain.ids import ParticipantId, SessionId, new_id
from workbench.domain.materials import Method
from workbench.errors import EnvironmentProblem
from workbench.services.files.intake import Incoming, discard
from workbench.services.keeping.aside import Stopped
from workbench.study import Study


@dataclass(frozen=True, slots=True)
class Stored:
    """What came of it.

    Attributes:
        session_id: the first session it lies in.
        said: what people are told; "" = how many files were added.
    """

    session_id: SessionId
    said: str = ""


@dataclass(frozen=True, slots=True)
class Lot:
    """Files that have come in, and what is done with them.

    Attributes:
        title: what people call it.
        incoming: the files, copied already.
        write: writes their rows into the study it is given, perhaps in another thread.
        waits: what cannot be written just now waits, with all that was said about it.
    """

    title: str
    incoming: Sequence[Incoming]
    write: Callable[[Study], Stored]
    waits: bool

    @property
    def size(self) -> int:
        """Return how many rows it has, about."""
        return sum(1 + (len(i.document.turns) if i.document else 0) for i in self.incoming)


def put(context: AppContext, study: Study, lot: Lot, done: Callable[[Stored], object]) -> None:
    """Have the rows of a lot written; nothing of it stays if that is refused or cancelled.

    Args:
        context: does what takes long.
        study: the open study.
        lot: what has come in.
        done: told in the window what came of it; also later, when it had to wait.

    Raises:
        UserError: the study refuses it.
    """
    media = study.materials.media

    def begin(*, again: bool) -> None:
        settled = []

        def work(other: Study) -> Stored | Exception:
            found: Stored | Exception
            try:
                found = lot.write(other)
            except Stopped:
                raise
            except Exception as problem:
                # Whatever hinders another try: it has waited, so it is only let go when somebody
                # says so.
                if not again and not (lot.waits and isinstance(problem, EnvironmentProblem)):
                    raise
                found = problem
            settled.append(found)
            return found

        def finish(found: Stored | Exception) -> None:
            if isinstance(found, Exception):
                spot.wait(lot.title, found)
            else:
                done(found)

        def after() -> None:
            if not settled:
                discard(media, lot.incoming)

        # Beside another long step it is refused at once, and waits for the end of that.
        size = -1 if study.aside.doing else lot.size
        title = t("Storing {title}", title=lot.title)
        context.run_long(title, work, finish, size=size, after=after)

    spot = study.unsaved.spot(
        ("import", new_id()),
        t("What comes in: {title}", title=lot.title),
        lambda _title: begin(again=True),
        lambda: discard(media, lot.incoming),
    )
    begin(again=False)


def carry_out(
    study: Study, plan: Plan, incoming: list[Incoming], *, keep_both: bool = False
) -> SessionId:
    """Do in one step what a person said about a drop; return the first session.

    Whoever does not want to be recorded has been asked about before (`Importer`).

    Args:
        study: where to.
        plan: what was said.
        incoming: the files, copied already; none for a session without files.
        keep_both: take files that the study holds already.
    """
    with study.imports.taking(incoming), study.step(Op.IMPORT_MATERIAL):
        people: list[ParticipantId] = [
            *plan.people,
            *(add_person(study, new.pseudonym, new.segment).id for new in plan.new_people),
        ]
        title = plan.title or (incoming[0].title if incoming else "")
        if plan.together:
            home = study.materials.add_session(plan.method, title, date=plan.date, people=people).id
            study.imports.add(incoming, session_id=home, keep_both=keep_both, refused_too=True)
        else:
            sources = study.imports.add(
                incoming,
                method=plan.method,
                people=people,
                date=plan.date,
                keep_both=keep_both,
                refused_too=True,
            )
            home = sources[0].session_id
        if plan.method is Method.MYSTERY_VISIT and plan.together:
            study.visits.begin(home)
    return home
