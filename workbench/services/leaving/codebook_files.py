"""Codebooks in and out: as files, and as starters that come with the program."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import resources
from workbench.domain.change import Op
from workbench.domain.codebook import Code, CodeEntry, Starter
from workbench.errors import UserError, WorkbenchError
from workbench.exchange import codebook_csv
from workbench.services.coding.codebook import PALETTE_SIZE, Codebook
from workbench.services.confidential.confidential import Confidential
from workbench.services.desk import Desk
from workbench.services.door import may_leave
from workbench.services.files.chosen import OnRefused
from workbench.words import said


class CodebookFiles:
    """Reads codes into the codebook of one study, and writes them."""

    def __init__(self, desk: Desk, codebook: Codebook) -> None:
        self._desk = desk
        self._codebook = codebook

    def write(self, out: Path, *, replace: bool = False) -> Path:
        """Write the codebook as CSV, without real names and without words nobody may quote.

        Args:
            out: the file to write.
            replace: whether somebody said that a file that is there may go.

        Raises:
            UserError: the folder does not exist, or `out` is no place for it.
            EnvironmentProblem: it cannot be written, or the disk is full.
        """
        may_leave(out, replace=replace)
        codes = self._codebook.codes()
        open_to = Confidential(self._desk)
        names = {code.id: open_to.codes.shown(code).name for code in codes}
        examples = open_to.codes.examples(codes)

        def entry(code: Code) -> CodeEntry:
            return CodeEntry(
                names[code.id],
                names.get(code.parent_id, "") if code.parent_id else "",
                code.colour,
                open_to.words(code.definition),
                open_to.words(code.include),
                open_to.words(code.exclude),
                examples[code.id],
            )

        def fill(path: Path) -> None:
            codebook_csv.write(map(entry, codes), path)

        return self._desk.door.leave(out, fill, replace=replace)

    def read_all(
        self, paths: Sequence[Path], *, on_refused: OnRefused, origin: object = None
    ) -> int:
        """Take the codes of some files into the study, in one step; the rest is as in `read`.

        Args:
            paths: the files.
            on_refused: told of a file that is bad; it leaves nothing, and keeps no other out.
            origin: who asks.
        """
        new = 0
        with self._desk.step(Op.IMPORT_CODEBOOK, origin=origin):
            for path in paths:
                try:
                    new += self.read(path, origin=origin)
                except WorkbenchError as problem:
                    on_refused(path, problem)
        return new

    def read(self, path: Path, *, origin: object = None) -> int:
        """Take the codes of a CSV file into the study.

        Codes that are there already keep what they have; only their empty fields are filled.

        Args:
            path: the file.
            origin: who asks.

        Returns:
            How many codes are new.

        Raises:
            UserError: no codebook, or a code in it lies below itself.
            EnvironmentProblem: the file cannot be read.
        """
        entries = codebook_csv.read(path)
        try:
            return self._take(entries, origin)
        except UserError as problem:
            happened = said("“{file}”: {problem}", file=path.name, problem=problem.said)
            raise UserError(problem.code, happened, problem.advice) from problem

    def starters(self) -> list[Starter]:
        """Return the codebooks that come with the program."""
        found = []
        for path in sorted(resources.path("codebooks").glob("*.csv")):
            entries = codebook_csv.read(path)
            found.append(Starter(path.stem, entries[0].name, len(entries)))
        return found

    def begin_with(self, name: str, *, origin: object = None) -> int:
        """Take a starter into the study; return how many codes are new.

        Raises:
            UserError: there is no such starter.
        """
        path = resources.path("codebooks", f"{name}.csv")
        known = [starter.name for starter in self.starters()]
        if name not in known:
            raise UserError(
                "starter-unknown",
                "There is no starter codebook “{name}”.",
                "Choose one of: {choices}.",
                name=name,
                choices=", ".join(known),
            )
        return self.read(path, origin=origin)

    def _take(self, entries: Sequence[CodeEntry], origin: object) -> int:
        book = self._codebook
        with self._desk.step(Op.IMPORT_CODEBOOK, origin=origin):
            new = {
                book.add(name).id
                for name in self._unknown([*(e.name for e in entries), *_parents(entries)])
            }
            for entry in entries:
                code = book.find(entry.name)
                if code is not None:
                    self._fill(code, entry, is_new=code.id in new)
            book.move([], parent_id=None)  # counts the places anew, once for all
        return len(new)

    def _unknown(self, names: Sequence[str]) -> list[str]:
        there = {code.name.casefold() for code in self._codebook.codes()}
        by_fold = {name.casefold(): name for name in reversed(names)}
        return [by_fold[fold] for fold in dict.fromkeys(map(str.casefold, names))
                if fold not in there]  # fmt: skip

    def _fill(self, code: Code, entry: CodeEntry, *, is_new: bool) -> None:
        values: dict[str, Any] = {
            field: getattr(entry, field)
            for field in ("definition", "include", "exclude", "example")
            if getattr(entry, field) and not getattr(code, field)
        }
        if is_new and entry.colour is not None:
            values["colour"] = entry.colour % PALETTE_SIZE
        if values:
            self._codebook.change(code.id, **values)
        parent = self._codebook.find(entry.parent) if is_new and entry.parent else None
        if parent is not None:
            self._codebook.change(code.id, parent_id=parent.id)


def _parents(entries: Sequence[CodeEntry]) -> list[str]:
    return [entry.parent for entry in entries if entry.parent]
