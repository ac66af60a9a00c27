"""Files that a command does not take in, while the others come: each is told at once."""

from __future__ import annotations

from pathlib import Path

from workbench.cli import output
from workbench.errors import UserError, WorkbenchError


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
                why.code, why.happened, "To have it twice, add “--keep-both” to the command."
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
            others = f"The other {done} are" if done > 1 else "The other one is"
            raise UserError(
                "import-refused",
                "One file was not imported." if count == 1 else f"{count} files were not imported.",
                f"{others} in the study." if done else "The study is as it was.",
            )
