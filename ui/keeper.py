"""Keeps the open study on behalf of the window: its place, its backups, a copy elsewhere."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from ui.attempts import attempt
from ui.context import AppContext
from ui.i18n import plural, t
from ui.locks import Close
from ui.views.copy_dialog import CopyDialog
from ui.views.saving import ask_place
from ui.views.widgets.lent import lent
from workbench.errors import UserError, Way
from workbench.services.keeping import clouds, copying
from workbench.services.keeping.backups import Backup, Backups
from workbench.services.keeping.copying import StudyCopy
from workbench.study import SUFFIX, Study, StudyGone

_LOOK_MS = 3_000
_ROUTINE_MS = 600_000
_log = logging.getLogger("workbench.ui.keeper")


class StudyKeeper(QObject):
    """Looks after one study at a time.

    Args:
        context: has the open study, and the dialogs.
        window: the parent of questions.
        open_study: opens a study folder; tells whether it did.
        close_study: closes the open study; tells whether it did, and can keep what opens it.
        may_read: asks for the passphrase of a locked study; tells whether it can be read.
    """

    def __init__(
        self,
        context: AppContext,
        window: QWidget,
        open_study: Callable[[Path], bool],
        close_study: Close,
        may_read: Callable[[Path], bool],
    ) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._open, self._close, self._may_read = open_study, close_study, may_read
        self._gone = False
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self.look)
        self._routine = QTimer(self, interval=_ROUTINE_MS)
        self._routine.timeout.connect(self._back_up)

    def start(self, study: Study) -> None:
        """Look after a study that is open and painted."""
        self._gone = False
        self._look.start()
        self._routine.start()
        study.keeping.copies.routine()

    def say_how_found(self, study: Study) -> None:
        """Say how a study was found, and what it means where it lies."""
        for notice in study.keeping.notices:
            ways = [Way.CHOOSE] if notice.code.startswith("key-") else []
            if self._context.dialogs.show_error(self._window, notice, ways) is Way.CHOOSE:
                self._context.actions.trigger("study.key")
        self._explain_cloud(study)

    def stop(self) -> None:
        """Rest until another study is open."""
        self._look.stop()
        self._routine.stop()

    def look(self) -> None:
        """Tell at once, and once, when the study is gone or a backup failed."""
        study = self._context.study
        if study is None:
            return
        try:
            study.keeping.require_in_place()
            self._gone = False
        except StudyGone as problem:
            self._tell_gone(problem)
        if trouble := study.keeping.copies.take_problem():
            self._context.signals.toast_requested.emit(f"{trouble.happened} {trouble.todo}")

    def save_copy(self, *, with_key: bool = False) -> bool:
        """Ask for a place and copy the open study there, with all its files.

        Args:
            with_key: let the key with the real names go along.

        Returns:
            whether there is a copy now.
        """
        study = self._context.study
        if study is None:
            return False
        # Of one that was written over, perhaps not even the title can be read.
        name = study.title if study.keeping.in_place else study.folder.stem
        target = ask_place(self._context, self._window, t("Save a copy"), name=name, suffix=SUFFIX)
        if target is None:
            return False
        write = partial(self._write_copy, study, target, with_key)
        again = partial(self.save_copy, with_key=with_key)
        ways: dict[Way, Callable[[], bool]] = {Way.CHOOSE: again, **self.ways_back(study.folder)}
        return bool(attempt(self._context, self._window, write, ways))

    def _write_copy(self, study: Study, target: Path, with_key: bool) -> bool:
        copy = study.keeping.copy_to(target, with_key=with_key)
        if not self._finish(copy):
            return False
        said = [t("Saved a copy as {name}.", name=target.name)]
        if not with_key and study.keys.found.people:
            said.append(t("The key with the real names is not in it."))
        if copy.missing:
            said.append(
                plural(
                    len(copy.missing),
                    "One file is missing in it.",
                    "{n} files are missing in it.",
                )
            )
        self._context.signals.toast_requested.emit(" ".join(said))
        if not study.keeping.in_place and self._context.dialogs.confirm(
            self._window,
            t("Go on in the copy?"),
            detail=t("Where the study was opened, nothing more can be kept."),
            accept=t("Open the copy"),
        ):
            return self._open(target)
        return True

    def open_copy(self, path: Path) -> bool:
        """Ask for a place, copy a study there that cannot be opened where it is, and open that."""
        folder = path.parent if path.is_file() else path
        title = t("Open a copy")
        target = ask_place(self._context, self._window, title, name=folder.stem, suffix=SUFFIX)
        if target is None:
            return False

        def write() -> bool:
            return self._finish(copying.of_closed(folder, target))

        ways = {Way.CHOOSE: partial(self.open_copy, path)}
        return bool(attempt(self._context, self._window, write, ways)) and self._open(target)

    def _finish(self, copy: StudyCopy) -> bool:
        with lent(CopyDialog(copy, self._window)) as dialog:
            done = bool(dialog.exec())
            if dialog.problem is not None:
                raise dialog.problem
            return done

    def restore(self, folder: Path | None = None) -> bool:
        """Go back to a backup of the open study, or of one that does not open.

        Args:
            folder: of the study; `None` = the open one, or one that is asked for.

        Returns:
            whether the study is open as it was then.
        """
        study, dialogs = self._context.study, self._context.dialogs
        folder = folder or (study.folder if study else None)
        folder = folder or dialogs.open_folder(self._window, t("Restore a study (.study folder)"))
        if folder is None:
            return False
        backups = Backups(folder, self._context.now)
        if not backups.all():
            dialogs.show_error(self._window, _none(folder))
            return False
        if not attempt(self._context, self._window, partial(self._may_read, folder)):
            return False
        chosen = dialogs.ask_backup(self._window, backups)
        if chosen is None or not self._close(keep_key=study is None or _same(study.folder, folder)):
            return False
        put_back, ways = partial(self._put_back, backups, chosen, folder), self.ways_back(folder)
        done = bool(attempt(self._context, self._window, put_back, ways))
        if study is not None and self._context.study is None:
            self._open(study.folder)  # as it was: nobody has asked to close it
        return done

    def _put_back(self, backups: Backups, chosen: Backup, folder: Path) -> bool:
        done = backups.restore(chosen)
        opened = self._open(folder)
        said = [t("Restored.")]
        if done.kept is not None:
            said.append(t("What was there before is kept as {name}.", name=done.kept.name))
        self._context.signals.toast_requested.emit(" ".join(said))
        if done.carried.problem is not None:
            self._context.dialogs.show_error(self._window, done.carried.problem)
        return opened

    def ways_back(self, path: Path) -> dict[Way, Callable[[], bool]]:
        """Return the way back to a backup of a study that does not open, if it has any."""
        folder = path.parent if path.is_file() else path
        return {Way.RESTORE: partial(self.restore, folder)} if Backups(folder).all() else {}

    def _explain_cloud(self, study: Study) -> None:
        """Explain once for each study what it means that its folder is synchronised."""
        key, told = f"cloud.{study.charter.id}", clouds.explained(study.folder)
        if told is not None and key not in self._context.choices:
            self._context.choices[key] = "told"
            self._context.dialogs.show_error(self._window, told)

    def _back_up(self) -> None:
        study = self._context.study
        if study is not None:
            study.keeping.copies.routine()

    def _tell_gone(self, problem: StudyGone) -> None:
        if self._gone:
            return
        self._gone = True
        _log.warning("the open study is gone: %s", problem.code)
        if self._context.dialogs.confirm(
            self._window, problem.happened, detail=problem.todo, accept=t("Save a copy…")
        ):
            self.save_copy()


def _same(folder: Path, other: Path) -> bool:
    return folder.resolve() == other.resolve()


def _none(folder: Path) -> UserError:
    return UserError(
        "backups-none",
        "There are no backups of “{study}”.",
        "They are made after an hour with new work, and before what changes much at once.",
        study=folder.stem,
    )
