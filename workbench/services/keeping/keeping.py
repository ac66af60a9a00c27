"""What keeps an open study: whether it is whole and in its place, its copies, and its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workbench.domain.change import Op
from workbench.errors import WorkbenchError
from workbench.services.desk import Desk
from workbench.services.files import intake, undone_imports
from workbench.services.files.lost_files import LostFiles
from workbench.services.keeping import copying
from workbench.services.keeping.copies import Copies
from workbench.services.keeping.copying import StudyCopy
from workbench.storage import damage, database, mending, soundness
from workbench.storage.maintenance import Problem
from workbench.storage.mending import Mended

__all__ = ["Keeping", "Mended", "Problem"]


class Keeping:
    """Keeps one open study.

    Args:
        desk: the study; steps that change much tell it before they begin.

    Attributes:
        lost: the files that are missing, and their way back.
        copies: those in its folder.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.lost = LostFiles(desk)
        self.copies = Copies(desk)
        desk.before_step = self.copies.before
        undone_imports.follow(desk)

    # --- its place

    @property
    def notices(self) -> tuple[WorkbenchError, ...]:
        """Return what people should know of how the study was found when it was opened."""
        return self._desk.notices

    def require_in_place(self) -> None:
        """Make sure that the study is still where it was opened.

        Raises:
            StudyGone: it was moved, deleted, replaced or written over; what is open can
                still be read and copied, as far as it is left.
        """
        if self._desk.journal:
            self._desk.journal.place.require()

    def damage(self, error: BaseException) -> WorkbenchError | None:
        """Return what to say of a failure nobody foresaw if the study is damaged, or gone.

        `None` where the study is whole, so that it is a mistake of ours, and for what has its
        sentence already.
        """
        place = self._desk.journal.place if self._desk.journal else None
        return damage.verdict(self._desk.db, self._desk.folder / database.FILE_NAME, error, place)

    def mend(self) -> Mended:
        """Put right what can be put right, and delete copies of files that nobody uses.

        Rows that something changed behind the program's back are again as the history has them;
        what points at nothing does no longer. Both are one step, which can be undone.

        Raises:
            UserError: the study is open for reading only.
        """
        db = self._desk.db
        with soundness.any_letters(db), self._desk.step(Op.MEND):
            mended, spare = mending.mend(db, self._desk.media)
        # Only now that the step is kept: nobody can take it back.
        intake.remove(self._desk.media, (path.name for path in spare))
        return mended

    def mendable(self) -> bool:
        """Tell whether `mend` would do anything; nobody who writes waits for it."""
        return not self._desk.read_only and mending.possible(self._desk.db, self._desk.media)

    def foresee(self) -> Mended:
        """Return what `mend` would do; nothing is changed."""
        if self._desk.read_only:
            return Mended()
        return mending.foresee(self._desk.db, self._desk.media, self._desk.step(Op.MEND))

    @contextmanager
    def told(self) -> Iterator[None]:
        """Tell of damage what comes of damage.

        Raises:
            UserError: the study is damaged.
        """
        try:
            yield
        except Exception as error:
            self.tell(error)
            raise

    def tell(self, error: BaseException | None) -> None:
        """Say of a failure that it comes of damage, if it does.

        Raises:
            UserError: the study is damaged.
        """
        found = self.damage(error) if error else None
        if found is not None:
            raise found from error

    @property
    def in_place(self) -> bool:
        """Tell whether the study is still where it was opened."""
        return self._desk.journal is None or self._desk.journal.place.trouble is None

    # --- a copy elsewhere, and the end

    def copy_to(self, target: Path, *, with_key: bool = False) -> StudyCopy:
        """Begin a copy of the whole study elsewhere; its `finish` copies the files.

        The key with the real names goes along only where that is asked for.

        Raises:
            UserError: something is there already, or the place lies in the study.
            EnvironmentProblem: it cannot be written, or what is open was written over and is not
                left whole.
        """
        return copying.begin(self._desk, target, with_key=with_key)

    def leave(self) -> None:
        """Close the file of the study; one that is no longer ours is left as it is."""
        desk = self._desk
        if desk.beside or desk.journal is None:
            database.close(desk.db, in_place=not desk.beside)
            return
        place = desk.journal.place
        if whole := place.trouble is None:
            place.let_go()
        database.close(desk.db, in_place=whole)
        place.leave()
