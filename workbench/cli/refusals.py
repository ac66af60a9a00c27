"""Files that a command does not take in, while the others come: each is told at once."""

from __future__ import annotations

from pathlib import Path

from workbench.cli import output
from workbench.errors import UserError, WorkbenchError
from workbench.words import counted


class Refusals:
    """Collects what is refused."""

    def __init__(self) -> None:
        self.found: list[tuple[Path, WorkbenchError]] = []

    @property
    def paths(self) -> set[Path]:
        """Return the files."""
        return {path for path, _ in self.found}

    def add(self, path: Path, why: WorkbenchError) -> None:
        """Tell why a file does not come in."""
        if why.code == "import-twice":
            why = UserError(
                why.code, why.said, "To have it twice, add “--keep-both” to the command."
            )
        self.found.append((path, why))
        output.progress(f"{why.happened} {why.todo}".strip())

    def data(self) -> list[dict[str, str]]:
        """Return all of them, for `--json`."""
        return [
            {"file": str(path), "code": why.code, "happened": why.happened, "todo": why.todo}
            for path, why in self.found
        ]

    def end(self, done: int) -> None:
        """End the command with 1 if there is any; `done` others came in."""
        if self.found:
            count = len(self.found)
            raise UserError(
                "import-refused",
                counted(count, "One file was not imported.", "{n} files were not imported."),
                counted(done, "The other one is in the study.", "The other {n} are in the study.")
                if done
                else "The study is as it was.",
            )
