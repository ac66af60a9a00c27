"""Documents are read in a child process: only that may be hurt by a bad one.

A file that takes too long, or too much memory, or makes a reader stumble costs itself and one
sentence; the others come in. The child waits for the next file, so that a folder of notes pays for
one start; one that has grown by a large file says so, and the next file gets another. What it says
is taken for a stranger's word too: it is plain data, read with care.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from workbench import children, confined
from workbench.domain.layout import Layout
from workbench.domain.survey import SurveyColumns
from workbench.domain.transcript import TurnDraft, Word
from workbench.errors import EnvironmentProblem, UserError, WorkbenchError
from workbench.exchange import registry
from workbench.exchange.document import Document, PersonDraft
from workbench.helper import Helper

FLAG = "--read-documents"
SECONDS = 120
"""How long one document may take."""

_SENSELESS = (
    *(ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError),
)  # what making a document of an answer that is none ends with
_log = logging.getLogger(__name__)


class Reader:
    """Reads documents one after the other; `reader` gives one."""

    def __init__(self, helper: Helper) -> None:
        self._helper = helper

    def read(self, path: Path, columns: SurveyColumns | None = None) -> Document:
        """Read a text into turns, as `registry.read_document` does.

        Raises:
            UserError: the file is bad, or reading it had to be stopped.
            EnvironmentProblem: it cannot be read.
        """
        registry.require_readable(path)
        question = {"path": str(path.absolute()), "columns": columns and asdict(columns)}
        answer = self._helper.ask(json.dumps(question).encode("ascii"), SECONDS)
        try:
            said = json.loads(answer or b"null")
            if said["worn"]:
                self._helper.close()
            return _told(path, said)
        except _SENSELESS:
            self._helper.close()
            raise _harmful(path) from None


@contextmanager
def reader(cancelled: Callable[[], bool] = lambda: False) -> Iterator[Reader]:
    """Give a reader whose child starts with the first document, and is ended afterwards.

    Args:
        cancelled: asked while a document is read.
    """
    with Helper(children.command(FLAG), cancelled) as helper:
        yield Reader(helper)


def _told(path: Path, said: dict[str, Any]) -> Document:
    if "turns" in said:
        return Document(
            tuple(_turn(number, turn) for number, turn in enumerate(said["turns"])),
            str(said["language"]),
            tuple(map(str, said["notes"])),
            tuple(PersonDraft(*map(str, one)) for one in said["people"]),
        )
    if "stumbled" in said:
        _log.warning("a reader of %s stumbled: %s", path.suffix, said["stumbled"])
        raise _harmful(path)
    kind = EnvironmentProblem if said["machine"] else UserError
    raise kind(str(said["code"]), str(said["happened"]), str(said["todo"]))


def _turn(number: int, said: list[Any]) -> TurnDraft:
    text, start, end, speaker, words, layout = said
    return TurnDraft(
        number,
        str(text),
        None if start is None else int(start),
        None if end is None else int(end),
        None if speaker is None else str(speaker),
        tuple(Word.from_list(list(map(int, word))) for word in words),
        layout=Layout.from_json(str(layout)),
    )


def _harmful(path: Path) -> UserError:
    return UserError(
        "document-harmful",
        f"“{path.name}” could not be read: the attempt had to be stopped.",
        "Open it in its program and save it again, or save its text as .txt, and import that.",
    )


# In the child


def main(stdin: Iterable[bytes] | None = None, stdout: BinaryIO | None = None) -> None:
    """Answer until there are no more questions."""
    confined.confine()
    out = stdout or os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    for line in stdin or FileIO(0, closefd=False):  # a program without a console has no other
        confined.allow(2 * SECONDS)
        question = json.loads(line)
        columns = question["columns"] and SurveyColumns(
            **{**question["columns"], "answers": tuple(question["columns"]["answers"])}
        )
        answer = _answer(Path(question["path"]), columns) | {"worn": confined.is_worn()}
        said = json.dumps(answer, ensure_ascii=False)
        out.write(said.encode("utf-8", "replace") + b"\n")
        out.flush()


def _answer(path: Path, columns: SurveyColumns | None) -> dict[str, Any]:
    try:
        return _data(registry.read_document(path, columns))
    except WorkbenchError as error:
        machine = isinstance(error, EnvironmentProblem)
        return {
            "machine": machine, "code": error.code, "happened": error.happened, "todo": error.todo,
        }  # fmt: skip
    except Exception as error:  # noqa: BLE001  no file may keep the others out
        return {"stumbled": f"{type(error).__name__} in {_place(error.__traceback__)}"}


def _data(document: Document) -> dict[str, Any]:
    return {
        "turns": [
            (
                turn.text, turn.start_ms, turn.end_ms, turn.speaker,
                [word.as_list() for word in turn.words], turn.layout.as_json(),
            )
            for turn in document.turns
        ],
        "language": document.language,
        "notes": document.notes,
        "people": [(one.code, one.pseudonym, one.segment) for one in document.people],
    }  # fmt: skip


def _place(at: TracebackType | None) -> str:
    """Return the last line of ours that an error came through; its words may be a participant's."""
    place = ""
    while at is not None:
        name = Path(at.tb_frame.f_code.co_filename)
        if name.parent.name in {"exchange", "domain"}:
            place = f"{name.name}:{at.tb_lineno}"
        at = at.tb_next
    return place
