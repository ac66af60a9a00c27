"""The one door through which files leave a study.

What leaves is written as a draft inside the study, looked through by the inspectors as it will be
read elsewhere, and only then put into its place: whole or not at all, never over a study.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import Protocol

from workbench import paths, underway
from workbench.errors import UserError
from workbench.exchange import atomic
from workbench.exchange.atomic import may_leave
from workbench.exchange.finished import Piece
from workbench.storage import drafts
from workbench.vault import ring
from workbench.words import counted, said


class Audience(Enum):
    """For whom a file is."""

    OTHERS = auto()
    OWN = auto()  # the researcher's own working copy, which says so on its first line


@dataclass(frozen=True, slots=True)
class Leaving:
    """A file that is finished and about to leave.

    Attributes:
        draft: where it lies now.
        name: what the file will be called.
        drawn: for a picture of pixels, the same as a drawing, whose words can be read.
        heard: for sound, the words that are heard in it, with their places.
        signed: who signs it: a name that stands in it on purpose.
    """

    draft: Path
    name: str
    audience: Audience
    drawn: bytes = b""
    heard: Sequence[Piece] | None = None
    signed: str = ""


class Finding(Protocol):
    """Something in a file of which a person should say whether it may leave."""

    @property
    def sentence(self) -> str:
        """Say what was found, and where."""


Inspector = Callable[[Leaving], Sequence[Finding]]
Decide = Callable[[Leaving, Sequence[Finding]], bool]
"""Tells whether a file may leave as it is; asked only where something was found."""


class Waits(UserError):
    """A file waits for somebody's decision; nothing was written.

    Attributes:
        findings: what was found in it.
    """

    def __init__(self, leaving: Leaving, findings: Sequence[Finding]) -> None:
        first = findings[0].sentence
        told = {"file": leaving.name, "first": first}
        super().__init__(
            "export-waits",
            counted(
                len(findings) - 1,
                "“{file}” was not written yet: {first} And {n} more place.",
                "“{file}” was not written yet: {first} And {n} more places.",
                **told,
            )
            if len(findings) > 1
            else said("“{file}” was not written yet: {first}", **told),
            "Change it in the study, or decide that it may leave as it is.",
        )
        self.findings = tuple(findings)


def _nothing() -> None:
    return


def _wait(_leaving: Leaving, _findings: Sequence[Finding]) -> bool:
    return False


@dataclass(slots=True)
class Door:
    """What every file passes that leaves one study.

    Attributes:
        folder: of the study.
        require: makes sure, before anything for others is begun, that what is private is known.
        inspectors: look into what is for others before it leaves.
        decide: decides about what they found; without a decision it waits.
    """

    folder: Path
    require: Callable[[], object] = _nothing
    inspectors: list[Inspector] = field(default_factory=list)
    decide: Decide = _wait

    def leave(
        self,
        out: Path,
        fill: Callable[[Path], object],
        *,
        replace: bool = False,
        audience: Audience = Audience.OTHERS,
        before: Callable[[], object] | None = None,
        drawn: bytes = b"",
        heard: Sequence[Piece] | None = None,
        signed: str = "",
    ) -> Path:
        """Let `fill` write a file, and put it into its place when it is complete and may leave.

        Args:
            out: where the finished file goes.
            fill: writes the content to the path it is given.
            replace: whether somebody said that a file that is there may go.
            audience: for whom it is.
            before: is done when it may leave, before it is there.
            drawn: for a picture of pixels, the same as a drawing, to be looked through.
            heard: for sound, the words that are heard in it, to be looked through.
            signed: who signs it, so that nobody has to decide about that name.

        Returns:
            `out`.

        Raises:
            Waits: something was found in it, and nobody has decided yet.
            UserError: `out` is no place for it.
            EnvironmentProblem: it cannot be written, the disk is full, or nobody knows which
                real names there are, since the key is missing.
        """
        may_leave(out, replace=replace)
        if audience is Audience.OTHERS:
            self.require()
        with atomic.told(out), ExitStack() as at_end:
            begun = self._begin(out, at_end)
            fill(begun.path)
            self._look(Leaving(begun.path, out.name, audience, drawn, heard, signed))
            if before is not None:
                before()
            begun.put()
        return out

    def _look(self, leaving: Leaving) -> None:
        findings = [found for inspect in self.inspectors for found in inspect(leaving)]
        if findings and not self.decide(leaving, findings):
            raise Waits(leaving, findings)

    def _begin(self, out: Path, at_end: ExitStack) -> _Begun:
        """Make a draft that may still be held back, which only its owner can read.

        It lies in the study, which sweeps it after a sudden end. In a locked study nothing lies in
        clear, not even for a moment: there, and where nothing can be written in the study, it has
        no name, or is noted, beside the place where it is to be read by everybody.
        """
        if ring.study_key(self.folder) is None:
            with suppress(OSError):
                path = at_end.enter_context(drafts.draft(self.folder, out.suffix))
                return _Copied(path, out)
        with suppress(OSError):
            return at_end.enter_context(closing(underway.Nameless(out)))
        path = at_end.enter_context(underway.draft(out)).path
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | paths.NO_LINKS, 0o600))
        return _Copied(path, out)


class _Begun(Protocol):
    @property
    def path(self) -> Path:
        """Return where it is written."""

    def put(self) -> None:
        """Put it into its place."""


@dataclass(frozen=True, slots=True)
class _Copied:
    """A draft that is copied when it may leave: what is moved keeps the rights of where it was."""

    path: Path
    out: Path

    def put(self) -> None:
        atomic.keep(self.out, lambda path: shutil.copyfile(self.path, path))


__all__ = ["Audience", "Door", "Finding", "Inspector", "Leaving", "Waits", "may_leave"]
