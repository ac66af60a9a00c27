"""What can go wrong, told so that a researcher knows what happened and what to do next."""

from __future__ import annotations

from enum import Enum, auto

from typing_extensions import override

from workbench.words import Phrase, Sentence, said


class Way(Enum):
    """A way out of a failure; who began what failed knows how to go it."""

    AGAIN = auto()  # the same once more: what stood in the way may be gone
    CHOOSE = auto()  # another file or place
    RESTORE = auto()  # an older state of the study
    CHECK = auto()  # what of the study is damaged, and what of that can be put right
    COPY = auto()  # the study in a place where more can be done with it


class WorkbenchError(Exception):
    """A failure with a stable code, a sentence on what happened, and one on what to do next.

    The sentences are templates and values, so that whoever reads them reads them in their language.

    Args:
        code: stable name.
        happened: what happened, and where.
        todo: what to do next.
        ways: ways out of it, the most likely one first; else those of its kind.
        values: what fills the braces of either sentence.

    Attributes:
        said: what happened, as a sentence that can be handed on.
        advice: likewise what to do next.
        ways: the ways out.
    """

    exit_code = 1
    ways: tuple[Way, ...] = ()

    def __init__(
        self,
        code: str,
        happened: Phrase | Sentence,
        todo: Phrase | Sentence = "",
        *,
        ways: tuple[Way, ...] | None = None,
        **values: object,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.said = happened if isinstance(happened, Sentence) else said(happened, **values)
        self.advice = todo if isinstance(todo, Sentence) else said(todo, **values)
        if ways is not None:
            self.ways = ways

    @property
    def happened(self) -> str:
        """Return what happened, in the language that is spoken."""
        return str(self.said)

    @property
    def todo(self) -> str:
        """Return what to do next, in the language that is spoken."""
        return str(self.advice)

    @override
    def __str__(self) -> str:
        return f"{self.happened} {self.todo}".strip()


class UserError(WorkbenchError):
    """The input or the request cannot be carried out; the person can mend it."""


class EnvironmentProblem(WorkbenchError):
    """The machine stands in the way: disk full, folder read-only, model missing."""

    ways: tuple[Way, ...] = (Way.AGAIN, Way.CHOOSE)


def problem_of(error: OSError) -> EnvironmentProblem:
    """Return a machine's refusal in words: which file, and what to try."""
    return EnvironmentProblem(
        "file-system",
        "The file {file} could not be used: {reason}."
        if error.filename
        else "A file could not be used: {reason}.",
        "Check the name, that the disk has room and that you may write there, then try again.",
        ways=(Way.CHOOSE, Way.AGAIN) if isinstance(error, FileNotFoundError) else None,
        file=error.filename,
        reason=error.strerror or error,
    )


class Bug(WorkbenchError):
    """Our own mistake: an invariant did not hold."""

    exit_code = 2
