"""The files of a deed: new ones are written first, those of before noted until they go."""

from __future__ import annotations

from collections.abc import Callable

from workbench import paths
from workbench.domain.ids import new_id
from workbench.domain.withdrawal import Deed, Fate
from workbench.services.desk import Desk
from workbench.services.locking import half_typed
from workbench.services.people.casting import Cast
from workbench.services.withdrawal import erased_files, erased_sound
from workbench.services.withdrawal.belongings import Belongings, Heard
from workbench.services.withdrawal.erased_files import NewFile
from workbench.services.withdrawal.erased_text import ErasedText
from workbench.services.withdrawal.places import cache_files
from workbench.services.withdrawal.plan import Plan
from workbench.words import Phrase

FOLDERS = ("media", "voices", "cache", "spool")
"""Where in a study files go."""
_SHARE = 0.5  # of the whole deed


class WithdrawalFiles:
    """Writes the files of one study anew.

    Args:
        desk: the study.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def write(
        self, plan: Plan, theirs: Belongings, mask: ErasedText, go_on: Callable[[float], None]
    ) -> dict[str, NewFile]:
        """Write the new files under the names of the plan; those of before stay for now.

        Args:
            plan: gets the names, what becomes of each file, and which go when rows have changed.
            theirs: what is the person’s.
            mask: takes their words and name out of what stays.
            go_on: told how much is done, from 0 to 1; it may raise to stop.

        Returns:
            the new files, by source.

        Raises:
            UserError: a recording of several people cannot be silenced, and nobody has decided.
            EnvironmentProblem: the folder cannot be written.
        """
        cast = Cast(self._desk, present=theirs.person_id)

        def text(one: Heard) -> str:
            return erased_files.text_of(one, plan.deed, cast, mask.without_names)

        wanted = erased_files.to_rewrite(theirs, plan.deed)
        for one in wanted:
            plan.files.setdefault(one.source.id, f"{new_id()}{erased_files.ending_of(one)}")
        plan.keep(self._desk.folder)
        new: dict[str, NewFile] = {}
        fates: dict[str, Fate] = {}
        for number, one in enumerate(wanted):
            go_on(_SHARE * number / len(wanted))
            place = paths.within(self._desk.media, plan.files[one.source.id])
            fate = erased_files.write(one, place, text, plan.unreadable)
            fates[one.source.id] = fate
            if fate is not Fate.LEFT:
                new[one.source.id] = erased_files.of_file(place)
        self._tell(plan, theirs, mask, fates)
        self._note_leaving(plan, theirs, [one for one in theirs.heard if one.source.id in new
                                          or _goes(one, plan, theirs)])  # fmt: skip
        return new

    def _tell(
        self, plan: Plan, theirs: Belongings, mask: ErasedText, fates: dict[str, Fate]
    ) -> None:
        """Say of each file what became of it, for the certificate."""
        plan.told["files"] = [
            {
                "title": mask.written(one.source.title),
                "fate": fates.get(one.source.id, Fate.DELETED),
                "why": self._why(one, fates.get(one.source.id)),
            }
            for one in theirs.heard
            if one.is_touched
        ]

    def _why(self, one: Heard, fate: Fate | None) -> Phrase:
        """Return what kept a recording from being silenced."""
        if fate not in (Fate.BLANK, Fate.LEFT):
            return ""
        if not erased_sound.has_times(one):
            return "its text has no times"
        return erased_sound.hindrance(self._desk.media, one.source) or "it cannot be decoded"

    def _note_leaving(self, plan: Plan, theirs: Belongings, files: list[Heard]) -> None:
        """Note which files go when the rows have changed: by then nobody could tell."""
        touched = [one for one in theirs.heard if one.is_touched]
        jobs = [job.id for one in touched for job in self._desk.tables.job.select(
            source_id=one.source.id)]  # fmt: skip
        sums = [one.source.sha256 for one in touched]
        cached = [name for sha256 in sums for name in cache_files(self._desk.folder, sha256)]
        whole = plan.deed is Deed.EVERYTHING
        forms = [form.file for form in theirs.forms] if whole else []
        plan.leave = {
            "media": [
                name
                for name in (*(one.source.file for one in files), *forms)
                if not paths.leads_out(name)
            ],
            "voices": [f"{sha256}.npz" for sha256 in sums],
            "cache": [*cached, half_typed.FILE.name],
            "spool": [f"{job}{ending}" for job in jobs for ending in (".jsonl", ".tmp")],
        }
        plan.logs = list(jobs) if whole else []


def _goes(one: Heard, plan: Plan, theirs: Belongings) -> bool:
    """Tell whether a source goes with its session."""
    return plan.deed is Deed.EVERYTHING and one.source.session_id in theirs.sessions


__all__ = ["FOLDERS", "WithdrawalFiles"]
