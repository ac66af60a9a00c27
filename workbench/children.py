"""How the program starts itself again: this very program, whatever lies in the current folder.

Python looks for modules in the folder a command is given in, so that an `av.py` or a `json.py`
among somebody's downloads would be run instead of the library. A child is therefore started
isolated (`-I`: no current folder, no `PYTHONPATH`, no packages of the user), is told where its
parent's modules are, and works in an empty folder of its own.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from workbench import paths, rights

_FLAG = "--child"
_BEGIN = "import sys; sys.path = {modules}; from workbench.cli import main; sys.exit(main())"
_HOME = Path(__file__).resolve().parents[1]


def command(*arguments: str) -> list[str]:
    """Return the command that runs the program again, with these arguments.

    Files among them must have their whole path: the child works elsewhere.
    """
    if getattr(sys, "frozen", False):  # a frozen program looks nowhere but into itself
        return [sys.executable, _FLAG, *arguments]
    begin = _BEGIN.format(modules=_modules())
    alike = ["-X", f"utf8={sys.flags.utf8_mode}", *(["-B"] if sys.dont_write_bytecode else [])]
    return [sys.executable, "-I", *alike, "-c", begin, _FLAG, *arguments]


def settle(arguments: list[str]) -> list[str]:
    """Begin a child, if this process is one: go to the empty folder.

    Returns:
        the arguments that are meant for the program.
    """
    if arguments[:1] != [_FLAG]:
        return arguments
    paths.hold()
    os.chdir(_empty_folder())
    return arguments[1:]


def _modules() -> list[str]:
    """Return where this process finds its modules, without the folder it was started in."""
    try:
        here = Path.cwd()
    except OSError:  # it was deleted
        here = _HOME
    kept = [entry for entry in sys.path if Path(entry).is_absolute() and Path(entry) != here]
    return list(dict.fromkeys([str(_HOME), *kept]))


def _empty_folder() -> Path:
    """Return a folder of the program in which nothing lies; where there can be none, its own."""
    folder = paths.cache_dir() / "empty"
    try:
        rights.own_folder(folder)
    except OSError:
        return Path(sys.prefix)
    return folder
