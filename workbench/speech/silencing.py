"""The program's side of writing a recording without what is not to be heard, in a child process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from workbench import children
from workbench.errors import EnvironmentProblem, UserError
from workbench.helper import Helper
from workbench.speech import protocol
from workbench.speech.client import OF_MACHINE, harmful
from workbench.speech.protocol import Failed, Progress, Silence, Silenced

_PATIENCE_S = 300.0  # between two signs of life


def _go_on(_share: float) -> bool:
    return False


def silence(question: Silence, on_share: Callable[[float], bool] = _go_on) -> int | None:
    """Write a recording without what is not to be heard.

    Args:
        question: what is to be written.
        on_share: told how much of it is done, from 0 to 1; ends it by `True`.

    Returns:
        the length of the new file in ms; `None` when it was ended.

    Raises:
        UserError: the recording cannot be read.
        EnvironmentProblem: the new file cannot be written, or the child cannot do it.
    """
    share, ended = 0.0, False

    def is_ended() -> bool:
        nonlocal ended
        ended = ended or on_share(share)
        return ended

    with Helper(children.command("--speech-silence"), is_ended) as helper:
        line = helper.ask(protocol.encode(question).rstrip(b"\n"), _PATIENCE_S)
        while line is not None:
            match protocol.decode(line):
                case Silenced(duration_ms):
                    return duration_ms
                case Failed(code, happened, todo):
                    kind = EnvironmentProblem if code in OF_MACHINE else UserError
                    raise kind(code, happened, todo)
                case Progress(_, done, total, _):
                    share = done / total if total else 0.0
            line = helper.listen(_PATIENCE_S)
    if ended:
        return None
    raise harmful(Path(question.media or question.target))


__all__ = ["silence"]
