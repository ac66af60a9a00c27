"""Files of sources and consent forms that are no longer in the study's folder, and the way back.

A file is known by its content, so whoever has it somewhere just points at it: whatever is the file
of one of them goes to its place under the name the study knows. No row changes, so there is nothing
to undo.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from workbench import rights
from workbench.domain.consent import ConsentForm
from workbench.domain.materials import Source
from workbench.errors import UserError, Way
from workbench.exchange.registry import TABLES
from workbench.paths import within
from workbench.services.desk import Desk
from workbench.services.files import intake
from workbench.services.files.chosen import OnRefused, cannot_copy, require
from workbench.storage import media_names
from workbench.words import said

Kept = Source | ConsentForm
"""What has a file in the study."""


class LostFiles:
    """The files of one study that are missing."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def all(self) -> list[Kept]:
        """Return the sources, also those in the bin, and the forms whose file is not there."""
        tables = self._desk.tables
        known: list[Kept] = [*tables.source.select(), *tables.consent_form.select()]
        return [one for one in known if self.misses(one)]

    def misses(self, one: Kept) -> bool:
        """Tell whether a file is not there; a name that is none is another fault."""
        try:
            return not self._place(one).is_file()
        except UserError:
            return False

    def bring_back(
        self, paths: Sequence[Path], *, on_refused: OnRefused | None = None
    ) -> list[Kept]:
        """Copy missing files back to where they belong; return what has its file again.

        Args:
            paths: the files, wherever they are now and however they are called.
            on_refused: told of files that are none of those missing; `None` = the first of them is
                raised.

        Raises:
            UserError: a file cannot be read or is another one, or the study is for reading only.
            EnvironmentProblem: the study's folder cannot be written.
            Cancelled: the long step this is part of was ended.
        """
        self._desk.writable()
        found: list[Kept] = []
        for at, path in enumerate(paths):
            try:
                found += self._take(path, at / len(paths), 1 / len(paths))
            except UserError as problem:
                if on_refused is None:
                    raise
                on_refused(path, problem)
        return found

    def _place(self, one: Kept) -> Path:
        return within(self._desk.media, one.file)

    def _half(self, one: Kept) -> Path:
        place = self._place(one)
        return place.with_name(f"{place.name}{media_names.HALF}")

    def _take(self, path: Path, before: float, share: float) -> list[Kept]:
        require(path)
        size = path.stat().st_size
        near = [one for one in self.all() if one.size in (0, size)]
        if not near:
            raise self._other(path)
        # It is copied in blocks of one size, so asking for each tells how far it is.
        blocks = 0

        def cancelled() -> bool:
            nonlocal blocks
            blocks += 1
            return self._desk.on_share(before + share * min(1.0, blocks * intake.BLOCK / size))

        partial = self._half(near[0])
        try:
            rights.folder(partial.parent)
            sha256, _ = intake.write(path, partial, cancelled)
            back = [one for one in near if one.sha256 == sha256]
            for one in back[1:]:  # the same file twice, as somebody wanted it
                again = self._half(one)
                intake.write(partial, again, cancelled)
                again.replace(self._place(one))
            if back:
                partial.replace(self._place(back[0]))
        except OSError as problem:
            raise cannot_copy(path, problem) from problem
        finally:
            for one in near:
                self._half(one).unlink(missing_ok=True)
        if not back:
            raise self._other(path)
        return back

    def _other(self, path: Path) -> UserError:
        """Return why a file is not taken."""
        missing = self.all()
        if not missing:
            return UserError(
                "nothing-missing",
                "No file is missing in the study.",
                "If a file has changed there, move it away first.",
            )
        names = ", ".join(f"“{one.original_name}”" for one in missing[:3])
        tables = any(Path(one.original_name).suffix.lower() in TABLES for one in missing)
        return UserError(
            "other-file",
            said(
                "“{file}” is not a file that is missing: its content is another one.",
                file=path.name,
            ),
            said(
                "Missing: {names}. Its name may have changed, but it has to be as it was when it"
                " was added. Of a table the study kept only the columns that were taken over."
                if tables
                else "Missing: {names}. Its name may have changed, but it has to be as it was when"
                " it was added.",
                names=names + (" …" if missing[3:] else ""),
            ),
            ways=(Way.CHOOSE, Way.AGAIN),
        )
