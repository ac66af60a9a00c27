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
from typing import Any, BinaryIO, TypeVar

from workbench import children, confined
from workbench.domain.layout import Layout
from workbench.domain.survey import Column, Fate, SurveyColumns
from workbench.domain.transcript import TurnDraft, Word
from workbench.errors import EnvironmentProblem, UserError, WorkbenchError
from workbench.exchange import registry
from workbench.exchange.document import Document, PersonDraft
from workbench.helper import Helper
from workbench.words import Sentence

FLAG = "--read-documents"
SECONDS = 120
"""How long one document may take."""

_SENSELESS = (
    *(ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError),
)  # what making a document of an answer that is none ends with
_log = logging.getLogger(__name__)
T = TypeVar("T")


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
        asked = {"path": str(path.absolute()), "columns": columns and asdict(columns)}
        return self._ask(path, asked, _document)

    def read_columns(self, path: Path) -> tuple[Column, ...] | None:
        """Return the columns of a table of answers, as `registry.read_columns` does.

        Raises:
            UserError: the file is bad, or reading it had to be stopped.
            EnvironmentProblem: it cannot be read.
        """
        return self._ask(path, {"path": str(path.absolute()), "look": True}, _columns)

    def _ask(self, path: Path, question: dict[str, Any], read: Callable[[dict[str, Any]], T]) -> T:
        answer = self._helper.ask(json.dumps(question).encode("ascii"), SECONDS)
        try:
            said = json.loads(answer or b"null")
            if said["worn"]:
                self._helper.close()
            _raise_refusal(path, said)
            return read(said)
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


def _raise_refusal(path: Path, said: dict[str, Any]) -> None:
    if "stumbled" in said:
        _log.warning("a reader of %s stumbled: %s", path.suffix, said["stumbled"])
        raise _harmful(path)
    if "happened" in said:
        kind = EnvironmentProblem if said["machine"] else UserError
        happened, todo = (Sentence.from_json(said[part]) for part in ("happened", "todo"))
        raise kind(str(said["code"]), happened, todo)


def _document(said: dict[str, Any]) -> Document:
    return Document(
        tuple(_turn(number, turn) for number, turn in enumerate(said["turns"])),
        str(said["language"]),
        tuple(map(str, said["notes"])),
        tuple(PersonDraft(*map(str, one)) for one in said["people"]),
        None if said["kept"] is None else str(said["kept"]),
    )


def _columns(said: dict[str, Any]) -> tuple[Column, ...] | None:
    if said["columns"] is None:
        return None
    return tuple(
        Column(str(head), tuple(map(str, samples)), Fate(fate), str(private), str(why), int(number))
        for head, samples, fate, private, why, number in said["columns"]
    )


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
        "“{file}” could not be read: the attempt had to be stopped.",
        "Open it in its program and save it again, or save its text as .txt, and import that.",
        file=path.name,
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
        answer = _answer(question) | {"worn": confined.is_worn()}
        said = json.dumps(answer, ensure_ascii=False)
        out.write(said.encode("utf-8", "replace") + b"\n")
        out.flush()


def _answer(question: dict[str, Any]) -> dict[str, Any]:
    path = Path(question["path"])
    try:
        if "look" in question:
            found = registry.read_columns(path)
            return {"columns": found and [list(asdict(one).values()) for one in found]}
        columns = question["columns"] and SurveyColumns(
            **{**question["columns"], "answers": tuple(question["columns"]["answers"])}
        )
        return _data(registry.read_document(path, columns))
    except WorkbenchError as error:
        machine = isinstance(error, EnvironmentProblem)
        return {
            "machine": machine,
            "code": error.code,
            "happened": error.said.as_json(),
            "todo": error.advice.as_json(),
        }
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
        "kept": document.kept,
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
