"""The recognising process: reads one job, writes turns to the spool and then to stdout.

It lives apart from the program because native code may crash, hang or be killed for lack of
memory, and because ending a process is the only immediate way to stop. It never opens the
study and never reaches for the network. Its log holds no transcript text.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from io import FileIO
from pathlib import Path
from time import monotonic
from typing import BinaryIO, NoReturn

from workbench import confined, log, paths, rights
from workbench.errors import EnvironmentProblem, WorkbenchError
from workbench.speech import machine, protocol
from workbench.speech.engines import Engines
from workbench.speech.link import Link, Stopped
from workbench.speech.protocol import (
    Failed,
    Hello,
    Message,
    Probed,
    ProbeFailed,
    Progress,
    Regroup,
    State,
)
from workbench.vault import ring
from workbench.words import said

_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "DO_NOT_TRACK": "1",
    # From 1.29 on, ONNX Runtime reports models and machine to its maker unless this is set
    # before it is loaded.
    "ORT_DISABLE_TELEMETRY": "1",
}
_PROBE_S = 120  # of work for one file
_TELL_EVERY_S = 0.2
_log = logging.getLogger(__name__)


def main(stdin: FileIO | None = None, stdout: BinaryIO | None = None) -> int:
    """Do one job and end, or wait for the next one if the job says so.

    Args:
        stdin: where messages come from, unbuffered; by default the process's own.
        stdout: where messages go; by default the process's own, which nobody else may use then.

    Returns:
        exit code: 0 = done or stopped as told, 1 = told the app why not, 2 = our bug.
    """
    prepare_process()
    link = Link(stdin or FileIO(0, closefd=False), stdout or _own_stdout())
    link.open()
    try:
        return _do_jobs(link)
    except Stopped:
        with contextlib.suppress(Stopped):
            link.send(State("cancelled"))
        return 0
    finally:
        link.close()


def probe_main(stdin: Iterable[bytes] | None = None, stdout: BinaryIO | None = None) -> int:
    """Look into the files that are named, one in a line, and say what each is."""
    prepare_process()
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # it sets memory aside for each
    confined.confine()
    out = stdout or _own_stdout()
    for line in stdin or FileIO(0, closefd=False):
        confined.allow(_PROBE_S)
        name, key = json.loads(line)
        ring.hold_files(Path(name).parent, key)
        out.write(protocol.encode(_probe(name)))
        out.flush()
    return 0


def silence_main(stdin: Iterable[bytes] | None = None, stdout: BinaryIO | None = None) -> int:
    """Write the recordings that are asked for, without what is not to be heard, and end."""
    prepare_process()
    link = Link(FileIO(0, closefd=False), stdout or _own_stdout())
    with contextlib.suppress(Stopped):  # nobody waits for an answer any more
        for line in stdin or FileIO(0, closefd=False):
            question = protocol.decode(line)
            if isinstance(question, protocol.Silence):
                link.send(_silenced(question, link))
    return 0


def _silenced(question: protocol.Silence, link: Link) -> Message:
    ring.hold_files(Path(question.media or question.target).parent, question.key)
    told_at = monotonic()

    def tell(done_ms: int, total_ms: int) -> None:
        nonlocal told_at
        if monotonic() - told_at >= _TELL_EVERY_S:
            told_at = monotonic()
            link.send(Progress("writing", done_ms, total_ms, None))

    try:
        with _libraries():
            from workbench.speech import silence
        return silence.silence(question, tell)
    except WorkbenchError as error:
        return Failed(error.code, error.said, error.advice)


def voices_main(stdin: BinaryIO | None = None, stdout: BinaryIO | None = None) -> int:
    """Answer one question about voices and end."""
    prepare_process()
    out = stdout or _own_stdout()
    questions = protocol.Decoder().feed((stdin or sys.stdin.buffer).read())
    for question in questions:
        if isinstance(question, Regroup):
            out.write(protocol.encode(_regrouped(question)))
            out.flush()
    return 0


def _regrouped(question: Regroup) -> Message:
    try:
        ring.hold_files(Path(question.store).parent, question.key)
        with _libraries():
            from workbench.speech import voices
        return voices.regroup(question)
    except WorkbenchError as error:
        return Failed(error.code, error.said, error.advice)
    except MemoryError:
        return Failed(
            "no-memory",
            said("There is not enough memory to tell the voices apart."),
            said("Close other programs and try again."),
        )


def prepare_process() -> None:
    """Be humble and offline: low priority, no network, log to stderr."""
    os.environ.update(_OFFLINE)
    machine.lower_priority()
    log.start_child()
    logging.getLogger("faster_whisper").setLevel(logging.WARNING)


def _probe(name: str) -> Message:
    try:
        with _libraries():
            from workbench.speech import audio
        return Probed(name, **asdict(audio.probe(Path(name))))
    except WorkbenchError as error:
        return ProbeFailed(name, error.code, error.said, error.advice)


@contextlib.contextmanager
def _libraries() -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise EnvironmentProblem(
            "speech-missing",
            "The parts that recognise speech are not installed ({reason}).",
            "Install Workbench with its “speech” extra.",
            reason=error,
        ) from error


def _do_jobs(link: Link) -> int:
    """Do jobs, until one does not say to stay or has failed: after that, a new process is safer."""
    engines = Engines()
    job = link.job()
    while (code := _do_job(job, link, engines)) == 0 and job.stays:
        job = link.job()
        _write_log_of(job)
    return code


def _write_log_of(job: protocol.Order) -> None:
    """Write the log of a further job where the app looks for it; the first one's is ready."""
    path = paths.job_log(job.job)
    try:
        rights.claim(path)
        with path.open("ab") as file:
            for stream in (1, 2):  # whatever a library prints goes there, too
                os.dup2(file.fileno(), stream)
    except OSError as problem:
        _log.warning("the log goes on in that of another job: %s", problem)


def _do_job(job: protocol.Order, link: Link, engines: Engines) -> int:
    link.send(Hello(os.getpid()))
    ring.hold_files(Path(job.spool).parent, job.key)
    try:
        with _libraries():
            from workbench.speech.run import Run
        Run(job, link, engines).go()
    except WorkbenchError as error:
        _log.warning("failed: %s", error.code)
        link.send(Failed(error.code, error.said, error.advice))
        return error.exit_code
    except MemoryError:
        link.send(
            Failed(
                "no-memory",
                said("There is not enough memory for this speech model."),
                said(
                    "Close other programs, or choose a smaller model; what was recognised is kept."
                ),
            )
        )
        return 1
    except Stopped:
        raise
    except Exception:  # noqa: BLE001  the app must hear of every end, and the log of its cause
        _log.exception("bug")
        link.send(
            Failed(
                "bug",
                said("Recognition stopped because of a mistake in the program."),
                said("What was recognised is kept. Please report it with the log of this job."),
            )
        )
        return 2
    return 0


def _own_stdout() -> BinaryIO:
    """Keep stdout for messages: whatever a library prints goes to stderr instead."""
    sys.stdout.flush()
    private = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return private


def start(arguments: list[str]) -> NoReturn:
    """Be the process that the first argument names, the recognising one by default, and end."""
    match arguments[:1]:
        case ["--speech-probe"]:
            code = probe_main()
        case ["--speech-voices"]:
            code = voices_main()
        case ["--speech-silence"]:
            code = silence_main()
        case _:
            code = main()
    logging.shutdown()
    # Native libraries have been seen to crash or hang while they are unloaded.
    os._exit(code)
