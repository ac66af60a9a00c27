"""What can go wrong, told so that a researcher knows what happened and what to do next."""

from __future__ import annotations

from enum import Enum, auto


class Way(Enum):
    """A way out of a failure; who began what failed knows how to go it."""

    AGAIN = auto()  # the same once more: what stood in the way may be gone
    CHOOSE = auto()  # another file or place
    RESTORE = auto()  # an older state of the study
    CHECK = auto()  # what of the study is damaged, and what of that can be put right
    COPY = auto()  # the study in a place where more can be done with it


class WorkbenchError(Exception):
    """A failure with a stable code, a sentence on what happened, and one on what to do next.

    Args:
        code: stable name.
        happened: what happened, and where.
        todo: what to do next.
        ways: ways out of it, the most likely one first; else those of its kind.

    Attributes:
        ways: the ways out.
    """

    exit_code = 1
    ways: tuple[Way, ...] = ()

    def __init__(
        self, code: str, happened: str, todo: str = "", *, ways: tuple[Way, ...] | None = None
    ) -> None:
        super().__init__(f"{happened} {todo}".strip())
        self.code = code
        self.happened = happened
        self.todo = todo
        if ways is not None:
            self.ways = ways


class UserError(WorkbenchError):
    """The input or the request cannot be carried out; the person can mend it."""


class EnvironmentProblem(WorkbenchError):
    """The machine stands in the way: disk full, folder read-only, model missing."""

    ways: tuple[Way, ...] = (Way.AGAIN, Way.CHOOSE)


def problem_of(error: OSError) -> EnvironmentProblem:
    """Return a machine's refusal in words: which file, and what to try."""
    what = f"The file {error.filename}" if error.filename else "A file"
    return EnvironmentProblem(
        "file-system",
        f"{what} could not be used: {error.strerror or error}.",
        "Check the name, that the disk has room and that you may write there, then try again.",
        ways=(Way.CHOOSE, Way.AGAIN) if isinstance(error, FileNotFoundError) else None,
    )


class Bug(WorkbenchError):
    """Our own mistake: an invariant did not hold."""

    exit_code = 2
