"""The command line: what there is, and which function does it.

A command is declared when it is asked for: what the others work with is not loaded, so that each
is there at once.
"""

from __future__ import annotations

import gc
import logging
import os
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from workbench import __version__, paths, underway, words
from workbench.cli import secrets
from workbench.cli.catalogue import COMMANDS
from workbench.cli.parsing import Parser
from workbench.domain.naming import nearest
from workbench.errors import UserError
from workbench.words import N_

_DEBUG = "--debug"
_LANGUAGE = "--language"
_OF_RECORDINGS = "transcribe"
"""Its own `--language` is that of recordings; that of the program stands before it."""
_log = logging.getLogger(__name__)


def takes_debug(arguments: list[str]) -> bool:
    """Take `--debug` out of the arguments, wherever it stands, and tell whether it was there.

    The log is begun before anything else, so it is looked for before they are read.
    """
    own = arguments[: arguments.index("--")] if "--" in arguments else arguments
    if _DEBUG not in own:
        return False
    arguments.remove(_DEBUG)
    return True


def speak(arguments: list[str]) -> None:
    """Take `--language CODE` out of the arguments, wherever it stands, and speak it.

    It goes before the environment and before what is chosen in the settings; the window that is
    opened and children of the program find it in their environment.

    Raises:
        UserError: there is no such language.
    """
    if (wanted := _taken_language(arguments)) is not None:
        known = words.languages(paths.locale_dir())
        if wanted not in known:
            raise UserError(
                "language-unknown",
                "The program does not speak “{wanted}”."
                if wanted
                else "“--language” wants the code of a language.",
                "What it speaks: {known}.",
                wanted=wanted,
                known=", ".join(known),
            )
        os.environ[words.VARIABLE] = wanted
    words.speak(own=paths.locale_dir())


def _taken_language(arguments: list[str]) -> str | None:
    own = arguments[: arguments.index("--")] if "--" in arguments else arguments
    for at, word in enumerate(own):
        name, equals, code = word.partition("=")
        if name == _LANGUAGE:
            last = at + (1 if equals else 2)
            code = code if equals else next(iter(own[at + 1 : last]), "")
            del arguments[at:last]
            return code
        if word == _OF_RECORDINGS and not any(one in COMMANDS for one in own[:at]):
            return None
    return None


def run(arguments: Sequence[str]) -> int:
    """Run the command, or open the window when there is none.

    Raises:
        UserError: there is no such command, and no such study either.
    """
    if not arguments:
        return _open_window(arguments)
    word = arguments[0]
    if word not in COMMANDS and not word.startswith("-"):
        if not _is_study(Path(word)):
            raise _unknown(word, COMMANDS)
        return _open_window(arguments)
    asked = _parser(arguments).parse_args(arguments)
    _log.debug("command %s", word)
    underway.sweep()
    with secrets.opened(asked):
        asked.run(asked)
    return 0


def _parser(arguments: Sequence[str]) -> ArgumentParser:
    """Return a parser that knows the command that is asked for, else all of them by name.

    Thirty parsers take argparse longer to make than most commands take to be done.
    """
    parser = Parser(
        prog="workbench",
        description=N_(
            "From a recording to a Word report, offline. Without a command: the window."
        ),
        epilog=N_(
            "What a command prints is for your eyes: real names are shown, and words of people"
            " who may not be quoted. What it writes for others is looked through before it leaves."
        ),
    )
    parser.add_argument("--version", action="version", version=f"Workbench {__version__}")
    parser.add_argument(
        _DEBUG, action="store_true", help="log what is done, step by step; without words of a study"
    )
    parser.add_argument(
        _LANGUAGE, metavar="CODE", help="language of the program, such as en; before “transcribe”"
    )
    commands = parser.add_subparsers(title=N_("commands"), required=True, metavar="COMMAND")
    asked_for = next((word for word in arguments if not word.startswith("-")), "")
    for name in [asked_for] if arguments[0] in COMMANDS else COMMANDS:
        about, declare = COMMANDS[name]
        one = commands.add_parser(name, help=about)
        if name == asked_for:
            declare(one)
    return parser


def load_window() -> Callable[[list[str]], int]:
    """Load the window, and return what shows it; it is called once in a process."""
    gc.disable()  # nothing of what is loaded is garbage; the window searches in its own time
    import ui.unread  # noqa: F401  before all else of the window
    from ui.app import run as open_window

    return open_window


def _open_window(arguments: Sequence[str]) -> int:
    return load_window()(list(arguments))


def _is_study(path: Path) -> bool:
    """Tell whether there is a study at a place, perhaps a damaged one: the window opens it."""
    from workbench.storage.database import FILE_NAME, SUFFIX
    from workbench.study import with_suffix

    if path.name == FILE_NAME:
        return path.exists()
    folders = (path, with_suffix(path)) if path.name else (path,)
    return any(
        (folder / FILE_NAME).exists() or (folder.suffix == SUFFIX and folder.is_dir())
        for folder in folders
    )


def _unknown(word: str, known: Iterable[str]) -> UserError:
    """Return the refusal of a mistyped command or place; it must never open the window."""
    near = nearest(word, known)
    return UserError(
        "command-unknown",
        "There is no command “{word}”, and no study at that place.",
        "Did you mean “{near}”? “workbench --help” lists the commands."
        if near
        else "“workbench new” makes a study; “workbench --help” lists the commands.",
        word=word,
        near=near,
    )
