"""What can go wrong, told so that a researcher knows what happened and what to do next."""

from __future__ import annotations


class WorkbenchError(Exception):
    """A failure with a stable code, a sentence on what happened, and one on what to do next."""

    exit_code = 1

    def __init__(self, code: str, happened: str, todo: str = "") -> None:
        super().__init__(f"{happened} {todo}".strip())
        self.code = code
        self.happened = happened
        self.todo = todo


class UserError(WorkbenchError):
    """The input or the request cannot be carried out; the person can mend it."""


class EnvironmentProblem(WorkbenchError):
    """The machine stands in the way: disk full, folder read-only, model missing."""


def problem_of(error: OSError) -> EnvironmentProblem:
    """Return a machine's refusal in words: which file, and what to try."""
    what = f"The file {error.filename}" if error.filename else "A file"
    return EnvironmentProblem(
        "file-system",
        f"{what} could not be used: {error.strerror or error}.",
        "Check the name, that the disk has room and that you may write there, then try again.",
    )


class Bug(WorkbenchError):
    """Our own mistake: an invariant did not hold."""

    exit_code = 2
