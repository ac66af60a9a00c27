"""The headless door: every step from a recording to a report without a window.

Exit code 0 = done, 1 = the person can mend it, 2 = our mistake.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from workbench import children, log, paths
from workbench.errors import WorkbenchError, problem_of

_log = logging.getLogger(__name__)


def _speech(arguments: list[str]) -> NoReturn:
    from workbench.speech import worker

    worker.start(arguments)


def _documents(_arguments: list[str]) -> NoReturn:
    from workbench.exchange import reading

    reading.main()
    sys.exit(0)


def _keyring(_arguments: list[str]) -> NoReturn:
    from workbench.vault import keyring_child

    keyring_child.main()
    sys.exit(0)


_CHILDREN: dict[str, Callable[[list[str]], NoReturn]] = {
    "--speech-worker": _speech,
    "--speech-probe": _speech,
    "--speech-voices": _speech,
    "--speech-silence": _speech,
    "--read-documents": _documents,
    "--keyring": _keyring,
}
"""What a child process is, by its first argument: it must start fast and load nothing else."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; without a command open the window.

    Args:
        argv: arguments after the program's name; default are the process's.

    Returns:
        the exit code.
    """
    arguments = children.settle(list(sys.argv[1:] if argv is None else argv))
    if arguments and arguments[0] in _CHILDREN:
        _CHILDREN[arguments[0]](arguments)
    from workbench.cli import arguments as command_line
    from workbench.cli import output, secrets

    secrets.take()
    log.start(debug=(debug := command_line.takes_debug(arguments)))
    output.get_ready()
    if debug:
        output.progress("What is done is written to {file}", file=paths.log_dir() / log.FILE)
    try:
        command_line.speak(arguments)
        return command_line.run(arguments)
    except WorkbenchError as error:
        _log.debug("refused: %s", error)
        output.refused(error)
        return error.exit_code
    except KeyboardInterrupt:
        output.progress("Stopped.")
        return 1
    except BrokenPipeError:  # the reader of our output has gone, as in `workbench show … | head`
        sys.stderr.close()
        return 0
    except OSError as error:
        _log.warning("file system", exc_info=error)
        problem = problem_of(error)
        output.refused(problem)
        return problem.exit_code
    except Exception as error:  # noqa: BLE001 — the last door: nothing may leave without a sentence
        _log.exception("unexpected")
        print(log.trace(error), file=sys.stderr)
        output.progress("That is our mistake. Nothing you did before is lost.")
        return 2
